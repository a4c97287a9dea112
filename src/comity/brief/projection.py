"""From places on the globe to points of a picture, by the formulas that the charting library also uses.

A map of a part of the world is an azimuthal equal-area projection around the middle of its frame; one of the whole
world is Equal Earth (Šavrič, Patterson and Jenny 2019). Both keep areas true, as a map that shades states should.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

EARTH_KM = 6371.0088
WHOLE_WORLD = 100.0  # a frame wider than so many degrees of a great circle is drawn as the whole world
_SOUTH, _NORTH = -57.0, 82.0  # a map of the whole world ends where nobody is sent
_A = (1.340264, -0.081106, 0.000893, 0.003796)  # the polynomial of Equal Earth

Frame = tuple[float, float, float, float]


@dataclass(frozen=True)
class Projection:
    """Where places fall in a picture of a width and height in pixels; the middle is longitude and latitude."""

    middle: tuple[float, float]
    is_world: bool
    scale: float
    translate: tuple[float, float]
    width: float
    height: float

    def __call__(self, places: Numbers) -> Numbers:
        """Pixels, right and down, of places of longitude and latitude in degrees."""
        import numpy as np

        across, up = _plane(places, self.middle, self.is_world)
        return np.stack([self.translate[0] + self.scale * across, self.translate[1] - self.scale * up], axis=-1)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Pixels of one place."""
        import numpy as np

        x, y = self(np.array([longitude, latitude])).tolist()
        return x, y

    @property
    def km_per_pixel(self) -> float:
        """How many km one pixel is at the middle."""
        return EARTH_KM / self.scale

    @property
    def width_km(self) -> float:
        """How wide the picture is, in km."""
        return self.width * self.km_per_pixel

    @cached_property
    def reach(self) -> float:
        """The greatest angle in radians from the middle to a place in the picture."""
        if self.is_world:
            return math.pi
        return 2 * math.asin(min(1.0, math.hypot(self.width, self.height) / 2 / self.scale / 2))

    def inverse(self, pixels: Numbers) -> Numbers:
        """Places of longitude and latitude at some pixels; off the globe there are none, and numbers mean nothing."""
        import numpy as np

        x = (pixels[..., 0] - self.translate[0]) / self.scale
        y = (self.translate[1] - pixels[..., 1]) / self.scale
        if self.is_world:
            return _from_equal_earth(x, y, self.middle[0])
        away = np.maximum(np.hypot(x, y), 1e-12)
        angle = 2 * np.arcsin(np.clip(away / 2, 0, 1))
        middle = math.radians(self.middle[1])
        latitude = np.arcsin(np.cos(angle) * math.sin(middle) + y * np.sin(angle) * math.cos(middle) / away)
        down = away * math.cos(middle) * np.cos(angle) - y * math.sin(middle) * np.sin(angle)
        longitude = math.radians(self.middle[0]) + np.arctan2(x * np.sin(angle), down)
        found: Numbers = np.degrees(np.stack([(longitude + math.pi) % (2 * math.pi) - math.pi, latitude], axis=-1))
        return found

    def spec(self) -> dict[str, Any]:
        """The same projection as Vega-Lite is told it."""
        # A whole world is only turned around its axis; a part of it is also tilted, so that its middle is the middle.
        tilt = 0 if self.is_world else -self.middle[1]
        return {
            "type": "equalEarth" if self.is_world else "azimuthalEqualArea",
            "rotate": [-self.middle[0], tilt, 0],
            "scale": self.scale,
            "translate": list(self.translate),
            "clipExtent": [[0, 0], [self.width, self.height]],
            "precision": 0.3,
        }


def is_whole(frame: Frame) -> bool:
    """Whether a frame is so wide that a map of it is one of the whole world.

    >>> is_whole((-20.0, -36.0, 53.0, 38.0)), is_whole((84.6, -21.2, 312.0, 71.4))
    (False, True)
    """
    west, south, east, north = frame
    return (east - west) * math.cos(math.radians((south + north) / 2)) > WHOLE_WORLD


def fitted(frame: Frame, width: float, most: float = 0.85) -> Projection:
    """The projection in which a frame fills a picture of a width; its height is at most a share of the width."""
    import numpy as np

    west, south, east, north = frame
    is_world = is_whole(frame)
    middle = ((west + east) / 2, (south + north) / 2)
    if is_world:
        middle = (middle[0], 0.0)
        west, south, east, north = middle[0] - 179.99, _SOUTH, middle[0] + 179.99, _NORTH
    along, up = np.linspace(west, east, 25), np.linspace(south, north, 25)
    edge = np.concatenate(
        [
            np.stack([along, np.full(25, south)], 1),
            np.stack([along, np.full(25, north)], 1),
            np.stack([np.full(25, west), up], 1),
            np.stack([np.full(25, east), up], 1),
        ]
    )
    x, y = _plane(edge, middle, is_world)
    scale = min(width / (x.max() - x.min()), most * width / (y.max() - y.min()))
    height = round((y.max() - y.min()) * scale)
    translate = (width / 2 - scale * (x.max() + x.min()) / 2, height / 2 + scale * (y.max() + y.min()) / 2)
    return Projection(middle, is_world, float(scale), (float(translate[0]), float(translate[1])), width, height)


def _plane(places: Numbers, middle: tuple[float, float], is_world: bool) -> tuple[Numbers, Numbers]:
    """Right and up, on a sphere of radius 1."""
    import numpy as np

    longitude, latitude = np.radians(places[..., 0] - middle[0]), np.radians(places[..., 1])
    if is_world:
        longitude = (longitude + math.pi) % (2 * math.pi) - math.pi
        angle = np.arcsin(math.sqrt(3) / 2 * np.sin(latitude))
        up, slope = _equal_earth_up(angle)
        return longitude * np.cos(angle) * 2 / (math.sqrt(3) * slope), up
    tilt = math.radians(middle[1])
    cosine = math.sin(tilt) * np.sin(latitude) + math.cos(tilt) * np.cos(latitude) * np.cos(longitude)
    # At the point opposite the middle the formula divides by zero; nothing there is ever inside a picture.
    stretch = np.sqrt(2 / np.maximum(1 + cosine, 1e-6))
    across = stretch * np.cos(latitude) * np.sin(longitude)
    up = stretch * (math.cos(tilt) * np.sin(latitude) - math.sin(tilt) * np.cos(latitude) * np.cos(longitude))
    return across, up


def _equal_earth_up(angle: Numbers) -> tuple[Numbers, Numbers]:
    """How far up a parallel of Equal Earth is, and how fast that grows with its angle."""
    square = angle**2
    sixth = square**3
    slope = _A[0] + 3 * _A[1] * square + sixth * (7 * _A[2] + 9 * _A[3] * square)
    return angle * (_A[0] + _A[1] * square + sixth * (_A[2] + _A[3] * square)), slope


def _from_equal_earth(x: Numbers, y: Numbers, middle: float) -> Numbers:
    """Places at points of Equal Earth; each step doubles the true digits of the angle of a parallel."""
    import numpy as np

    angle = np.clip(y, -1.3, 1.3)
    for _ in range(8):
        up, slope = _equal_earth_up(angle)
        angle = angle - (up - y) / slope
    latitude = np.arcsin(np.clip(np.sin(angle) * 2 / math.sqrt(3), -1, 1))
    longitude = math.radians(middle) + x * math.sqrt(3) * slope / (2 * np.cos(angle))
    found: Numbers = np.degrees(np.stack([(longitude + math.pi) % (2 * math.pi) - math.pi, latitude], axis=-1))
    return found
