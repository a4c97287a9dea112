"""The register as one flat sheet, CSV or Excel: a row for each record and each edition, and the sheet read again.

A cell holds what a person would type at a prompt (`comity.record.phrases`). The sheet has columns for as many pieces
of evidence as the record with the most, so it leaves nothing out.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from comity.errors import BadRequest, RecordError
from comity.record.parties import slug
from comity.record.phrases import SENTENCES, sentences_text, text_of
from comity.record.reading import Filed
from comity.record.shape import AnyRecord, Edition, Evidence, Series
from comity.record.whole_files import write_whole
from comity.record.writing import EVIDENCE_FIELDS, FIELDS

PLAIN_COLUMNS = (
    "kind",
    "identifier",
    "series",
    *(name for name in FIELDS if name not in ("kind", "evidence", "editions")),
)
SUFFIXES = (".csv", ".xlsx")
_LEAST_PIECES = 3
_MOST_LETTERS = 32_767  # in a cell of Excel

Cells = dict[str, str]


@dataclass(frozen=True)
class SheetRow:
    """One row of a sheet: its number as a spreadsheet counts, and its cells that are not empty."""

    number: int
    cells: Cells


def evidence_column(number: int, field: str) -> str:
    """The column of one field of a piece of evidence; pieces are counted from 1.

    >>> evidence_column(2, "url")
    'evidence_2_url'
    """
    return f"evidence_{number}_{field}"


def columns_of(pieces: int) -> list[str]:
    """Every column of a sheet for records with so many pieces of evidence."""
    numbers = range(1, max(pieces, _LEAST_PIECES) + 1)
    return [*PLAIN_COLUMNS, *(evidence_column(number, field) for number in numbers for field in EVIDENCE_FIELDS)]


def cells_of(filed: Sequence[Filed]) -> Iterator[Cells]:
    """The cells of every record, each series followed by its editions; cells that say nothing are left out."""
    for item in filed:
        yield {"kind": item.kind, "identifier": item.identifier} | _cells(item.content)
        if isinstance(item.content, Series):
            for edition in item.content.editions:
                whole = {"kind": "edition", "series": item.identifier}
                yield whole | {"identifier": f"{item.identifier}/{slug(edition.name)}"} | _cells(edition)


def write_sheet(filed: Sequence[Filed], path: Path) -> int:
    """Write records to a sheet, whole or not at all; answers the number of rows under the header."""
    if path.suffix not in SUFFIXES:
        raise BadRequest(
            f"{path.name}: a sheet ends in {' or '.join(SUFFIXES)}; for tables, `comity record release DIR`"
        )
    rows = list(cells_of(filed))
    pieces = [int(name.split("_")[1]) for cells in rows for name in cells if name.startswith("evidence_")]
    columns = columns_of(max(pieces, default=0))
    table = [columns, *([cells.get(column, "") for column in columns] for cells in rows)]
    content = _csv_bytes(table) if path.suffix == ".csv" else _excel_bytes(table)
    write_whole(path, content)
    return len(rows)


def read_sheet(path: Path) -> tuple[list[str], list[SheetRow]]:
    """The columns of a sheet and its rows that are not empty; a file that is no sheet is refused."""
    if path.suffix not in SUFFIXES:
        raise BadRequest(f"{path.name}: a sheet ends in {' or '.join(SUFFIXES)}")
    table = _csv_rows(path) if path.suffix == ".csv" else _excel_rows(path)
    columns = [name.strip() for name in next(iter(table), [])]
    while columns and not columns[-1]:
        columns.pop()
    rows = []
    for number, values in enumerate(table[1:], start=2):
        if any(value.strip() for value in values[len(columns) :]):
            raise RecordError(f"{path.name} row {number}: more cells than the header has columns")
        cells = {name: value.strip() for name, value in zip(columns, values, strict=False) if value.strip()}
        if cells:
            rows.append(SheetRow(number, cells))
    return columns, rows


def other_sheets(path: Path) -> list[str]:
    """The names of the sheets of a workbook after the first in which any cell is filled; a CSV has none."""
    if path.suffix == ".csv":
        return []
    book = _workbook(path)
    names = book.sheet_names[1:]
    return [name for name in names if any(map(any, book.get_sheet_by_name(name).to_python(skip_empty_area=True)))]


def _cells(content: AnyRecord | Edition) -> Cells:
    cells: Cells = {}
    for field in content.__struct_fields__:
        value = getattr(content, field)
        if field not in ("evidence", "editions") and value not in (None, []):
            cells[field] = sentences_text(value) if field in SENTENCES else text_of(value)
    for number, piece in enumerate(content.evidence, start=1):
        cells |= {evidence_column(number, field): text for field, text in _piece(piece)}
    return cells


def _piece(piece: Evidence) -> Iterator[tuple[str, str]]:
    for field in EVIDENCE_FIELDS:
        text = text_of(getattr(piece, field))
        if text:
            yield field, text


def _csv_bytes(table: list[list[str]]) -> bytes:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(table)
    return file.getvalue().encode()


def _csv_rows(path: Path) -> list[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordError(f"{path.name}: not UTF-8 at byte {error.start}; save it as CSV UTF-8") from error
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise RecordError(f"{path.name}: no CSV that can be read: {error}") from error


def _excel_bytes(table: list[list[str]]) -> bytes:
    """Every cell as text, so that no program makes a date of `2024-04` or a formula of `=`."""
    import lxml.etree
    import openpyxl
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "register"
    sheet.freeze_panes = "C2"
    for number, values in enumerate(table, start=1):
        for place, value in enumerate(values, start=1):
            if not value:
                continue
            if ILLEGAL_CHARACTERS_RE.search(value) or len(value) > _MOST_LETTERS:
                where = f"{values[1]}, {table[0][place - 1]}"
                raise BadRequest(f"{where}: a cell of Excel cannot hold this text; export to a .csv")
            cell: Any = sheet.cell(number, place)
            cell.value, cell.data_type = value, "s"
            cell.number_format = "@"
            if number == 1:
                cell.font = Font(bold=True)
    file = io.BytesIO()
    try:
        book.save(file)  # each sheet goes through a temporary file
    except (OSError, lxml.etree.SerialisationError) as problem:
        raise BadRequest(f"{tempfile.gettempdir()}: a workbook cannot be made there: {problem}") from problem
    return file.getvalue()


def _excel_rows(path: Path) -> list[list[str]]:
    """The cells of the first sheet as text."""
    cells = _workbook(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [[_excel_text(value) for value in row] for row in cells]


def _workbook(path: Path) -> Any:
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    except python_calamine.CalamineError as error:
        raise RecordError(f"{path.name}: no workbook that can be read: {error}") from error


def _excel_text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
