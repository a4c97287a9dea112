"""Alliances and what each member promised in each phase, 1815 to 2018 (Alliance Treaty Obligations and Provisions)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.sources.raw import Raw, Row
from comity.vocab.dates import Dated

HORIZON = date(2018, 12, 31)
OBLIGATIONS = {
    "defense": "defense",
    "offense": "offense",
    "neutral": "neutrality",
    "nonagg": "nonaggression",
    "consul": "consultation",
}


def agreement(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per alliance, with the obligations it ever held; the publisher gives it no name."""
    for row in raw.rows("alliances"):
        dates = _dates(row, ("begyr", "begmo", "begday"), ("endyr", "endmo", "endday"))
        yield dates | {
            "agreement": row.needed("atopid"),
            "agreement_kind": "alliance",
            "obligations": _obligations(row),
            "status": "terminated" if dates["end_date"] else "in_force",
            "verification": "secondary",
            "row_ref": row.ref("atopid"),
        }


def agreement_party(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per member and phase, with the obligations the member held in that phase.

    When Czechoslovakia parted, nine alliances went on as two phases from one day, one with each successor. Their other
    member then has one row for both, which lasts as long as the longer phase and refers to both.
    """
    spells: dict[tuple[str, str, date], dict[str, Any]] = {}
    for row in raw.rows("members"):
        fact = _party(row)
        key = (fact["agreement"], fact["party"], fact["start_date"])
        spells[key] = _joined(spells[key], fact) if key in spells else fact
    yield from spells.values()


def _party(row: Row) -> dict[str, Any]:
    dates = _dates(row, ("yrent", "moent", "dayent"), ("yrexit", "moexit", "dayexit"))
    return dates | {
        "agreement": row.needed("atopid"),
        "party_kind": "state",
        "party": row.state("member", "cow", dates["start_date"]),
        "role": "member",
        "obligations": _obligations(row),
        "row_ref": row.ref("atopid", "member", "phase"),
    }


def _joined(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Two phases of one member that begin on one day, as one spell; a phase without end outlasts any other."""
    longer = max(one, other, key=lambda fact: (fact["end_date"] or date.max, fact["row_ref"]))
    return longer | {
        "obligations": [word for word in OBLIGATIONS.values() if word in one["obligations"] + other["obligations"]],
        "row_ref": "; ".join(sorted((one["row_ref"], other["row_ref"]))),
    }


def _dates(row: Row, start: tuple[str, str, str], end: tuple[str, str, str]) -> dict[str, Any]:
    """Start and end with their precision; an end in year 0 means in force at the horizon."""
    first = row.date_parts(start)
    if first is None:
        raise row.broken(start[0], "must not be missing")
    last: Dated | None = None
    if row.needed_integer(end[0]) != 0:
        last = row.date_parts(end, edge="end")
        assert last is not None
        if last.day < first.day:
            raise row.broken(end[0], f"ends on {last.day}, before its start on {first.day}")
    return {
        "start_date": first.day,
        "start_precision": first.precision,
        "end_date": last and last.day,
        "end_precision": last and last.precision,
        "known_until": HORIZON,
    }


def _obligations(row: Row) -> list[str]:
    return [word for column, word in OBLIGATIONS.items() if row.flag(column)]
