"""Spines: the rows of a panel before measures, as places on a dense state × state × year index."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from comity.errors import BadRequest
from comity.vocab.states import members, state_from_code, states

UNITS = ("state_year", "dyad_year")
SYSTEMS = ("cow", "gw")
FIRST_YEAR, LAST_YEAR = 1816, 2100  # both systems begin in 1816; a year past 2100 is a slip of the pen
Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Index:
    """The axes of the dense index: the states in order of code, and the years."""

    states: tuple[str, ...]
    first_year: int
    year_count: int

    def state_numbers(self, codes: list[str]) -> Places:
        """Where each code stands among the states; −1 for a code that is not of the index."""
        known = {code: number for number, code in enumerate(self.states)}
        return np.array([known.get(code, -1) for code in codes], dtype=np.int64)

    def years(self) -> Places:
        """The years of the index."""
        return np.arange(self.first_year, self.first_year + self.year_count, dtype=np.int64)


@dataclass(frozen=True)
class Spine:
    """The rows of a panel: for each, the numbers of its states and of its year, sorted by state, state, year.

    `state_b` is None for a state-year spine. `is_member` has the shape (states, years).
    """

    unit: str
    system: str
    index: Index
    is_member: npt.NDArray[np.bool_]
    state_a: Places
    state_b: Places | None
    year: Places

    def __len__(self) -> int:
        return len(self.year)

    def keep(self, rows: npt.NDArray[np.bool_]) -> Spine:
        """The spine with only some of its rows."""
        state_b = None if self.state_b is None else self.state_b[rows]
        return Spine(self.unit, self.system, self.index, self.is_member, self.state_a[rows], state_b, self.year[rows])

    def keys(self) -> dict[str, Any]:
        """The key columns: `state` or `state_a` and `state_b`, then `year`."""
        codes = np.array(self.index.states)
        years = self.year + self.index.first_year
        if self.state_b is None:
            return {"state": codes[self.state_a], "year": years}
        return {"state_a": codes[self.state_a], "state_b": codes[self.state_b], "year": years}

    def rows_of(self, state_a: Places, state_b: Places | None, year: Places) -> Places:
        """The row number of each key, −1 where the spine has no such row; `state_a` and `state_b` in either order."""
        known = (state_a >= 0) & (year >= 0) & (year < self.index.year_count)
        if state_b is not None:
            known &= state_b >= 0
            state_a, state_b = np.minimum(state_a, state_b), np.maximum(state_a, state_b)
        cells = np.where(known, self._cells(state_a, state_b, year), 0)
        return np.where(known, self._row_at[cells], -1)

    @cached_property
    def _row_at(self) -> npt.NDArray[np.int32]:
        """The row number of every cell of the dense index, −1 where there is no row."""
        sides = 1 if self.state_b is None else 2
        row_at = np.full(len(self.index.states) ** sides * self.index.year_count, -1, dtype=np.int32)
        row_at[self._cells(self.state_a, self.state_b, self.year)] = np.arange(len(self))
        return row_at

    def _cells(self, state_a: Places, state_b: Places | None, year: Places) -> Places:
        states = state_a if state_b is None else state_a * len(self.index.states) + state_b
        return states * self.index.year_count + year


def spine(unit: str, system: str, years: tuple[int, int], named: tuple[str, ...] = ()) -> Spine:
    """The rows of a unit: a state is there in every year of which it was a member on any day.

    A pair is there in every year with a day on which both were members; West Germany and united Germany, say, never
    were. With states named, only they (for pairs: pairs with at least one of them) are kept.

    >>> len(spine("state_year", "cow", (2000, 2000)))
    191
    """
    if unit not in UNITS:
        raise BadRequest(f"{unit!r} is no unit of a panel; it is one of {', '.join(UNITS)}")
    if system not in SYSTEMS:
        raise BadRequest(f"{system!r} is no state system; it is one of {', '.join(SYSTEMS)}")
    if years[0] > years[1]:
        raise BadRequest(f"the years {years[0]}:{years[1]} run backwards")
    if years[0] < FIRST_YEAR or years[1] > LAST_YEAR:
        raise BadRequest(f"the years {years[0]}:{years[1]} are not within {FIRST_YEAR} to {LAST_YEAR}")
    index, member = _membership(system, years)
    wanted = np.isin(index.states, list(named)) if named else np.ones(len(index.states), dtype=bool)
    if unit == "state_year":
        state, year = np.nonzero(member & wanted[:, None])
        return Spine(unit, system, index, member, state, None, year)
    upper = np.triu(np.ones((len(index.states),) * 2, dtype=bool), k=1) & (wanted[:, None] | wanted[None, :])
    together = (member[:, None, :] & member[None, :, :]) & upper[:, :, None]
    for code_a, code_b, apart in _never_together(system):
        if years[0] <= apart <= years[1]:
            together[index.states.index(code_a), index.states.index(code_b), apart - years[0]] = False
    state_a, state_b, year = np.nonzero(together)
    return Spine(unit, system, index, member, state_a, state_b, year)


def _membership(system: str, years: tuple[int, int]) -> tuple[Index, npt.NDArray[np.bool_]]:
    """The index and who was a member in each year; a code that changes hands in a year counts for its last holder."""
    present = [members(system, year) for year in range(years[0], years[1] + 1)]
    codes = tuple(sorted(set().union(*present)))
    place = {code: number for number, code in enumerate(codes)}
    member = np.zeros((len(codes), len(present)), dtype=bool)
    for number, of_year in enumerate(present):
        member[[place[code] for code in of_year], number] = True
    return Index(codes, years[0], len(present)), member


@cache
def _never_together(system: str) -> tuple[tuple[str, str, int], ...]:
    """The pairs of states, in order of code, and years in which both were members but never on the same day.

    A system code is asked, whoever held it: Serbia was a member beside Austria-Hungary in 1918 under the code that
    ended the year as Yugoslavia. Only codes that came or went in a year can have missed each other in it.
    """
    spells: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for spell in (spell for each in states().values() for spell in each.memberships if spell.system == system):
        spells[spell.code].append((spell.start, spell.end or date.max))
    moving: dict[int, set[int]] = defaultdict(set)
    for code, spans in spells.items():
        for year in {day.year for span in spans for day in span} & set(range(FIRST_YEAR, LAST_YEAR + 1)):
            moving[year].add(code)
    found = []
    for year, codes in moving.items():
        for one, other in combinations(sorted(codes), 2):
            if not _have_common_day(spells[one], spells[other], year):
                pair = sorted(state_from_code(system, code, year) for code in (one, other))
                found.append((pair[0], pair[1], year))
    return tuple(found)


def _have_common_day(one: list[tuple[date, date]], other: list[tuple[date, date]], year: int) -> bool:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return any(max(a[0], b[0], first) <= min(a[1], b[1], last) for a in one for b in other)
