"""What the record says at a glance: statements and numbers computed from the store, each with its source."""

from __future__ import annotations

import importlib

from comity.brief.blocks import Block, Judgements, KeyFigures
from comity.brief.knowledge import absence, coverage_basis, horizon
from comity.brief.registry import section
from comity.brief.subject import Subject
from comity.brief.wording import unique

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
    return blocks or [_nothing(subject)]


def _nothing(subject: Subject) -> Block:
    from comity.brief.blocks import Note

    text, cites = absence(subject, "engagement", "exercise")
    return Note(text=text, cites=cites, as_of=horizon(subject, cites), basis=coverage_basis(subject, "exercise"))
