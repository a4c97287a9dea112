"""The publishers' real files, loaded once for every mirror test of one process."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from comity.record import load_register
from comity.sources import Loaded, load_source
from comity.sources.contract import contract
from comity.store.check import checked_table

Fact = dict[str, Any]

# Tests marked `mirror` are skipped when no folder is named, so this path is then never read.
MIRROR = Path(os.environ.get("COMITY_MIRROR") or "/no mirror is named").resolve()


@cache
def loaded(source: str) -> Loaded:
    return load_source(source, MIRROR / source)


@cache
def register() -> Loaded:
    """The shipped register, read once."""
    return load_register()


@cache
def facts(source: str, table: str) -> list[Fact]:
    rows: list[Fact] = loaded(source).tables[table].to_pylist()
    return rows


def check_rows(source: str, file_rows: dict[str, int], core_rows: dict[str, int], left_out: int) -> None:
    """A reviewed source has the index's rows by file and table, leaves out as many, and keeps the store's rules."""
    about, tables = loaded(source).about, loaded(source).tables
    assert about.is_reviewed
    assert {file.name: file.row_count for file in about.files} == file_rows
    assert {name: rows.num_rows for name, rows in tables.items()} == core_rows
    assert sum(count for reason, count in about.left_out.items() if ", values:" not in reason) == left_out
    for name, rows in tables.items():
        assert checked_table(source, name, rows).num_rows == rows.num_rows


def unknown_files(source: str) -> list[str]:
    """What lies in a source's folder and is neither promised nor said not to be read."""
    promise, folder = contract(source), MIRROR / source
    known = [*(file.path for file in promise.files.values()), *promise.not_read]
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return [name for name in names if not any(fnmatchcase(name, pattern) for pattern in known)]
