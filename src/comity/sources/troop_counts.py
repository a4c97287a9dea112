"""How many people of the United States' forces are where: three tables of the troopdata project, brought together.

The reports as published come first. The quarterly table counts some quarters twice and has lost the navy since 2008,
and the yearly table adds up several quarters around 2006, so these two speak only where they cannot be wrong so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from comity.sources.raw import Raw, Row
from comity.vocab.states import members

SERVICES = ("army", "navy", "air_force", "marine_corps")
RESERVES = ("Army Reserve", "Navy Reserve", "Marine Corps Reserve", "Air Force Reserve", "Coast Guard Reserve")
GUARDS = ("Army National Guard", "Air National Guard")
CIVILIANS = ("Army Civilian", "Navy Civilian", "Marine Corps Civilian", "Air Force Civilian")
# Our name for each number, and the column that holds it: in all three tables, and in reports since 2008.
SHARED = {"troop_count": "troops_ad"} | {f"{service}_troop_count": f"{service}_ad" for service in SERVICES}
RECENT = {
    "troop_count": "troops_ad",
    **{f"{service}_troop_count": f"{service.replace('_', ' ').title()} Active Duty" for service in SERVICES},
    "coast_guard_troop_count": "Coast Guard Active Duty",
    "space_force_troop_count": "Space Force Active Duty",
    **{f"{column.lower().replace(' ', '_')}_count": column for column in (*GUARDS, *RESERVES, *CIVILIANS)},
    "selected_reserve_count": "Total Selected Reserve",
    "defense_civilian_count": "DOD Civilian",
    "civilian_count": "Total Civilian",
}
VIETNAM, SOUTH_VIETNAM = 816, 817
ELSEWHERE = re.compile(r"(?i)\(see\b|not available")
IMPUTED = "Stepwise Imputation"

# Codes of the project's own, and codes it keeps when a place has passed to another state: who holds it up to when.
HOLDERS = {
    255: ((1990, "GFR"), (9999, "DEU")),
    260: ((1990, "GFR"), (9999, "DEU")),
    327: ((9999, "VAT"),),
    340: ((2005, "YUG"), (9999, "SRB")),
    678: ((1990, "YAR"), (9999, "YEM")),
    679: ((1989, "YAR"), (9999, "YEM")),
    817: ((1975, "RVN"), (9999, "VNM")),
    972: ((9999, "TON"),),
}
# Territories, and which island where one of ours has several.
TERRITORIES = {
    6: ("PRI", ""),
    1001: ("GIB", ""),
    1002: ("GRL", ""),
    1004: ("IOT", ""),
    1005: ("SHN", ""),
    1007: ("BMU", ""),
    1008: ("GUM", ""),
    1009: ("HKG", ""),
    1012: ("UMI", "midway"),
    1013: ("VIR", ""),
    1014: ("UMI", "wake"),
    1016: ("ANT", ""),
    1019: ("ABW", ""),
    1035: ("VGB", ""),
    1037: ("TCA", ""),
    1041: ("ASM", ""),
    1042: ("SHN", "ascension"),
    10000: ("ATA", ""),
    10100: ("UMI", "johnston"),
}
# Abkhazia, Antigua before 1981, the Azores, Kashmir and the like.
NO_PLACES = frozenset({396, 1006, 1011, *range(1028, 1035), 1036, 1038, 1040, 10101})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where and when a row counts people; `item` is the quarter and the island, and empty for a year."""

    kind: str
    party: str
    year: int
    item: str


@dataclass(frozen=True, slots=True)
class Count:
    """One number of people; `basis` says what it rests on when that is no report."""

    row: Row
    spot: Spot
    fact: str
    value: int
    basis: str = ""


_COUNTS: WeakKeyDictionary[Raw, list[Count]] = WeakKeyDictionary()


def people_counts(raw: Raw) -> list[Count]:
    """Every number of people that the three tables give, each place and time once; made once for each source read."""
    if raw not in _COUNTS:
        reports = list(_report_counts(raw))
        quarters = list(_quarter_counts(raw, {count.spot for count in reports}))
        _COUNTS[raw] = [*reports, *quarters, *_year_counts(raw, reports + quarters)]
    return _COUNTS[raw]


def _report_counts(raw: Raw) -> Iterator[Count]:
    deployed = {_spot(row) for row in raw.rows("quarters") if row.integer("troops_ad")}
    for row, spot in _placed(raw, "reports"):
        columns = SHARED if row.integer("Total Active Duty") is None else RECENT
        if ELSEWHERE.search(row.plain("Location")):
            raw.leave_out(row, "people who are counted elsewhere in the report")
        elif not row.integer("troops_ad") and spot in deployed:
            raw.leave_out(row, "a 0 where the quarterly table counts the deployed")
        else:
            for fact, column in columns.items():
                if (value := row.integer(column)) is not None:
                    yield Count(row, spot, fact, value)


def _quarter_counts(raw: Raw, reported: set[Spot]) -> Iterator[Count]:
    # A column that is 0 in every place abroad was not in the report of that quarter.
    filled = {
        (column, row.plain("year"), row.plain("quarter"))
        for row in raw.rows("quarters")
        for column in SHARED.values()
        if row.integer(column) and row.needed_integer("ccode") != 2
    }
    for row, spot in _placed(raw, "quarters"):
        if spot in reported:
            raw.leave_out(row, "the report itself is read")
            continue
        source = row.text("source")
        basis = "no report is named" if source is None else "imputed" if source == IMPUTED else ""
        is_zero_said = not basis and (spot.kind != "state" or spot.party in members("cow", spot.year))
        found = [
            Count(row, spot, fact, value, basis)
            for fact, column in SHARED.items()
            if (value := row.integer(column))
            or (value == 0 and is_zero_said and (column, row.plain("year"), row.plain("quarter")) in filled)
        ]
        if not found:
            raw.leave_out(row, "no number that a report gives")
        yield from found


def _year_counts(raw: Raw, counts: list[Count]) -> Iterator[Count]:
    """The year's number of troops, unless it is above that of every quarter, or a 0 that no quarter bears out."""
    by_spot: dict[Spot, int] = {}
    for count in counts:
        if count.fact in ("troop_count", "selected_reserve_count"):
            by_spot[count.spot] = by_spot.get(count.spot, 0) + count.value
    most: dict[Spot, int] = {}
    for spot, value in by_spot.items():
        year = Spot(spot.kind, spot.party, spot.year, spot.item[3:])
        most[year] = max(value, most.get(year, 0))
    for row, spot in _placed(raw, "years"):
        value = row.needed_integer("troops_ad")
        if value > most.get(spot, value):
            raw.leave_out(row, "a number above that of every quarter")
        elif not value and most.get(spot) != 0:
            raw.leave_out(row, "a 0 that no quarter bears out")
        else:
            yield Count(row, spot, "troop_count", value)


def _placed(raw: Raw, name: str) -> Iterator[tuple[Row, Spot]]:
    """The rows that count people at a place we know, the larger of two for one place and time."""
    rows = sorted(raw.rows(name), key=lambda row: (-row.needed_integer("troops_ad"), row.values))
    taken: set[Spot] = set()
    for row in rows:
        spot = _spot(row)
        if spot is None:
            raw.leave_out(row, "a place that is neither a state nor a territory of its own")
        elif spot in taken:
            raw.leave_out(row, "a second row of one place and time; the larger is kept")
        else:
            taken.add(spot)
            yield row, spot


def _spot(row: Row) -> Spot | None:
    """Where and when a row counts people; nothing when the place is none of ours."""
    code, year = row.needed_integer("ccode"), row.needed_integer("year")
    quarter = f"q{row.needed_integer('quarter')}" if row.has("quarter") else ""
    if code == VIETNAM and not quarter:
        code = SOUTH_VIETNAM  # the yearly table has one Vietnam, with the people the reports count in the South
    if code in NO_PLACES:
        return None
    if code in TERRITORIES:
        party, island = TERRITORIES[code]
        return Spot("territory", party, year, f"{quarter} {island}".strip() if quarter else island)
    for last, party in HOLDERS.get(code, ()):
        if year <= last:
            return Spot("state", party, year, quarter)
    return Spot("state", row.state("ccode", "cow", year), year, quarter)
