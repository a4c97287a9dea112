"""Incidents in Europe that a list attributes to Russia (Leiden), and damage to infrastructure in the Baltic Sea."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.errors import AmbiguousWord, UnknownWord
from comity.sources.raw import Raw, Row
from comity.vocab.dates import Dated, dated_parts
from comity.vocab.states import find_state

ACTOR = "RUS"  # as the Leiden list reports
MOST_PLACES = 2
SEAS = frozenset(["Baltic Sea", "North Sea"])
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DOMAINS = {"Influence operation": ["information"]}
LEIDEN_WORDS = {
    "what": "description",
    "event_category": "category",
    "event_category_2": "category",
    "apparent_goal_1": "apparent_goal",
    "apparent_goal_2": "apparent_goal",
    "target_type": "target",
    "target_type_2": "target",
}
BALTIC_WORDS = {
    "vessel_name": "vessel",
    "vessel_flag": "vessel_flag",
    "damage_description": "damage",
    "notes": "note",
    "source_url": "url",
}


def incident(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per incident, named by what the list calls it and where it was; the list's own account is a property."""
    for row in raw.rows("leiden"):
        start = _month(row)
        if start is None:
            raw.leave_out(row, "an empty row")
            continue
        category, place = row.text("event_category"), row.needed("where_location")
        yield _incident("leiden", row, start) | {
            "name": f"{category or 'Incident'} reported in {_named(_places(row))}",
            "domains": DOMAINS.get(category or "", []),
            "location": place,
        }
    for row in raw.rows("baltic"):
        found = row.date("incident_date")
        if found is None:
            raise row.broken("incident_date", "must not be missing")
        yield _incident("baltic", row, found) | {
            "name": row.needed("incident_name"),
            "domains": ["sea"],
            "location": "Baltic Sea",
        }


def incident_party(raw: Raw) -> Iterator[dict[str, Any]]:
    """Russia as the actor the Leiden list reports and the states of the place; the flag of a vessel as present."""
    for row in raw.rows("leiden"):
        start = _month(row)
        if start is None:
            continue
        yield _party("leiden", row, ACTOR, "actor")
        found = {_state(row, "where_location", name, start.day) for name in _places(row) if name not in SEAS}
        for state in sorted(found - {ACTOR}):
            yield _party("leiden", row, state, "affected")
    for row in raw.rows("baltic"):
        start, flag = row.date("incident_date"), row.text("vessel_flag")
        if start and flag:
            yield _party("baltic", row, _state(row, "vessel_flag", flag, start.day), "present")


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """The lists' own words: what happened, of which category, toward which target, and what was damaged."""
    for file, words in (("leiden", LEIDEN_WORDS), ("baltic", BALTIC_WORDS)):
        for row in raw.rows(file):
            for column, name in words.items():
                if content := row.text(column):
                    part = column.rpartition("_")[2]
                    yield _property(file, row, name, part if part.isdigit() else "") | {"content": content}
    for row in raw.rows("baltic"):
        for number, cable in enumerate(_listed(row, "cables_affected"), start=1):
            yield _property("baltic", row, "infrastructure", str(number)) | {"content": cable}


def _incident(file: str, row: Row, start: Dated) -> dict[str, Any]:
    return {
        "incident": f"{file}/{row.needed('id')}",
        "incident_kind": "other",
        "start_date": start.day,
        "start_precision": start.precision,
        "verification": "secondary",
        "row_ref": row.ref("id"),
    }


def _party(file: str, row: Row, state: str, role: str) -> dict[str, Any]:
    return {
        "incident": f"{file}/{row.needed('id')}",
        "party_kind": "state",
        "party": state,
        "role": role,
        "row_ref": row.ref("id"),
    }


def _property(file: str, row: Row, name: str, part: str) -> dict[str, Any]:
    return {
        "core_table": "incident",
        "item": f"{file}/{row.needed('id')}",
        "property": name,
        "part": part,
        "row_ref": row.ref("id"),
    }


def _month(row: Row) -> Dated | None:
    """The month of an incident, or its year where no month is known; none for an empty row."""
    year, month = row.integer("incident_year"), row.text("incident_month")
    if year is None:
        return None
    if month is not None and month not in MONTHS:
        raise row.broken("incident_month", "is no month")
    return dated_parts(year, MONTHS.index(month) + 1 if month else None, None)


def _places(row: Row) -> list[str]:
    return [part.strip() for part in row.needed("where_location").split(";") if part.strip()]


def _named(places: list[str]) -> str:
    """Places as a name tells them: the first of many, and how many more; `location` keeps all."""
    left = len(places) - MOST_PLACES
    if left > 1:
        return f"{', '.join(places[:MOST_PLACES])} and {left} more places"
    return " and ".join([*([", ".join(places[:-1])] if places[1:] else []), *places[-1:]])


def _state(row: Row, column: str, name: str, on: date) -> str:
    """The state a name means."""
    try:
        return find_state(name, on)
    except (UnknownWord, AmbiguousWord) as error:
        raise row.broken(column, f"is nobody comity knows: {error}") from error


def _listed(row: Row, column: str) -> list[str]:
    """The texts of a list in one field."""
    found = json.loads(row.text(column) or "[]")
    if not isinstance(found, list) or not all(isinstance(part, str) for part in found):
        raise row.broken(column, "is no list of texts")
    return found
