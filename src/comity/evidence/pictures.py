"""Pictures of estimates: the paths before and after a treatment, and one question under every set of choices."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from comity.errors import BadRequest
from comity.evidence.estimate import Estimate, Placebo, Specification
from comity.network.pictures.style import BLUE, FAINT, FONT, INK, MUTED, RULE, VERMILION

Values = dict[str, Any]

WIDTH, HEIGHT = 690, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 10, 10, 44
_ROW = 18
_LETTERS = 6.2  # pixels a letter takes at most, so that the longest name fits on any machine
_NORMAL = 1.96
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def course_spec(estimate: Estimate) -> Values:
    """The Vega-Lite specification of the path around a treatment: placebos before it, the effect by year after it.

    Before the treatment nothing should differ from zero; what does there says that the paths parted for other reasons.
    """
    points = [*_timed(estimate.placebo, "before"), *_timed(estimate.course, "after")]
    if not points:
        raise BadRequest(f"estimate {estimate.claim} {estimate.design} {estimate.name}: no placebo lead and no course")
    if estimate.course and any(point["at"] < -1 for point in points):
        points.append({"at": -1.0, "coefficient": 0.0, "low": 0.0, "high": 0.0, "when": "base"})
    first, last = min(point["at"] for point in points), max(point["at"] for point in points)
    ticks = list(range(int(first), int(last) + 1))
    scale = {"domain": [first - 0.5, last + 0.5], "nice": False, "zero": False}
    title = f"years since {estimate.treatment} began" if estimate.course else "years to the treatment that follows"
    axis = {"values": ticks, "format": "d", "grid": False, "ticks": False, "title": title, "titlePadding": 8}
    x = {"field": "at", "type": "quantitative", "scale": scale, "axis": axis}
    y_axis = {"title": None, "tickCount": 5, "domain": False, "ticks": False}
    y = {"field": "coefficient", "type": "quantitative", "axis": y_axis}
    said = f"{estimate.claim}, {estimate.design}: the effect of {estimate.treatment} on {estimate.outcome} by year"
    return _whole(said, points, (x, y, "y"), HEIGHT)


def curve_spec(estimate: Estimate) -> Values:
    """The Vega-Lite specification of one question under every set of choices, lowest coefficient first.

    The estimate itself is drawn dark among them.
    """
    main = Specification("this estimate", estimate.coefficient, estimate.low, estimate.high)
    held = sorted([*estimate.specifications, main], key=lambda one: one.coefficient)
    points = [
        {"at": one.name, "coefficient": one.coefficient, "low": one.low, "high": one.high, "when": _kind(one is main)}
        for one in held
    ]
    names = [one.name for one in held]
    if len(set(names)) < len(names):
        raise BadRequest(f"estimate {estimate.claim} {estimate.design} {estimate.name}: two specifications of one name")
    axis = {"title": None, "domain": False, "ticks": False, "labelLimit": WIDTH // 2, "grid": False}
    y = {"field": "at", "type": "nominal", "sort": names, "axis": axis}
    x_axis = {"title": f"effect ({estimate.unit})", "domain": False, "ticks": False, "tickCount": 6}
    x = {"field": "coefficient", "type": "quantitative", "axis": x_axis}
    said = f"{estimate.claim}: the effect of {estimate.treatment} on {estimate.outcome} under {len(held)} choices"
    left = min(WIDTH // 2, int(14 + _LETTERS * max(map(len, names))))
    return _whole(said, points, (y, x, "x"), _ROW * len(held) + _TOP + _BOTTOM, left)


def draw_course(estimate: Estimate) -> str:
    """The path around a treatment as SVG."""
    return _drawn(course_spec(estimate))


def draw_curve(estimate: Estimate) -> str:
    """The specification curve as SVG."""
    return _drawn(curve_spec(estimate))


def _drawn(spec: Values) -> str:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(json.dumps(spec), vl_version="6.4"))


def _kind(is_main: bool) -> str:
    return "main" if is_main else "other"


def _timed(held: Sequence[Placebo], when: str) -> list[Values]:
    """Coefficients whose names say a year, with their intervals; leads lie before the treatment they lead."""
    points = []
    for one in held:
        words = one.name.split()
        if words[0] == "lead":
            at = -float(words[1])
        elif words[-1] in ("before", "after"):
            at = float(words[0]) * (-1 if words[-1] == "before" else 1)
        else:
            continue  # a placebo of another kind has no place on a path
        reach = _NORMAL * one.standard_error
        ends = {"low": one.coefficient - reach, "high": one.coefficient + reach}
        points.append({"at": at, "coefficient": one.coefficient, "when": when} | ends)
    return points


def _whole(said: str, points: list[Values], axes: tuple[Values, Values, str], height: int, left: int = _LEFT) -> Values:
    """Intervals and their middles over a line at zero; `axes` are the places, the coefficients, and where these lie."""
    along, across, side = axes
    other = "x" if side == "y" else "y"
    colors = {"domain": ["before", "base", "after", "main", "other"], "range": [VERMILION, MUTED, BLUE, INK, FAINT]}
    color = {"color": {"field": "when", "type": "nominal", "scale": colors, "legend": None}}
    ends = {side: across | {"field": "low"}, f"{side}2": {"field": "high"}}
    zero = {"mark": {"type": "rule", "color": INK, "aria": False}, "encoding": {side: {"datum": 0}}}
    bars = {"mark": {"type": "rule", "strokeWidth": 2, "aria": False}, "encoding": {other: along} | ends | color}
    point = {"type": "point", "filled": True, "size": 50, "opacity": 1, "aria": False}
    dots = {"mark": point, "encoding": {other: along, side: across} | color}
    return {
        "$schema": _SCHEMA,
        "description": said,
        "width": WIDTH - left - _RIGHT,
        "height": height - _TOP - _BOTTOM,
        "padding": {"left": left, "right": _RIGHT, "top": _TOP, "bottom": _BOTTOM},
        "autosize": {"type": "none"},
        "background": "transparent",
        "data": {"values": points},
        "layer": [zero, bars, dots],
        "config": _config(),
    }


def _config() -> Values:
    letters: Values = {"labelFont": FONT, "labelFontSize": 11, "titleFont": FONT, "titleFontSize": 11}
    letters["titleFontWeight"] = "normal"
    colors = {"labelColor": MUTED, "titleColor": MUTED, "gridColor": RULE, "domainColor": INK}
    return {"axis": letters | colors | {"labelOverlap": False}, "view": {"stroke": None}, "aria": False}
