"""The inputs of forecasts by month: those of the last finished year, and what had begun by the month before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from comity.forecast.begun import begun
from comity.forecast.features import AROUND, PART, Features, Table, features
from comity.forecast.listed import Flags, Floats, Numbers
from comity.forecast.months import MonthCases, by_month
from comity.forecast.months_past import month_past
from comity.forecast.targets import Wanted, cases

if TYPE_CHECKING:
    from comity.panel.facts import Facts

OWN = ("onset_", "since_", "past_", "met_")  # how inputs on the pair's own past begin; the others are of those around


@dataclass(frozen=True)
class MonthTable:
    """The inputs of pair-months, kept apart by year and by month and put together for some rows at a time.

    An input that stands in both is that of the month.
    """

    years: Features
    months: Mapping[str, Floats]
    of_year: Numbers

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the inputs: those of the year, then those that only months have."""
        return self.years.names + tuple(name for name in self.months if name not in self.years.names)

    @property
    def groups(self) -> tuple[str, ...]:
        """The group of each input."""
        more = self.names[len(self.years.names) :]
        return self.years.groups + tuple("history" if name.startswith(OWN) else "neighborhood" for name in more)

    def without(self, groups: Iterable[str]) -> MonthTable:
        """The inputs of all other groups."""
        gone = {name for name, group in zip(self.names, self.groups, strict=True) if group in set(groups)}
        left = {name: values for name, values in self.months.items() if name not in gone}
        return MonthTable(self.years.without(groups), left, self.of_year)

    def among(self, rows: Flags) -> Features:
        """The inputs of some rows, as one table."""
        return self.at(np.flatnonzero(rows), list(range(len(self.names))))

    def at(self, rows: npt.NDArray[np.intp], places: list[int]) -> Features:
        """Some of the inputs of rows, both by their places, as one table."""
        names, groups = (tuple(each[place] for place in places) for each in (self.names, self.groups))
        yearly = [column for column, place in enumerate(places) if place < len(self.years.names)]
        x: Table = np.empty((len(rows), len(places)), dtype=np.float32)
        for start in range(0, len(rows), PART):
            held = self.years.x[self.of_year[rows[start : start + PART]]]
            x[start : start + PART, yearly] = held[:, [places[column] for column in yearly]]
        for column in (column for column, name in enumerate(names) if name in self.months):
            x[:, column] = self.months[names[column]][rows]
        return Features(names, groups, x)


def month_rows(
    store: Facts,
    target: tuple[str, str | None],
    wanted: Wanted,
    with_hindsight: bool = False,
    ahead_of: int | None = None,
) -> tuple[MonthCases, MonthTable]:
    """The pair-months of some years, what came of each, and their inputs.

    `ahead_of` is the month (twelve times the year, and 0 for January) that is to be forecast. Where the list had ended
    before the month before it, what began is told as many months late, in the months learned from too: so an input
    means the same in both. Raises BadRequest where the list of the target does not tell months.
    """
    years = cases(store, *target, wanted)
    begins = begun(store, years.main, years.panel.rows.index.states)
    made = features(store, years, with_hindsight)
    rows = by_month(years, begins)
    late = 0 if ahead_of is None else max(ahead_of - 1 - begins.last, 0)
    told = month_past(rows, begins.later(late), AROUND)
    began = told.pop("began_this_year")
    if "met_in_decade" in made.names:
        told["met_in_decade"] = np.fmax(made.column("met_in_decade")[rows.of_year], began)
        rows = replace(rows, is_quiet=told["met_in_decade"] == 0) if late else rows
    return rows, MonthTable(made, told, rows.of_year)
