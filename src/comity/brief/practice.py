"""Drawings that nobody sees, of the kinds that a page has: the engine of the charting library draws its first slowly.

It translates its own code while it runs: with a chart and a map drawn before it is asked for any, the first pictures of
a page take less time.
"""

from __future__ import annotations

import math
from typing import Any

_BARS, _UNITS, _CORNERS = 40, 60, 60  # so many that the engine takes the trouble
_CONFIG = {"view": {"stroke": None}, "aria": False}
_FRAME = {"width": 300, "height": 200, "padding": 0, "autosize": {"type": "none"}, "config": _CONFIG}


def practice_specs() -> list[dict[str, Any]]:
    """The Vega-Lite specifications of a chart and of a map.

    >>> [len(spec["layer"]) for spec in practice_specs()]
    [2, 4]
    """
    return [_chart(), _map()]


def _chart() -> dict[str, Any]:
    bars = [
        {"left": place, "right": place + 0.8, "bottom": 0, "top": place + 1, "category": "ab"[place % 2]}
        for place in range(_BARS)
    ]
    edges = {
        "x": {"field": "left", "type": "quantitative", "scale": {"domain": [0, _BARS]}, "axis": {"values": [1, 2]}},
        "x2": {"field": "right"},
        "y": {"field": "bottom", "type": "quantitative", "scale": {"nice": True}, "axis": {"tickCount": 4}},
        "y2": {"field": "top"},
        "color": {"field": "category", "type": "nominal", "legend": None},
    }
    line = {"x": {"field": "left", "type": "quantitative"}, "y": _pixel("top"), "y2": {"value": 90}}
    return _FRAME | {
        "layer": [
            {"data": {"values": bars}, "mark": "rect", "encoding": edges},
            {"data": {"values": bars[:1]}, "mark": {"type": "rule", "strokeDash": [4, 2]}, "encoding": line},
        ]
    }


def _map() -> dict[str, Any]:
    units = [
        {
            "type": "Feature",
            "properties": {"fill": "#ffffff"},
            "geometry": {"type": "Polygon", "coordinates": [_circle(place * 3 % 17 - 8, place * 5 % 14 - 7)]},
        }
        for place in range(_UNITS)
    ]
    shape = {"type": "geoshape", "clip": False}
    fill = {"fill": {"field": "properties.fill", "type": "nominal", "scale": None}}
    spot = {"data": {"values": [{"x": 9, "y": 9, "text": "Name"}]}}
    at = {"x": _pixel("x"), "y": _pixel("y")}
    lines = {"graticule": {"step": [5, 5], "extent": [[-10, -10], [10, 10]]}}
    return _FRAME | {
        "projection": {
            "type": "azimuthalEqualArea",
            "scale": 900,
            "translate": [150, 100],
            "clipExtent": [[0, 0], [300, 200]],
            "precision": 0.3,
        },
        "layer": [
            {"data": lines, "mark": shape | {"filled": False, "stroke": "#111111"}},
            {"data": {"values": units}, "mark": shape, "encoding": fill},
            spot | {"mark": {"type": "point", "filled": True}, "encoding": at},
            spot | {"mark": {"type": "text"}, "encoding": at | {"text": {"field": "text"}}},
        ],
    }


def _circle(longitude: float, latitude: float) -> list[list[float]]:
    """A closed line that runs clockwise, as land does."""
    steps = [place * 2 * math.pi / _CORNERS for place in range(_CORNERS + 1)]
    return [[longitude + 2 * math.cos(step), latitude - 2 * math.sin(step)] for step in steps]


def _pixel(name: str) -> dict[str, Any]:
    return {"field": name, "type": "quantitative", "scale": None}
