"""The network and the map as SVG: plain shapes and text, readable in print and without color."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from html import escape

from comity.brief.blocks import Map, Network, Node, Point
from comity.brief.palette import FAINT, INK, LAYERS, MUTED, ORANGE, RULE, VERMILION
from comity.brief.sections.ties import LAYER_TITLES
from comity.brief.wording import plain
from comity.network import INCIDENT, Tie

WIDTH = 690
_PANEL = (230, 236)  # three panels stand side by side
_RADIUS = 78.0
_MIDDLE = (115, 128)
_MARGIN = 30
_GRID_DEGREES = 5
_AWAY = (4, 12, 20)  # how far from its mark a name may stand
_SHAPE = 1.35  # how much wider than high a map is

Frame = tuple[float, float, float, float]
At = Callable[[float, float], tuple[float, float]]
Placed = tuple[Point, tuple[float, float]]


def draw_network(network: Network) -> str:
    """The network as SVG: one panel for each layer, in which every state keeps its place; incidents are dashed."""
    panels = []
    for number, layer in enumerate(network.layers):
        x, y = number % 3 * _PANEL[0], number // 3 * _PANEL[1]
        panels.append(f'<g transform="translate({x} {y})">{_panel(network, layer)}</g>')
    rows = math.ceil(len(network.layers) / 3)
    return _svg(WIDTH, rows * _PANEL[1], "".join(panels))


def _svg(width: float, height: float, body: str) -> str:
    """The frame of a picture; its description stands beside it, so that it is read once."""
    size = f'viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" height="{_n(height)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} aria-hidden="true">{body}</svg>'


def _panel(network: Network, layer: str) -> str:
    held = sorted((tie for tie in network.ties if tie.layer == layer), key=lambda tie: (tie.weight, tie))
    heaviest = max(tie.weight for tie in held)
    places = {node.state: _place(node) for node in network.nodes}
    tied = {code for tie in held for code in (tie.state_a, tie.state_b)}
    lines = "".join(_line(tie, places, heaviest, len(held)) for tie in held)
    nodes = "".join(_node(node, places[node.state], node.state in tied) for node in network.nodes)
    title = (
        f'<rect x="101" y="20" width="28" height="3" fill="{LAYERS[layer]}"/><text x="115" y="14" text-anchor="middle" '
        f'font-size="13" font-weight="600" fill="{INK}">{escape(LAYER_TITLES[layer])}</text>'
    )
    dash = ' stroke-dasharray="3 4"' if layer == INCIDENT else ' stroke-linecap="round"'
    group = f'<g fill="none" stroke="{LAYERS[layer]}"{dash}>{lines}</g>'
    return f"{title}{group}{nodes}"


def _place(node: Node) -> tuple[float, float]:
    return _MIDDLE[0] + node.x * _RADIUS, _MIDDLE[1] + node.y * _RADIUS


def _line(tie: Tie, places: dict[str, tuple[float, float]], heaviest: int, count: int) -> str:
    (x1, y1), (x2, y2) = places[tie.state_a], places[tie.state_b]
    # Lines bend toward the middle, so that neighbors on the circle are told from states that face each other.
    cx = (x1 + x2) / 2 + (_MIDDLE[0] - (x1 + x2) / 2) * 0.3
    cy = (y1 + y2) / 2 + (_MIDDLE[1] - (y1 + y2) / 2) * 0.3
    share = tie.weight / heaviest
    # In a crowded panel the weak ties step back, so that the strong ones can be seen through them.
    faint = 0.25 if count > 40 else 0.55
    width, opacity = 0.7 + 4.3 * share, faint + (0.95 - faint) * share
    path = f"M{_n(x1)} {_n(y1)}Q{_n(cx)} {_n(cy)} {_n(x2)} {_n(y2)}"
    return f'<path d="{path}" stroke-width="{_n(width)}" stroke-opacity="{opacity:.2f}"/>'


def _node(node: Node, place: tuple[float, float], is_tied: bool) -> str:
    """A state: full for the subject's own, hollow for others, faint and small where the layer holds no tie of it."""
    x, y = place
    ink = INK if is_tied else FAINT
    fill = ink if node.is_inner else "#ffffff"
    dx, dy, anchor = _label_place(node)
    weight = "600" if node.is_inner and is_tied else "400"
    return (
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{3.4 if is_tied else 2.4}" '
        f'fill="{fill}" stroke="{ink}" stroke-width="1.2"/>'
        f'<text x="{_n(x + dx)}" y="{_n(y + dy)}" text-anchor="{anchor}" font-size="10" font-weight="{weight}" '
        f'fill="{ink}" stroke="#ffffff" stroke-width="2.5" paint-order="stroke">{escape(node.state)}</text>'
    )


def _label_place(node: Node) -> tuple[float, float, str]:
    """Labels stand outside the circle; those of states in its middle stand above them."""
    if math.hypot(node.x, node.y) < 0.6:
        return 0.0, -8.0, "middle"
    if abs(node.x) < 0.15:
        return 0.0, (-8.0 if node.y < 0 else 15.0), "middle"
    return (8.0, 3.5 + node.y * 5, "start") if node.x > 0 else (-8.0, 3.5 + node.y * 5, "end")


def draw_map(picture: Map) -> str:
    """The map as SVG: a graticule with degrees, places by name, incidents as circles whose area is their count."""
    frame = _frame(picture)
    west, south, east, north = frame
    scale = (WIDTH - 2 * _MARGIN) / (east - west)
    stretch = _stretch(south, north)
    height = (north - south) * scale * stretch + 2 * _MARGIN

    def at(longitude: float, latitude: float) -> tuple[float, float]:
        return _MARGIN + (longitude - west) * scale, _MARGIN + (north - latitude) * scale * stretch

    inside = [point for point in picture.points if _inside(point, frame)]
    circles = "".join(_incidents(point, at(point.longitude, point.latitude)) for point in inside if point.count)
    names = "".join(_labels([(point, at(point.longitude, point.latitude)) for point in inside]))
    return _svg(WIDTH, round(height), _graticule(frame, at) + circles + names)


def _stretch(south: float, north: float) -> float:
    """One degree of latitude is drawn as long as it is at the middle latitude of the frame."""
    return 1 / math.cos(math.radians((south + north) / 2))


def _frame(picture: Map) -> Frame:
    """The part of the region's frame in which something lies, with room around it, in the shape of the page."""
    inside = [point for point in picture.points if _inside(point, picture.frame)]
    if not inside:
        return picture.frame
    south = min(point.latitude for point in inside) - 1.5
    north = max(point.latitude for point in inside) + 1.5
    middle = (min(point.longitude for point in inside) + max(point.longitude for point in inside)) / 2
    across = max((north - south) * _stretch(south, north) * _SHAPE, 2 * (max(p.longitude for p in inside) - middle) + 4)
    return middle - across / 2, south, middle + across / 2, north


def _inside(point: Point, frame: Frame) -> bool:
    west, south, east, north = frame
    return west <= point.longitude <= east and south <= point.latitude <= north


def _graticule(frame: Frame, at: At) -> str:
    west, south, east, north = frame
    parts = []
    for longitude in _steps(west, east):
        (x, top), (_, bottom) = at(longitude, north), at(longitude, south)
        parts.append(f'<path d="M{_n(x)} {_n(top)}V{_n(bottom)}"/>')
        parts.append(_degree(x, bottom + 16, "middle", f"{longitude}°{'E' if longitude >= 0 else 'W'}"))
    for latitude in _steps(south, north):
        (left, y), (right, _) = at(west, latitude), at(east, latitude)
        parts.append(f'<path d="M{_n(left)} {_n(y)}H{_n(right)}"/>')
        side = "N" if latitude > 0 else "S" if latitude < 0 else ""
        parts.append(_degree(left - 4, y + 4, "end", f"{abs(latitude)}°{side}"))
    return f'<g stroke="{RULE}" stroke-width="1" fill="none">{"".join(parts)}</g>'


def _degree(x: float, y: float, anchor: str, text: str) -> str:
    where = f'x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}"'
    return f'<text {where} font-size="10.5" stroke="none" fill="{MUTED}">{text}</text>'


def _steps(low: float, high: float) -> range:
    first = math.ceil(low / _GRID_DEGREES) * _GRID_DEGREES
    return range(first, math.floor(high) + 1, _GRID_DEGREES)


def _radius(point: Point) -> float:
    """The area of a circle is the count; a place without an incident is a small square."""
    return 4.5 * math.sqrt(point.count) if point.count else 3.0


def _incidents(point: Point, place: tuple[float, float]) -> str:
    x, y = place
    return (
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(_radius(point))}" fill="{ORANGE}" fill-opacity="0.45" '
        f'stroke="{VERMILION}" stroke-width="1.2"/>'
    )


def _labels(placed: list[Placed]) -> Iterable[str]:
    """Names beside their marks: at the first place around the mark that covers no other mark and no other name."""
    taken = [_square(point, place) for point, place in placed]
    # Places with many incidents choose first; a name that had to go further off is tied to its mark by a thin line.
    for point, (x, y) in sorted((held for held in placed if held[0].name), key=_turn):
        wide = 6.7 * len(point.name)
        choices = [(away, choice) for away in _AWAY for choice in _choices(x, y, _radius(point) + away)]
        free = [held for held in choices if not any(_overlap(_box(held[1], wide), other) for other in taken)]
        away, (tx, ty, anchor) = (free or choices)[0]
        taken.append(_box((tx, ty, anchor), wide))
        tied = f'<path d="M{_n(x)} {_n(y)}L{_n(tx)} {_n(ty - 4)}" stroke="{MUTED}" stroke-width="0.7"/>'
        yield (
            f"{tied if away > _AWAY[0] else ''}"
            f'<rect x="{_n(x - 2)}" y="{_n(y - 2)}" width="4" height="4" fill="{INK}"/>'
            f'<text x="{_n(tx)}" y="{_n(ty)}" text-anchor="{anchor}" font-size="12" fill="{INK}" stroke="#ffffff" '
            f'stroke-width="2" paint-order="stroke">{escape(plain(point.name))}</text>'
        )


def _turn(held: Placed) -> tuple[float, float, float]:
    point, (x, y) = held
    return -point.count, y, x


def _choices(x: float, y: float, away: float) -> list[tuple[float, float, str]]:
    """Where a name may stand around its mark: right, left, below, above, and at the corners."""
    near = away * 0.7
    return [
        (x + away, y + 4, "start"),
        (x - away, y + 4, "end"),
        (x, y + away + 10, "middle"),
        (x, y - away - 1, "middle"),
        (x + near, y - near, "start"),
        (x + near, y + near + 8, "start"),
        (x - near, y - near, "end"),
        (x - near, y + near + 8, "end"),
    ]


def _square(point: Point, place: tuple[float, float]) -> Frame:
    x, y = place
    side = _radius(point)
    return x - side, y - side, x + side, y + side


def _box(choice: tuple[float, float, str], wide: float) -> Frame:
    x, y, anchor = choice
    left = x if anchor == "start" else x - wide if anchor == "end" else x - wide / 2
    return left, y - 10, left + wide, y + 3


def _overlap(one: Frame, two: Frame) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _n(value: float) -> str:
    """A coordinate with one decimal and nothing more, so that the same picture has the same bytes."""
    return f"{round(value, 1) + 0.0:g}"
