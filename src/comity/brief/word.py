"""A brief as a Word document: headings, tables that repeat their heads, page numbers, contents, and its label."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from comity.brief.composing import Brief
from comity.brief.printed import Printed, printed
from comity.brief.word_columns import TEXT_WIDTH_CM, keep_rows, set_widths
from comity.brief.word_layout import Page, new_page

if TYPE_CHECKING:
    from docx.table import Table

PICTURE_SCALE = 2.5  # pixels to one of the drawing: 264 to an inch at the width of the text
_MOST_HIGH_CM, _LEAST_SHARE = 10.5, 0.8  # of a picture; if it were any smaller, its letters could not be read
_SIZE = re.compile(r'<svg [^>]*?viewBox="0 0 ([\d.]+) ([\d.]+)"')
_SHEET = '<rect width="100%" height="100%" fill="#ffffff"/>'
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
        line.paragraph_format.keep_together = True
        line.paragraph_format.keep_with_next = bool(said["under"]) or said is block["items"][-1]
        page.marks(line, said["marks"], said["number"])
        if said["under"]:
            doubt = page.paragraph(said["under"], "Doubt")
            doubt.paragraph_format.keep_with_next = said is block["items"][-1]
    page.origin(block)


def _figures(page: Page, block: dict[str, Any], _: Printed) -> None:
    page.block_title(block)
    items = block["items"]
    grid = page.table(3, len(items), is_ruled=False)
    for place, figure in enumerate(items):
        page.cell(grid.cell(0, place), figure["unit"], "Figure Unit")
        page.cell(grid.cell(1, place), figure["value"], "Figure Value")
        line = page.cell(grid.cell(2, place), figure["detail"], "Small")
        page.marks(line, figure["marks"], figure["number"])
    keep_rows(grid)
    page.origin(block)


def _table(page: Page, block: dict[str, Any], _: Printed) -> None:
    page.block_title(block)
    columns = block["columns"]
    grid = page.table(1, len(columns) + 1)
    heads = [(column["title"], column["holds"]) for column in columns]
    for cell, (title, holds) in zip(grid.rows[0].cells, [*heads, ("Ref.", "number")], strict=True):
        page.cell(cell, title, "Table Head Number" if holds == "number" else "Table Head")
    page.repeat_head(grid)
    starts: list[int] = []
    for row in block["rows"]:
        starts.append(len(grid._tbl.tr_lst))
        if row["group"]:
            page.cell(page.across(grid), row["group"], "Table Group")
        _row(page, grid, row, columns)
        if row["details"]:
            page.accounts(grid, row["details"])
    set_widths(grid, block["points"])
    keep_rows(grid, starts)
    if block["note"]:
        page.words(block["note"], "Kept")
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
        parts = block.get("parts", [block])
        for part in parts:
            drawn = document.pictures[part["file"]]
            line = page.picture(_pixels(drawn), part["alt"], share=_share(drawn))
            line.paragraph_format.keep_with_next = part is parts[-1]  # a page may end between two rows of a network
    if block["note"]:
        # What follows the words of a picture need not stand on their page; all of it together would find no room.
        page.paragraph(block["note"], "Kept").paragraph_format.keep_with_next = not block["names"]
    if block["names"]:
        page.paragraph(" · ".join(f"{code} {name}" for code, name in block["names"]), "Kept")
    page.origin(block)


def _share(drawn: str) -> float:
    """How wide a picture is printed, as a share of the text: a high one would leave most of a page empty before it.

    A document for Word is not told where its pages end, so a picture cannot be moved to where it has room.
    """
    found = _SIZE.match(drawn)
    if found is None:
        return 1.0
    high = TEXT_WIDTH_CM * float(found[2]) / float(found[1])
    return min(1.0, max(_LEAST_SHARE, _MOST_HIGH_CM / high))


def _pixels(drawn: str) -> bytes:
    """A picture as pixels, each of them opaque: half-transparent ones are written with the wrong color."""
    import vl_convert

    start, _, body = drawn.partition(">")
    lettered = start.replace("<svg ", '<svg font-family="sans-serif" ', 1)  # a page gives its own, a picture has none
    made: bytes = vl_convert.svg_to_png(f"{lettered}>{_SHEET}{body}", scale=PICTURE_SCALE)
    return made


def _caveat(page: Page, block: dict[str, Any], _: Printed) -> None:
    page.block_title(block)
    page.words(block["text"], "Caveat")
    page.origin(block)


def _note(page: Page, block: dict[str, Any], _: Printed) -> None:
    page.block_title(block)
    page.words(block["text"]).paragraph_format.keep_with_next = True
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
    page.paragraph(f"{values['closing']} {values['sources_note']}".strip(), "Small")
    page.two_columns()
    for reference in values["references"]:
        line = page.paragraph(f"{reference['number']}\t", "Reference")
        page.link(line, reference["text"], reference["url"], is_bold=reference["is_source"])
        line.add_run(f" {reference['detail']}")
