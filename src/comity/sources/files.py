"""Reading a publisher's file as rows of text, refused when its layout is not the promised one."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from operator import itemgetter
from pathlib import Path

from lxml import etree

from comity.errors import ContractBroken, FileMissing
from comity.sources.about import FileRead
from comity.sources.contract import Fix, Promise, PromisedFile
from comity.sources.raw import Layout, Row


def find_files(folder: Path, promised: PromisedFile) -> list[Path]:
    """The files a promise speaks of; of several versions of one file, the one whose name sorts last."""
    found = sorted(path for path in folder.glob(promised.path) if path.is_file())
    if not found:
        raise FileMissing(
            f"{folder.name}/{promised.path}: not there; run `comity fetch {folder.name}` or set COMITY_MIRROR"
        )
    return found if promised.is_family else found[-1:]


def read_file(
    path: Path, folder: Path, promised: PromisedFile, aliases: Mapping[str, str]
) -> tuple[FileRead, list[Row]]:
    """One file as rows, its layout checked against the promise."""
    name = path.relative_to(folder).as_posix()
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    fields = {column: number for number, column in enumerate(promised.header)}
    layout = Layout(name, fields, frozenset(promised.missing), aliases)
    read = _xml_rows if promised.format == "xml" else _csv_rows
    rows = read(layout, content, promised)
    is_reviewed = promised.sha256.get(name) == digest
    return FileRead(name=name, sha256=digest, row_count=len(rows), is_reviewed=is_reviewed), rows


def check_rows(rows: list[Row], promised: PromisedFile) -> None:
    """Ranges, allowed values and the key of the promise hold for every row."""
    for column, promise in promised.columns.items():
        place = promised.header.index(column)
        good: set[str] = set()  # values already checked: most columns repeat a few
        for row in rows:
            value = row.values[place]
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
    key_of = itemgetter(*(promised.header.index(column) for column in promised.key))
    seen: dict[str | tuple[str, ...], Row] = {}
    for row in rows:
        first = seen.setdefault(key_of(row.values), row)
        if first is not row:
            key = "/".join(row.plain(column) for column in promised.key)
            raise row.broken(promised.key[0], f"repeats the key {key} of {first.file} row {first.place}")


def _csv_rows(layout: Layout, content: bytes, promised: PromisedFile) -> list[Row]:
    text = _decoded(layout.file, content, promised.encoding)
    if promised.has_final_newline and not text.endswith(("\n", "\r")):
        place = len(text.splitlines())
        raise ContractBroken(f"{layout.file} row {place}: {text[-20:]!r} is cut off, the file ends in no newline")
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=promised.delimiter, strict=True)
    width = len(layout.fields)
    try:
        if promised.has_header:
            _check_header(layout.file, next(reader, []), promised.header)
        rows = [Row(layout, reader.line_num, values) for values in reader]
    except csv.Error as error:
        raise ContractBroken(f"{layout.file} row {reader.line_num}: {error}") from error
    for row in rows:
        if len(row.values) != width:
            start = promised.delimiter.join(row.values)[:40]
            problem = f"{len(row.values)} fields, the header has {width}"
            raise ContractBroken(f"{layout.file} row {row.place}: {start!r} has {problem}")
    return rows


def _decoded(file: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        place = content[: error.start].count(b"\n") + 1
        wrong = content[error.start : error.start + 1]
        raise ContractBroken(f"{file} row {place}: the byte {wrong!r} is not {encoding}") from error


def _check_header(file: str, given: list[str], promised: tuple[str, ...]) -> None:
    if tuple(given) == promised:
        return
    new = [f"unknown column {column!r}" for column in given if column not in promised]
    gone = [f"missing column {column!r}" for column in promised if column not in given]
    problem = ", ".join(new + gone) or "the columns are not in the promised order, or one is there twice"
    raise ContractBroken(f"{file} row 1: {problem}")


def _xml_rows(layout: Layout, content: bytes, promised: PromisedFile) -> list[Row]:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ContractBroken(f"{layout.file} row {error.lineno}: {error.msg}") from error
    rows = []
    for element in root:
        place = _line(element)
        if element.tag != promised.row:
            raise ContractBroken(f"{layout.file} row {place}: unknown element {element.tag!r}")
        rows.append(Row(layout, place, _xml_values(layout, element)))
    return rows


def _xml_values(layout: Layout, element: etree._Element) -> list[str]:
    values = [""] * len(layout.fields)
    filled: set[str] = set()
    for field, value in _xml_fields(element):
        where = f"{layout.file} row {_line(element)}"
        if field not in layout.fields:
            raise ContractBroken(f"{where}: unknown field {field!r} with {value[:40]!r}")
        if field in filled:
            raise ContractBroken(f"{where}: the field {field!r} is there twice")
        filled.add(field)
        values[layout.fields[field]] = value
    return values


def _xml_fields(element: etree._Element) -> list[tuple[str, str]]:
    """Every field of a row: `@x` is its attribute, `x` a child's text, `x/@y` a child's attribute."""
    found = [(f"@{key!s}", str(value)) for key, value in element.attrib.items()]
    for child in element:
        tag = str(child.tag)
        text = "".join(str(part) for part in child.itertext())
        found.append((tag, " ".join(text.split())))
        found += [(f"{tag}/@{key!s}", str(value)) for key, value in child.attrib.items()]
    return found


def _line(element: etree._Element) -> int:
    """Where an element begins in its file."""
    return element.sourceline if isinstance(element.sourceline, int) else 0
