"""Where missions of the United Nations were deployed, and with whose troops, from their maps (Geo-PKO)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from comity.sources.properties import number_properties
from comity.sources.raw import Raw, Row
from comity.vocab.dates import Dated, dated_parts

CONTRIBUTORS = tuple(range(1, 18))
BORDERS = ("Ethiopia/Eritrea",)  # places on the border of two states, which have no one host
OTHERS = {
    "unknown": ("unknown", "unknown"),
    "TCC name unknown": ("unknown", "unknown"),
    "Un": ("unknown", "unknown"),
    "Multinational": ("unknown", "multinational"),
    "Mutinational": ("unknown", "multinational"),
    "CARICOM": ("organisation", "caricom"),
}
NOBODY = ("unknown", "unknown")
VALUES = {
    "troop_count": "no.troops",
    "contributor_count": "no.tcc",
    "headquarters_level": "hq",
    "has_police": "unpol.dummy",
    "has_observers": "unmo.dummy",
}
UNITS = {
    "battalion_count": "battalion",
    "company_count": "company",
    "platoon_count": "platoon",
    "infantry_count": "inf.no",
    "police_unit_count": "fpu.no",
    "reserve_count": "res.no",
    "force_protection_count": "fp.no",
    "has_engineers": "eng",
    "has_signals": "sig",
    "has_transport": "trans",
    "has_river_unit": "riv",
    "has_helicopters": "he.sup",
    "has_special_forces": "sf",
    "has_medical_unit": "med",
    "has_maintenance": "maint",
    "has_reconnaissance": "recon",
    "has_aviation": "avia",
    "has_military_police": "mp",
    "has_demining": "demining",
    "has_drones": "uav",
    "has_armor": "armor",
    "has_liaison": "lo",
}
YEAR_VALUES = {
    "troop_count": "NoTroops",
    "average_troop_count": "ave.no.troops",
    "infantry_count": "Infantry",
    "reserve_count": "Reserve",
    "headquarters_level": "hq",
    "has_police": "UNPOL",
    "has_observers": "UNMO",
    "medical_unit_count": "Med",
    "aviation_unit_count": "Av",
}
UNIT_MAPS = {
    "maps_with_engineers": "eng",
    "maps_with_medical_unit": "med",
    "maps_with_signals": "sig",
    "maps_with_aviation": "av",
    "maps_with_river_unit": "riv",
    "maps_with_maintenance": "maint",
    "maps_with_transport": "trans",
}

Counts = dict[tuple[str, str], int | None]


def mission_presence(raw: Raw) -> Iterator[dict[str, Any]]:
    """Who has how many troops at a place, by the map of a month, and by the year after the last such map."""
    for rows in _maps(raw):
        counts: Counts = {}
        for row in rows:
            _add(counts, _contributors(row) or {NOBODY: row.integer("no.troops")})
        yield from _presences(rows, counts, _host(raw, rows[0]))
    listed = {_place_year(row): row for row in _late(raw, "contributors")}
    for key, rows in _late_years(raw).items():
        lister = listed.pop(key, None)
        counts = _told(lister) if lister else {NOBODY: None}
        yield from _presences([*rows, lister] if lister else rows, counts, _host(raw, rows[0]))
    for row in listed.values():
        yield from _presences([row], _told(row), None)


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """Troops in all, headquarters, police, observers and kinds of units at a place; what is not there is not listed."""
    for rows in _maps(raw):
        for number, row in enumerate(rows):
            fact = {"core_table": "mission_presence", "item": _item(row), "row_ref": _ref(row)}
            for found in [*number_properties(row, fact, VALUES), *number_properties(row, fact, UNITS)]:
                if found["value"] or found["property"] in VALUES:
                    yield found | {"part": str(number or "")}
    for name, columns in (("years", YEAR_VALUES), ("units", UNIT_MAPS)):
        told: dict[tuple[str, str, float], dict[str, Any]] = {}
        for row in _late(raw, name):
            fact = {"core_table": "mission_presence", "item": _item(row), "row_ref": _ref(row)}
            for found in number_properties(row, fact, columns):
                # Several maps of one year may differ: each number is kept once, under itself.
                told.setdefault((found["item"], found["property"], found["value"]), found)
        yield from (found | {"part": f"{found['value']:g}"} for found in told.values())
