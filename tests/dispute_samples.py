"""Facts of the samples of disputes, wars, crises and rivalries, as the tests ask for them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from comity.sources import Loaded, load_source
from source_samples import SAMPLES

Fact = dict[str, Any]


def facts(source: str, table: str, **wanted: Any) -> list[Fact]:
    return picked_facts(load_source(source, SAMPLES / source), table, **wanted)


def picked_facts(loaded: Loaded, table: str, **wanted: Any) -> list[Fact]:
    rows: list[Fact] = loaded.tables[table].to_pylist()
    return [row for row in rows if all(row[column] == value for column, value in wanted.items())]


def properties(source: str, item: str) -> dict[tuple[str, str], Any]:
    found = facts(source, "property", item=item)
    return {(row["property"], row["part"]): row["content"] if row["value"] is None else row["value"] for row in found}


def picked(rows: list[Fact], *columns: str) -> set[tuple[Any, ...]]:
    return {tuple(row[column] for column in columns) for row in rows}


def copied(source: str, folder: Path) -> Path:
    return Path(shutil.copytree(SAMPLES / source, folder / source))
