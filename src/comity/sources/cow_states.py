"""Members of the state system and the major powers, 1816 to 2016 (Correlates of War)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.sources.raw import Raw, Row
from comity.sources.spells import membership_facts

HORIZON = date(2016, 12, 31)
START = ("styear", "stmonth", "stday")
END = ("endyear", "endmonth", "endday")


def state_membership(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per spell and holder; an end on the day of release means still a member."""
    for row in raw.rows("members"):
        yield from _spell(row, "member")
    for row in raw.rows("majors"):
        yield from _spell(row, "major_power")


def _spell(row: Row, role: str) -> Iterator[dict[str, Any]]:
    start, end = row.date_parts(START), row.date_parts(END, edge="end")
    if start is None or end is None:
        raise row.broken("styear" if start is None else "endyear", "must not be missing")
    fact = {"system": "cow", "role": role, "known_until": HORIZON, "row_ref": row.ref("ccode", *START)}
    yield from membership_facts(row, "ccode", (start.day, end.day), fact)
