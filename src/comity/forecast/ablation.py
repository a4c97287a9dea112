"""What each group of inputs adds to a forecast: the same forecast without it, compared row by row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from comity.errors import BadRequest
from comity.forecast.backtest import Progress, Question, prepared, unseen
from comity.forecast.features import ENGAGEMENT, Features
from comity.forecast.fitting import Learning, chances, fit_models, usable
from comity.forecast.listed import Flags, Floats
from comity.forecast.scores import Compared, compare

if TYPE_CHECKING:
    from comity.forecast.targets import Cases
    from comity.panel.facts import Facts

MODEL = "average"


@dataclass(frozen=True)
class Added:
    """How much better a forecast was with some groups of inputs than without; below 0 they did harm.

    `known` is the share of the rows tried in which the best known input of the groups is known.
    """

    groups: tuple[str, ...]
    known: float
    gain: Compared

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain values."""
        return {"groups": list(self.groups), "known": self.known, "gain": self.gain.to_dict()}


@cache
def found_ablation() -> dict[str, Any]:
    """What each instrument of engagement was found to add on the published data, and what all of them add together.

    `tried` holds for each decade tried the `source` of the disputes, the years of `train` and `test`, and `added`:
    for each `groups` of inputs the share of rows in which they are `known` and the gains in `log` score, `brier` and
    `ap`, each as value, low and high of the 95 % interval; below 0 they did harm. `made` is the day it was run,
    `model` the model that was fitted with and without them, `versions` those of the data, `settings_chosen` the day
    of its settings.

    >>> found = found_ablation()
    >>> {"exercise"} in [set(each["groups"]) for each in found["tried"][0]["added"]]
    True
    """
    held: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("ablation.yml").read_text(encoding="utf-8"))
    return held


def ablation(
    store: Facts, question: Question, groups: tuple[str, ...] = ENGAGEMENT, progress: Progress = unseen
) -> list[Added]:
    """What each group adds, and all of them together, on the years tried; the models are fitted anew without each.

    Raises BadRequest for a group that there is not.
    """
    question.check()
    rows, made = prepared(store, question, (question.train[0], question.test[1]))
    if unknown := set(groups) - set(made.groups):
        raise BadRequest(f"{sorted(unknown)[0]!r} is no group of inputs that is known of any row")
    left_out = [(group,) for group in groups] + ([groups] if len(groups) > 1 else [])
    progress("fits", 0, len(left_out) + 1)
    whole, tried = _chance(rows, made, question), rows.among(_tried(rows, question))
    found = []
    for done, names in enumerate(left_out):
        progress("fits", done + 1, len(left_out) + 1)
        less = _chance(rows, made.without(names), question)
        held = made.only([place for place, group in enumerate(made.groups) if group in names])
        known = 1 - np.isnan(held.x[_tried(rows, question)]).mean(axis=0).min()
        found.append(Added(names, float(known), compare(tried.y, (whole, less), tried.pair, seed=question.seed)))
    progress("fits", len(left_out) + 1, len(left_out) + 1)
    return found


def _tried(rows: Cases, question: Question) -> Flags:
    return (rows.year >= question.test[0]) & ~np.isnan(rows.y)


def _chance(rows: Cases, made: Features, question: Question) -> Floats:
    """The chances of the years tried, by models fitted once on the years to learn from."""
    learned = (rows.year <= question.train[1]) & ~np.isnan(rows.y)
    known, asked = made.among(learned), made.among(_tried(rows, question))
    chosen = usable(known, asked)
    learning = Learning(known.only(chosen), rows.y[learned], rows.is_quiet[learned], question.seed)
    return chances(fit_models(learning, (MODEL,))[MODEL].predictor(asked.only(chosen)))
