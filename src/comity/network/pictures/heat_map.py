"""The network as a heat map: every pair a cell, states ordered bloc by bloc, unknown pairs hatched."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from comity.network.blocs import Communities, communities
from comity.network.graph import Network, Ties
from comity.network.pictures.backbone import strength
from comity.network.pictures.canvas import HEADING, INSIDE, MARGIN, hatch, heading, number, page, text, text_width
from comity.network.pictures.captions import (
    Part,
    badge,
    bloc_legend,
    blocs_of,
    counted,
    foot,
    layer_legend,
    sources_line,
    stacked,
    years_of,
)
from comity.network.pictures.places import NAMED, name_of
from comity.network.pictures.style import BLOCS, BLUE, INK, MUTED, PAPER, RULE, VERMILION, tint

_LARGEST = 56.0  # the side of a cell
SHADES = (tint(BLUE, 0.45), tint(BLUE, 0.75), BLUE, "#003f66")  # bound in one layer, two, three, more
_LEAST_PITCH = 11.0  # labels stand in columns when rows are nearer than that


@dataclass(frozen=True)
class _Square:
    """The states in the order of their rows, their blocs, the side of a cell, and where the square begins."""

    network: Network
    rows: list[int]
    division: Communities
    cell: float

    @property
    def words(self) -> list[str]:
        """What stands beside each row."""
        codes = [self.network.states[row] for row in self.rows]
        return [name_of(code) for code in codes] if len(codes) <= NAMED else codes

    @property
    def size(self) -> float:
        """How large the words are."""
        return 12.0 if self.cell >= 16 else 9.0

    @property
    def columns(self) -> int:
        """In how many columns the words stand, so that they do not touch."""
        return max(1, math.ceil(_LEAST_PITCH / self.cell))

    @property
    def corner(self) -> tuple[float, float]:
        """The upper left corner; where rows are wide enough, words stand above the columns too."""
        wide = word_width(self.words, self.size)
        return MARGIN + self.columns * wide + 6, HEADING + 30 + (wide if self.columns == 1 else 0)

    @property
    def side(self) -> float:
        """How wide and high the square is."""
        return self.cell * len(self.rows)

    def cut(self, matrix: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """A matrix of pairs in the order of the rows."""
        found: npt.NDArray[Any] = matrix[np.ix_(self.rows, self.rows)]
        return found


def word_width(words: list[str], size: float) -> float:
    """How wide a column of words is."""
    return max((text_width(word, size) for word in words), default=0.0) + 5


def _square(network: Network, division: Communities) -> _Square:
    """The square as large as the page allows beside its words and letters."""
    rows = _ordered(network, division)
    first = _Square(network, rows, division, min(_LARGEST, 835 / max(len(rows), 1)))
    room = MARGIN + INSIDE - 26 - first.corner[0]
    return _Square(network, rows, division, min(_LARGEST, int(100 * room / max(len(rows), 1)) / 100))


def draw_heat_map(network: Network) -> str:
    """The heat map as SVG.

    >>> from comity.network.graph import Layer
    >>> held = Layer("alliance", np.array([[0.0, 1.0], [1.0, 0.0]]))
    >>> "1 bound pair" in draw_heat_map(Network((2010, 2010), ("FRA", "USA"), {"alliance": held}))
    True
    """
    division = communities(network.binding())
    square = _square(network, division)
    under, notes = _under(square), _notes(square)
    below, bottom = stacked(
        square.corner[1] + square.side + 20,
        (
            lambda top: _shades(square, top),
            lambda top: layer_legend(network.layers.values(), top),
            lambda top: bloc_legend(network, division, top),
            lambda top: foot(top, notes),
        ),
    )
    title = f"Ties between states by bloc, {years_of(network.years)}"
    parts = [heading(title, under), _cells(square), _borders(square), _row_words(square), below]
    return page(title, f"{under} {' '.join(notes)}", bottom + 8, parts, hatch("unknown"))


def _ordered(network: Network, division: Communities) -> list[int]:
    """States bloc by bloc, in each the one tied most inside first; then those only divided; of few states, all."""
    inside = strength(network)
    found: list[int] = []
    for rows in division.blocs:
        held = np.round(inside[np.ix_(rows, rows)].sum(axis=1), 9)
        found += [rows[place] for place in np.argsort(-held, kind="stable")]
    divided = (network.dividing() > 0).any(axis=1) | (len(network) <= NAMED)
    return found + [row for row in np.flatnonzero(divided).tolist() if row not in set(found)]


def _under(square: _Square) -> str:
    bound, divided = (
        int(np.count_nonzero(each)) // 2 for each in (square.network.binding(), square.network.dividing())
    )
    said = [counted(bound, "bound pair")] if bound else []
    said += [counted(divided, "divided pair")] if divided else []
    listed = " and ".join(said) or "No tie is known"
    return f"{listed} of {counted(len(square.network), 'state')}. A cell is a pair; each pair is shown twice."


def _notes(square: _Square) -> list[str]:
    alone = [state for row, state in enumerate(square.network.states) if row not in set(square.rows)]
    found = ["Blank: no layer that knows the pair shows a tie of it. Hatched: no layer knows the pair."]
    if alone:
        found.append(f"{counted(len(alone), 'state')} without a known tie left out: {' '.join(alone)}.")
    return [*found, sources_line([square.network])]


def _cells(square: _Square) -> str:
    network, (x, y) = square.network, square.corner
    known = np.zeros((len(network), len(network)), dtype=bool)
    for layer in network.layers.values():
        known |= ~np.isnan(layer.weights)
    bound, divided = square.cut(network.binding()), square.cut(network.dividing()) > 0
    looks = [(square.cut(~known), 'fill="url(#unknown)"')]
    looks += [
        ((bound == count) if count < len(SHADES) else (bound >= count), f'fill="{shade}"')
        for count, shade in enumerate(SHADES, start=1)
    ]
    looks.append((divided & (bound == 0), f'fill="{VERMILION}"'))
    size = number(square.side)
    shapes = [f'<rect x="{number(x)}" y="{number(y)}" width="{size}" height="{size}" fill="{PAPER}" stroke="{RULE}"/>']
    for cells, look in looks:
        if made := "".join(_run(square, *run) for run in runs(cells)):
            shapes.append(f'<path d="{made}" {look}/>')
    corners = "".join(
        _corner(square, row, column) for row, column in zip(*np.nonzero(divided & (bound > 0)), strict=True)
    )
    shapes.append(f'<path d="{corners}" fill="{VERMILION}"/>' if corners else "")
    own = "".join(_run(square, row, row, 1, 1) for row in range(len(square.rows)))
    shapes.append(f'<path d="{own}" fill="{RULE}"/>' if own else "")
    if square.cell >= _LEAST_PITCH:
        lines = [step * square.cell for step in range(1, len(square.rows))]
        grid = "".join(f"M{number(x)} {number(y + at)}h{size}M{number(x + at)} {number(y)}v{size}" for at in lines)
        shapes.append(f'<path d="{grid}" stroke="{PAPER}" stroke-width="1.5"/>')
    return "".join(shapes)


def runs(cells: Ties) -> list[tuple[int, int, int, int]]:
    """The cells that hold as few rectangles: row, column, how wide and how high.

    >>> runs(np.array([[True, True], [True, True]]))
    [(0, 0, 2, 2)]
    """
    edge = np.zeros((len(cells), 1), dtype=np.int8)
    steps = np.diff(np.concatenate((edge, cells.astype(np.int8), edge), axis=1), axis=1)
    rows, starts = np.nonzero(steps == 1)
    ends = np.nonzero(steps == -1)[1]
    open_runs: dict[tuple[int, int], tuple[int, int]] = {}
    found = []
    for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        first, last = open_runs.get((start, end), (row, row - 1))
        if last != row - 1:
            found.append((first, start, end - start, last - first + 1))
            first = row
        open_runs[start, end] = first, row
    found += [(first, start, end - start, last - first + 1) for (start, end), (first, last) in open_runs.items()]
    return sorted(found)


def _run(square: _Square, row: int, column: int, wide: int, high: int) -> str:
    (x, y), cell = square.corner, square.cell
    left, top = x + column * cell, y + row * cell
    return f"M{number(left)} {number(top)}H{number(left + wide * cell)}V{number(top + high * cell)}H{number(left)}z"


def _corner(square: _Square, row: int, column: int) -> str:
    """The lower left half of a cell."""
    (x, y), cell = square.corner, square.cell
    left, top = x + column * cell, y + row * cell
    return f"M{number(left)} {number(top)}V{number(top + cell)}H{number(left + cell)}z"


def _borders(square: _Square) -> str:
    """Lines between blocs, a frame around each, and its letter above and beside the square."""
    (x, y), shapes, at = square.corner, [], 0
    above = HEADING + 30.0
    for bloc, rows in enumerate(blocs_of(square.division)):
        wide, start = len(rows) * square.cell, at * square.cell
        at += len(rows)
        edge = at * square.cell
        shapes.append(
            f'<path d="M{number(x)} {number(y + edge)}h{number(square.side)}M{number(x + edge)} {number(y)}'
            f'v{number(square.side)}" stroke="{MUTED}" stroke-width="0.7" stroke-opacity="0.7"/>'
            f'<rect x="{number(x + start)}" y="{number(y + start)}" width="{number(wide)}" height="{number(wide)}" '
            f'fill="none" stroke="{BLOCS[bloc % len(BLOCS)]}" stroke-width="2.4"/>'
        )
        if wide >= 19:
            middle = start + wide / 2
            shapes += [badge((x + middle, above - 14), bloc), badge((x + square.side + 14, y + middle), bloc)]
    return "".join(shapes)


def _row_words(square: _Square) -> str:
    """What each row is; where rows are narrow the words stand in columns by turns, each led to its row by a line."""
    (x, y), shapes, leads = square.corner, [], ""
    for place, word in enumerate(square.words):
        middle = y + (place + 0.5) * square.cell
        right = x - 6 - place % square.columns * word_width(square.words, square.size)
        shapes.append(text((right, middle + square.size * 0.35), word, square.size, anchor="end"))
        leads += f"M{number(right + 2)} {number(middle)}H{number(x - 2)}"
    if square.columns == 1:
        for place, word in enumerate(square.words):
            across = x + (place + 0.5) * square.cell + square.size * 0.35
            turned = f"rotate(-90 {number(across)} {number(y - 5)})"
            shapes.append(text((across, y - 5), word, square.size, transform=turned))
    lines = f'<path d="{leads}" stroke="{RULE}" stroke-width="0.8"/>' if square.columns > 1 else ""
    # The lines run behind the words of the columns between.
    return f'{lines}<g stroke="{PAPER}" stroke-width="2.5" paint-order="stroke">{"".join(shapes)}</g>'


def _shades(square: _Square, top: float) -> Part:
    """What the colors of cells mean."""
    count = int(square.network.binding().max(initial=0))
    looks = [(f'fill="{shade}"', counted(many, "layer")) for many, shade in enumerate(SHADES[:count], start=1)]
    if count > len(SHADES):
        looks[-1] = (looks[-1][0], f"{len(SHADES)} layers or more")
    looks.append((f'fill="{VERMILION}"', "divided (half a cell: bound as well)"))
    looks.append((f'fill="url(#unknown)" stroke="{RULE}"', "unknown"))
    shapes, x = [text((MARGIN, top + 11), "Bound in", 12, font_weight="700", fill=INK)], MARGIN + 66.0
    for look, said in looks:
        shapes.append(f'<rect x="{number(x)}" y="{number(top)}" width="20" height="13" {look}/>')
        shapes.append(text((x + 26, top + 11), said, 11, fill=MUTED))
        x += 26 + text_width(said, 11) + 20
    return "".join(shapes), 20.0
