"""A draft notification as a Word document, to be completed and signed off."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from comity.cbm.draft import Draft, closing, heading, marks, opening

if TYPE_CHECKING:
    from docx.document import Document

_INK, _MUTED, _RED = "1D2733", "566270", "A32A00"
_FONT = "Georgia"
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, kw_only=True)
class _Look:
    """How a paragraph differs from plain text: sizes and spaces in points, the indent in cm."""

    size: float = 10.5
    is_bold: bool = False
    color: str = _INK
    indent: float = 0
    before: float = 0
    after: float = 4
    is_kept: bool = False  # on one page with the next


def draft_document(made: Draft) -> bytes:
    """The draft as a Word document; what is missing is set in red. The same draft gives the same bytes.

    >>> from comity.cbm import Activity, check
    >>> from comity.cbm.draft import draft
    >>> plan = Activity.from_dict({"type": "field_exercise", "host": "POL", "start": "2027-05-03", "troops": 14200})
    >>> row = check(plan)[0].by_rule["vd11.v.40_1.exercise"]
    >>> draft_document(draft(row, plan)) == draft_document(draft(row, plan))
    True
    """
    document = _page()
    _line(document, heading(made), _Look(size=17, after=10))
    for name, text in opening(made):
        _line(document, text, _Look(after=2), label=f"{name}: ")
    for point in made.points:
        _line(document, f"{point.number}. {point.asked}", _Look(is_bold=True, before=9, after=1, is_kept=True))
        for told in point.told:
            _line(document, told, _Look(indent=0.6, after=1))
        for gap in marks(point):
            _line(document, gap, _Look(indent=0.6, after=1, is_bold=True, color=_RED))
    _line(document, closing(made), _Look(color=_MUTED, before=14))
    written = io.BytesIO()
    document.core_properties.title = heading(made)
    document.core_properties.author = document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = datetime(*_EPOCH, tzinfo=UTC)
    document.save(written)
    return _without_clock(written.getvalue())


def _page() -> Document:
    """An empty page of A4, in the type of the other papers."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin = section.bottom_margin = Cm(2.4)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    return document


def _line(document: Document, text: str, look: _Look, label: str = "") -> None:
    """One paragraph: its text, after a label in gray where it has one."""
    from docx.shared import Cm, Pt, RGBColor

    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.left_indent, shape.keep_with_next = Cm(look.indent), look.is_kept
    if label:
        paragraph.add_run(label).font.color.rgb = RGBColor.from_string(_MUTED)
    run = paragraph.add_run(text)
    run.bold, run.font.size = look.is_bold, Pt(look.size)
    run.font.color.rgb = RGBColor.from_string(look.color)


def _without_clock(packed: bytes) -> bytes:
    """The same package with every file dated alike; a package is dated by the minute it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
