"""Lists of pairs to watch: who is likeliest to come to face each other in a year, how sure that is, and why."""

from __future__ import annotations

from calendar import month_name
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from comity.errors import BadRequest
from comity.forecast.explain import Driver
from comity.forecast.scores import LISTED

PRODUCTS = {
    "list": "made from the newest year that the list of the target holds, with every source as it is loaded",
    "replay": "made as if on an earlier day, with every source as late as its releases are",
    "now": "made from the newest that is loaded, for the first whole year to come",
}
LEVEL = "level"  # the reason that says how the level of a list follows what came of earlier ones
NOUNS = {
    "mid": "disputes",
    "force": "disputes",
    "fatal": "disputes",
    "crisis": "crises",
    "conflict": "armed conflicts",
    "internationalized": "armed conflicts",
}


def period_words(year: int, month: int = 0) -> str:
    """A year, or a month of it, in words.

    >>> period_words(2023), period_words(2023, 1)
    ('2023', 'January 2023')
    """
    return f"{month_name[month]} {year}".strip()


@dataclass(frozen=True)
class Similar:
    """A pair in an earlier year that stood much as a pair of the list does, and whether the event came then.

    `apart` is how far the two lie from each other in what the logit adds up, in log odds. The month is 0 where rows
    are years.
    """

    state_a: str
    state_b: str
    year: int
    came: bool
    apart: float
    month: int = 0

    @property
    def states(self) -> tuple[str, str]:
        """The two states."""
        return self.state_a, self.state_b


@dataclass(frozen=True)
class Pair:
    """One pair of a list: its chance, the range of refits, its chance on the list before, and what it rests on.

    `before` is None where the pair was not on the list before. `drivers` are the inputs that add or take away most,
    `groups` all inputs by group. `shared` are the log odds that all pairs of the list have alike; with what all groups
    add they are those of the chance, exactly.
    """

    state_a: str
    state_b: str
    chance: float
    low: float
    high: float
    before: float | None
    is_ongoing: bool
    is_quiet: bool
    drivers: tuple[Driver, ...] = ()
    groups: tuple[Driver, ...] = ()
    similar: tuple[Similar, ...] = ()
    shared: float | None = None

    @property
    def states(self) -> tuple[str, str]:
        """The two states."""
        return self.state_a, self.state_b


@dataclass(frozen=True)
class Tried:
    """A list as it would have been made for an earlier year, and at which places the pairs stood to which it came.

    `expected` is the sum of its chances. Year, pairs and places are known, so it can be said of any length of list how
    many of the pairs it named had the event. The month is 0 where the list was of the whole year.
    """

    year: int
    pairs: int
    places: tuple[int, ...]
    expected: float
    month: int = 0

    @property
    def period(self) -> str:
        """The year or the month in words."""
        return period_words(self.year, self.month)

    def hits(self, count: int) -> int:
        """How many of the first pairs had the event.

        >>> Tried(2010, 900, (1, 7, 40), 3.5).hits(10)
        2
        """
        return sum(place <= count for place in self.places)


@dataclass(frozen=True)
class Basis:
    """What a list rests on: the rows learned from, which data in which state, and the settings of the models.

    `known` is the last year heard of each source that tells of an input or of what came, `late` by how many years it
    is told late.
    """

    learned: tuple[int, int]
    rows: int
    onsets: int
    known: dict[str, int]
    late: dict[str, int]
    fingerprint: str
    versions: dict[str, str]
    settings: str
    settings_chosen: str
    seed: int
    draws: int
    titles: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Watch:
    """A list of pairs to watch, the likeliest first, with how lists made in the same way did in earlier years.

    `known_to` is the last year of the target's list that was heard, `ends` that of the whole list, `late` the whole
    years between the one heard and the year of this list. `scores` are those of the earlier lists together, by model.
    A list of a month has its number (1 to 12), one of a whole year 0.
    """

    product: str
    target: str
    means: str
    source: str
    list_name: str
    year: int
    made_on: date
    is_relevant: bool
    known_to: int
    ends: int
    late: int
    unplaced: int
    pairs: tuple[Pair, ...]
    tried: tuple[Tried, ...]
    scores: dict[str, dict[str, Any]]
    basis: Basis
    month: int = 0

    @property
    def age(self) -> int:
        """Whole years between the end of the target's list and the day on which this one was made."""
        return max(self.made_on.year - 1 - self.known_to, 0)

    @property
    def period(self) -> str:
        """The year, or the month, that the list is for, in words."""
        return period_words(self.year, self.month)

    @property
    def period_before(self) -> str:
        """The year or the month of the list that the change is told against."""
        if not self.month:
            return str(self.year - 1)
        return period_words(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    @property
    def reach(self) -> str:
        """How far the list looks ahead of the end of what was heard, in words."""
        if self.month:
            return f"{(self.year - self.known_to - 1) * 12 + self.month} months"
        return f"{self.late + 1} years"

    @property
    def is_current(self) -> bool:
        """Whether the list speaks of the day it was made on: its year, or month, has not ended by then."""
        return (self.year, self.month) >= (self.made_on.year, self.made_on.month if self.month else 0)

    def standing(self) -> str:
        """In one or two sentences, what the list is a list for, and that it is not for today where it is not."""
        noun = f"list of {NOUNS.get(self.target, self.target)} ({self.source})"
        if self.product == "replay":
            return f"On that day the {noun} was known to {self.known_to} at most; this is a list for {self.period}."
        if self.known_to < self.ends:
            heard = self.period_before if self.month > 1 and not self.late else str(self.known_to)
            return (
                f"The {noun} is heard to {heard}, though it ends in {self.ends}; this is a list for "
                f"{self.period}, made with hindsight, not for today."
            )
        if not self.is_current:
            return f"The newest {noun} ends in {self.ends}; this is a list for {self.period}, not for today."
        if self.late:
            return (
                f"The newest {noun} ends in {self.ends}; this list for {self.period} looks {self.reach} ahead "
                "of it, and what happened since is in it only where other sources tell of it."
            )
        return f"The newest {noun} ends in {self.ends}; this is a list for {self.period}."

    def place(self, one: str, other: str) -> int:
        """Where a pair stands on the list, from 1; BadRequest where it does not."""
        if one == other:
            raise BadRequest(f"{one} and {other} are one state; a pair is of two")
        for place, pair in enumerate(self.pairs, start=1):
            if {one, other} == set(pair.states):
                return place
        kind = "relevant " if self.is_relevant else ""
        raise BadRequest(f"{one} and {other} are not among the {len(self.pairs):,} {kind}pairs of {self.period}")

    def prevention(self) -> tuple[tuple[Pair, ...], int]:
        """The pairs that were not at it already in the last year known, and how many were and are hidden."""
        left = tuple(pair for pair in self.pairs if not pair.is_ongoing)
        return left, len(self.pairs) - len(left)

    def hits(self, count: int) -> dict[str, int]:
        """Of the first pairs of all earlier lists: how many were named, had the event, and how often it came at all."""
        return {
            "lists": len(self.tried),
            "named": sum(min(count, each.pairs) for each in self.tried),
            "hits": sum(each.hits(count) for each in self.tried),
            "onsets": sum(len(each.places) for each in self.tried),
        }

    def to_dict(self) -> dict[str, Any]:
        """The list as plain values."""
        said: dict[str, Any] = msgspec.to_builtins(self)
        said |= {"standing": self.standing(), "is_current": self.is_current, "age": self.age}
        said |= {"period": self.period, "horizon": 1 if self.month else 12}
        return said | {"hits": {str(count): self.hits(count) for count in (20, *LISTED)}}


@dataclass(frozen=True)
class StateRisk:
    """How likely it is that a state comes to face any other, and whom most."""

    state: str
    chance: float
    expected: float
    pairs: int
    likeliest: str
    likeliest_chance: float


def by_state(pairs: tuple[Pair, ...]) -> list[StateRisk]:
    """The chances of pairs put together by state, the likeliest first.

    A state's chance is that of at least one of its pairs, as if pairs were independent of each other. They are not:
    a war draws in others, so the chance of any is somewhat too high and that of several far too low.

    >>> held = [Pair("A", "B", 0.5, 0, 1, None, False, True), Pair("A", "C", 0.5, 0, 1, None, False, True)]
    >>> [(each.state, each.chance, each.likeliest) for each in by_state(tuple(held))]
    [('A', 0.75, 'B'), ('B', 0.5, 'A'), ('C', 0.5, 'A')]
    """
    held: dict[str, list[tuple[float, str]]] = {}
    for pair in pairs:
        held.setdefault(pair.state_a, []).append((pair.chance, pair.state_b))
        held.setdefault(pair.state_b, []).append((pair.chance, pair.state_a))
    found = []
    for state, others in held.items():
        none = 1.0
        for chance, _ in others:
            none *= 1 - chance
        most, who = min(others, key=lambda each: (-each[0], each[1]))
        found.append(StateRisk(state, 1 - none, sum(chance for chance, _ in others), len(others), who, most))
    return sorted(found, key=lambda each: (-each.chance, each.state))
