"""Forecasts of single months: models that learned from whole years, and the chances they give to a month after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from comity.errors import BadRequest
from comity.forecast.backtest import Progress, unseen
from comity.forecast.features import Features
from comity.forecast.fitting import Learning, Model, chances, fit_models, usable
from comity.forecast.listed import Flags, Floats
from comity.forecast.months import MonthCases, thinned
from comity.forecast.months_inputs import MonthTable, month_rows
from comity.forecast.targets import Wanted

if TYPE_CHECKING:
    from comity.panel.facts import Facts
    from comity.panel.systems import StateSystem

MODEL = "average"
Month = tuple[int, int]  # a year and a month of 1 to 12


@dataclass(frozen=True)
class MonthAsked:
    """What a forecast by month asks: what is foretold, from whose list, learned on which years, for which month.

    The years learned from are whole ones, and the month comes after them.
    """

    target: str = "mid"
    source: str | None = None
    train: tuple[int, int] = (1946, 1990)
    month: Month = (1991, 1)
    is_relevant: bool = True
    with_hindsight: bool = False
    seed: int = 0
    system: str | StateSystem = "cow"

    def check(self) -> None:
        """Raise BadRequest where the month is none, or lies in the years learned from."""
        if not 1 <= self.month[1] <= 12:
            raise BadRequest(f"{self.month[1]} is no month; months run from 1 to 12")
        if self.train[0] > self.train[1] or self.month[0] <= self.train[1]:
            raise BadRequest(
                f"{self.month[0]}-{self.month[1]:02} is not after the years learned from, "
                f"{self.train[0]} to {self.train[1]}"
            )


@dataclass(frozen=True)
class MonthForecast:
    """The pairs of one month, the chance that what is foretold begins for them in it, and what that rests on.

    `states` are the pairs in the order of every array. `y` is what came (NaN unknown), `asked` the inputs, `learning`
    the rows that were learned from: all beginnings, and of the months of peace one in twelve. That is why `shift` is
    to be added to the log odds of every model. `last` is the month up to which the list of the target is known.
    """

    month: Month
    last: Month
    states: tuple[tuple[str, str], ...]
    models: dict[str, Model]
    learning: Learning
    asked: Features
    shift: float
    y: Floats
    is_quiet: Flags

    def odds(self, name: str = MODEL) -> Floats:
        """The log odds that a model gives to each pair."""
        if name not in self.models:
            raise BadRequest(f"{name!r} was not fitted; there are {', '.join(self.models)}")
        return self.models[name].predictor(self.asked) + self.shift

    def chance(self, name: str = MODEL) -> Floats:
        """The chance of each pair by a model."""
        return chances(self.odds(name))


def month_forecast(
    store: Facts, asked: MonthAsked, wanted: tuple[str, ...] = (), progress: Progress = unseen
) -> MonthForecast:
    """The forecast of one month by every model, or by those wanted.

    Raises OutsideCoverage where the list of the target is not loaded, BadRequest for a month that is not after the
    years learned from.
    """
    return month_forecasts(store, asked, (asked.month,), wanted, progress)[0]


def month_forecasts(
    store: Facts,
    asked: MonthAsked,
    months: tuple[Month, ...],
    wanted: tuple[str, ...] = (),
    progress: Progress = unseen,
) -> list[MonthForecast]:
    """Forecasts of several months by the same models, fitted once on the years learned from.

    Where the list ends before the last of them, what began is told as late for all of them.
    """
    for month in months:
        MonthAsked(**{**vars(asked), "month": month}).check()
    progress("inputs", 0, 1)
    years = (asked.train[0], max(month[0] for month in months))
    pairs = Wanted(years, asked.is_relevant, asked.system)
    newest = max(year * 12 + month - 1 for year, month in months)
    rows, made = month_rows(store, (asked.target, asked.source), pairs, asked.with_hindsight, newest)
    progress("inputs", 1, 1)
    learned = ~np.isnan(rows.y) & (rows.year <= asked.train[1])
    if not learned.any():
        raise BadRequest(f"nothing is known of {asked.target} in {asked.train[0]} to {asked.train[1]}")
    thin, shift = thinned(rows, learned, asked.seed)
    ahead = {month: (rows.year == month[0]) & (rows.month == month[1] - 1) for month in months}
    chosen = usable(made.among(thin), made.among(np.logical_or.reduce(list(ahead.values()))))
    learning = Learning(made.among(thin).only(chosen), rows.y[thin], rows.is_quiet[thin], asked.seed)
    models = fit_models(learning, wanted)
    return [_forecast(rows, made, (month, there), (models, learning, shift, chosen)) for month, there in ahead.items()]


def _forecast(
    rows: MonthCases,
    made: MonthTable,
    at: tuple[Month, Flags],
    fit: tuple[dict[str, Model], Learning, float, list[int]],
) -> MonthForecast:
    (month, there), (models, learning, shift, chosen) = at, fit
    names, held = rows.panel.rows.index.states, rows.among(there)
    states = tuple((names[one], names[other]) for one, other in zip(held.state_a, held.state_b, strict=True))
    inputs = made.among(there).only(chosen)
    return MonthForecast(month, (rows.main.last, 12), states, models, learning, inputs, shift, held.y, held.is_quiet)
