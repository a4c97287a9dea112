"""Workbooks, old and new, as rows: a sheet under its header, or whole sheets cell by cell."""

from __future__ import annotations

import fnmatch
import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from comity.errors import ContractBroken
from comity.sources.contract import PromisedFile
from comity.sources.layout import Layout
from comity.sources.raw import Row
from comity.sources.text_files import layout_of


def sheet_rows(name: str, content: bytes, promised: PromisedFile, aliases: Mapping[str, str]) -> list[Row]:
    """The rows under the header of every sheet that matches; cells right of the header must be empty."""
    rows: list[Row] = []
    for sheet, cells in _sheets(name, content, promised.sheet):
        where = f"{name}[{sheet}]"
        given = _without_tail(cells[promised.skip]) if len(cells) > promised.skip else []
        layout = layout_of(where, given if promised.has_header else list(promised.header), promised, aliases)
        first = promised.skip + (1 if promised.has_header else 0)
        for place, values in enumerate(cells[first:], start=first + 1):
            if any(values[len(layout.fields) :]):
                raise ContractBroken(f"{where} row {place}: more cells than the header has")
            if any(values):
                padded = values[: len(layout.fields)] + [""] * (len(layout.fields) - len(values))
                rows.append(Row(layout, place, padded))
    return rows


def grid_rows(name: str, content: bytes, promised: PromisedFile, aliases: Mapping[str, str]) -> list[Row]:
    """Every row of every matching sheet; the fields are `sheet`, then `0`, `1`, … for the columns from the left.

    With colors promised, `0 color`, `1 color`, … follow: how the font of each cell is colored, as the file says it.
    """
    sheets = list(_sheets(name, content, promised.sheet))
    width = max((len(cells[0]) for _, cells in sheets if cells), default=0)
    columns = [str(number) for number in range(width)]
    colors = _font_colors(name, content) if promised.has_colors else {}
    fields = {"sheet": 0} | {column: number for number, column in enumerate(columns, start=1)}
    if promised.has_colors:
        fields |= {f"{column} color": number for number, column in enumerate(columns, start=width + 1)}
    rows: list[Row] = []
    for sheet, cells in sheets:
        layout = Layout(f"{name}[{sheet}]", fields, frozenset(promised.missing), aliases)
        for place, values in enumerate(cells, start=1):
            if any(values):
                padded = [*values, *[""] * (width - len(values))]
                if promised.has_colors:
                    padded += [colors.get((sheet, place, number), "") for number in range(width)]
                rows.append(Row(layout, place, [sheet, *padded]))
    return rows


def _font_colors(name: str, content: bytes) -> dict[tuple[str, int, int], str]:
    """The color of each cell's font where it has one: `indexed 12`, `rgb FF0000FF` or `theme 1`."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError) as error:
        raise ContractBroken(f"{name}: no workbook whose colors can be read: {error}") from error
    found = {}
    for sheet in book.worksheets:
        for place, row in enumerate(sheet.iter_rows(), start=1):
            for number, cell in enumerate(row):
                color = cell.font.color if cell.value is not None and cell.font else None
                if color is not None:
                    found[sheet.title, place, number] = f"{color.type} {getattr(color, color.type)}"
    return found


def _sheets(name: str, content: bytes, pattern: str) -> Iterator[tuple[str, list[list[str]]]]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except python_calamine.CalamineError as error:
        raise ContractBroken(f"{name}: no workbook that can be read: {error}") from error
    wanted = [sheet for sheet in book.sheet_names if fnmatch.fnmatchcase(sheet, pattern)]
    if not wanted:
        raise ContractBroken(f"{name}: no sheet {pattern!r}; there are {', '.join(book.sheet_names)}")
    for sheet in wanted:
        cells = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        yield sheet, [[_text(value) for value in row] for row in cells]


def _text(value: Any) -> str:
    """A cell as text: whole numbers without a point, dates as ISO text, empty cells as nothing."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value).strip()


def _without_tail(values: list[str]) -> list[str]:
    """A header without the empty cells on its right."""
    while values and not values[-1]:
        values = values[:-1]
    return values
