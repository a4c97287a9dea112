"""Text files as rows: delimited columns under a header, or plain lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from comity.errors import ContractBroken
from comity.sources.contract import PromisedFile
from comity.sources.layout import Layout
from comity.sources.raw import Row


def delimited_rows(name: str, content: bytes, promised: PromisedFile, aliases: Mapping[str, str]) -> list[Row]:
    """Rows of a delimited file; a cut last row, another header or another number of fields is refused."""
    text = decoded(name, content, promised.encoding)
    if promised.has_final_newline and not text.endswith(("\n", "\r")):
        place = len(text.splitlines())
        raise ContractBroken(f"{name} row {place}: {text[-20:]!r} is cut off, the file ends in no newline")
    lines = io.StringIO(text, newline=None)
    for _ in range(promised.skip):
        lines.readline()
    if promised.is_quoted:
        reader = csv.reader(lines, delimiter=promised.delimiter, strict=True)
    else:
        reader = csv.reader(lines, delimiter=promised.delimiter, quoting=csv.QUOTE_NONE)
    try:
        given = next(reader, []) if promised.has_header else list(promised.header)
        layout = layout_of(name, given, promised, aliases)
        rows = [Row(layout, reader.line_num + promised.skip, values) for values in reader]
    except csv.Error as error:
        raise ContractBroken(f"{name} row {reader.line_num + promised.skip}: {error}") from error
    check_widths(rows, len(given), promised.delimiter)
    return rows


def plain_lines(name: str, content: bytes, promised: PromisedFile, aliases: Mapping[str, str]) -> list[Row]:
    """Every line as a row with the one field `line`; blank lines are left out."""
    layout = Layout(name, {"line": 0}, frozenset(promised.missing), aliases)
    lines = decoded(name, content, promised.encoding).splitlines()
    return [Row(layout, number, [line]) for number, line in enumerate(lines, start=1) if line.strip()]


def decoded(name: str, content: bytes, encoding: str) -> str:
    """The text of a file in its promised encoding; a byte that is not of it is refused with its row."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = error.object[: error.start]  # counted without a byte-order mark, as the place of the error is
        place = len((before + b"?").splitlines())  # lines may end in a bare CR
        wrong = error.object[error.start : error.start + 1]
        raise ContractBroken(f"{name} row {place}: the byte {wrong!r} is not {encoding}") from error


def layout_of(name: str, given: list[str], promised: PromisedFile, aliases: Mapping[str, str]) -> Layout:
    """The layout a header means: the promised one, or that of another release; any other is refused."""
    if tuple(given) == promised.header:
        columns = promised.fields
    elif tuple(given) in promised.headers or (promised.has_more and _holds_all(given, promised.header)):
        columns = tuple(given)
    else:
        raise ContractBroken(f"{name} row {promised.skip + 1}: {_difference(given, promised)}")
    fields = {column: number for number, column in enumerate(columns)}
    return Layout(name, fields, frozenset(promised.missing), aliases)


def check_widths(rows: list[Row], width: int, delimiter: str) -> None:
    """Refuse the first row that has not as many fields as the header."""
    for row in rows:
        if len(row.values) != width:
            start = delimiter.join(row.values)[:40]
            problem = f"{len(row.values)} fields, the header has {width}"
            raise ContractBroken(f"{row.file} row {row.place}: {start!r} has {problem}")


def _holds_all(given: list[str], wanted: tuple[str, ...]) -> bool:
    """Whether each wanted column is there once."""
    return all(given.count(column) == 1 for column in wanted)


def _difference(given: list[str], promised: PromisedFile) -> str:
    """How a header differs from the nearest of those that are known."""
    known = (promised.header, *promised.headers)
    nearest = max(known, key=lambda header: len(set(header) & set(given)))
    new = [f"unknown column {column!r}" for column in given if column not in nearest]
    gone = [f"missing column {column!r}" for column in nearest if column not in given]
    return ", ".join(new + gone) or "the columns are not in the promised order, or one is there twice"
