"""Seams: the years at which other lists begin to speak, so that a count before is not to be compared with one after."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.panel.occasions import told_of
from comity.vocab.words import vocabularies

if TYPE_CHECKING:
    from comity.panel.facts import Facts
    from comity.vocab.coverage import Coverage


@dataclass(frozen=True)
class Seam:
    """The first year in which other lists speak than the year before, and why in a few words."""

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
    """What a list is called where room is short: its initials where they are its identifier, else its identifier.

    >>> called("mme", "Multinational Military Exercises, 1980-2010"), called("register", "The comity register")
    ('MME', 'register')
    >>> called("sipri_arms", "SIPRI Arms Transfers"), called("us_leader_travel", "Travels of the President")
    ('SIPRI arms', 'US leader travel')
    """
    told = re.findall("[A-Za-z]+", title)
    if "".join(word[0] for word in told if word[0].isupper()).lower().startswith(source):
        return source.upper()
    first, *rest = source.split("_")
    known = {word.lower(): word for word in reversed(told)}
    return " ".join([first.upper() if len(first) == 2 else known.get(first, first), *rest])
