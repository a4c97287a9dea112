"""The list of states as it is written in `states/*.yml`, read once and only when asked for.

**A state** is one continuous member of the state system. Names, ISO codes and system codes are its dated
attributes: RUS is one state from 1816 through the Soviet Union. A state is split only where the Correlates of
War project (`cow`) or Gleditsch and Ward (`gw`) split it: West and East Germany, the Yemens, the Viet Nams
and the Koreas, Yugoslavia between two Serbias, Czechoslovakia, Austria-Hungary, Zanzibar, Gran Colombia, the
German and Italian states.

**Its code** is the first of these that applies:

1. its ISO 3166-1 alpha-3 code (XKX, free for users in ISO, for Kosovo);
2. its withdrawn ISO 3166-3 alpha-3 code: DDR, CSK, YUG, YMD;
3. its CoW, then its GW abbreviation, unless ISO gives those letters to another state: HAN, AUH, ZAN, GCL,
   TBT, RVN;
4. a choice of ours: GFR and YAR (also their CoW abbreviations; ISO used DEU and YEM for them), JOS (Korea,
   called Joseon, until 1910), ANN (Viet Nam, called Annam, until 1893), HAW (Hawaii until 1898).

**Where the lists keep one number through a change of state**, the spell is cut here. CoW 345 and its GW
counterparts are SRB to 1918-11-30, YUG from 1918-12-01 to 2006-06-04, SRB after. GW 260 is GFR to 1990-10-02
and DEU after. GW 678 is YAR to 1990-05-21 and YEM after. A spell that was open when a list was released is
open here.

**A name** without a window always means its state; a state that has ended bears its names and codes while it
lasted. A name has a window when it once meant another state (Germany, Yemen, Viet Nam, Serbia), or belongs to
a time that is over (Soviet Union, Zaire, Ceylon). Replaced names that published data still use stay open
(Burma, Swaziland, Macedonia, Cape Verde, Turkey). "Serbia" from 1992-04-27 to 2006-06-04 means YUG, as data
that use the names of today mean it. "Republic of the Congo" means COG always, though both Congos bore that
name from 1960 to 1964.

**States without membership** in either list are here when they take part in engagements (PSE, VAT, COK, NIU,
ESH, HAW); `status` says in neutral words what is contested. Dependent territories are in a list of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

_FOLDER = Path(__file__).parent / "states"
_REGIONS = (
    "africa_north_west",
    "africa_south_east",
    "americas",
    "asia",
    "europe_east",
    "europe_west",
    "former",
    "middle_east",
    "oceania",
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A name or code, and the first and last day on which it means its state (None: no such limit)."""

    text: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """One unbroken spell of a state in a state system; without an end it is still a member.

    `microstate` marks the spells of the microstate list of Gleditsch and Ward; CoW draws no such line.
    """

    system: str
    code: int
    abbreviation: str
    start: date
    end: date | None
    microstate: bool


@dataclass(frozen=True, slots=True)
class State:
    """One continuous member of the state system: its code, today's short name, and its dated attributes.

    The ISO codes are today's, or the last ones of a state that has ended; `codes` has all of them, dated.
    """

    code: str
    name: str
    iso2: str | None
    iso3: str | None
    numeric: str | None
    memberships: tuple[Membership, ...]
    names: tuple[Wording, ...]
    codes: tuple[Wording, ...]
    status: str | None


@dataclass(frozen=True, slots=True)
class Territory:
    """A dependent territory that can take part in an engagement without being a state."""

    code: str
    name: str
    iso2: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MajorPower:
    """One unbroken spell of a state as a major power, by CoW; without an end it still is one."""

    state: str
    start: date
    end: date | None


@cache
def states() -> Mapping[str, State]:
    """Every state there has been since 1816, by code, in the order of the codes.

    >>> states()["RUS"].name
    'Russia'
    """
    found = {code: _state(code, entry) for region in _REGIONS for code, entry in _entries(region).items()}
    return MappingProxyType(dict(sorted(found.items())))


@cache
def territories() -> Mapping[str, Territory]:
    """The dependent territories, by code.

    >>> territories()["HKG"].name
    'Hong Kong'
    """
    return MappingProxyType(
        {code: Territory(code, row[1], row[0], tuple(row[1:])) for code, row in _entries("territories").items()}
    )


@cache
def major_powers() -> tuple[MajorPower, ...]:
    """The spells of the major powers, by state and date.

    >>> [power.start.year for power in major_powers() if power.state == "JPN"]
    [1895, 1991]
    """
    spells = []
    for code, windows in sorted(_entries("major_powers").items()):
        for window in windows:
            start, end = _window(window)
            assert start is not None
            spells.append(MajorPower(code, start, end))
    return tuple(spells)


def _entries(name: str) -> dict[str, Any]:
    """One file of the list, every scalar a plain string: YAML 1.1 would read NO as false and 044 as 36."""
    import yaml

    with (_FOLDER / f"{name}.yml").open(encoding="utf-8") as file:
        entries: dict[str, Any] = yaml.load(file, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506
    return entries


def _state(code: str, entry: dict[str, Any]) -> State:
    """A state from its entry."""
    memberships = tuple(_membership(system, text) for system in ("cow", "gw") for text in entry.get(system, ()))
    life = _life(memberships)
    iso2, iso3, numeric = (*entry.get("iso", ()), None, None, None)[:3]
    return State(
        code=code,
        name=entry["name"],
        iso2=iso2,
        iso3=iso3,
        numeric=numeric,
        memberships=memberships,
        names=_wordings(entry.get("names", ()), [entry["name"]], life),
        codes=_wordings(entry.get("codes", ()), filter(None, dict.fromkeys((code, iso3, iso2))), life),
        status=entry.get("status"),
    )


def _wordings(
    written: Iterable[str], implied: Iterable[str], life: tuple[date | None, date | None]
) -> tuple[Wording, ...]:
    """The dated wordings of an entry: first those its other fields imply, unless they are written out."""
    stated = []
    for item in written:
        text, _, window = item.partition(" @ ")
        stated.append(Wording(text, *(_window(window) if window else life)))
    texts = {wording.text for wording in stated}
    return (*(Wording(text, *life) for text in implied if text not in texts), *stated)


def _membership(system: str, text: str) -> Membership:
    """A spell from `CODE ABBREVIATION FIRST..LAST`, with `microstate` after it where the list says so."""
    code, abbreviation, window, *flag = text.split(" ")
    start, end = _window(window)
    assert start is not None
    return Membership(system, int(code), abbreviation, start, end, flag == ["microstate"])


def _window(text: str) -> tuple[date | None, date | None]:
    """First and last day from `FIRST..LAST`; an absent one is None."""
    start, _, end = text.partition("..")
    return date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None


def _life(memberships: tuple[Membership, ...]) -> tuple[date | None, date | None]:
    """First and last day of a state that has ended; no limits for any other."""
    ends = [spell.end for spell in memberships]
    known = [end for end in ends if end]
    if not ends or len(known) < len(ends):
        return None, None
    return min(spell.start for spell in memberships), max(known)
