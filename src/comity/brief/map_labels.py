"""Names on a map: which are shown, and where each stands so that it covers no other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from comity.brief.blocks import Map, Point
from comity.brief.land import disputed_lines
from comity.brief.lettering import LONGEST_ASIDE, Box, Label, fits, hits
from comity.brief.map_style import AREA, OTHER, PLACE, SIZES, STATE, WATER
from comity.brief.projection import Projection
from comity.brief.wording import plain
from comity.vocab.geometry.areas import DisputedArea, disputed_areas, waters
from comity.vocab.geometry.locating import unit_at
from comity.vocab.geometry.outlines import SEA, world
from comity.vocab.states import state

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FIRM = frozenset({STATE, WATER, AREA})
_GRID = 26  # how many points across are tried for the name of a state whose middle is out of sight
_CLEAR = 30.0  # pixels from the edge of a picture within which a name looks cut off
_NEAR = 5  # places near the middle of a state where its name may stand on a map of the world
_MOST_OTHERS = 24
_MOST_INVOLVED = 10  # states that a map shades most, named even where a name covers a point
_LEAST_PIXELS = 14.0  # how wide land is whose name is worth its room where it has no part in what is shown
_KM_PER_DEGREE = 111.2
_NARROW = 400  # pixels: in a picture less wide the names of states are as small as the others
_MOST_NARROW = 20  # states of which such a picture names also the small ones
_DASH = 5.0  # pixels
_SAME_DEGREES = 8.0  # how far the point of an area may be from where its name stands


def map_labels(block: Map, projection: Projection, points: Sequence[Point]) -> list[Label]:
    """The names of a map, the most important first; one that finds no room is left out."""
    marks = [(point, projection.at(point.longitude, point.latitude)) for point in points]
    # In a narrow picture a name may cover a point, or it would stand far from what it names.
    dots = [(x - 4, y - 4, x + 4, y + 4) for _, (x, y) in marks if projection.width >= _NARROW]
    names: list[Box] = [] if projection.is_world else [(0.0, projection.height - 34, 110.0, projection.height)]
    dashes = _dashes(projection)
    placed: dict[str, Label] = {}
    for choices in _wanted(block, projection, marks):
        told = (label for label in choices if label.text.casefold() not in placed)
        inside = [label for label in told if fits(label.box, projection) and not hits(label.box, names)]
        # The name of a state, a sea or a disputed area may cover a point rather than be missing.
        best = min(inside, key=lambda label: _harm(label, dots, dashes), default=None)
        if best is not None and (best.is_sure or best.style in _FIRM or not hits(best.box, dots)):
            placed[best.text.casefold()] = best
            names.append(best.box)
    return list(placed.values())


def _dashes(projection: Projection) -> NDArray[np.float64]:
    """Pixels along the disputed lines in sight, near enough to each other to tell what a name would cross."""
    import numpy as np

    lines = [line for each in disputed_lines(projection) for line in each["geometry"]["coordinates"]]
    if not lines:
        return np.empty((0, 2))
    found = []
    for line in lines:
        at = projection(np.array(line))
        steps = np.linspace(0, len(at) - 1, max(2, int(np.abs(np.diff(at, axis=0)).sum() / _DASH) + 1))
        found.append(np.stack([np.interp(steps, np.arange(len(at)), at[:, side]) for side in (0, 1)], axis=1))
    return np.concatenate(found)


def _harm(label: Label, dots: Sequence[Box], dashes: NDArray[np.float64]) -> tuple[int, ...]:
    """How bad it is for a name to stand where it stands: on marks, on lines, or aside where it need not."""
    hit, crossed = hits(label.box, dots), _crossed(label.box, dashes)
    return (crossed > 0, label.is_aside, hit, crossed) if label.style == AREA else (hit, crossed)


def _crossed(box: Box, dashes: NDArray[np.float64]) -> int:
    left, top, right, bottom = box
    x, y = dashes[:, 0], dashes[:, 1]
    return int(((left < x) & (x < right) & (top < y) & (y < bottom)).sum())


def _wanted(
    block: Map, projection: Projection, marks: Sequence[tuple[Point, tuple[float, float]]]
) -> Iterator[list[Label]]:
    """Each name with the places where it may stand, the best first; the most important name first."""
    yield from _subjects(block, projection)
    if projection.width < _NARROW:
        return
    wide = projection.width_km
    areas = [area for area in disputed_areas() if wide <= area.shown_km]
    for area in areas:
        if _in_picture(projection, area.at):
            yield _at_area(projection, area)
    for each in waters():
        if each.shown_km[0] <= wide <= each.shown_km[1] and _in_picture(projection, each.at):
            yield _moved(each.name, projection.at(*each.at), WATER)
    known = {state(code).name for code in block.named}
    for point, at in sorted(marks, key=lambda mark: (-mark[0].count, mark[0].name)):
        # A place that bears the name of a disputed area has the names of every side already.
        name = point.name.strip()
        if name and not known & {name, name.split()[0]} and not any(_bears(area, point) for area in areas):
            yield _beside(name, at)
    yield from _others(block, projection)


def _subjects(block: Map, projection: Projection) -> Iterator[list[Label]]:
    """The names of the states that a map is about; in a narrow picture small ones, beside the land if need be."""
    is_narrow = projection.width < _NARROW
    named = [code for code in block.named if code not in block.own]
    if projection.is_world or (is_narrow and len(named) > _MOST_NARROW):
        # The names of small states would stand on the land of others.
        times = 2 if is_narrow else 1
        named = sorted((code for code in named if _is_wide(projection, code, times)), key=_span, reverse=True)
    for code in (*block.own, *named):
        around = _around_state(projection, code)
        yield _narrow(projection, code, around) if is_narrow else around


def _narrow(projection: Projection, code: str, around: list[Label]) -> list[Label]:
    """The places of a name in a narrow picture: on the land or in the sea beside it; of a tiny state at its mark."""
    named = [replace(label, style=OTHER) for label in around]
    beside = [label for each in named[:1] for label in _beside(each.text, (each.x, each.y), OTHER)]
    if not _is_wide(projection, code):
        return beside + named
    west, south, east, north = world().boxes_by_code[code][0]
    (left, y), (right, _) = (projection.at(edge, (south + north) / 2) for edge in (west, east))
    for each in named[:1]:
        beside += [replace(each, x=right + 4, y=y, align="left"), replace(each, x=left - 4, y=y, align="right")]
    allowed = {*world().by_code.get(code, ()), SEA}
    return named + [label for label in beside if _lies_on(projection, label, allowed)]


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


def _is_wide(projection: Projection, code: str, times: int = 1) -> bool:
    west, _, east, _ = world().boxes_by_code[code][0]
    return (east - west) * _KM_PER_DEGREE / projection.km_per_pixel >= _LEAST_PIXELS * times


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
    own = [label for label in near if _lies_on(projection, label, {*places, SEA})]
    found = own + [Label(name, x, y, STATE) for x, y in _seen_middle(projection, places)]
    return sorted(found, key=lambda label: not fits(label.box, projection, _CLEAR))


def _lies_on(projection: Projection, label: Label, units: Collection[int]) -> bool:
    """Whether the middle of a name lies on one of some units of land; SEA among them is the sea."""
    import numpy as np

    left, top, right, bottom = label.box
    longitude, latitude = projection.inverse(np.array([(left + right) / 2, (top + bottom) / 2])).tolist()
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
    edges = np.concatenate([held, [projection.width, projection.height] - held], axis=1).min(axis=1)
    depth = [
        min(edge, np.abs(out - point).max(axis=1).min() if len(out) else edge)
        for point, edge in zip(held, edges, strict=True)
    ]
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


def _at_area(projection: Projection, area: DisputedArea) -> list[Label]:
    """The names of an area on it; where it has lines that they would cross, also in the sea to its left and right."""
    near = _moved(area.name, projection.at(*area.at), AREA)
    narrow = replace(near[0], is_aside=True, longest=LONGEST_ASIDE)
    left, _, right, _ = narrow.box
    steps = [side * ((right - left) / 2 + SIZES[AREA] * away) for away in (1, 3) for side in (-1, 1)]
    aside = [replace(narrow, x=narrow.x + step) for step in steps]
    return near + [label for label in aside if _lies_on(projection, label, {SEA})]


def _beside(text: str, at: tuple[float, float], style: str = PLACE) -> list[Label]:
    """A name beside its mark: right, left, below or above it."""
    x, y = at
    told = plain(text)
    return [
        Label(told, x + 8, y, style, "left"),
        Label(told, x - 8, y, style, "right"),
        Label(told, x, y + 12, style),
        Label(told, x, y - 12, style),
    ]


def _in_picture(projection: Projection, at: tuple[float, float]) -> bool:
    x, y = projection.at(*at)
    return 0 <= x <= projection.width and 0 <= y <= projection.height
