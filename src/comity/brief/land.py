"""The land that a map shows, as GeoJSON: the units with their colors, and the lines that are in dispute."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from comity.brief.projection import EARTH_KM, Frame, Projection
from comity.vocab.geometry.outlines import CONTROL, DISPUTED, ROUGH, Ring, Unit, world

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]

FINE_PIXELS = 0.5  # a line is drawn no further than this from where it is held to be
SPECK_PIXELS = 1.2  # what is smaller is not drawn
TINY_PIXELS = 7.0  # a state smaller than this is marked by a dot
OUT_OF_SIGHT_KM = 64.0
_HIDDEN = frozenset({"ATA"})

Feature = dict[str, Any]


def land_features(projection: Projection, fills: Mapping[int, str], edge: str) -> list[Feature]:
    """Each unit in sight with the color of its place in `world().units`; units without a color are left out."""
    outlines = world()
    seen: dict[int, list[list[Any]]] = {}
    seams: set[int] = set()
    is_kept = False
    near = _near(projection, outlines.arc_boxes)[0]
    for place in _in_sight(projection, outlines.boxes):
        ring = outlines.rings[place]
        if ring.is_hole and not is_kept:
            continue
        points = _drawn(projection, ring, near)
        # A ring that has shrunk to a line has no inside, and the library would take the whole globe for it.
        is_whole = len(points) >= 4 and _area(points) != 0
        if not ring.is_hole:
            is_kept = is_whole
        if not is_whole or ring.unit not in fills:
            continue
        polygons = seen.setdefault(ring.unit, [])
        turned = _turned(points, is_clockwise=not ring.is_hole).tolist()
        if ring.is_hole and polygons:
            polygons[-1].append(turned)
        elif not ring.is_hole:
            polygons.append([turned])
        if abs(points[:, 0]).max() > 179.99:
            seams.add(ring.unit)
    return [
        {
            "type": "Feature",
            # A unit that is cut at the 180th meridian has no edge of its own, or the cut would be seen.
            "properties": {"fill": fills[unit], "edge": fills[unit] if unit in seams else edge},
            "geometry": {"type": "MultiPolygon", "coordinates": polygons},
        }
        for unit, polygons in sorted(seen.items())
        if polygons
    ]


def disputed_lines(projection: Projection) -> list[Feature]:
    """Every disputed line and line of control in sight, as one feature; none where there is none."""
    import numpy as np

    outlines = world()
    kinds = np.isin(outlines.arc_kinds, (DISPUTED, CONTROL, ROUGH))
    tolerance = projection.km_per_pixel * FINE_PIXELS
    return _lines(
        outlines.arc(place + 1, tolerance).tolist()
        for place in _in_sight(projection, outlines.arc_boxes)
        if kinds[place]
    )


def outlines_of(projection: Projection, units: Collection[int]) -> list[Feature]:
    """The outline of some units as one feature, without what of it is disputed; none where nothing is in sight."""
    import numpy as np

    outlines = world()
    seen = set(_in_sight(projection, outlines.arc_boxes))
    disputed = np.isin(outlines.arc_kinds, (DISPUTED, CONTROL, ROUGH))
    arcs = {abs(arc) - 1 for ring in outlines.rings if ring.unit in units for arc in ring.arcs}
    fine = projection.km_per_pixel * FINE_PIXELS
    return _lines(
        part.tolist()
        for place in sorted(arcs & seen)
        if not disputed[place]
        for part in _without_cut(outlines.arc(place + 1, fine))
    )


def _lines(lines: Iterable[list[Any]]) -> list[Feature]:
    held = list(lines)
    if not held:
        return []
    return [{"type": "Feature", "properties": {}, "geometry": {"type": "MultiLineString", "coordinates": held}}]


def _without_cut(points: Numbers) -> Iterator[Numbers]:
    """The parts of a line that do not run along the 180th meridian, where land is cut and has no edge."""
    import numpy as np

    on_cut = np.abs(points[:, 0]) > 179.99
    breaks = (on_cut[:-1] & on_cut[1:]).nonzero()[0] + 1
    yield from (part for part in np.split(points, breaks) if len(part) > 1)


def tiny_units(projection: Projection, wanted: frozenset[str]) -> Iterator[tuple[Unit, tuple[float, float]]]:
    """The wanted states that are too small to be seen, with the pixels of their marks."""
    outlines = world()
    for code in sorted(wanted):
        boxes = outlines.boxes_by_code.get(code, ())
        if boxes and max(_pixels_across(projection, box) for box in boxes[:3]) < TINY_PIXELS:
            unit = outlines.units[outlines.by_code[code][0]]
            x, y = projection.at(*unit.mark)
            if 0 <= x <= projection.width and 0 <= y <= projection.height:
                yield unit, (x, y)


def _pixels_across(projection: Projection, box: Frame) -> float:
    west, south, east, north = box
    wide = (east - west) * math.cos(math.radians((south + north) / 2))
    return math.radians(math.hypot(wide, north - south)) * EARTH_KM / projection.km_per_pixel


def _drawn(projection: Projection, ring: Ring, near: Flags) -> Numbers:
    """The points of a ring as exactly as the picture can show them; roughly where they are out of sight."""
    import numpy as np

    fine = projection.km_per_pixel * FINE_PIXELS
    outlines = world()
    parts = [outlines.arc(arc, fine if near[abs(arc) - 1] else max(fine, OUT_OF_SIGHT_KM)) for arc in ring.arcs]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _turned(points: Numbers, *, is_clockwise: bool) -> Numbers:
    """A ring in the direction asked: on a globe, the direction alone says which side of a line is the inside."""
    return points if (_area(points) < 0) == is_clockwise else points[::-1]


def _area(points: Numbers) -> float:
    """Twice the area in square degrees; below 0 for a ring that runs clockwise."""
    x, y = points[:, 0] - points[0, 0], points[:, 1] - points[0, 1]
    return round(float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()), 9)


def _in_sight(projection: Projection, boxes: Numbers) -> list[int]:
    """The places of the boxes that can touch the picture and are no specks."""
    import numpy as np

    near, half = _near(projection, boxes)
    is_shown = near & (half * 2 * EARTH_KM / projection.km_per_pixel >= SPECK_PIXELS)
    hidden = {place for code in _HIDDEN for place in world().by_code.get(code, ())}
    if len(boxes) == len(world().rings):
        is_shown &= ~np.isin([ring.unit for ring in world().rings], sorted(hidden))
    return [int(place) for place in is_shown.nonzero()[0]]


def _near(projection: Projection, boxes: Numbers) -> tuple[Flags, Numbers]:
    """Whether each box can touch the picture, and half of how long it is, as an angle."""
    import numpy as np

    from comity.vocab.geometry.sphere import vectors

    west, south, east, north = boxes.T
    corners = [np.stack([x, y], axis=1) for x in (west, (west + east) / 2, east) for y in (south, north)]
    centers = vectors(np.stack([(west + east) / 2, (south + north) / 2], axis=1))
    chords = np.max([np.linalg.norm(vectors(corner) - centers, axis=1) for corner in corners], axis=0)
    half = 2 * np.arcsin(np.clip(chords / 2, 0, 1))
    away = np.arccos(np.clip(centers @ vectors(np.array(projection.middle)), -1, 1))
    # A box wider than a quarter of the globe is not told by its corners.
    return (away - half <= projection.reach) | (east - west > 90), half
