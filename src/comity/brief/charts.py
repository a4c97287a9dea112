"""Charts as Vega-Lite specifications, and their drawing as SVG.

The legend of colors is written by the page, and the margins are fixed, so that the picture does not depend on the fonts
of the machine that draws it. What a shade or a dashed line means stands above the bars, in every form of a brief.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from comity.brief.artist import vega_svg
from comity.brief.blocks import Chart
from comity.brief.palette import INK, MUTED, RULE, SHADE, category_colors
from comity.brief.wording import said

_TOP, _BOTTOM = 10, 24
_KEY_ROW, _SEAM_ROW = 16, 14
_SEAM_WIDTH = 34  # what the year beside a line needs
_SWATCH = 18  # from the left edge to the words of a key
_LETTER = 6.2  # the width of a letter of a key
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True)
class Layout:
    """How large a chart is, its margins to the left and right, and how many years of its axis may be labeled."""

    width: int
    height: int
    left: int
    right: int
    most_labels: int

    @property
    def across(self) -> int:
        """The width between the margins."""
        return self.width - self.left - self.right

    @property
    def down(self) -> int:
        """The height of the bars at most."""
        return self.height - _TOP - _BOTTOM


# To the right, half of the label of the last year; a narrow screen shows the second without making it smaller.
WIDE, NARROW = Layout(690, 200, 34, 18, 13), Layout(350, 220, 34, 14, 6)


def chart_spec(chart: Chart, layout: Layout = WIDE) -> dict[str, Any]:
    """The Vega-Lite specification of a chart: stacked bars, and a shade over years that no source knows completely.

    A dashed line with its year stands where other sources begin to be counted.
    """
    words = _key_words(chart, layout)
    rows = _seam_rows(chart, layout)
    above = _SEAM_ROW * (max(rows.values(), default=-1) + 1)
    top = _TOP + _KEY_ROW * sum(map(len, words.values())) + above
    layers = [_shade_layer(chart, layout), _bar_layer(chart, layout), *_seam_layers(rows, layout)]
    return {
        "$schema": _SCHEMA,
        "description": chart.description,
        "width": layout.across,
        "height": layout.down,
        "padding": {"left": layout.left, "right": layout.right, "top": top, "bottom": _BOTTOM},
        "autosize": {"type": "none"},
        "background": "transparent",
        "layer": [*layers, *_key_layers(words, top, layout)],
        "config": _config(),
    }


def _shade_layer(chart: Chart, layout: Layout) -> dict[str, Any]:
    mark = {"type": "rect", "color": SHADE, "aria": False}
    return {"data": {"values": _shaded(chart)}, "mark": mark, "encoding": _edges(chart, layout)}


def _bar_layer(chart: Chart, layout: Layout) -> dict[str, Any]:
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
    return {"data": {"values": bars}, "mark": mark, "encoding": _edges(chart, layout) | height}


def _seam_rows(chart: Chart, layout: Layout) -> dict[int, int]:
    """The years of the lines, and how high above the bars each stands.

    A year stands to the left of its line. Where lines are close the later is higher, so that no line runs through the
    year of another: the earlier begins below it, and the later passes to the right of it.
    """
    wide = layout.across / (chart.years[1] - chart.years[0] + 1)
    rows: dict[int, int] = {}
    for year in sorted({seam.year for seam in chart.seams}):
        last = max(rows, default=None)
        is_close = last is not None and (year - last) * wide < _SEAM_WIDTH
        rows[year] = rows[last] + 1 if last is not None and is_close else 0
    return rows


def _seam_layers(rows: dict[int, int], layout: Layout) -> list[dict[str, Any]]:
    """A dashed line before the first year of other sources, from the year above the bars to their foot."""
    if not rows:
        return []
    above = {
        "values": [{"at": year - 0.5, "label": str(year), "y": -_SEAM_ROW * (row + 1)} for year, row in rows.items()]
    }
    words = _words("right") | {"dx": -4, "fontWeight": 600}
    at = {"x": {"field": "at", "type": "quantitative"}, "y": _own("y")}
    return [
        {"data": above, "mark": _dashes(), "encoding": at | {"y2": {"value": layout.down}}},
        {"data": above, "mark": words, "encoding": at | {"text": {"field": "label"}}},
    ]


def _own(name: str) -> dict[str, Any]:
    """A place in pixels that each row holds itself."""
    return {"field": name, "type": "quantitative", "scale": None}


def _dashes() -> dict[str, Any]:
    return {"type": "rule", "color": INK, "strokeDash": [5, 3], "strokeWidth": 1.2, "aria": False}


def _words(side: str) -> dict[str, Any]:
    words = {"type": "text", "align": side, "baseline": "top", "color": INK, "font": _FONT, "fontSize": 11}
    return words | {"aria": False}


def _key_words(chart: Chart, layout: Layout) -> dict[str, list[str]]:
    """What the shade and the lines of a chart mean, each in lines of words; nothing of what it does not have."""
    held = {}
    if _shaded(chart):
        kinds = " and ".join(f"{said(kind)}s" for kind in chart.complete_of) or chart.unit
        held["shade"] = f"Shaded years: no list of {kinds} holds itself complete."
    if chart.seams:
        held["line"] = "Dashed line: from this year on other lists are counted, as is told below."
    most = int((layout.width - _SWATCH) / _LETTER)
    return {name: textwrap.wrap(text, most) for name, text in held.items()}


def _key_layers(words: dict[str, list[str]], top: int, layout: Layout) -> list[dict[str, Any]]:
    """The words at the top edge, with a piece of the shade and of a line before them."""
    layers: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    left, high = -layout.left, 2 - top
    for name, told in words.items():
        mark: dict[str, Any]
        if name == "shade":
            mark = {"type": "rect", "color": SHADE, "stroke": MUTED, "strokeWidth": 0.5, "aria": False}
            box = {"x": {"value": left + 1}, "x2": {"value": left + 12}}
        else:
            mark, box = _dashes() | {"strokeDash": [4, 2]}, {"x": {"value": left + 6}}
        ends = {"y": {"value": high}, "y2": {"value": high + 10}}
        layers.append({"data": {"values": [{}]}, "mark": mark, "encoding": box | ends})
        lines += [{"y": high + _KEY_ROW * number, "text": line} for number, line in enumerate(told)]
        high += _KEY_ROW * len(told)
    if not lines:
        return layers
    at = {"x": {"value": left + _SWATCH}, "y": _own("y"), "text": {"field": "text"}}
    return [*layers, {"data": {"values": lines}, "mark": _words("left"), "encoding": at}]


def _edges(chart: Chart, layout: Layout) -> dict[str, Any]:
    """Where each rectangle begins and ends from left to right, on an axis of whole years."""
    first, last = chart.years
    step = _step(chart, layout)
    years = [year for year in range(first, last + 1) if year % step == 0 or first == last]
    scale = {"domain": [first - 0.5, last + 0.5], "nice": False, "zero": False}
    axis = {"values": years, "format": "d", "grid": False, "ticks": False, "title": None, "labelPadding": 6}
    return {"x": {"field": "left", "type": "quantitative", "scale": scale, "axis": axis}, "x2": {"field": "right"}}


def draw_chart(chart: Chart, layout: Layout = WIDE) -> str:
    """The chart as SVG."""
    return vega_svg(chart_spec(chart, layout))


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
    """The years that no source knows completely, when it knows others so; a shade over all years would say nothing.

    Years one after another are one shade, in which no edge is seen.
    """
    first, last = chart.years
    runs: list[dict[str, float]] = []
    for year in range(first, last + 1) if chart.complete else ():
        if year in chart.complete:
            continue
        if runs and runs[-1]["right"] == year - 0.5:
            runs[-1]["right"] = year + 0.5
        else:
            runs.append({"left": year - 0.5, "right": year + 0.5})
    return runs


def _step(chart: Chart, layout: Layout) -> int:
    """Every how many years the axis is labeled."""
    span = chart.years[1] - chart.years[0]
    return next((step for step in (1, 2, 5, 10) if span // step < layout.most_labels), 20)


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
