"""A brief as a printed document: plain values in the order of the page, and its pictures, for PDF and Word alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from comity.brief.blocks import Block, Caveat, Judgements, KeyFigures, Network, Note, Sentence, Table
from comity.brief.composing import Brief, Numbered
from comity.brief.drawing import cell_text, legend, picture
from comity.brief.pictures import layer_rows, rows_of
from comity.brief.print_columns import DAY, MARK_SIZE, Content, column_points
from comity.brief.seen import seen, seen_ties
from comity.brief.terminal import doubt
from comity.brief.wording import NOT_KNOWN, plain, sentence_start, with_commands

NUMBERS_HOLD = "Numbers hold for the store and the program that made this brief; another load may move them."
LONG_BRIEF = 6  # sections from which a table of contents stands on the first page


@dataclass(frozen=True)
class Printed:
    """The document: `values` is fit for JSON, `pictures` are SVG by file name."""

    values: dict[str, Any]
    pictures: dict[str, str] = field(default_factory=dict)


def printed(brief: Brief) -> Printed:
    """The brief as values and pictures; nothing in it is markup."""
    pictures: dict[str, str] = {}
    sections = [
        {"title": section.title, "blocks": [_block(brief, block, pictures) for block in section.blocks]}
        for section in brief.sections
    ]
    for place, (block, is_first) in enumerate(_in_order(sections)):
        block.update(place=place, is_first=is_first)
    values = {
        "title": plain(brief.title),
        "kind": f"Brief on {brief.kind_text}",
        "scope": plain(brief.scope),
        "label": marking(brief.audience),
        "facts": [
            ["As of", brief.as_of_text],
            ["For", plain(brief.audience)],
            ["Made with", f"comity {brief.version}"],
        ],
        "day": [brief.as_of.year, brief.as_of.month, brief.as_of.day],
        "version": brief.version,
        "days": DAY,
        "is_long": len(sections) >= LONG_BRIEF,
        "sections": sections,
        "references": list(_references(brief)),
        "sources_note": _sources_note(brief),
        "closing": f"Written by comity {brief.version} from these sources, as of {brief.as_of_text}. "
        "Unknown is not zero: what no source lists may still have happened.",
    }
    return Printed(values, pictures)


def _in_order(sections: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], bool]]:
    """Every block, and whether it is the first of its section."""
    for section in sections:
        for place, block in enumerate(section["blocks"]):
            yield block, place == 0


def marking(audience: str) -> str:
    """The line at the top and foot of every page: for whom the brief was made.

    >>> marking("nation:JPN"), marking("public")
    ('For nation:JPN', 'Public')
    """
    return "Public" if audience == "public" else f"For {plain(audience)}"


def _sources_note(brief: Brief) -> str:
    if not brief.command:
        return ""
    return f"What a number marked # rests on is shown by: {plain(brief.command)} --explain N. {NUMBERS_HOLD}"


def _references(brief: Brief) -> Iterator[dict[str, Any]]:
    for reference in brief.references:
        yield {
            "number": reference.number,
            "text": plain(reference.text),
            "detail": plain(reference.detail),
            "url": reference.url or "",
            "is_source": reference.is_source,
        }


def _block(brief: Brief, block: Block, pictures: dict[str, str]) -> dict[str, Any]:
    names = [plain(brief.names[key]) for key in block.cites if key in brief.names]
    made: dict[str, Any] = {
        "kind": block.kind,
        "title": plain(block.title),
        "origin": ("Source: " if len(block.cites) == 1 else "Sources: ") + ", ".join(names if len(names) < 4 else ()),
        "marks": _marks(brief, block.cites),
        "age": plain(block.as_of),
        "number": _number(brief, block),
    }
    if isinstance(block, Judgements):
        return made | {"items": [_sentence(brief, sentence) for sentence in block.sentences]}
    if isinstance(block, KeyFigures):
        return made | {"items": list(_figures(brief, block))}
    if isinstance(block, Table):
        return made | _table(brief, block)
    if isinstance(block, Note | Caveat):
        return made | {"text": _words(block.text)}
    return made | _drawn(brief, block, pictures)


def _sentence(brief: Brief, sentence: Sentence) -> dict[str, Any]:
    return {
        "text": _words(sentence.text),
        "under": plain(doubt(sentence)),
        "marks": _marks(brief, sentence.cites),
        "number": _number(brief, sentence),
    }


def _figures(brief: Brief, block: KeyFigures) -> Iterator[dict[str, Any]]:
    for figure in block.figures:
        yield {
            "value": cell_text(figure.value),
            "unit": plain(figure.unit),
            "detail": plain(figure.detail),
            "marks": _marks(brief, figure.cites),
            "number": _number(brief, figure),
        }


def _table(brief: Brief, block: Table) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    group = ""
    for row in block.rows:
        rows.append(
            {
                "group": plain(row.group) if row.group != group else "",
                "cells": [cell_text(cell) for cell in row.cells],
                "is_unverified": row.verification == "unverified",
                "details": [plain(line) for line in row.details],
                "marks": _marks(brief, row.refs),
            }
        )
        group = row.group
    columns = [{"title": plain(column.title), "holds": column.holds} for column in block.columns]
    made = {"columns": columns, "rows": rows, "points": _points(columns, rows)}
    has_unknown = any(cell is None for row in block.rows for cell in row.cells)
    means = f"{NOT_KNOWN} means {block.null_means}." if has_unknown else ""
    note = " ".join(part for part in (block.note, means) if part)
    return made | {"note": _words(note)}


def _points(columns: list[dict[str, Any]], rows: list[dict[str, Any]]) -> list[float]:
    """How wide each column is on paper, in points; the last is the one of the references."""
    tagged = [" unverified" if row["is_unverified"] else "" for row in rows]
    held = [
        Content(
            column["title"],
            [row["cells"][place] + (tag if place == 0 else "") for row, tag in zip(rows, tagged, strict=True)],
        )
        for place, column in enumerate(columns)
    ]
    # References stand beside the lines under a row as well.
    marks = [row["marks"][: 1 + len(row["marks"]) // (1 + len(row["details"]))] for row in rows]
    told = [" ".join(f"[{number}]" for number in each) for each in marks]
    is_full = any(row["details"] for row in rows)
    points = column_points([*held, Content("Ref.", told, MARK_SIZE)], is_full=is_full)
    return [round(width, 1) for width in points]


def _words(text: str) -> list[list[str]]:
    """The words of a paragraph in parts, each with `code` where it is a command and `text` where it is not."""
    return [[part, "code" if is_command else "text"] for part, is_command in with_commands(plain(text))]


def _drawn(brief: Brief, block: Block, pictures: dict[str, str]) -> dict[str, Any]:
    described = plain(getattr(block, "description", ""))
    made: dict[str, Any] = {"kind": "picture", "note": sentence_start(described), "legend": legend(block), "names": []}
    made["alt"] = seen(block)
    if isinstance(block, Network):
        nodes = sorted(block.nodes, key=lambda node: node.state)
        made["names"] = [[node.state, plain(node.name)] for node in nodes]
    drawn = picture(block, brief.shelf)
    if drawn is not None:
        made["file"] = f"picture-{len(pictures) + 1}.svg"
        pictures[made["file"]] = drawn
    if isinstance(block, Network) and len(rows := rows_of(block)) > 1:
        made["parts"] = list(_parts(made["file"], block, rows, pictures))
    return made


def _parts(file: str, network: Network, rows: list[str], pictures: dict[str, str]) -> Iterator[dict[str, str]]:
    """The rows of a picture as pictures of their own, which may stand on two pages, each with what it shows.

    Layers that are told in words stand with the last row.
    """
    shown = layer_rows(network)
    told = [layer for layer in network.layers if not any(layer in row for row in shown)]
    for place, (drawn, row) in enumerate(zip(rows, shown, strict=True)):
        name = f"{file.removesuffix('.svg')}-{place + 1}.svg"
        pictures[name] = drawn
        layers = row + (told if place == len(rows) - 1 else [])
        yield {"file": name, "alt": seen_ties(network, layers)}


def _marks(brief: Brief, keys: Iterable[str]) -> list[int]:
    return sorted({brief.numbers[key] for key in keys})


def _number(brief: Brief, part: Numbered) -> int:
    """The number by which a reader asks what a part rests on; 0 where it has none."""
    return brief.number_of(part) or 0
