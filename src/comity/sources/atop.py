"""Alliances and what each member promised in each phase, 1815 to 2018 (Alliance Treaty Obligations and Provisions)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from comity.sources.raw import Raw, Row
from comity.sources.spells import held_spans
from comity.vocab.dates import Dated

HORIZON = date(2018, 12, 31)
OBLIGATIONS = {
    "defense": "defense",
    "offense": "offense",
    "neutral": "neutrality",
    "nonagg": "nonaggression",
    "consul": "consultation",
}

# What a phase says beside its terms: its number, its members (they are in the member file) and the release.
NOT_PROVISIONS = frozenset(
    [
        "atopid",
        "atopidphase",
        "begyr",
        "begmo",
        "begday",
        "endyr",
        "endmo",
        "endday",
        "source",
        "new5",
        "rev5",
        "version",
    ]
)


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
    """One row per member and phase, with its obligations in that phase, cut where a code passes to another state.

    When Czechoslovakia parted, nine alliances went on as two phases from one day, one with each successor. Their other
    member then has one row for both, which lasts as long as the longer phase and refers to both.
    """
    spells: dict[tuple[str, str, date], dict[str, Any]] = {}
    for row in raw.rows("members"):
        for fact in _parties(row):
            key = (fact["agreement"], fact["party"], fact["start_date"])
            spells[key] = _joined(spells[key], fact) if key in spells else fact
    yield from spells.values()


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """The provisions of each phase of an alliance, and how far it sets up common military institutions."""
    for row in raw.rows("phases"):
        dates = _dates(row, ("begyr", "begmo", "begday"), ("endyr", "endmo", "endday"))
        fact = _phase(row)
        yield fact | {"property": "phase_start", "content": dates["start_date"].isoformat()}
        if dates["end_date"]:
            yield fact | {"property": "phase_end", "content": dates["end_date"].isoformat()}
        for column in row.layout.fields:
            if column not in NOT_PROVISIONS and not column.startswith("mem") and row.text(column) is not None:
                yield fact | {"property": column, "value": row.needed_number(column)}
    for row in raw.rows("institutions"):
        coded = [column for column in ("milinst", "formal") if row.text(column) is not None]
        for column in coded:
            yield _phase(row) | {"property": column, "value": row.needed_number(column)}
        if not coded:
            raw.leave_out(row, "neither kind of institution is coded")


def dyad_year_fact(raw: Raw) -> Iterator[pa.Table]:
    """What one state owes another in a year, one row for each obligation, with the value 1."""
    for read in raw.columns("directed"):
        owed = {word: read.flags(f"atop_{column}") for column, word in OBLIGATIONS.items()}
        anything = pa.chunked_array([pa.repeat(False, read.row_count)])
        for is_owed in owed.values():
            anything = pc.or_(anything, is_owed)
        raw.keep(read, anything, "no obligation of the one state to the other")
        for word, is_owed in owed.items():
            pairs = read.only(is_owed)
            yield pa.table(
                {
                    "fact": pa.repeat(f"atop_{word}", pairs.row_count),
                    "from_state": pairs.states("ccode1", "cow", "year"),
                    "to_state": pairs.states("ccode2", "cow", "year"),
                    "year": pairs.integers("year"),
                    "item": pa.repeat("", pairs.row_count),
                    "value": pa.repeat(1.0, pairs.row_count),
                    "row_ref": pairs.refs("ccode1", "ccode2", "year"),
                }
            )


def _phase(row: Row) -> dict[str, Any]:
    """What the properties of a phase share; one file prints its number in single precision (2050.1001)."""
    return {
        "core_table": "agreement",
        "item": row.needed("atopid"),
        "part": f"{round(row.needed_number('atopidphase'), 1):g}",
        "row_ref": row.ref("atopidphase"),
    }


def _parties(row: Row) -> Iterator[dict[str, Any]]:
    dates = _dates(row, ("yrent", "moent", "dayent"), ("yrexit", "moexit", "dayexit"))
    until = dates["end_date"] or HORIZON
    for state, first, last in held_spans(row, "member", "cow", (dates["start_date"], until)):
        yield dates | {
            "agreement": row.needed("atopid"),
            "party_kind": "state",
            "party": state,
            "role": "member",
            "obligations": _obligations(row),
            "start_date": first,
            "start_precision": dates["start_precision"] if first == dates["start_date"] else "day",
            "end_date": dates["end_date"] if last == until else last,
            "end_precision": dates["end_precision"] if last == until else "day",
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
