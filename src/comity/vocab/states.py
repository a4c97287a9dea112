"""Which state a code means on a date, which code a state has, and who is a member of a state system when.

The states, and the rules by which they are told apart, are in `state_list`; names are resolved in
`state_names`. This is the door to all three.

>>> find_state("Soviet Union", 1985), state_from_code("cow", 255, 1990), state_from_code("cow", 260, 1990)
('RUS', 'DEU', 'GFR')
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache

from comity.errors import BadRequest, UnknownWord
from comity.vocab.state_list import (
    MajorPower,
    Membership,
    State,
    Territory,
    Wording,
    major_powers,
    states,
    territories,
)
from comity.vocab.state_names import (
    Claim,
    day_span,
    find_state,
    find_territory,
    has_ended,
    holder_near,
    is_name,
    latest_holders,
    spell_claim,
    state,
)

__all__ = [
    "MajorPower",
    "Membership",
    "State",
    "Territory",
    "Wording",
    "code_of_state",
    "find_state",
    "find_territory",
    "is_name",
    "major_powers",
    "members",
    "membership_rows",
    "state",
    "state_from_abbreviation",
    "state_from_code",
    "states",
    "territories",
]

SYSTEMS = ("cow", "gw")


@lru_cache(maxsize=1 << 16)
def state_from_code(system: str, code: int, on: date | int) -> str:
    """The state that holds a system's code on a day; in a year, its holder on the code's last member day.

    Outside every spell of the code it is the last holder before, else the first after: sources code a state
    before and after it is a member (UN votes have Ukraine as CoW 369 from 1946).

    >>> state_from_code("gw", 678, 1989), state_from_code("gw", 678, 1990), state_from_code("cow", 369, 1950)
    ('YAR', 'YEM', 'UKR')
    """
    claims = _claims(system).get(code)
    if not claims:
        raise UnknownWord(f"{code!r} is no {system} state code")
    days = day_span(on)
    holders = latest_holders(claims, days)
    return next(iter(holders)) if holders else holder_near(claims, days)


def state_from_abbreviation(system: str, abbreviation: str, on: date | int) -> str:
    """The state that a system's abbreviation means, by the rule of `state_from_code`, unless it has ended.

    Only here do letters that ISO gives to another state mean what the system says.

    >>> state_from_abbreviation("cow", "AUS", 1995), find_state("AUS", 1995)
    ('AUT', 'AUS')
    """
    code = _code_by_abbreviation(system).get(abbreviation.strip().upper())
    if code is None:
        raise UnknownWord(f"{abbreviation!r} is no {system} abbreviation")
    found = state_from_code(system, code, on)
    if has_ended(found, day_span(on)):
        raise UnknownWord(f"{abbreviation!r} meant {found} in {system}, a state that had ended by {on}")
    return found


@lru_cache(maxsize=1 << 16)
def code_of_state(system: str, code: str, on: date | int) -> int | None:
    """The code of a state in a system on a day, or on its last member day of a year; else None.

    >>> code_of_state("gw", "DEU", 1939), code_of_state("gw", "DEU", 1991), code_of_state("gw", "DEU", 1960)
    (255, 260, None)
    """
    _check_system(system)
    first, last = day_span(on)
    spells = [spell for spell in state(code).memberships if spell.system == system]
    valid = [spell for spell in spells if spell.start <= last and (spell.end is None or spell.end >= first)]
    return max(valid, key=lambda spell: spell.start).code if valid else None


@lru_cache(maxsize=1 << 10)
def members(system: str, on: date | int, microstates: bool = True) -> tuple[str, ...]:
    """The member states of a system on a day or, for a year, on any day of it, in the order of their codes.

    A system code counts once in a year, for the state that holds it on the code's last member day: CoW 345 is
    SRB in 2006, not YUG too, so that the members of a year are the state-years CoW counts.
    `microstates=False` leaves out the microstates of Gleditsch and Ward; CoW marks none.

    >>> len(members("cow", 2016)), "YUG" in members("cow", 2006), "SRB" in members("cow", 2006)
    (195, False, True)
    """
    days = day_span(on)
    left_out = frozenset() if microstates else _microstate_codes(system)
    found = (latest_holders(claims, days) for code, claims in _claims(system).items() if code not in left_out)
    return tuple(sorted(set().union(*found)))


def membership_rows() -> list[dict[str, str | int | bool | date | None]]:
    """Every membership spell as a flat row, for joins in SQL; an open spell has no end date.

    >>> [row["end_date"] for row in membership_rows() if row["system"] == "gw" and row["state"] == "DDR"]
    [datetime.date(1990, 10, 2)]
    """
    return [
        {
            "system": spell.system,
            "code": spell.code,
            "state": each.code,
            "abbreviation": spell.abbreviation,
            "start_date": spell.start,
            "end_date": spell.end,
            "microstate": spell.microstate,
        }
        for each in states().values()
        for spell in each.memberships
    ]


def _check_system(system: str) -> None:
    """Refuse a system that is neither of the two."""
    if system not in SYSTEMS:
        raise BadRequest(f"system={system!r} is not one of {', '.join(SYSTEMS)}")


def _spells(system: str) -> Iterable[tuple[str, Membership]]:
    """Every spell in a system with its state."""
    _check_system(system)
    return ((each.code, spell) for each in states().values() for spell in each.memberships if spell.system == system)


@cache
def _claims(system: str) -> dict[int, list[Claim]]:
    """The holders of each code of a system."""
    found: dict[int, list[Claim]] = {}
    for code, spell in _spells(system):
        found.setdefault(spell.code, []).append(spell_claim(code, spell))
    return found


@cache
def _code_by_abbreviation(system: str) -> dict[str, int]:
    """The code that each abbreviation of a system stands for."""
    return {spell.abbreviation: spell.code for _, spell in _spells(system)}


@cache
def _microstate_codes(system: str) -> frozenset[int]:
    """The codes whose spells are all those of a microstate."""
    return frozenset(spell.code for _, spell in _spells(system) if spell.microstate)
