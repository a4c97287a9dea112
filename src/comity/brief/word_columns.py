"""The tables of a Word brief: the widths they have in print, days on one line, and which rows share a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from comity.brief.print_columns import DAY

if TYPE_CHECKING:
    from docx.table import Table

TEXT_WIDTH_CM = 16.6
PADDING_CM = 0.1  # on each side of a cell; a little less than in print, since the letters are a little wider
_WHOLE_LINES = 9  # a table of no more, its head and what is told below its rows among them, stands on one page
_TOGETHER = 4  # lines at least that stand together with the head, and with the note
_DAY = re.compile(rf"\b{DAY}\b")


def unbroken_days(text: str) -> str:
    r"""The text with the blanks inside a day or a month made such that no line ends there.

    >>> unbroken_days("19 Jan 1974 to 20 Jan 1974 (disputed)").split(" ")
    ['19\xa0Jan\xa01974', 'to', '20\xa0Jan\xa01974', '(disputed)']
    """
    return _DAY.sub(lambda found: found[0].replace(" ", "\u00a0"), text)


def set_widths(grid: Table, points: Sequence[float]) -> None:
    """Give the columns their widths, and each row's cells, of which one may be across several columns."""
    from docx.shared import Pt

    grid.autofit = False
    for column, width in zip(grid.columns, points, strict=True):
        column.width = Pt(width)
    for row in grid._tbl.tr_lst:
        place = 0
        for cell in row.tc_lst:
            after = place + cell.grid_span
            cell.width = Pt(sum(points[place:after]))
            place = after


def keep_rows(grid: Table, starts: Sequence[int] = ()) -> None:
    """No row is parted by the end of a page, and none stands there alone.

    A row begins at each of `starts`: with the name of its group, if it is the first of one, and it goes on through what
    is told below it. A small table stays whole, with what follows it. Of a longer one the head stays with the first
    rows, and the last rows with the note.
    """
    from docx.oxml import OxmlElement

    lines = list(grid._tbl.tr_lst)
    for line in lines:
        line.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    count = len(lines)
    if count <= _WHOLE_LINES:
        kept = set(range(count))
    else:
        ends = {after - 1 for after in (*starts, count)}  # where a row or the head ends
        first = max(start for start in starts if start <= max(_TOGETHER, starts[0]))
        last = min(start for start in starts if start >= min(count - _TOGETHER, starts[-1]))
        kept = {place for place in range(count) if place < first or place >= last or place not in ends}
    for place in sorted(kept):
        _keep_with_next(lines[place])


def _keep_with_next(row: Any) -> None:
    for cell in row.tc_lst:
        for line in cell.p_lst:
            line.get_or_add_pPr().get_or_add_keepNext()
