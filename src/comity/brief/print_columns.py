"""How wide the columns of a printed table are: no word broken, no day parted, and as few lines as the page allows."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

TEXT_WIDTH = 470.5  # points between the margins of the page
PADDING = 8.0  # points beside the words of a cell, left and right together
CELL_SIZE, HEAD_SIZE, MARK_SIZE = 8.6, 7.8, 7.4  # points: the letters of a cell, of a head, of a reference
MOST_SPARE = 34.0  # points that a column may be wider than its words where a table has room left
LONGEST = 120.0  # points: a single word that is longer may be broken
_SHORT = 54.0  # points of some three words, which do not stand on three lines
_MOST_EASY = 0.8  # of the width of a table: more is not given away before it is asked where it saves most
_EVEN = 0.35  # above a quarter the tallest rows count more than others
_STEPS = (8.0, 24.0, 48.0)
_ROWS = 60  # of a longer table, rows at equal distances stand for all
_LOSS = 11.0  # points that the end of a full line leaves empty, half a word
# A day or days of one month, or a month: never parted.
DAY = r"(?:(?:\d{1,2}[-–])?\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{4}"
_PIECE = re.compile(rf"{DAY}\S*|\S+")
# The advance of the letters of the typeface, in hundredths of their size and rounded up; letters of one width together.
_ADVANCES = {
    19: "'", 21: "|", 22: ",.", 24: ":;", 25: " ·", 27: "l’‘", 28: "ij{}", 29: "!\\", 30: "()I", 31: "f", 32: "t",
    33: "/J", 34: '"-', 36: "[]", 37: "*", 38: "r“”", 39: "s", 40: "`", 43: "cz", 44: "?", 45: "~", 46: "ae",
    47: "#$0123456789", 49: "FS_", 50: "bgx", 51: "dq", 52: "^kopv", 53: "Ly", 54: "hu", 55: "+<=>Pn–", 56: "E",
    59: "BR", 60: "Y", 61: "Z", 64: "%K", 65: "C", 66: "TX", 68: "V", 69: "GU", 70: "AN", 71: "&DOQ", 73: "H", 75: "—",
    77: "w", 79: "m", 84: "M", 90: "@", 98: "W",
}  # fmt: skip
_OF_LETTER = {letter: advance / 100 for advance, letters in _ADVANCES.items() for letter in letters}


@dataclass(frozen=True)
class Content:
    """What a column holds: its head, the words of each cell, and the letters' size."""

    head: str
    cells: Sequence[str]
    size: float = CELL_SIZE


def text_width(text: str, size: float = CELL_SIZE) -> float:
    """Points that a line of text takes, never fewer than the typesetter needs for it.

    >>> round(text_width("20 Apr 2026"), 1)
    42.3
    """
    return size * sum(_OF_LETTER.get(letter) or _unlisted(letter) for letter in text)


def pieces(text: str) -> list[str]:
    """The parts of a text that stay on one line: words, and days as a whole.

    >>> pieces("19 Jan 1974 to Feb 1975 (disputed)")
    ['19 Jan 1974', 'to', 'Feb 1975', '(disputed)']
    """
    return _PIECE.findall(text)


def column_points(columns: Sequence[Content], *, is_full: bool = False) -> list[float]:
    """The width of each column in points; together never more than the page has.

    Each has at least its longest word or day, and room for a few words where the table has it. The rest goes, bit by
    bit, to the column that thereby saves most lines; what no column needs is spread over all, up to a measure beyond
    which the table is narrower than the page, unless it is to be full.

    >>> [round(width) for width in column_points([Content("Since", ["2019"] * 3), Content("What", ["A visit"] * 3)])]
    [59, 66]
    """
    leasts = [_least(column) for column in columns]
    room = TEXT_WIDTH - PADDING * len(columns)
    easy = [max(least, min(_longest(column), _SHORT)) for least, column in zip(leasts, columns, strict=True)]
    if sum(easy) <= room * _MOST_EASY:
        leasts = easy
    if sum(leasts) >= room:
        return [least * room / sum(leasts) + PADDING for least in leasts]
    widths = _grown(leasts, [_lengths(column) for column in columns], room)
    left = (room - sum(widths)) / max(len(widths), 1)
    spare = left if is_full else min(MOST_SPARE, left)
    return [width + PADDING + spare for width in widths]


def _unlisted(letter: str) -> float:
    """An accent takes no room of its own; of other letters the widest is taken."""
    plain = unicodedata.normalize("NFD", letter)[0]
    return _OF_LETTER.get(plain) or (0.0 if unicodedata.combining(letter) else 1.0)


def _least(column: Content) -> float:
    words = [text_width(piece, column.size) for cell in set(column.cells) for piece in pieces(cell)]
    heads = [text_width(piece, HEAD_SIZE) for piece in pieces(column.head)]
    return max(4.0, min(max(words, default=0.0), LONGEST), *heads)


def _longest(column: Content) -> float:
    """How long the longest cell would be on one line; references may stand on several."""
    return max((text_width(cell) for cell in set(column.cells)), default=0.0) if column.size == CELL_SIZE else 0.0


def _lengths(column: Content) -> list[float]:
    """How long each cell would be on one line, its head first."""
    cells = column.cells[:: math.ceil(len(column.cells) / _ROWS) or 1]
    return [text_width(column.head, HEAD_SIZE), *(text_width(cell, column.size) for cell in cells)]


def _grown(leasts: list[float], lengths: list[list[float]], room: float) -> list[float]:
    """The widths from the least on, each step given where it saves most lines for its width."""
    import numpy as np

    fulls = [max(least, *column) for least, column in zip(leasts, lengths, strict=True)]
    if sum(fulls) <= room:
        return fulls
    widths = list(leasts)
    held = [np.asarray(column) for column in lengths]
    tall = [_tall(column, np.asarray([width]))[0] for column, width in zip(held, widths, strict=True)]
    while (left := room - sum(widths)) > 0:
        together = np.sum(tall, axis=0)
        best = (0.0, 0, 0.0)
        for place, (width, full) in enumerate(zip(widths, fulls, strict=True)):
            most = min(left, full - width)
            steps = np.asarray([step for step in (*_STEPS, most) if 0 < step <= most])
            if steps.size:
                after = together - tall[place] + _tall(held[place], width + steps)
                saved = (together**_EVEN - after**_EVEN).sum(axis=1) / steps
                best = max(best, (float(saved.max()), place, float(steps[saved.argmax()])))
        gain, place, step = best
        if gain <= 0:
            break
        widths[place] += step
        tall[place] = _tall(held[place], np.asarray([widths[place]]))[0]
    return widths


def _tall(lengths: FloatArray, widths: FloatArray) -> FloatArray:
    """How many lines each cell takes at each width, to the fourth power: in a row the tallest cell counts most."""
    import numpy as np

    wide = widths[:, None]
    lines = np.ceil(lengths[None, :] / np.maximum(wide - _LOSS, wide * 0.7))
    return np.where(lengths[None, :] <= wide + 0.01, 1.0, np.maximum(lines, 2.0)) ** 4
