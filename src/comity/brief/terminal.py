"""A brief as text for a terminal, 80 to 120 columns wide: the same order, long tables cut, charts as bars of blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING, Any

from comity.brief.blocks import (
    Block,
    Caveat,
    Cell,
    Chart,
    Judgements,
    KeyFigures,
    Map,
    Network,
    Node,
    Note,
    Parties,
    Table,
)
from comity.brief.composing import Brief
from comity.brief.wording import NOT_KNOWN, counted, plain, said

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_BAR = "█"
_SEAM = "┄"
_BAR_WIDTH = 24
_MOST_YEARS = 15
_MOST_REFS = 2
_INDENT = 2
_DATE_WIDTH = 11


@dataclass
class _Page:
    """What is being written, and which references it has used so far."""

    brief: Brief
    console: Console
    used: set[int] = field(default_factory=set)

    def say(self, text: str, style: str = "", indent: int = 0) -> None:
        """One paragraph, wrapped."""
        from rich.padding import Padding
        from rich.text import Text

        self.console.print(Padding(Text(plain(text), style=style), (0, 0, 0, indent)))

    def marks(self, keys: Iterable[str], most: int | None = None) -> str:
        """The numbers of some citations in brackets; in the cells of a table no more than a few."""
        numbers = sorted({self.brief.numbers[key] for key in keys})
        shown = numbers[:most]
        self.used.update(shown)
        more = "…" if len(shown) < len(numbers) else ""
        return "".join(f"[{number}]" for number in shown) + more


def render_terminal(brief: Brief, width: int = 100, *, color: bool = False) -> str:
    """The brief as text of the given width. The same brief and width give the same text."""
    from rich.console import Console

    out = StringIO()
    console = Console(
        file=out,
        width=max(width, 60),
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    page = _Page(brief, console)
    _masthead(page)
    for section in brief.sections:
        console.print()
        page.say(section.title.upper(), "bold red")
        for block in section.blocks:
            console.print()
            _block(page, block)
    _sources(page)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _masthead(page: _Page) -> None:
    brief = page.brief
    page.say(brief.title, "bold")
    page.say(brief.scope, "dim")
    page.say(f"As of {brief.as_of_text} · for {brief.audience} · comity {brief.version}", "dim")


def _block(page: _Page, block: Block) -> None:
    if block.title:
        page.say(block.title, "bold", _INDENT)
    _BODIES[type(block)](page, block)
    _origin(page, block)


def _judgements(page: _Page, block: Judgements) -> None:
    for sentence in block.sentences:
        _item(page, f"{sentence.text} {page.marks(sentence.cites)}")


def _words(page: _Page, block: Note | Caveat) -> None:
    page.say(block.text, indent=_INDENT)


def _picture(page: _Page, block: Network | Map) -> None:
    page.say(f"{block.description} The picture is in the HTML.", indent=_INDENT)
    if isinstance(block, Network):
        page.say(" · ".join(f"{node.state} {node.name}" for node in _by_code(block)), "dim", _INDENT)


def _by_code(block: Network) -> list[Node]:
    return sorted(block.nodes, key=lambda node: node.state)


def _item(page: _Page, text: str) -> None:
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid.grid(padding=(0, 1))
    grid.add_column(width=_INDENT + 1, justify="right")
    grid.add_column()
    grid.add_row("–", Text(plain(text)))
    page.console.print(grid)


def _origin(page: _Page, block: Block) -> None:
    names = [page.brief.names.get(key, "") for key in block.cites]
    if len(names) <= 2:
        pairs = zip(block.cites, names, strict=True)
        where = ", ".join(f"{name} {page.marks([key])}".strip() for key, name in pairs)
    else:
        where = page.marks(block.cites)
    page.say(f"Source{'s' if len(names) > 1 else ''}: {where} · {block.as_of}", "dim", _INDENT)


def _figures(page: _Page, block: KeyFigures) -> None:
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid.grid(padding=(0, 2))
    grid.add_column(justify="right", min_width=_INDENT + 7)
    grid.add_column()
    grid.add_column()
    for figure in block.figures:
        detail = f"{figure.detail} {page.marks(figure.cites)}"
        grid.add_row(
            Text(_cell(figure.value), style="bold"), Text(plain(figure.unit)), Text(plain(detail), style="dim")
        )
    page.console.print(grid)


def _table(page: _Page, block: Table) -> None:
    """Rows of one line each where that can be: only the names of things are wrapped, other words are cut."""
    from rich.box import SIMPLE_HEAD
    from rich.padding import Padding
    from rich.table import Table as Grid

    grid = Grid(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="dim", expand=True)
    name = _name_place(block)
    for place, column in enumerate(block.columns):
        if column.holds == "text":
            grid.add_column(column.title, ratio=2 if place == name else 1, no_wrap=place != name, overflow="ellipsis")
        elif column.holds == "date":
            grid.add_column(column.title, max_width=_DATE_WIDTH)
        else:
            grid.add_column(column.title, justify="right", no_wrap=True)
    is_cited_by_row = any(set(row.refs) != set(block.cites) for row in block.rows)
    if is_cited_by_row:
        grid.add_column("Ref.", no_wrap=True)
    shown = block.rows[: block.short_rows]
    group = ""
    for row in shown:
        if row.group != group:
            group = row.group
            grid.add_row(_text(group, "bold"))
        marks = [page.marks(row.refs, _MOST_REFS)] if is_cited_by_row else []
        grid.add_row(*_cells(block, row.cells, row.verification), *marks)
    page.console.print(Padding(grid, (0, 0, 0, _INDENT)))
    _under(page, block, len(block.rows) - len(shown))


def _name_place(block: Table) -> int:
    return next((place for place, column in enumerate(block.columns) if column.holds == "text"), 0)


def _cells(block: Table, cells: tuple[Cell, ...], verification: str) -> list[Text]:
    """The cells of a row; the first cell of words carries the mark of what was not verified."""
    found = [_text(_cell(cell)) for cell in cells]
    if verification == "unverified":
        found[_name_place(block)].append(" (unverified)", style="red")
    return found


def _under(page: _Page, block: Table, left: int) -> None:
    notes = [block.note] if block.note else []
    if any(cell is None for row in block.rows for cell in row.cells):
        notes.append(f"{NOT_KNOWN} means {block.null_means}.")
    if any(row.details for row in block.rows):
        notes.append("Each side’s account is in the HTML.")
    if left > 0:
        page.say(f"… {left} more in the HTML", "italic", _INDENT)
    if notes:
        page.say(" ".join(notes), "dim", _INDENT)


def _chart(page: _Page, block: Chart) -> None:
    """One bar for each year; a year without a count is empty, and zero only where a source is complete."""
    from rich.table import Table as Grid

    first = max(block.years[0], block.years[1] - _MOST_YEARS + 1)
    totals = {year: block.total(year) for year in range(first, block.years[1] + 1)}
    most = max(total or 0 for total in totals.values()) or 1
    grid = Grid.grid(padding=(0, 1))
    grid.add_column(min_width=_INDENT + 4, justify="right")
    grid.add_column(justify="right")
    grid.add_column(min_width=_BAR_WIDTH, no_wrap=True)
    grid.add_column(no_wrap=True, overflow="ellipsis")
    for year, total in totals.items():
        for label in block.seams_at(year):
            grid.add_row("", "", _text(_SEAM * _BAR_WIDTH), _text(label))
        bar = _BAR * max(round((total or 0) / most * _BAR_WIDTH), 1 if total else 0)
        grid.add_row(str(year), _cell(total), _text(bar, "green"), _text(_parts(block, year), "dim"))
    page.console.print(grid)
    earlier = [count.count for count in block.counts if count.year < first]
    if earlier:
        told = "".join(f" {seam.label} ({seam.year})." for seam in block.seams if seam.year < first)
        page.say(f"Before {first}: {sum(earlier)}, in the HTML.{told}", "dim", _INDENT)
    if None in totals.values():
        page.say(f"{NOT_KNOWN} means none listed, which is not the same as none.", "dim", _INDENT)


def _parts(block: Chart, year: int) -> str:
    held = {count.category: count.count for count in block.counts if count.year == year}
    return ", ".join(f"{said(category)} {held[category]}" for category in block.categories if category in held)


def _sources(page: _Page) -> None:
    """The sources used above, a line each; published sources with their citation and terms."""
    from rich.table import Table as Grid

    page.console.print()
    page.say("SOURCES", "bold red")
    page.console.print()
    grid = Grid.grid(padding=(0, 1))
    grid.add_column(justify="right", min_width=_INDENT + 5)
    grid.add_column()
    shown = [reference for reference in page.brief.references if reference.number in page.used]
    for reference in shown:
        line = _text(reference.text, "bold" if reference.is_source else "")
        line.append(f" {plain(reference.detail)}", style="dim")
        if not reference.is_source:
            line.truncate(page.console.width - _INDENT - 7, overflow="ellipsis")
        grid.add_row(f"[{reference.number}]", line)
    page.console.print(grid)
    left = len(page.brief.references) - len(shown)
    more = f"{counted(left, 'more source')} and every address" if left else "Every address"
    page.say(f"… {more} in the HTML", "italic", _INDENT)


def _cell(value: Cell) -> str:
    if value is None:
        return NOT_KNOWN
    if isinstance(value, Parties):
        return plain(value.codes)
    return plain(value) if isinstance(value, str) else f"{value:,}"


def _text(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(plain(text), style=style)


_BODIES: dict[type[Block], Callable[[_Page, Any], None]] = {
    Judgements: _judgements,
    KeyFigures: _figures,
    Table: _table,
    Chart: _chart,
    Note: _words,
    Caveat: _words,
    Network: _picture,
    Map: _picture,
}
