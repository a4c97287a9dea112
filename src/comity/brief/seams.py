"""Where the bars of a chart begin to be counted from other sources, so that nobody takes it for a change of things."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from comity.brief.blocks import Seam
from comity.brief.facts import Fact
from comity.brief.subject import Subject
from comity.brief.wording import said, sentence_start


def chart_seams(subject: Subject, facts: Mapping[str, Sequence[Fact]], years: tuple[int, int]) -> tuple[Seam, ...]:
    """The seams inside the years of a chart of some facts, given by instrument or other kind of fact."""
    from comity.panel.seams import seams

    found = []
    for kind, held in sorted(facts.items()):
        about = f"{sentence_start(said(kind))}: " if len(facts) > 1 else ""
        for seam in seams(subject.store, kind, subject.circle, counted_sources(held)):
            if years[0] < seam.year <= years[1]:
                found.append(Seam(seam.year, sentence_start(f"{about}{seam.why}")))
    return tuple(sorted(found, key=lambda seam: (seam.year, seam.label)))


def counted_sources(facts: Iterable[Fact]) -> frozenset[str]:
    """The sources whose facts a chart counts: in each year the one that lists most, as `by_year` counts."""
    by_year: dict[int, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        by_year[fact.year][fact.source] += 1
    return frozenset(
        source for counts in by_year.values() for source, count in counts.items() if count == max(counts.values())
    )


def seams_told(found: Sequence[Seam]) -> str:
    """The seams of a chart as sentences, for readers who do not see the lines."""
    return "".join(f" {seam.label} ({seam.year})." for seam in found)
