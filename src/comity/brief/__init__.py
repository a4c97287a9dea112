"""Briefs: sections of cited blocks on a pair of states or a region, drawn as terminal text, HTML or JSON."""

from comity.brief.blocks import (
    Block,
    Caveat,
    Chart,
    Column,
    Count,
    Figure,
    Judgements,
    KeyFigures,
    Map,
    Network,
    Node,
    Note,
    Point,
    Row,
    Sentence,
    Table,
)
from comity.brief.composing import Brief, Section, compose
from comity.brief.registry import section
from comity.brief.subject import Subject

__all__ = [
    "Block",
    "Brief",
    "Caveat",
    "Chart",
    "Column",
    "Count",
    "Figure",
    "Judgements",
    "KeyFigures",
    "Map",
    "Network",
    "Node",
    "Note",
    "Point",
    "Row",
    "Section",
    "Sentence",
    "Subject",
    "Table",
    "compose",
    "section",
]
