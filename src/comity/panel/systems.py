"""State systems: who is a member in each year or month, and which capital it has."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from comity.errors import BadRequest
from comity.vocab.dates import FIRST_YEAR

SYSTEMS = ("cow", "gw")
LAST_YEAR = 2100  # a year past it is a slip of the pen
Flags = npt.NDArray[np.bool_]


class Spell(NamedTuple):
    """An unbroken time in which something held of a state; no end means it holds still."""

    state: Any
    start: date
    end: date | None
    what: Any = None


@dataclass(frozen=True)
class Span:
    """The years of a panel, both included, in steps of a year or of a month."""

    first_year: int
    last_year: int
    steps: int = 1

    def __post_init__(self) -> None:
        years = f"{self.first_year}:{self.last_year}"
        if self.first_year > self.last_year:
            raise BadRequest(f"the years {years} run backwards")
        if self.first_year < FIRST_YEAR or self.last_year > LAST_YEAR:
            raise BadRequest(f"the years {years} are not within {FIRST_YEAR} to {LAST_YEAR}")

    def __len__(self) -> int:
        return (self.last_year - self.first_year + 1) * self.steps

    @cached_property
    def edges(self) -> npt.NDArray[np.int64]:
        """The first day of every step, as a day number, and of the one after the last."""
        length = 12 // self.steps
        starts = ((self.first_year + n // self.steps, n % self.steps * length + 1) for n in range(len(self) + 1))
        return np.array([date(year, month, 1).toordinal() for year, month in starts])

    @cached_property
    def _edges(self) -> list[int]:
        edges: list[int] = self.edges.tolist()
        return edges

    def days(self, step: int) -> tuple[date, date]:
        """The first and the last day of a step."""
        first, after = self._edges[step : step + 2]
        return date.fromordinal(first), date.fromordinal(after - 1)

    def overlap(self, start: date, end: date | None) -> slice:
        """The steps with at least one day of a spell."""
        first = bisect_right(self._edges, start.toordinal()) - 1
        last = bisect_right(self._edges, (end or date.max).toordinal()) - 1
        return slice(max(first, 0), min(last + 1, len(self)) if last >= 0 else 0)


class StateSystem:
    """The members of a system over time, in the order in which a panel shall list them.

    `members` are the spells of membership, each with its system code as `what`. `capitals` answers those of capitals,
    each with its latitude and longitude in degrees as `what`; it is asked only when a distance is.
    """

    def __init__(self, name: str, members: Iterable[Spell], capitals: Callable[[], Iterable[Spell]] = tuple) -> None:
        self.name = name
        self.members = tuple(members)
        self.capitals = capitals
        self._apart: dict[Span, list[tuple[int, int, int]]] = {}
        self.states: tuple[Any, ...] = tuple(sorted({spell.state for spell in self.members}))

    def present(self, span: Span) -> Flags:
        """Who was a member on any day of each step, of the shape (states, steps).

        A system code that changes hands within a step counts for its last holder: CoW 345 is SRB in 2006, not YUG
        too, so that the members of a year are the state-years that CoW counts.
        """
        found = np.zeros((len(self.states), len(span)), dtype=bool)
        place = {state: number for number, state in enumerate(self.states)}
        for spells in self._by_code.values():
            for earlier, later in zip([None, *spells], spells, strict=False):
                held = span.overlap(later.start, later.end)
                found[place[later.state], held] = True
                if earlier is not None and earlier.state != later.state:
                    shared = range(*span.overlap(earlier.start, earlier.end).indices(len(span)))
                    if shared and held.start < held.stop and shared[-1] == held.start:
                        found[place[earlier.state], held.start] = False
        return found

    def apart(self, span: Span) -> list[tuple[int, int, int]]:
        """The pairs and steps in which both were members but never on the same day: two states and the step.

        A system code is asked, whoever held it: Serbia was a member beside Austria-Hungary in 1918 under the code
        that ended the year as Yugoslavia. Only codes that came or went in a step can have missed each other in it.
        """
        if span not in self._apart:
            self._apart[span] = list(self._missed(span))
        return self._apart[span]

    def _missed(self, span: Span) -> Iterator[tuple[int, int, int]]:
        place = {state: number for number, state in enumerate(self.states)}
        moving: dict[int, set[Any]] = defaultdict(set)
        for code, spells in self._by_code.items():
            for day in (day for spell in spells for day in (spell.start, spell.end) if day is not None):
                within = span.overlap(day, day)
                if within.start < within.stop:
                    moving[within.start].add(code)
        for step, codes in moving.items():
            for one, other in combinations(sorted(codes), 2):
                if not self._have_common_day(one, other, span.days(step)):
                    first, second = sorted(place[self._last_holder(code, span.days(step))] for code in (one, other))
                    yield first, second, step

    @cached_property
    def _by_code(self) -> dict[Any, list[Spell]]:
        """The membership spells of each system code, in the order of time."""
        found: dict[Any, list[Spell]] = defaultdict(list)
        for spell in sorted(self.members, key=lambda spell: spell.start):
            found[spell.what].append(spell)
        return found

    def _have_common_day(self, one: Any, other: Any, days: tuple[date, date]) -> bool:
        first, last = days
        pairs = ((a, b) for a in self._by_code[one] for b in self._by_code[other])
        return any(max(a.start, b.start, first) <= min(a.end or date.max, b.end or date.max, last) for a, b in pairs)

    def _last_holder(self, code: Any, days: tuple[date, date]) -> Any:
        first, last = days
        held = [spell for spell in self._by_code[code] if spell.start <= last and (spell.end or date.max) >= first]
        return held[-1].state


@cache
def state_system(name: str) -> StateSystem:
    """One of the two systems of the field, from comity's own list of states.

    >>> int(state_system("cow").present(Span(2000, 2000)).sum())
    191
    """
    if name not in SYSTEMS:
        raise BadRequest(f"{name!r} is no state system; it is one of {', '.join(SYSTEMS)}")
    from comity.vocab.states import states  # a panel of another system needs no list of states

    memberships = ((each.code, spell) for each in states().values() for spell in each.memberships)
    return StateSystem(
        name,
        [Spell(code, each.start, each.end, each.code) for code, each in memberships if each.system == name],
        _capitals,
    )


def _capitals() -> list[Spell]:
    from comity.vocab.capitals import capitals

    return [Spell(each.state, each.start, each.end, (each.latitude, each.longitude)) for each in capitals()]
