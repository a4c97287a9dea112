"""Measures of pairs as matrices of pairs × years, so that a past is a run of columns and nothing looks ahead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from comity.network.building import _column
from comity.panel import panel

if TYPE_CHECKING:
    from comity.panel import Panel
    from comity.panel.facts import Facts

LEAST_KNOWN = 0.5  # of the pairs that exist; published lists of everybody lie far above, lists of some states far below
Matrix = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class PairYears:
    """The pairs of a panel and its years; NaN in a matrix is unknown, and a year in which a pair was none."""

    panel: Panel

    @property
    def years(self) -> Numbers:
        """The years, one for each column."""
        first, last = self.panel.rows.index.years
        return np.arange(first, last + 1)

    @property
    def states(self) -> tuple[str, ...]:
        """The states by their numbers."""
        return self.panel.rows.index.states

    @cached_property
    def _keys(self) -> tuple[Numbers, Numbers]:
        """The key of each pair, and of each row of the panel the number of its pair."""
        rows = self.panel.rows
        assert rows.state_b is not None, "a panel of pairs"
        keys, pair = np.unique(rows.state_a.astype(np.int64) * len(self.states) + rows.state_b, return_inverse=True)
        return keys, pair

    @property
    def state_a(self) -> Numbers:
        """The number of the first state of each pair."""
        return self._keys[0] // len(self.states)

    @property
    def state_b(self) -> Numbers:
        """The number of the second state of each pair."""
        return self._keys[0] % len(self.states)

    @cached_property
    def exists(self) -> npt.NDArray[np.bool_]:
        """In which years both states of a pair were members of the state system."""
        found = np.zeros((len(self._keys[0]), len(self.years)), dtype=bool)
        found[self._keys[1], self.panel.rows.year] = True
        return found

    def of(self, name: str) -> Matrix:
        """A measure by its name, the two directions of a directed one added."""
        return self.matrix(self.column(name))

    def column(self, name: str) -> npt.NDArray[np.float64]:
        """A measure as a column of the panel, the two directions of a directed one added."""
        return _column(self.panel, name, set())

    def told(self, name: str) -> Matrix:
        """A measure in the years in which most pairs are known; in others only what happened may be, and that misleads.

        Where lists name what happened and nothing else, every pair that is known has something: to learn from these
        alone what goes before it would be to look at successes only.
        """
        values = self.of(name)
        known = (~np.isnan(values)).sum(axis=0)
        values[:, known < LEAST_KNOWN * self.exists.sum(axis=0)] = np.nan
        return values

    def past(self, name: str, years: int) -> Matrix:
        """In how many of the latest so many years a measure had something; before a pair was one, there was nothing."""
        return within(np.where(self.exists, self.told(name), 0.0), years)

    def of_states(self, name: str) -> tuple[Matrix, Matrix]:
        """A measure of states, of the one and of the other state of each pair."""
        self.panel.add(name)
        return self.matrix(self.panel[f"{name}_a"]), self.matrix(self.panel[f"{name}_b"])

    def listed(self, sql: str) -> npt.NDArray[np.bool_]:
        """Where the answer to a SELECT of state_a, state_b and year names a pair and year."""
        answer = self.panel.ground.store.ask(sql)
        rows = self.panel.rows
        a, b = (rows.index.state_numbers(answer.column(name)) for name in ("state_a", "state_b"))
        place = rows.rows_of(a, b, (answer.column("year").to_numpy() - rows.index.first_year).astype(np.int32))
        held = np.zeros(len(rows), dtype=np.float64)
        held[place[place >= 0]] = 1.0
        return self.matrix(held) > 0

    def matrix(self, values: npt.NDArray[np.float64]) -> Matrix:
        """A column of the panel as a matrix."""
        made = np.full((len(self._keys[0]), len(self.years)), np.nan)
        made[self._keys[1], self.panel.rows.year] = values
        return made

    def shared(self, tied: npt.NDArray[np.bool_]) -> Matrix:
        """With how many third states both states of each pair are tied, year by year."""
        count, a, b = len(self.states), self.state_a, self.state_b
        found = np.zeros(tied.shape)
        for column in range(tied.shape[1]):
            square = np.zeros((count, count), dtype=np.float32)
            held = tied[:, column]
            square[a[held], b[held]] = square[b[held], a[held]] = 1.0
            found[:, column] = (square @ square)[a, b]
        return found


def pair_years(store: Facts, years: tuple[int, int], states: tuple[str, ...] = ()) -> PairYears:
    """The pairs of some years, all of them or those with one of some states."""
    return PairYears(panel(store, "dyad_year", years=years, states=states))


def before(values: Matrix, years: int = 1) -> Matrix:
    """The values of so many years earlier; NaN where the matrix does not reach back.

    >>> before(np.array([[1.0, 2.0, 3.0]])).tolist()
    [[nan, 1.0, 2.0]]
    """
    moved = np.full(values.shape, np.nan)
    moved[:, years:] = values[:, :-years]
    return moved


def within(values: Matrix, years: int) -> Matrix:
    """In how many of the latest so many years, this one among them, there was something; NaN where one is unknown.

    >>> within(np.array([[0.0, 2.0, 0.0, np.nan]]), 2).tolist()
    [[nan, 1.0, 1.0, nan]]
    """
    padded = np.concatenate([np.full((len(values), years - 1), np.nan), values], axis=1)
    windows = np.lib.stride_tricks.sliding_window_view(padded, years, axis=1)
    found: Matrix = np.where(np.isnan(windows), np.nan, windows > 0).sum(axis=2)
    return found


def latest_known(values: Matrix, years: int) -> Matrix:
    """The last known value of at most so many years back, this one among them; NaN where none is.

    >>> latest_known(np.array([[5.0, np.nan, np.nan]]), 2).tolist()
    [[5.0, 5.0, nan]]
    """
    found = values.copy()
    for back in range(1, years):
        found = np.where(np.isnan(found), before(values, back), found)
    return found
