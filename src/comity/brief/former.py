"""States that have ended, and names of another time: how a brief on them is asked for."""

from __future__ import annotations

from datetime import date

from comity.errors import AmbiguousWord, UnknownWord
from comity.vocab.state_names import all_claims, find_state, has_ended
from comity.vocab.states import state


def state_on(word: str, on: date) -> str:
    """The code of the state that a word means on a day; UnknownWord says with which year it would mean one.

    A code and a name are read alike: neither means a state that has ended, whichever year is asked for.

    >>> state_on("DDR", date(1985, 12, 31)), state_on("East Germany", date(1985, 12, 31))
    ('DDR', 'DDR')
    """
    try:
        held = state(word)
    except UnknownWord:
        return _named(word, on)
    if not has_ended(held.code, (on, on)):
        return held.code
    end = max(spell.end for spell in held.memberships if spell.end is not None)
    raise UnknownWord(f"{word!r} ({held.name}) had ended by {on}, on {end}; add --year {last_full_year(end)}")


def title_on(word: str, code: str, on: date) -> str:
    """The name of a state as a heading has it: with that of the day before it, where its word is of a time now over.

    >>> title_on("SUN", "RUS", date(1980, 12, 31)), title_on("RUS", "RUS", date(1980, 12, 31))
    ('Soviet Union (Russia)', 'Russia')
    """
    held = state(code)
    ends = [claim.end for claim in all_claims(word) if claim.state == code and claim.start <= on <= claim.end]
    if not ends or max(ends) == date.max:
        return held.name
    then = (name.text for name in held.names if name.end and (name.start or date.min) <= on <= name.end)
    first = next(then, held.name)
    return held.name if first == held.name else f"{first} ({held.name})"


def last_full_year(end: date) -> int:
    """The last year at whose end something that ended on a day still stood.

    >>> last_full_year(date(1990, 10, 2)), last_full_year(date(1992, 12, 31))
    (1989, 1992)
    """
    return end.year if (end.month, end.day) == (12, 31) else end.year - 1


def _named(word: str, on: date) -> str:
    try:
        return find_state(word, on)
    except AmbiguousWord:
        raise
    except UnknownWord as error:
        ends = [claim.end for claim in all_claims(word) if claim.end < on]
        if not ends:
            raise
        raise UnknownWord(f"{error}; add --year {last_full_year(max(ends))}") from None
