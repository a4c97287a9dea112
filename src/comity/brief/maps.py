"""Maps as Vega-Lite specifications, and their drawing as SVG: shaded states, points, names, disputed lines.

The map takes no side: an area that more than one state claims is hatched, its lines are dashed, and it bears the names
of every side. Shades are of one hue, from light to dark, so that they are told apart in print and without color; points
differ by form as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from html import escape
from typing import Any

from comity.brief.artist import vega_svg
from comity.brief.blocks import Map, Panel, Point
from comity.brief.land import disputed_lines, land_features, outlines_of
from comity.brief.lettering import Label
from comity.brief.map_key import hatching, key_entries, key_svg
from comity.brief.map_labels import map_labels
from comity.brief.map_marks import is_large, mark_layers, scale_bar, tiny_layers
from comity.brief.map_style import (
    AREA,
    CONTESTED,
    EDGE,
    FONT,
    GRID,
    HALO_WIDE,
    LAND,
    OTHER,
    OUTLINE,
    PLACE,
    SIZES,
    STATE,
    WATER,
    WATER_FILL,
    at_pixels,
    fill_of,
    letters_on,
    own_color,
)
from comity.brief.palette import INK
from comity.brief.projection import Projection, fitted
from comity.brief.wording import plain
from comity.vocab.geometry.locating import unit_at
from comity.vocab.geometry.outlines import world

WIDTH = 690
_GAP = 12
_TITLE = 20
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_MOST_WITH_NAMES = 2  # more maps side by side have no room for names
_LOOKS = 9  # points along each edge of a picture from which the reach of its lines is taken
_POLAR = 75.0
_ACROSS = (0.1, 0.3, 0.5, 0.7, 0.9)  # where along a name its ground is looked at
# A shape that lies outside the picture is drawn without a path.
_DISPUTED_SEEN = re.compile(rf' d="[^"]+" (?:fill="{CONTESTED}"|[^>]*stroke-dasharray)')
_PAINTED = re.compile(r' d="[^"]+" fill="(#[0-9a-f]{6})"')
_LONG_NUMBER = re.compile(r"(?<=\d\.\d)\d+")


def draw_map(block: Map) -> str:
    """The map as SVG, with its key below; several panels stand side by side."""
    count = len(block.panels)
    width = (WIDTH - _GAP * (count - 1)) / count
    projection = fitted(block.frame, round(width), 0.9 if count == 1 else 1.2 if count == 2 else 1.0)
    hatch = f"disputed-{sha256(repr(block).encode()).hexdigest()[:10]}"
    top = _TITLE if count > 1 else 0
    drawn, parts = [_svg_of(panel_spec(block, panel, projection)) for panel in block.panels], []
    for number, panel in enumerate(block.panels):
        parts.append(f'<g transform="translate({number * (round(width) + _GAP)} {top})">{drawn[number]}</g>')
        if count > 1:
            style = f'font-family="{escape(FONT)}" font-size="12" font-weight="600" fill="{INK}" text-anchor="middle"'
            middle = number * (round(width) + _GAP) + round(width) / 2
            parts.append(f'<text x="{middle:g}" y="13" {style}>{escape(plain(panel.title))}</text>')
    has_disputed = any(_DISPUTED_SEEN.search(each) for each in drawn)
    seen = {color for each in drawn for color in _PAINTED.findall(each)}
    entries = key_entries(block, projection, seen, hatch if has_disputed else "")
    key, high = key_svg(entries, projection.height + top, WIDTH)
    body = "".join(parts).replace(f'fill="{CONTESTED}"', f'fill="url(#{hatch})"')
    size = f'viewBox="0 0 {WIDTH} {projection.height + top + high:g}"'
    size += f' width="{WIDTH}" height="{projection.height + top + high:g}"'
    defined = hatching(hatch) if has_disputed else ""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} aria-hidden="true">{defined}{body}{key}</svg>'


def panel_spec(block: Map, panel: Panel, projection: Projection) -> dict[str, Any]:
    """The Vega-Lite specification of one panel."""
    points = [point for point in panel.points if _is_seen(point, projection)]
    has_names = len(block.panels) <= _MOST_WITH_NAMES
    labels = map_labels(block, projection, points) if has_names else []
    fills = _fills(block, panel)
    layers = [
        _water(projection),
        _graticule(projection),
        _shape(land_features(projection, fills, EDGE), "fill", "edge"),
        *_outlined(block, projection),
        *_disputed(projection),
        *mark_layers(block, [point for point in points if is_large(block, point)], projection),
        *tiny_layers(block, panel, projection),
        *mark_layers(block, [point for point in points if not is_large(block, point)], projection),
        *(scale_bar(projection) if has_names else ()),
        *_names(labels, projection, fills),
    ]
    return {
        "$schema": _SCHEMA,
        "width": projection.width,
        "height": projection.height,
        "padding": 0,
        "autosize": {"type": "none"},
        "background": None,
        "projection": projection.spec(),
        "layer": layers,
        "config": {"view": {"stroke": None}, "aria": False},
    }


def _fills(block: Map, panel: Panel) -> dict[int, str]:
    """The color of each unit: contested land gray, the subject's own pale, other land by its state's count."""
    counts = {each.state: each.count for each in panel.shades}
    found = {}
    for place, unit in enumerate(world().units):
        holder = _holder(place)
        if holder is None:
            found[place] = CONTESTED if unit.claims else LAND
        else:
            found[place] = fill_of(block, holder, counts.get(holder, 0))
    return found


def _holder(place: int) -> str | None:
    """The state whose land a unit is without dispute; none where several claim it, or few recognize who governs."""
    unit = world().units[place]
    return unit.claims[0] if len(unit.claims) == 1 and unit.code not in ("SOL", "CYN") else None


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
    paint = {"fill": WATER_FILL, "stroke": EDGE, "strokeWidth": 0.8}
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
    lines: dict[str, Any] = {"step": [step, step]}
    if not projection.is_world and (extent := _around(projection, step)):
        lines["extent"] = extent  # every line of the globe would be projected, and then cut off
    return {
        "data": {"graticule": lines},
        "mark": {"type": "geoshape", "clip": False, "stroke": GRID, "strokeWidth": 0.6, "filled": False},
    }


def _around(projection: Projection, step: int) -> list[list[float]]:
    """The south-west and north-east corners of what lines must cover to reach over the picture; none near a pole."""
    import numpy as np

    along, down = np.linspace(0, projection.width, _LOOKS), np.linspace(0, projection.height, _LOOKS)
    places = projection.inverse(np.stack(np.meshgrid(along, down), axis=-1))
    low, high = float(places[..., 1].min()) - step, float(places[..., 1].max()) + step
    if max(-low, high) > _POLAR:
        return []  # the lines that meet at a pole are seen from every side
    middle = projection.middle[0]
    wide = float(np.abs((places[..., 0] - middle + 180) % 360 - 180).max()) + step
    return [[round(middle - wide, 3), round(low, 3)], [round(middle + wide, 3), round(high, 3)]]


def _outlined(block: Map, projection: Projection) -> list[dict[str, Any]]:
    """A dark line around the land that the map is about, which no shade has."""
    units = {place for place in range(len(world().units)) if _holder(place) in block.own}
    lines = outlines_of(projection, units)
    wide = OUTLINE if len(block.panels) < 3 else 0.8
    mark = {"type": "geoshape", "clip": False, "filled": False, "stroke": INK, "strokeWidth": wide}
    return [{"data": {"values": lines}, "mark": mark | {"strokeJoin": "round"}}] if lines else []


def _disputed(projection: Projection) -> list[dict[str, Any]]:
    """Disputed lines: a light line that hides the edge below, and dashes on it."""
    lines = disputed_lines(projection)
    line = {"type": "geoshape", "clip": False, "filled": False}
    paints = ({"stroke": "#ffffff", "strokeWidth": 1.6}, {"stroke": INK, "strokeWidth": 0.9, "strokeDash": [3, 2.5]})
    return [{"data": {"values": lines}, "mark": line | paint} for paint in paints] if lines else []


def _names(labels: Sequence[Label], projection: Projection, fills: Mapping[int, str]) -> list[dict[str, Any]]:
    """All names, the least important first, each in letters that its ground lets be read."""
    paints = {id(label): letters_on(_ground(label, projection, fills), label.style) for label in labels}
    return [
        layer
        for style in (OTHER, WATER, AREA, PLACE, STATE)
        for align in ("center", "left", "right")
        for layer in _texts([each for each in labels if (each.style, each.align) == (style, align)], paints)
    ]


def _texts(labels: Sequence[Label], paints: Mapping[int, tuple[str, str]]) -> list[dict[str, Any]]:
    """Names of one style and side, first as a halo and then in their color."""
    if not labels:
        return []
    style, align = labels[0].style, labels[0].align
    values = [
        {"x": label.x, "y": label.y + _shift(label, place), "text": line, "ink": ink, "halo": halo}
        for label in labels
        for ink, halo in (paints[id(label)],)
        for place, line in enumerate(label.lines)
    ]
    mark: dict[str, Any] = {"type": "text", "align": align, "baseline": "middle", "font": FONT}
    mark |= {"fontSize": SIZES[style], "fontStyle": "italic" if style in (WATER, AREA) else "normal"}
    mark |= {"fontWeight": 600 if style == STATE else 400}
    encoding = at_pixels() | {"text": {"field": "text"}}
    around = encoding | {"fill": own_color("halo"), "stroke": own_color("halo")}
    return [
        {
            "data": {"values": values},
            "mark": mark | {"strokeWidth": HALO_WIDE, "strokeJoin": "round"},
            "encoding": around,
        },
        {"data": {"values": values}, "mark": mark, "encoding": encoding | {"fill": own_color("ink")}},
    ]


def _ground(label: Label, projection: Projection, fills: Mapping[int, str]) -> str:
    """The color on which most of a name stands."""
    import numpy as np

    left, top, right, bottom = label.box
    lines = len(label.lines)
    pixels = [
        (left + (right - left) * across, top + (bottom - top) * (line + 0.5) / lines)
        for line in range(lines)
        for across in _ACROSS
    ]
    places = np.round(projection.inverse(np.array(pixels)), 2).tolist()
    seen = Counter(fills.get(unit_at(latitude, longitude), WATER_FILL) for longitude, latitude in places)
    return min(seen, key=lambda color: (-seen[color], color))


def _shift(label: Label, line: int) -> float:
    """How far below the middle of a name one of its lines stands."""
    return (line - (len(label.lines) - 1) / 2) * SIZES[label.style] * 1.15


def _is_seen(point: Point, projection: Projection) -> bool:
    x, y = projection.at(point.longitude, point.latitude)
    return 0 <= x <= projection.width and 0 <= y <= projection.height


def _svg_of(spec: dict[str, Any]) -> str:
    """What the charting library draws, with no more decimals than can be seen."""
    return _LONG_NUMBER.sub("", vega_svg(spec))
