"""Travel of leaders of states and organisations, 1990 to 2024 (Diplometrics COLT)."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from comity.sources.properties import text_properties
from comity.sources.raw import Raw, Row

FILES = ("trips", "workbook")
LEVELS = {"GS": "head", "G": "head", "S": "head", "De Facto": "head", "F": "minister", "E": "minister"}
OF_ORGANISATION = "I"  # the leader of an organisation; CP is a crown prince
CONTENTS = {"leader": "LeaderFullName", "leader_role": "LeaderRole", "region_visited": "RegionVisited"}
ANSWERS = {"attended_multilateral_event": "AttendedMultilatEvent", "met_host_leader": "MetHostHoGS"}


def engagement(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per trip to a country; of its date the year alone is known here."""
    for identifier, row in _trips(raw):
        visitor, host = _parties(row)
        if visitor == host:
            raw.leave_out(row, "a leader's own country")
            continue
        start = row.date("TripYear")
        if start is None:
            raise row.broken("TripYear", "must not be missing")
        yield {
            "engagement": identifier,
            "name": f"Leader of {row.needed('LeaderCountryOrIGO')} to {row.needed('CountryVisited')}",
            "instrument": "visit",
            "level": LEVELS.get(row.needed("LeaderRole")),
            "status": "completed",
            "start_date": start.day,
            "start_precision": start.precision,
            "verification": "secondary",
            "row_ref": _ref(row),
        }


def engagement_party(raw: Raw) -> Iterator[dict[str, Any]]:
    """The visitor and the host of each trip."""
    for identifier, row in _trips(raw):
        parties = _parties(row)
        for role, (kind, party) in zip(("visitor", "host"), parties, strict=True):
            if parties[0] != parties[1]:
                yield {
                    "engagement": identifier,
                    "party_kind": kind,
                    "party": party,
                    "role": role,
                    "row_ref": _ref(row),
                }


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """Who traveled, for how many days, and whether to an event of many or to meet the host's leader."""
    for identifier, row in _trips(raw):
        visitor, host = _parties(row)
        if visitor == host:
            continue
        fact = {"core_table": "engagement", "item": identifier, "row_ref": _ref(row)}
        yield from text_properties(row, fact, CONTENTS)
        if row.text("TripDuration") is not None:
            yield fact | {"property": "day_count", "part": "", "value": row.needed_number("TripDuration")}
        for name, column in ANSWERS.items():
            if row.text(column) is not None:
                yield fact | {"property": name, "part": "", "value": 1 if row.text(column) == "Yes" else 0}


def _trips(raw: Raw) -> Iterator[tuple[str, Row]]:
    """Every trip with an identifier of ours: year, leader, country visited, and a number where that is not enough."""
    seen: Counter[str] = Counter()
    rows = [row for name in FILES for row in raw.rows(name)]
    for row in sorted(rows, key=_said):
        words = (row.needed(column) for column in ("TripYear", "LeaderFullName", "CountryVisited"))
        identifier = "/".join(re.sub(r"[\W_]+", "-", word.casefold()).strip("-") for word in words)
        seen[identifier] += 1
        yield (identifier if seen[identifier] == 1 else f"{identifier}/{seen[identifier]}"), row


def _said(row: Row) -> list[str]:
    return [row.plain(column) for column in row.layout.fields]


def _parties(row: Row) -> tuple[tuple[str, str], tuple[str, str]]:
    """The visitor and the host; the leader of an organisation travels for the organisation."""
    year = row.needed_integer("TripYear")
    host = row.party(("CountryVisited",), year)
    if row.needed("LeaderRole") == OF_ORGANISATION:
        name = row.needed("LeaderCountryOrIGO")
        return ("organisation", re.sub(r"[\W_]+", "-", name.casefold()).strip("-")), host
    return row.party(("LeaderCountryOrIGO",), year), host


def _ref(row: Row) -> str:
    return row.ref("TripYear", "LeaderFullName", "CountryVisited")
