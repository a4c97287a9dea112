"""What lies in the store and is named by no measure, network or brief yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from comity.vocab.tables import tables

if TYPE_CHECKING:
    from comity.store import Store

READERS = ("panel", "network", "brief")


def unused(store: Store) -> Iterator[tuple[str, str, str | None, int]]:
    """Source, table, fact and rows of everything that no reader names; the fact where a table holds several.

    A reader names a table as `core.NAME` and a fact in quotation marks, so its text alone tells.
    """
    text = "\n".join(_texts(*(files(f"comity.{room}") for room in READERS)))
    named_tables = set(re.findall(r"core\.(\w+)", text)) | set(re.findall(r"[\"'](\w+)[\"']", text))
    for table, shape in tables().items():
        has_facts = "fact" in shape.column_names
        what = "fact" if has_facts else "NULL"
        found = store.ask(
            f"SELECT source, {what} AS fact, count(*) AS row_count FROM core.{table} GROUP BY ALL ORDER BY ALL"  # noqa: S608
        )
        for row in found.to_pylist():
            if table not in named_tables or (has_facts and row["fact"] not in named_tables):
                yield row["source"], table, row["fact"], row["row_count"]


def _texts(*folders: Traversable) -> Iterator[str]:
    for folder in folders:
        for path in folder.iterdir():
            if path.is_dir():
                yield from _texts(path)
            elif path.name.endswith(".py"):
                yield path.read_text(encoding="utf-8")
