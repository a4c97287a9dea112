"""The capital of every state over time and where it lies, as written in `capitals.yml`; facts gathered by us.

**A capital** is here the seat of government: the city where the head of government and most ministries work. It is
mostly the capital that the law names; where the two differ, the seat stands (The Hague, La Paz since 1899, Abidjan,
Bonn until 1999, Tokyo, then called Edo, before 1868). Where a government works in two cities, or moves with its
ruler, the city that law or custom calls the capital stands (Porto-Novo, Fez), and a remark in the list says so. The
list records where governments worked; it says nothing about the status of a city or a state.

**A move** counts when the government was away from the capital for a year or longer. Shorter removals (Bordeaux in
1914, Tromsø in 1940) are left out. Of rival governments, the one that most other states recognized counts. A
government abroad is not recorded: meanwhile the capital of its law stands (Warsaw from 1939 to 1945).

**A start** is a day where the day is known, else a month or a year, which mean their first day, as `dated` reads
them. It is the day the government began to work there; for a gradual move, the day the head of government moved or the
law took effect. A state's first capital begins with its first day as a member of either state system, and the
last one ends with the state. Between two spells of membership the list goes on.

**A city** bears one name, the usual English one of today, whatever it was called then: Saint Petersburg, Istanbul,
Oslo, Ho Chi Minh City. Its coordinates are those of its center, in degrees of WGS 84 written to four decimals;
that a point is written exactly does not mean that a city is one.

The list speaks of 1816 to the beginning of 2026. States that were never members have no entry.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from comity.vocab.dates import dated
from comity.vocab.states import state, states

_FILE = Path(__file__).parent / "capitals.yml"
_NEEDED = frozenset({"city", "latitude", "longitude"})


@dataclass(frozen=True, slots=True)
class Capital:
    """One city as the capital of one state, from its first to its last day; without an end it still is.

    Latitude and longitude are the city's center in decimal degrees, north and east positive.
    """

    state: str
    city: str
    start: date
    end: date | None
    latitude: float
    longitude: float


@cache
def capitals() -> tuple[Capital, ...]:
    """Every capital of every state that was ever a member of a state system, by state and start.

    >>> [(each.city, each.start.year) for each in capitals() if each.state == "PAK"]
    [('Karachi', 1947), ('Rawalpindi', 1959), ('Islamabad', 1967)]
    """
    return read_capitals(_FILE.read_text(encoding="utf-8"))


def capital_of(code: str, on: date) -> Capital | None:
    """The capital of a state on a day; None before the state began, after it ended, or if it was never a member.

    >>> [capital_of("DEU", date(year, 1, 1)).city for year in (1900, 1995, 2000)]
    ['Berlin', 'Bonn', 'Berlin']
    """
    held = _by_state().get(state(code).code, ())
    place = bisect_right(held, on, key=lambda each: each.start) - 1
    if place < 0:
        return None
    found = held[place]
    return found if found.end is None or on <= found.end else None


def read_capitals(text: str) -> tuple[Capital, ...]:
    """The capitals that a list in the form of `capitals.yml` holds; a list that breaks its rules is refused.

    It must have exactly the states that were ever members, each once and in order, and of each the cities in order.
    """
    import yaml

    # Every scalar is a plain string, as in the list of states; read as nodes, so that a repeated state is seen.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(text)
    node = loader.get_single_node()
    written = [key.value for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    lives = _lives()
    if written != sorted(lives):
        strange = ", ".join(sorted(set(written) ^ set(lives))) or "repeated or out of order"
        raise ValueError(f"capitals: the states are not those that were ever members, once and in order: {strange}")
    entries: dict[str, Any] = loader.construct_document(node)
    return tuple(capital for code, rows in entries.items() for capital in _spans(code, rows, *lives[code]))


def _spans(code: str, rows: Any, begun: date, ended: date | None) -> list[Capital]:
    """The capitals of one state, from its first day as a member to its last."""
    if not isinstance(rows, list) or not rows:
        raise ValueError(f"capitals: {code} has no list of cities")
    for place, row in enumerate(rows):
        _check_keys(f"{code}, city {place + 1}", row, _NEEDED | {"start"} if place else _NEEDED)
    starts = [begun, *(dated(row["start"]).day for row in rows[1:])]
    if any(one >= other for one, other in pairwise(starts)) or (ended and starts[-1] > ended):
        raise ValueError(f"capitals: {code}: the starts are not in order within the life of the state")
    ends = [*(start - timedelta(days=1) for start in starts[1:]), ended]
    if any(one["city"] == other["city"] for one, other in pairwise(rows)):
        raise ValueError(f"capitals: {code}: a city follows itself")
    return [_capital(code, row, start, end) for row, start, end in zip(rows, starts, ends, strict=True)]


def _check_keys(place: str, row: Any, wanted: frozenset[str]) -> None:
    """Refuse a city with a key too many or too few; the first of a state has no start."""
    if not isinstance(row, dict) or set(row) != wanted:
        raise ValueError(f"capitals: {place}: {row!r} does not have exactly the keys {', '.join(sorted(wanted))}")


def _capital(code: str, row: Mapping[str, str], start: date, end: date | None) -> Capital:
    """One capital; its name must not be empty and its coordinates must lie on the globe."""
    latitude, longitude = _degrees(code, row["latitude"], 90), _degrees(code, row["longitude"], 180)
    if not row["city"].strip():
        raise ValueError(f"capitals: {code}: a city has no name")
    return Capital(code, row["city"], start, end, latitude, longitude)


def _degrees(code: str, text: str, most: int) -> float:
    """Decimal degrees, written with four decimals."""
    whole, _, decimals = text.partition(".")
    if len(decimals) != 4 or not (whole.removeprefix("-") + decimals).isdecimal() or abs(float(text)) > most:
        raise ValueError(f"capitals: {code}: {text!r} is no number from -{most} to {most} with four decimals")
    return float(text)


def _lives() -> dict[str, tuple[date, date | None]]:
    """First and last day as a member of either system, of each state that was ever one; None: still a member."""
    found: dict[str, tuple[date, date | None]] = {}
    for code, each in states().items():
        ends = [spell.end for spell in each.memberships]
        if ends:
            last = None if None in ends else max(end for end in ends if end)
            found[code] = (min(spell.start for spell in each.memberships), last)
    return found


@cache
def _by_state() -> Mapping[str, tuple[Capital, ...]]:
    """The capitals of each state, in order."""
    held: dict[str, list[Capital]] = {}
    for each in capitals():
        held.setdefault(each.state, []).append(each)
    return MappingProxyType({code: tuple(each) for code, each in held.items()})
