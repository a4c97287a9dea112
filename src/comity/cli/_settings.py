"""What every command shares: where the store is, who is looking, and how an answer is written."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

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

    def open(self) -> Store:
        """The store, for the audience asked for."""
        from comity.store import open_store

        return open_store(self.store_folder, self.audience)

    def say(self, text: str) -> None:
        """A line about the work, on standard error, unless quiet."""
        if not self.quiet:
            click.echo(text, err=True)


json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")


def write_json(answer: Any) -> None:
    """An answer as JSON; dates as ISO text."""
    click.echo(json.dumps(answer, indent=2, ensure_ascii=False, default=str))


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], as_json: bool) -> None:
    """Rows as a table for people, or as a list of objects; null shows as an empty cell or null."""
    if as_json:
        write_json([dict(zip(columns, row, strict=True)) for row in rows])
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else _cell(value) for value in row))
    # A pipe has no width of its own, and a table must not be cut for it.
    Console(width=None if sys.stdout.isatty() else 160, highlight=False, markup=False).print(table)


def _cell(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def read_years(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """`1946:2010` or `2010` as a pair of years."""
    if value is None:
        return None
    first, _, last = value.partition(":")
    if not (first.isdigit() and (last or first).isdigit()):
        raise click.BadParameter(f"{value!r} is not A:B, two years")
    return int(first), int(last or first)
