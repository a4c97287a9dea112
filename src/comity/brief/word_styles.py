"""How a Word brief looks: the styles that its parts are set in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity.brief.palette import INK, MUTED, VERMILION

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

ACCENT = "#00567e"
# Typefaces that other programs hold under another name with the same widths, so that no line falls otherwise there.
CODE_FONT = "Courier New"
_TEXT_FONT = "Times New Roman"
_BAR_EIGHTHS, _BAR_SPACE = 18, 9  # the bar beside a caveat: its width in eighths of a point, its distance in points
_CELL: dict[str, Any] = {"size": 8.5, "color": INK, "before": 1, "after": 1}
_HEAD: dict[str, Any] = {"size": 8, "color": MUTED, "after": 1, "kept": True}
_STYLES: dict[str, dict[str, Any]] = {
    # name: size in points, color, and what differs from plain text; `kept` is on one page with what follows
    "Small": {"size": 8.5, "color": MUTED},
    "Doubt": {"size": 9, "color": MUTED, "italic": True, "after": 6, "indent": 0.65, "whole": True},
    "Origin": {"size": 8.5, "color": MUTED, "before": 3, "after": 12, "whole": True},
    "Caveat": {"size": 10.5, "color": INK, "indent": 0.4, "bar": VERMILION, "whole": True, "kept": True},
    "Table Cell": _CELL,
    "Table Number": _CELL | {"right": True},
    "Table Head": _HEAD,
    "Table Head Number": _HEAD | {"right": True},
    "Table Group": {"size": 8.5, "color": INK, "before": 4, "after": 1, "bold": True, "kept": True},
    "Account": {"size": 8, "color": MUTED, "after": 2, "indent": 0.45},
    "Figure Unit": {"size": 8.5, "color": MUTED, "before": 3, "after": 0, "kept": True},
    "Figure Value": {"size": 19, "color": INK, "after": 0, "kept": True},
    "Kept": {"size": 8.5, "color": MUTED, "before": 3, "kept": True},
    "Picture": {"size": 8.5, "color": INK, "after": 0},
    "Contents": {"size": 10.5, "color": INK, "after": 2},
    "Reference": {"size": 8, "color": INK, "after": 3, "indent": 0.7, "hanging": True, "whole": True},
    "Kicker": {"size": 9, "color": ACCENT, "bold": True},
    "Scope": {"size": 11.5, "color": MUTED, "after": 10},
}


def set_styles(document: Document) -> None:
    """The styles that a brief's parts are set in, in a new document."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    styles = document.styles
    plain = styles["Normal"].font
    plain.name, plain.size, plain.color.rgb = _TEXT_FONT, Pt(11), rgb(INK)
    styles["List Bullet"].paragraph_format.space_after = Pt(3)
    for name, size in (("Title", 26), ("Heading 1", 16), ("Heading 2", 11)):
        font = styles[name].font
        font.name, font.size, font.color.rgb = _TEXT_FONT, Pt(size), rgb(INK)
        _set_fonts(styles[name].element, _TEXT_FONT)
    for name, look in _STYLES.items():
        style: Any = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size, style.font.color.rgb = Pt(look["size"]), rgb(look["color"])
        style.font.bold, style.font.italic = look.get("bold", False), look.get("italic", False)
        _set_lines(style, look)


def _set_lines(style: ParagraphStyle, look: dict[str, Any]) -> None:
    """Where the lines of a style stand, and what of them stays together."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    lines = style.paragraph_format
    lines.space_before, lines.space_after = Pt(look.get("before", 0)), Pt(look.get("after", 4))
    lines.left_indent = Cm(look.get("indent", 0))
    lines.keep_with_next, lines.keep_together = look.get("kept"), look.get("whole")
    if look.get("hanging"):
        lines.first_line_indent = -lines.left_indent
    if look.get("right"):
        lines.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if "bar" in look:
        _add_bar(style.element, look["bar"])


def rgb(color: str) -> Any:
    """A color as Word has it."""
    from docx.shared import RGBColor

    return RGBColor.from_string(color.lstrip("#").upper())


def points(size: float) -> Any:
    """A height of letters as Word has it."""
    from docx.shared import Pt

    return Pt(size)


def _add_bar(element: Any, color: str) -> None:
    """A bar at the left of all the lines of a style."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    held, side = OxmlElement("w:pBdr"), OxmlElement("w:left")
    told = {"val": "single", "sz": str(_BAR_EIGHTHS), "space": str(_BAR_SPACE), "color": color.lstrip("#")}
    for name, value in told.items():
        side.set(qn(f"w:{name}"), value)
    held.append(side)
    element.pPr.find(qn("w:spacing")).addprevious(held)  # borders come before spacing in Word's order


def _set_fonts(element: Any, name: str) -> None:
    """The typeface of a style that came with one of a theme, which would win."""
    from docx.oxml.ns import qn

    fonts = element.rPr.rFonts
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    fonts.set(qn("w:ascii"), name)
    fonts.set(qn("w:hAnsi"), name)
