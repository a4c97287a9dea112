"""Land that passed from one holder to another since 1816 (Correlates of War)."""

from collections.abc import Iterator
from typing import Any

from comity.errors import UnknownWord
from comity.sources.properties import number_properties
from comity.sources.raw import Raw, Row
from comity.vocab.dates import dated_parts
from comity.vocab.states import state_from_code

PROCEDURES = {
    1: "conquest",
    2: "annexation",
    3: "cession",
    4: "secession",
    5: "unification",
    6: "mandate",
}
CODES = {
    "gainer_holds_as_homeland": "gaintype",
    "loser_held_as_homeland": "losetype",
    "entity": "entity",
    "is_whole_entity": "portion",
    "is_contiguous_to_gainer": "contgain",
    "is_contiguous_to_loser": "contlose",
    "brings_system_entry": "entry",
    "brings_system_exit": "exit",
    "brings_independence": "indep",
    "version": "version",
}


def territorial_change(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per change; a party that is no member of the state system is named by its number."""
    for row in raw.rows("changes"):
        when = dated_parts(row.needed_integer("year"), row.integer("month"), None)
        gainer_kind, gainer = _party(row, "gainer")
        loser_kind, loser = _party(row, "loser")
        procedure = row.integer("procedur")
        yield {
            "change": row.needed("number"),
            "date": when.day,
            "precision": when.precision,
            "gainer_kind": gainer_kind,
            "gainer": gainer,
            "loser_kind": loser_kind,
            "loser": loser,
            "procedure": None if procedure is None else PROCEDURES[procedure],
            "area_km2": row.number("area"),
            "population_count": row.integer("pop"),
            "has_conflict": row.flag("conflict"),
            "row_ref": row.ref("number"),
        }


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """The other codes of each change."""
    for row in raw.rows("changes"):
        fact = {"core_table": "territorial_change", "item": row.needed("number"), "row_ref": row.ref("number")}
        yield from number_properties(row, fact, CODES)


def _party(row: Row, column: str) -> tuple[str, str]:
    """A state, an entity of the publisher's longer list that is no state, or nobody the publisher names."""
    code = row.integer(column)
    if code is None:
        return "unknown", "unknown"
    try:
        return "state", state_from_code("cow", code, row.needed_integer("year"))
    except UnknownWord:
        return "group", f"Correlates of War entity {code}"
