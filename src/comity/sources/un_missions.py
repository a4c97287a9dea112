"""Peace missions of the United Nations, 1948 on (its departments for peace operations and political affairs)."""

import re
from collections.abc import Iterator
from typing import Any

from comity.sources.properties import text_properties
from comity.sources.raw import Raw, Row
from comity.vocab.dates import Dated

CONTENTS = {
    "acronym": "mission_acronym",
    "lead_department": "lead_department",
    "is_active": "mission_isactive",
    "headquarters": "mission_location",
}
DEGREES = {"headquarters_longitude": "mission_longitude", "headquarters_latitude": "mission_latitude"}


def mission(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per mission whose first day is given; one said to be active has no end."""
    for row in raw.rows("missions"):
        start = row.date("start_date")
        if start is None:
            raw.leave_out(row, "no first day is given")
            continue
        end = _end(row)
        if end is not None and end.day < start.day:
            raise row.broken("end_date", f"is before the start on {start.day}")
        known = row.date("last_update")
        if known is None:
            raise row.broken("last_update", "must not be missing")
        yield {
            "mission": row.needed("mission_acronym"),
            "name": row.needed("mission_name"),
            "organisation": "un",
            "start_date": start.day,
            "start_precision": start.precision,
            "end_date": end and end.day,
            "end_precision": end and end.precision,
            "known_until": known.day,
            "row_ref": row.ref("id"),
        }


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """The department that leads a mission, and where its headquarters are."""
    for row in raw.rows("missions"):
        if row.text("start_date") is None:
            continue
        fact = {"core_table": "mission", "item": row.needed("mission_acronym"), "row_ref": row.ref("id")}
        yield from text_properties(row, fact, CONTENTS)
        for name, column in DEGREES.items():
            if row.text(column) is not None:
                yield fact | {"property": name, "part": "", "value": _degrees(row, column)}


def _end(row: Row) -> Dated | None:
    """The last day; a mission is either active or has one."""
    end = row.date("end_date", edge="end")
    is_active = row.needed("mission_isactive") == "Yes"
    if is_active and end is not None:
        raise row.broken("end_date", "ends a mission that is said to be active")
    if not is_active and end is None:
        raise row.broken("end_date", "must not be missing, as the mission is not active")
    return end


def _degrees(row: Row, column: str) -> float:
    """Degrees written with a decimal comma."""
    value = row.needed(column)
    if not re.fullmatch(r"-?\d{1,3},\d+", value):
        raise row.broken(column, "is no number with a decimal comma")
    return float(value.replace(",", "."))
