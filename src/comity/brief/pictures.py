"""The network as SVG: plain shapes and text, readable in print and without color."""

from __future__ import annotations

import math
from html import escape

from comity.brief.blocks import Network, Node
from comity.brief.palette import FAINT, INK, LAYERS
from comity.brief.sections.ties import LAYER_TITLES
from comity.network import INCIDENT, Tie

WIDTH = 690
_PANEL = (230, 236)  # three panels stand side by side
_RADIUS = 78.0
_MIDDLE = (115, 128)


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


def _n(value: float) -> str:
    """A coordinate with one decimal and nothing more, so that the same picture has the same bytes."""
    return f"{round(value, 1) + 0.0:g}"
