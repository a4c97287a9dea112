"""How many states a record says are in a text, where it lists fewer of them by name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.brief.blocks import Parties
from comity.brief.facts import Fact, party_names
from comity.brief.subject import Subject

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_TENS = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: number for number, word in enumerate(_UNITS)} | {word: 30 + 10 * n for n, word in enumerate(_TENS)}
_COUNT = rf"\b(about )?(\d{{1,3}}|{'|'.join(_WORDS)})"
# States that are in a text, not those that voted for it; then a later count of them, which does not name them again.
_STATES = re.compile(rf"{_COUNT} (?:states|countries|governments|parties)\b(?! voted)", re.IGNORECASE)
_LATER = re.compile(rf"{_COUNT} (?:had signed|a year later|in [A-Z][a-z]+ \d{{4}})", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """A number of states as a record tells it; `is_about` says that it is not told exactly."""

    count: int
    is_about: bool

    def __str__(self) -> str:
        return f"about {self.count}" if self.is_about else str(self.count)


def said_count(summary: str | None) -> Said | None:
    """The largest number of states that a summary says are in a text; None where it says none.

    >>> str(said_count("Non-binding text of about sixty states on risk."))
    'about 60'
    >>> str(said_count("Open to states; 51 states supported it at the start and 74 a year later."))
    '74'
    >>> said_count("155 states voted for it.") is None
    True
    """
    told = summary or ""
    found = _STATES.findall(told)
    found += _LATER.findall(told) if found else []
    counts = [Said(_WORDS[word.lower()] if word.isalpha() else int(word), bool(about)) for about, word in found]
    return max(counts, key=lambda said: said.count, default=None)


def parties_told(subject: Subject, fact: Fact, limit: int) -> Parties | None:
    """The parties as a cell, and how many there are by the record where it lists fewer of them by name."""
    names = party_names(subject, fact.parties, limit)
    said = more_said(fact)
    if names is None or said is None:
        return names
    return Parties(f"{said} by the record: {names.names}", f"{said} by the record: {names.codes}")


def more_said(fact: Fact) -> Said | None:
    """How many states a record says are in a text, where that is more than it lists by name."""
    said = said_count(fact.row.get("summary"))
    return said if said is not None and said.count > len(fact.states) else None
