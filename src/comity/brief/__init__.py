"""Briefs: sections of cited blocks on a subject, drawn as terminal text, HTML, PDF, Word, Markdown or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity import opened

if TYPE_CHECKING:
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

_HOMES = {
    "Block": "comity.brief.blocks",
    "Brief": "comity.brief.composing",
    "Caveat": "comity.brief.blocks",
    "Chart": "comity.brief.blocks",
    "Column": "comity.brief.blocks",
    "Count": "comity.brief.blocks",
    "Figure": "comity.brief.blocks",
    "Judgements": "comity.brief.blocks",
    "KeyFigures": "comity.brief.blocks",
    "Map": "comity.brief.blocks",
    "Network": "comity.brief.blocks",
    "Node": "comity.brief.blocks",
    "Note": "comity.brief.blocks",
    "Point": "comity.brief.blocks",
    "Row": "comity.brief.blocks",
    "Section": "comity.brief.composing",
    "Sentence": "comity.brief.blocks",
    "Subject": "comity.brief.subject",
    "Table": "comity.brief.blocks",
    "brief_json": "comity.brief.data",
    "compose": "comity.brief.composing",
    "compose_comparison": "comity.brief.composing",
    "render_docx": "comity.brief.word",
    "render_html": "comity.brief.html",
    "render_markdown": "comity.brief.markdown",
    "render_pdf": "comity.brief.pdf",
    "render_terminal": "comity.brief.terminal",
    "section": "comity.brief.registry",
}
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


def __getattr__(name: str) -> Any:
    return opened(__name__, _HOMES, name)
