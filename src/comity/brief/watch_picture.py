"""The picture of a watch list: a ladder of pairs, each with its chance, the range of refits and the year before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from comity.brief.artist import vega_svg
from comity.brief.palette import FAINT, INK, MUTED, RULE, VERMILION
from comity.brief.watch_sheet import Sheet
from comity.brief.watch_words import names, one_in

MOST = 30
TICKS = (1e-5, 1e-4, 1e-3, 3e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1)
_TOP, _BOTTOM = 8, 40
_FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


@dataclass(frozen=True)
class Layout:
    """How wide a ladder is, how high a rung, and whether names stand above their bars, as a narrow screen needs it."""

    width: int
    step: int
    left: int
    right: int
    is_narrow: bool = False


WIDE, NARROW = Layout(760, 24, 250, 84), Layout(360, 44, 6, 6, is_narrow=True)


def ladder_spec(sheet: Sheet, layout: Layout = WIDE) -> dict[str, Any]:
    """The Vega-Lite specification of the ladder, on a scale by factors; a hollow point is a pair already at it."""
    rows = _rows(sheet)
    height = layout.step * len(rows)
    values = [row[name] for row in rows for name in ("low", "high", "chance", "before") if row[name]]
    domain = [min(values) * 0.8, max(values) * 1.25]
    ticks = [tick for tick in TICKS if domain[0] <= tick <= domain[1]]
    axis = {"values": ticks, "format": "~%", "grid": True, "domain": False, "ticks": False, "labelPadding": 8}
    x = {"type": "quantitative", "scale": {"type": "log", "domain": domain, "nice": False}}
    x |= {"axis": axis | {"title": f"chance in the {'month' if sheet.watch.month else 'year'}, on a scale by factors"}}
    y = {"field": "place", "type": "ordinal", "axis": None, "scale": {"domain": [row["place"] for row in rows]}}
    return {
        "$schema": _SCHEMA,
        "description": describe(sheet),
        "width": layout.width - layout.left - layout.right,
        "height": height,
        "padding": {"left": layout.left, "right": layout.right, "top": _TOP, "bottom": _BOTTOM},
        "autosize": {"type": "none"},
        "background": "transparent",
        "data": {"values": rows},
        "encoding": {"y": y},
        "layer": _layers(x, layout),
        "config": {
            "axis": {"labelColor": MUTED, "labelFont": _FONT, "labelFontSize": 11, "gridColor": RULE}
            | {"titleColor": MUTED, "titleFont": _FONT, "titleFontSize": 11, "titleFontWeight": "normal"},
            "view": {"stroke": None},
            "aria": False,
        },
    }


def _layers(x: dict[str, Any], layout: Layout) -> list[dict[str, Any]]:
    words = {"type": "text", "font": _FONT, "fontSize": 12.5, "baseline": "middle", "aria": False}
    edge = {"value": layout.width - layout.left - layout.right}
    name, told = {"align": "right", "dx": -12}, {"align": "right", "dx": layout.right - 2}
    if layout.is_narrow:
        name, told = {"align": "left", "dy": -17}, {"align": "right", "dy": -17}
    color = {"condition": {"test": "datum.is_ongoing", "value": "white"}, "value": VERMILION}
    return [
        {
            "mark": {"type": "rule", "strokeWidth": 5, "color": FAINT, "opacity": 0.45},
            "encoding": _at(x, "low") | {"x2": {"field": "high"}},
        },
        {
            "mark": {"type": "tick", "thickness": 2, "size": 13, "color": MUTED},
            "transform": [{"filter": "isValid(datum.before)"}],
            "encoding": _at(x, "before"),
        },
        {
            "mark": {"type": "point", "filled": True, "size": 85, "stroke": VERMILION, "strokeWidth": 2, "opacity": 1},
            "encoding": _at(x, "chance") | {"fill": color},
        },
        {
            "mark": words | name | {"color": INK},
            "encoding": {"x": {"value": 0}, "text": {"field": "name"}},
        },
        {
            "mark": words | told | {"color": MUTED},
            "encoding": {"x": edge, "text": {"field": "one_in"}},
        },
    ]


def _at(x: dict[str, Any], field: str) -> dict[str, Any]:
    return {"x": x | {"field": field}}


def _rows(sheet: Sheet) -> list[dict[str, Any]]:
    return [
        {
            "place": rank,
            "name": names(*pair.states),
            "chance": pair.chance,
            "low": pair.low,
            "high": pair.high,
            "before": pair.before,
            "one_in": one_in(pair.chance),
            "is_ongoing": pair.is_ongoing,
        }
        for rank, pair in sheet.shown[:MOST]
    ]


def describe(sheet: Sheet) -> str:
    """The picture in words, for who does not see it."""
    watch, shown = sheet.watch, sheet.shown[:MOST]
    if not shown:
        return "No pair is on the list."
    first, last = shown[0][1], shown[-1][1]
    hollow = " A hollow point is a pair already at it." if any(pair.is_ongoing for _, pair in shown) else ""
    return (
        f"{len(shown)} pairs by their chance in {watch.period}, from {names(*first.states)} "
        f"({one_in(first.chance)}) to {names(*last.states)} ({one_in(last.chance)}). The bar is the range of refits, "
        f"the tick the chance on the list for {watch.period_before}.{hollow}"
    )


def draw_ladder(sheet: Sheet, layout: Layout = WIDE) -> str:
    """The ladder as SVG; nothing where no pair is shown."""
    return vega_svg(ladder_spec(sheet, layout)) if sheet.shown else ""
