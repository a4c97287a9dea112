"""Bases and forces that several rows list, each place once; and places of an undated list that were given up since.

The register tells of some places when forces came and left. A published list has no days, and names many more places
in its own spelling. A place of the list that the register tells of is shown by the register's row alone; one from
which the register says the same forces have gone since the list was made is not shown.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from comity.brief.facts import Fact
from comity.errors import UnknownWord
from comity.vocab.names import name_key
from comity.vocab.register import SOURCE as REGISTER
from comity.vocab.state_names import find_state, is_name, nearest
from comity.vocab.states import state

Site = tuple[Fact, tuple[Fact, ...]]  # a row, and those of others that list the same place
NEAR_DEGREES = 0.5  # about 50 km: two positions of one base
CLOSE_DEGREES = 0.1  # of two entries of one base, of which one names the town beside it
SAME_DEGREES = 0.01
ALIKE = 0.9  # how like two spellings of one place must be, where the positions are the same
_WHAT = """ab afb air airbase airfield airport al army and aviation base bases camp catc center centre coast comfleact
    corps facility fleet force forces french german international location main marine mcas military naf nas naval navy
    nb operating russian soldiers site sites space station test training troops us usag with in at on for"""
_GENERIC = frozenset(_WHAT.split())  # what stands there and whose it is, not where
_KINDS = {"is_base": "bases", "is_lilypad": "small sites", "is_funded_site": "sites paid for"}  # by the list's property
_SPACE = re.compile(r"\s+")
_NO_WORDS = frozenset({""})  # fits no name


def folded(standing: Sequence[Fact], ended: Sequence[Fact]) -> list[Site]:
    """Each place once, the heaviest first: by people where their number is known, then the register's, then by name.

    `ended` are the register's rows of forces that left, of whatever day.
    """
    gone, held = _by_sides(ended), _by_sides(standing)
    found = [site for sides, facts in held.items() for site in _folded(facts, gone.get(sides, ()))]
    return sorted(found, key=lambda site: _weight(site[0]))


def _folded(standing: Sequence[Fact], ended: Sequence[Fact]) -> list[Site]:
    """Each place of one state's forces in another once."""
    found: list[tuple[Fact, list[Fact]]] = [(fact, []) for fact in standing if fact.source == REGISTER]
    for fact in (fact for fact in standing if fact.source != REGISTER):
        if any(_left_since(fact, gone) for gone in ended):
            continue
        twin = next((each for each in found if _is_same(each[0], fact)), None)
        if twin is None:
            found.append((fact, []))
        else:
            twin[1].append(fact)
    return [(fact, tuple(twins)) for fact, twins in found]


def _by_sides(facts: Iterable[Fact]) -> dict[tuple[str | None, str | None], list[Fact]]:
    """Rows by whose forces stand in which state; where either is not known, each alone, for it is like no other."""
    held: dict[tuple[str | None, str | None], list[Fact]] = {}
    for fact in facts:
        sides = fact["from_state"], fact["to_state"]
        held.setdefault(sides if None not in sides else (fact.source, fact.item), []).append(fact)
    return held


def site_name(fact: Fact) -> str:
    r"""The name of a place: without the marks of a broken file, and without the name of its state at the end.

    >>> row = {"name": "Osan\tSouth Korea", "to_state": "KOR", "known_until": date(2018, 12, 31)}
    >>> site_name(Fact("presence", "list", "x", row))
    'Osan'
    """
    words = _SPACE.sub(" ", fact["name"]).strip().split(" ")
    for count in (3, 2, 1):
        rest = " ".join(words[:-count]).rstrip(" ,")
        if fact.source != REGISTER and rest and _means(" ".join(words[-count:]), fact["to_state"], fact["known_until"]):
            return rest
    return " ".join(words)


def site_location(fact: Fact) -> str | None:
    """Where a place is, with the name of its state spelled as everywhere; a territory keeps the name the list gives.

    >>> row = {"location": "NIger", "to_state": "NER", "known_until": date(2018, 12, 31)}
    >>> site_location(Fact("presence", "list", "x", row))
    'Niger'
    """
    text: str | None = fact["location"]
    code = fact["to_state"]
    if text is None or code is None or fact.source == REGISTER:
        return text
    is_misspelled = not is_name(text) and nearest(text)[:1] == [f"{state(code).name} ({code})"]
    return state(code).name if is_misspelled or _means(text, code, fact["known_until"]) else text


def is_undated(fact: Fact) -> bool:
    """Whether a place is only named by a list without days, which says neither that it stands nor when it was checked.

    >>> is_undated(Fact("presence", "list", "x", {"start_date": None, "end_date": None}))
    True
    """
    return fact.source != REGISTER and fact["start_date"] is None and fact["end_date"] is None


def site_kind(fact: Fact) -> str:
    """What a list says its places of this kind are, as the head of a group; empty where it says nothing.

    >>> site_kind(Fact("presence", "list", "x", {"site_kinds": ["is_lilypad"]}))
    'small sites'
    """
    held = fact.row.get("site_kinds") or ()
    return next((word for name, word in _KINDS.items() if name in held), "")


def last_edited(facts: Iterable[Fact]) -> str:
    """When lists without days were last brought up to date, in years.

    >>> last_edited([Fact("presence", "list", "x", {"known_until": date(2018, 12, 31)})])
    '2018'
    """
    years = sorted({fact["known_until"].year for fact in facts})
    return " and ".join(str(year) for year in years)


def _weight(fact: Fact) -> tuple[int, bool, str, str, str]:
    count = fact["personnel_count"]
    return -(count or 0), fact.source != REGISTER, site_name(fact), fact.source, fact.item


def _left_since(fact: Fact, gone: Fact) -> bool:
    """Whether the same forces left a place, or its whole state, after the list was last brought up to date."""
    end: date | None = gone["end_date"]
    if end is None or end <= fact["known_until"]:
        return False
    if _is_of_whole_state(gone):
        return True
    return _is_near(fact, gone) and bool(_first_words(fact) <= _words(gone["name"]) | _words(gone["location"] or ""))


def _is_of_whole_state(fact: Fact) -> bool:
    """Whether a row is about forces anywhere in a state: it names no other place."""
    place: str = fact["location"] or ""
    return _means(place, fact["to_state"], fact["known_until"]) and not _place_words(fact)


def _is_same(one: Fact, fact: Fact) -> bool:
    """Whether a row of the register and one of a list, or two of one list, are of one place, by their names."""
    if one.source != REGISTER:
        return one.source == fact.source and _is_double(one, fact)
    if not _is_near(one, fact):
        return False
    words, first = _place_words(one), _first_words(fact)
    return bool(words) and (words <= _place_words(fact) or first <= words)


def _is_double(one: Fact, other: Fact) -> bool:
    """Whether a list has one place twice: by one name, or at the same point in the same words or nearly so."""
    if not _is_near(one, other):
        return False
    have_town = ["," in each["name"] for each in (one, other)]
    is_near = all(have_town) or (any(have_town) and _is_near(one, other, CLOSE_DEGREES))
    if is_near and _first_words(one) == _first_words(other) != _NO_WORDS:
        return True
    if not _is_near(one, other, SAME_DEGREES):
        return False
    alike = difflib.SequenceMatcher(None, site_name(one).casefold(), site_name(other).casefold()).ratio() >= ALIKE
    return _place_words(one) == _place_words(other) != frozenset() or (alike and one["latitude"] is not None)


def _is_near(one: Fact, other: Fact, degrees: float = NEAR_DEGREES) -> bool:
    """Whether two positions are near each other; one that is not known is no bar."""
    pairs = [(one[axis], other[axis]) for axis in ("latitude", "longitude")]
    return all(a is None or b is None or abs(a - b) <= degrees for a, b in pairs)


def _place_words(fact: Fact) -> frozenset[str]:
    """The words of a name that tell the place: not what stands there, whose it is, or in which state it lies."""
    codes = [fact[side] for side in ("from_state", "to_state") if fact[side] is not None]
    return _words(site_name(fact)) - frozenset().union(*(_words(state(code).name) for code in codes))


def _first_words(fact: Fact) -> frozenset[str]:
    """The words of a place before the town that follows it."""
    words = _words(site_name(fact).partition(",")[0]) & _place_words(fact)
    return words or _NO_WORDS


@lru_cache(maxsize=1 << 12)
def _words(text: str) -> frozenset[str]:
    return frozenset(name_key(text).split()) - _GENERIC


@lru_cache(maxsize=1 << 12)
def _means(text: str, code: str | None, on: date) -> bool:
    """Whether a text is a name of a state on a day."""
    if not is_name(text):  # to refuse a word takes long: it looks for names like it
        return False
    try:
        return find_state(text, on) == code
    except UnknownWord:
        return False


def of_all(sites: Iterable[Site]) -> list[Fact]:
    """The rows of some places with those of others that list the same, as they are cited."""
    return [fact for one, others in sites for fact in (one, *others)]
