"""Reading a publisher's file as rows of text, refused when its layout is not the promised one."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

from lxml import etree

from comity.errors import ContractBroken, FileMissing
from comity.sources.about import FileRead
from comity.sources.contract import Fix, PromisedFile
from comity.sources.raw import Row


def find_files(folder: Path, promised: PromisedFile) -> list[Path]:
    """The files a promise speaks of; of several versions of one file, the one whose name sorts last."""
    found = sorted(path for path in folder.glob(promised.path) if path.is_file())
    if not found:
        raise FileMissing(f"{folder.name}/{promised.path}: not there; run `comity fetch {folder.name}` or set COMITY_MIRROR")
    return found if promised.is_family else found[-1:]


def read_file(path: Path, folder: Path, promised: PromisedFile) -> tuple[FileRead, list[Row]]:
    """One file as rows, its layout checked against the promise."""
    name = str(path.relative_to(folder))
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    rows = _xml_rows(name, content, promised) if promised.format == "xml" else _csv_rows(name, content, promised)
    reviewed = promised.sha256.get(name) == digest
    return FileRead(name=name, sha256=digest, row_count=len(rows), is_reviewed=reviewed), rows


def check_rows(rows: list[Row], promised: PromisedFile) -> None:
    """Ranges, allowed values and the key of the promise hold for every row."""
    for column, promise in promised.columns.items():
        for row in rows:
            value = row.text(column)
            if value is None:
                continue
            if promise.values and value not in promise.values:
                raise row.broken(column, f"is not one of {', '.join(promise.values)}")
            if promise.min is not None or promise.max is not None:
                _check_range(row, column, promise.min, promise.max)
    _check_key(rows, promised.key)


def apply_fixes(rows: list[Row], fixes: list[Fix], is_reviewed: bool) -> None:
    """Correct the publisher's known errors in place; a fix that no longer fits a reviewed file is an error."""
    for fix in fixes:
        hits = [row for row in rows if all(row.text(column) == value for column, value in fix.where.items())]
        for row in hits:
            if row.values[row.fields[fix.column]].strip() == fix.old:
                row.values[row.fields[fix.column]] = fix.new
                break
        else:
            if is_reviewed:
                raise ContractBroken(f"{fix.file}: the fix of {fix.column} where {fix.where} fits no row")


def _check_range(row: Row, column: str, least: float | None, most: float | None) -> None:
    number = row.number(column)
    assert number is not None
    if (least is not None and number < least) or (most is not None and number > most):
        raise row.broken(column, f"is outside {least} to {most}")


def _check_key(rows: list[Row], key: tuple[str, ...]) -> None:
    if not key:
        return
    seen: dict[tuple[str, ...], Row] = {}
    for row in rows:
        value = tuple(row.values[row.fields[column]] for column in key)
        if value in seen:
            raise row.broken(key[0], f"repeats the key {'/'.join(value)} of row {seen[value].place}")
        seen[value] = row


def _csv_rows(name: str, content: bytes, promised: PromisedFile) -> list[Row]:
    try:
        text = content.decode(promised.encoding)
    except UnicodeDecodeError as error:
        raise ContractBroken(f"{name}: byte {error.start} is not {promised.encoding}") from error
    if promised.has_final_newline and not text.endswith(("\n", "\r")):
        raise ContractBroken(f"{name}: the last row is cut off")
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=promised.delimiter, strict=True)
    fields = {column: number for number, column in enumerate(promised.header)}
    missing = frozenset(promised.missing)
    rows: list[Row] = []
    try:
        for values in reader:
            place = reader.line_num
            if not rows and place == 1 and promised.has_header:
                _check_header(name, values, promised.header)
            elif len(values) != len(fields):
                raise ContractBroken(f"{name} row {place}: {len(values)} fields, the header has {len(fields)}")
            else:
                rows.append(Row(name, place, fields, values, missing))
    except csv.Error as error:
        raise ContractBroken(f"{name} row {reader.line_num}: {error}") from error
    return rows


def _check_header(name: str, given: list[str], promised: tuple[str, ...]) -> None:
    if tuple(given) == promised:
        return
    new = [column for column in given if column not in promised]
    gone = [column for column in promised if column not in given]
    if new or gone:
        changes = [f"unknown column {column!r}" for column in new] + [f"missing column {column!r}" for column in gone]
        raise ContractBroken(f"{name} row 1: {', '.join(changes)}")
    raise ContractBroken(f"{name} row 1: the columns are not in the promised order")


def _xml_rows(name: str, content: bytes, promised: PromisedFile) -> list[Row]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ContractBroken(f"{name}: {error.msg}") from error
    fields = {column: number for number, column in enumerate(promised.header)}
    missing = frozenset(promised.missing)
    return [Row(name, element.sourceline or 0, fields, _xml_values(name, element, fields), missing) for element in root.iter(promised.row)]


def _xml_values(name: str, element: etree._Element, fields: dict[str, int]) -> list[str]:
    values = [""] * len(fields)
    found = {f"@{key}": str(value) for key, value in element.attrib.items()}
    for child in element:
        found[str(child.tag)] = " ".join("".join(child.itertext()).split())
        found |= {f"{child.tag}/@{key}": str(value) for key, value in child.attrib.items()}
    for field, value in found.items():
        if field not in fields:
            raise ContractBroken(f"{name} line {element.sourceline}: unknown field {field!r}")
        values[fields[field]] = value
    return values
