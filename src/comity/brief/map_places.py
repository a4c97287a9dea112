"""Where on a map the name of a state, an area or a mark may stand, the best places first."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from comity.brief.lettering import LONGEST_ASIDE, Label, fits
from comity.brief.map_style import AREA, PLACE, SIZES, STATE
from comity.brief.projection import Frame, Projection
from comity.brief.wording import plain
from comity.vocab.geometry.areas import DisputedArea
from comity.vocab.geometry.locating import unit_at
from comity.vocab.geometry.outlines import SEA, world
from comity.vocab.states import state

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_GRID = 26  # how many points across are tried for the name of a state whose middle is out of sight
CLEAR = 30.0  # pixels from the edge of a picture within which a name looks cut off
_NEAR = 5  # places near the middle of a state where its name may stand on a map of the world
_LONG, _LONGEST = 14, 20  # letters of a name from which it may also, and from which it must, stand in several lines
_ASIDE = 4.0  # pixels between land and its name in the sea
_SEA_COUNTS = 0.2  # how much less than on land of others it matters where a name stands in the sea
_ALONG = (0.08, 0.3, 0.5, 0.7, 0.92)  # where along a name its ground is looked at
_MIDDLE = 2


def state_places(projection: Projection, code: str, style: str = STATE) -> Iterator[Label]:
    """The places for the name of a state: on its mark or near it, left and right of its land, or where it is seen.

    Long names come in several lines too, the longest at once.
    """
    units = world().by_code.get(code)
    if not units:
        return
    name, at, land = plain(state(code).name), projection.at(*mark_of(code)), frozenset(units)
    near = [replace(label, land=land) for label in moved(name, at, style)]
    if in_picture(projection, mark_of(code)):
        near = near[:_NEAR] if projection.is_world else near
        if len(name) <= _LONGEST:
            yield from near
        if len(name) > _LONG and " " in name:
            near = [replace(label, longest=_LONG) for label in near]
            yield from near
        yield from _aside(projection, near[0], world().boxes_by_code[code][0])
    if not projection.is_world and not fits(near[0].box, projection, CLEAR):
        yield from (replace(near[0], x=x, y=y) for x, y in _seen_middle(projection, units))


def _aside(projection: Projection, label: Label, box: Frame) -> Iterator[Label]:
    """A name right and left of land."""
    west, south, east, north = box
    (left, y), (right, _) = (projection.at(edge, (south + north) / 2) for edge in (west, east))
    yield replace(label, is_aside=True, x=right + _ASIDE, y=y, align="left")
    yield replace(label, is_aside=True, x=left - _ASIDE, y=y, align="right")


def spilled(projection: Projection, label: Label) -> float | None:
    """The share of a name that covers land of others, where the sea counts for little; None where it may not stand.

    It may not where its middle lies on land of others, nor where it stands aside and any of it does.
    """
    import numpy as np

    if not label.land:
        return 0.0
    left, top, right, bottom = label.box
    pixels = [(left + (right - left) * along, (top + bottom) / 2) for along in _ALONG]
    places = np.round(projection.inverse(np.array(pixels)), 1).tolist()
    units = [unit_at(latitude, longitude) for longitude, latitude in places]
    others = [unit != SEA and unit not in label.land for unit in units]
    if others[_MIDDLE] or (label.is_aside and any(others)):
        return None
    return (sum(others) + _SEA_COUNTS * units.count(SEA)) / len(_ALONG)


def mark_of(code: str) -> tuple[float, float]:
    """The longitude and latitude inside a state where its name can stand.

    >>> mark_of("KEN")[0] > 30
    True
    """
    return world().units[world().by_code[code][0]].mark


def lies_on(projection: Projection, label: Label, units: Collection[int]) -> bool:
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


def moved(text: str, at: tuple[float, float], style: str) -> list[Label]:
    """A name at a place, or a little off it.

    >>> [(label.x, label.y) for label in moved("Mali", (100.0, 50.0), "other")[:2]]
    [(100.0, 50.0), (100.0, 55.25)]
    """
    x, y = at
    away = SIZES[style]
    steps: list[tuple[float, float]] = [(0, 0), (0, away / 2), (0, -away / 2), (0, away), (0, -away), (away, 0)]
    steps += [(-away, 0), (away * 2, 0), (-away * 2, 0), (0, 2 * away), (0, -2 * away)]
    return [Label(plain(text), x + dx, y + dy, style) for dx, dy in steps]


def at_area(projection: Projection, area: DisputedArea) -> list[Label]:
    """The names of an area on it; where it has lines that they would cross, also in the sea to its left and right."""
    near = moved(area.name, projection.at(*area.at), AREA)
    near += [replace(near[0], y=near[0].y + SIZES[AREA] * down) for down in (3, -3, 4, -4)]  # clear of a large mark
    narrow = replace(near[0], is_aside=True, longest=LONGEST_ASIDE)
    left, _, right, _ = narrow.box
    steps = [side * ((right - left) / 2 + SIZES[AREA] * away) for away in (1, 3) for side in (-1, 1)]
    aside = [replace(narrow, x=narrow.x + step) for step in steps]
    return near + [label for label in aside if lies_on(projection, label, {SEA})]


def beside(text: str, at: tuple[float, float], style: str = PLACE, radius: float = 5.0) -> list[Label]:
    """A name beside its mark of a radius: right, left, below or above it.

    >>> [label.align for label in beside("Lagos", (100.0, 50.0))]
    ['left', 'right', 'center', 'center']
    """
    x, y = at
    told, across, down = plain(text), radius + 3, radius + 7
    return [
        Label(told, x + across, y, style, "left"),
        Label(told, x - across, y, style, "right"),
        Label(told, x, y + down, style),
        Label(told, x, y - down, style),
    ]


def in_picture(projection: Projection, at: tuple[float, float]) -> bool:
    """Whether a longitude and latitude fall into the picture."""
    x, y = projection.at(*at)
    return 0 <= x <= projection.width and 0 <= y <= projection.height
