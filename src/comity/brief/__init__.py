"""Briefs: sections of cited blocks on a subject, drawn as terminal text, HTML, PDF, Word, Markdown or JSON."""

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
from comity.brief.composing import Brief, Section, compose, compose_comparison
from comity.brief.data import brief_json
from comity.brief.html import render_html
from comity.brief.markdown import render_markdown
from comity.brief.pdf import render_pdf
from comity.brief.registry import section
from comity.brief.subject import Subject
from comity.brief.terminal import render_terminal
from comity.brief.word import render_docx

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
    "brief_json",
    "compose",
    "compose_comparison",
    "render_docx",
    "render_html",
    "render_markdown",
    "render_pdf",
    "render_terminal",
    "section",
]
