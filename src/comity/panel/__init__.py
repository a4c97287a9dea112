"""Panels: spines of states or pairs and years or months, and the measures that fill them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity import opened

if TYPE_CHECKING:
    from comity.panel.frame import Panel, panel
    from comity.panel.measure import Measure, find_measure, known_measures
    from comity.panel.reading import read_panel
    from comity.panel.spines import UNITS, Spine, spine
    from comity.panel.systems import SYSTEMS, StateSystem, state_system

_HOMES = {
    "Measure": "comity.panel.measure",
    "Panel": "comity.panel.frame",
    "SYSTEMS": "comity.panel.systems",
    "Spine": "comity.panel.spines",
    "StateSystem": "comity.panel.systems",
    "UNITS": "comity.panel.spines",
    "find_measure": "comity.panel.measure",
    "known_measures": "comity.panel.measure",
    "panel": "comity.panel.frame",
    "read_panel": "comity.panel.reading",
    "spine": "comity.panel.spines",
    "state_system": "comity.panel.systems",
}
__all__ = [
    "SYSTEMS",
    "UNITS",
    "Measure",
    "Panel",
    "Spine",
    "StateSystem",
    "find_measure",
    "known_measures",
    "panel",
    "read_panel",
    "spine",
    "state_system",
]


def __getattr__(name: str) -> Any:
    return opened(__name__, _HOMES, name)
