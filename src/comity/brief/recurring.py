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
_ONCE = ("arms_transfer",)


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

    def next_after(self, on: date) -> date:
        """The first day after another that lies a number of usual gaps from the last edition."""
        gap = self.usual_years * YEAR
        passed = max((on - self.last["start_date"]).days, 0)
        return date.fromordinal(self.last["start_date"].toordinal() + round((int(passed // gap) + 1) * gap))


def usual_gap(days: Sequence[date]) -> int:
    """The median gap between editions in whole years, at least one.

    >>> usual_gap([date(2016, 5, 1), date(2018, 6, 1), date(2020, 5, 20)])
    2
    """
    gaps = [(after - before).days for before, after in pairwise(days)]
    return max(round(median(gaps) / YEAR), 1) if gaps else 1


def often_text(years: int) -> str:
    """How often, in words.

    >>> often_text(1), often_text(3)
    ('every year', 'every 3 years')
    """
    return "every year" if years == 1 else f"every {years} years"


def recurring(facts: Iterable[Fact], on: date) -> list[Recurring]:
    """The series of two editions or more whose last is less than three years old, by when the next would be.

    Deliveries of arms in parts are no series that comes round again.
    """
    held: dict[str, dict[date, Fact]] = defaultdict(dict)
    for fact in facts:
        if fact.row.get("series") and fact["start_date"] <= on and fact["instrument"] not in _ONCE:
            held[fact["series"]][fact["start_date"]] = fact
    since = on - timedelta(days=round(STALE_YEARS * YEAR))
    found = []
    for series, by_day in held.items():
        days = sorted(by_day)
        if len(days) >= 2 and days[-1] >= since:
            found.append(Recurring(series, tuple(by_day[day] for day in days), usual_gap(days)))
    return sorted(found, key=lambda each: (each.next_after(on), each.series))
