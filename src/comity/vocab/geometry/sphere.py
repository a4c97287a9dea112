"""Distances on a sphere: between points, and from a point to a line of great circles."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from comity.errors import BadRequest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

EARTH_KM = 6371.0088  # mean radius (IUGG)
ELLIPSOID_SHARE = 0.006  # by how much a distance on the sphere can differ from the ellipsoid's


def vectors(points: Numbers) -> Numbers:
    """Points of longitude and latitude in degrees as vectors of length 1."""
    import numpy as np

    longitude, latitude = np.radians(points[..., 0]), np.radians(points[..., 1])
    across = np.cos(latitude)
    return np.stack([across * np.cos(longitude), across * np.sin(longitude), np.sin(latitude)], axis=-1)


def vector(latitude: float, longitude: float) -> Numbers:
    """One place as a vector; a place that is not on the globe is refused."""
    import numpy as np

    if not (math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        raise BadRequest(f"latitude {latitude}, longitude {longitude}: no place on the globe")
    return vectors(np.array([longitude, latitude], dtype=float))


def great_circle_km(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Distance of two places, each latitude and longitude, on a sphere of 6371.0088 km.

    >>> round(great_circle_km((14.6, 120.98), (35.68, 139.69)))  # Manila to Tokyo
    2995
    """
    import numpy as np

    a, b = vector(*one), vector(*two)
    return float(math.atan2(float(np.linalg.norm(np.cross(a, b))), float(a @ b)) * EARTH_KM)


def nearest_km(place: Numbers, starts: Numbers, ends: Numbers) -> Numbers:
    """Distance of a vector from each segment between two vectors, along great circles."""
    import numpy as np

    normals = np.cross(starts, ends)
    lengths = np.linalg.norm(normals, axis=1)
    is_point = lengths < 1e-12
    normals /= np.where(is_point, 1.0, lengths)[:, None]
    beside = (np.cross(normals, starts) @ place >= 0) & (np.cross(ends, normals) @ place >= 0) & ~is_point
    chords = np.minimum(np.linalg.norm(starts - place, axis=1), np.linalg.norm(ends - place, axis=1))
    to_ends = 2 * np.arcsin(np.clip(chords / 2, 0, 1))
    across = np.abs(np.arcsin(np.clip(normals @ place, -1, 1)))
    found: Numbers = np.where(beside, across, to_ends) * EARTH_KM
    return found


def is_inside(longitude: float, latitude: float, ring: Numbers) -> bool:
    """Whether a place lies inside a ring whose edges are straight in degrees; on the edge it may be either.

    >>> import numpy as np
    >>> is_inside(1, 1, np.array([[0, 0], [0, 2], [2, 2], [2, 0], [0, 0]]))
    True
    """
    x1, y1, x2, y2 = ring[:-1, 0], ring[:-1, 1], ring[1:, 0], ring[1:, 1]
    crossed = (y1 > latitude) != (y2 > latitude)
    at = x1[crossed] + (latitude - y1[crossed]) / (y2[crossed] - y1[crossed]) * (x2[crossed] - x1[crossed])
    return bool((at > longitude).sum() % 2)
