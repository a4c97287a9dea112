"""Quotas counted over a list of activities: so many a year, so many at once, so many in some years.

Each activity gets its number among those its state carries out: the seventh of a year is the one that breaks a limit
of six. Activities that may count, but cannot be told, are numbered apart and never make a breach certain.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from comity.cbm.activity import Activity
from comity.cbm.grammar import Limit
from comity.cbm.ready import Ready


@dataclass(frozen=True)
class Count:
    """The number of an activity among those a quota counts.

    Attributes:
        number: its number, itself included.
        larger: its number among those of the larger size, where the quota has one; 0 when it is not one.
        unsure: how many before it may count and cannot be told.
        perhaps_larger: its number among those that are or may be of the larger size; 0 when it surely is not one.
    """

    number: int
    larger: int = 0
    unsure: int = 0
    perhaps_larger: int = 0


@dataclass(frozen=True)
class Counted:
    """An activity that a quota counts, or may count: its place in the list, its states and whether it is larger."""

    at: int
    activity: Activity
    states: Sequence[str]
    answer: bool | None
    is_larger: bool | None


def counts(rule: Ready, counted: Iterable[Counted]) -> dict[int, Count]:
    """The number of each activity that counts, by its place in the list; the highest of its states' numbers."""
    limit = rule.held.rule.limit
    assert limit is not None
    by_state: dict[str, list[Counted]] = defaultdict(list)
    for one in counted:
        for state in one.states:
            by_state[state].append(one)
    found: dict[int, Count] = {}
    for theirs in by_state.values():
        for at, count in _numbered(limit, theirs).items():
            if at not in found or found[at].number < count.number:
                found[at] = count
    return found


def _numbered(limit: Limit, theirs: list[Counted]) -> dict[int, Count]:
    """One state's activities in the order of their first day, each with its number."""
    at_once = limit.per == "simultaneous"
    loose: list[Counted] = []
    dated: list[Counted] = []
    for one in theirs:
        is_known = bool(one.activity.moments) if at_once else _first(one) is not None
        (dated if is_known else loose).append(one)
    dated.sort(key=lambda one: (_first(one), one.at))
    found = {one.at: Count(1, int(one.is_larger is True)) for one in loose if one.answer}
    number = _at_once if at_once else _in_years
    return found | number(limit, dated)


def _first(one: Counted) -> date | None:
    return one.activity.day


def _in_years(limit: Limit, dated: list[Counted]) -> dict[int, Count]:
    sure: list[int] = []  # the years of those before, in order
    larger: list[int] = []
    perhaps_larger: list[int] = []
    unsure: list[int] = []
    found = {}
    for one in dated:
        day = _first(one)
        assert day is not None
        since = day.year - (limit.years if limit.per == "years" else 1) + 1
        if not one.answer:
            unsure.append(day.year)
            continue
        sure.append(day.year)
        if one.is_larger:
            larger.append(day.year)
        if one.is_larger is not False:
            perhaps_larger.append(day.year)
        found[one.at] = Count(
            len(sure) - bisect_left(sure, since),
            len(larger) - bisect_left(larger, since) if one.is_larger else 0,
            len(unsure) - bisect_left(unsure, since),
            len(perhaps_larger) - bisect_left(perhaps_larger, since) if one.is_larger is not False else 0,
        )
    return found


def _at_once(limit: Limit, dated: list[Counted]) -> dict[int, Count]:  # noqa: ARG001 (of one shape with the other)
    """How many run on the day each begins; one whose end is not known runs on its first day for sure, later perhaps."""
    ends: list[date] = []
    open_since: list[date] = []
    maybe: list[date] = []
    found = {}
    for one in dated:
        first = _first(one)
        assert first is not None
        span = one.activity.span
        last = span[1] if span else None
        if not one.answer:
            insort(maybe, last or date.max)
            continue
        running = len(ends) - bisect_left(ends, first)
        perhaps = bisect_left(open_since, first)
        found[one.at] = Count(running + 1, 0, perhaps + len(maybe) - bisect_left(maybe, first))
        insort(ends, last or first)
        if last is None:
            insort(open_since, first)
    return found


def left_open(limit: Limit | None, count: Count) -> tuple[str, ...]:
    """What of a count cannot be told, as notes: those that may count, and sizes that may break the limit of the larger.

    >>> left_open(Limit(max=6, per="calendar_year"), Count(2, unsure=3))
    ('3 more that may count cannot be told',)
    """
    said = [f"{count.unsure} more that may count cannot be told"] if count.unsure else []
    most = limit.of_which.max if limit is not None and limit.of_which is not None else None
    if most is not None and count.larger <= most < count.perhaps_larger:
        said.append(f"whether more than {most} are of the larger cannot be told: {count.perhaps_larger} are or may be")
    return tuple(said)


def breaches(limit: Limit, count: Count) -> tuple[str, ...]:
    """The limits that an activity with this number breaks."""
    per = {"calendar_year": "a calendar year", "simultaneous": "at once", "years": f"in {limit.years} calendar years"}
    said = []
    if limit.max is not None and count.number > limit.max:
        said.append(f"more than {limit.max} {per[limit.per]}")
    if limit.of_which is not None and count.larger > limit.of_which.max:
        said.append(f"more than {limit.of_which.max} of the larger {per[limit.per]}")
    return tuple(said)
