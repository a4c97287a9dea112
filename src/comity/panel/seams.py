"""Seams: the years at which other lists begin to speak, so that a count before is not to be compared with one after."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.panel.occasions import told_of
from comity.vocab.register import SOURCE
from comity.vocab.words import vocabularies

if TYPE_CHECKING:
    from comity.panel.facts import Facts
    from comity.vocab.coverage import Coverage

_LEAST_WORDS = 2


@dataclass(frozen=True)
class Seam:
    """The first year in which other lists speak than the year before, and why in words."""

    year: int
    why: str
    from_sources: tuple[str, ...]
    to_sources: tuple[str, ...]


def seams(
    store: Facts, kind: str, states: Collection[str] = (), sources: Collection[str] | None = None
) -> tuple[Seam, ...]:
    """The seams of an instrument, or of another kind of fact that sources say they know.

    With states given, a list limited to other states does not speak; with sources given, no other list does. A year
    that a list knows in part is one in which it speaks.
    """
    kinds = told_of(kind).kinds if kind in vocabularies()["instruments"] else (kind,)
    spoken = [
        (source, known)
        for each in kinds
        for source, known in store.coverage(each)
        if (sources is None or source in sources) and _speaks(known, states)
    ]
    if not spoken:
        return ()
    first, last = min(known.start.year for _, known in spoken), max(known.end.year for _, known in spoken)
    names = {source: called(source, about.title) for source, about in store.abouts().items()}
    by_year = {
        year: tuple(sorted({source for source, known in spoken if known.start.year <= year <= known.end.year}))
        for year in range(first, last + 1)
    }
    return tuple(
        Seam(year, _why(by_year[year - 1], by_year[year], names), by_year[year - 1], by_year[year])
        for year in range(first + 1, last + 1)
        if by_year[year] != by_year[year - 1]
    )


def _speaks(known: Coverage, states: Collection[str]) -> bool:
    return not states or not known.states or bool(set(known.states) & set(states))


def _why(before: tuple[str, ...], after: tuple[str, ...], names: dict[str, str]) -> str:
    ended = [names[source] for source in before if source not in after]
    begun = [names[source] for source in after if source not in before]
    stay = [names[source] for source in after if source in before]
    parts = [f"{_joined(ended)} {'end' if len(ended) > 1 else 'ends'}"] if ended else []
    parts += [f"{_joined(begun)} {'begin' if len(begun) > 1 else 'begins'}"] if begun else []
    if not begun:
        left = f"{len(stay)} lists" if len(stay) > 1 else _joined(stay or ["nothing"])
        parts.append(f"{left} from here")
    return "; ".join(parts)


def _joined(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def called(source: str, title: str) -> str:
    """What a list is called in a sentence: its title, without what only tells it from its like, in quotation marks.

    >>> called("mme", "Multinational Military Exercises, 1980-2010"), called("register", "The comity register")
    ('“Multinational Military Exercises”', 'the register')
    >>> called("tally", "Visits, talks and calls (Invented)")
    '“Visits, talks and calls”'
    """
    if source == SOURCE:
        return "the register"
    whole = title.partition(" (")[0] or source
    head, _, rest = whole.partition(", ")
    # Cut short, the first of a list of things would stand for all of them.
    is_name = len(head.split()) > _LEAST_WORDS and not re.match(r"to \d{4}", rest)
    return f"“{head if is_name else whole}”"
