"""What a Word document works out by itself: the numbers of pages, where a section stands, and the stops of a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.brief.word_columns import TEXT_WIDTH_CM

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph


def add_field(line: Paragraph, code: str, shown: str) -> None:
    """A field that Word works out, with what it shows until then; one that shows nothing is due at once."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    def mark(kind: str) -> None:
        held = OxmlElement("w:fldChar")
        held.set(qn("w:fldCharType"), kind)
        if kind == "begin" and not shown:
            held.set(qn("w:dirty"), "true")  # to be worked out when the document is opened
        line.add_run()._r.append(held)

    mark("begin")
    told = OxmlElement("w:instrText")
    told.set(qn("xml:space"), "preserve")
    told.text = code
    line.add_run()._r.append(told)
    mark("separate")
    line.add_run(shown)
    mark("end")


def add_bookmark(line: Paragraph, number: int, name: str) -> None:
    """Mark a line, so that the page it stands on can be asked; names and numbers are used once in a document."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (begin, end):
        mark.set(qn("w:id"), str(number))
    begin.set(qn("w:name"), name)
    line._p.insert(1 if line._p.pPr is not None else 0, begin)
    line._p.append(end)


def set_leader(line: Paragraph) -> None:
    """Dots from the end of the words to a number at the right edge."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Cm

    line.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def set_stops(line: Paragraph, *, has_middle: bool = False) -> None:
    """A stop at the right edge, for the head of a page, and one in the middle as well, for its foot."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    stops = line.paragraph_format.tab_stops
    if has_middle:
        stops.add_tab_stop(Cm(TEXT_WIDTH_CM / 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Cm(TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
