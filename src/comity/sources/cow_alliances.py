"""Formal alliances and their members since 1816 (Correlates of War): a second view beside ATOP."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.sources.raw import Raw, Row
from comity.sources.spells import holders
from comity.vocab.dates import last_day

OBLIGATIONS = {
    "defense": "defense",
    "neutrality": "neutrality",
    "nonaggression": "nonaggression",
    "entente": "consultation",
}
CATEGORIES = {
    "Type I: Defense Pact": "defense_pact",
    "Type II: Neutrality": "neutrality_pact",
    "Type IIa: Non-Aggression Pact": "neutrality_pact",
    "Type IIb: Non-Aggression Pact": "nonaggression_pact",
    "Type III: Entente": "entente",
}
ALLIANCE = ("all_st", "all_end")
MEMBER = ("mem_st", "mem_end")


def agreement(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per alliance, with every obligation that one of its members ever held."""
    members: dict[str, list[Row]] = defaultdict(list)
    for row in raw.rows("members"):
        members[row.needed("version4id")].append(row)
    horizon = _horizon(raw)
    for number, rows in members.items():
        row = rows[0]
        for other in rows[1:]:
            _check_agreed(row, other)
        dates = _dates(row, ALLIANCE)
        held = {word for each in rows for word in _obligations(each)}
        yield dates | {
            "agreement": number,
            "agreement_kind": "alliance",
            "categories": [CATEGORIES[row.needed("ss_type")]],
            "obligations": [word for word in OBLIGATIONS.values() if word in held],
            "signed_date": dates["start_date"],
            "signed_precision": dates["start_precision"],
            "known_until": horizon,
            "status": "terminated" if dates["end_date"] else "in_force",
            "verification": "secondary",
            "row_ref": row.ref("version4id"),
        }


def agreement_party(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per spell of a member, cut where a code passes to another state; one without end runs to the horizon."""
    horizon = _horizon(raw)
    for row in raw.rows("members"):
        dates = _dates(row, MEMBER)
        if bool(row.flag("right_censor")) != (dates["end_date"] is None):
            raise row.broken("right_censor", f"does not fit an end in {row.plain('mem_end_year') or 'no year'}")
        for column in OBLIGATIONS:
            if row.flag(column) is None:
                raw.leave_out_value(row, "an obligation that is not coded")
        row.state("ccode", "cow", dates["start_date"])  # an unknown code is refused here
        until = dates["end_date"] or horizon
        for state, first, last in holders("cow", row.needed_integer("ccode"), dates["start_date"], until):
            is_cut = last != until
            yield {
                "agreement": row.needed("version4id"),
                "party_kind": "state",
                "party": state,
                "role": "member",
                "obligations": _obligations(row),
                "start_date": first,
                "start_precision": dates["start_precision"],
                "end_date": last if is_cut else dates["end_date"],
                "end_precision": "day" if is_cut else dates["end_precision"],
                "known_until": horizon,
                "row_ref": row.ref("version4id", "ccode", "mem_st_year"),
            }


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """Which spells began before 1816, where the state system and so the data begin."""
    for row in raw.rows("members"):
        if row.flag("left_censor"):
            start = _dates(row, MEMBER)["start_date"]
            yield {
                "core_table": "agreement_party",
                "item": row.needed("version4id"),
                "property": "is_left_censored",
                "part": row.state("ccode", "cow", start),
                "value": 1.0,
                "row_ref": row.ref("version4id", "ccode", "mem_st_year"),
            }


def _check_agreed(row: Row, other: Row) -> None:
    """Every row of an alliance repeats its dates and its type."""
    for column in ("ss_type", *(f"{edge}_{part}" for edge in ALLIANCE for part in ("year", "month", "day"))):
        if row.plain(column) != other.plain(column):
            raise other.broken(column, f"is {row.plain(column)!r} in row {row.place} of the same alliance")


def _horizon(raw: Raw) -> date:
    """The end of the last year in which a member joined or left: there the release stops."""
    return last_day(max(raw.years("members", "mem_st_year") | raw.years("members", "mem_end_year")))


def _dates(row: Row, edges: tuple[str, str]) -> dict[str, Any]:
    first, last = edges
    start = row.date_parts((f"{first}_year", f"{first}_month", f"{first}_day"))
    if start is None:
        raise row.broken(f"{first}_year", "must not be missing")
    end = row.date_parts((f"{last}_year", f"{last}_month", f"{last}_day"), edge="end")
    if end and end.day < start.day:
        raise row.broken(f"{last}_year", f"ends on {end.day}, before its start on {start.day}")
    return {
        "start_date": start.day,
        "start_precision": start.precision,
        "end_date": end and end.day,
        "end_precision": end and end.precision,
    }


def _obligations(row: Row) -> list[str]:
    return [word for column, word in OBLIGATIONS.items() if row.flag(column)]
