"""What a Word brief is made of: its page with the label at head and foot, headings, lines, pictures and tables."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from comity.brief.palette import MUTED, RULE
from comity.brief.word_columns import PADDING_CM, TEXT_WIDTH_CM, unbroken_days
from comity.brief.word_fields import add_bookmark, add_field, set_leader, set_stops
from comity.brief.word_styles import ACCENT, CODE_FONT, points, rgb, set_styles

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_TWIPS = 567  # to a cm
_BETWEEN_COLUMNS_CM = 0.8
_SWATCH = "\u2003\u00a0"  # about as wide as a line is high


def new_page(values: dict[str, Any]) -> Page:
    """An empty document on A4 with comity's styles, the brief's label at head and foot, and its title as property."""
    import docx
    from docx.shared import Cm

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    page = Page(document)
    set_styles(document)
    page.set_edges(values)
    properties = document.core_properties
    properties.title, properties.subject = f"{values['title']}: {values['kind']}", values["scope"][:255]
    properties.author = properties.last_modified_by = f"comity {values['version']}"
    properties.comments, properties.language = values["label"], "en-US"
    return page


@dataclass(frozen=True)
class Page:
    """The document as it grows, and what can be added to it."""

    document: Document

    def set_edges(self, values: dict[str, Any]) -> None:
        """The label at head and foot, the title above, the day and the page below."""
        section = self.document.sections[0]
        above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
        above.text = f"{values['title']} · {values['kind']}\t{values['label'].upper()}"
        below.text = f"{values['facts'][0][0]} {values['facts'][0][1]}\t{values['label'].upper()}\t"
        add_field(below, "PAGE", "1")
        below.add_run(" of ")
        add_field(below, "NUMPAGES", "1")
        for line in (above, below):
            self._style(line, "Small")
        set_stops(above)  # a title may be longer than half the line, so that nothing stands in its middle
        set_stops(below, has_middle=True)

    def title_block(self, values: dict[str, Any]) -> None:
        """The kind, the title, what it covers, and as of when and for whom it was made."""
        self.paragraph(values["kind"].upper(), "Kicker")
        self.paragraph(values["title"], "Title")
        self.paragraph(values["scope"], "Scope")
        grid = self.table(2, len(values["facts"]), is_ruled=False)
        for place, (name, said) in enumerate(values["facts"]):
            self.cell(grid.cell(0, place), name, "Small")
            self.cell(grid.cell(1, place), said, "Table Group")

    def contents(self, titles: list[str]) -> None:
        """The sections and their pages, in fields that a word processor works out when it opens the document."""
        self.paragraph("Contents", "Kicker").paragraph_format.space_before = points(14)
        for place, title in enumerate(titles, 1):
            line = self.paragraph(f"{title}\t", "Contents")
            set_leader(line)
            add_field(line, f"PAGEREF {_bookmark(place)} \\h", "")

    def heading(self, text: str, level: int, place: int = 0) -> None:
        """A heading of the document's outline; `place` is that of a section, which its contents lead to."""
        line = self.document.add_heading(text, level)
        if place:
            add_bookmark(line, place, _bookmark(place))

    def block_title(self, block: dict[str, Any]) -> None:
        """The title of a block where it has one."""
        if block["title"]:
            self.heading(block["title"], 2)

    def two_columns(self) -> None:
        """What follows stands in two columns, from the line where the text is now."""
        from docx.enum.section import WD_SECTION
        from docx.oxml.ns import qn

        last: Any = self.document.paragraphs[-1]._p
        section = self.document.add_section(WD_SECTION.CONTINUOUS)
        columns = section._sectPr.find(qn("w:cols"))
        columns.set(qn("w:num"), "2")
        columns.set(qn("w:space"), str(round(_BETWEEN_COLUMNS_CM * _TWIPS)))
        added: Any = self.document.paragraphs[
            -1
        ]._p  # an empty line that bears the end of what was: the line before can
        last.get_or_add_pPr().append(added.pPr.find(qn("w:sectPr")))
        added.getparent().remove(added)

    def paragraph(self, text: str, style: str = "Normal") -> Paragraph:
        """A paragraph in a style."""
        line = self.document.add_paragraph(text)
        self._style(line, style)
        return line

    def words(self, parts: list[list[str]], style: str = "Normal") -> Paragraph:
        """A paragraph in a style, the commands in it as code."""
        line = self.paragraph("", style)
        for part, kind in parts:
            run = line.add_run(part)
            if kind == "code":
                run.font.name = CODE_FONT
        return line

    def _style(self, line: Paragraph, name: str) -> None:
        # By its identifier: to look a style up by name costs a walk over all styles, for each of thousands of cells.
        line._p.style = name.replace(" ", "")

    def origin(self, block: dict[str, Any]) -> None:
        """Where a block is from, how old that is, and the number by which one asks what it rests on."""
        line = self.paragraph(block["origin"], "Origin")
        self.marks(line, block["marks"], 0)
        line.add_run(f"  ·  {block['age']}")
        self.marks(line, [], block["number"])

    def marks(self, line: Paragraph, numbers: list[int], number: int) -> None:
        """The numbers of sources, and that of the part itself."""
        if numbers:
            before = "" if line.text.endswith(" ") or not line.text else " "
            run = line.add_run(before + " ".join(f"[{each}]" for each in numbers))
            run.font.color.rgb, run.font.size = rgb(ACCENT), points(7.2)
        if number:
            run = line.add_run(f" #{number}")
            run.font.color.rgb, run.font.size = rgb(MUTED), points(7)

    def legend(self, entries: list[tuple[str, str]]) -> None:
        """The words of a chart, each behind a swatch of its color, with an edge that pale ones are seen by."""
        line = self.paragraph("", "Kept")
        for name, color in entries:
            _paint(line.add_run(_SWATCH), color)
            line.add_run(f"\u00a0{name}    ")

    def picture(self, pixels: bytes, described: str, *, share: float = 1.0) -> Paragraph:
        """The line of a picture, a share as wide as the text, with its description for those who cannot see it."""
        from docx.shared import Cm

        line = self.paragraph("", "Picture")
        shape = line.add_run().add_picture(io.BytesIO(pixels), width=Cm(round(TEXT_WIDTH_CM * share, 2)))
        shape._inline.docPr.set("descr", described)
        for side in "TBLR":  # without air of its own, which would push it off the edge of the text
            shape._inline.set(f"dist{side}", "0")
        return line

    def table(self, rows: int, columns: int, *, is_ruled: bool = True) -> Table:
        """A table with hairlines above and below, and between its rows unless they are lines of one thing."""
        grid: Table = self.document.add_table(rows, columns)
        _set_borders(grid, ("top", "bottom", "insideH") if is_ruled else ("top", "bottom"))
        return grid

    def cell(self, cell: _Cell, text: str, style: str) -> Paragraph:
        """The text of a cell, in a style."""
        line: Paragraph = cell.paragraphs[0]
        line.text = unbroken_days(text)
        self._style(line, style)
        return line

    def row(self, grid: Table) -> tuple[_Cell, ...]:
        """The cells of a new row."""
        cells: tuple[_Cell, ...] = grid.add_row().cells  # type: ignore[no-untyped-call]
        return cells

    def across(self, grid: Table) -> _Cell:
        """A new row that is one cell."""
        cells = self.row(grid)
        merged: _Cell = cells[0].merge(cells[-1])
        return merged

    def accounts(self, grid: Table, told: list[str]) -> None:
        """What is told of the last row, in one cell below it with no line between; its references stand beside both."""
        above = grid._tbl.tr_lst[-1].tc_lst
        cells = self.row(grid)
        below = cells[0].merge(cells[-2])
        for cell in above[:-1]:
            _open_edge(cell, "bottom")
        _open_edge(below._tc, "top")
        above[-1].vMerge, cells[-1]._tc.vMerge = "restart", "continue"
        self.cell(cells[-1], "", "Account")
        self.cell(below, told[0], "Account")
        for text in told[1:]:
            self._style(below.add_paragraph(text), "Account")

    def repeat_head(self, grid: Table) -> None:
        """The first row stands on every page that the table reaches."""
        from docx.oxml import OxmlElement

        grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def link(self, line: Paragraph, text: str, url: str, *, is_bold: bool) -> None:
        """Text that leads to an address, or plain text where there is none."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        run = line.add_run(text)
        run.bold = is_bold
        if url:
            held = OxmlElement("w:hyperlink")
            held.set(qn("r:id"), line.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            run._r.addprevious(held)
            held.append(run._r)


def _bookmark(place: int) -> str:
    return f"section{place}"


def _paint(run: Run, color: str) -> None:
    """A ground of a color below a piece of text, and an edge around it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    told = {
        "w:bdr": {"val": "single", "sz": "4", "space": "0", "color": MUTED.lstrip("#")},
        "w:shd": {"val": "clear", "color": "auto", "fill": color.lstrip("#")},
    }
    for name, values in told.items():
        held = OxmlElement(name)
        for key, value in values.items():
            held.set(qn(f"w:{key}"), value)
        run._r.get_or_add_rPr().append(held)


def _open_edge(cell: Any, edge: str) -> None:
    """No line at an edge of a cell."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    held, side = OxmlElement("w:tcBorders"), OxmlElement(f"w:{edge}")
    side.set(qn("w:val"), "nil")
    held.append(side)
    cell.get_or_add_tcPr().append(held)


def _set_borders(grid: Table, edges: tuple[str, ...]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    held = OxmlElement("w:tblBorders")
    for edge in edges:
        side = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE.lstrip("#"))):
            side.set(qn(f"w:{name}"), value)
        held.append(side)
    around = OxmlElement("w:tblCellMar")
    for edge in ("left", "right"):
        side = OxmlElement(f"w:{edge}")
        side.set(qn("w:w"), str(round(PADDING_CM * _TWIPS)))
        side.set(qn("w:type"), "dxa")
        around.append(side)
    last: Any = grid._tbl.tblPr.find(qn("w:tblLook"))  # Word wants it after them
    last.addprevious(held)
    last.addprevious(around)
