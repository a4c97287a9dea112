"""Joint military exercises of the years before and beside the multinational list, as coded from news (D'Orazio)."""

import re
from collections.abc import Iterator
from string import ascii_uppercase
from typing import Any

from comity.errors import UnknownWord
from comity.sources.participants import participants
from comity.sources.properties import text_properties
from comity.sources.raw import Raw, Row
from comity.vocab.dates import Dated, dated_parts
from comity.vocab.states import find_state

START = ("s.year", "s.month", "s.day")
HOSTS = "Which state hosted the exercise?"
END = ("e.year", "e.month", "e.day")
PARTICIPANTS = tuple(f"State {letters}" for letters in (*ascii_uppercase, "AA", "AB", "AC", "AD"))
PROPERTIES = {
    "exercise_type": "JME Type",
    "is_part_of_reforger": "Part of the Reforger Exercise?",
    "series_name": "Trimmed Name",
    "institutions": "Institution(s) involved",
    "stated_purpose": "What is the purpose of the JME?",
}
# What stands for a participant and is neither a state nor a territory.
OTHERS = {
    "-9": ("unknown", "unknown"),
    "NATO": ("organisation", "nato"),
    "8 NATO members": ("unknown", "eight-nato-members"),
}
# Month, day and year as one coder wrote them, with a stroke lost or doubled here and there.
_WRITTEN = re.compile(r"(\d{1,2})/?(\d{1,2}|xx)/{0,2}(\d{4})", re.IGNORECASE)


def engagement(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per exercise; an end before the start is not a date anybody could mean."""
    for identifier, row, start in _exercises(raw, is_counted=True):
        end = _date(row, END, "enddate", "end")
        if end is not None and end.day < start.day:
            raw.leave_out_value(row, "an end before the start")
            end = None
        places = [row.text(column) for column in ("Location1", "Location2")]
        yield {
            "engagement": identifier,
            "name": row.text("Exercise Name"),
            "instrument": "exercise",
            "status": "completed",
            "start_date": start.day,
            "start_precision": start.precision,
            "end_date": end and end.day,
            "end_precision": end and end.precision,
            "location": ", ".join(filter(None, places)) or None,
            "verification": "secondary",
            "row_ref": _ref(row),
        }


def engagement_party(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per participant of an exercise; one that is listed twice is kept once."""
    for identifier, row, start in _exercises(raw):
        hosts = _hosts(row, start)
        for kind, party in participants(raw, row, PARTICIPANTS, start.day, OTHERS):
            yield {
                "engagement": identifier,
                "party_kind": kind,
                "party": party,
                "role": "host" if kind == "state" and party in hosts else "participant",
                "row_ref": _ref(row),
            }


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like the table)
    """What else is coded of an exercise, in the coders' words."""
    for identifier, row, _ in _exercises(raw):
        fact = {"core_table": "engagement", "item": identifier, "row_ref": _ref(row)}
        yield from text_properties(row, fact, PROPERTIES)


def _exercises(raw: Raw, is_counted: bool = False) -> Iterator[tuple[str, Row, Dated]]:
    """Every exercise with a date, under the publisher's number, or its name and date where it has none."""
    for row in raw.rows("exercises"):
        start = _date(row, START, "Start Date", "start")
        if start is not None:
            name = row.text("Exercise Name") or "unnamed"
            yield row.text("number") or f"{name}/{start.day}", row, start
        elif is_counted:
            raw.leave_out(row, "no date")


def _date(row: Row, parts: tuple[str, str, str], whole: str, edge: str) -> Dated | None:
    """A date from its three columns, or from the one column that later coders filled alone."""
    if row.text(parts[0]) is not None:
        return row.date_parts(parts, edge)
    text = row.text(whole)
    if text is None:
        return None
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise row.broken(whole, "is not a date (MM/DD/YYYY)")
    month, day, year = match.groups()
    try:
        return dated_parts(int(year), int(month), int(day) if day.isdigit() else None, edge)
    except UnknownWord as error:
        raise row.broken(whole, str(error)) from error


def _hosts(row: Row, start: Dated) -> set[str]:
    """The states that hosted, which few rows say; two stand between semicolons."""
    names = filter(None, (name.strip() for name in (row.text(HOSTS) or "").split(";")))
    try:
        return {find_state(name, start.day) for name in names}
    except UnknownWord as error:
        raise row.broken(HOSTS, str(error)) from error


def _ref(row: Row) -> str:
    return row.ref("number") if row.text("number") else row.ref("Exercise Name", "Start Date")
