"""The ties of a pair, or of a state and those it is tied to most, year by year: a lane for each layer, gaps hatched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from comity.errors import BadRequest
from comity.network.graph import Network
from comity.network.pictures.backbone import strength
from comity.network.pictures.canvas import HEADING, INSIDE, MARGIN, hatch, heading, number, page, text, text_width
from comity.network.pictures.captions import Part, counted, foot, plain, sources_line, stacked, years_of
from comity.network.pictures.places import name_of
from comity.network.pictures.style import INK, MUTED, RULE, SHADE, stroke_of

MOST_PAIRS = 14
_ONE_LANE, _LANE, _BETWEEN = 46.0, 8.0, 12.0  # a lane of a single pair, one of many, and the space between two pairs
_LEFT = 190.0
Pair = tuple[str, str]


@dataclass(frozen=True)
class Lanes:
    """What is known of each pair, layer and year: weights with NaN unknown, and whether both were states then."""

    pairs: tuple[Pair, ...]
    layers: tuple[str, ...]
    first: int
    weights: npt.NDArray[np.float64]
    both: npt.NDArray[np.bool_]

    @property
    def year_width(self) -> float:
        """How wide a year is drawn."""
        return (INSIDE - _LEFT) / max(int(self.both.shape[1]), 1)

    @property
    def lane_height(self) -> float:
        """How high a lane is drawn."""
        return _ONE_LANE if len(self.pairs) == 1 else _LANE

    def x(self, year: int) -> float:
        """Where a year begins, counted from the first."""
        return MARGIN + _LEFT + year * self.year_width


def draw_timeline(networks: Sequence[Network], states: Sequence[str] = ()) -> str:
    """The timeline as SVG: of two states; of one and those it is tied to most; else of the pairs tied most.

    >>> from comity.network.graph import Layer
    >>> held = Layer("alliance", np.array([[0.0, 1.0], [1.0, 0.0]]))
    >>> years = [Network((year, year), ("FRA", "USA"), {"alliance": held}) for year in (2009, 2010)]
    >>> "France and United States" in draw_timeline(years, ("FRA", "USA"))
    True
    """
    if not networks:
        raise BadRequest("a timeline has at least one year")
    lanes = _lanes(networks, _pairs(networks, states))
    title, under = _said(networks, lanes, states)
    notes = [_how(lanes), sources_line(networks)]
    field, bottom = stacked(HEADING + 8.0, [_pair_maker(lanes, row, states) for row in range(len(lanes.pairs))])
    axis, end = _axis(lanes, bottom)
    below, last = stacked(end + 8, (lambda top: _legend(lanes, top), lambda top: foot(top, notes)))
    parts = [heading(title, under), axis, field, below]
    return page(title, f"{under} {' '.join(notes)}", last + 6, parts, hatch("unknown"))


def _pairs(networks: Sequence[Network], states: Sequence[str]) -> tuple[Pair, ...]:
    """The pairs that are shown, those tied most first."""
    everybody = sorted({state for network in networks for state in network.states})
    if lost := [state for state in states if state not in everybody]:
        raise BadRequest(f"{lost[0]} was no member of the state system ({networks[0].system}) in these years")
    total: dict[Pair, float] = {}
    for network in networks:
        found = strength(network) + network.dividing()
        for a, b in zip(*np.nonzero(np.triu(found)), strict=True):
            one, other = sorted((network.states[a], network.states[b]))
            total[one, other] = total.get((one, other), 0.0) + float(found[a, b])
    if len(states) == 1:
        wanted = {pair for pair in total if states[0] in pair}
    else:
        wanted = set(combinations(sorted(set(states)), 2)) if states else set(total)
    ordered = sorted(wanted, key=lambda pair: (-round(total.get(pair, 0.0), 9), pair))
    return tuple(ordered[:MOST_PAIRS])


def _lanes(networks: Sequence[Network], pairs: tuple[Pair, ...]) -> Lanes:
    layers = tuple(networks[0].layers)
    first, last = networks[0].years[0], networks[-1].years[1]
    weights = np.full((len(pairs), len(layers), last - first + 1), np.nan)
    both = np.zeros((len(pairs), last - first + 1), dtype=bool)
    for network in networks:
        row = {state: place for place, state in enumerate(network.states)}
        when = slice(network.years[0] - first, network.years[1] - first + 1)
        for place, (one, other) in enumerate(pairs):
            if one in row and other in row:
                both[place, when] = True
                for lane, name in enumerate(layers):
                    weights[place, lane, when] = network.layer(name).weights[row[one], row[other]]
    return Lanes(pairs, layers, first, weights, both)


def _said(networks: Sequence[Network], lanes: Lanes, states: Sequence[str]) -> tuple[str, str]:
    years = years_of((networks[0].years[0], networks[-1].years[1]))
    said = [plain(name) for name in lanes.layers]
    under = f"By layer: {', '.join(said)}."
    if len(states) == 2 or len(lanes.pairs) == 1:
        one, other = lanes.pairs[0]
        return f"{name_of(one)} and {name_of(other)}, {years}", under
    if len(states) == 1:
        return (
            f"{name_of(states[0])} and its partners, {years}",
            f"The {counted(len(lanes.pairs), 'state')} it is tied to most. {under}",
        )
    return f"Ties of pairs, {years}", f"The {counted(len(lanes.pairs), 'pair')} tied most. {under}"


def _how(lanes: Lanes) -> str:
    shared = "The highest mark of a lane is the most in its layer. " if len(lanes.pairs) == 1 else ""
    return f"{shared}Hatched: unknown, which is not none. White: known to have no tie. Gray: not both were states."


def _pair_maker(lanes: Lanes, row: int, states: Sequence[str]) -> Callable[[float], Part]:
    return lambda top: _pair(lanes, row, states, top)


def _pair(lanes: Lanes, row: int, states: Sequence[str], top: float) -> Part:
    """The lanes of one pair, and its name or the names of the lanes beside them."""
    shapes, tall = [], lanes.lane_height
    is_single = len(lanes.pairs) == 1
    for lane, name in enumerate(lanes.layers):
        y = top + lane * (tall + (8 if is_single else 1))
        shapes.append(_lane(lanes, (row, lane), y))
        if is_single:
            most = np.nanmax(lanes.weights[row, lane], initial=0.0)
            none = "unknown" if np.isnan(lanes.weights[row, lane, lanes.both[row]]).all() else "no known tie"
            told = f"at most {most:,g} a year" if most > 1 else "" if most else none
            shapes.append(text((MARGIN, y + tall / 2 + (0 if told else 4)), plain(name), 13, font_weight="700"))
            shapes.append(text((MARGIN, y + tall / 2 + 15), told, 11, fill=MUTED) if told else "")
    if not is_single:
        names = [name_of(state) for state in lanes.pairs[row] if len(states) != 1 or state != states[0]]
        size = 12.0 if text_width(" – ".join(names), 12, is_bold=True) <= _LEFT - 12 else 10.0
        said = (
            " – ".join(names)
            if text_width(" – ".join(names), size, is_bold=True) <= _LEFT - 12
            else " – ".join(lanes.pairs[row])
        )
        middle = top + len(lanes.layers) * (tall + 1) / 2 + 4
        shapes.append(text((MARGIN, middle), said, size, font_weight="600"))
    high = len(lanes.layers) * (tall + (8 if is_single else 1))
    return "".join(shapes), high + (0 if is_single else _BETWEEN - 6)


def spans(flags: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The runs of years that hold: first, and the one after the last.

    >>> spans(np.array([True, True, False, True]))
    [(0, 2), (3, 4)]
    """
    steps = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(first), int(last)) for first, last in zip(steps[::2], steps[1::2], strict=True)]


def _lane(lanes: Lanes, at: tuple[int, int], y: float) -> str:
    """One layer of one pair: what is unknown or could not be, then the marks."""
    (row, lane), tall, wide = at, lanes.lane_height, lanes.year_width
    held, both = lanes.weights[at], lanes.both[row]
    shapes = [_box(lanes, span, (y, tall), f'fill="{SHADE}"') for span in spans(~both)]
    shapes += [_box(lanes, span, (y, tall), 'fill="url(#unknown)"') for span in spans(both & np.isnan(held))]
    color = stroke_of(lanes.layers[lane]).color
    most = np.nanmax(lanes.weights[:, lane], initial=0.0)
    tied = np.nan_to_num(held) > 0
    if most <= 1:
        # What holds or does not is a band, which says since when without a break.
        shapes += [_box(lanes, span, (y + tall * 0.2, tall * 0.6), f'fill="{color}"') for span in spans(tied)]
    else:
        for year in np.flatnonzero(tied).tolist():
            high = (
                tall * (0.3 + 0.7 * float(held[year] / most) ** 0.5)
                if len(lanes.pairs) > 1
                else max(3.0, tall * held[year] / most)
            )
            gap = min(1.5, wide * 0.15)
            shapes.append(
                f'<rect x="{number(lanes.x(year) + gap)}" y="{number(y + tall - high)}" '
                f'width="{number(wide - 2 * gap)}" height="{number(high)}" fill="{color}"/>'
            )
    foot_line = f"M{number(lanes.x(0))} {number(y + tall)}H{number(lanes.x(len(both)))}"
    return "".join(shapes) + f'<path d="{foot_line}" stroke="{RULE}" stroke-width="0.8"/>'


def _box(lanes: Lanes, span: tuple[int, int], down: tuple[float, float], look: str) -> str:
    left, right = lanes.x(span[0]), lanes.x(span[1])
    return (
        f'<rect x="{number(left)}" y="{number(down[0])}" width="{number(right - left)}" '
        f'height="{number(down[1])}" {look}/>'
    )


def axis_years(first: int, count: int, wide: float) -> list[int]:
    """The years that are named on an axis: as many as have room.

    >>> axis_years(1995, 20, 40.0)[:3], axis_years(1995, 20, 8.0)
    ([1995, 1996, 1997], [1995, 2000, 2005, 2010])
    """
    step = next(step for step in (1, 2, 5, 10, 20, 25, 50, 100) if step * wide >= 34 or step == 100)
    return [year for year in range(first, first + count) if year % step == 0] or [first]


def _axis(lanes: Lanes, top: float) -> Part:
    """The years below the lanes, each led up to the first of them."""
    count = lanes.both.shape[1]
    shapes = []
    for year in axis_years(lanes.first, count, lanes.year_width):
        x = lanes.x(year - lanes.first) + lanes.year_width / 2
        shapes.append(
            f'<path d="M{number(x)} {number(HEADING)}V{number(top + 4)}" stroke="{MUTED}" stroke-width="0.6" '
            f'stroke-opacity="0.35"/>' + text((x, top + 18), str(year), 11, fill=MUTED, anchor="middle")
        )
    return "".join(shapes), top + 24


def _legend(lanes: Lanes, top: float) -> Part:
    """The colors of the lanes from top to bottom, and how the unknown looks."""
    shapes, x = [], float(MARGIN)
    if len(lanes.pairs) > 1:
        shapes.append(text((x, top + 11), "Lanes from the top", 12, font_weight="700", fill=INK))
        x += text_width("Lanes from the top", 12, is_bold=True) + 16
    looks = [(f'fill="{stroke_of(name).color}"', plain(name)) for name in lanes.layers] if len(lanes.pairs) > 1 else []
    looks += [
        (f'fill="url(#unknown)" stroke="{RULE}"', "unknown"),
        (f'fill="{SHADE}" stroke="{RULE}"', "not both states"),
    ]
    y = top
    for look, said in looks:
        wide = 26 + text_width(said, 11) + 18
        if x + wide > MARGIN + INSIDE + 18:
            x, y = float(MARGIN), y + 20
        shapes.append(f'<rect x="{number(x)}" y="{number(y)}" width="20" height="13" {look}/>')
        shapes.append(text((x + 26, y + 11), said, 11, fill=MUTED))
        x += wide
    return "".join(shapes), y + 18 - top
