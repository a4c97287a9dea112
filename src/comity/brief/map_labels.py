"""Names on a map: which are shown, and where each stands so that it covers no other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from comity.brief.blocks import Map, Point
from comity.brief.land import disputed_lines
from comity.brief.lettering import Box, Label, fits, hits
from comity.brief.map_marks import mark_size
from comity.brief.map_places import (
    CLEAR,
    at_area,
    beside,
    in_picture,
    lies_on,
    mark_of,
    moved,
    spilled,
    state_places,
)
from comity.brief.map_style import AREA, OTHER, STATE, WATER
from comity.brief.projection import Projection
from comity.vocab.geometry.areas import DisputedArea, disputed_areas, waters
from comity.vocab.geometry.outlines import SEA, world
from comity.vocab.states import state

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FIRM = frozenset({STATE, WATER, AREA})
_MOST_OTHERS = 24
_MOST_INVOLVED = 10  # states that a map shades most, named even where a name covers a point
_LEAST_PIXELS = 14.0  # how wide land is whose name is worth its room where it has no part in what is shown
_KM_PER_DEGREE = 111.2
_MOST_BOLD = 12  # names in large letters; of more all are as small as those of others
_LARGE = 6.0  # pixels: the radius of a mark that no name covers
_MOST_LAND = 16.0  # pixels
_MOST_SPILLED, _LITTLE = 0.5, 0.25  # the share of a name on the land of others
_NARROW = 400  # pixels: in a picture less wide the names of states are as small as the others
_MOST_NARROW = 20  # states of which such a picture names also the small ones
_DASH = 5.0  # pixels
_SAME_DEGREES = 8.0  # how far the point of an area may be from where its name stands


def map_labels(block: Map, projection: Projection, points: Sequence[Point]) -> list[Label]:
    """The names of a map, the most important first; one that finds no room is left out."""
    marks = [_Mark(point, *projection.at(point.longitude, point.latitude), _radius(block, point)) for point in points]
    # In a narrow picture a name may cover a point, or it would stand far from what it names.
    dots = [mark.box for mark in marks if projection.width >= _NARROW]
    names: list[Box] = [mark.box for mark in marks if projection.width >= _NARROW and mark.radius >= _LARGE]
    if not projection.is_world:
        names.append((0.0, projection.height - 34, 110.0, projection.height))
    dashes = _dashes(projection)
    placed: dict[str, Label] = {}
    for number, choices in enumerate(_wanted(block, projection, marks)):
        if number == len(block.own):
            names += [_land(projection, code) for code in block.own if projection.is_world and code in world().by_code]
        told = (label for label in choices if label.text.casefold() not in placed)
        inside = (label for label in told if fits(label.box, projection) and not hits(label.box, names))
        best = _least_harm(inside, projection, dots, dashes)
        # The name of a state, a sea or a disputed area may cover a point rather than be missing.
        if best is not None and (best.is_sure or best.style in _FIRM or not hits(best.box, dots)):
            placed[best.text.casefold()] = best
            names.append(best.box)
    return list(placed.values())


@dataclass(frozen=True)
class _Mark:
    """A point with the pixels of its middle and its radius."""

    point: Point
    x: float
    y: float
    radius: float

    @property
    def box(self) -> Box:
        """What the mark covers."""
        return self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius


def _radius(block: Map, point: Point) -> float:
    return max(4.0, math.sqrt(mark_size(block, point.what, point.count)) / 2)


def _land(projection: Projection, code: str) -> Box:
    """What the largest piece of a state covers, or most of it where it is large: no name of another stands there."""
    west, south, east, north = world().boxes_by_code[code][0]
    x, y = projection.at(*mark_of(code))
    wide = min((east - west) / 2 * _KM_PER_DEGREE / projection.km_per_pixel, _MOST_LAND)
    high = min((north - south) / 2 * _KM_PER_DEGREE / projection.km_per_pixel, _MOST_LAND)
    return x - wide, y - high, x + wide, y + high


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


def _least_harm(
    labels: Iterable[Label], projection: Projection, dots: Sequence[Box], dashes: NDArray[np.float64]
) -> Label | None:
    """The name that does least harm where it stands: on marks, on lines, on land of others, or aside without need.

    The first that does none is taken at once; None where none may stand.
    """
    best: tuple[tuple[float, ...], Label] | None = None
    for label in labels:
        over = spilled(projection, label)
        if over is None:
            continue
        hit, crossed = hits(label.box, dots), _crossed(label.box, dashes)
        harm: tuple[float, ...] = (crossed > 0, label.is_aside, hit, crossed)
        if label.style != AREA:
            near_edge = bool(label.land) and not fits(label.box, projection, CLEAR)
            harm = (label.is_aside + (over > _MOST_SPILLED), hit, crossed, near_edge, over > _LITTLE, over)
        if not any(harm[:5]):
            return label
        if best is None or harm < best[0]:
            best = harm, label
    return best[1] if best is not None else None


def _crossed(box: Box, dashes: NDArray[np.float64]) -> int:
    left, top, right, bottom = box
    x, y = dashes[:, 0], dashes[:, 1]
    return int(((left < x) & (x < right) & (top < y) & (y < bottom)).sum())


def _wanted(block: Map, projection: Projection, marks: Sequence[_Mark]) -> Iterator[Iterable[Label]]:
    """Each name with the places where it may stand, the best first; the most important name first."""
    is_crowded = len(block.named) - len(block.own) > _MOST_BOLD and projection.width >= _NARROW
    own, named = _subjects(block, projection, is_crowded=is_crowded)
    yield from own
    if projection.width < _NARROW:
        yield from named
        return
    wide = projection.width_km
    areas = [area for area in disputed_areas() if wide <= area.shown_km]
    told = [at_area(projection, area) for area in areas if in_picture(projection, area.at)]
    yield from (*told, *named) if is_crowded else (*named, *told)
    for each in waters():
        if each.shown_km[0] <= wide <= each.shown_km[1] and in_picture(projection, each.at):
            yield moved(each.name, projection.at(*each.at), WATER)
    known = {state(code).name for code in block.named}
    for mark in sorted(marks, key=lambda mark: (-mark.point.count, mark.point.name)):
        # A place that bears the name of a disputed area has the names of every side already.
        name = mark.point.name.strip()
        if name and not known & {name, name.split()[0]} and not any(_bears(area, mark.point) for area in areas):
            yield beside(name, (mark.x, mark.y), radius=mark.radius)
    yield from _others(block, projection)


def _subjects(
    block: Map, projection: Projection, *, is_crowded: bool
) -> tuple[list[Iterable[Label]], list[Iterable[Label]]]:
    """The names of the states that a map is about, its own apart; in a narrow picture beside the land if need be."""
    is_narrow = projection.width < _NARROW
    named = [code for code in block.named if code not in block.own]
    if projection.is_world or (is_narrow and len(named) > _MOST_NARROW):
        # The names of small states would stand on the land of others.
        times = 2 if is_narrow else 1
        named = sorted((code for code in named if _is_wide(projection, code, times)), key=_span, reverse=True)
    around: dict[str, Iterable[Label]] = {code: state_places(projection, code) for code in block.own}
    if is_crowded:
        named = sorted(named, key=_span, reverse=True)
        around |= {code: _sure(state_places(projection, code, OTHER)) for code in named}
    else:
        around |= {code: state_places(projection, code) for code in named}
    told = {code: _narrow(projection, code, each) if is_narrow else each for code, each in around.items()}
    return [told.pop(code) for code in block.own], [*told.values()]


def _sure(labels: Iterable[Label]) -> Iterator[Label]:
    """Names that are shown even where they cover a point."""
    return (replace(label, is_sure=True) for label in labels)


def _narrow(projection: Projection, code: str, around: Iterable[Label]) -> list[Label]:
    """The places of a name in a narrow picture: on the land or in the sea beside it; of a tiny state at its mark."""
    named = [replace(label, style=OTHER) for label in around]
    aside = [label for each in named[:1] for label in beside(each.text, (each.x, each.y), OTHER)]
    if not _is_wide(projection, code):
        return aside + named
    west, south, east, north = world().boxes_by_code[code][0]
    (left, y), (right, _) = (projection.at(edge, (south + north) / 2) for edge in (west, east))
    for each in named[:1]:
        aside += [replace(each, x=right + 4, y=y, align="left"), replace(each, x=left - 4, y=y, align="right")]
    allowed = {*world().by_code.get(code, ()), SEA}
    return named + [label for label in aside if lies_on(projection, label, allowed)]


def _bears(area: DisputedArea, point: Point) -> bool:
    """Whether a point's name begins as one of an area's names does, and the area is near."""
    names = {name.split()[0].casefold() for name in area.name.partition(" (")[0].split("/")}
    (east, north), begins = area.at, point.name.split("/")[0].split()[0].casefold()
    return begins in names and max(abs(point.longitude - east), abs(point.latitude - north)) <= _SAME_DEGREES


def _others(block: Map, projection: Projection) -> Iterator[Iterable[Label]]:
    """The names of states that the map is not about: the most involved first, then large ones; of the world a few."""
    shown = {*block.own, *block.named}
    counts = {each.state: each.count for panel in block.panels for each in panel.shades}
    others = sorted(
        (code for code in world().by_code if code not in shown and _is_state(code)),
        key=lambda code: (-counts.get(code, 0), -_span(code)),
    )
    for place, code in enumerate(others[:_MOST_OTHERS] if projection.is_world else others):
        if counts.get(code, 0) and place < _MOST_INVOLVED:
            yield _sure(state_places(projection, code, OTHER))
        elif in_picture(projection, mark_of(code)) and (code in counts or _is_wide(projection, code)):
            places = state_places(projection, code, OTHER)
            yield islice(places, 1) if projection.is_world else places


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
