"""Workbooks, old and new, as rows: a sheet under its header, or whole sheets cell by cell."""

from __future__ import annotations

import fnmatch
import io
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
    """Every row of every matching sheet; the fields are `sheet`, then `0`, `1`, … for the columns from the left."""
    sheets = list(_sheets(name, content, promised.sheet))
    width = max((len(cells[0]) for _, cells in sheets if cells), default=0)
    fields = {"sheet": 0} | {str(number): number + 1 for number in range(width)}
    rows: list[Row] = []
    for sheet, cells in sheets:
        layout = Layout(f"{name}[{sheet}]", fields, frozenset(promised.missing), aliases)
        for place, values in enumerate(cells, start=1):
            if any(values):
                rows.append(Row(layout, place, [sheet, *values, *[""] * (width - len(values))]))
    return rows


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
