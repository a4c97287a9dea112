"""Series that go on: how often they were held, and when the next edition would be if they kept to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from comity.brief.facts import Fact

YEAR = 365.25  # days
STALE_YEARS = 3  # since the last edition, after which a series is not taken to go on
SEVERAL = 0  # the usual gap of what is held several times a year, at no gap that could be counted on
SEVERAL_BELOW = 0.6  # of a year: two a year, half a year apart, are several
# What its givers decide each time, or is listed as it comes: that it was done says nothing of when it is done again.
_ONCE = ("arms_transfer", "assistance", "visit", "port_call", "agreement", "basing", "channel")
_ONLY_REGULAR = ("operation", "peacekeeping")  # some are rotations, and some a list of decisions


@dataclass(frozen=True)
class Recurring:
    """One series as it was held: its editions among some facts, oldest first, and the gap that is usual."""

    series: str
    editions: tuple[Fact, ...]
    usual_years: int

    @property
    def last(self) -> Fact:
        """The latest edition."""
        return self.editions[-1]

    def next_after(self, on: date) -> date | None:
        """The first day after one that lies a number of usual gaps from the last edition; None for several a year."""
        if self.usual_years == SEVERAL:
            return None
        gap = self.usual_years * YEAR
        passed = max((on - self.last["start_date"]).days, 0)
        return date.fromordinal(self.last["start_date"].toordinal() + round((int(passed // gap) + 1) * gap))


def usual_gap(days: Sequence[date]) -> int:
    """The median gap between editions in whole years, at least one; `SEVERAL` where three or more are closer.

    >>> usual_gap([date(2016, 5, 1), date(2018, 6, 1), date(2020, 5, 20)])
    2
    >>> usual_gap([date(2024, 1, 9), date(2024, 4, 2), date(2024, 7, 1)])
    0
    """
    gaps = [(after - before).days for before, after in pairwise(days)]
    if not gaps:
        return 1
    usual = median(gaps) / YEAR
    return SEVERAL if len(gaps) > 1 and usual < SEVERAL_BELOW else max(round(usual), 1)


def often_text(years: int) -> str:
    """How often, in words.

    >>> often_text(1), often_text(3), often_text(SEVERAL)
    ('every year', 'every 3 years', 'several a year')
    """
    if years == SEVERAL:
        return "several a year"
    return "every year" if years == 1 else f"every {years} years"


def goes_on(facts: Iterable[Fact], on: date) -> frozenset[tuple[str, str]]:
    """The series, by source, of which some facts are two editions or more, the last less than three years old."""
    since = on - timedelta(days=round(STALE_YEARS * YEAR))
    return frozenset(place for place, days in _by_series(facts, on).items() if len(days) >= 2 and max(days) >= since)


def recurring(facts: Iterable[Fact], on: date) -> list[Recurring]:
    """The series of two editions or more whose last is less than three years old, by when the next would be.

    To be given every edition of a series, whoever took part: a gap between those of one state may be twice the series'.
    Aid, visits and calls at ports come as they are asked for, and are no series that comes round again; operations are
    one where most of their gaps are the usual one.
    """
    held = _by_series(facts, on)
    found = []
    for place in goes_on((fact for by_day in held.values() for fact in by_day.values()), on):
        days = sorted(held[place])
        editions = tuple(held[place][day] for day in days)
        if editions[-1]["instrument"] not in _ONLY_REGULAR or _is_regular(days):
            found.append(Recurring(place[1], editions, usual_gap(days)))
    return sorted(found, key=lambda each: (each.next_after(on) or date.max, each.series, each.last.source))


def _by_series(facts: Iterable[Fact], on: date) -> dict[tuple[str, str], dict[date, Fact]]:
    held: dict[tuple[str, str], dict[date, Fact]] = defaultdict(dict)
    for fact in facts:
        if fact.row.get("series") and fact["start_date"] <= on and fact["instrument"] not in _ONCE:
            held[fact.source, fact["series"]][fact["start_date"]] = fact
    return held


def _is_regular(days: Sequence[date]) -> bool:
    """Whether there are two gaps or more, and most of them are the usual one in whole years."""
    gaps = [max(round((after - before).days / YEAR), 1) for before, after in pairwise(days)]
    usual = usual_gap(days)
    return len(gaps) > 1 and usual != SEVERAL and sum(gap == usual for gap in gaps) * 2 > len(gaps)
