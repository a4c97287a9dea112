"""What every command shares: where the store is, who is looking, and how an answer is written."""

from __future__ import annotations

import gc
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.errors import BadRequest

if TYPE_CHECKING:
    from comity.store import Store


@dataclass(frozen=True)
class Settings:
    """The options given before the command."""

    quiet: bool
    home_folder: str | None
    audience: str

    @property
    def home(self) -> Path:
        """The folder that holds the store and the cache."""
        from comity.store import home

        return Path(self.home_folder) if self.home_folder else home()

    @property
    def store_folder(self) -> Path:
        """The store's folder."""
        return self.home / "store"

    @property
    def cache_folder(self) -> Path:
        """The folder of publishers' files, SOURCE/FILE."""
        return self.home / "cache"

    def open(self, *, light: bool = False) -> Store:
        """The store, for the audience asked for; `light` for a few small questions or none."""
        from comity.store import open_store
        from comity.vocab.labels import read_audience
        from comity.vocab.states import states

        nation = read_audience(self.audience).nation
        if nation and nation not in states():
            raise BadRequest(f"audience {self.audience!r}: {nation} is the code of no state comity knows")
        return open_store(self.store_folder, self.audience, light=light)

    def say(self, text: str) -> None:
        """A line about the work, on standard error, unless quiet."""
        if not self.quiet:
            click.echo(text, err=True)


_YEAR = re.compile("[0-9]{1,4}")
WORD_WIDTH = 30  # columns of a terminal that a word of a table may ask for
GAP = 3  # columns between two of a table
json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no circles of objects meanwhile: what makes many objects, hardly any in circles, gets by without.

    >>> with uncollected():
    ...     gc.isenabled()
    False
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def write_json(answer: Any) -> None:
    """An answer as JSON; dates as ISO text."""
    try:
        text = json.dumps(answer, indent=2, ensure_ascii=False, default=str, allow_nan=False)
    except ValueError as error:
        raise BadRequest("the answer holds a number that is not finite, which JSON cannot say") from error
    click.echo(text)


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], as_json: bool) -> None:
    """Rows as a table for people, or as a list of objects; null shows as an empty cell or null."""
    if as_json:
        repeated = [column for column in columns if columns.count(column) > 1]
        if repeated:
            raise BadRequest(f"two columns are named {repeated[0]!r}, which JSON cannot say; give each its own name")
        write_json([dict(zip(columns, row, strict=True)) for row in rows])
        return
    cells = [["" if value is None else _cell(value) for value in row] for row in rows]
    if not sys.stdout.isatty():
        _write_lines(columns, cells)
        return
    _write_tables(columns, cells)


def _write_tables(columns: Sequence[str], cells: list[list[str]]) -> None:
    """The table on a terminal: columns that find no room beside the first stand below it, in a table of their own.

    Only words are wrapped: a number on two lines is no number.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, markup=False)
    least = [_least_width(name, [row[place] for row in cells]) for place, name in enumerate(columns)]
    for places in _side_by_side(least, console.width):
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for place in places:
            table.add_column(columns[place], overflow="fold", min_width=min(least[place], console.width - 4))
        for row in cells:
            table.add_row(*(row[place] for place in places))
        console.print(table)


def _least_width(name: str, cells: list[str]) -> int:
    """How narrow a column may be: as wide as its longest word, of which a very long one, as an address, is folded."""
    from rich.cells import cell_len

    words = (word for text in (name, *cells) for word in text.split())
    return min(max(map(cell_len, words), default=1), WORD_WIDTH)


def _side_by_side(least: Sequence[int], width: int) -> list[list[int]]:
    """Which columns stand side by side in each table; the first, which names the rows, leads every one.

    >>> _side_by_side([5, 10, 10, 10], 46), _side_by_side([5, 10, 10, 10], 34)
    ([[0, 1, 2, 3]], [[0, 1, 2], [0, 3]])
    """
    tables, used = [[0]], least[0]
    for place in range(1, len(least)):
        if used + GAP + least[place] + 2 > width and len(tables[-1]) > 1:
            tables.append([0])
            used = least[0]
        tables[-1].append(place)
        used += GAP + least[place]
    return tables


def _write_lines(columns: Sequence[str], cells: list[list[str]]) -> None:
    """The same table without a terminal's width: a row is one line, however long, for other programs to read."""
    from rich.cells import cell_len

    cells = [[" ".join(cell.splitlines()) for cell in row] for row in cells]
    widths = [max(map(cell_len, (name, *column))) for name, *column in zip(columns, *cells, strict=True)]
    whole = sum(widths) + 3 * (len(widths) - 1)

    def line(row: Sequence[str]) -> str:
        return (
            " "
            + "   ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
            + " "
        )

    click.echo("\n".join([" " * (whole + 2), line(columns), f" {'─' * whole} ", *map(line, cells), " " * (whole + 2)]))


def _cell(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def read_years(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """`1946:2010` or `2010` as a pair of years."""
    if value is None:
        return None
    first, _, last = value.partition(":")
    if not (_YEAR.fullmatch(first) and _YEAR.fullmatch(last or first)):
        raise click.BadParameter(f"{value!r} is not A:B, two years")
    return int(first), int(last or first)
