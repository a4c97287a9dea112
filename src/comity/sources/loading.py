"""From a publisher's files to rows of `core`: read, check, correct, convert, check again."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

from comity.errors import ContractBroken
from comity.sources.about import About, FileRead, Loaded
from comity.sources.contract import Contract, contract
from comity.sources.files import apply_fixes, check_rows, find_files, read_file
from comity.sources.raw import Raw, Row
from comity.vocab.arrow import to_table


def load_source(name: str, folder: Path) -> Loaded:
    """One source from its folder of files, ready for the store.

    Raises FileMissing when a file is not there, ContractBroken when a file or a table is not as promised.
    """
    promise = contract(name)
    raw, files = _read_raw(name, promise, folder)
    reader = importlib.import_module(f"comity.sources.{name}")
    tables = {table: _read_table(raw, promise, table, getattr(reader, table)) for table in promise.tables}
    return Loaded(_about(name, promise, files, dict(raw.left_out)), tables)


def _read_raw(name: str, promise: Contract, folder: Path) -> tuple[Raw, list[FileRead]]:
    tables: dict[str, list[Row]] = {}
    files: list[FileRead] = []
    aliases = {spelling: alias.name for spelling, alias in promise.aliases.items()}
    for file_name, promised in promise.files.items():
        rows: list[Row] = []
        for path in find_files(folder, promised):
            read, found = read_file(path, folder, promised, aliases)
            apply_fixes(found, [fix for fix in promise.fixes if fix.file == file_name], read.is_reviewed)
            files.append(read)
            rows += found
        if not promised.rows[0] <= len(rows) <= promised.rows[1]:
            least, most = promised.rows
            raise ContractBroken(f"{name}/{promised.path}: {len(rows)} rows, promised {least} to {most}")
        check_rows(rows, promised)
        tables[file_name] = rows
    return Raw(name, tables), files


def _read_table(raw: Raw, promise: Contract, table: str, read: Any) -> pa.Table:
    facts: Iterable[dict[str, Any]] = read(raw)
    given = {"source": raw.source, "source_version": promise.version, "label": promise.label}
    rows = to_table(table, (given | fact for fact in facts))
    least, most = promise.tables[table]
    if not least <= rows.num_rows <= most:
        raise ContractBroken(f"{raw.source}.{table}: {rows.num_rows} rows, promised {least} to {most}")
    return rows


def _about(name: str, promise: Contract, files: list[FileRead], left_out: dict[str, int]) -> About:
    return About(
        source=name,
        title=promise.title,
        version=promise.version,
        publisher=promise.publisher,
        url=promise.url,
        citation=promise.citation,
        terms=promise.terms,
        redistribute=promise.redistribute,
        user_supplied=promise.user_supplied,
        is_reviewed=all(file.is_reviewed for file in files),
        coverage=promise.coverage,
        published=promise.published,
        files=tuple(files),
        left_out=left_out,
        known_errors=promise.known_errors,
    )
