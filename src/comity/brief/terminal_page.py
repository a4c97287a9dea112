"""What a brief is written on in a terminal: paragraphs, the numbers of references, and the tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from comity.brief.blocks import Cell, Column, Parties, Table
from comity.brief.composing import Brief, Numbered
from comity.brief.wording import NOT_KNOWN, plain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

INDENT = 2
NARROW = 80  # columns; a terminal with fewer is written row below row
_MOST_REFS = 2
_DATE_WIDTH = 11
_NAME_WIDTH = 8


@dataclass
class Page:
    """What is being written, and which references it has used so far."""

    brief: Brief
    console: Console
    used: set[int] = field(default_factory=set)

    @property
    def is_narrow(self) -> bool:
        """Whether the columns of a table find no room side by side."""
        return self.console.width < NARROW

    def say(self, text: str, style: str = "", indent: int = 0) -> None:
        """One paragraph, wrapped."""
        from rich.padding import Padding
        from rich.text import Text

        self.console.print(Padding(Text(plain(text), style=style), (0, 0, 0, indent)))

    def number(self, part: Numbered) -> str:
        """The number by which a reader asks what a part rests on, after a space; nothing where it has none."""
        number = self.brief.number_of(part)
        return "" if number is None else f" #{number}"

    def marks(self, keys: Iterable[str], most: int | None = None) -> str:
        """The numbers of some citations in brackets; in the cells of a table no more than a few."""
        numbers = sorted({self.brief.numbers[key] for key in keys})
        shown = numbers[:most]
        self.used.update(shown)
        more = "…" if len(shown) < len(numbers) else ""
        return "".join(f"[{number}]" for number in shown) + more


def draw_table(page: Page, block: Table) -> None:
    """Rows of one line each where that can be: only the names of things are wrapped, other words are cut."""
    from rich.box import SIMPLE_HEAD
    from rich.padding import Padding
    from rich.table import Table as Grid

    if not block.short_rows:
        _under(page, block, len(block.rows))
        return
    if page.is_narrow:
        _draw_rows(page, block)
        return
    grid = Grid(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="dim", expand=True)
    name = _name_place(block)
    for place, column in enumerate(block.columns):
        widest = max((len(cell_text(row.cells[place])) for row in block.rows[: block.short_rows]), default=1)
        _add_column(grid, column, widest, is_name=place == name)
    is_cited_by_row = _is_cited_by_row(block)
    if is_cited_by_row:
        grid.add_column("Ref.", no_wrap=True)
    shown = block.rows[: block.short_rows]
    group = ""
    for row in shown:
        if row.group != group:
            group = row.group
            grid.add_row(styled(group, "bold"))
        marks = [page.marks(row.refs, _MOST_REFS)] if is_cited_by_row else []
        grid.add_row(*_cells(block, row.cells, row.verification), *marks)
    page.console.print(Padding(grid, (0, 0, 0, INDENT)))
    _under(page, block, len(block.rows) - len(shown))


def _is_cited_by_row(block: Table) -> bool:
    return any(set(row.refs) != set(block.cites) for row in block.rows)


def _draw_rows(page: Page, block: Table) -> None:
    """Row below row, each cell after the title of its column: nothing is cut where columns find no room."""
    name, is_cited = _name_place(block), _is_cited_by_row(block)
    shown, group = block.rows[: block.short_rows], ""
    for row in shown:
        if row.group != group:
            group = row.group
            page.say(group, "bold", INDENT)
        cells = [cell.plain for cell in _cells(block, row.cells, row.verification)]
        told = [f"{column.title}: {cell}" for column, cell in zip(block.columns, cells, strict=True)]
        marks = f" {page.marks(row.refs, _MOST_REFS)}" if is_cited else ""
        page.say(f"– {cells[name]}{marks}", indent=INDENT)
        page.say(" · ".join(told[:name] + told[name + 1 :]), "dim", 2 * INDENT)
    _under(page, block, len(block.rows) - len(shown))


def _add_column(grid: Grid, column: Column, widest: int, *, is_name: bool) -> None:
    """A column as wide as it needs; names of things and sentences are wrapped, other words and titles are cut."""
    from rich.text import Text

    if column.holds == "text":
        ratio, least = (2, _NAME_WIDTH) if is_name else (1, None)
        grid.add_column(column.title, ratio=ratio, min_width=least, no_wrap=not is_name, overflow="ellipsis")
    elif column.holds == "words":
        grid.add_column(column.title, ratio=2, min_width=_NAME_WIDTH)
    elif column.holds == "date":
        grid.add_column(column.title, max_width=_DATE_WIDTH)
    else:
        title = Text(column.title, no_wrap=True, overflow="ellipsis")
        grid.add_column(title, justify="right", min_width=widest)


def _name_place(block: Table) -> int:
    return next((place for place, column in enumerate(block.columns) if column.holds == "text"), 0)


def _cells(block: Table, cells: tuple[Cell, ...], verification: str) -> list[Text]:
    """The cells of a row; the first cell of words carries the mark of what was not verified."""
    found = [styled(cell_text(cell)) for cell in cells]
    if verification == "unverified":
        found[_name_place(block)].append(" (unverified)", style="red")
    return found


def _under(page: Page, block: Table, left: int) -> None:
    notes = [block.note] if block.note else []
    if any(cell is None for row in block.rows for cell in row.cells):
        notes.append(f"{NOT_KNOWN} means {block.null_means}.")
    if any(row.details for row in block.rows):
        notes.append("More on each row, as each side’s account, is in the HTML.")
    if left > 0:
        page.say(f"… {left} more in the HTML", "italic", INDENT)
    if notes:
        page.say(" ".join(notes), "dim", INDENT)


def cell_text(value: Cell) -> str:
    """A cell as text; None is not known."""
    if value is None:
        return NOT_KNOWN
    if isinstance(value, Parties):
        return plain(value.codes)
    return plain(value) if isinstance(value, str) else f"{value:,}"


def styled(text: str, style: str = "") -> Text:
    """Text without control characters, in a style of the terminal."""
    from rich.text import Text

    return Text(plain(text), style=style)
