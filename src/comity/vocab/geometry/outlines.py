"""The outlines themselves: arcs, each held once, and the rings of units that are made of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

EDITION = "5.1"
ATTRIBUTION = f"Made with Natural Earth {EDITION} (public domain)"
COAST, BORDER, DISPUTED, CONTROL, ROUGH = range(5)  # what kind of line an arc is; rough ones are ours
LEVELS_KM = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0)
ROUNDING_KM = 0.1  # three decimals of a degree
SOURCE_KM = 5.0  # half a millimeter on a map of 1 : 10,000,000
BORDER_ERROR_KM = SOURCE_KM + 0.5 + ROUNDING_KM
COAST_ERROR_KM = SOURCE_KM + 2.0 + ROUNDING_KM
ROUGH_ERROR_KM = 30.0
ERRORS_KM = (COAST_ERROR_KM, BORDER_ERROR_KM, BORDER_ERROR_KM, BORDER_ERROR_KM, ROUGH_ERROR_KM)  # by kind of arc
SEA = -1  # stands for a unit beyond a coast


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of land with one answer to who governs or claims it: a state, a territory, or a disputed area.

    `claims` are the states to which it belongs or that claim it: one for undisputed land, none for land without a
    state. `mark` is longitude and latitude of a point inside for a name.
    """

    code: str
    claims: tuple[str, ...]
    mark: tuple[float, float]

    @property
    def is_disputed(self) -> bool:
        """Whether more than one state claims it."""
        return len(self.claims) > 1


@dataclass(frozen=True, slots=True)
class Ring:
    """A closed line around a unit, or around a hole in it; arcs are numbered from 1, negative: walked backward."""

    unit: int
    is_hole: bool
    arcs: tuple[int, ...]


class Outlines:
    """Every unit of the world with its rings and arcs; points are longitude and latitude in degrees."""

    def __init__(self, held: dict[str, Any]) -> None:
        """From the columns of `world.npz`."""
        import numpy as np

        lengths = held["lengths"].astype(np.int64)
        self._ends = np.cumsum(lengths)
        self._begins = self._ends - lengths
        self._points = _points(held, self._begins)
        self._levels = held["levels"]
        self.arc_kinds = held["arc_kinds"]
        self.arc_units = held["arc_units"]
        self.units = tuple(
            Unit(code, tuple(claims.split()), (float(x), float(y)))
            for code, claims, (x, y) in zip(
                held["unit_codes"].tolist(), held["unit_claims"].tolist(), held["unit_marks"].tolist(), strict=True
            )
        )
        ends = np.cumsum(held["ring_lengths"].astype(np.int64)).tolist()
        arcs = held["ring_arcs"].tolist()
        spans = zip([0, *ends[:-1]], ends, strict=True)
        self.rings = tuple(
            Ring(unit, hole, tuple(arcs[begin:end]))
            for unit, hole, (begin, end) in zip(
                held["ring_units"].tolist(), held["ring_holes"].tolist(), spans, strict=True
            )
        )

    def arc(self, number: int, tolerance_km: float = 0.0) -> Numbers:
        """The points of an arc, numbered from 1 (negative: backward), no further than the tolerance from the line."""
        place = abs(number) - 1
        begin, end = self._begins[place], self._ends[place]
        points: Numbers = self._points[begin:end]
        if tolerance_km > LEVELS_KM[0]:
            points = points[self._levels[begin:end] >= _level(tolerance_km)]
        return points if number > 0 else points[::-1]

    def ring_points(self, ring: Ring, tolerance_km: float = 0.0) -> Numbers:
        """The points of a ring, the first one again at the end."""
        import numpy as np

        parts = [self.arc(number, tolerance_km) for number in ring.arcs]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    @cached_property
    def arc_boxes(self) -> Numbers:
        """West, south, east and north of each arc."""
        import numpy as np

        west_south = np.minimum.reduceat(self._points, self._begins)
        return np.hstack([west_south, np.maximum.reduceat(self._points, self._begins)])

    @cached_property
    def boxes(self) -> Numbers:
        """West, south, east and north of each ring."""
        import numpy as np

        # One row for each arc of each ring, then the widest of each ring's rows.
        places = np.array([abs(number) - 1 for ring in self.rings for number in ring.arcs])
        begins = np.cumsum([0, *(len(ring.arcs) for ring in self.rings[:-1])])
        held = self.arc_boxes[places]
        west_south = np.minimum.reduceat(held[:, :2], begins)
        return np.hstack([west_south, np.maximum.reduceat(held[:, 2:], begins)])

    @cached_property
    def by_code(self) -> dict[str, tuple[int, ...]]:
        """The places in `units` of each code; a state can have several."""
        found: dict[str, list[int]] = {}
        for place, unit in enumerate(self.units):
            found.setdefault(unit.code, []).append(place)
        return {code: tuple(places) for code, places in found.items()}

    @cached_property
    def boxes_by_code(self) -> dict[str, tuple[tuple[float, float, float, float], ...]]:
        """West, south, east and north of each piece of land of a code, the largest in degrees first."""
        found: dict[str, list[tuple[float, float, float, float]]] = {}
        for box, ring in zip(self.boxes.tolist(), self.rings, strict=True):
            if not ring.is_hole:
                found.setdefault(self.units[ring.unit].code, []).append((box[0], box[1], box[2], box[3]))
        return {code: tuple(sorted(held, key=lambda box: -_degrees(box))) for code, held in found.items()}

    def sides(self, arc: int) -> tuple[int, int]:
        """The units on both sides of the arc at a place in `arc_units`; SEA where there is none."""
        one, two = self.arc_units[arc].tolist()
        return one, two

    def segments(self, arcs: Iterable[int]) -> tuple[Numbers, Numbers]:
        """Both ends of every segment of some arcs (places, from 0), as unit vectors."""
        import numpy as np

        from comity.vocab.geometry.sphere import vectors

        lines = [vectors(self.arc(place + 1)) for place in arcs]
        if not lines:
            return np.empty((0, 3)), np.empty((0, 3))
        return np.concatenate([line[:-1] for line in lines]), np.concatenate([line[1:] for line in lines])


@cache
def world() -> Outlines:
    """The packaged outlines, read once.

    >>> world().units[world().by_code["PHL"][0]].claims
    ('PHL',)
    """
    import numpy as np

    path = files("comity.vocab.geometry") / "world.npz"
    with path.open("rb") as opened, np.load(opened, allow_pickle=False) as held:
        return Outlines({name: held[name] for name in held.files})


def _points(held: dict[str, Any], begins: NDArray[np.int64]) -> Numbers:
    """Degrees from the first point of each arc and the steps between its points, in thousandths."""
    import numpy as np

    whole = np.zeros((len(held["levels"]), 2), np.int64)
    is_step = np.ones(len(whole), bool)
    is_step[begins] = False
    whole[is_step] = np.column_stack([held["steps_x"], held["steps_y"]])
    # Sums run on from arc to arc, so each arc is set back to where it begins.
    whole = np.cumsum(whole, axis=0)
    lengths = np.diff([*begins, len(whole)])
    shift = held["starts"] - whole[begins]
    points: Numbers = (whole + np.repeat(shift, lengths, axis=0)) / 1000.0
    return points


def _degrees(box: tuple[float, float, float, float]) -> float:
    west, south, east, north = box
    return (east - west) * (north - south)


def _level(tolerance_km: float) -> int:
    """The least level of points to keep so that no dropped point lies further away than the tolerance."""
    return next((level for level, km in enumerate(LEVELS_KM) if km >= tolerance_km), len(LEVELS_KM) - 1)
