"""What stands on the land of a map: marks of engagements, incidents and places, dots of tiny states, a bar of km."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.brief.blocks import Map, Panel, Point
from comity.brief.land import tiny_units
from comity.brief.map_style import FONT, HALO, HALO_WIDE, LEAST_LETTERS, at_pixels, fill_of, own_color
from comity.brief.palette import INK, MUTED, ORANGE, VERMILION
from comity.brief.projection import Projection, is_whole
from comity.vocab.geometry.outlines import Unit

MARKS = {
    "engagement": ("circle", ORANGE),
    "incident": ("diamond", VERMILION),
    "place": ("triangle-up", INK),
}
TINY = 34.0  # the area of the square of a state that is too small to be shaded, in square pixels
_LARGEST, _LEAST = 460.0, 20.0  # the areas of the largest and the smallest mark
_SINGLE = 60.0  # of one thing, where there is room
_PLACE = 30.0
_OF_WORLD = 0.65  # the part of these areas on a map of the whole world
_FULLER = {"incident": 1.6}  # the library takes the square around a form for its size, and a diamond fills half of it
_BAR_PAINTS = ((HALO, 4.0), (INK, 1.6))
_NICE_KM = (10, 20, 50, 100, 200, 500, 1000, 2000)

Layer = dict[str, Any]


def mark_size(block: Map, what: str, count: int) -> float:
    """The size of the mark of a count, in square pixels: in proportion to it, in all panels of a map alike."""
    if what == "place":
        return _PLACE
    most = max((point.count for panel in block.panels for point in panel.points), default=1)
    part = _part(block) * _FULLER.get(what, 1.0)
    return max(_LEAST * part, min(_SINGLE * part, _LARGEST * part / max(most, 1)) * count)


def has_room(block: Map, projection: Projection) -> bool:
    """Whether a panel is large enough for marks: of the whole world on a third of a page they would cover Europe."""
    return len(block.panels) < 3 or not projection.is_world


def mark_layers(block: Map, points: Sequence[Point], projection: Projection) -> list[Layer]:
    """Engagements, incidents and places, the larger below the smaller; places only where a panel has room."""
    layers: list[Layer] = []
    for what, (shape, color) in MARKS.items() if has_room(block, projection) else ():
        held = sorted((point for point in points if point.what == what), key=lambda point: -point.count)
        if not held or (what == "place" and len(block.panels) > 1):
            continue
        values = []
        for point in held:
            x, y = projection.at(point.longitude, point.latitude)
            values.append({"x": x, "y": y, "size": mark_size(block, what, point.count)})
        mark = {"type": "point", "filled": True, "shape": shape, "color": color, "stroke": "#ffffff", "opacity": 1}
        mark["strokeWidth"] = 0.9 if len(block.panels) < 3 else 0.5
        size_of = {"field": "size", "type": "quantitative", "scale": None}
        layers.append({"data": {"values": values}, "mark": mark, "encoding": at_pixels() | {"size": size_of}})
    return layers


def is_large(block: Map, point: Point) -> bool:
    """Whether the mark of a point would hide the square of a tiny state below it, and is seen around one above it."""
    return point.what != "place" and mark_size(block, point.what, point.count) > 3 * TINY * _part(block)


def tiny_layers(block: Map, panel: Panel, projection: Projection) -> list[Layer]:
    """States too small to be seen, as squares of their color; no mark of anything else is a square."""
    counts = {each.state: each.count for each in panel.shades}
    dots = [
        {"x": x, "y": y, "fill": fill_of(block, unit.code, counts.get(unit.code, 0))}
        for unit, (x, y) in tiny_seen(block, projection)
    ]
    if not dots:
        return []
    mark = {"type": "point", "filled": True, "opacity": 1, "shape": "square", "stroke": MUTED}
    mark["strokeWidth"] = 0.8 if len(block.panels) < 3 else 0.4
    mark["size"] = TINY * _part(block)
    return [{"data": {"values": dots}, "mark": mark, "encoding": at_pixels() | {"fill": own_color("fill")}}]


def tiny_seen(block: Map, projection: Projection) -> list[tuple[Unit, tuple[float, float]]]:
    """The states of a map that are too small to be seen, with the pixels of their marks."""
    shaded = {each.state for panel in block.panels for each in panel.shades}
    wanted = frozenset({*shaded, *block.own, *block.named})
    return list(tiny_units(projection, wanted)) if has_room(block, projection) else []


def scale_bar(projection: Projection) -> list[Layer]:
    """A bar of a round number of km in the lower left corner; a whole world has no one scale."""
    if projection.is_world:
        return []
    wanted = projection.width_km / 6
    km = max(nice for nice in _NICE_KM if nice <= max(wanted, 10))
    x, y, wide = 12.0, projection.height - 12.0, km / projection.km_per_pixel
    bar = {"data": {"values": [{"x": x, "y": y, "x2": x + wide}]}, "encoding": at_pixels() | {"x2": {"field": "x2"}}}
    words = {"type": "text", "align": "left", "baseline": "bottom", "dy": -4, "font": FONT, "fontSize": LEAST_LETTERS}
    values = [{"x": x, "y": y, "text": f"{km:,} km"}]
    halo = {"color": HALO, "stroke": HALO, "strokeWidth": HALO_WIDE, "strokeJoin": "round"}
    return [
        *(bar | {"mark": {"type": "rule", "color": color, "strokeWidth": thick}} for color, thick in _BAR_PAINTS),
        *(
            {"data": {"values": values}, "mark": words | paint, "encoding": at_pixels() | {"text": {"field": "text"}}}
            for paint in (halo, {"color": INK})
        ),
    ]


def _part(block: Map) -> float:
    """How much smaller marks are where several maps stand side by side, and where states are as small as marks."""
    if len(block.panels) == 1:
        return _OF_WORLD if is_whole(block.frame) else 1.0
    return 0.5 if len(block.panels) == 2 else 0.3
