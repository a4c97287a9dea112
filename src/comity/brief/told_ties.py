"""What became of a tie between two spans of years: gone, no longer listed, or not known because a list ended.

That a list ends is never told as the end of a tie. A tie is gone only where a list that holds itself complete says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.brief.subject import Subject

if TYPE_CHECKING:
    from comity.vocab.coverage import Coverage

Years = tuple[int, int]
# The kinds of fact of which a layer is made, as sources say what they know.
KINDS: Mapping[str, tuple[str, ...]] = {
    "defense": ("alliance", "alliance_obligation"),
    "alliance": ("alliance", "alliance_obligation"),
    "agreement": ("agreement",),
    "exercise": ("exercise",),
    "visit": ("visit",),
    "arms": ("arms_transfer",),
    "presence": ("presence", "base", "troops"),
}
# One year of a span that is known is enough for these; of the others the years are added up.
LASTING = ("defense", "alliance", "agreement", "presence")


@dataclass(frozen=True)
class Fate:
    """The partners that are not known to be tied any more, by what is known of it; `is_known` says that all is."""

    gone: tuple[str, ...]
    unlisted: tuple[str, ...]
    unknown: tuple[str, ...]
    is_known: bool


def fate(lost: Mapping[str, bool], layer: str, sources_reach: bool) -> Fate:
    """What became of the partners of the years before that are not partners of the years after.

    `lost` says of each whether some year of the later ones is known to be without a tie. That is the end of a thing
    that lasts, which is not over for not being listed again. Of what happens it says nothing of the other years, unless
    the lists reach them all; a list that reaches them and says nothing is told as that.

    >>> fate({"GHA": False}, "alliance", sources_reach=False).unknown
    ('GHA',)
    >>> fate({"GHA": True}, "alliance", sources_reach=False).gone
    ('GHA',)
    >>> fate({"GHA": False}, "exercise", sources_reach=True).unlisted
    ('GHA',)
    >>> fate({"GHA": True}, "exercise", sources_reach=False).unknown
    ('GHA',)
    """
    may_end = sources_reach or layer in LASTING
    gone = tuple(sorted(code for code, is_gone in lost.items() if is_gone and may_end))
    silent = tuple(sorted(set(lost) - set(gone)))
    is_silence = sources_reach and layer not in LASTING
    unknown = () if is_silence else silent
    return Fate(gone, silent if is_silence else (), unknown, sources_reach and not unknown)


def reaches(subject: Subject, layer: str, sources: Iterable[str], years: Years) -> bool:
    """Whether every source that told of the ties of a layer before, in the first party's name, reaches these years."""
    lead = subject.states[0]
    return all(_reaches(subject.abouts[source].coverage, layer, lead, years) for source in sources
               if source in subject.abouts)  # fmt: skip


def _reaches(stated: Iterable[Coverage], layer: str, lead: str, years: Years) -> bool:
    """The last year in which a source speaks of a layer; one that does not speak of the state at all is no bar."""
    ends = [known.end.year for known in stated
            if set(known.kinds) & set(KINDS[layer]) and (not known.states or lead in known.states)]  # fmt: skip
    return not ends or max(ends) >= (years[0] if layer in LASTING else years[1])
