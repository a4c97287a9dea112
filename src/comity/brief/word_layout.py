"""How a Word brief looks: its styles, the label at head and foot, fields that number pages and list contents."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from comity.brief.palette import INK, MUTED, RULE, VERMILION
from comity.brief.word_columns import PADDING_CM, TEXT_WIDTH_CM
from comity.brief.word_fields import add_bookmark, add_field, set_edge_tabs, set_leader

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

ACCENT = "#00567e"
# Typefaces that other programs hold under another name with the same widths, so that no line falls otherwise there.
_TEXT_FONT, _TABLE_FONT, _CODE_FONT = "Times New Roman", "Arial", "Courier New"
_TWIPS = 567  # to a cm
_HEAD: dict[str, Any] = {"size": 7.5, "color": MUTED, "after": 0, "bold": True, "font": _TABLE_FONT, "kept": True}
_STYLES: dict[str, dict[str, Any]] = {
    # name: size in points, color, and what differs from plain text
    "Small": {"size": 8.5, "color": MUTED},
    "Doubt": {"size": 9, "color": MUTED, "italic": True, "indent": 0.65},
    "Origin": {"size": 8.5, "color": MUTED, "after": 12},
    "Caveat": {"size": 10.5, "color": VERMILION, "indent": 0.4},
    "Table Cell": {"size": 8, "color": INK, "after": 0, "font": _TABLE_FONT},
    "Table Number": {"size": 8, "color": INK, "after": 0, "right": True, "font": _TABLE_FONT},
    "Table Head": _HEAD,
    "Table Head Number": _HEAD | {"right": True},
    "Table Group": {"size": 8.5, "color": INK, "after": 0, "bold": True, "font": _TABLE_FONT, "kept": True},
    "Figure Unit": {"size": 8.5, "color": MUTED, "after": 0, "kept": True},
    "Figure Value": {"size": 19, "color": INK, "after": 0, "kept": True},
    "Kept": {"size": 8.5, "color": MUTED, "kept": True},
    "Contents": {"size": 10.5, "color": INK, "after": 2},
    "Reference": {"size": 8.5, "color": INK, "after": 3},
    "Kicker": {"size": 9, "color": ACCENT, "bold": True},
    "Scope": {"size": 11.5, "color": MUTED, "after": 10},
}


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
    page.set_styles()
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

    def set_styles(self) -> None:
        """The styles that the brief's parts are set in."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Cm, Pt

        styles = self.document.styles
        styles["Normal"].font.name, styles["Normal"].font.size = _TEXT_FONT, Pt(11)
        for name, size, color in (("Title", 26, INK), ("Heading 1", 16, INK), ("Heading 2", 11, INK)):
            font = styles[name].font
            font.name, font.size, font.color.rgb = _TEXT_FONT, Pt(size), _rgb(color)
            _set_fonts(styles[name].element, _TEXT_FONT)
        for name, look in _STYLES.items():
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles["Normal"]
            style.font.size, style.font.color.rgb = Pt(look["size"]), _rgb(look["color"])
            style.font.bold, style.font.italic = look.get("bold", False), look.get("italic", False)
            style.paragraph_format.space_after = Pt(look.get("after", 4))
            style.paragraph_format.left_indent = Cm(look.get("indent", 0))
            style.paragraph_format.keep_with_next = look.get("kept")
            if "font" in look:
                style.font.name = look["font"]
            if look.get("right"):
                style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def set_edges(self, values: dict[str, Any]) -> None:
        """The label at head and foot, the title above, the day and the page below."""
        section = self.document.sections[0]
        above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
        above.text = f"{values['title']} · {values['kind']}\t\t{values['label'].upper()}"
        below.text = f"{values['facts'][0][0]} {values['facts'][0][1]}\t{values['label'].upper()}\t"
        add_field(below, "PAGE", "1")
        below.add_run(" of ")
        add_field(below, "NUMPAGES", "1")
        for line in (above, below):
            self._style(line, "Small")
            set_edge_tabs(line)

    def title_block(self, values: dict[str, Any]) -> None:
        """The kind, the title, what it covers, and as of when and for whom it was made."""
        self.paragraph(values["kind"].upper(), "Kicker")
        self.paragraph(values["title"], "Title")
        self.paragraph(values["scope"], "Scope")
        grid = self.table(2, len(values["facts"]))
        for place, (name, said) in enumerate(values["facts"]):
            self.cell(grid.cell(0, place), name, "Small")
            self.cell(grid.cell(1, place), said, "Table Group")

    def contents(self, titles: list[str]) -> None:
        """The sections and their pages, in fields that a word processor works out when it opens the document."""
        self.paragraph("Contents", "Kicker").paragraph_format.space_before = _points(14)
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
                run.font.name = _CODE_FONT
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
            run = line.add_run(" " + " ".join(f"[{each}]" for each in numbers))
            run.font.color.rgb, run.font.size = _rgb(ACCENT), _points(7.5)
        if number:
            run = line.add_run(f" #{number}")
            run.font.color.rgb, run.font.size = _rgb(MUTED), _points(7)

    def legend(self, entries: list[tuple[str, str]]) -> None:
        """The words of a chart, each behind its color."""
        line = self.paragraph("", "Kept")
        for name, color in entries:
            line.add_run("■ ").font.color.rgb = _rgb(color)
            line.add_run(f"{name}    ")

    def picture(self, pixels: bytes, described: str) -> None:
        """A picture as wide as the text, with its description for those who cannot see it."""
        from docx.shared import Cm

        shape = self.document.add_picture(io.BytesIO(pixels), width=Cm(TEXT_WIDTH_CM))
        shape._inline.docPr.set("descr", described)
        self.document.paragraphs[-1].paragraph_format.keep_with_next = bool(described)

    def table(self, rows: int, columns: int) -> Table:
        """A table with hairlines between its rows."""
        grid: Table = self.document.add_table(rows, columns)
        _set_borders(grid)
        return grid

    def cell(self, cell: _Cell, text: str, style: str) -> Paragraph:
        """The text of a cell, in a style."""
        line: Paragraph = cell.paragraphs[0]
        line.text = text
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


def _rgb(color: str) -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(color.lstrip("#").upper())


def _points(size: float) -> Any:
    from docx.shared import Pt

    return Pt(size)


def _set_fonts(element: Any, name: str) -> None:
    """The typeface of a style that came with one of a theme, which would win."""
    from docx.oxml.ns import qn

    fonts = element.rPr.rFonts
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    fonts.set(qn("w:ascii"), name)
    fonts.set(qn("w:hAnsi"), name)


def _set_borders(grid: Table) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    held = OxmlElement("w:tblBorders")
    for edge in ("top", "bottom", "insideH"):
        side = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE.lstrip("#"))):
            side.set(qn(f"w:{name}"), value)
        held.append(side)
    grid._tbl.tblPr.append(held)
    around = OxmlElement("w:tblCellMar")
    for edge in ("left", "right"):
        side = OxmlElement(f"w:{edge}")
        side.set(qn("w:w"), str(round(PADDING_CM * _TWIPS)))
        side.set(qn("w:type"), "dxa")
        around.append(side)
    grid._tbl.tblPr.append(around)
