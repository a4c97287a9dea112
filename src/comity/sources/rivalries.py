"""Rivalries and arms races: strategic rivalries, rivalries by disputes, and arms races between rivals."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.errors import UnknownWord
from comity.sources.properties import number_properties, text_properties
from comity.sources.raw import Raw, Row
from comity.sources.spells import holders
from comity.vocab.dates import Dated, dated_parts

STRATEGIC_HORIZON = date(2020, 12, 31)
HANDBOOK_HORIZON = date(2010, 12, 31)
DISPUTED_HORIZON = date(2001, 12, 31)
ARMS_RACE_HORIZON = date(1984, 12, 31)
VENICE = "324"
NOT_LISTED = "a rival that is in no list of states"
KINDS = ("positional", "spatial", "ideological", "interventionary", "principal", "aprin")
DISPUTE_NUMBERS = {
    "deathsa": "DEATHSA",
    "deathsb": "DEATHSB",
    "fatalapc": "FATALAPC",
    "fatalbpc": "FATALBPC",
    "rivtyp2": "RIVTYP2",
    "severity": "SEVERITY",
    "warnumb": "WARNUMB",
}


@dataclass(frozen=True)
class Spell:
    """When something held between two numbered states; without an end it held at the horizon."""

    start: Dated
    end: Dated | None
    known_until: date


def rivalry(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per rivalry and pair of states that held the two numbers; isolated conflicts are no rivalries."""
    yield from _strategic_rivalries(raw)
    for row in raw.rows("handbook"):
        if not _are_listed(row):
            raw.leave_out(row, NOT_LISTED)
            continue
        item = f"td/{row.needed('rivalryno')}"
        for pair in _pairs(row, ("ccode1", "ccode2"), _handbook_spell(row)):
            yield pair | {"rivalry": item, "rivalry_kind": "strategic_2012", "row_ref": row.ref("rivalryno")}
    for row in raw.rows("disputed"):
        if row.needed("rivtyp2") == "RIVALRY":
            kind, item = row.needed("rivtypold").lower(), f"kdg/{row.needed('rivnumb')}"
            for pair in _pairs(row, ("rivala", "rivalb"), _disputed_spell(row)):
                yield pair | {"rivalry": item, "rivalry_kind": kind, "row_ref": row.ref("rivnumb")}


def _strategic_rivalries(raw: Raw) -> Iterator[dict[str, Any]]:
    """The rivalries of the workbook between the states that the list with numbers gives under the same name."""
    by_name = {row.needed("rivalry"): row for row in raw.rows("strategic_states")}
    for row in raw.rows("strategic"):
        states = by_name.get(row.needed("rivalry"))
        if states is None:
            raise row.broken("rivalry", "has no numbers of states in derived_tss_rivalries.csv")
        if not _are_listed(states):
            raw.leave_out(row, NOT_LISTED)
            raw.leave_out(states, NOT_LISTED)
            continue
        item, row_ref = _strategic(row, states)
        for pair in _pairs(states, ("ccode1", "ccode2"), _strategic_spell(row)):
            yield pair | {"rivalry": item, "rivalry_kind": "strategic", "row_ref": row_ref}


def dyad_spell(raw: Raw) -> Iterator[dict[str, Any]]:
    """Isolated conflicts and arms races."""
    for row in raw.rows("disputed"):
        if row.needed("rivtyp2") == "ISOLATED":
            for pair in _pairs(row, ("rivala", "rivalb"), _disputed_spell(row)):
                fact = {"fact": "isolated_conflict", "item": f"kdg/{row.needed('rivnumb')}"}
                yield _directed(pair) | fact | {"row_ref": row.ref("rivnumb")}
    for row in raw.rows("arms_races"):
        spell = Spell(_year(row, "styear"), _year(row, "endyear", "end"), ARMS_RACE_HORIZON)
        for pair in _pairs(row, ("ccode1", "ccode2"), spell):
            fact = {"fact": "arms_race", "item": f"grh/{row.needed('race_id')}"}
            yield _directed(pair) | fact | {"row_ref": row.ref("race_id")}


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """What a rivalry is about, and which disputes belong to it, how severe they were and what they cost."""
    by_name = {row.needed("rivalry"): row for row in raw.rows("strategic_states")}
    for row in raw.rows("strategic"):
        states = by_name[row.needed("rivalry")]
        if not _are_listed(states):
            continue  # counted where the rivalries are read
        item, row_ref = _strategic(row, states)
        fact = {"core_table": "rivalry", "item": item, "row_ref": row_ref}
        yield from number_properties(row, fact, {f"is_{kind}": kind for kind in KINDS})
        yield from text_properties(row, fact, {"name": "rivalry"})
        if row.needed("start").startswith("P"):
            yield fact | {"property": "is_start_earlier", "part": "", "value": 1.0}
    for row in raw.rows("handbook"):
        if _are_listed(row):
            fact = {
                "core_table": "rivalry",
                "item": f"td/{row.needed('rivalryno')}",
                "row_ref": row.ref("rivalryno"),
            }
            texts = {"name": "rivalryname", "region": "region", "type1": "type1", "type2": "type2", "type3": "type3"}
            yield from text_properties(row, fact, texts)
    yield from _dispute_properties(raw)


def _dispute_properties(raw: Raw) -> Iterator[dict[str, Any]]:
    """What disputes make of a rivalry or isolated conflict; the list of rivalries says which of the two it is."""
    tables: dict[str, str] = {}
    for row in raw.rows("disputed"):
        number = row.needed("rivnumb")
        tables[number] = "rivalry" if row.needed("rivtyp2") == "RIVALRY" else "dyad_spell"
        fact = {"core_table": tables[number], "item": f"kdg/{number}", "row_ref": row.ref("rivnumb")}
        yield from number_properties(row, fact, {"dispute_count": "totdisp"})
    for row in raw.rows("disputes"):
        own = "rivalry" if row.needed("RIVTYP2") == "2" else "dyad_spell"
        fact = {
            "core_table": tables.get(row.needed("RIVNUMB"), own),
            "item": f"kdg/{row.needed('RIVNUMB')}",
            "row_ref": row.ref("DISPUTE", "RIVALRY", "RIVNUMB"),
        }
        part = f"{row.needed('DISPUTE')}/{row.needed('RIVALRY')}"
        for made in number_properties(row, fact, DISPUTE_NUMBERS):
            yield made | {"part": part}


def _strategic(row: Row, states: Row) -> tuple[str, str]:
    """The number of a strategic rivalry, and the rows that make it."""
    return f"tss/{states.needed('tssr_id')}", f"{row.ref('rivalry')}; {states.ref('rivalry')}"


def _are_listed(row: Row) -> bool:
    """Whether both rivals have a number that a list of states has; Venice has not."""
    return VENICE not in (row.needed("ccode1"), row.needed("ccode2"))


def _pairs(row: Row, columns: tuple[str, str], spell: Spell) -> Iterator[dict[str, Any]]:
    """A spell between two numbers as spells between the states that held them in turn."""
    codes = [row.needed_integer(column) for column in columns]
    last = spell.end.day if spell.end else spell.known_until
    if last < spell.start.day:
        raise row.broken(columns[0], f"has a spell that ends on {last}, before its start on {spell.start.day}")
    try:
        one, other = (holders("cow", code, spell.start.day, last) for code in codes)
    except UnknownWord as error:
        raise row.broken(columns[0], f"or {columns[1]} is no cow state code: {error}") from error
    for state, first_day, last_day in one:
        for rival, rival_first, rival_last in other:
            start, end = max(first_day, rival_first), min(last_day, rival_last)
            if start <= end:
                yield _pair((state, rival), start, end, spell)


def _pair(states: tuple[str, str], start: date, end: date, spell: Spell) -> dict[str, Any]:
    """One part of a spell; an edge at which a number changed hands is known to the day."""
    is_open = spell.end is None and end == spell.known_until
    end_precision = spell.end.precision if spell.end and end == spell.end.day else "day"
    return {
        "state_a": min(states),
        "state_b": max(states),
        "start_date": start,
        "start_precision": spell.start.precision if start == spell.start.day else "day",
        "end_date": None if is_open else end,
        "end_precision": None if is_open else end_precision,
        "known_until": spell.known_until,
    }


def _directed(pair: dict[str, Any]) -> dict[str, Any]:
    """A pair as the table of spells names it; the fact has no direction."""
    rest = {column: value for column, value in pair.items() if column not in ("state_a", "state_b")}
    return {"from_state": pair["state_a"], "to_state": pair["state_b"], **rest}


def _strategic_spell(row: Row) -> Spell:
    start, end = row.needed("start").removeprefix("P"), row.needed("end")
    for column, year in (("start", start), ("end", end)):
        if year != "ongoing" and not (year.isascii() and year.isdigit()):
            raise row.broken(column, "is not a year")
    last = None if end == "ongoing" else dated_parts(int(end), None, None, edge="end")
    return Spell(dated_parts(int(start), None, None), last, STRATEGIC_HORIZON)


def _handbook_spell(row: Row) -> Spell:
    end = _year(row, "endyear", "end")
    return Spell(_year(row, "styear"), None if end.day == HANDBOOK_HORIZON else end, HANDBOOK_HORIZON)


def _disputed_spell(row: Row) -> Spell:
    return Spell(_compact(row, "beginr", "start"), _compact(row, "endr", "end"), DISPUTED_HORIZON)


def _year(row: Row, column: str, edge: str = "start") -> Dated:
    return dated_parts(row.needed_integer(column), None, None, edge)


def _compact(row: Row, column: str, edge: str) -> Dated:
    """A date written YYYYMMDD; a day that the month does not have is not known."""
    value = row.needed(column)
    if not (len(value) == 8 and value.isascii() and value.isdigit()):
        raise row.broken(column, "is not a date (YYYYMMDD)")
    year, month, day = int(value[:4]), int(value[4:6]), int(value[6:])
    if not 1 <= month <= 12:
        raise row.broken(column, "is not a date (YYYYMMDD)")
    is_day = 1 <= day <= calendar.monthrange(year, month)[1]
    return dated_parts(year, month, day if is_day else None, edge)
