"""How two spellings of one name are seen to be the same, and which names lie near an unknown one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Letters that Unicode does not split into a letter and an accent.
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "a"})
_APOSTROPHES = re.compile(r"['’‘ʻʼ`´′]")
_SINGLE_LETTER_STOP = re.compile(r"(?<=\b\w)\.")
_SEPARATORS = re.compile(r"[\W_]+")
_UNSAID = frozenset({"the", "of", "and"})
_SHORT_FORMS = {"st": "saint", "rep": "republic", "dem": "democratic", "fed": "federal"}


def name_key(text: str) -> str:
    """What a name says once accents, case, punctuation, word order and `the`, `of`, `and` are taken away.

    Word order does not count, so that a comma inversion needs no rule of its own.

    >>> name_key("Korea, Republic of") == name_key("the REPUBLIC of Korea")
    True
    >>> name_key("St. Kitts & Nevis")
    'kitts nevis saint'
    """
    words = [_SHORT_FORMS.get(word, word) for word in _words(text)]
    return " ".join(sorted(word for word in words if word not in _UNSAID))


def code_key(text: str) -> str:
    """A code in the one form it is looked up by: no accents, no case, no punctuation.

    >>> code_key(" U.s.a. ")
    'usa'
    """
    return "".join(_words(text))


def near_names(key: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The known keys most like this one, best first; none when nothing is near.

    >>> near_names("somoa", ["samoa", "sweden"])
    ['samoa']
    """
    return list(_near(key, tuple(known), count))


# A source names a region or a total in every year, and each time the refusal is heard and the row passed over.
@lru_cache(maxsize=1 << 10)
def _near(key: str, known: tuple[str, ...], count: int) -> tuple[str, ...]:
    """The known keys most like this one."""
    import difflib

    return tuple(difflib.get_close_matches(key, known, n=count, cutoff=0.7))


def _words(text: str) -> list[str]:
    """The words of a text in lower case without accents; initials such as `U. S. A.` become one word."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        text = "".join(letter for letter in text if not unicodedata.combining(letter)).translate(_LETTERS)
    text = _SINGLE_LETTER_STOP.sub("", _APOSTROPHES.sub("", text.lower()))
    words: list[str] = []
    open_initials = False
    for word in _SEPARATORS.split(text):
        if not word:
            continue
        if len(word) == 1 and open_initials:
            words[-1] += word
        else:
            words.append(word)
        open_initials = len(word) == 1
    return words
