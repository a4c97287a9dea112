"""People who serve in missions of the United Nations, month by month, 1990 to 2019 (Kathman)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.sources.raw import Raw, Row

KINDS = {"troop": "troop", "police": "police", "military_observer": "militaryobservers", "total": "total"}
HOSTS = ("missionccode", "missionccode2")


def mission_month(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per mission, month and kind of personnel that is known; the month comes from year and month."""
    for row in raw.rows("months"):
        known = {kind: row.integer(column) for kind, column in KINDS.items() if row.text(column) is not None}
        if not known:
            raw.leave_out(row, "no number is known")
        for kind, count in known.items():
            yield {
                "mission": row.needed("mission"),
                "month": _month(row),
                "personnel_kind": kind,
                "personnel_count": count,
                "row_ref": row.ref("mission", "year", "month"),
            }


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """The states that host a mission, and a second total where the publisher's two differ."""
    hosts: dict[tuple[str, str], Row] = {}
    for row in raw.rows("months"):
        mission = row.needed("mission")
        for column in HOSTS:
            if row.text(column) is not None:
                state = row.state(column, "cow", row.needed_integer("year"))
                first = hosts.setdefault((mission, state), row)
                hosts[mission, state] = min(first, row, key=_month)
        if row.text("total2") != row.text("total"):
            yield {
                "core_table": "mission_month",
                "item": f"{mission}/{_month(row):%Y-%m}",
                "property": "second_total",
                "part": "",
                "value": row.number("total2"),
                "row_ref": row.ref("mission", "year", "month"),
            }
    for (mission, state), row in hosts.items():
        yield {
            "core_table": "mission_month",
            "item": mission,
            "property": "host_state",
            "part": state,
            "content": f"{_month(row):%Y-%m}",
            "row_ref": row.ref("mission", "year", "month"),
        }


def _month(row: Row) -> date:
    return date(row.needed_integer("year"), row.needed_integer("month"), 1)
