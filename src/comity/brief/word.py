"""A brief as a Word document: headings, tables that repeat their heads, page numbers, contents, and its label."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from comity.brief.composing import Brief
from comity.brief.printed import Printed, printed
from comity.brief.word_columns import column_widths, keep_whole, set_widths
from comity.brief.word_layout import Page, new_page

if TYPE_CHECKING:
    from docx.table import Table

PICTURE_SCALE = 2.0  # pixels to a point of the drawing, enough for print at the width of the page
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def render_docx(brief: Brief) -> bytes:
    """The document. The same brief gives the same bytes."""
    document = printed(brief)
    page = new_page(document.values)
    page.title_block(document.values)
    if document.values["is_long"]:
        page.contents([section["title"] for section in document.values["sections"]] + ["Sources"])
    for place, section in enumerate(document.values["sections"], 1):
        page.heading(section["title"], 1, place)
        for block in section["blocks"]:
            _SHOWN.get(block["kind"], _note)(page, block, document)
    _sources(page, document.values)
    made = io.BytesIO()
    page.document.core_properties.created = _moment(document.values)
    page.document.core_properties.modified = _moment(document.values)
    page.document.save(made)
    return _without_clock(made.getvalue())


def _moment(values: dict[str, Any]) -> datetime:
    year, month, day = values["day"]
    return datetime(year, month, day, tzinfo=UTC)


def _without_clock(packed: bytes) -> bytes:
    """The same package with every file dated alike; a package is dated by the minute it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _judgements(page: Page, block: dict[str, Any], _: Printed) -> None:
    page.block_title(block)
    for said in block["items"]:
        line = page.words(said["text"], "List Bullet")
        page.marks(line, said["marks"], said["number"])
        if said["under"]:
            page.paragraph(said["under"], "Doubt")
    page.origin(block)


def _figures(page: Page, block: dict[str, Any], _: Printed) -> None:
    page.block_title(block)
    items = block["items"]
    grid = page.table(3, len(items))
    for place, figure in enumerate(items):
        page.cell(grid.cell(0, place), figure["unit"], "Figure Unit")
        page.cell(grid.cell(1, place), figure["value"], "Figure Value")
        line = page.cell(grid.cell(2, place), figure["detail"], "Small")
        page.marks(line, figure["marks"], figure["number"])
    keep_whole(grid)
    page.origin(block)


def _table(page: Page, block: dict[str, Any], _: Printed) -> None:
    page.block_title(block)
    columns = block["columns"]
    grid = page.table(1, len(columns) + 1)
    heads = [(column["title"], column["holds"]) for column in columns]
    for cell, (title, holds) in zip(grid.rows[0].cells, [*heads, ("Ref.", "number")], strict=True):
        page.cell(cell, title, "Table Head Number" if holds == "number" else "Table Head")
    page.repeat_head(grid)
    for row in block["rows"]:
        if row["group"]:
            page.cell(page.across(grid), row["group"], "Table Group")
        _row(page, grid, row, columns)
        for told in row["details"]:
            page.cell(page.across(grid), told, "Small")
    set_widths(grid, column_widths(columns))
    keep_whole(grid)
    if block["note"]:
        page.words(block["note"], "Small")
    page.origin(block)


def _row(page: Page, grid: Table, row: dict[str, Any], columns: list[dict[str, Any]]) -> None:
    cells = page.row(grid)
    for cell, text, column in zip(cells[:-1], row["cells"], columns, strict=True):
        line = page.cell(cell, text, "Table Number" if column["holds"] == "number" else "Table Cell")
        if row["is_unverified"] and column is columns[0]:
            line.add_run(" unverified").italic = True
    page.marks(page.cell(cells[-1], "", "Table Number"), row["marks"], 0)


def _picture(page: Page, block: dict[str, Any], document: Printed) -> None:
    page.block_title(block)
    if block["legend"]:
        page.legend(block["legend"])
    if "file" in block:
        page.picture(_pixels(document.pictures[block["file"]]), block["note"])
    if block["note"]:
        page.paragraph(block["note"], "Small")
    if block["names"]:
        page.paragraph(" · ".join(f"{code} {name}" for code, name in block["names"]), "Small")
    page.origin(block)


def _pixels(drawn: str) -> bytes:
    import vl_convert

    lettered = drawn.replace(
        "<svg ", '<svg font-family="sans-serif" ', 1
    )  # a page gives its own, a picture alone has none
    made: bytes = vl_convert.svg_to_png(lettered, scale=PICTURE_SCALE)
    return made


def _caveat(page: Page, block: dict[str, Any], _: Printed) -> None:
    page.block_title(block)
    page.words(block["text"], "Caveat")
    page.origin(block)


def _note(page: Page, block: dict[str, Any], _: Printed) -> None:
    page.block_title(block)
    page.words(block["text"])
    page.origin(block)


_SHOWN = {
    "judgements": _judgements,
    "keyfigures": _figures,
    "table": _table,
    "picture": _picture,
    "caveat": _caveat,
    "note": _note,
}


def _sources(page: Page, values: dict[str, Any]) -> None:
    page.heading("Sources", 1, len(values["sections"]) + 1)
    if values["sources_note"]:
        page.paragraph(values["sources_note"], "Small")
    for reference in values["references"]:
        line = page.paragraph(f"{reference['number']}  ", "Reference")
        page.link(line, reference["text"], reference["url"], is_bold=reference["is_source"])
        line.add_run(f" {reference['detail']}")
    page.paragraph(values["closing"], "Small")
