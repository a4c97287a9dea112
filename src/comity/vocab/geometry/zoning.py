"""Whether a place lies in a zone: a sea, the ground west of the Urals, or the area of the Vienna Document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from comity.errors import UnknownWord
from comity.vocab.geometry.borders import LINES, Distance, line_distance_km
from comity.vocab.geometry.locating import arcs_near, locate, states_near, units_near
from comity.vocab.geometry.outlines import COAST_ERROR_KM, world
from comity.vocab.geometry.sphere import ELLIPSOID_SHARE, is_inside, nearest_km, vector, vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Answer = bool | None
TERRITORIAL_KM = 22.2  # 12 nautical miles
_FAR_KM = 400.0
BELT_KM = {"border_chn_cis_100": 100.0}


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone that is drawn: what it means, on what that rests, its rings, and how far they may be wrong in km.

    `land` are the states whose ground inside the rings is meant; without any, the water is.
    """

    name: str
    means: str
    basis: str
    land: tuple[str, ...]
    error_km: float
    shore_km: tuple[float, float]
    rings: tuple[NDArray[np.float64], ...]
    unsure: tuple[NDArray[np.float64], ...]


@cache
def zones() -> dict[str, Zone]:
    """The zones that `zones.yml` draws, by name.

    >>> zones()["black_sea"].means
    'the Black Sea, without the Sea of Azov and the Turkish straits'
    """
    import yaml

    text = (files("comity.vocab.geometry") / "zones.yml").read_text(encoding="utf-8")
    return {name: _zone(name, row) for name, row in yaml.load(text, Loader=yaml.CSafeLoader).items()}


def _zone(name: str, row: dict[str, Any]) -> Zone:
    import numpy as np

    def drawn(rings: list[Any]) -> tuple[NDArray[np.float64], ...]:
        return tuple(np.array([*ring, ring[0]], dtype=float) for ring in rings)

    shore = tuple(row.get("shore_km", (0.0, 0.0)))
    land = tuple(row.get("land", ()))
    return Zone(
        name, row["means"], row["basis"], land, row["error_km"], (shore[0], shore[1]),
        drawn(row["rings"]), drawn(row.get("unsure", ())),
    )  # fmt: skip


def in_zone(latitude: float, longitude: float, zone: str) -> Answer:
    """Whether a place lies in a zone; None inside the error of its lines, or where the texts do not settle it.

    For a zone that is a line (`ib_ind_pak`), a place is in it on the ground of either side, and how far it is from the
    line is a question of its own (`line_distance_km`). Raises UnknownWord for a zone that the geometry does not have.

    >>> in_zone(54.71, 20.51, "osce_csbm"), in_zone(55.03, 82.92, "osce_csbm")  # Kaliningrad, Novosibirsk
    (True, False)
    >>> in_zone(43.5, 34.0, "black_sea"), in_zone(24.5, 119.5, "scs")  # the Taiwan Strait is not settled
    (True, None)
    """
    if zone in _RULES:
        return _RULES[zone](latitude, longitude)
    if zone in LINES:
        return _near_line(latitude, longitude, zone)
    if zone not in zones():
        known = ", ".join(sorted({*_RULES, *LINES, *zones()}))
        raise UnknownWord(f"{zone!r} is no zone of the geometry; it has {known}")
    drawn = zones()[zone]
    inside = _in_rings(latitude, longitude, drawn)
    if drawn.land:
        ground = _all_or_none({_among(claims, drawn.land) for claims in _grounds(latitude, longitude)})
        return _both(inside, ground)
    return _both(inside, _is_water(latitude, longitude, drawn.shore_km))


def _in_rings(latitude: float, longitude: float, zone: Zone) -> Answer:
    """Inside the rings further than their error from the edge: True; outside so: False."""
    place = vector(latitude, longitude)
    held = any(is_inside(longitude, latitude, ring) for ring in zone.rings)
    if not held and any(is_inside(longitude, latitude, ring) for ring in zone.unsure):
        return None
    return None if nearest_km(place, *_edges(zone.name)).min() <= zone.error_km else held


@cache
def _edges(name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Both ends of each segment of a zone's rings, as vectors."""
    import numpy as np

    lines = [vectors(_dense(ring)) for ring in zones()[name].rings]
    return np.concatenate([line[:-1] for line in lines]), np.concatenate([line[1:] for line in lines])


def _dense(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    """A ring with points so near each other that straight in degrees and straight on the globe are the same."""
    import numpy as np

    parts = [np.linspace(a, b, max(2, int(np.abs(b - a).max()) + 2))[:-1] for a, b in pairwise(ring)]
    return np.concatenate([*parts, ring[-1:]])


def _is_water(latitude: float, longitude: float, shore_km: tuple[float, float]) -> Answer:
    """Water further from land than the second distance; nearer than the first is none, between them it is unsettled."""
    near, wide = shore_km
    _, distances = arcs_near(latitude, longitude, wide + COAST_ERROR_KM)
    far = float(min(distances, default=float("inf")))
    if locate(latitude, longitude):
        return None if far <= COAST_ERROR_KM and () in states_near(latitude, longitude) else False
    if far > wide + COAST_ERROR_KM:
        return True
    return False if far + COAST_ERROR_KM < near else None


def shore_distance_km(latitude: float, longitude: float) -> Distance:
    """Distance of a place from the nearest land, or of a place on land from the nearest edge of its unit.

    Beyond 400 km it is not measured: the answer is then 400 km or more, given as 400 without a closer bound.

    >>> round(shore_distance_km(43.0, 34.0).km, -1)  # the Black Sea, south of Crimea
    110.0
    """
    _, distances = arcs_near(latitude, longitude, _FAR_KM)
    far = float(min(distances, default=_FAR_KM))
    return Distance(min(far, _FAR_KM), COAST_ERROR_KM + ELLIPSOID_SHARE * far)


def _grounds(latitude: float, longitude: float) -> frozenset[tuple[str, ...]]:
    """Whose ground a place can be; one that the lines put ashore is a harbor or a beach, not the sea."""
    near = states_near(latitude, longitude)
    return near - {()} if locate(latitude, longitude) else near


def _among(claims: tuple[str, ...], wanted: tuple[str, ...]) -> Answer:
    """Whether ground is of the wanted states: None where only some of its claimants are."""
    held = {claim in wanted for claim in claims}
    return False if not held else _all_or_none(set(held))


def _osce_area(latitude: float, longitude: float) -> Answer:
    """The Vienna Document's area: ground of the states of Europe and Central Asia, Russia west of the Urals.

    Their territorial sea counts with them. Other water is `adjoining` to an extent that no text measures: None.
    """
    frame = _in_rings(latitude, longitude, zones()["osce_europe"])
    if frame is False:
        return False
    answers = {_osce_ground(latitude, longitude, claims) for claims in _grounds(latitude, longitude)}
    return _both(frame, _all_or_none(answers))


def _osce_ground(latitude: float, longitude: float, claims: tuple[str, ...]) -> Answer:
    if not claims:
        return _osce_water(latitude, longitude)
    answers: set[Answer] = set()
    for claim in claims:
        if claim == "RUS":
            answers.add(_in_rings(latitude, longitude, zones()["russia_west_of_urals"]))
        else:
            # Mongolia takes part, and the Document does not say that its ground is part of the area.
            answers.add(None if claim == "MNG" else claim in zones()["osce_europe"].land)
    return _all_or_none(answers)


def _osce_water(latitude: float, longitude: float) -> Answer:
    seas = ("black_sea", "turkish_straits")
    if any(is_inside(longitude, latitude, ring) for name in seas for ring in zones()[name].rings):
        return True
    near = units_near(latitude, longitude, TERRITORIAL_KM - 2 * COAST_ERROR_KM)
    shores = {unit.claims for place, unit in enumerate(world().units) if place in near}
    answers = {_osce_ground(latitude, longitude, claims) for claims in shores if claims}
    return True if answers == {True} else None


def _near_line(latitude: float, longitude: float, line: str) -> Answer:
    states = {code for pair in LINES[line][0] for code in pair}
    held = _all_or_none({bool(set(claims) & states) for claims in _grounds(latitude, longitude)})
    if line not in BELT_KM:
        return held
    return _both(held, line_distance_km(latitude, longitude, line).is_within(BELT_KM[line]))


def _all_or_none(answers: set[Answer]) -> Answer:
    """The one answer on which all agree; None where they differ."""
    return next(iter(answers)) if len(answers) == 1 else None


def _both(one: Answer, two: Answer) -> Answer:
    """Both hold; a clear no on either side decides, whatever is unknown on the other."""
    if one is False or two is False:
        return False
    return True if one and two else None


_RULES: dict[str, Callable[[float, float], Answer]] = {"osce_csbm": _osce_area}
