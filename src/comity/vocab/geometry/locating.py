"""On whose ground a place is."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from comity.vocab.geometry.outlines import ERRORS_KM, SEA, world
from comity.vocab.geometry.sphere import EARTH_KM, is_inside, nearest_km, vector

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def locate(latitude: float, longitude: float) -> tuple[str, ...]:
    """The states on whose ground a place is, by code; more than one where several claim it, none at sea.

    The answer is of the packaged lines as they are; within their error it may be the neighbor's (see `states_near`).
    Ground of a territory is ground of its state. Raises BadRequest for a place that is not on the globe.

    >>> locate(54.71, 20.51), locate(45.3, 34.4), locate(15.2, 114.0)
    (('RUS',), ('RUS', 'UKR'), ())
    """
    vector(latitude, longitude)
    unit = unit_at(latitude, longitude)
    return tuple(sorted(world().units[unit].claims)) if unit != SEA else ()


@lru_cache(maxsize=4096)
def unit_at(latitude: float, longitude: float) -> int:
    """The place in `world().units` of the unit around a place; SEA where there is none."""
    outlines = world()
    boxes = outlines.boxes
    near = (boxes[:, 0] <= longitude) & (longitude <= boxes[:, 2]) & (boxes[:, 1] <= latitude)
    near &= latitude <= boxes[:, 3]
    inside: dict[int, bool] = {}
    for place in near.nonzero()[0].tolist():
        ring = outlines.rings[place]
        if is_inside(longitude, latitude, outlines.ring_points(ring)):
            inside[ring.unit] = not inside.get(ring.unit, False)
    # Small units lie in holes of large ones, so at most one is left, save where rounded lines cross by some meters.
    return next((unit for unit, held in sorted(inside.items()) if held), SEA)


def states_near(latitude: float, longitude: float) -> frozenset[tuple[str, ...]]:
    """Every answer that `locate` might truly have, the error of the lines considered; `()` among them is the sea.

    >>> sorted(states_near(31.6, 74.57))  # Wagah, on the border of India and Pakistan
    [('IND',), ('PAK',)]
    """
    outlines = world()
    found = {locate(latitude, longitude)}
    for unit in units_near(latitude, longitude):
        found.add(tuple(sorted(outlines.units[unit].claims)) if unit != SEA else ())
    return frozenset(found)


@lru_cache(maxsize=4096)
def units_near(latitude: float, longitude: float, reach_km: float = 0.0) -> frozenset[int]:
    """The units, SEA among them, that a line as near as its error plus a reach could put around a place."""
    import numpy as np

    outlines = world()
    arcs, far = arcs_near(latitude, longitude, reach_km + max(ERRORS_KM))
    near = far <= reach_km + np.array(ERRORS_KM)[outlines.arc_kinds[arcs]]
    found = {unit_at(latitude, longitude)}
    for arc in set(arcs[near].tolist()):
        found |= set(outlines.sides(arc))
    return frozenset(found)


def arcs_near(latitude: float, longitude: float, reach_km: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The arc (its place, from 0) of each segment that can lie within a reach, and how far in km the segment is."""
    import numpy as np

    place = vector(latitude, longitude)
    arcs, starts, ends, halves = _all_segments()
    # A segment is no nearer than its middle less half its length: most of them need no closer look.
    middle = np.linalg.norm((starts + ends) / 2 - place, axis=1) * EARTH_KM
    close = (middle <= halves + reach_km + 1.0).nonzero()[0]
    return arcs[close], nearest_km(place, starts[close], ends[close])


@cache
def _all_segments() -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Every segment that has a unit beside it: its arc, both ends as vectors, and half its length in km."""
    import numpy as np

    outlines = world()
    arcs = [arc for arc in range(len(outlines.arc_kinds)) if outlines.sides(arc) != (SEA, SEA)]
    starts, ends = outlines.segments(arcs)
    lengths = [len(outlines.arc(arc + 1)) - 1 for arc in arcs]
    return np.repeat(np.array(arcs), lengths), starts, ends, np.linalg.norm(starts - ends, axis=1) * EARTH_KM
