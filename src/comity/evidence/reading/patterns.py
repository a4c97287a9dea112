"""Patterns of claims: groups of words that must all stand in a sentence for it to speak of the claim."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from comity.errors import RecordError
from comity.evidence.claim import claims

REACH = 260  # letters within which a sentence speaks of one thing; longer ones are lists and tables
Pattern = tuple[re.Pattern[str], ...]


@cache
def word_groups(file: Path = Path(__file__).parent / "words.yml") -> Mapping[str, Sequence[str]]:
    """Every group of words, by name; RecordError where a group is no list of words or goes round in a circle."""
    read = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 (text only)
    for name, words in read.items():
        if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
            raise RecordError(f"{file.name}: {name}: {str(words)[:40]!r} is no list of words")
    return {name: tuple(_spread(name, read, ())) for name in read}


def _spread(name: str, groups: Mapping[str, Sequence[str]], above: tuple[str, ...]) -> Sequence[str]:
    """The words of a group and of the groups it names."""
    if name not in groups:
        raise RecordError(f"words.yml: there is no group {name!r}")
    if name in above:
        raise RecordError(f"words.yml: {name}: names itself, by way of {above[-1]!r}")
    found: list[str] = []
    for word in groups[name]:
        named = re.fullmatch(r"<(\w+)>", word)
        found += _spread(named[1], groups, (*above, name)) if named else [word]
    return found


def compiled(pattern: str, groups: Mapping[str, Sequence[str]]) -> Pattern:
    """A pattern such as `<exercises> + nato|alliance` as one expression for each part, all of which must be found.

    >>> parts = compiled("<exercises> + trust$", {"exercises": ["drill"]})
    >>> [bool(part.search("Drills build trust")) for part in parts]
    [True, True]
    """
    parts = []
    for part in pattern.split(" + "):
        words: list[str] = []
        for word in part.strip().split("|"):
            named = re.fullmatch(r"<(\w+)>", word)
            if named and named[1] not in groups:
                raise RecordError(f"speaks_of: {pattern!r}: there is no group {named[1]!r}")
            words += groups[named[1]] if named else [word]
        parts.append(re.compile("|".join(map(_expression, words)), re.IGNORECASE))
    return tuple(parts)


def _expression(word: str) -> str:
    stem = word.removesuffix("$")
    return rf"\b{re.escape(stem)}" + (r"\b" if stem != word else "")


@cache
def claim_patterns() -> Mapping[str, tuple[Pattern, ...]]:
    """The patterns of every claim, by its number."""
    groups = word_groups()
    return {number: tuple(compiled(each, groups) for each in claim.speaks_of) for number, claim in claims().items()}


def spans(pattern: Pattern, sentence: str) -> list[tuple[int, int]]:
    """Where each part of a pattern is found, no two at one place nor far apart; empty where one part is missing."""
    found: list[tuple[int, int]] = []
    for part in sorted(pattern, key=lambda part: len(part.findall(sentence))):
        free = (match.span() for match in part.finditer(sentence))
        place = next((span for span in free if not any(_overlap(span, other) for other in found)), None)
        if place is None:
            return []
        found.append(place)
    reach = max(end for _, end in found) - min(begin for begin, _ in found)
    return found if reach <= REACH else []


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
