"""Dates as people write them: a day, a month or a year, with the precision kept beside the date."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from comity.errors import BadRequest, UnknownWord

FIRST_YEAR = 1816  # both state systems begin
_TEXT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True)
class Dated:
    """A date and how exactly it is known (`day`, `month` or `year`)."""

    day: date
    precision: str


@lru_cache(maxsize=1 << 16)  # a register says few days many times
def dated(text: str, edge: str = "start") -> Dated:
    """The date that `2024-04-22`, `2024-04` or `2024` means: first day at a start, last day at an end.

    >>> dated("2024-02", edge="end")
    Dated(day=datetime.date(2024, 2, 29), precision='month')
    """
    match = _TEXT.fullmatch(text)
    if not match:
        raise UnknownWord(f"{text!r} is not a date (YYYY, YYYY-MM or YYYY-MM-DD)")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    return dated_parts(year, month, day, edge)


def dated_parts(year: int, month: int | None, day: int | None, edge: str = "start") -> Dated:
    """The same from parts; a month or day that is not known is None.

    >>> dated_parts(1980, 1, None)
    Dated(day=datetime.date(1980, 1, 1), precision='month')
    """
    precision = "year" if month is None else "month" if day is None else "day"
    is_end = edge == "end"
    full_month = month if month is not None else 12 if is_end else 1
    try:
        full_day = day if day is not None else calendar.monthrange(year, full_month)[1] if is_end else 1
        return Dated(date(year, full_month, full_day), precision)
    except (ValueError, calendar.IllegalMonthError) as error:
        parts = "-".join([str(year), *(f"{part:02}" for part in (month, day) if part is not None)])
        raise UnknownWord(f"{parts!r} is not a date: {error}") from error


def last_day(year: int) -> date:
    """The last day of a year."""
    return date(year, 12, 31)


def check_year(year: int, last: int, name: str = "the year") -> None:
    """Refuse, with BadRequest, a year before there was a state system or after the last that can be meant.

    >>> check_year(0, 2026, "--year")
    Traceback (most recent call last):
        ...
    comity.errors.BadRequest: --year 0 cannot be told; years run from 1816, when the state system begins, to 2026
    """
    if not FIRST_YEAR <= year <= last:
        raise BadRequest(
            f"{name} {year} cannot be told; years run from {FIRST_YEAR}, when the state system begins, to {last}"
        )
