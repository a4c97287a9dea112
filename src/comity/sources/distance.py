"""How far states lie from each other: between capitals, and at the nearest point by year; and their capitals."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from comity.errors import UnknownWord
from comity.sources.properties import text_properties
from comity.sources.raw import Raw, Row
from comity.sources.year_facts import fact_tables
from comity.vocab.states import state_from_code

HORIZON = date(2020, 12, 31)
BOTH_GERMANIES_STAND = 1989  # lists without dates name states of every time; this year tells most of them apart
SERBIA = ("345", "SER")  # shares its number with Yugoslavia


def dyad_spell(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per pair of states for the distance between their capitals, which is published in both orders."""
    pairs: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in raw.rows("capital_distances"):
        ends = [_end(row, "numa", "ida"), _end(row, "numb", "idb")]
        pairs[min(ends), max(ends)].append(row)
    for (from_state, to_state), rows in pairs.items():
        for row in rows:
            if row.number("kmdist") != rows[0].number("kmdist"):
                raise row.broken("kmdist", f"is {rows[0].plain('kmdist')} in row {rows[0].place} of the same pair")
        yield {
            "fact": "capital_distance_km",
            "from_state": from_state,
            "to_state": to_state,
            "item": "",
            "value": rows[0].needed_number("kmdist"),
            "row_ref": "; ".join(sorted(row.ref("numa", "ida", "numb", "idb") for row in rows)),
        }


def state_spell(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per capital and the spell in which it was one."""
    for row in raw.rows("capitals"):
        start = row.date_parts(("styear", "stmon", "stday"))
        end = row.date_parts(("endyear", "endmon", "endday"), edge="end")
        if start is None or end is None:
            raise row.broken("styear" if start is None else "endyear", "must not be missing")
        if end.day < start.day:
            raw.leave_out(row, "an end before its start")
            continue
        is_open = end.day == HORIZON
        yield {
            "fact": "capital",
            "state": _seat(row),
            "item": "",
            "content": row.needed("capital"),
            "start_date": start.day,
            "start_precision": start.precision,
            "end_date": None if is_open else end.day,
            "end_precision": None if is_open else end.precision,
            "known_until": HORIZON,
            "row_ref": _ref(row),
        }


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like the table it fills)
    """What the publisher remarks on a capital."""
    for row in raw.rows("capitals"):
        fact = {
            "core_table": "state_spell",
            "item": f"capital/{_seat(row)}/{row.needed('capital')}/{row.needed('styear')}",
            "row_ref": _ref(row),
        }
        yield from text_properties(row, fact, {"comment": "comments"})


def dyad_year_fact(raw: Raw) -> Iterator[pa.Table]:
    """One row per pair and year for the distance between their nearest points; 0 is a border."""
    for given in raw.columns("minimum_distances"):
        columns = raw.keep(given, pc.is_valid(given.text("mindist")), "no distance is given")
        first, second = (columns.states(code, "cow", "year") for code in ("ccode1", "ccode2"))
        base = pa.table(
            {
                "from_state": pc.min_element_wise(first, second),
                "to_state": pc.max_element_wise(first, second),
                "year": columns.integers("year"),
                "row_ref": columns.refs("ccode1", "ccode2", "year"),
            }
        )
        yield from fact_tables(base, {"minimum_distance_km": columns.numbers("mindist")})


def _ref(row: Row) -> str:
    return row.ref("ccode", "gwcode", "styear", "stmon", "stday")


def _end(row: Row, code: str, letters: str) -> str:
    """One end of a distance between capitals; the list follows Gleditsch and Ward but for the united Yemen."""
    return "SRB" if (row.plain(code), row.plain(letters)) == SERBIA else _listed_state(row, code, ("gw", "cow"))


def _seat(row: Row) -> str:
    """The state of a capital; where the two codes of a row differ in meaning, the first is right (970 is Nauru)."""
    return _listed_state(row, "ccode", ("cow",)) if row.text("ccode") else _listed_state(row, "gwcode", ("gw",))


def _listed_state(row: Row, column: str, systems: tuple[str, ...]) -> str:
    """The state of a code in a list without dates, by the first system that knows it."""
    code = row.needed_integer(column)
    for system in systems:
        try:
            return state_from_code(system, code, BOTH_GERMANIES_STAND)
        except UnknownWord:
            continue
    raise row.broken(column, f"is no {' or '.join(systems)} state code")
