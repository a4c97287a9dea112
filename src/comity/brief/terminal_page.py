"""What a brief is written on in a terminal: paragraphs, the numbers of references, and the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from comity.brief.blocks import Cell, Parties, Table
from comity.brief.composing import Brief, Numbered
from comity.brief.terminal_columns import MOST_LINES, Layout, broken_cell, laid_out
from comity.brief.wording import NOT_KNOWN, plain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

INDENT = 2
NARROW = 80  # columns; a terminal with fewer is written row below row
_MOST_REFS = 2
_RULE = "─"
_REFS = "Ref."
_UNVERIFIED = "(unverified)"


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
    """Rows whose columns are as wide as their words ask; what a terminal has no room for is named below."""
    if page.is_narrow:
        _draw_rows(page, block)
        return
    shown = block.rows[: block.short_rows]
    refs = [row.refs for row in shown] if _is_cited_by_row(block) else []
    cells = [[cell.plain for cell in _cells(block, row.cells, row.verification)] for row in shown]
    cited = max([len(_REFS), *(len(page.marks(held, _MOST_REFS)) for held in refs)]) if refs else 0
    layout = laid_out(block.columns, (_name_place(block), cited), cells, page.console.width - INDENT)
    _print_grid(page, block, layout, [_head(block, layout)])
    page.say(_RULE * (page.console.width - INDENT), "dim", INDENT)
    rows = [_fitted_row(block, layout, texts) for texts in cells]
    if layout.cited:
        for row, held in zip(rows, refs, strict=True):
            row.append(styled(page.marks(held, _MOST_REFS)))
    for group, inside in groupby(zip(shown, rows, strict=True), key=lambda each: each[0].group):
        if group:
            page.say(group, "bold", INDENT)
        _print_grid(page, block, layout, [row for _, row in inside])
    _under(page, block, len(block.rows) - len(shown), layout.left_out)


def _head(block: Table, layout: Layout) -> list[Text]:
    titles = [_lines(broken_cell(plain(block.columns[place].title), width), "dim") for place, width in layout.held]
    return [*titles, styled(_REFS, "dim")] if layout.cited else titles


def _fitted_row(block: Table, layout: Layout, texts: Sequence[str]) -> list[Text]:
    """The cells of the columns that stand, each in lines of its width; only the name and sentences may be long."""
    made = []
    for place, width in layout.held:
        is_long = place == _name_place(block) or block.columns[place].holds == "words"
        cell = _lines(broken_cell(texts[place], width, None if is_long else MOST_LINES))
        cell.highlight_words([_UNVERIFIED], "red")
        made.append(cell)
    return made


def _lines(text: str, style: str = "") -> Text:
    """Text that is clean already and holds its own line breaks."""
    from rich.text import Text

    return Text(text, style=style)


def _print_grid(page: Page, block: Table, layout: Layout, rows: list[list[Text]]) -> None:
    """Rows under the widths of a layout and, where there is room, that of their references."""
    from rich.padding import Padding
    from rich.table import Table as Grid

    grid = Grid.grid(padding=(0, layout.gap, 0, 0))
    for place, width in layout.held:
        is_number = block.columns[place].holds == "number"
        grid.add_column(width=width, justify="right" if is_number else "left")
    if layout.cited:
        grid.add_column(width=layout.cited, no_wrap=True)
    for row in rows:
        grid.add_row(*row)
    page.console.print(Padding(grid, (0, 0, 0, INDENT)))


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


def _name_place(block: Table) -> int:
    return next((place for place, column in enumerate(block.columns) if column.holds == "text"), 0)


def _cells(block: Table, cells: tuple[Cell, ...], verification: str) -> list[Text]:
    """The cells of a row; the first cell of words carries the mark of what was not verified."""
    found = [styled(cell_text(cell)) for cell in cells]
    if verification == "unverified":
        found[_name_place(block)].append(f" {_UNVERIFIED}", style="red")
    return found


def _under(page: Page, block: Table, left: int, left_out: Sequence[str] = ()) -> None:
    notes = [block.note] if block.note else []
    if any(cell is None for row in block.rows for cell in row.cells):
        notes.append(f"{NOT_KNOWN} means {block.null_means}.")
    if left_out:
        notes.append(f"For want of room in the HTML only: {', '.join(left_out)}.")
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
