"""Wars between states, outside and within them, with their parties and years (Correlates of War)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.sources.properties import number_properties, text_properties
from comity.sources.raw import Raw, Row
from comity.vocab.dates import Dated

HORIZON = date(2007, 12, 31)
INTRASTATE_HORIZON = date(2014, 12, 31)
ONGOING = "-7"
# Year, month and day of the start, then of the end, for each spell of fighting.
BLOCKS = {
    "interstate": [
        (f"StartYear{n}", f"StartMonth{n}", f"StartDay{n}", f"EndYear{n}", f"EndMonth{n}", f"EndDay{n}") for n in "12"
    ],
    "extrasystemic": [
        ("StartYear1", "StartMonth1", "StartDay1", "EndYear1", "EndMonth1", "EndDay1"),
        ("StartYear2", "StartMonth2", "StartDay2", "EndYear2", "EndMonth2", "EndDay2 "),
    ],
    "nonstate": [("StartYear", "StartMonth", "StartDay", "EndYear", "EndMonth", "EndDay")],
    "intrastate": [
        (f"StartYr{n}", f"StartMo{n}", f"StartDy{n}", f"EndYr{n}", f"EndMo{n}", f"EndDy{n}") for n in "1234"
    ],
}
KEYS = {
    "interstate": ("WarNum", "ccode", "Side"),
    "extrasystemic": ("WarNum", "ccode1", "ccode2", "SideB"),
    "nonstate": ("WarNum",),
    "intrastate": ("WarNum",),
}
WAR_NUMBERS: Mapping[str, Mapping[str, str]] = {
    "interstate": {"war_type": "WarType"},
    "extrasystemic": {"war_type": "WarType"},
    "nonstate": {
        "war_type": "WarType",
        "region_code": "WhereFought",
        "outcome": "Outcome",
        "battle_death_count": "TotalCombatDeaths",
    },
    "intrastate": {
        "war_type": "WarType",
        "region_code": "V5RegionNum",
        "outcome": "Outcome",
        "duration_days": "WDuratDays",
        "nation_months": "TotNatMonWar",
        "battle_death_count": "TotalBDeaths",
    },
}
WAR_TEXTS: Mapping[str, Mapping[str, str]] = {
    "interstate": {"name": "WarName"},
    "extrasystemic": {"name": "WarName"},
    "nonstate": {"name": "WarName", "follows_war": "TransFrom", "turns_into_war": "TransTo"},
    "intrastate": {
        "name": "WarName",
        "initiator": "Initiator",
        "follows_war": "TransFrom",
        "turns_into_war": "TransTo",
    },
}
SIDE_DEATHS = {"nonstate": ("SideADeaths", "SideBDeaths"), "intrastate": ("DeathsSideA", "DeathsSideB")}
PARTY_NUMBERS = {"region_code": "WhereFought", "outcome": "Outcome", "battle_death_count": "BatDeath"}
PARTY_TEXTS = {"follows_war": "TransFrom", "turns_into_war": "TransTo"}


@dataclass(frozen=True)
class Party:
    """Who fights on which side, and whether that party began the war where the source says so."""

    side: str
    kind: str
    code: str
    is_originator: bool | None


@dataclass(frozen=True)
class Spell:
    """One party's unbroken spell of fighting as one row tells it."""

    row: Row
    conflict_kind: str
    party: Party
    start: Dated
    end: Dated | None
    known_until: date

    @property
    def years(self) -> range:
        """The years in which there was fighting."""
        last = self.end.day if self.end else self.known_until
        return range(self.start.day.year, last.year + 1)


def conflict_year(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per war and year with fighting; its parties are the states that fought in that year."""
    found: dict[tuple[str, int], list[tuple[Spell, str]]] = defaultdict(list)
    for file in BLOCKS:
        for spell in _spells(raw, file):
            for year in spell.years:
                found[spell.row.needed("WarNum"), year].append((spell, spell.row.ref(*KEYS[file])))
    for (conflict, year), fought in found.items():
        yield {
            "conflict": conflict,
            "year": year,
            "conflict_kind": fought[0][0].conflict_kind,
            "parties": sorted({spell.party.code for spell, _ in fought if spell.party.kind == "state"}),
            "row_ref": "; ".join(sorted({ref for _, ref in fought})),
        }


def conflict_party(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per party, side and spell of fighting; a group that two states fight has a spell against each."""
    for file in BLOCKS:
        for spell in _spells(raw, file):
            yield {
                "conflict": spell.row.needed("WarNum"),
                "party_kind": spell.party.kind,
                "party": spell.party.code,
                "side": spell.party.side,
                "is_originator": spell.party.is_originator,
                "start_date": spell.start.day,
                "start_precision": spell.start.precision,
                "end_date": spell.end and spell.end.day,
                "end_precision": spell.end and spell.end.precision,
                "known_until": spell.known_until,
                "row_ref": spell.row.ref(*KEYS[file]),
            }


def dyad_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """For each directed pair and year of a war between states: that it is fought, that it begins, role and outcome."""
    for row in raw.rows("dyads"):
        year = row.needed_integer("year")
        fact = {
            "from_state": row.state("statea", "cow", year),
            "to_state": row.state("stateb", "cow", year),
            "year": year,
            "item": row.needed("warnum"),
            "row_ref": row.ref("warnum", "statea", "stateb", "year"),
        }
        yield fact | {"fact": "war", "value": 1.0}
        if row.needed_integer("warstrtyr") == year:
            yield fact | {"fact": "war_onset", "value": 1.0}
        for name, column in {"war_role": "warolea", "war_outcome": "outcomea"}.items():
            value = row.number(column)
            if value is not None:
                yield fact | {"fact": name, "value": value}


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """Names, outcomes and battle deaths of wars, of their sides and of each party."""
    for file in BLOCKS:
        known: set[tuple[str, str]] = set()
        for row in raw.rows(file):
            fact = {"core_table": "conflict_year", "item": row.needed("WarNum"), "row_ref": row.ref("WarNum")}
            for made in (
                *number_properties(row, fact, WAR_NUMBERS[file]),
                *text_properties(row, fact, WAR_TEXTS[file]),
            ):
                if (made["item"], made["property"]) not in known:  # a war with many parties has a row for each
                    known.add((made["item"], made["property"]))
                    yield made
            for part, column in zip("ab", SIDE_DEATHS.get(file, ()), strict=False):
                for made in number_properties(row, fact, {"side_battle_death_count": column}):
                    yield made | {"part": part}
    yield from _party_properties(raw)


def _party_properties(raw: Raw) -> Iterator[dict[str, Any]]:
    """What the files with a row for each party say of it."""
    for file in ("interstate", "extrasystemic"):
        for row in raw.rows(file):
            first_day = _dates(row, BLOCKS[file][0])[0].day
            for party in _PARTIES[file](row, first_day):
                item = f"{row.needed('WarNum')}/{party.side}/{party.code}"
                fact = {"core_table": "conflict_party", "item": item, "row_ref": row.ref(*KEYS[file])}
                if party.kind == "state":
                    yield from number_properties(row, fact, PARTY_NUMBERS)
                    yield from text_properties(row, fact, PARTY_TEXTS)
                else:
                    part = row.text("ccode1") or ""  # the state whose row counts the dead of the group
                    for made in number_properties(row, fact, {"battle_death_count": "NonStateDeaths"}):
                        yield made | {"part": part}


def _spells(raw: Raw, file: str) -> Iterator[Spell]:
    """Every spell of every party in a file."""
    for row in raw.rows(file):
        kind = file
        if file == "intrastate" and row.flag("Intnl"):
            kind = "internationalized_intrastate"
        known_until = INTRASTATE_HORIZON if file == "intrastate" else HORIZON
        for block in BLOCKS[file]:
            if row.text(block[0]) is None:
                continue
            start, end = _dates(row, block)
            for party in _PARTIES[file](row, start.day):
                yield Spell(row, kind, party, start, end, known_until)


def _dates(row: Row, block: tuple[str, ...]) -> tuple[Dated, Dated | None]:
    """Start and end of one spell; a war that was not over has no end."""
    year, month, day, *end_columns = block
    start = row.date_parts((year, month, day))
    if start is None:
        raise row.broken(year, "must not be missing")
    if row.plain(end_columns[0]).strip() == ONGOING:
        return start, None
    end = row.date_parts((end_columns[0], end_columns[1], end_columns[2]), edge="end")
    if end is None:
        raise row.broken(end_columns[0], "must not be missing")
    return start, end


def _interstate(row: Row, on: date) -> Iterator[Party]:
    side = "a" if row.needed("Side") == "1" else "b"
    yield Party(side, "state", row.state("ccode", "cow", on), row.needed("Initiator") == "1")


def _extrasystemic(row: Row, on: date) -> Iterator[Party]:
    for side, code, name in (("a", "ccode1", "SideA"), ("b", "ccode2", "SideB")):
        if row.text(code) is not None:
            yield Party(side, "state", row.state(code, "cow", on), row.flag("Initiator"))
        elif (group := row.text(name)) is not None:
            yield Party(side, "group", group, None)


def _nonstate(row: Row, _: date) -> Iterator[Party]:
    for column in ("SideA1", "SideA2", "SideB1", "SideB2", "SideB3", "SideB4", "SideB5"):
        side = column[4]
        if (group := row.text(column)) is not None:
            yield Party(side.lower(), "group", group, row.needed("Initiator") == side)


def _intrastate(row: Row, on: date) -> Iterator[Party]:
    starter = row.text("Initiator")
    for side, name in (("a", "SideA"), ("b", "SideB")):
        named = row.needed(name)
        other = row.needed("SideB" if side == "a" else "SideA")
        is_originator = starter == named if starter in (named, other) else None
        if side == "a" and row.text("CcodeA") is not None:
            yield Party(side, "state", row.state("CcodeA", "cow", on), is_originator)
        else:
            yield Party(side, "group", named, is_originator)


_PARTIES = {
    "interstate": _interstate,
    "extrasystemic": _extrasystemic,
    "nonstate": _nonstate,
    "intrastate": _intrastate,
}
