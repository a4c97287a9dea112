"""Days and hours: how an activity gives them, and how a deadline is counted from them.

A moment is a day, or an hour with its time zone; a day that is given without an hour stays a day, and so does what is
counted from it. The day of an hour is that of its own clock: 1 January 01:00 in Moscow is of the new year, though it
is still the old one in UTC. Hours are written in UTC. An hour without a time zone is refused.
"""

from __future__ import annotations

import calendar
import math
import re
from datetime import UTC, date, datetime, timedelta, timezone

from comity.cbm.grammar import Timing
from comity.errors import BadRequest

Moment = date | datetime  # a datetime is so many hours from UTC, and keeps to them
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def moment(given: object) -> Moment:
    """A day or an hour from text or from what YAML made of it; BadRequest says what is wrong with it.

    >>> moment("2027-02-01"), text_of(moment("2027-02-01T07:00+03:00"))
    (datetime.date(2027, 2, 1), '2027-02-01T04:00Z')
    """
    if isinstance(given, datetime):
        return _from_utc(given, str(given))
    if isinstance(given, date):
        return given
    text = str(given).strip()
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _DAY.match(text) and len(text) > 10:
            return _from_utc(datetime.fromisoformat(text), text)
    except ValueError as error:
        raise BadRequest(f"{text!r} is no date: {error}") from error
    raise BadRequest(f"{text!r} is no date (2027-05-03, or 2027-05-03T04:00Z)")


def _from_utc(given: datetime, text: str) -> datetime:
    """An hour at the distance from UTC it has then; the clock of a place would turn with the season."""
    away = given.utcoffset()
    if away is None:
        raise BadRequest(f"{text!r} has an hour and no time zone; end it with Z or +03:00")
    fixed = given.replace(tzinfo=timezone(away), fold=0)
    if not _is_in_calendar(fixed):
        raise BadRequest(f"{text!r} is no date: in UTC it is outside the years 1 to 9999")
    return fixed


def _is_in_calendar(given: datetime) -> bool:
    """Whether an hour can be written in UTC too: within the years 1 to 9999."""
    try:
        given.astimezone(UTC)
    except OverflowError:
        return False
    return True


def later(given: Moment, hours: float) -> Moment | None:
    """So many hours later; None past the year 9999. A day stays a day: the last that can be reached.

    >>> later(date(2027, 5, 3), 30), later(date(2027, 5, 3), 1e9)
    (datetime.date(2027, 5, 5), None)
    """
    try:
        if not isinstance(given, datetime):
            return given + timedelta(days=math.ceil(hours / 24))
        end = given + timedelta(hours=hours)
    except OverflowError:
        return None
    return end if _is_in_calendar(end) else None


def day_of(given: Moment) -> date:
    """The day of a moment, by its own clock.

    >>> day_of(moment("2027-01-01T01:00+03:00"))
    datetime.date(2027, 1, 1)
    """
    return given.date() if isinstance(given, datetime) else given


def text_of(given: Moment | None) -> str | None:
    """A moment in ISO form: a day, or an hour that ends in Z.

    >>> text_of(moment("2027-02-01T04:00Z")), text_of(date(2027, 2, 1))
    ('2027-02-01T04:00Z', '2027-02-01')
    """
    if not isinstance(given, datetime):
        return given.isoformat() if given else None
    unit = "seconds" if given.second else "minutes"
    return given.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat(timespec=unit) + "Z"


def counted(timing: Timing, anchor: Moment) -> Moment | None:
    """The moment a deadline falls on, counted from its anchor; None when the text gives no number.

    A day of a year is of the year that the anchor's own clock shows. An hour is counted exactly and given in UTC.
    Hours counted from a day that has no hour are rounded to whole days, away from the anchor before it and toward
    nothing after it, so that the duty is met whatever the hour.

    >>> counted(Timing(n=42, unit="day", edge="before", anchor="start"), date(2024, 4, 1))
    datetime.date(2024, 2, 19)
    >>> counted(Timing(by="11-15", year=-1, anchor="start"), date(2027, 5, 3))
    datetime.date(2026, 11, 15)
    """
    if timing.by is not None:
        return day_in_year(timing.by, day_of(anchor).year + timing.year)
    if timing.n is None:
        return None
    sign = -1 if timing.edge == "before" else 1
    try:
        if timing.unit == "month":
            return _in_utc(months_from(anchor, sign * timing.n))
        if timing.unit == "hour" and not isinstance(anchor, datetime):
            days = -(-timing.n // 24) if sign < 0 else timing.n // 24
            return anchor + timedelta(days=sign * days)
        count = sign * timing.n
        return _in_utc(anchor + (timedelta(hours=count) if timing.unit == "hour" else timedelta(days=count)))
    except (OverflowError, ValueError):
        return None


def _in_utc(found: Moment) -> Moment:
    return found.astimezone(UTC) if isinstance(found, datetime) else found


def day_in_year(text: str, year: int) -> date | None:
    """A day of the year written MM-DD; 29 February is the 28th in other years, and None outside the calendar.

    >>> day_in_year("02-29", 2027)
    datetime.date(2027, 2, 28)
    """
    if not 1 <= year <= 9999:
        return None
    month, day = int(text[:2]), int(text[3:])
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def months_from(anchor: Moment, months: int) -> Moment:
    """So many months later or earlier: the same day, or the last of a shorter month.

    >>> months_from(date(2027, 11, 30), 3)
    datetime.date(2028, 2, 29)
    """
    count = anchor.year * 12 + anchor.month - 1 + months
    year, month = divmod(count, 12)
    day = min(anchor.day, calendar.monthrange(year, month + 1)[1])
    return anchor.replace(year=year, month=month + 1, day=day)


def overlaps_period(period: str, first: date, last: date | None) -> bool | None:
    """Whether days from `first` to `last` touch a yearly period MM-DD/MM-DD; None while the end is open and they might.

    >>> overlaps_period("07-01/09-01", date(2027, 6, 1), date(2027, 6, 30))
    False
    >>> overlaps_period("12-20/01-10", date(2027, 1, 5), None)
    True
    """
    begins, _, ends = period.partition("/")
    for year in range(first.year - 1, (last or first).year + 1):
        opens = day_in_year(begins, year)
        closes = day_in_year(ends, year if begins <= ends else year + 1)
        if opens and closes and opens <= (last or first) and first <= closes:
            return True
    return None if last is None else False
