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
NAMELESS = "unnamed location"
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
    for row in raw.rows("maps"):
        if _is_split(row):
            raw.leave_out(
                row, "one unit of a map parted among several places, which the publisher leaves out of counts"
            )
    for rows, earlier in _maps(raw):
        for row in earlier:
            raw.leave_out(row, "an earlier map of the same month")
        counts: Counts = {}
        for row in rows:
            _add(counts, _contributors(row) or {NOBODY: row.integer("no.troops")})
        yield from _presences(rows, counts, _host(raw, rows[0]))
    yield from _yearly_presences(raw)


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """Troops in all, headquarters, police, observers and the kinds of units at a place; kinds with 0 are not listed."""
    for rows, _ in _maps(raw):
        for number, row in enumerate(rows, start=1):
            for found in [*number_properties(row, _fact(row), VALUES), *number_properties(row, _fact(row), UNITS)]:
                if found["value"] or found["property"] in VALUES:
                    yield found | {"part": str(number) if len(rows) > 1 else ""}
    for name, columns in (("years", YEAR_VALUES), ("units", UNIT_MAPS)):
        yield from _yearly_properties(raw, name, columns)


def _maps(raw: Raw) -> Iterator[tuple[list[Row], list[Row]]]:
    """The rows of each place and month on its last map, and those on earlier maps of the month."""
    places: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in raw.rows("maps"):
        if not _is_split(row):
            places[row.needed("mission"), row.needed("year"), row.needed("month"), _place(row)].append(row)
    for rows in places.values():
        last = max(_revision(row) for row in rows)
        kept = [row for row in rows if _revision(row) == last]
        yield sorted(kept, key=lambda row: row.values), [row for row in rows if _revision(row) != last]


def _yearly_presences(raw: Raw) -> Iterator[dict[str, Any]]:
    """The same by year, for the years after the last map; the other years are left out."""
    last = _last_map(raw)
    shown: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    listed: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for name, places in (("years", shown), ("contributors", listed), ("units", None)):
        for row in raw.rows(name):
            if row.needed_integer("year") <= last:
                raw.leave_out(row, "a year of which the maps themselves are read")
            elif places is not None:
                places[row.needed("mission"), row.needed("year"), row.needed("location")].append(row)
    for key in shown.keys() | listed.keys():
        rows = sorted(shown[key], key=lambda row: row.values)
        troops = {row.integer("NoTroops") for row in rows}
        counts: Counts = {}
        for row in listed[key]:
            _add(counts, _told(row))
        counts = counts or {NOBODY: troops.pop() if len(troops) == 1 else None}
        host = _host(raw, rows[0]) if rows else None
        yield from _presences([*rows, *sorted(listed[key], key=lambda row: row.values)], counts, host)


def _yearly_properties(raw: Raw, name: str, columns: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The numbers of a file by year; the maps of one year may differ, so each number is kept once, under itself."""
    last = _last_map(raw)
    told: dict[tuple[str, str, float], dict[str, Any]] = {}
    for row in raw.rows(name):
        if row.needed_integer("year") > last:
            for found in number_properties(row, _fact(row), columns):
                told.setdefault((found["item"], found["property"], found["value"]), found)
    yield from (found | {"part": f"{found['value']:g}"} for found in told.values())


def _presences(rows: list[Row], counts: Counts, host: str | None) -> Iterator[dict[str, Any]]:
    """One row per party at the place of these rows; where several maps place it differently, the first is kept."""
    on = _date(rows[0])
    for (kind, party), count in counts.items():
        yield {
            "mission": rows[0].needed("mission"),
            "place": _place(rows[0]),
            "date": on.day,
            "precision": on.precision,
            "host_state": host,
            "latitude": rows[0].number("latitude"),
            "longitude": rows[0].number("longitude"),
            "party_kind": kind,
            "party": party,
            "personnel_count": count,
            "row_ref": "; ".join(sorted({_ref(row) for row in rows})),
        }


def _contributors(row: Row) -> Counts:
    """The parties a row of a map lists, with their troops; a party listed twice has the sum."""
    counts: Counts = {}
    for number in CONTRIBUTORS:
        name = row.plain(f"nameoftcc_{number}").strip()
        if name not in ("", "NA"):
            party = OTHERS.get(name) or ("state", row.state(f"tcc{number}", "cow", row.needed_integer("year")))
            _add(counts, {party: row.integer(f"notroopspertcc_{number}")})
    return counts


def _told(row: Row) -> Counts:
    """The parties named in a text such as `Nepal (150), Fiji (size unknown)`."""
    counts: Counts = {}
    for part in row.listed("year.overview"):
        match = re.fullmatch(r"(.+) \((\d+|size unknown)\)", part)
        if match is None:
            raise row.broken("year.overview", f"lists {part!r}, which is no name with a size")
        name, size = match.groups()
        year = row.needed_integer("year")
        party = OTHERS.get(name) or ("state", row.listed_state("year.overview", name, year))
        _add(counts, {party: int(size) if size.isdigit() else None})
    return counts


def _add(counts: Counts, more: Counts) -> None:
    """Add troops party by party; what is unknown once is unknown in sum."""
    for party, count in more.items():
        before = counts.get(party, 0)
        counts[party] = None if before is None or count is None else before + count


def _host(raw: Raw, row: Row) -> str | None:
    """The state whose ground it is, as the publisher names it."""
    if row.needed("country") in BORDERS:
        raw.leave_out_value(row, "a host that is two states")
        return None
    kind, code = row.party(("country",), row.needed_integer("year"))
    return code if kind == "state" else None


def _date(row: Row) -> Dated:
    return dated_parts(row.needed_integer("year"), row.integer("month") if row.has("month") else None, None)


def _place(row: Row) -> str:
    """The name of the place; one that has none is told by its coordinates."""
    name = row.needed("location")
    return f"{name} {row.plain('latitude')}, {row.plain('longitude')}" if name == NAMELESS else name


def _fact(row: Row) -> dict[str, Any]:
    item = f"{row.needed('mission')}/{_place(row)}/{_date(row).day}"
    return {"core_table": "mission_presence", "item": item, "row_ref": _ref(row)}


def _ref(row: Row) -> str:
    return row.ref("mission", "year", *(["month"] if row.has("month") else []), "location")


def _last_map(raw: Raw) -> int:
    """The last year of which there are maps by month."""
    return max(raw.years("maps", "year"), default=0)


def _is_split(row: Row) -> bool:
    return row.text("geosplit") == "1"


def _revision(row: Row) -> tuple[float, ...]:
    """What tells an earlier map from a later one: the numbers in its title."""
    return tuple(float(number) for number in re.findall(r"\d+(?:\.\d+)?", row.needed("source")))
