"""Multinational military exercises, 1980 to 2010, with who took part (D'Orazio and Galambos)."""

import re
from collections import Counter
from collections.abc import Iterator
from string import ascii_uppercase
from typing import Any

from comity.sources.participants import participants
from comity.sources.raw import Raw, Row
from comity.vocab.dates import Dated

START = ("s.year", "s.month", "s.day")
END = ("e.year", "e.month", "e.day")
DOMAINS = {"land": "Land", "sea": "Sea", "air": "Air", "amphibious": "Amphibious", "cyber": "Cyber"}
PURPOSES = {"warfighting": "Warfighting", "humanitarian": "Humanitarian", "peacekeeping": "Peacekeeping"}
PARTICIPANTS = tuple(
    f"State{letters}" for letters in (*ascii_uppercase, *(f"A{letter}" for letter in ascii_uppercase[:13]))
)
# What stands for a participant and is neither a state nor a territory.
OTHERS = {
    "-9": ("unknown", "unknown"),
    "NATO": ("organisation", "nato"),
    "Baltic States": ("unknown", "baltic-states"),
}


def series(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per series that an exercise is said to belong to; of two spellings, capitals come first."""
    spellings: dict[str, tuple[str, Row]] = {}
    for row in raw.rows("exercises"):
        name = row.text("Series_Name")
        if name is None:
            continue
        identifier = _identifier(name)
        if name <= spellings.setdefault(identifier, (name, row))[0]:
            spellings[identifier] = (name, row)
    for identifier, (name, row) in spellings.items():
        yield {
            "series": identifier,
            "name": name,
            "instrument": "exercise",
            "verification": "secondary",
            "row_ref": f"{row.file}:{name}",
        }


def engagement(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per exercise; an end before the start is not a date anybody could mean, and stays unknown."""
    for identifier, row in _exercises(raw):
        start, end = _start(row), row.date_parts(END, edge="end")
        if end is not None and end.day < start.day:
            raw.leave_out_value(row, "an end before the start")
            end = None
        series_name = row.text("Series_Name")
        yield {
            "engagement": identifier,
            "name": row.text("Ex_Name"),
            "series": series_name and _identifier(series_name),
            "instrument": "exercise",
            "status": "completed",
            "start_date": start.day,
            "start_precision": start.precision,
            "end_date": end and end.day,
            "end_precision": end and end.precision,
            "domains": [word for word, column in DOMAINS.items() if row.flag(column)],
            "purposes": [word for word, column in PURPOSES.items() if row.flag(column)],
            "location": row.text("Location"),
            "latitude": row.number("lat"),
            "longitude": row.number("lon"),
            "verification": "secondary",
            "row_ref": row.ref("MMEID", "s.year"),
        }


def engagement_party(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per participant of an exercise; one that is listed twice is kept once."""
    for identifier, row in _exercises(raw):
        first_day = _start(row).day
        for kind, party in participants(raw, row, PARTICIPANTS, first_day, OTHERS):
            yield {
                "engagement": identifier,
                "party_kind": kind,
                "party": party,
                "role": "participant",
                "row_ref": row.ref("MMEID", "s.year"),
            }


def _exercises(raw: Raw) -> Iterator[tuple[str, Row]]:
    """Every exercise with our identifier: the publisher's, with the year where he used it for two."""
    uses = Counter(row.needed("MMEID") for row in raw.rows("exercises"))
    for row in raw.rows("exercises"):
        number = row.needed("MMEID")
        yield (number if uses[number] == 1 else f"{number}-{row.needed('s.year')}"), row


def _start(row: Row) -> Dated:
    start = row.date_parts(START)
    if start is None:
        raise row.broken(START[0], "must not be missing")
    return start


def _identifier(name: str) -> str:
    """A name in lower case, its words joined by `-`."""
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")
