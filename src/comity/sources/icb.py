"""International crises, their actors, and pairs of states in crisis (International Crisis Behavior project)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.sources.properties import number_properties
from comity.sources.raw import Raw, Row
from comity.vocab.dates import Dated, dated_parts

START = ("yrtrig", "motrig", "datrig")
END = ("yrterm", "moterm", "daterm")
PARTS_OF_MONTHS = frozenset({66, 77, 88})  # early, in the middle, late
CRISIS_DATES = {
    "mediation_start": (("yrmedst", "momedst", "damedst"), "start"),
    "mediation_end": (("yrmedend", "momedend", "damedend"), "end"),
    "mediation_last": (("yrmedfin", "momedfin", "damedfin"), "end"),
}
ACTOR_DATES = {
    "crisis_trigger": (("systrgyr", "systrgmo", "systrgda"), "start"),
    "major_response": (("yerres", "monres", "dayres"), "start"),
}
# Columns that are no codes: identity, names and dates.
NO_CODES = frozenset(
    (
        *("icb1", "icb2", "crisno", "cracno", "cracid", "actor", "crisname", *START, *END),
        *(column for columns, _ in (CRISIS_DATES | ACTOR_DATES).values() for column in columns),
    )
)
NOT_DATED = "a crisis without dates"
# Numbers of actors that no list of states has.
GROUPS = {"219": "Vichy France", "671": "Hejaz", "672": "Nejd"}
# The publisher goes on with the numbers of West Germany and North Yemen after these became parts of a larger state.
UNIFIED = {"GFR": "DEU", "YAR": "YEM"}


def crisis(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per crisis; one that only a newer file of actors has lasts as long as its actors' parts in it."""
    known: set[str] = set()
    for row in raw.rows("crises"):
        known.add(row.needed("crisno"))
        if row.text("yrtrig") is None:
            raw.leave_out(row, NOT_DATED)
            continue
        yield _dates(row) | {
            "crisis": row.needed("crisno"),
            "name": row.text("crisname"),
            "violence_level": row.integer("viol"),
            "row_ref": row.ref("crisno"),
        }
    newer: dict[str, list[Row]] = defaultdict(list)
    for row in raw.rows("actors"):
        if row.needed("crisno") not in known and row.text("yrtrig") is not None:
            newer[row.needed("crisno")].append(row)
    for number, actors in newer.items():
        yield _from_actors(number, actors)


def crisis_party(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per actor; each has its own trigger and its own end."""
    for row in raw.rows("actors"):
        if row.text("yrtrig") is None:
            raw.leave_out(row, NOT_DATED)
            continue
        yield _dates(row) | {
            "crisis": row.needed("crisno"),
            "actor": row.needed("cracno"),
            "party_kind": "group" if row.needed("cracid") in GROUPS else "state",
            "party": _actor(row),
            "row_ref": row.ref("cracno"),
        }


def dyad_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """For each pair and year: that it is in crisis, that the crisis begins, and which of the two is an actor."""
    rows: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in raw.rows("dyads"):
        rows[tuple(row.needed(column) for column in ("crisno", "year", "statea", "stateb"))].append(row)
    for same in rows.values():
        states = _pair(same[0])
        fact = {
            "year": same[0].needed_integer("year"),
            "item": same[0].needed("crisno"),
            "row_ref": "; ".join(sorted(row.ref("crdynum", "year") for row in same)),
        }
        pair = dict(zip(("from_state", "to_state"), sorted(states), strict=True))
        yield fact | pair | {"fact": "crisis_ongoing", "value": 1.0}
        if any(row.needed("ongoing") == "0" for row in same):
            yield fact | pair | {"fact": "crisis_onset", "value": 1.0}
        for actor, other, column in ((*states, "actnuma"), (*reversed(states), "actnumb")):
            is_actor = any(row.needed(column) not in ("999", "9999") for row in same)
            yield fact | {"fact": "crisis_actor", "from_state": actor, "to_state": other, "value": float(is_actor)}


def dyad_spell(raw: Raw) -> Iterator[dict[str, Any]]:
    """For each pair in a crisis its first and last day; a pair may be in one crisis twice."""
    spells: dict[str, list[Row]] = defaultdict(list)
    for row in raw.rows("dyads"):
        spells[row.needed("crdynum")].append(row)
    for number, rows in spells.items():
        first = min(rows, key=lambda row: row.needed_integer("year"))
        start = first.date_parts(("trgyrdy", "trgmody", "trgdady"))
        end = first.date_parts(("trmyrdy", "trmmody", "trmdady"), edge="end")
        from_state, to_state = sorted(_pair(first))
        yield {
            "fact": "crisis",
            "from_state": from_state,
            "to_state": to_state,
            "item": f"{first.needed('crisno')}/{number}",
            "start_date": start and start.day,
            "start_precision": start and start.precision,
            "end_date": end and end.day,
            "end_precision": end and end.precision,
            "row_ref": "; ".join(sorted(row.ref("crdynum", "year") for row in rows)),
        }


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """Every code of a crisis and of an actor under the publisher's name for it, and further dates."""
    for file, core_table, key, dates in (
        ("crises", "crisis", "crisno", CRISIS_DATES),
        ("actors", "crisis_party", "cracno", ACTOR_DATES),
    ):
        for row in raw.rows(file):
            if row.text("yrtrig") is None:
                continue  # counted where the crises and their parties are read
            item = row.needed("crisno") if file == "crises" else f"{row.needed('crisno')}/{row.needed('cracno')}"
            fact = {"core_table": core_table, "item": item, "row_ref": row.ref(key)}
            codes = {column: column for column in row.layout.fields if column not in NO_CODES}
            yield from number_properties(row, fact, codes)
            for name, (columns, edge) in dates.items():
                if found := _dated(row, columns, edge):
                    yield fact | {"property": name, "part": "", "content": _written(found)}


def _pair(row: Row) -> tuple[str, str]:
    year = row.needed_integer("year")
    return _state(row, "statea", year), _state(row, "stateb", year)


def _actor(row: Row) -> str:
    return GROUPS.get(row.needed("cracid")) or _state(row, "cracid", _start(row).day)


def _state(row: Row, column: str, on: int | date) -> str:
    found = row.state(column, "cow", on)
    year = on if isinstance(on, int) else on.year
    return UNIFIED.get(found, found) if year > 1990 else found


def _from_actors(number: str, actors: list[Row]) -> dict[str, Any]:
    parts = [_dates(row) for row in actors]
    first = min(parts, key=lambda part: (part["start_date"], part["start_precision"]))
    last = max(parts, key=lambda part: (part["end_date"] or date.max, part["end_precision"] or ""))
    return {
        "crisis": number,
        "name": actors[0].text("crisname"),
        "start_date": first["start_date"],
        "start_precision": first["start_precision"],
        "end_date": last["end_date"],
        "end_precision": last["end_precision"],
        "violence_level": max((level for row in actors if (level := row.integer("viol"))), default=None),
        "row_ref": "; ".join(sorted(row.ref("cracno") for row in actors)),
    }


def _dates(row: Row) -> dict[str, Any]:
    start, end = _start(row), _dated(row, END, "end")
    return {
        "start_date": start.day,
        "start_precision": start.precision,
        "end_date": end and end.day,
        "end_precision": end and end.precision,
    }


def _start(row: Row) -> Dated:
    start = _dated(row, START, "start")
    if start is None:
        raise row.broken(START[0], "must not be missing")
    return start


def _dated(row: Row, columns: tuple[str, str, str], edge: str) -> Dated | None:
    """A date in three columns; of a day that is only a part of the month the month is known."""
    if row.integer(columns[2]) not in PARTS_OF_MONTHS:
        return row.date_parts(columns, edge)
    return dated_parts(row.needed_integer(columns[0]), row.needed_integer(columns[1]), None, edge)


def _written(found: Dated) -> str:
    """A date as it is written when only its month or its year is known."""
    return found.day.isoformat()[: {"year": 4, "month": 7, "day": 10}[found.precision]]
