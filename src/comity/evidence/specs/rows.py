"""Rows of a panel as specifications see them: columns by name, and the same unit's years before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from comity.evidence.sample import Flags, Floats, Labels
    from comity.panel import Panel


OWN = "own"  # what a panel calls the answer to a SELECT; the study says which sources it asks


@dataclass(eq=False)
class Rows:
    """States or pairs over years, sorted by unit and year, with whatever column is asked for.

    `read` gives a column by its name (NaN is unknown), `ask` the answer to a SELECT as a column (0 where nothing is
    listed), `cites` the sources of a column. `made` keeps what terms have computed, by the name of the term, and `used`
    the columns each has read.
    """

    states: tuple[str, ...]
    state_a: Labels
    state_b: Labels | None
    year: Labels
    read: Callable[[str], Floats]
    ask: Callable[[str, str], Floats]
    cites: Callable[[str], Iterable[str]] = lambda _: ()
    made: dict[str, Floats] = field(default_factory=dict)
    moved: dict[int, tuple[Labels, Flags]] = field(default_factory=dict)
    used: dict[str, set[str]] = field(default_factory=dict)
    reading: set[str] = field(default_factory=set)

    def column(self, name: str) -> Floats:
        """A measure by its name; NaN is unknown."""
        self.reading.add(name)
        return self.read(name)

    def answer(self, name: str, sql: str) -> Floats:
        """The answer to a SELECT as a column; 0 where nothing is listed."""
        self.reading.add(name)
        return self.ask(name, sql)

    def sources(self, names: Iterable[str]) -> tuple[str, ...]:
        """The sources that speak in the columns that terms of these names have read."""
        columns = {column for name in names for column in self.used[name]}
        return tuple(sorted({source for column in columns for source in self.cites(column)}))

    def __len__(self) -> int:
        return len(self.year)

    @cached_property
    def unit(self) -> Labels:
        """A number that is the unit's own: of a state, a pair or a directed pair."""
        if self.state_b is None:
            return self.state_a.astype(np.int64)
        return self.state_a.astype(np.int64) * len(self.states) + self.state_b

    def number(self, state: str) -> int:
        """The number of a state; -1 if it was never one in these years."""
        return self.states.index(state) if state in self.states else -1

    def before(self, values: Floats, years: int) -> Floats:
        """The values of the same unit so many years earlier; NaN where there was no such row."""
        if years not in self.moved:
            span = 2 * (int(self.year.max()) + abs(years) + 1)  # wide enough that no year reaches into another unit
            here = self.unit * span + self.year
            order = np.argsort(here, kind="stable")
            at = np.clip(np.searchsorted(here, here - years, sorter=order), 0, len(here) - 1)
            place = order[at]
            self.moved[years] = place, here[place] == here - years
        place, is_there = self.moved[years]
        return np.where(is_there, values[place], np.nan)


def rows_of_panel(made: Panel) -> Rows:
    """A panel as rows; columns are filled when they are first asked for."""
    rows = made.rows

    def read(name: str) -> Floats:
        if name not in made.columns:
            made.add(name)
        values: Floats = made[name].astype(np.float64)
        return values

    def ask(name: str, sql: str) -> Floats:
        if name not in made.columns:
            made.add(**{name: sql})
        return np.nan_to_num(made[name].astype(np.float64))

    def cites(name: str) -> Iterable[str]:
        return (source for source in made.columns[name].filled.sources if source != OWN)

    year = rows.year.astype(np.int64) + rows.index.first_year
    state_a = rows.state_a.astype(np.int64)
    state_b = None if rows.state_b is None else rows.state_b.astype(np.int64)
    return Rows(rows.index.states, state_a, state_b, year, read, ask, cites)
