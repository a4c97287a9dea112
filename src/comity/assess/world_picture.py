"""The series of the world as small pictures side by side: a line broken where unknown, and its horizon marked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.errors import BadRequest
from comity.network.pictures.style import BLUE, DEEP_ORANGE, FONT, GREEN, INK, MUTED, PURPLE, RULE, VERMILION
from comity.record.whole_files import write_whole

if TYPE_CHECKING:
    from comity.assess.world import Series, World

ENDINGS = (".svg", ".png")
COLUMNS, WIDTH, HEIGHT = 3, 250, 92
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_ROOM = 34  # for the labels of every upright axis, so that the pictures stand in line
_SCALE = 2.0  # a PNG has twice the pixels, so that it is sharp on any screen
# What is drawn, each with its title and unit; colors go by what a row is about: strife, peace, ties, network, lists.
DRAWN = {
    "dispute_onset_rate": ("New disputes", "in 1,000 pair-years", VERMILION),
    "has_fatal_dispute_rate": ("Pairs in deadly disputes", "in 1,000 pair-years", VERMILION),
    "war_onset_rate": ("Pairs that begin a war", "in 1,000 pair-years", VERMILION),
    "crisis_onset_rate": ("New crises", "in 1,000 pair-years", VERMILION),
    "interstate_conflict_ongoing_rate": ("Pairs in armed conflict", "in 1,000 pair-years", VERMILION),
    "peace_level_0_share": ("Severe rivals", "share of listed pairs", VERMILION),
    "peace_level_0.75_share": ("Pairs in warm peace", "share of listed pairs", GREEN),
    "peace_level_1_share": ("Security communities", "share of listed pairs", GREEN),
    "balanced_triad_share": ("Balanced triads", "share of allied and disputing", GREEN),
    "has_alliance_share": ("Allied pairs, any obligation", "share of pairs", BLUE),
    "is_defense_ally_share": ("Pairs with a defense pact", "share of pairs", BLUE),
    "agreement_stock_share": ("Pairs with a defense agreement", "share of pairs, signed since 1980", BLUE),
    "exercise_count_share": ("Pairs that exercise together", "share of pairs", BLUE),
    "arms_delivery_count_share": ("Pairs that trade arms", "share of pairs", BLUE),
    "has_diplomatic_contact_share": ("Pairs with an embassy", "share of pairs", BLUE),
    "alliance_bloc_count": ("Blocs of alliances", "number", PURPLE),
    "alliance_component_count": ("Parts of the alliance network", "number", PURPLE),
    "alliance_modularity": ("How far alliances form blocs", "modularity", PURPLE),
    "listed_exercise_count": ("Exercises", "listed, not all", DEEP_ORANGE),
    "listed_visit_count": ("Visits", "listed, not all", DEEP_ORANGE),
    "listed_dialogue_count": ("Dialogues", "listed, not all", DEEP_ORANGE),
}


def world_spec(told: World) -> dict[str, Any]:
    """The pictures as one Vega-Lite specification; series that are not known have none."""
    held = {series.name: series for series in told.series}
    shown = [held[name] for name in DRAWN if name in held and held[name].horizon is not None]
    if not shown:
        raise BadRequest("no series of these years is known, so there is nothing to draw")
    first, last = int(shown[0].years[0]), int(shown[0].years[-1])
    return {
        "$schema": _SCHEMA,
        "description": f"{_title(told)}, {first} to {last}: {len(shown)} series, each to the last year known.",
        "background": "white",
        "padding": 14,
        "title": {
            "text": f"{_title(told)}, {first} to {last}",
            "subtitle": [
                "A line is broken where unknown, and by dots where other lists begin; it ends where knowledge ends."
            ],
            "anchor": "start",
            "offset": 12,
        },
        "columns": COLUMNS,
        "spacing": {"row": 16, "column": 26},
        "concat": [_multiple(series, (first, last)) for series in shown],
        "config": _config(),
    }


def draw_world(told: World) -> str:
    """The pictures as SVG."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(json.dumps(world_spec(told)), vl_version="6.4"))


def check_world_ending(path: Path) -> None:
    """Raise BadRequest for a file whose ending is none of a picture."""
    if path.suffix not in ENDINGS:
        raise BadRequest(f"{path}: a picture ends in {' or '.join(ENDINGS)}, not {path.suffix or 'nothing'}")


def write_world(told: World, path: Path) -> None:
    """Write the pictures to a .svg or .png file, by its ending."""
    check_world_ending(path)
    if path.suffix == ".svg":
        write_whole(path, draw_world(told))
        return
    import vl_convert

    write_whole(path, vl_convert.svg_to_png(draw_world(told), scale=_SCALE))


def _title(told: World) -> str:
    return "The world" if told.region is None else f"Pairs of states in the region {told.region}"


def points(series: Series) -> list[dict[str, Any]]:
    """What is drawn of each year: its value, null where unknown, and whether it stands alone between unknown years.

    `part` numbers the stretches between seams: each has a line of its own.
    """
    known = ~np.isnan(series.values)
    part = np.searchsorted(np.array(series.seams), series.years, side="right")
    beside = np.zeros(len(known), dtype=bool)
    joined = part[1:] == part[:-1]
    beside[1:] |= known[:-1] & joined
    beside[:-1] |= known[1:] & joined
    return [
        {
            "year": int(year),
            "value": float(value) if is_known else None,
            "alone": bool(is_known and not has_neighbor),
            "part": int(number),
        }
        for year, value, is_known, has_neighbor, number in zip(
            series.years, series.values, known, beside, part, strict=True
        )
    ]


def _multiple(series: Series, years: tuple[int, int]) -> dict[str, Any]:
    """One small picture: the line, dots of years that stand alone, and a dashed rule at the last year known."""
    title, unit, color = DRAWN[series.name]
    first, last = years
    values = points(series)
    top = max(point["value"] for point in values if point["value"] is not None)
    x, y = _axes(first, last, top)
    line = {"type": "line", "color": color, "strokeWidth": 1.3, "invalid": "break-paths-show-path-domains"}
    dot = {"type": "point", "color": color, "filled": True, "size": 12, "opacity": 1}
    seam = {"type": "rule", "color": MUTED, "strokeDash": [1, 3]}
    at = {"data": {"values": [{"year": series.horizon, "label": f"to {series.horizon}"}]}}
    # A label near the right edge stands to the left of its rule, so that it stays inside.
    is_late = series.horizon is not None and series.horizon > first + 0.8 * (last - first)
    words = {"type": "text", "align": "right" if is_late else "left", "dx": -3 if is_late else 3}
    words |= {"baseline": "bottom", "dy": -1, "fontSize": 10, "color": MUTED, "font": FONT}
    return {
        "title": {"text": title, "subtitle": unit},
        "width": WIDTH,
        "height": HEIGHT,
        "layer": [
            {"data": {"values": [{"year": year - 0.5} for year in series.seams]}, "mark": seam, "encoding": {"x": x}},
            {"data": {"values": values}, "mark": line, "encoding": {"x": x, "y": y, "detail": {"field": "part"}}},
            {
                "data": {"values": [point for point in values if point["alone"]]},
                "mark": dot,
                "encoding": {"x": x, "y": y},
            },
            at | {"mark": {"type": "rule", "color": MUTED, "strokeDash": [3, 3]}, "encoding": {"x": x}},
            at | {"mark": words, "encoding": {"x": x, "y": {"value": 0}, "text": {"field": "label"}}},
        ],
    }


def _axes(first: int, last: int, top: float) -> tuple[dict[str, Any], dict[str, Any]]:
    """Years along, values up from 0."""
    x = {
        "field": "year",
        "type": "quantitative",
        "scale": {"domain": [first, last], "nice": False},
        "axis": {"values": _ticks(first, last), "format": "d", "title": None, "grid": False},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, top or 1], "nice": True},
        "axis": {"title": None, "tickCount": 3, "minExtent": _ROOM, "maxExtent": _ROOM},
    }
    return x, y


def _ticks(first: int, last: int) -> list[int]:
    """Round years inside the span, five or so."""
    step = next((step for step in (1, 2, 5, 10, 20, 50) if (last - first) / step <= 5), 100)
    return [year for year in range(first, last + 1) if year % step == 0]


def _config() -> dict[str, Any]:
    axis = {"labelColor": MUTED, "labelFont": FONT, "labelFontSize": 10, "gridColor": RULE, "domainColor": INK}
    title = {
        "font": FONT,
        "fontSize": 12,
        "color": INK,
        "anchor": "start",
        "subtitleFont": FONT,
        "subtitleFontSize": 10,
    }
    title |= {"subtitleColor": MUTED, "offset": 6}
    return {"axis": axis | {"ticks": False, "domain": False}, "title": title, "view": {"stroke": None}}
