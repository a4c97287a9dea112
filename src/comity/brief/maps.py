"""Maps as Vega-Lite specifications, and their drawing as SVG: shaded states, points, names, disputed lines.

The map takes no side: an area that more than one state claims is gray, its lines are dashed, and it bears the names of
every side. Shades are of one hue, from light to dark, so that they are told apart in print and without color; points
differ by form as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from comity.brief.artist import vega_svg
from comity.brief.blocks import Map, Panel, Point
from comity.brief.land import disputed_lines, land_features, tiny_units
from comity.brief.map_labels import AREA, OTHER, PLACE, SIZES, STATE, WATER, Label, map_labels
from comity.brief.mapping import is_shown, marked
from comity.brief.palette import INK, MUTED, ORANGE, VERMILION
from comity.brief.projection import Projection, fitted
from comity.brief.wording import plain, sentence_start
from comity.vocab.geometry.outlines import world
from comity.vocab.geometry.sphere import EARTH_KM
from comity.vocab.states import state

WIDTH = 690
_GAP = 12
_TITLE = 20
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
SHADES = ("#d8e7f2", "#a8cce3", "#6fabd2", "#3782b6", "#125a8c")
OWN, LAND, CONTESTED, WATER_FILL = "#454f5a", "#efece4", "#d3cec2", "#f7fafb"
_EDGE, _GRID = "#a9b0b5", "#e4eaed"
_INKS = {STATE: INK, OTHER: "#3b4652", WATER: "#3d6f8e", AREA: "#6b4a12", PLACE: INK}
_MARKS = {"engagement": ("circle", ORANGE), "incident": ("diamond", VERMILION), "place": ("square", INK)}
_LARGEST, _LEAST = 460.0, 13.0  # the areas of the largest and the smallest point, in square pixels
_HALO: dict[str, Any] = {"color": "#ffffff", "stroke": "#ffffff", "strokeWidth": 2.6}
_BAR_PAINTS = (("#ffffff", 4.0), (INK, 1.6))
_LONG_NUMBER = re.compile(r"(?<=\d\.\d)\d+")


def draw_map(block: Map) -> str:
    """The map as SVG; several panels stand side by side, without names."""
    count = len(block.panels)
    width = (WIDTH - _GAP * (count - 1)) / count
    projection = fitted(block.frame, round(width), 0.9 if count == 1 else 1.0)
    top = _TITLE if count > 1 else 0
    parts = []
    for number, panel in enumerate(block.panels):
        drawn = _svg_of(panel_spec(block, panel, projection))
        parts.append(f'<g transform="translate({number * (round(width) + _GAP)} {top})">{drawn}</g>')
        if count > 1:
            style = f'font-size="12" font-weight="600" fill="{INK}" text-anchor="middle"'
            middle = number * (round(width) + _GAP) + round(width) / 2
            parts.append(f'<text x="{middle:g}" y="13" {style}>{escape(plain(panel.title))}</text>')
    size = f'viewBox="0 0 {WIDTH} {projection.height + top:g}" width="{WIDTH}" height="{projection.height + top:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} aria-hidden="true">{"".join(parts)}</svg>'


def panel_spec(block: Map, panel: Panel, projection: Projection) -> dict[str, Any]:
    """The Vega-Lite specification of one panel."""
    is_alone = len(block.panels) == 1
    points = [point for point in panel.points if _is_seen(point, projection)]
    labels = map_labels(block, projection, points) if is_alone else []
    size = {"width": projection.width, "height": projection.height}
    layers = [
        _water(projection),
        _graticule(projection),
        _shape(land_features(projection, _fills(block, panel), _EDGE), "fill", "edge"),
        *_disputed(projection),
        *_dots(block, panel, projection),
        *_points(block, points, projection),
        *(_scale_bar(projection) if is_alone else ()),
        *(layer for style in (OTHER, WATER, AREA, PLACE, STATE) for layer in _texts(labels, style)),
    ]
    return {
        "$schema": _SCHEMA,
        **size,
        "padding": 0,
        "autosize": {"type": "none"},
        "background": None,
        "projection": projection.spec(),
        "layer": layers,
        "config": {"view": {"stroke": None}, "aria": False},
    }


def shade(block: Map, count: int) -> str:
    """The color of a count; of the classes that begin no higher, the highest."""
    held = [number for number, least in enumerate(block.classes) if least <= count]
    if not held:
        return LAND
    # A map of few classes takes shades that are far from each other.
    last = len(block.classes) - 1
    return SHADES[-1 if last == 0 else round(held[-1] * (len(SHADES) - 1) / last)]


def map_legend(block: Map) -> list[tuple[str, str]]:
    """The words and colors of what a map shows: its shades by count, what stands out, and what its points are."""
    seen = [each.count for panel in block.panels for each in panel.shades if is_shown(each.state, block.frame)]
    entries: list[tuple[str, str]] = []
    for place, least in enumerate(block.classes):
        above = block.classes[place + 1] - 1 if place + 1 < len(block.classes) else None
        if not any(least <= count and (above is None or count <= above) for count in seen):
            continue
        span = f"{least:,}" if above == least else f"{least:,} or more" if above is None else f"{least:,}–{above:,}"
        entries.append((span if entries else sentence_start(f"{block.unit}: {span}"), shade(block, least)))
    entries.append(("none listed", LAND))
    if block.own:
        entries.append((", ".join(state(code).name for code in block.own), OWN))
    entries.append(("disputed", CONTESTED))
    whats = marked((point for panel in block.panels for point in panel.points), block.frame)
    words = {"engagement": "engagements (circles)", "incident": "incidents (diamonds)"}
    return entries + [(text, _MARKS[what][1]) for what, text in words.items() if what in whats]


def _fills(block: Map, panel: Panel) -> dict[int, str]:
    """The color of each unit: contested land gray, the subject's own dark, other land by its state's count."""
    counts = {each.state: each.count for each in panel.shades}
    found = {}
    for place, unit in enumerate(world().units):
        holder = unit.claims[0] if len(unit.claims) == 1 else None
        if holder is None or unit.code in ("SOL", "CYN"):
            found[place] = CONTESTED if unit.claims else LAND
        elif holder in block.own:
            found[place] = OWN
        else:
            found[place] = shade(block, counts.get(holder, 0))
    return found


def _shape(features: Sequence[dict[str, Any]], fill: str, edge: str) -> dict[str, Any]:
    return {
        "data": {"values": features},
        "mark": {"type": "geoshape", "clip": False, "strokeWidth": 0.5, "strokeJoin": "round"},
        "encoding": {
            "fill": {"field": f"properties.{fill}", "type": "nominal", "scale": None},
            "stroke": {"field": f"properties.{edge}", "type": "nominal", "scale": None},
        },
    }


def _water(projection: Projection) -> dict[str, Any]:
    """The water below everything: the globe of a map of the whole world, the whole picture of any other."""
    paint = {"fill": WATER_FILL, "stroke": _EDGE, "strokeWidth": 0.8}
    if projection.is_world:
        return {"data": {"sphere": True}, "mark": {"type": "geoshape", "clip": False, **paint}}
    edges = {
        "x": {"value": 0},
        "x2": {"value": projection.width},
        "y": {"value": 0},
        "y2": {"value": projection.height},
    }
    return {"data": {"values": [{}]}, "mark": {"type": "rect", **paint}, "encoding": edges}


def _graticule(projection: Projection) -> dict[str, Any]:
    wide = projection.width_km
    step = 30 if wide > 12000 else 10 if wide > 3500 else 5 if wide > 1500 else 1
    return {
        "data": {"graticule": {"step": [step, step]}},
        "mark": {"type": "geoshape", "clip": False, "stroke": _GRID, "strokeWidth": 0.6, "filled": False},
    }


def _disputed(projection: Projection) -> list[dict[str, Any]]:
    """Disputed lines: a light line that hides the edge below, and dashes on it."""
    lines = disputed_lines(projection)
    line = {"type": "geoshape", "clip": False, "filled": False}
    paints = ({"stroke": "#ffffff", "strokeWidth": 1.6}, {"stroke": INK, "strokeWidth": 0.9, "strokeDash": [3, 2.5]})
    return [{"data": {"values": lines}, "mark": line | paint} for paint in paints] if lines else []


def _dots(block: Map, panel: Panel, projection: Projection) -> list[dict[str, Any]]:
    """States too small to be seen, as dots of their shade."""
    counts = {each.state: each.count for each in panel.shades}
    wanted = frozenset(counts) | {*block.own, *block.named}
    dots = [
        {"x": x, "y": y, "fill": OWN if unit.code in block.own else shade(block, counts.get(unit.code, 0))}
        for unit, (x, y) in tiny_units(projection, wanted)
    ]
    if not dots:
        return []
    mark = {"type": "point", "filled": True, "opacity": 1, "shape": "circle", "stroke": MUTED}
    mark |= {"strokeWidth": 0.6, "size": 34 if len(block.panels) == 1 else 9}
    return [{"data": {"values": dots}, "mark": mark, "encoding": _at() | {"fill": _own_color("fill")}}]


def _points(block: Map, points: Sequence[Point], projection: Projection) -> list[dict[str, Any]]:
    """Engagements, incidents and places, the larger below the smaller; an area is a count, in all panels alike."""
    is_alone = len(block.panels) == 1
    most = max((point.count for panel in block.panels for point in panel.points), default=1)
    unit = min(24.0, (_LARGEST if is_alone else _LARGEST / 4) / max(most, 1))
    layers = []
    for what, (shape, color) in _MARKS.items():
        held = sorted((point for point in points if point.what == what), key=lambda point: -point.count)
        if not held or (what == "place" and not is_alone):
            continue
        values = []
        for point in held:
            x, y = projection.at(point.longitude, point.latitude)
            values.append({"x": x, "y": y, "size": max(_LEAST if is_alone else _LEAST / 2, unit * point.count)})
        mark = {"type": "point", "filled": True, "shape": shape, "color": color, "stroke": "#ffffff"}
        mark |= {"strokeWidth": 0.8 if is_alone else 0.5, "opacity": 0.88}
        size = {"field": "size", "type": "quantitative", "scale": None}
        layers.append({"data": {"values": values}, "mark": mark, "encoding": _at() | {"size": size}})
    return layers


def _scale_bar(projection: Projection) -> list[dict[str, Any]]:
    """A bar of a round number of km in the lower left corner; a whole world has no one scale."""
    if projection.is_world:
        return []
    wanted = projection.width_km / 6
    km = max(nice for nice in (10, 20, 50, 100, 200, 500, 1000, 2000) if nice <= max(wanted, 10))
    x, y, wide = 12.0, projection.height - 12.0, km / projection.km_per_pixel
    bar = {"data": {"values": [{"x": x, "y": y, "x2": x + wide}]}, "encoding": _at() | {"x2": {"field": "x2"}}}
    words = {"type": "text", "align": "left", "baseline": "bottom", "dy": -4, "font": _FONT, "fontSize": 9.5}
    values = [{"x": x, "y": y, "text": f"{km:,} km"}]
    return [
        *(bar | {"mark": {"type": "rule", "color": color, "strokeWidth": wide}} for color, wide in _BAR_PAINTS),
        *(
            {"data": {"values": values}, "mark": words | paint, "encoding": _at() | {"text": {"field": "text"}}}
            for paint in (_HALO, {"color": INK})
        ),
    ]


def _texts(labels: Sequence[Label], style: str) -> list[dict[str, Any]]:
    """The names of one style, first as a light halo and then in their color."""
    held = [label for label in labels if label.style == style]
    layers = []
    for align in ("center", "left", "right"):
        values = [
            {"x": label.x, "y": label.y + _shift(label, place), "text": line}
            for label in held
            if label.align == align
            for place, line in enumerate(label.lines)
        ]
        if not values:
            continue
        mark: dict[str, Any] = {"type": "text", "align": align, "baseline": "middle", "font": _FONT}
        mark |= {"fontSize": SIZES[style], "fontStyle": "italic" if style in (WATER, AREA) else "normal"}
        mark |= {"fontWeight": 600 if style == STATE else 400}
        encoding = _at() | {"text": {"field": "text"}}
        for paint in (_HALO, {"color": _INKS[style]}):
            layers.append({"data": {"values": values}, "mark": mark | paint, "encoding": encoding})
    return layers


def _shift(label: Label, line: int) -> float:
    """How far below the middle of a name one of its lines stands."""
    return (line - (len(label.lines) - 1) / 2) * SIZES[label.style] * 1.15


def _at() -> dict[str, Any]:
    """A mark at its own pixels."""
    return {name: {"field": name, "type": "quantitative", "scale": None, "axis": None} for name in ("x", "y")}


def _own_color(field: str) -> dict[str, Any]:
    return {"field": field, "type": "nominal", "scale": None}


def _is_seen(point: Point, projection: Projection) -> bool:
    x, y = projection.at(point.longitude, point.latitude)
    return 0 <= x <= projection.width and 0 <= y <= projection.height


def _svg_of(spec: dict[str, Any]) -> str:
    """What the charting library draws, with no more decimals than can be seen."""
    return _LONG_NUMBER.sub("", vega_svg(spec))


def frame_width_km(frame: tuple[float, float, float, float]) -> float:
    """How wide a frame is along its middle parallel.

    >>> round(frame_width_km((0, -10, 10, 10)))
    1112
    """
    import math

    west, south, east, north = frame
    return math.radians(east - west) * math.cos(math.radians((south + north) / 2)) * EARTH_KM
