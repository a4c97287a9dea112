"""How far a place is from a state, from the border between two states, or from a line that a text names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from comity.errors import UnknownWord
from comity.vocab.geometry.locating import locate
from comity.vocab.geometry.outlines import BORDER, CONTROL, ERRORS_KM, SEA, world
from comity.vocab.geometry.sphere import ELLIPSOID_SHARE, nearest_km, vector
from comity.vocab.states import state

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    Segments = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]  # both ends, and the error in km

# Lines that texts name: between which states, and which kinds of arc (all where none is named).
LINES: dict[str, tuple[tuple[tuple[str, str], ...], tuple[int, ...]]] = {
    "ib_ind_pak": ((("IND", "PAK"),), (BORDER,)),
    "loc_ind_pak": ((("IND", "PAK"),), (CONTROL,)),
    "lac_ind_chn": ((("CHN", "IND"),), ()),
    "mdl_kor": ((("KOR", "PRK"),), ()),
    "border_chn_cis_100": ((("CHN", "RUS"), ("CHN", "KAZ"), ("CHN", "KGZ"), ("CHN", "TJK")), ()),
}


class Distance(NamedTuple):
    """A distance in km, and by how many km it may be wrong either way."""

    km: float
    error_km: float

    def is_within(self, limit_km: float) -> bool | None:
        """Whether it is at most a limit; None where the error allows both.

        >>> Distance(60.0, 6.0).is_within(75), Distance(72.0, 6.0).is_within(75)
        (True, None)
        """
        if self.km + self.error_km <= limit_km:
            return True
        return False if self.km - self.error_km > limit_km else None


def border_distance_km(latitude: float, longitude: float, one: str, two: str) -> Distance | None:
    """Distance of a place from the land border of two states; None when the outlines show none between them.

    Where ground is claimed by both, every line that one of them may hold to be the border counts, and the nearest is
    taken. Raises UnknownWord for a code that is no state's, BadRequest for a place that is not on the globe.

    >>> distance = border_distance_km(31.63, 74.87, "IND", "PAK")  # Amritsar
    >>> round(distance.km), round(distance.error_km, 1)
    (29, 5.8)
    """
    return _to(latitude, longitude, _border(*sorted((state(one).code, state(two).code)), ()))


def line_distance_km(latitude: float, longitude: float, line: str) -> Distance:
    """Distance of a place from a line that a text names, such as the Line of Control (`loc_ind_pak`).

    >>> round(line_distance_km(37.57, 126.98, "mdl_kor").km)  # Seoul
    40
    """
    if line not in LINES:
        raise UnknownWord(f"{line!r} is no line of the geometry; it has {', '.join(LINES)}")
    pairs, kinds = LINES[line]
    found = [_to(latitude, longitude, _border(*pair, kinds)) for pair in pairs]
    return min(distance for distance in found if distance is not None)


def state_distance_km(latitude: float, longitude: float, code: str) -> Distance:
    """Distance of a place from a state's ground, its territories and what it claims included; 0 on it.

    >>> state_distance_km(14.6, 120.98, "PHL").km
    0.0
    """
    found = _to(latitude, longitude, _edge(state(code).code))
    if found is None:
        raise UnknownWord(f"{code}: the outlines of today hold no ground of it")
    return Distance(0.0, found.error_km) if state(code).code in locate(latitude, longitude) else found


def in_belt(latitude: float, longitude: float, pair: tuple[str, str], width_km: float) -> bool | None:
    """Whether a place lies within a width on either side of the border of two states; None inside the error.

    Raises UnknownWord when the two have no land border in the outlines.

    >>> in_belt(31.63, 74.87, ("IND", "PAK"), 75), in_belt(28.6, 77.2, ("IND", "PAK"), 75)
    (True, False)
    """
    distance = border_distance_km(latitude, longitude, *pair)
    if distance is None:
        raise UnknownWord(f"{' and '.join(pair)} have no land border in the outlines")
    return distance.is_within(width_km)


def _to(latitude: float, longitude: float, segments: Segments) -> Distance | None:
    starts, ends, errors = segments
    far = nearest_km(vector(latitude, longitude), starts, ends)
    if not len(far):
        return None
    km = float(far.min())
    # A rough line that is further away can truly be the nearest, so both bounds are those of all lines.
    errors = errors + ELLIPSOID_SHARE * far
    return Distance(km, max(km - float((far - errors).min()), float((far + errors).min()) - km))


@cache
def _border(one: str, two: str, kinds: tuple[int, ...]) -> Segments:
    """The arcs that can be the border of two states."""
    return _segments(
        arc
        for arc in range(len(world().arc_kinds))
        if (not kinds or int(world().arc_kinds[arc]) in kinds) and _divides(world().sides(arc), one, two)
    )


def _divides(sides: tuple[int, int], one: str, two: str) -> bool:
    if SEA in sides:
        return False
    left, right = (world().units[side].claims for side in sides)
    return (one in left and two in right) or (two in left and one in right)


@cache
def _edge(code: str) -> Segments:
    """The arcs with ground of a state on one side at least."""
    outlines = world()
    held = {place for place, unit in enumerate(outlines.units) if code in unit.claims}
    return _segments(arc for arc in range(len(outlines.arc_kinds)) if held & set(outlines.sides(arc)))


def _segments(arcs: Iterable[int]) -> Segments:
    """Both ends of each segment of some arcs, and by how many km it may be wrong."""
    import numpy as np

    outlines = world()
    held = list(arcs)
    lengths = [len(outlines.arc(arc + 1)) - 1 for arc in held]
    errors = [ERRORS_KM[outlines.arc_kinds[arc]] for arc in held]
    return *outlines.segments(held), np.repeat(np.array(errors, dtype=float), lengths)
