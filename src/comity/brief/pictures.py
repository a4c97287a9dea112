"""The network and the map as SVG: plain shapes and text, readable in print and without color."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from html import escape

from comity.brief.blocks import Map, Network, Node, Point
from comity.brief.palette import INK, LAYERS, MUTED, ORANGE, RULE, VERMILION
from comity.brief.wording import counted
from comity.network import INCIDENT, Tie

NETWORK_SIZE = (690, 560)
_RADIUS = 212.0
_NODE = 7.0
_GAP = 5.5  # between parallel lines of one pair
MAP_WIDTH = 690
_MARGIN = 30
_GRID_DEGREES = 5


def draw_network(network: Network) -> str:
    """The network as SVG: states on a circle, one curved line for each tie, incidents dashed."""
    width, height = NETWORK_SIZE
    places = {node.state: _place(node) for node in network.nodes}
    lines = "".join(_lines(network, places))
    nodes = "".join(_node(node, places[node.state]) for node in network.nodes)
    return _svg(width, height, network.description, f'<g fill="none" stroke-linecap="round">{lines}</g>{nodes}')


def _svg(width: float, height: float, description: str, body: str) -> str:
    label = escape(description, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" '
        f'width="{_n(width)}" height="{_n(height)}" role="img" aria-label="{label}">{body}</svg>'
    )


def _place(node: Node) -> tuple[float, float]:
    width, height = NETWORK_SIZE
    return width / 2 + node.x * _RADIUS, height / 2 + node.y * _RADIUS


def _lines(network: Network, places: dict[str, tuple[float, float]]) -> Iterable[str]:
    by_pair: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in network.ties:
        by_pair[tie.state_a, tie.state_b].append(tie)
    heaviest = max((tie.weight for tie in network.ties), default=1)
    drawn = []
    for (one, two), held in sorted(by_pair.items()):
        ordered = sorted(held, key=lambda tie: network.layers.index(tie.layer))
        for number, tie in enumerate(ordered):
            offset = (number - (len(ordered) - 1) / 2) * _GAP
            drawn.append((tie.weight, _line(tie, (places[one], places[two]), offset, heaviest)))
    # Thin lines come last, so that a thick one never hides them.
    return [line for _, line in sorted(drawn, key=lambda held: -held[0])]


def _line(tie: Tie, ends: tuple[tuple[float, float], tuple[float, float]], offset: float, heaviest: int) -> str:
    (x1, y1), (x2, y2) = ends
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    across = (-(y2 - y1) / length * offset, (x2 - x1) / length * offset)
    width, height = NETWORK_SIZE
    # Lines bend toward the center, so that neighbors on the circle are told from states that face each other.
    bend = 0.28
    middle = ((x1 + x2) / 2, (y1 + y2) / 2)
    cx = middle[0] + (width / 2 - middle[0]) * bend + across[0] * 2
    cy = middle[1] + (height / 2 - middle[1]) * bend + across[1] * 2
    stroke = 1.1 + 4.4 * math.sqrt(tie.weight / heaviest)
    dash = ' stroke-dasharray="2 6"' if tie.layer == INCIDENT else ""
    start = f"{_n(x1 + across[0])} {_n(y1 + across[1])}"
    end = f"{_n(x2 + across[0])} {_n(y2 + across[1])}"
    return (
        f'<path d="M{start}Q{_n(cx)} {_n(cy)} {end}" stroke="{LAYERS[tie.layer]}" '
        f'stroke-width="{_n(stroke)}" stroke-opacity="0.82"{dash}/>'
    )


def _node(node: Node, place: tuple[float, float]) -> str:
    x, y = place
    fill = INK if node.is_inner else "#ffffff"
    dx, dy, anchor = _label_place(node)
    weight = "600" if node.is_inner else "400"
    return (
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(_NODE)}" fill="{fill}" stroke="{INK}" stroke-width="1.6"/>'
        f'<text x="{_n(x + dx)}" y="{_n(y + dy)}" text-anchor="{anchor}" font-size="14" font-weight="{weight}" '
        f'fill="{INK}" stroke="#ffffff" stroke-width="3.5" paint-order="stroke">{escape(node.name)}</text>'
    )


def _label_place(node: Node) -> tuple[float, float, str]:
    """Labels stand outside the circle; those of the states in its middle stand above them."""
    if math.hypot(node.x, node.y) < 0.6:
        return 0.0, -14.0, "middle"
    if abs(node.x) < 0.2:
        return 0.0, (-15.0 if node.y < 0 else 24.0), "middle"
    return (14.0, 5.0 + node.y * 6, "start") if node.x > 0 else (-14.0, 5.0 + node.y * 6, "end")


def draw_map(picture: Map) -> str:
    """The map as SVG: a graticule with degrees, places by name, incidents as circles whose area is their count."""
    west, south, east, north = picture.frame
    scale = (MAP_WIDTH - 2 * _MARGIN) / (east - west)
    # One degree of latitude is drawn as long as it is at the middle latitude of the frame.
    stretch = 1 / math.cos(math.radians((south + north) / 2))
    height = (north - south) * scale * stretch + 2 * _MARGIN

    def at(longitude: float, latitude: float) -> tuple[float, float]:
        return _MARGIN + (longitude - west) * scale, _MARGIN + (north - latitude) * scale * stretch

    inside = [point for point in picture.points if _inside(point, picture.frame)]
    circles = "".join(_incidents(point, at(point.longitude, point.latitude)) for point in inside if point.count)
    names = "".join(_labels([(point, at(point.longitude, point.latitude)) for point in inside if not point.count]))
    body = _graticule(picture.frame, at) + circles + names
    return _svg(MAP_WIDTH, round(height), picture.description, body)


def _inside(point: Point, frame: tuple[float, float, float, float]) -> bool:
    west, south, east, north = frame
    return west <= point.longitude <= east and south <= point.latitude <= north


def _graticule(frame: tuple[float, float, float, float], at: object) -> str:
    assert callable(at)
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
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" font-size="10.5" stroke="none" fill="{MUTED}">{text}</text>'
    )


def _steps(low: float, high: float) -> range:
    first = math.ceil(low / _GRID_DEGREES) * _GRID_DEGREES
    return range(first, math.floor(high) + 1, _GRID_DEGREES)


def _incidents(point: Point, place: tuple[float, float]) -> str:
    x, y = place
    radius = 4.5 * math.sqrt(point.count)
    return (
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{ORANGE}" fill-opacity="0.45" '
        f'stroke="{VERMILION}" stroke-width="1.2"><title>{escape(counted(point.count, "incident"))}</title></circle>'
    )


def _labels(placed: list[tuple[Point, tuple[float, float]]]) -> Iterable[str]:
    """Names beside their marks, right or left, above or below: the first that covers no name already written."""
    taken: list[tuple[float, float, float, float]] = []
    for point, (x, y) in sorted(placed, key=lambda held: (held[1][1], held[1][0])):
        wide = 6.6 * len(point.name)
        choices = [(x + 7, y + 4, "start"), (x - 7, y + 4, "end"), (x, y - 8, "middle"), (x, y + 17, "middle")]
        boxes = [(_box(choice, wide), choice) for choice in choices]
        free = [(box, choice) for box, choice in boxes if not any(_overlap(box, other) for other in taken)]
        box, (tx, ty, anchor) = (free or boxes)[0]
        taken.append(box)
        yield (
            f'<rect x="{_n(x - 2.5)}" y="{_n(y - 2.5)}" width="5" height="5" fill="{INK}"/>'
            f'<text x="{_n(tx)}" y="{_n(ty)}" text-anchor="{anchor}" font-size="12" fill="{INK}" stroke="#ffffff" '
            f'stroke-width="3" paint-order="stroke">{escape(point.name)}</text>'
        )


def _box(choice: tuple[float, float, str], wide: float) -> tuple[float, float, float, float]:
    x, y, anchor = choice
    left = x if anchor == "start" else x - wide if anchor == "end" else x - wide / 2
    return left, y - 12, left + wide, y + 4


def _overlap(one: tuple[float, float, float, float], two: tuple[float, float, float, float]) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _n(value: float) -> str:
    """A coordinate with one decimal and nothing more, so that the same picture has the same bytes."""
    return f"{round(value, 1) + 0.0:g}"
