"""How a Word brief looks: its styles, the label at head and foot, fields that number pages and list contents."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from comity.brief.palette import INK, MUTED, RULE, VERMILION

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

ACCENT = "#00567e"
TEXT_WIDTH_CM = 16.6
_REFERENCES_CM = 1.9
_LETTER_CM, _PADDING_CM = 0.185, 0.4  # the mean width of a letter at the size of a table, and what lies around a cell
_STYLES: dict[str, dict[str, Any]] = {
    # name: size in points, color, and what differs from plain text
    "Small": {"size": 8, "color": MUTED},
    "Doubt": {"size": 9, "color": MUTED, "italic": True, "indent": 0.65},
    "Origin": {"size": 8, "color": MUTED, "after": 12},
    "Caveat": {"size": 10.5, "color": VERMILION, "indent": 0.4},
    "Table Cell": {"size": 8.5, "color": INK, "after": 0},
    "Table Number": {"size": 8.5, "color": INK, "after": 0, "right": True},
    "Table Head": {"size": 8, "color": MUTED, "after": 0, "bold": True},
    "Table Group": {"size": 9, "color": INK, "after": 0, "bold": True},
    "Figure Value": {"size": 19, "color": INK, "after": 0},
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
        styles["Normal"].font.name, styles["Normal"].font.size = "Georgia", Pt(10.5)
        for name, size, color in (("Title", 26, INK), ("Heading 1", 16, INK), ("Heading 2", 11, INK)):
            font = styles[name].font
            font.name, font.size, font.color.rgb = "Georgia", Pt(size), _rgb(color)
            _set_fonts(styles[name].element, "Georgia")
        for name, look in _STYLES.items():
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles["Normal"]
            style.font.size, style.font.color.rgb = Pt(look["size"]), _rgb(look["color"])
            style.font.bold, style.font.italic = look.get("bold", False), look.get("italic", False)
            style.paragraph_format.space_after = Pt(look.get("after", 4))
            style.paragraph_format.left_indent = Cm(look.get("indent", 0))
            if look.get("right"):
                style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def set_edges(self, values: dict[str, Any]) -> None:
        """The label at head and foot, the title above, the day and the page below."""
        section = self.document.sections[0]
        above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
        above.text = f"{values['title']} · {values['kind']}\t\t{values['label'].upper()}"
        below.text = f"{values['facts'][0][0]} {values['facts'][0][1]}\t{values['label'].upper()}\t"
        _field(below, "PAGE", "1")
        below.add_run(" of ")
        _field(below, "NUMPAGES", "1")
        for line in (above, below):
            self._style(line, "Small")
            _set_tabs(line)

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
        """A list of contents that Word numbers when it updates its fields; until then it names the sections."""
        self.paragraph("Contents", "Kicker").paragraph_format.space_before = _points(14)
        _field(self.document.add_paragraph(), 'TOC \\o "1-1" \\h \\z', "\n".join(titles))

    def heading(self, text: str, level: int) -> None:
        """A heading of the document's outline."""
        self.document.add_heading(text, level)

    def block_title(self, block: dict[str, Any]) -> None:
        """The title of a block where it has one."""
        if block["title"]:
            self.heading(block["title"], 2)

    def paragraph(self, text: str, style: str = "Normal") -> Paragraph:
        """A paragraph in a style."""
        line = self.document.add_paragraph(text)
        self._style(line, style)
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
        line = self.paragraph("", "Small")
        for name, color in entries:
            line.add_run("■ ").font.color.rgb = _rgb(color)
            line.add_run(f"{name}    ")

    def picture(self, pixels: bytes, described: str) -> None:
        """A picture as wide as the text, with its description for those who cannot see it."""
        from docx.shared import Cm

        shape = self.document.add_picture(io.BytesIO(pixels), width=Cm(TEXT_WIDTH_CM))
        shape._inline.docPr.set("descr", described)

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

    def set_widths(self, grid: Table, columns: list[dict[str, Any]]) -> None:
        """Columns of short cells as wide as these, the others by what their words ask, the one of references last."""
        from docx.shared import Cm

        short = [_LETTER_CM * column["width"] + _PADDING_CM if column["is_short"] else 0.0 for column in columns]
        asked = [0 if column["is_short"] else column["width"] for column in columns]
        left = max(TEXT_WIDTH_CM - _REFERENCES_CM - sum(short), 0.0)
        shared = [left * each / max(sum(asked), 1) for each in asked]
        widths = [one + other for one, other in zip(short, shared, strict=True)]
        widths.append(max(TEXT_WIDTH_CM - sum(widths), _REFERENCES_CM))
        grid.autofit = False
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = Cm(width)
        for row in grid.rows:
            if len(row._tr.tc_lst) == len(widths):  # a row across the table has one cell
                for cell, width in zip(row._tr.tc_lst, widths, strict=True):
                    cell.width = Cm(width)

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


def _rgb(color: str) -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(color.lstrip("#").upper())


def _points(size: float) -> Any:
    from docx.shared import Pt

    return Pt(size)


def _field(line: Paragraph, code: str, shown: str) -> None:
    """A field that Word works out, with what it shows until then."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    def mark(kind: str) -> None:
        held = OxmlElement("w:fldChar")
        held.set(qn("w:fldCharType"), kind)
        line.add_run()._r.append(held)

    mark("begin")
    told = OxmlElement("w:instrText")
    told.set(qn("xml:space"), "preserve")
    told.text = code
    line.add_run()._r.append(told)
    mark("separate")
    line.add_run(shown)
    mark("end")


def _set_fonts(element: Any, name: str) -> None:
    """The typeface of a style that came with one of a theme, which would win."""
    from docx.oxml.ns import qn

    fonts = element.rPr.rFonts
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    fonts.set(qn("w:ascii"), name)
    fonts.set(qn("w:hAnsi"), name)


def _set_tabs(line: Paragraph) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    stops = line.paragraph_format.tab_stops
    stops.add_tab_stop(Cm(TEXT_WIDTH_CM / 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Cm(TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)


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
