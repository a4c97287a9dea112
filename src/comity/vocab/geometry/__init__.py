"""Where a place is: outlines of states, distances to borders and lines, seas and zones, each with its error.

The geometry is packaged and works offline; `README.md` beside it says where it is from and how exact it is. An answer
that the error does not allow is None, never a guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity import opened

if TYPE_CHECKING:
    from comity.vocab.geometry.areas import DisputedArea, Water, disputed_areas, waters
    from comity.vocab.geometry.borders import (
        Distance,
        border_distance_km,
        in_belt,
        line_distance_km,
        state_distance_km,
    )
    from comity.vocab.geometry.locating import locate, states_near
    from comity.vocab.geometry.outlines import ATTRIBUTION, Outlines, Unit, world
    from comity.vocab.geometry.zoning import Zone, in_zone, zones

_HOMES = {
    "ATTRIBUTION": "comity.vocab.geometry.outlines",
    "DisputedArea": "comity.vocab.geometry.areas",
    "Distance": "comity.vocab.geometry.borders",
    "Outlines": "comity.vocab.geometry.outlines",
    "Unit": "comity.vocab.geometry.outlines",
    "Water": "comity.vocab.geometry.areas",
    "Zone": "comity.vocab.geometry.zoning",
    "border_distance_km": "comity.vocab.geometry.borders",
    "disputed_areas": "comity.vocab.geometry.areas",
    "in_belt": "comity.vocab.geometry.borders",
    "in_zone": "comity.vocab.geometry.zoning",
    "line_distance_km": "comity.vocab.geometry.borders",
    "locate": "comity.vocab.geometry.locating",
    "state_distance_km": "comity.vocab.geometry.borders",
    "states_near": "comity.vocab.geometry.locating",
    "waters": "comity.vocab.geometry.areas",
    "world": "comity.vocab.geometry.outlines",
    "zones": "comity.vocab.geometry.zoning",
}
__all__ = [
    "ATTRIBUTION",
    "DisputedArea",
    "Distance",
    "Outlines",
    "Unit",
    "Water",
    "Zone",
    "border_distance_km",
    "disputed_areas",
    "in_belt",
    "in_zone",
    "line_distance_km",
    "locate",
    "state_distance_km",
    "states_near",
    "waters",
    "world",
    "zones",
]


def __getattr__(name: str) -> Any:
    return opened(__name__, _HOMES, name)
