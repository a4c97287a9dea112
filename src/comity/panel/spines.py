"""Spines: the rows of a panel before measures, as places on a dense state × state × time index."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from comity.errors import BadRequest
from comity.panel.letters import codes_among
from comity.panel.systems import Flags, Span, StateSystem, state_system

UNITS = ("state_year", "dyad_year", "directed_dyad_year", "dyad_month")
Places = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Index:
    """The axes of the dense index: the states in the order of the panel, and the steps of time."""

    states: tuple[Any, ...]
    span: Span

    @property
    def first_year(self) -> int:
        """The first year of the index."""
        return self.span.first_year

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year."""
        return self.span.first_year, self.span.last_year

    @property
    def year_count(self) -> int:
        """How many years it holds."""
        return self.span.last_year - self.span.first_year + 1

    def state_numbers(self, codes: pa.Array | pa.ChunkedArray | list[Any]) -> Places:
        """Where each code stands among the states; −1 for a code that is not of the index."""
        if isinstance(codes, list):
            place = {state: number for number, state in enumerate(self.states)}
            return np.array([place.get(code, -1) for code in codes], dtype=np.int32)
        if len(codes) == 0:
            return np.empty(0, dtype=np.int32)
        if pa.types.is_integer(codes.type) and not codes.null_count:
            found: Places = self._number_of[np.clip(codes.to_numpy(), -1, len(self._number_of) - 2)]
            return found
        if isinstance(codes, pa.Array) and (places := codes_among(codes, self.states)) is not None:
            return places
        import pyarrow.compute as pc  # takes long to import, and codes that are numbers or ISO's need none of it

        if pa.types.is_dictionary(codes.type):
            codes = codes.cast(codes.type.value_type)
        known = pc.index_in(codes, value_set=pa.array(self.states, type=codes.type))
        numbers: Places = known.fill_null(-1).to_numpy()
        return numbers

    def codes(self, numbers: Places) -> pa.Array:
        """The codes of states by their numbers."""
        held = np.array(self.states)
        return pa.array(held[numbers]) if held.dtype.kind == "i" else pa.array(self.states).take(pa.array(numbers))

    @cached_property
    def _number_of(self) -> Places:
        """Where each code stands, of a system whose codes are numbers; the last two are one too large and −1."""
        found = np.full(max(self.states) + 3, -1, dtype=np.int32)
        found[list(self.states)] = np.arange(len(self.states))
        return found


@dataclass(frozen=True)
class Spine:
    """The rows of a panel: for each, the numbers of its states and of its year, sorted by state, state, year (, month).

    `state_b` is None for state-years, `month` (0 to 11) for everything by year. An undirected pair has
    `state_a` before `state_b` in the order of the index; a directed one stands twice, from `state_a` to `state_b`.
    """

    unit: str
    system: StateSystem
    index: Index
    state_a: Places
    state_b: Places | None
    year: Places
    month: Places | None = None

    def __len__(self) -> int:
        return len(self.year)

    @property
    def step(self) -> Places:
        """The number of each row's step of time."""
        return _step(self.year, self.month)

    @property
    def sides(self) -> tuple[str, ...]:
        """What the columns of the one and of the other state end with; empty for a single state."""
        if self.state_b is None:
            return ()
        return ("from", "to") if self.unit == "directed_dyad_year" else ("a", "b")

    def keep(self, rows: Flags) -> Spine:
        """The spine with only some of its rows."""
        state_b, month = (None if each is None else each[rows] for each in (self.state_b, self.month))
        return Spine(self.unit, self.system, self.index, self.state_a[rows], state_b, self.year[rows], month)

    def key_names(self) -> tuple[str, ...]:
        """The names of the key columns."""
        states = {"": ("state",), "a": ("state_a", "state_b"), "from": ("from_state", "to_state")}
        return (*states[(*self.sides, "")[0]], "year", *(() if self.month is None else ("month",)))

    def keys(self) -> dict[str, Any]:
        """The key columns as numpy arrays: the states, the year, and the month from 1 to 12."""
        arrays = (array.to_numpy(zero_copy_only=False) for array in self.key_arrays())
        return dict(zip(self.key_names(), arrays, strict=True))

    def key_arrays(self, part: slice = slice(None)) -> list[pa.Array]:
        """The key columns of some rows as Arrow arrays."""
        sides = [self.state_a] if self.state_b is None else [self.state_a, self.state_b]
        times = [self.year[part] + np.int32(self.index.first_year)]
        times += [] if self.month is None else [self.month[part] + np.int32(1)]
        return [*(self.index.codes(side[part]) for side in sides), *(pa.array(time) for time in times)]

    def rows_of(self, state_a: Places, state_b: Places | None, step: Places) -> Places:
        """The row number of each key, −1 where the spine has no such row; the states of a pair in either order."""
        if state_b is None:
            steps = len(self.index.span)
            found: Places = self._row_at[state_a * np.int32(steps + 1) + np.clip(step, -1, steps)]
            return found
        if self.unit != "directed_dyad_year":
            state_a, state_b = np.minimum(state_a, state_b), np.maximum(state_a, state_b)
        is_known = (state_a >= 0) & (state_b >= 0)
        unit = np.where(is_known, state_a * np.int32(len(self.index.states)) + state_b, np.int32(-1))
        return self._runs.find(unit, step)

    def rows_under(self, other: Spine, sides: str) -> Places:
        """For each row of another spine, the row here that speaks of it.

        `sides` says which states of the other are meant, and in which order: `a`, `b`, `ab` or `ba`.
        """
        number = self.index.state_numbers(list(other.index.states))
        states = [number[getattr(other, f"state_{side}")] for side in sides]
        year = other.year + np.int32(other.index.first_year - self.index.first_year)
        step = year if self.month is None else _step(year, other.month)
        return self.rows_of(states[0], states[1] if len(states) > 1 else None, step)

    @cached_property
    def _row_at(self) -> Places:
        """The row of every state and step, of single states; the step after the last and the last state have none."""
        found = np.full((len(self.index.states) + 1, len(self.index.span) + 1), -1, dtype=np.int32)
        found[self.state_a, self.step] = np.arange(len(self), dtype=np.int32)
        return found.ravel()

    @cached_property
    def _runs(self) -> _Runs:
        """The runs of steps without a gap of every pair."""
        assert self.state_b is not None
        count = len(self.index.states)
        return _Runs.of(self.state_a * np.int32(count) + self.state_b, self.step, count * count)


@dataclass(frozen=True)
class _Runs:
    """The runs of steps without a gap of every pair, and how far a row is from its step in each.

    Most pairs have one run, and all runs together fit the cache; a table of every pair and step would be a thousand
    times larger. The last pair stands for those that are not of the spine, and its run is empty.
    """

    first_run: Places  # of each unit
    count: Places  # the runs of each unit
    start: Places
    end: Places
    shift: Places  # row = step + shift

    @classmethod
    def of(cls, unit: Places, step: Places, unit_count: int) -> _Runs:
        """The runs of rows that are sorted by unit and step."""
        is_first = np.append(True, (unit[1:] != unit[:-1]) | (step[1:] != step[:-1] + 1))[: len(unit)]
        row = np.flatnonzero(is_first).astype(np.int32)
        last = np.append(row[1:], len(unit)).astype(np.int32)[: len(row)] - np.int32(1)
        count = np.bincount(unit[row], minlength=unit_count + 1).astype(np.int32)
        first_run = np.where(count > 0, np.cumsum(count) - count, len(row)).astype(np.int32)
        start, end = np.append(step[row], 0).astype(np.int32), np.append(step[last], -1).astype(np.int32)
        return cls(first_run, count, start, end, np.append(row - step[row], 0).astype(np.int32))

    def find(self, unit: Places, step: Places) -> Places:
        """The row of each unit and step, −1 where there is none; unit −1 has none."""
        run = self.first_run[unit]
        is_in = (self.start[run] <= step) & (step <= self.end[run])
        found = np.where(is_in, step + self.shift[run], np.int32(-1))
        for later in range(1, int(self.count.max())):
            asked = np.flatnonzero(~is_in & (self.count[unit] > later))
            run = self.first_run[unit[asked]] + np.int32(later)
            is_there = (self.start[run] <= step[asked]) & (step[asked] <= self.end[run])
            found[asked[is_there]] = step[asked[is_there]] + self.shift[run[is_there]]
        return found


def _step(year: Places, month: Places | None) -> Places:
    return year if month is None else year * np.int32(12) + month


def spine(unit: str, system: str | StateSystem, years: tuple[int, int], named: tuple[str, ...] = ()) -> Spine:
    """The rows of a unit: a state is there in every year (month) of which it was a member on any day.

    A pair is there in every year (month) with a day on which both were members; West Germany and united Germany, say,
    never were. With states named, only they (for pairs: pairs with at least one of them) are kept.

    >>> len(spine("state_year", "cow", (2000, 2000)))
    191
    """
    if unit not in UNITS:
        raise BadRequest(f"{unit!r} is no unit of a panel; it is one of {', '.join(UNITS)}")
    held = state_system(system) if isinstance(system, str) else system
    span = Span(*years, steps=12 if unit == "dyad_month" else 1)
    present = held.present(span)
    ever = np.asarray(present.any(axis=1))
    index = Index(tuple(state for state, is_there in zip(held.states, ever.tolist(), strict=True) if is_there), span)
    member = present[ever]
    wanted = np.isin(index.states, list(named)) if named else np.ones(len(index.states), dtype=bool)
    if unit == "state_year":
        state, year = (each.astype(np.int32) for each in np.nonzero(member & wanted[:, None]))
        return Spine(unit, held, index, state, None, year)
    return _pairs(unit, held, index, (member, wanted, np.cumsum(ever) - 1))


def _pairs(unit: str, system: StateSystem, index: Index, who: tuple[Flags, Flags, npt.NDArray[np.int64]]) -> Spine:
    """The rows of pairs: `who` are members by step, those asked for, and the place of each state of the system."""
    member, wanted, place = who
    count = len(index.states)
    each_with_each = ~np.eye(count, dtype=bool)
    one, other = np.nonzero(each_with_each if unit == "directed_dyad_year" else np.triu(each_with_each))
    asked = wanted[one] | wanted[other]
    one, other = one[asked].astype(np.int32), other[asked].astype(np.int32)
    together = member[one] & member[other]
    pair_at = np.full((count, count), -1, dtype=np.int64)
    pair_at[one, other] = np.arange(len(one))
    for first, second, step in system.apart(index.span):
        ends = place[first], place[second]
        for pair in {int(pair_at[ends]), int(pair_at[ends[::-1]])} - {-1}:
            together[pair, step] = False
    counts = together.sum(axis=1)
    steps = np.broadcast_to(np.arange(len(index.span), dtype=np.int32), together.shape)[together]
    year, month = (steps, None) if index.span.steps == 1 else (steps // np.int32(12), steps % np.int32(12))
    return Spine(unit, system, index, np.repeat(one, counts), np.repeat(other, counts), year, month)
