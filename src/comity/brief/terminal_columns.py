"""How wide the columns of a table are in a terminal, what is left out where they find no room, and how cells break."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from comity.brief.blocks import Column

Cells = Sequence[Sequence[str]]

MOST_LINES = 3  # of a cell of words that names nothing; the name of a row is never cut
REFERENCES = "references of each row"
_CAPS = (16, 13, 10)  # letters that a column of words has at least where it needs them, tried in this order
_NAME_CAP = 18
_NEEDS = {True: 48, False: 28}  # letters up to which a column asks for more: the name of a row, and others
_TOGETHER = re.compile(r"(?<=\d) (?=[A-Z][a-z]{2}\b)|(?<=\b[A-Z][a-z]{2}) (?=\d{4}\b)|(?<=\d) (?=others\b)")
_NO_BREAK = "\xa0"
_CUT = 2  # letters that the sign of what was cut takes


@dataclass(frozen=True)
class Layout:
    """Which columns stand, by place; how wide each is, in letters; and the titles of those that found no room.

    `cited` is the width of the references of each row, 0 where they found no room; `gap` stands between columns.
    """

    places: tuple[int, ...]
    widths: tuple[int, ...] = ()
    left_out: tuple[str, ...] = ()
    cited: int = 0
    gap: int = 1

    @property
    def held(self) -> Iterator[tuple[int, int]]:
        """Each column that stands, and its width."""
        return zip(self.places, self.widths, strict=True)


def laid_out(columns: Sequence[Column], named: tuple[int, int], cells: Cells, room: int) -> Layout:
    """Widths of columns in so many letters; `named` is the place of the name, and the width of references or 0.

    No column is narrower than its longest word or number, save words of more than a few letters. Where that finds
    no room, the references of rows are left out, then columns: first those that say nothing in any row, then from
    the right. The name stays.

    >>> columns = (Column("Pair"), Column("Alliances", "number"), Column("Visits", "number"))
    >>> laid_out(columns, (0, 0), [("PHL–USA", "1", "14")], 30).widths
    (11, 9, 6)
    >>> laid_out(columns, (0, 4), [("PHL–USA", "1", "14")], 20).left_out
    ('Visits', 'references of each row')

    A column of explanations is left out rather than cut.
    """
    every = tuple(range(len(columns)))
    layout = _fitted((columns, named, cells), every, room)
    cut = [
        place for place, width in layout.held if columns[place].holds == "explanation" and _is_cut(cells, place, width)
    ]
    if not cut:
        return layout
    made = _fitted((columns, named, cells), tuple(place for place in every if place not in cut), room)
    return replace(made, left_out=(*(columns[place].title for place in cut), *made.left_out))


def _is_cut(cells: Cells, place: int, width: int) -> bool:
    return any(len(textwrap.wrap(row[place], max(width, 1))) > MOST_LINES for row in cells)


def _fitted(table: tuple[Sequence[Column], tuple[int, int], Cells], every: tuple[int, ...], room: int) -> Layout:
    """The widths of these columns in so many letters, or of as many of them as find room."""
    columns, (name, cited), cells = table
    leasts = {cap: _leasts(columns, name, cells, cap) for cap in _CAPS}
    last = (1, _CAPS[-1], 0)
    for gap, cap, refs in (*((gap, cap, cited) for cap in _CAPS for gap in (2, 1)), (1, _CAPS[0], 0), last):
        layout = Layout(every, (), () if refs or not cited else (REFERENCES,), refs, gap)
        if _needed(leasts[cap], layout) <= room:
            return _shared((columns, name, cells), leasts[cap], layout, room)
    least = leasts[_CAPS[-1]]
    while len(layout.places) > 1 and _needed(least, layout) > room:
        missed = _least_missed(name, cells, layout.places)
        layout = replace(layout, places=tuple(place for place in layout.places if place != missed))
    titles = [columns[place].title for place in every if place not in layout.places]
    return _shared((columns, name, cells), least, replace(layout, left_out=(*titles, *layout.left_out)), room)


def _least_missed(name: int, cells: Cells, places: Sequence[int]) -> int:
    others = [place for place in places if place != name]
    empty = [place for place in others if all(not row[place].strip("– ") for row in cells)]
    return (empty or others)[-1]


def _needed(leasts: Sequence[int], layout: Layout) -> int:
    return sum(leasts[place] for place in layout.places) + _between(layout)


def _between(layout: Layout) -> int:
    """What references and the gaps between columns take."""
    return layout.gap * (len(layout.places) - 1) + (layout.cited + layout.gap if layout.cited else 0)


def _leasts(columns: Sequence[Column], name: int, cells: Cells, cap: int) -> list[int]:
    """The longest word of the title or of a cell; a number is one word, and so is a day."""
    made = []
    for place, column in enumerate(columns):
        held = [row[place] for row in cells]
        longest = max((len(word) for text in (column.title, *held) for word in _words(text)), default=1)
        if column.holds == "number":
            made.append(max([len(word) for word in column.title.split()] + [len(text) for text in held]))
        elif place == name:
            made.append(min(max(longest, min(_longest(held), _NAME_CAP)), max(cap, _CAPS[1])))
        else:
            made.append(min(longest, cap))
    return made


def _words(text: str) -> list[str]:
    return [part for word in _TOGETHER.sub(_NO_BREAK, text).split(" ") for part in re.split(r"(?<=-)", word)]


def _longest(cells: Sequence[str]) -> int:
    return max(map(len, cells), default=1)


def _shared(table: tuple[Sequence[Column], int, Cells], leasts: Sequence[int], layout: Layout, room: int) -> Layout:
    """The least widths, and what is left shared by what each column asks; what nobody asks goes to the name."""
    _, name, cells = table
    widths = [leasts[place] for place in layout.places]
    asked = [
        max(min(_longest([row[place] for row in cells]), _NEEDS[place == name]) - width, 0)
        for place, width in zip(layout.places, widths, strict=True)
    ]
    left = max(room - sum(widths) - _between(layout), 0)
    part = min(1.0, left / max(sum(asked), 1))
    widths = [width + int(more * part) for width, more in zip(widths, asked, strict=True)]
    rest = max(room - sum(widths) - _between(layout), 0)
    wide = (width + (rest if place == name else 0) for place, width in zip(layout.places, widths, strict=True))
    return replace(layout, widths=tuple(wide))


def broken_cell(text: str, width: int, most: int | None = None) -> str:
    r"""A text in lines of a width, broken between words and never within a day; more lines than `most` are cut.

    >>> broken_cell("signed 29 Feb 2016", 11)
    'signed\n29 Feb 2016'
    >>> broken_cell("PHL, ARG, AUS, BGD, BRN", 9, 2)
    'PHL, ARG,\nAUS, …'
    """
    held = textwrap.wrap(_TOGETHER.sub(_NO_BREAK, text), max(width, 1)) or [""]
    if most is not None and len(held) > most:
        held = [*held[: most - 1], _cut(held[most - 1], width)]
    return "\n".join(held).replace(_NO_BREAK, " ")


def _cut(line: str, width: int) -> str:
    """A line that ends in the sign of what was cut, after a whole word where there is one."""
    while len(line) + _CUT > width and " " in line:
        line = line.rpartition(" ")[0]
    return f"{line[: max(width - _CUT, 0)]} …"
