"""What binds and divides states, as an assessment of states looks at it: for each subject, each other state and year.

NaN is unknown. A layer is told of a whole network only where nearly all of its pairs are known; what is merely listed
is counted as what is listed, and marked so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from comity.assess.shape import Flags, Numbers
from comity.assess.view import looked_back
from comity.network import Layer, layer_kind
from comity.panel import panel

if TYPE_CHECKING:
    from comity.panel import Panel
    from comity.panel.facts import Facts

SPAN = 10  # years of pairs that an assessment of states looks at
RECENT = 5  # years within which a partner counts as one
LEAST_KNOWN = 0.9  # of the pairs of a state, for what is not among them to count as not being there


Places = npt.NDArray[np.int64]


class Held(NamedTuple):
    """A count of each subject, whether it comes from a list that may leave out, and the last year it tells of."""

    value: Numbers
    is_listed: Flags
    latest_year: Numbers


@dataclass(frozen=True)
class Ties:
    """Measures of pairs seen from each of some subjects: subjects × states × years, the year assessed last.

    `states` are all that were members of the state system in any of the years; a row of a square is a subject.
    """

    pairs: Panel
    subjects: tuple[str, ...]
    year: int
    _squares: dict[str, Numbers] = field(default_factory=dict)

    @property
    def states(self) -> tuple[str, ...]:
        """The states of the columns."""
        return tuple(self.pairs.rows.index.states)

    @cached_property
    def years(self) -> Numbers:
        """The years, the one assessed last."""
        first, last = self.pairs.rows.index.years
        return np.arange(first, last + 1, dtype=np.float64)

    @cached_property
    def rows(self) -> list[int]:
        """The column of each subject."""
        number = {state: place for place, state in enumerate(self.states)}
        return [number[state] for state in self.subjects]

    @cached_property
    def exists(self) -> Flags:
        """Which pairs were two members of the state system in which year."""
        return ~np.isnan(self._square(np.ones(len(self.pairs)), np.ones(len(self.pairs))))

    def of(self, name: str) -> Numbers:
        """A measure of pairs, or the two directions of one added: known where both are, or where one is above 0."""
        if name not in self._squares:
            together = _together(self._sides(name))
            self._squares[name] = self._square(together, together)
        return self._squares[name]

    def toward(self, name: str) -> Numbers:
        """What a measure with a direction holds from the other states toward the subject."""
        a_to_b, b_to_a = self._sides(name)
        return self._square(b_to_a, a_to_b)

    def outward(self, name: str) -> Numbers:
        """What a measure with a direction holds from the subject toward the other states."""
        a_to_b, b_to_a = self._sides(name)
        return self._square(a_to_b, b_to_a)

    def layer(self, name: str) -> Numbers:
        """The weights of a layer of networks: 0 is no tie."""
        key = f"layer {name}"
        if key not in self._squares:
            weights = layer_kind(name).weigh(lambda measure: _together(self._sides(measure)))
            self._squares[key] = self._square(weights, weights)
        return self._squares[key]

    def sources(self, *measures: str) -> tuple[str, ...]:
        """Which sources speak in these measures."""
        used = [column for column in self.pairs.columns.values() if column.measure.name in measures]
        return tuple(sorted({source for column in used for source in column.filled.sources}))

    def layer_sources(self, name: str) -> tuple[str, ...]:
        """Which sources speak in a layer."""
        asked: list[str] = []

        def of(measure: str) -> Numbers:
            asked.append(measure)
            return np.zeros(0)

        layer_kind(name).weigh(of)
        return self.sources(*asked)

    def partners(self, values: Numbers, years: int = RECENT, end: int | None = None) -> Held:
        """With how many states each subject is tied in the last years, and whether that is all there is to know.

        Unknown where nothing is known, and where a list that may leave out names none. `end` cuts the years short.
        """
        stop = len(self.years) if end is None else end
        span = slice(stop - years, stop)
        window, there = values[:, :, span], self.exists[:, :, span]
        known = (~np.isnan(window) & there).any(axis=2)
        share = known.sum(axis=1) / np.maximum(there.any(axis=2).sum(axis=1), 1)
        count = (np.nan_to_num(window) > 0).any(axis=2).sum(axis=1).astype(np.float64)
        is_sure = share >= LEAST_KNOWN
        value = np.where(is_sure | (count > 0), count, np.nan)
        # Where a list is complete its last complete year is told; of others the last year in which it names somebody.
        complete = (~np.isnan(window) & there).sum(axis=1) >= LEAST_KNOWN * np.maximum(there.sum(axis=1), 1)
        told = np.where(is_sure[:, None], complete | (window > 0).any(axis=1), (window > 0).any(axis=1))
        return Held(value, ~is_sure, np.where(np.isnan(value), np.nan, _last(told, self.years[span])))

    def standing(self, name: str) -> Held:
        """With how many states each subject stands in a layer that lasts, in its last year nearly all known.

        Where there is no such year, those listed for the year assessed.
        """
        weights = self.layer(name)
        share = (~np.isnan(weights) & self.exists).sum(axis=(0, 1)) / np.maximum(self.exists.sum(axis=(0, 1)), 1)
        complete = np.flatnonzero((share >= LEAST_KNOWN) & self.exists.any(axis=(0, 1)))
        at = int(complete[-1]) if len(complete) else len(self.years) - 1
        told = self.partners(weights[:, :, : at + 1], 1, at + 1)
        return Held(told.value, told.is_listed, np.where(np.isnan(told.value), np.nan, self.years[at]))

    def whole(self, name: str) -> tuple[Layer, int] | None:
        """A layer among all states in the last year in which nearly all pairs are known; None where there is none.

        Only ties of all states make a network, so the subjects must be all of them.
        """
        weights = self.layer(name)
        known, there = ~np.isnan(weights) & self.exists, self.exists
        share = known.sum(axis=(0, 1)) / np.maximum(there.sum(axis=(0, 1)), 1)
        years = np.flatnonzero((share >= LEAST_KNOWN) & there.any(axis=(0, 1)))
        if not len(years):
            return None
        at = int(years[-1])
        square = np.full((len(self.states), len(self.states)), np.nan)
        square[self.rows] = weights[:, :, at]
        np.fill_diagonal(square, 0.0)
        return Layer(name, square, sources=self.layer_sources(name)), int(self.years[at])

    def _sides(self, name: str) -> list[Numbers]:
        if name not in {column.measure.name for column in self.pairs.columns.values()}:
            self.pairs.add(name)
        return [
            column.values().astype(np.float64) for column in self.pairs.columns.values() if column.measure.name == name
        ]

    @cached_property
    def _cells(self) -> tuple[tuple[Places, Places], ...]:
        """Of each side of a pair: the rows of the panel in which it is a subject, and their cells in a square."""
        rows = self.pairs.rows
        assert rows.state_b is not None  # a panel of pairs
        place = np.full(len(self.states), -1, dtype=np.int64)
        place[self.rows] = np.arange(len(self.subjects))
        found = []
        for one, other in ((rows.state_a, rows.state_b), (rows.state_b, rows.state_a)):
            mine = np.flatnonzero(place[one] >= 0)
            subject = place[one[mine]]
            found.append((mine, (subject * len(self.states) + other[mine]) * len(self.years) + rows.year[mine]))
        return tuple(found)

    def _square(self, a_to_b: Numbers, b_to_a: Numbers) -> Numbers:
        """Values of the rows of the panel as a square: those of a's row from its first, of b's row from its second."""
        shape = (len(self.subjects), len(self.states), len(self.years))
        made = np.full(shape[0] * shape[1] * shape[2], np.nan)
        for (mine, cells), values in zip(self._cells, (a_to_b, b_to_a), strict=True):
            made[cells] = values[mine]
        return made.reshape(shape)


def ties_of_states(store: Facts, year: int, states: tuple[str, ...] = (), span: int = SPAN) -> Ties:
    """The ties of these states, or of all that were members in the year, in the years up to it."""
    pairs = panel(store, "dyad_year", years=looked_back(year, span), states=states)
    rows = pairs.rows
    held = rows.year == rows.index.year_count - 1
    assert rows.state_b is not None  # a panel of pairs
    members = np.unique(np.concatenate((rows.state_a[held], rows.state_b[held])))
    there = tuple(rows.index.states[member] for member in members)
    return Ties(pairs, tuple(state for state in there if not states or state in states), year)


def _together(sides: list[Numbers]) -> Numbers:
    """The two directions of a pair added; one known to be 0 says nothing of the pair while the other is unknown."""
    if len(sides) == 1:
        return sides[0]
    added: Numbers = np.nansum(sides, axis=0)
    is_open = np.isnan(sides).any(axis=0)
    added[is_open & ~(added > 0)] = np.nan
    return added


def _last(told: Flags, years: Numbers) -> Numbers:
    """The last year of each row that is told; NaN where none is."""
    at = told.shape[1] - 1 - np.argmax(told[:, ::-1], axis=1)
    return np.where(told.any(axis=1), years[at], np.nan)
