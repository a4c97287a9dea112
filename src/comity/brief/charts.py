"""Charts as Vega-Lite specifications, and their drawing as SVG.

The legend is written by the page, and the margins are fixed, so that the picture does not depend on the fonts of the
machine that draws it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from comity.brief.artist import vega_svg
from comity.brief.blocks import Chart
from comity.brief.palette import INK, MUTED, RULE, SHADE, category_colors

WIDTH, HEIGHT = 690, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 18, 10, 24  # to the right, half of the label of the last year
_SEAM_ROW = 16
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"


def chart_spec(chart: Chart) -> dict[str, Any]:
    """The Vega-Lite specification of a chart: stacked bars, and a shade over years that no source knows completely.

    A dashed line with a label above it stands where other sources begin to be counted.
    """
    top = _TOP + _SEAM_ROW * len(chart.seams)
    layers = [_shade_layer(chart), _bar_layer(chart), *(_seam_layers(chart) if chart.seams else ())]
    return {
        "$schema": _SCHEMA,
        "description": chart.description,
        "width": WIDTH - _LEFT - _RIGHT,
        "height": HEIGHT - _TOP - _BOTTOM,
        "padding": {"left": _LEFT, "right": _RIGHT, "top": top, "bottom": _BOTTOM},
        "autosize": {"type": "none"},
        "background": "transparent",
        "layer": layers,
        "config": _config(),
    }


def _shade_layer(chart: Chart) -> dict[str, Any]:
    mark = {"type": "rect", "color": SHADE, "aria": False}
    return {"data": {"values": _shaded(chart)}, "mark": mark, "encoding": _edges(chart)}


def _bar_layer(chart: Chart) -> dict[str, Any]:
    bars = _bars(chart)
    top = max((bar["top"] for bar in bars), default=1)
    axis = {"title": None, "tickMinStep": 1, "tickCount": min(4, top), "domain": False, "ticks": False, "format": "d"}
    height = {
        "y": {
            "field": "bottom",
            "type": "quantitative",
            "scale": {"domain": [0, top], "nice": True},
            "axis": axis,
        },
        "y2": {"field": "top"},
        "color": {"field": "category", "type": "nominal", "scale": _colors(chart), "legend": None},
    }
    mark = {"type": "rect", "stroke": "white", "strokeWidth": 0.5}
    return {"data": {"values": bars}, "mark": mark, "encoding": _edges(chart) | height}


def _seam_layers(chart: Chart) -> list[dict[str, Any]]:
    """A dashed line before the first year of other sources, from its label above the bars to their foot."""
    middle = sum(chart.years) / 2
    late = [seam for seam in reversed(chart.seams) if seam.year > middle]
    layers = []
    # Late labels stand to the left of their lines and above the early ones, so that no line runs through a label.
    for place, seam in enumerate([*late, *(seam for seam in chart.seams if seam.year <= middle)]):
        height = _SEAM_ROW * (place - len(chart.seams))
        side, away = ("right", -4) if seam.year > middle else ("left", 4)
        data = {"values": [{"at": seam.year - 0.5, "label": seam.label}]}
        rule = {"type": "rule", "color": INK, "strokeDash": [5, 3], "strokeWidth": 1.2, "aria": False}
        words = {"type": "text", "align": side, "dx": away, "baseline": "top", "color": INK, "font": _FONT}
        words |= {"fontSize": 11, "aria": False}
        at = {"x": {"field": "at", "type": "quantitative"}, "y": {"value": height}}
        foot = {"y2": {"value": HEIGHT - _TOP - _BOTTOM}}
        layers.append({"data": data, "mark": rule, "encoding": at | foot})
        layers.append({"data": data, "mark": words, "encoding": at | {"text": {"field": "label"}}})
    return layers


def _edges(chart: Chart) -> dict[str, Any]:
    """Where each rectangle begins and ends from left to right, on an axis of whole years."""
    first, last = chart.years
    years = [year for year in range(first, last + 1) if year % _step(chart) == 0 or first == last]
    scale = {"domain": [first - 0.5, last + 0.5], "nice": False, "zero": False}
    axis = {"values": years, "format": "d", "grid": False, "ticks": False, "title": None, "labelPadding": 6}
    return {"x": {"field": "left", "type": "quantitative", "scale": scale, "axis": axis}, "x2": {"field": "right"}}


def draw_chart(chart: Chart) -> str:
    """The chart as SVG."""
    return vega_svg(chart_spec(chart))


def _bars(chart: Chart) -> list[dict[str, Any]]:
    """One rectangle for each count, stacked in the order of the categories."""
    held: dict[int, dict[str, int]] = defaultdict(dict)
    for given in chart.counts:
        held[given.year][given.category] = given.count
    bars = []
    for year in sorted(held):
        bottom = 0
        for category in chart.categories:
            if count := held[year].get(category, 0):
                bars.append(
                    {
                        "year": year,
                        "category": category,
                        "count": count,
                        "left": year - 0.39,
                        "right": year + 0.39,
                        "bottom": bottom,
                        "top": bottom + count,
                    }
                )
                bottom += count
    return bars


def _shaded(chart: Chart) -> list[dict[str, float]]:
    """The years that no source knows completely, when it knows others so; a shade over all years would say nothing."""
    first, last = chart.years
    if not chart.complete:
        return []
    return [{"left": year - 0.5, "right": year + 0.5} for year in range(first, last + 1) if year not in chart.complete]


def _step(chart: Chart) -> int:
    """Every how many years the axis is labeled."""
    span = chart.years[1] - chart.years[0]
    return 1 if span <= 10 else 2 if span <= 18 else 5


def _colors(chart: Chart) -> dict[str, list[str]]:
    colors = category_colors(chart.categories)
    return {"domain": list(chart.categories), "range": [colors[name] for name in chart.categories]}


def _config() -> dict[str, Any]:
    axis = {
        "labelColor": MUTED,
        "labelFont": _FONT,
        "labelFontSize": 11,
        "gridColor": RULE,
        "domainColor": INK,
        "labelOverlap": False,
    }
    return {"axis": axis, "view": {"stroke": None}, "aria": False}
