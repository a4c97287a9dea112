"""Names on a map: which are shown, and where each stands so that it covers no other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from comity.brief.blocks import Map, Point
from comity.brief.projection import Projection
from comity.brief.wording import plain
from comity.vocab.geometry.areas import DisputedArea, disputed_areas, waters
from comity.vocab.geometry.locating import unit_at
from comity.vocab.geometry.outlines import world
from comity.vocab.states import state

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STATE, OTHER, WATER, AREA, PLACE = "state", "other", "water", "area", "place"
SIZES = {STATE: 11.5, OTHER: 9.5, WATER: 10.5, AREA: 9.0, PLACE: 9.5}
_WIDE = {STATE: 0.60, OTHER: 0.54, WATER: 0.50, AREA: 0.50, PLACE: 0.54}  # how wide a letter is, in parts of its height
_FIRM = frozenset({STATE, WATER, AREA})
_EDGE = 4.0
_GRID = 26  # how many points across are tried for the name of a state whose middle is out of sight
_LONGEST_LINE = 28
_NEAR = 5  # places near the middle of a state where its name may stand on a map of the world
_MOST_OTHERS = 24
_MOST_INVOLVED = 10  # states that a map shades most, named even where a name covers a point
_LEAST_PIXELS = 14.0  # how wide land is whose name is worth its room where it has no part in what is shown
_KM_PER_DEGREE = 111.2
_SAME_DEGREES = 8.0  # how far the point of an area may be from where its name stands

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

    @property
    def lines(self) -> tuple[str, ...]:
        """The name broken where it is long."""
        return broken(self.text) if self.style in (AREA, WATER, STATE) else (self.text,)

    @property
    def box(self) -> Box:
        """What the name covers."""
        wide = _WIDE[self.style] * SIZES[self.style] * max(len(line) for line in self.lines)
        high = SIZES[self.style] * 1.15 * len(self.lines)
        left = self.x - (0 if self.align == "left" else wide if self.align == "right" else wide / 2)
        return left, self.y - high / 2, left + wide, self.y + high / 2


def broken(text: str) -> tuple[str, ...]:
    """A name in lines of at most about twenty letters, broken before brackets, slashes and words.

    >>> broken("Senkaku / Diaoyu (China, Japan, Taiwan)")
    ('Senkaku / Diaoyu', '(China, Japan, Taiwan)')
    """
    head, bracket, rest = text.partition(" (")
    parts = [head, *([f"({rest}"] if bracket else [])]
    lines: list[str] = []
    for part in parts:
        line = ""
        for word in part.split():
            if line and len(line) + len(word) + 1 > _LONGEST_LINE:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
    return tuple(lines)


def map_labels(block: Map, projection: Projection, points: Sequence[Point]) -> list[Label]:
    """The names of a map, the most important first; one that finds no room is left out."""
    marks = [(point, projection.at(point.longitude, point.latitude)) for point in points]
    dots = [(x - 4, y - 4, x + 4, y + 4) for _, (x, y) in marks]
    names: list[Box] = [] if projection.is_world else [(0.0, projection.height - 34, 110.0, projection.height)]
    placed: list[Label] = []
    for choices in _wanted(block, projection, marks):
        inside = [label for label in choices if _fits(label.box, projection) and not _hits(label.box, names)]
        # The name of a state, a sea or a disputed area may cover a point rather than be missing.
        best = min(inside, key=lambda label: _hits(label.box, dots), default=None)
        if best is not None and (best.is_sure or best.style in _FIRM or not _hits(best.box, dots)):
            placed.append(best)
            names.append(best.box)
    return placed


def _wanted(
    block: Map, projection: Projection, marks: Sequence[tuple[Point, tuple[float, float]]]
) -> Iterator[list[Label]]:
    """Each name with the places where it may stand, the best first; the most important name first."""
    for code in (*block.own, *(code for code in block.named if code not in block.own)):
        yield _around_state(projection, code)
    wide = projection.width_km
    areas = [area for area in disputed_areas() if wide <= area.shown_km]
    told = [(area.name, area.at, AREA) for area in areas]
    told += [(each.name, each.at, WATER) for each in waters() if each.shown_km[0] <= wide <= each.shown_km[1]]
    for name, at, style in told:
        if _in_picture(projection, at):
            yield _moved(name, projection.at(*at), style)
    known = {state(code).name for code in block.named}
    for point, at in sorted(marks, key=lambda mark: (-mark[0].count, mark[0].name)):
        # A place that bears the name of a disputed area has the names of every side already.
        name = point.name.strip()
        if name and not known & {name, name.split()[0]} and not any(_bears(area, point) for area in areas):
            yield _beside(name, at)
    yield from _others(block, projection)


def _bears(area: DisputedArea, point: Point) -> bool:
    """Whether a point's name begins as one of an area's names does, and the area is near."""
    names = {name.split()[0].casefold() for name in area.name.partition(" (")[0].split("/")}
    (east, north), begins = area.at, point.name.split("/")[0].split()[0].casefold()
    return begins in names and max(abs(point.longitude - east), abs(point.latitude - north)) <= _SAME_DEGREES


def _others(block: Map, projection: Projection) -> Iterator[list[Label]]:
    """The names of states that the map is not about: the most involved first, then large ones; of the world a few."""
    shown = {*block.own, *block.named}
    counts = {each.state: each.count for panel in block.panels for each in panel.shades}
    others = sorted(
        (code for code in world().by_code if code not in shown and _is_state(code)),
        key=lambda code: (-counts.get(code, 0), -_span(code)),
    )
    for place, code in enumerate(others[:_MOST_OTHERS] if projection.is_world else others):
        if counts.get(code, 0) and place < _MOST_INVOLVED:
            yield [replace(label, style=OTHER, is_sure=True) for label in _around_state(projection, code)]
        elif _in_picture(projection, mark := _mark(code)) and (code in counts or _is_wide(projection, code)):
            yield _moved(state(code).name, projection.at(*mark), OTHER)[:1]


def _mark(code: str) -> tuple[float, float]:
    return world().units[world().by_code[code][0]].mark


def _is_wide(projection: Projection, code: str) -> bool:
    west, _, east, _ = world().boxes_by_code[code][0]
    return (east - west) * _KM_PER_DEGREE / projection.km_per_pixel >= _LEAST_PIXELS


def _is_state(code: str) -> bool:
    unit = world().units[world().by_code[code][0]]
    return unit.claims == (code,)


def _span(code: str) -> float:
    """How large a state is, roughly, for the order in which names find room."""
    west, south, east, north = world().boxes_by_code[code][0]
    return (east - west) * (north - south)


def _around_state(projection: Projection, code: str) -> list[Label]:
    """The name of a state in the middle of what is seen of it; never with its middle on the land of another."""
    places = world().by_code.get(code)
    if not places:
        return []
    mark, name = _mark(code), state(code).name
    near = _moved(name, projection.at(*mark), STATE) if _in_picture(projection, mark) else []
    if projection.is_world:
        return near[:_NEAR]
    own = [label for label in near if _lies_on(projection, label, {*places, None})]
    return own + [Label(name, x, y, STATE) for x, y in _seen_middle(projection, places)]


def _lies_on(projection: Projection, label: Label, units: Collection[int | None]) -> bool:
    """Whether the middle of a name lies on one of some units of land; None among them is the sea."""
    import numpy as np

    longitude, latitude = projection.inverse(np.array([label.x, label.y])).tolist()
    return unit_at(round(latitude, 2), round(longitude, 2)) in units


def _seen_middle(projection: Projection, places: tuple[int, ...]) -> list[tuple[float, float]]:
    """The points of a grid over the picture that lie deepest inside a state."""
    import numpy as np

    step = projection.width / _GRID
    xs = np.arange(step / 2, projection.width, step)
    ys = np.arange(step / 2, projection.height, step)
    pixels = np.stack(np.meshgrid(xs, ys), axis=-1)
    inside = _inside(projection.inverse(pixels), places)
    if not inside.any():
        return []
    out = pixels[~inside]
    held = pixels[inside]
    depth = [np.abs(out - point).max(axis=1).min() if len(out) else projection.width for point in held]
    order = np.argsort(-np.array(depth), kind="stable")[:4]
    return [(float(x), float(y)) for x, y in held[order]]


def _inside(places: NDArray[np.float64], units: tuple[int, ...]) -> NDArray[np.bool_]:
    import numpy as np

    flat = places.reshape(-1, 2)
    held = [unit_at(round(float(y), 2), round(float(x), 2)) in units for x, y in flat]
    return np.array(held).reshape(places.shape[:-1])


def _moved(text: str, at: tuple[float, float], style: str) -> list[Label]:
    """A name at a place, or a little off it."""
    x, y = at
    away = SIZES[style]
    steps: list[tuple[float, float]] = [(0, 0), (0, away / 2), (0, -away / 2), (0, away), (0, -away), (away, 0)]
    steps += [(-away, 0), (away * 2, 0), (-away * 2, 0), (0, 2 * away), (0, -2 * away)]
    return [Label(plain(text), x + dx, y + dy, style) for dx, dy in steps]


def _beside(text: str, at: tuple[float, float]) -> list[Label]:
    """A name beside its mark: right, left, below or above it."""
    x, y = at
    told = plain(text)
    return [
        Label(told, x + 8, y, PLACE, "left"),
        Label(told, x - 8, y, PLACE, "right"),
        Label(told, x, y + 12, PLACE),
        Label(told, x, y - 12, PLACE),
    ]


def _in_picture(projection: Projection, at: tuple[float, float]) -> bool:
    x, y = projection.at(*at)
    return 0 <= x <= projection.width and 0 <= y <= projection.height


def _fits(box: Box, projection: Projection) -> bool:
    left, top, right, bottom = box
    return left >= _EDGE and top >= _EDGE and right <= projection.width - _EDGE and bottom <= projection.height - _EDGE


def _hits(box: Box, others: Sequence[Box]) -> int:
    return sum(_overlap(box, other) for other in others)


def _overlap(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
