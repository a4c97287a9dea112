"""What the record says at a glance: statements and numbers computed from the store, each with its source."""

from __future__ import annotations

import importlib
from datetime import date

from comity.brief.belonging import membership_caveat
from comity.brief.blocks import Block, Judgements, KeyFigures
from comity.brief.facts import engagements, sources_of
from comity.brief.knowledge import absence, coverage_basis, horizon, latest
from comity.brief.registry import section
from comity.brief.resting import rests_on
from comity.brief.subject import REACH_YEARS, Subject
from comity.brief.wording import day_text, unique, years_text

_HOMES = {
    "pair": "pair",
    "region": "region",
    "state": "state",
    "organisation": "body",
    "case": "case",
    "world": "world",
    "topic": "topic",
    "comparison": "comparison",
}


@section("Key judgements", order=10, kinds=tuple(_HOMES))
def key_judgements(subject: Subject) -> list[Block]:
    """Three to six statements and up to six numbers; none that the data do not bear."""
    source = importlib.import_module(f"comity.brief.{_HOMES[subject.kind]}_judgements")
    blocks: list[Block] = []
    sentences = tuple(source.sentences(subject))[:6]
    if sentences:
        cites = unique(key for sentence in sentences for key in sentence.cites)
        blocks.append(Judgements(sentences=sentences, cites=cites, as_of=horizon(subject, cites)))
    figures = tuple(source.figures(subject))[:6]
    if figures:
        cites = unique(key for figure in figures for key in figure.cites)
        blocks.append(KeyFigures(figures=figures, cites=cites, as_of=horizon(subject, cites)))
    outside = membership_caveat(subject)
    return [*([outside] if outside else []), *(blocks or [_nothing(subject)])]


def _nothing(subject: Subject) -> Block:
    from comity.brief.blocks import Note

    since = date(subject.as_of.year - REACH_YEARS + 1, 1, 1)
    earlier = engagements(subject, since) if subject.kind != "world" else []
    if earlier:
        newest = earlier[0]
        text = (
            f"No engagement is listed for {years_text(subject.window)}; the last one listed began "
            f"{day_text(newest['start_date'], newest['start_precision'])}. What is not listed may still have happened."
        )
        basis = rests_on("Engagements listed, the latest first.", earlier, first=subject.window[0], last=since.year)
        return Note(text=text, cites=sources_of(earlier), as_of=latest(earlier), basis=basis)
    text, cites = absence(subject, "engagement", "exercise", date(subject.window[0], 1, 1))
    return Note(text=text, cites=cites, as_of=horizon(subject, cites), basis=coverage_basis(subject, "exercise"))
