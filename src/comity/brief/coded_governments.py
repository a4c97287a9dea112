"""Whom a list of armed conflict codes as the government of a state, where others recognize another."""

from __future__ import annotations

from comity.brief.wording import with_article

# From a year on the list codes those who hold the capital, and troops came at the call of the recognized government.
_CODED = {"YEM": (2015, "the Houthi authorities in Sanaa, whom the list codes as the government")}


def is_coded(code: str, year: int) -> bool:
    """Whether in a year the list codes others as the government of a state than those whom states recognize.

    >>> is_coded("LBY", 2019), is_coded("YEM", 2016), is_coded("YEM", 2009)
    (False, True, False)
    """
    return code in _CODED and year >= _CODED[code][0]


def against_whom(code: str, year: int) -> str:
    """Against whom troops were sent in a year: the government of a state, or whoever the list codes as that.

    >>> against_whom("LBY", 2019), against_whom("YEM", 2016)[:41]
    ('against the government of Libya', 'in Yemen, against the Houthi authorities ')
    """
    since, whom = _CODED.get(code, (year + 1, ""))
    if year >= since:
        return f"in {with_article(code)}, against {whom}"
    return f"against the government of {with_article(code)}"


def troops_words(code: str, year: int) -> str:
    """Troops sent against a state, told of the two states.

    >>> troops_words("LBY", 2019), troops_words("YEM", 2016)[:34]
    ('troops of one against the other', 'troops of one against the Houthi a')
    """
    since, whom = _CODED.get(code, (year + 1, ""))
    return f"troops of one against {whom}," if year >= since else "troops of one against the other"
