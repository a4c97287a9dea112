"""Members of the state system and the major powers, 1816 to 2016 (Correlates of War)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.sources.raw import Raw, Row

HORIZON = date(2016, 12, 31)
START = ("styear", "stmonth", "stday")
END = ("endyear", "endmonth", "endday")


def state_membership(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per spell; an end on the day of release means still a member."""
    for row in raw.rows("members"):
        yield _spell(row, "member")
    for row in raw.rows("majors"):
        yield _spell(row, "major_power")


def _spell(row: Row, role: str) -> dict[str, Any]:
    start, end = row.date_parts(START), row.date_parts(END, edge="end")
    if start is None or end is None:
        raise row.broken(START[0], "needs both a start and an end")
    return {
        "system": "cow",
        "state": row.state("ccode", "cow", start.day),
        "code": row.needed_integer("ccode"),
        "role": role,
        "start_date": start.day,
        "end_date": None if end.day == HORIZON else end.day,
        "known_until": HORIZON,
        "row_ref": row.ref("ccode", *START),
    }
