"""How wide the columns of a table in a Word brief are: years and words whole, the rest by what the cells ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.table import Table

TEXT_WIDTH_CM = 16.6
PADDING_CM = 0.12  # on each side of a cell
_REFERENCES_CM = (1.9, 1.2)  # of the column of references, and where the others need its room
_LETTER_CM, _AROUND_CM = 0.17, 0.34  # a letter at the size of a table, digits being the widest; what lies around a cell
_LONGEST_WORD = 24


def column_widths(columns: list[dict[str, Any]]) -> list[float]:
    """Widths in cm that fill the text, the last one of the references.

    No column is narrower than its longest word, or a day, unless the table as a whole finds no room.

    >>> year = {"is_short": True, "width": 4, "least": 4}
    >>> words = {"is_short": False, "width": 30, "least": 9}
    >>> [round(width, 2) for width in column_widths([words, year, year])]
    [12.66, 1.02, 1.02, 1.9]
    """
    leasts = [_LETTER_CM * min(column["least"], _LONGEST_WORD) + _AROUND_CM for column in columns]
    asked = [_LETTER_CM * max(column["width"], column["least"]) + _AROUND_CM for column in columns]
    references = _REFERENCES_CM[0 if sum(leasts) + _REFERENCES_CM[0] <= TEXT_WIDTH_CM else 1]
    room = TEXT_WIDTH_CM - references
    if sum(leasts) > room:
        return [*(least * room / sum(leasts) for least in leasts), references]
    wanted = [max(ask - least, 0.0) for ask, least in zip(asked, leasts, strict=True)]
    part = min(1.0, (room - sum(leasts)) / max(sum(wanted), 0.01))
    widths = [least + want * part for least, want in zip(leasts, wanted, strict=True)]
    left = room - sum(widths)
    long = [place for place, column in enumerate(columns) if not column["is_short"]]
    for place in long:
        widths[place] += left / len(long)
    return [*widths, references if long else references + left]


def set_widths(grid: Table, widths: list[float]) -> None:
    """Give the columns their widths, and each cell that is not across the table."""
    from docx.shared import Cm

    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Cm(width)
    for row in grid.rows:
        if len(row._tr.tc_lst) == len(widths):  # a row across the table has one cell
            for cell, width in zip(row._tr.tc_lst, widths, strict=True):
                cell.width = Cm(width)


def keep_whole(grid: Table) -> None:
    """No row is parted by the end of a page; the head and a group stay with the row that follows."""
    from docx.oxml import OxmlElement

    for row in grid.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
