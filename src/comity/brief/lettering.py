"""A name on a map: how it is broken into lines, what it covers, and whether that is free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.brief.map_style import AREA, OTHER, PLACE, SIZES, STATE, WATER
from comity.brief.projection import Projection

LONGEST_LINE, LONGEST_ASIDE = 28, 18  # letters in a line of a name, and of one that stands beside what it names
# How wide a letter is, in parts of its height, in the wider of the fonts that a reader may have.
_WIDE = {STATE: 0.66, OTHER: 0.58, WATER: 0.54, AREA: 0.54, PLACE: 0.58}
_EDGE = 4.0
_APART = 2.5  # pixels between one name and the next on its line

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Label:
    """A name at pixels of its middle, in one of the styles above; long ones are broken into lines."""

    text: str
    x: float
    y: float
    style: str
    align: str = "center"
    is_sure: bool = False  # shown even where it covers a point
    is_aside: bool = False  # not on what it names
    longest: int = LONGEST_LINE
    land: frozenset[int] = frozenset()  # the units of what it names, whose land its middle must be on, or the sea

    @property
    def lines(self) -> tuple[str, ...]:
        """The name broken where it is long."""
        return broken(self.text, self.longest) if self.style != PLACE else (self.text,)

    @property
    def box(self) -> Box:
        """What the name covers."""
        wide = _WIDE[self.style] * SIZES[self.style] * max(len(line) for line in self.lines)
        high = SIZES[self.style] * 1.15 * len(self.lines)
        left = self.x - (0 if self.align == "left" else wide if self.align == "right" else wide / 2)
        return left, self.y - high / 2, left + wide, self.y + high / 2


def broken(text: str, longest: int = LONGEST_LINE) -> tuple[str, ...]:
    """A name in lines of about so many letters at most, broken before brackets, slashes and words.

    >>> broken("Senkaku / Diaoyu (China, Japan, Taiwan)")
    ('Senkaku / Diaoyu', '(China, Japan, Taiwan)')
    """
    head, bracket, rest = text.partition(" (")
    parts = [head, *([f"({rest}"] if bracket else [])]
    lines: list[str] = []
    for part in parts:
        line = ""
        for word in part.split():
            if line and len(line) + len(word) + 1 > longest:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
    return tuple(lines)


def fits(box: Box, projection: Projection, edge: float = _EDGE) -> bool:
    """Whether a box lies in the picture, and not at its edge."""
    left, top, right, bottom = box
    return left >= edge and top >= edge and right <= projection.width - edge and bottom <= projection.height - edge


def hits(box: Box, others: Sequence[Box]) -> int:
    """How many of some boxes a box covers, or touches at its side: two names would read as one."""
    left, top, right, bottom = box
    return sum(_overlap((left - _APART, top, right + _APART, bottom), other) for other in others)


def _overlap(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
