"""The parts of a page of the ledger, and how they are written as Markdown, HTML and plain text."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files

WIDTH = 100
PLOT, LABEL, ROW = 420, 300, 20  # a plot of intervals: its width, that of its labels, and the height of a row


@dataclass(frozen=True)
class Heading:
    """The title of a part; level 1 is that of the page."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A few sentences."""

    text: str


@dataclass(frozen=True)
class Points:
    """A list."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table of text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Intervals:
    """Coefficients with their intervals: drawn in HTML, a table elsewhere."""

    title: str
    rows: tuple[tuple[str, float, float, float], ...]  # name, low, coefficient, high

    def grid(self) -> Grid:
        """The same as a table."""
        told = tuple((name, f"{middle:.3g}", f"{low:.3g} to {high:.3g}") for name, low, middle, high in self.rows)
        return Grid((self.title, "coefficient", "95 % interval"), told)


Block = Heading | Paragraph | Points | Grid | Intervals


def as_markdown(blocks: Sequence[Block]) -> str:
    """Blocks as Markdown without raw HTML; every text is escaped."""
    return "\n\n".join(map(_markdown, blocks)) + "\n"


def _markdown(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_safe(block.text)}"
    if isinstance(block, Paragraph):
        return _safe(block.text)
    if isinstance(block, Points):
        return "\n".join(f"- {_safe(line)}" for line in block.lines)
    grid = block.grid() if isinstance(block, Intervals) else block
    lines = (grid.columns, ("---",) * len(grid.columns), *grid.rows)
    return "\n".join(f"| {' | '.join(map(_safe, line))} |" for line in lines)


def _safe(text: str) -> str:
    """Text that Markdown shows as it is; an address in angle brackets stays a link."""
    parts = re.split(r"(<https?://[^\s<>]+>)", " ".join(text.split()))
    return "".join(part if at % 2 else re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", part) for at, part in enumerate(parts))


def as_html(title: str, blocks: Sequence[Block]) -> str:
    """Blocks as one HTML page that needs nothing else: no script, nothing fetched, every text escaped."""
    return page_of(title, "\n".join(map(_html, blocks)))


def page_of(title: str, body: str) -> str:
    """A whole HTML page around a body that is escaped already."""
    head = (
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>\n{_style()}</style>"
    )
    body = f"<body>\n<main>\n{body}\n</main>\n</body>"
    return f'<!doctype html>\n<html lang="en">\n<head>\n{head}\n</head>\n{body}\n</html>\n'


@cache
def _style() -> str:
    return (files("comity.evidence") / "templates" / "evidence.css").read_text(encoding="utf-8")


def _html(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{_linked(block.text)}</h{block.level}>"
    if isinstance(block, Paragraph):
        return f"<p>{_linked(block.text)}</p>"
    if isinstance(block, Points):
        return "<ul>\n" + "\n".join(f"<li>{_linked(line)}</li>" for line in block.lines) + "\n</ul>"
    if isinstance(block, Intervals):
        return _plot(block)
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in block.columns)
    rows = "\n".join("<tr>" + "".join(f"<td>{_linked(cell)}</td>" for cell in row) + "</tr>" for row in block.rows)
    return f'<div class="scroll"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>'


def _linked(text: str) -> str:
    """Escaped text, with an address in angle brackets as a link."""
    parts = re.split(r"<(https?://[^\s<>]+)>", text)
    return "".join(
        f'<a href="{escape(part)}" rel="noreferrer">{escape(part)}</a>' if at % 2 else escape(part)
        for at, part in enumerate(parts)
    )


def _plot(block: Intervals) -> str:
    """Intervals as a picture: one row each, and a line at zero."""
    least = min(0.0, *(low for _, low, _, _ in block.rows))
    most = max(0.0, *(high for _, _, _, high in block.rows))
    span = (most - least) or 1.0
    place = {value: LABEL + PLOT * (value - least) / span for row in block.rows for value in row[1:]}
    zero, height = LABEL + PLOT * -least / span, ROW * (len(block.rows) + 1)
    lines = [f'<line class="zero" x1="{zero:.1f}" x2="{zero:.1f}" y1="0" y2="{height}"/>']
    for number, (name, low, middle, high) in enumerate(block.rows):
        y = ROW * (number + 1)
        lines.append(f'<text x="0" y="{y + 4}">{escape(textwrap.shorten(name, 44, placeholder=" …"))}</text>')
        lines.append(f'<line x1="{place[low]:.1f}" x2="{place[high]:.1f}" y1="{y}" y2="{y}"/>')
        lines.append(f'<circle cx="{place[middle]:.1f}" cy="{y}" r="4"/>')
    for value, place_of in _ticks(least, most, zero):
        lines.append(f'<text class="tick" text-anchor="middle" x="{place_of:.1f}" y="{height + 12}">{value:.3g}</text>')
    said = escape(block.title)
    drawn = f'<svg role="img" aria-label="{said}" viewBox="0 0 {LABEL + PLOT + 30} {height + ROW}">'
    return f"<figure><figcaption>{said}</figcaption>\n{drawn}{''.join(lines)}</svg></figure>"


def _ticks(least: float, most: float, zero: float) -> Iterator[tuple[float, float]]:
    """The values written below a plot and their places: zero, and each end that is not too near to it to be read."""
    yield 0.0, zero
    for value, place in ((least, float(LABEL)), (most, float(LABEL + PLOT))):
        if abs(place - zero) > PLOT / 8:
            yield value, place


def as_text(blocks: Sequence[Block]) -> str:
    """Blocks as plain text for a terminal, without control characters."""
    return "\n".join(line for block in blocks for line in _lines(block)) + "\n"


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield from ("", plain(block.text.upper() if block.level == 1 else block.text))
    elif isinstance(block, Paragraph):
        yield from textwrap.wrap(plain(block.text), WIDTH, initial_indent=" ", subsequent_indent=" ")
    elif isinstance(block, Points):
        for line in block.lines:
            yield from textwrap.wrap(plain(line), WIDTH, initial_indent=" - ", subsequent_indent="   ")
    else:
        grid = block.grid() if isinstance(block, Intervals) else block
        for row in grid.rows:
            told = "; ".join(f"{name}: {cell}" for name, cell in zip(grid.columns, row, strict=True) if cell)
            yield from textwrap.wrap(plain(told), WIDTH, initial_indent=" - ", subsequent_indent="   ")


def plain(text: str) -> str:
    r"""Text fit for a terminal: one line, no control characters or marks that turn its direction.

    >>> plain("a\x1b[31mb\u202ec")
    'a[31mbc'
    """
    return "".join(
        letter for letter in " ".join(text.split()) if letter.isprintable() and letter not in "\u202a\u202b\u202d\u202e"
    )
