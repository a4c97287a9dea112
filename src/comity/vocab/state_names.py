"""From any spelling or code and a date to the one state meant, or to a plain refusal.

A text is read as a name, as a code of ours and as ISO alpha-3 and alpha-2, each in its window; then as a CoW
or Gleditsch-Ward abbreviation. `A (B)` and `A/B` mean the state that both parts can mean. A year means its
last day on which the text means anything at all, so `Germany` in 1990 is DEU. A name is also accepted up to
one year before and after its window, because sources are slow to learn a new name; only while its state is a
member, and only where no state has a better claim to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache

from comity.errors import AmbiguousWord, BadRequest, UnknownWord
from comity.vocab.names import code_key, name_key, near_names
from comity.vocab.state_list import Membership, State, states, territories

_GRACE = timedelta(days=366)
_PARTS = re.compile(r"[()/]+")

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Claim:
    """That a name, code or system code means a state from a first to a last day."""

    state: str
    text: str
    start: date
    end: date


def day_span(on: date | int | None) -> Days:
    """First and last day that an `on` asks about: one day, a whole year, or today.

    >>> day_span(1990)
    (datetime.date(1990, 1, 1), datetime.date(1990, 12, 31))
    """
    if isinstance(on, int):
        if not 1 <= on <= 9999:
            raise BadRequest(f"on={on} is not a year from 1 to 9999")
        return date(on, 1, 1), date(on, 12, 31)
    if on is None:
        on = datetime.now(UTC)
    day = on.date() if isinstance(on, datetime) else on
    return day, day


def latest_holders(claims: Iterable[Claim], days: Days) -> set[str]:
    """The states with a claim on the last of these days on which anybody has one."""
    valid = [claim for claim in claims if claim.start <= days[1] and claim.end >= days[0]]
    last = max((min(claim.end, days[1]) for claim in valid), default=days[1])
    return {claim.state for claim in valid if claim.start <= last <= claim.end}


def spell_claim(state_code: str, spell: Membership) -> Claim:
    """A membership spell as a claim to its system code."""
    return Claim(state_code, spell.abbreviation, spell.start, spell.end or date.max)


def state(code: str) -> State:
    """The state with this code of ours, whatever the date.

    >>> state("XKX").name
    'Kosovo'
    """
    found = states().get(code)
    if found is None:
        raise UnknownWord(f"{code!r} is no state code{_hint(code)}")
    return found


def find_state(text: str, on: date | int | None = None) -> str:
    """The state that a name or code means on a day, in a year (an int), or today.

    >>> find_state("Korea, Republic of"), find_state("Côte d’Ivoire"), find_state("FRG", 1970)
    ('KOR', 'CIV', 'GFR')
    """
    return _find(text, day_span(on), "today" if on is None else f"in {on}" if isinstance(on, int) else f"on {on}")


def find_territory(text: str) -> str:
    """The territory that a name or code means.

    >>> find_territory("Hong Kong SAR China")
    'HKG'
    """
    found = _territory(text)
    if found is None:
        near = near_names(name_key(text), _territory_keys())
        names = ", ".join(sorted({f"{territories()[c].name} ({c})" for c in (_territory_keys()[k] for k in near)}))
        raise UnknownWord(f"{text!r} is no territory comity knows{'; nearest: ' + names if near else ''}")
    return found


def is_name(text: str) -> bool:
    """Whether a text is, or ever was, a name or code of a state or a territory, whatever the date.

    >>> is_name("Zaire"), is_name("Congo"), is_name("Hong Kong"), is_name("Atlantis")
    (True, True, True, False)
    """
    return bool(_territory(text) or all_claims(text))


@cache
def claims_by_abbreviation() -> Mapping[str, list[Claim]]:
    """Every CoW and Gleditsch-Ward abbreviation, with the spells that bear it."""
    found: dict[str, list[Claim]] = {}
    for each in states().values():
        for spell in each.memberships:
            found.setdefault(code_key(spell.abbreviation), []).append(spell_claim(each.code, spell))
    return found


def holder_near(claims: Sequence[Claim], days: Days) -> str:
    """Who held a system code outside its spells: the last holder before, else the first one after."""
    before = [claim for claim in claims if claim.end < days[0]]
    if before:
        return max(before, key=lambda claim: claim.end).state
    return min(claims, key=lambda claim: claim.start).state


def nearest(text: str) -> list[str]:
    """The names nearest to a text, else the states its letters abbreviate, as `Samoa (WSM)`, best first.

    >>> nearest("Somoa"), nearest("FRN")
    (['Samoa (WSM)'], ['France (FRA)'])
    """
    keys = near_names(name_key(text), _name_claims())
    found = [(claim.text, claim.state) for key in keys for claim in _name_claims()[key][:1]]
    if not found:
        held = claims_by_abbreviation().get(code_key(text), []) or _code_claims().get(code_key(text), [])
        found = [(states()[claim.state].name, claim.state) for claim in held]
    return list(dict.fromkeys(f"{name} ({code})" for name, code in found))


@lru_cache(maxsize=1 << 16)
def _find(text: str, days: Days, when: str) -> str:
    """The one state a text means in these days; the whole of the rule, in its order."""
    found = _named(text, days) or _coded(text, days) or _in_parts(text, days) or _newly_or_lately_named(text, days)
    if not found:
        raise UnknownWord(_refusal(text, when))
    if len(found) > 1:
        meant = " or ".join(f"{code} ({states()[code].name})" for code in sorted(found))
        raise AmbiguousWord(f"{text!r} may mean {meant} {when}; say which")
    return next(iter(found))


def _named(text: str, days: Days) -> set[str]:
    """The states a name means."""
    return latest_holders(_name_claims().get(name_key(text), ()), days)


def _coded(text: str, days: Days) -> set[str]:
    """The states a code means: ISO and our own first, then the abbreviations of CoW and Gleditsch-Ward.

    Where ISO letters belong to a state that was not yet there, and were then the abbreviation of another,
    both are meant: CZE in 1980 is Czechia to ISO and Czechoslovakia to CoW. The ISO letters of a territory are
    no state's: MAC is Macao, and North Macedonia to CoW alone.
    """
    key = code_key(text)
    abbreviations = claims_by_abbreviation().get(key, [])
    iso = latest_holders(_code_claims().get(key, ()), days)
    held = latest_holders(abbreviations, days)
    if iso:
        return iso if all(_has_begun(code, days) for code in iso) else iso | held
    if key in _territory_codes():
        return set()
    if held or not abbreviations or key in _code_claims():
        return held
    near = holder_near(abbreviations, days)
    return set() if has_ended(near, days) else {near}


def _in_parts(text: str, days: Days) -> set[str]:
    """The states `A (B)` or `A/B` can mean, when both parts are names that some state has borne.

    Codes do not count as parts, so that `PRC (Israel/Palestine)`, a non-state group, is no state.
    """
    parts = [part for part in _PARTS.split(text) if part.strip()]
    if len(parts) != 2 or any(name_key(part) not in _name_claims() or len(code_key(part)) < 4 for part in parts):
        return set()
    first, second = (_named(part, days) for part in parts)
    return first & second or (first | second)


def _newly_or_lately_named(text: str, days: Days) -> set[str]:
    """The states a dated name means up to a year outside its window, if they are members in these days."""
    claims = _name_claims().get(name_key(text), ())
    wider = [
        Claim(c.state, c.text, _shifted(c.start, -_GRACE), _shifted(c.end, _GRACE))
        for c in claims
        if _is_member(c.state, days)
    ]
    return latest_holders(wider, days)


def _shifted(day: date, by: timedelta) -> date:
    """A day moved by so much, without leaving the calendar."""
    if day in (date.min, date.max):
        return day
    return day + by


def has_ended(code: str, days: Days) -> bool:
    """Whether a state has been a member, but never again from these days on."""
    spells = states()[code].memberships
    return bool(spells) and all(spell.end is not None and spell.end < days[0] for spell in spells)


def _has_begun(code: str, days: Days) -> bool:
    """Whether a state was there by these days; one that was never a member always was."""
    spells = states()[code].memberships
    return not spells or min(spell.start for spell in spells) <= days[1]


def _is_member(code: str, days: Days) -> bool:
    """Whether a state was a member of either system on any of these days."""
    spells = (spell_claim(code, spell) for spell in states()[code].memberships)
    return any(spell.start <= days[1] and spell.end >= days[0] for spell in spells)


def _territory(text: str) -> str | None:
    """The territory a text means, or none."""
    return _territory_codes().get(code_key(text)) or _territory_keys().get(name_key(text))


def _refusal(text: str, when: str) -> str:
    """Why a text means no state: a territory, a name of another time, or unknown with the nearest names."""
    territory = _territory(text)
    if territory:
        return f"{text!r} is a territory ({territory}), not a state"
    if claims := all_claims(text):
        windows = ", ".join(f"{claim.state} {_period(claim)}" for claim in claims)
        return f"{text!r} names no state {when}; it named {windows}"
    return f"{text!r} is no state comity knows{_hint(text)}"


def all_claims(text: str) -> Sequence[Claim]:
    """Every state that a text names at some time: as a name, else as a code, else as an abbreviation."""
    key = code_key(text)
    return _name_claims().get(name_key(text)) or _code_claims().get(key) or claims_by_abbreviation().get(key) or ()


def _hint(text: str) -> str:
    """The nearest spellings, ready to end an error line; nothing when none is near."""
    near = nearest(text)
    return f"; nearest: {', '.join(near)}" if near else ""


def _period(claim: Claim) -> str:
    """A window in words."""
    if claim.start == date.min:
        return f"until {claim.end}"
    if claim.end == date.max:
        return f"from {claim.start}"
    return f"from {claim.start} to {claim.end}"


@cache
def _name_claims() -> Mapping[str, list[Claim]]:
    """Every name of every state by its key."""
    found: dict[str, list[Claim]] = {}
    for each in states().values():
        for name in each.names:
            claim = Claim(each.code, name.text, name.start or date.min, name.end or date.max)
            found.setdefault(name_key(name.text), []).append(claim)
    return found


@cache
def _code_claims() -> Mapping[str, list[Claim]]:
    """Every code of ours and of ISO by its key."""
    found: dict[str, list[Claim]] = {}
    for each in states().values():
        for code in each.codes:
            claim = Claim(each.code, code.text, code.start or date.min, code.end or date.max)
            found.setdefault(code_key(code.text), []).append(claim)
    return found


@cache
def _territory_codes() -> Mapping[str, str]:
    """Every ISO code of every territory by its key."""
    return {code.lower(): each.code for each in territories().values() for code in (each.code, each.iso2)}


@cache
def _territory_keys() -> Mapping[str, str]:
    """Every name of every territory by its key."""
    return {name_key(name): each.code for each in territories().values() for name in each.names}
