"""Where each state is, in a few numbers: worked out of the outlines once, for whoever needs no line of them.

To read every point of the world takes a tenth of a second; a brief that is read in a terminal draws none of them.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comity.vocab.geometry.outlines import Outlines

Box = tuple[float, float, float, float]
_FILE = "extents.json"
_LEAST_PART = 5  # a piece of land smaller than this part of the largest is no mainland
_NEAR_DEGREES = 40.0


@dataclass(frozen=True, slots=True)
class Extent:
    """The points inside the units of a code where a name can stand, and the boxes of its mainland.

    A point is longitude and latitude; a box is west, south, east and north. The mainland is the largest piece of land
    and those at least a fifth as large that lie near it.
    """

    marks: tuple[tuple[float, float], ...]
    mainland: tuple[Box, ...]


NOWHERE = Extent((), ())


@cache
def extents() -> dict[str, Extent]:
    """The extent of every code of the packaged outlines.

    >>> extents()["ISL"].mainland
    ((-24.54, 63.397, -13.503, 66.537),)
    """
    told = json.loads((files("comity.vocab.geometry") / _FILE).read_text(encoding="utf-8"))
    return {code: _extent(each["marks"], each["mainland"]) for code, each in told.items()}


def extents_of(outlines: Outlines) -> dict[str, Extent]:
    """The extents of some outlines: what `extents.json` holds of the packaged ones."""
    found = {}
    for code, places in sorted(outlines.by_code.items()):
        boxes = outlines.boxes_by_code.get(code, ())
        found[code] = Extent(tuple(outlines.units[place].mark for place in places), tuple(_mainland(boxes)))
    return found


def _extent(marks: list[tuple[float, float]], mainland: list[Box]) -> Extent:
    boxes = tuple((west, south, east, north) for west, south, east, north in mainland)
    return Extent(tuple((x, y) for x, y in marks), boxes)


def _mainland(boxes: tuple[Box, ...]) -> list[Box]:
    if not boxes:
        return []
    largest = max(boxes, key=_area)
    least = _area(largest) / _LEAST_PART
    return [box for box in boxes if _area(box) >= least and abs(box[0] - largest[0]) < _NEAR_DEGREES]


def _area(box: Box) -> float:
    west, south, east, north = box
    return (east - west) * math.cos(math.radians((south + north) / 2)) * (north - south)
