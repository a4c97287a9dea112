"""States that have ended, and names of another time: how a brief on them is asked for."""

from __future__ import annotations

from datetime import date

from comity.errors import AmbiguousWord, UnknownWord
from comity.vocab.state_names import all_claims, find_state, has_ended
from comity.vocab.states import state


def state_on(word: str, on: date, asked: int | None = None) -> str:
    """The code of the state that a word means on a day; UnknownWord says with which year it would mean one.

    Without a year asked for, a code and a name are read alike: neither means a state that has ended. With one, a code
    means its state whatever the day.

    >>> state_on("DDR", date(1985, 12, 31)), state_on("East Germany", date(1985, 12, 31))
    ('DDR', 'DDR')
    >>> state_on("DDR", date(2005, 12, 31), asked=2005)
    'DDR'
    """
    try:
        held = state(word)
    except UnknownWord:
        return _named(word, on)
    if asked is not None or not has_ended(held.code, (on, on)):
        return held.code
    end = max(spell.end for spell in held.memberships if spell.end is not None)
    raise UnknownWord(f"{word!r} ({held.name}) had ended by {on}, on {end}; add --year {last_full_year(end)}")


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
