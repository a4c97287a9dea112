"""Forecasts: how likely an event is, estimated from panels and tried on years that were not seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity import opened

if TYPE_CHECKING:
    from comity.forecast.ablation import found_ablation
    from comity.forecast.backtest import Backtest, Question
    from comity.forecast.features import Features
    from comity.forecast.targets import TARGETS, Cases, cases
    from comity.panel.logit import Logit, logit

_HOMES = {
    "Backtest": "comity.forecast.backtest",
    "Cases": "comity.forecast.targets",
    "Features": "comity.forecast.features",
    "Logit": "comity.panel.logit",
    "Question": "comity.forecast.backtest",
    "TARGETS": "comity.forecast.targets",
    "cases": "comity.forecast.targets",
    "found_ablation": "comity.forecast.ablation",
    "logit": "comity.panel.logit",
}
__all__ = [
    "TARGETS",
    "Backtest",
    "Cases",
    "Features",
    "Logit",
    "Question",
    "cases",
    "found_ablation",
    "logit",
]


def __getattr__(name: str) -> Any:
    return opened(__name__, _HOMES, name)
