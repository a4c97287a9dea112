"""A brief as Markdown: text and tables, with the pictures told in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from comity.brief.blocks import (
    Block,
    Caveat,
    Cell,
    Chart,
    Figure,
    Judgements,
    KeyFigures,
    Map,
    Network,
    Note,
    Parties,
    Sentence,
    Table,
)
from comity.brief.composing import Brief, Numbered
from comity.brief.terminal import doubt
from comity.brief.wording import NOT_KNOWN, plain, said, sentence_start, with_commands

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def render_markdown(brief: Brief) -> str:
    """The brief as Markdown, without raw HTML; text of records is escaped."""
    lines = [f"# {_safe(brief.title)}", _safe(brief.scope)]
    lines.append(f"As of {brief.as_of_text} · for {_safe(brief.audience)} · comity {brief.version}")
    for section in brief.sections:
        lines.append(f"## {section.title}")
        for block in section.blocks:
            lines += [f"### {_safe(block.title)}"] if block.title else []
            lines += _block(brief, block)
            lines.append(_origin(brief, block))
    lines.append("## Sources")
    lines.append("\n".join(_references(brief)))
    return "\n\n".join(lines) + "\n"


def _origin(brief: Brief, block: Block) -> str:
    where = f"Source{'s' if len(block.cites) > 1 else ''}: {_marks(brief, block.cites)}"
    return f"{where} · {_safe(block.as_of)}{_number(brief, block)}"


def _block(brief: Brief, block: Block) -> Iterator[str]:
    if isinstance(block, Judgements):
        yield "\n".join(_sentence(brief, said) for said in block.sentences)
    elif isinstance(block, KeyFigures):
        rows = [[f"**{_cell(figure.value)}**", _safe(figure.unit), _detail(brief, figure)] for figure in block.figures]
        yield _grid(["Number", "Of", "When, where"], rows)
    elif isinstance(block, Table):
        yield from _table(brief, block)
    elif isinstance(block, Chart):
        yield _chart(block)
    elif isinstance(block, Note):
        yield _words(block.text)
    elif isinstance(block, Caveat):
        yield f"> {_words(block.text)}"
    elif isinstance(block, Network | Map):
        yield _safe(block.description)


def _sentence(brief: Brief, said: Sentence) -> str:
    told = f"- {_words(said.text)} {_marks(brief, said.cites)}{_number(brief, said)}"
    under = doubt(said)
    return f"{told} *{_safe(under)}*" if under else told


def _detail(brief: Brief, figure: Figure) -> str:
    return f"{_safe(figure.detail)} {_marks(brief, figure.cites)}{_number(brief, figure)}"


def _number(brief: Brief, part: Numbered) -> str:
    """The number by which a reader asks what a part rests on."""
    number = brief.number_of(part)
    return "" if number is None else f" \\#{number}"


def _table(brief: Brief, block: Table) -> Iterator[str]:
    rows, group = [], ""
    for row in block.rows:
        if row.group != group:
            group = row.group
            rows += [[f"**{_safe(group)}**", *[""] * len(block.columns)]] if group else []
        cells = [_cell(cell) for cell in row.cells]
        if row.verification == "unverified":
            cells[0] += " (unverified)"
        rows.append([*cells, _marks(brief, row.refs)])
    yield _grid([*(column.title for column in block.columns), "Ref."], rows)
    notes = [_words(block.note)] if block.note else []
    if any(cell is None for row in block.rows for cell in row.cells):
        notes.append(f"{NOT_KNOWN} means {block.null_means}.")
    if notes:
        yield " ".join(notes)


def _chart(block: Chart) -> str:
    names = () if block.is_stock and len(block.categories) == 1 else block.categories
    rows = []
    for year in _years_told(block):
        # A row of its own breaks the column of counts where other sources begin to be counted.
        rows += [["┄", _safe(label), *[""] * len(names)] for label in block.seams_at(year)]
        rows.append([str(year), _cell(block.total(year)), *(_cell(block.part(year, name)) for name in names)])
    every = "All" if names or not block.is_stock else sentence_start(block.unit)
    grid = _grid(["Year", every, *(sentence_start(said(name)) for name in names)], rows)
    return f"{grid}\n\nYears in which nothing changed are left out." if block.is_stock else grid


def _years_told(block: Chart) -> list[int]:
    """The years of a chart; of what stands at the end of a year the first, the last, and those of a change."""
    first, last = block.years
    if not block.is_stock:
        return list(range(first, last + 1))
    held = {year: [block.part(year, name) for name in block.categories] for year in range(first, last + 1)}
    return [
        year
        for year in held
        if year in (first, last) or held[year] != held[year - 1] or any(seam.year == year for seam in block.seams)
    ]


def _grid(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _references(brief: Brief) -> Iterator[str]:
    for reference in brief.references:
        address = f" <{reference.url}>" if reference.url and not set("<> ") & set(reference.url) else ""
        yield f"{reference.number}. {_safe(reference.text)} {_safe(reference.detail)}.{address}"


def _marks(brief: Brief, keys: Iterable[str]) -> str:
    return "".join(f"\\[{number}\\]" for number in sorted({brief.numbers[key] for key in keys}))


def _cell(value: Cell) -> str:
    if value is None:
        return NOT_KNOWN
    if isinstance(value, Parties):
        return _safe(value.names)
    return _safe(value) if isinstance(value, str) else f"{value:,}"


def _words(text: str) -> str:
    """Words of a paragraph, with commands as code."""
    return "".join(f"`{part}`" if is_command else _safe(part) for part, is_command in with_commands(plain(text)))


def _safe(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", plain(text))
