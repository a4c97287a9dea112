"""Series that go on: how often they were held, and when the next edition would be if they kept to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from comity.brief.facts import Fact

YEAR = 365.25  # days
STALE_YEARS = 3  # since the last edition, after which a series is not taken to go on
LAPSED = 2  # editions in a row that are not listed, or years of what is held several times a year
SEVERAL = 0  # the usual gap of what is held several times a year, at no gap that could be counted on
SEVERAL_BELOW = 0.6  # of a year: two a year, half a year apart, are several
# What its givers decide each time, or is listed as it comes: that it was done says nothing of when it is done again.
_ONCE = ("arms_transfer", "assistance", "visit", "port_call", "agreement", "basing", "channel")
_YEARLY = ("operation", "peacekeeping")  # some are rotations; several a year are a list of decisions
_ORDINAL = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)\b", re.IGNORECASE)
_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
          "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
          "twentieth")  # fmt: skip


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
        """The first day that lies a number of usual gaps from the last edition, in the month of `on` or later.

        None for several a year. A month that is not over may still bring an edition, or has brought one that no list
        holds yet: it is not passed over.
        """
        return None if self.usual_years == SEVERAL else self._due(len(self.missed(on)) + 1)

    def missed(self, on: date) -> tuple[date, ...]:
        """The days at the usual gap since the last edition, before the month of `on`, of which none is listed.

        None are told of what is held several times a year.
        """
        if self.usual_years == SEVERAL:
            return ()
        passed = max((on.replace(day=1) - self.last["start_date"]).days - 1, 0)
        return tuple(self._due(place) for place in range(1, int(passed // (self.usual_years * YEAR)) + 1))

    def is_lapsed(self, on: date) -> bool:
        """Whether several editions in a row are not listed, so that no next one is to be looked for."""
        if self.usual_years == SEVERAL:
            return bool((on - self.last["start_date"]).days > LAPSED * YEAR)
        return len(self.missed(on)) >= LAPSED

    def _due(self, gaps: int) -> date:
        last: date = self.last["start_date"]
        return date.fromordinal(last.toordinal() + round(gaps * self.usual_years * YEAR))


def regular_gap(days: Sequence[date]) -> int | None:
    """The usual gap between days in whole years, `SEVERAL` for several a year; None where most gaps are not alike.

    >>> regular_gap([date(2016, 5, 1), date(2018, 6, 1), date(2020, 5, 20)])
    2
    >>> regular_gap([date(2024, 1, 9), date(2024, 4, 2), date(2024, 7, 1)])
    0
    >>> regular_gap([date(2005, 1, 9), date(2017, 4, 2), date(2018, 7, 1)]) is None
    True
    """
    gaps = [(after - before).days / YEAR for before, after in pairwise(days)]
    return usual_gap(gaps) if len(gaps) > 1 and is_regular(gaps) else None


def usual_gap(gaps: Sequence[float]) -> int:
    """The median of some gaps in years, whole and at least one; `SEVERAL` where most of several are closer.

    >>> usual_gap([2.1, 1.9]), usual_gap([0.2, 0.3]), usual_gap([0.2])
    (2, 0, 1)
    """
    usual = median(gaps)
    return SEVERAL if len(gaps) > 1 and usual < SEVERAL_BELOW else max(round(usual), 1)


def is_regular(gaps: Sequence[float]) -> bool:
    """Whether most of some gaps in years are the usual one, so that it can be counted on.

    A gap of more than a year is so only where none is closer: what was held a year apart once may be held every year,
    with editions between that are not listed.

    >>> is_regular([1.0, 1.1, 2.0]), is_regular([12.0, 1.0, 1.0, 5.0]), is_regular([0.3, 0.2, 0.9])
    (True, False, True)
    >>> is_regular([2.0, 1.9, 4.1]), is_regular([2.0, 2.1, 2.0, 0.9])
    (True, False)
    """
    usual = usual_gap(gaps)
    if usual > 1 and any(round(gap) < usual for gap in gaps):
        return False
    alike = [gap < SEVERAL_BELOW if usual == SEVERAL else round(gap) == usual for gap in gaps]
    return sum(alike) * 2 > len(alike)


def ordinal(name: str) -> int | None:
    """Which edition a name says it is of; None where it does not say.

    >>> ordinal("The 49th committee"), ordinal("Eleventh talks"), ordinal("Talks of 2019")
    (49, 11, None)
    """
    if (found := _ORDINAL.search(name)) is not None:
        return int(found[1])
    return next((_WORDS.index(word) + 1 for word in re.findall(r"[a-z-]+", name.lower()) if word in _WORDS), None)


def rhythm(editions: Sequence[Fact]) -> int | None:
    """The usual gap between editions in whole years, `SEVERAL` for several a year; None where there is none.

    It needs two gaps or more, most of them alike. Where the names of editions number them, a gap is divided among all
    that lie in it, listed or not: a yearly meeting of which every third is listed is still held every year.
    """
    numbers = [(each["start_date"], ordinal(str(each.row.get("name") or ""))) for each in editions]
    told = [(day, number) for day, number in numbers if number is not None]
    if len(told) < 2 or any(after <= before for (_, before), (_, after) in pairwise(told)):
        told = [(day, place) for place, (day, _) in enumerate(numbers)]
    gaps = [(after - before).days / YEAR / (far - near) for (before, near), (after, far) in pairwise(told)]
    return usual_gap(gaps) if told[-1][1] - told[0][1] > 1 and is_regular(gaps) else None


def often_text(years: int) -> str:
    """How often, in words; a gap of several years is that of the editions listed, which may not be all.

    >>> often_text(1), often_text(3), often_text(SEVERAL)
    ('every year', 'every 3 years as listed', 'several a year')
    """
    if years == SEVERAL:
        return "several a year"
    return "every year" if years == 1 else f"every {years} years as listed"


def goes_on(facts: Iterable[Fact], on: date) -> frozenset[tuple[str, str]]:
    """The series, by source, of which some facts are two editions or more, the last less than three years old."""
    since = on - timedelta(days=round(STALE_YEARS * YEAR))
    return frozenset(place for place, days in _by_series(facts, on).items() if len(days) >= 2 and max(days) >= since)


def recurring(facts: Iterable[Fact], on: date) -> list[Recurring]:
    """The series with a rhythm whose last edition is less than three years old, by when the next would be.

    To be given every edition of a series, whoever took part: a gap between those of one state may be twice the series'.
    Aid, visits and calls at ports come as they are asked for, and are no series that comes round again.
    """
    held = _by_series(facts, on)
    found = []
    for place in goes_on((fact for by_day in held.values() for fact in by_day.values()), on):
        editions = tuple(held[place][day] for day in sorted(held[place]))
        usual = rhythm(editions)
        if usual is not None and (usual != SEVERAL or editions[-1]["instrument"] not in _YEARLY):
            found.append(Recurring(place[1], editions, usual))
    return sorted(found, key=lambda each: (each.next_after(on) or date.max, each.series, each.last.source))


def _by_series(facts: Iterable[Fact], on: date) -> dict[tuple[str, str], dict[date, Fact]]:
    held: dict[tuple[str, str], dict[date, Fact]] = defaultdict(dict)
    for fact in facts:
        if fact.row.get("series") and fact["start_date"] <= on and fact["instrument"] not in _ONCE:
            held[fact.source, fact["series"]][fact["start_date"]] = fact
    return held
