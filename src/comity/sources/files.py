"""Reading a publisher's files as rows or columns, refused when their layout is not the promised one."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from comity.errors import ContractBroken, FileMissing
from comity.sources.about import FileRead
from comity.sources.columns import Columns, read_columns
from comity.sources.contract import Fix, Promise, PromisedFile
from comity.sources.object_files import json_line_rows, json_rows, xml_rows
from comity.sources.raw import Row
from comity.sources.sheet_files import grid_rows, sheet_rows
from comity.sources.text_files import decoded, delimited_rows, layout_of, plain_lines

_READERS: dict[str, Callable[[str, bytes, PromisedFile, Mapping[str, str]], list[Row]]] = {
    "csv": delimited_rows,
    "lines": plain_lines,
    "xml": xml_rows,
    "json": json_rows,
    "jsonl": json_line_rows,
    "excel": sheet_rows,
    "grid": grid_rows,
}


@dataclass(frozen=True)
class Content:
    """What was read of one file: rows, or columns when it is large."""

    read: FileRead
    rows: list[Row]
    columns: Columns | None = None


def find_files(folder: Path, promised: PromisedFile) -> list[Path]:
    """The files a promise speaks of; of several versions of one file, the one whose name sorts last."""
    found = sorted(path for path in folder.glob(promised.path) if path.is_file())
    if not found and not promised.is_optional:
        raise FileMissing(
            f"{folder.name}/{promised.path}: not there; run `comity fetch {folder.name}` or set COMITY_MIRROR"
        )
    return found if promised.is_family else found[-1:]


def read_file(path: Path, folder: Path, promised: PromisedFile, aliases: Mapping[str, str]) -> Content:
    """One file, its layout checked against the promise."""
    name = path.relative_to(folder).as_posix()
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if path.suffix == ".gz":
        content = _unpacked(name, content)
    rows: list[Row] = []
    columns = None
    if promised.is_large:
        columns = _large(name, content, promised, aliases)
    else:
        rows = _READERS[promised.format](name, content, promised, aliases)
    count = columns.row_count if columns else len(rows)
    is_reviewed = promised.sha256.get(name) == digest
    return Content(FileRead(name=name, sha256=digest, row_count=count, is_reviewed=is_reviewed), rows, columns)


def _unpacked(name: str, content: bytes) -> bytes:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise ContractBroken(f"{name}: cannot be unpacked: {error}") from error


def _large(name: str, content: bytes, promised: PromisedFile, aliases: Mapping[str, str]) -> Columns:
    if promised.has_final_newline and not content.endswith(b"\n"):
        text = content.decode(promised.encoding, errors="replace")
        place = content.count(b"\n") + 1
        raise ContractBroken(f"{name} row {place}: {text[-20:]!r} is cut off, the file ends in no newline")
    first = io.BytesIO(content).readline().decode(promised.encoding).rstrip("\r\n")
    given = [column.strip('"') for column in first.split(promised.delimiter)]
    layout = layout_of(name, given, promised, aliases)
    try:
        return read_columns(name, content, promised.delimiter, layout)
    except pa.ArrowInvalid as error:
        decoded(name, content, promised.encoding)  # a byte of another encoding is the usual cause
        raise ContractBroken(f"{name}: {error}") from error


def check_rows(rows: list[Row], promised: PromisedFile) -> None:
    """Ranges, allowed values and the key of the promise hold for every row."""
    for column, promise in promised.columns.items():
        good: set[str] = set()  # values already checked: most columns repeat a few
        for row in rows:
            value = row.plain(column)
            if value not in good:
                _check_value(row, column, promise)
                good.add(value)
    if promised.key:
        _check_key(rows, promised)


def apply_fixes(rows: list[Row], fixes: list[Fix], is_reviewed: bool) -> None:
    """Correct the publisher's known errors in place; a fix that no longer fits a reviewed file is an error."""
    for fix in fixes:
        hits = [
            row
            for row in rows
            if row.plain(fix.column).strip() == fix.old
            and all(row.plain(column).strip() == value for column, value in fix.where.items())
        ]
        if is_reviewed and not hits:
            where = ", ".join(f"{column} {value}" for column, value in fix.where.items())
            raise ContractBroken(f"{fix.file}: the fix of {fix.column} {fix.old!r} where {where} fits no row")
        for row in hits:
            row.values[row.layout.fields[fix.column]] = fix.new


def _check_value(row: Row, column: str, promise: Promise) -> None:
    value = row.text(column)
    if value is None:
        return
    if promise.values and value not in promise.values:
        raise row.broken(column, f"is not one of {', '.join(promise.values)}")
    if promise.min is None and promise.max is None:
        return
    number = row.needed_number(column)
    if promise.min is not None and number < promise.min:
        raise row.broken(column, f"is below {promise.min:g}")
    if promise.max is not None and number > promise.max:
        raise row.broken(column, f"is above {promise.max:g}")


def _check_key(rows: list[Row], promised: PromisedFile) -> None:
    seen: dict[tuple[str, ...], Row] = {}
    for row in rows:
        first = seen.setdefault(tuple(row.plain(column) for column in promised.key), row)
        if first is not row:
            key = "/".join(row.plain(column) for column in promised.key)
            raise row.broken(promised.key[0], f"repeats the key {key} of {first.file} row {first.place}")
