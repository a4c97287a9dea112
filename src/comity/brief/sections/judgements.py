"""What the record says at a glance: statements and numbers computed from the store, each with its source."""

from __future__ import annotations

from comity.brief import pair_judgements, region_judgements
from comity.brief.blocks import Block, Judgements, KeyFigures
from comity.brief.knowledge import absence, horizon
from comity.brief.registry import section
from comity.brief.subject import Subject
from comity.brief.wording import unique


@section("Key judgements", order=10, kinds=("pair", "region"))
def key_judgements(subject: Subject) -> list[Block]:
    """Two to five statements and up to six numbers; none that the data do not bear."""
    source = pair_judgements if subject.kind == "pair" else region_judgements
    blocks: list[Block] = []
    sentences = tuple(source.sentences(subject))[:5]
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
    return Note(text=text, cites=cites, as_of=horizon(subject, cites))
