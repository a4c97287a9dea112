"""Paper and pen: SVG text with one decimal, how wide words are, and the frame every picture stands in."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from comity.network.pictures.style import FAINT, FONT, INK, MUTED, PAPER

WIDTH = 1000
MARGIN = 28
INSIDE = WIDTH - 2 * MARGIN
# Widths of Helvetica's letters in thousandths of their size; what is not here is as wide as a digit.
_WIDTHS = {
    letter: width
    for width, letters in {
        222: "ijl'",
        278: " !,./:;I[]\\ft",
        333: "()-r`·",
        500: "Jckvsxyz",
        584: "+<=>",
        611: "FTZ",
        667: "ABEKPSVXY&",
        722: "CDHNRUw",
        778: "GOQ",
        833: "Mm",
        889: "%",
        944: "W",
        1015: "@",
    }.items()
    for letter in letters
}
_DIGIT = 556
_BOLD = 1.08


def number(value: float) -> str:
    """A coordinate with one decimal and nothing more, so that the same picture has the same bytes.

    >>> number(-0.01), number(3.14159)
    ('0', '3.1')
    """
    return f"{round(value, 1) + 0.0:g}"


def text_width(text: str, size: float, is_bold: bool = False) -> float:
    """How wide words are set, in pixels.

    >>> round(text_width("USA", 10), 1)
    20.6
    """
    width = sum(_WIDTHS.get(letter, _DIGIT) for letter in text) * size / 1000
    return width * _BOLD if is_bold else width


def text(place: tuple[float, float], words: str, size: float = 11, **look: str) -> str:
    """Words at a place: their left end on the base line, unless `anchor` says middle or end."""
    look = {"fill": INK} | {
        name.replace("anchor", "text-anchor").replace("_", "-"): held for name, held in look.items()
    }
    kept = "".join(f' {name}="{held}"' for name, held in look.items())
    return f'<text x="{number(place[0])}" y="{number(place[1])}" font-size="{size:g}"{kept}>{escape(words)}</text>'


def wrapped(words: str, size: float, width: float) -> list[str]:
    """Words in as many lines as they need.

    >>> wrapped("one two three", 10, 40)
    ['one two', 'three']
    """
    lines: list[str] = []
    for word in words.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def paragraph(place: tuple[float, float], words: str, width: float = INSIDE, **look: str) -> tuple[str, float]:
    """Words set in lines from a place down, small and gray, and the height they take."""
    x, y = place
    lines = wrapped(words, 11, width)
    look = {"fill": MUTED} | look
    return "".join(text((x, y + 11 + 15 * row), line, 11, **look) for row, line in enumerate(lines)), 15.0 * len(lines)


def heading(title: str, under: str) -> str:
    """The title of a picture, and the line under it."""
    return text((MARGIN, 38), title, 21, font_weight="700") + text((MARGIN, 60), under, 12.5, fill=MUTED)


HEADING = 76  # where what stands under a heading begins


def hatch(name: str, color: str = FAINT, gap: int = 5) -> str:
    """A pattern of thin slanted lines that says: unknown."""
    return (
        f'<pattern id="{name}" width="{gap}" height="{gap}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path d="M0 0V{gap}" stroke="{color}" stroke-width="1" '
        f'stroke-opacity="0.55"/></pattern>'
    )


def page(title: str, about: str, height: float, parts: Iterable[str], defs: str = "") -> str:
    """A whole picture that needs no other file; its title and description are what a screen reader says.

    >>> page("Ties, 2010", "One tie.", 100, []).startswith("<svg xmlns=")
    True
    """
    tall = f"{height:.0f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {tall}" width="{WIDTH}" height="{tall}" '
        f'role="img" aria-labelledby="title about" font-family="{FONT}">\n'
        f'<title id="title">{escape(title)}</title>\n<desc id="about">{escape(about)}</desc>\n'
        f'{f"<defs>{defs}</defs>{chr(10)}" if defs else ""}<rect width="{WIDTH}" height="{tall}" fill="{PAPER}"/>\n'
        + "\n".join(part for part in parts if part)
        + "\n</svg>\n"
    )
