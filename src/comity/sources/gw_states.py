"""Independent states and microstates since 1816 (Gleditsch and Ward)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.errors import UnknownWord
from comity.sources.raw import Raw, Row
from comity.sources.spells import membership_facts
from comity.vocab.dates import dated_parts

HORIZON = date(2017, 12, 31)


def state_membership(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per spell and holder; an end on the day of release means still independent."""
    for row in raw.rows("states"):
        yield from _spell(row, "member")
    for row in raw.rows("microstates"):
        yield from _spell(row, "microstate")


def _spell(row: Row, role: str) -> Iterator[dict[str, Any]]:
    fact = {"system": "gw", "role": role, "known_until": HORIZON, "row_ref": row.ref("gwcode", "start")}
    yield from membership_facts(row, "gwcode", (_day(row, "start"), _day(row, "end")), fact)


def _day(row: Row, column: str) -> date:
    """A date as this publisher writes it, `dd:mm:yyyy`."""
    parts = row.needed(column).split(":")
    if [len(part) for part in parts] != [2, 2, 4] or not all(part.isdecimal() for part in parts):
        raise row.broken(column, "is not a date (dd:mm:yyyy)")
    day, month, year = (int(part) for part in parts)
    try:
        return dated_parts(year, month, day).day
    except UnknownWord as error:
        raise row.broken(column, str(error)) from error
