"""Militarized interstate disputes, their parties, incidents, places and dyad-years (Correlates of War)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.sources.dispute_columns import END, LEVELS, START
from comity.sources.properties import number_properties, text_properties
from comity.sources.raw import Raw, Row

# The publisher's actions by number, and the kind of incident for those that are one of ours.
ACTIONS = {
    0: ("No militarized action", "other"),
    1: ("Threat to use force", "other"),
    2: ("Threat to blockade", "other"),
    3: ("Threat to occupy territory", "other"),
    4: ("Threat to declare war", "other"),
    5: ("Threat to use chemical, biological or radiological weapons", "other"),
    6: ("Threat to join war", "other"),
    7: ("Show of force", "other"),
    8: ("Alert", "other"),
    9: ("Nuclear alert", "other"),
    10: ("Mobilization", "other"),
    11: ("Fortification of a border", "other"),
    12: ("Violation of a border", "entry"),
    13: ("Blockade", "blocking"),
    14: ("Occupation of territory", "seizure"),
    15: ("Seizure", "seizure"),
    16: ("Attack", "shooting"),
    17: ("Clash", "shooting"),
    18: ("Declaration of war", "other"),
    19: ("Use of chemical, biological or radiological weapons", "other"),
    20: ("Beginning of interstate war", "other"),
    21: ("Joining of interstate war", "other"),
}
DISPUTE_PROPERTIES = {
    "fatality_count": "fatalpre",
    "shortest_duration_days": "mindur",
    "longest_duration_days": "maxdur",
    "side_a_state_count": "numa",
    "side_b_state_count": "numb",
}
PARTY_PROPERTIES = {
    "is_revisionist": "revstate",
    "revision_type_1": "revtype1",
    "revision_type_2": "revtype2",
    "fatality_level": "fatality",
    "fatality_count": "fatalpre",
    "highest_action": "hiact",
}
INCIDENT_PROPERTIES = {
    "action": "action",
    "hostility_level": "hostlev",
    "fatality_level": "fatality",
    "duration_days": "duration",
    "days_since_last_incident": "tbi",
}
INCIDENT_PARTY_PROPERTIES = {
    "action": "action",
    "hostility_level": "hostlev",
    "fatality_level": "fatality",
    "fatality_count": "fatalpre",
    "revision_type_1": "revtype1",
    "revision_type_2": "revtype2",
}
PLACE_NUMBERS = {
    "latitude": "midloc2_ylatitude",
    "longitude": "midloc2_xlongitude",
    "location_precision": "midloc2_precision",
    "priogrid_cell": "priogrid_cell",
}
PLACE_TEXTS = {
    "location": "midloc2_location",
    "measuring_point": "midloc2_measuringpoint",
    "location_precision_note": "midloc2_precision_comment",
}
# What the first state of a pair does toward the second, and what is true of both at once.
DIRECTED = {
    "mid_hostility_level": "hihosta",
    "mid_highest_action": "mid5hiacta",
    "mid_fatality_level": "fatleva",
    "mid_severity": "severitya",
}
MUTUAL = {"mid_war": "war", "mid_duration_days": "duration"}


def dispute(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per dispute; one that was open when the release was made has no end."""
    for row in raw.rows("disputes"):
        yield _dates(row, is_over=not row.flag("ongo2014")) | {
            "dispute": row.needed("dispnum"),
            "is_reciprocated": row.flag("recip"),
            "row_ref": row.ref("dispnum"),
            **{column: row.integer(given) for column, given in LEVELS.items()},
        }


def dispute_party(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per spell of a state in a dispute; the spell is open when it lasts as long as an open dispute."""
    open_since = {
        row.needed("dispnum"): row.date_parts(END, edge="end") for row in raw.rows("disputes") if row.flag("ongo2014")
    }
    for row in raw.rows("parties"):
        number, end = row.needed("dispnum"), row.date_parts(END, edge="end")
        yield _dates(row, is_over=number not in open_since or end != open_since[number]) | {
            "dispute": number,
            "state": _state(row),
            "side": "a" if row.flag("sidea") else "b",
            "is_originator": row.flag("orig"),
            "hostility_level": row.integer("hostlev"),
            "row_ref": row.ref("dispnum", "ccode", *START),
        }


def incident(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per incident of a dispute, named after what was done."""
    for row in raw.rows("incidents"):
        action, kind = ACTIONS[row.needed_integer("action")]
        yield _dates(row) | {
            "incident": row.needed("incidnum"),
            "name": f"{action} (incident {row.needed('incidnum')} of dispute {row.needed('dispnum')})",
            "incident_kind": kind,
            # The dead of armed forces alone: that there were none of them does not say that nobody was killed.
            "killed_count": row.integer("fatalpre") or None,
            "verification": "secondary",
            "row_ref": row.ref("incidnum"),
        }


def incident_party(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per state in an incident; the side that began it acts."""
    for row in raw.rows("incident_parties"):
        yield {
            "incident": row.needed("incidnum"),
            "party_kind": "state",
            "party": _state(row),
            "role": "actor" if row.flag("insidea") else "affected",
            "row_ref": row.ref("incidnum", "ccode"),
        }


def dyad_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """For each directed pair and year of a dispute: that it is under way, that it begins, and how grave it is."""
    rows: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in raw.rows("dyads"):
        rows[tuple(row.needed(column) for column in ("disno", "statea", "stateb", "year"))].append(row)
    for same in rows.values():
        row = same[0]
        year = row.needed_integer("year")
        from_state, to_state = row.state("statea", "cow", year), row.state("stateb", "cow", year)
        fact = {"from_state": from_state, "to_state": to_state, "year": year, "item": row.needed("disno")}
        fact["row_ref"] = {each.ref("disno", "statea", "stateb", "year") for each in same}.pop()
        yield fact | {"fact": "mid_ongoing", "value": 1.0}
        if any(each.needed_integer("strtyr") == year for each in same):
            yield fact | {"fact": "mid_onset", "value": 1.0}
        for name, column in (DIRECTED | MUTUAL if from_state < to_state else DIRECTED).items():
            values = [value for each in same if (value := each.number(column)) is not None]
            if values:
                yield fact | {"fact": name, "value": max(values)}


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """What is coded of disputes, parties, incidents and places beside the columns of their tables."""
    for row in raw.rows("disputes"):
        fact = {"core_table": "dispute", "item": row.needed("dispnum"), "row_ref": row.ref("dispnum")}
        yield from number_properties(row, fact, DISPUTE_PROPERTIES)
    for row in raw.rows("parties"):
        item = f"{row.needed('dispnum')}/{_state(row)}/{_dates(row)['start_date']}"
        fact = {"core_table": "dispute_party", "item": item, "row_ref": row.ref("dispnum", "ccode", *START)}
        yield from number_properties(row, fact, PARTY_PROPERTIES)
    for row in raw.rows("incidents"):
        fact = {"core_table": "incident", "item": row.needed("incidnum"), "row_ref": row.ref("incidnum")}
        yield from number_properties(row, fact, INCIDENT_PROPERTIES)
        yield fact | {"property": "dispute", "part": "", "content": row.needed("dispnum")}
    for row in raw.rows("incident_parties"):
        item = f"{row.needed('incidnum')}/state/{_state(row)}"
        fact = {"core_table": "incident_party", "item": item, "row_ref": row.ref("incidnum", "ccode")}
        yield from number_properties(row, fact, INCIDENT_PARTY_PROPERTIES)
    yield from _places(raw)


def _places(raw: Raw) -> Iterator[dict[str, Any]]:
    for row in raw.rows("locations"):
        if row.text("midloc2_ylatitude") is None:
            raw.leave_out(row, "the place is not known")
            continue
        fact = {"core_table": "dispute", "item": row.needed("dispnum"), "row_ref": row.ref("dispnum")}
        yield from number_properties(row, fact, PLACE_NUMBERS)
        yield from text_properties(row, fact, PLACE_TEXTS)


def _state(row: Row) -> str:
    start: date = _dates(row)["start_date"]
    return row.state("ccode", "cow", start)


def _dates(row: Row, is_over: bool = True) -> dict[str, Any]:
    """Start and end with their precision; what is not over has no end."""
    start, end = row.date_parts(START), row.date_parts(END, edge="end") if is_over else None
    if start is None:
        raise row.broken(START[0], "must not be missing")
    return {
        "start_date": start.day,
        "start_precision": start.precision,
        "end_date": end and end.day,
        "end_precision": end and end.precision,
    }
