"""The network as SVG: plain shapes and text, readable in print and without color.

A layer of more ties than can be told apart shows the strongest, and says how many it leaves out. Where too many are
equal it draws none: states are then the larger the more partners they have in it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from html import escape

from comity.brief.blocks import Network, Node
from comity.brief.palette import FAINT, INK, LAYERS
from comity.brief.sections.ties import LAYER_TITLES
from comity.network import INCIDENT, Tie

WIDTH = 690
MOST_LINES = 60  # in one panel; of more the single line cannot be followed
_LEAST_LINES = 12  # of a layer of more: a few strong ties would hide how close all are
_PANEL = (230, 236)
_ACROSS = 3  # panels side by side
_RADIUS = 78.0
_MIDDLE = (115, 128)
_LOWER = 24  # by which the middle is lower where panels have a line below their title
_APART = 8  # by which such panels stand further apart, so that a title is clear of the names above it
_MOST_LEVEL = 24  # states on the circle, beyond which level names would lie on each other
_LARGEST = 5.6  # the radius of the state with most partners, where no tie is drawn
_LETTER = 0.92  # the height of letters by the room that a state has on the circle


@dataclass(frozen=True)
class _Frame:
    """What the panels of one picture share: where their middle is, and whether names stand around it like rays."""

    middle: tuple[float, float]
    size: tuple[float, float]
    has_rays: bool
    letters: float


def draw_network(network: Network) -> str:
    """The network as SVG: one panel for each layer, in which every state keeps its place; incidents are dashed."""
    held = {layer: _of_layer(network, layer) for layer in network.layers}
    frame = _frame(network, is_cut=any(len(drawn_ties(ties)) < len(ties) for ties in held.values()))
    panels = []
    for number, layer in enumerate(network.layers):
        x, y = number % _ACROSS * frame.size[0], number // _ACROSS * frame.size[1]
        panels.append(f'<g transform="translate({_n(x)} {_n(y)})">{_panel(network, layer, held[layer], frame)}</g>')
    rows = math.ceil(len(network.layers) / _ACROSS)
    return _svg(WIDTH, rows * frame.size[1], "".join(panels))


def rows_of(network: Network) -> list[str]:
    """The rows of a picture, each of up to three panels, as pictures of their own."""
    starts = range(0, len(network.layers), _ACROSS)
    return [draw_network(replace(network, layers=network.layers[first : first + _ACROSS])) for first in starts]


def drawn_ties(ties: Sequence[Tie]) -> list[Tie]:
    """Those of a layer that are drawn: all where they are few, else the strongest, of equal ones all or none.

    >>> weights = [*range(1, 100), *[100] * 3]
    >>> held = [Tie("FRA", "USA", "exercise", weight, ()) for weight in weights]
    >>> len(drawn_ties(held)), len(drawn_ties(held[:50])), len(drawn_ties(held[:1] * 100))
    (60, 50, 0)
    """
    if len(ties) <= MOST_LINES:
        return list(ties)
    by_weight = Counter(tie.weight for tie in ties)
    room, least = MOST_LINES, math.inf
    for weight in sorted(by_weight, reverse=True):
        room -= by_weight[weight]
        if room < 0:
            break
        least = weight
    drawn = [tie for tie in ties if tie.weight >= least]
    return drawn if len(drawn) >= _LEAST_LINES else []


def _of_layer(network: Network, layer: str) -> list[Tie]:
    return sorted((tie for tie in network.ties if tie.layer == layer), key=lambda tie: (tie.weight, tie))


def _frame(network: Network, *, is_cut: bool) -> _Frame:
    around = sum(not _is_inside(node) for node in network.nodes)
    lower, apart = (_LOWER, _APART) if is_cut else (0, 0)
    room = 2 * math.pi * (_RADIUS + 8) / max(around, 1)
    has_rays = around > _MOST_LEVEL
    letters = min(10.0, _LETTER * room) if has_rays else 10.0
    return _Frame((_MIDDLE[0], _MIDDLE[1] + lower), (_PANEL[0], _PANEL[1] + lower + apart), has_rays, letters)


def _svg(width: float, height: float, body: str) -> str:
    """The frame of a picture; its description stands beside it, so that it is read once."""
    size = f'viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" height="{_n(height)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} aria-hidden="true">{body}</svg>'


def _panel(network: Network, layer: str, held: Sequence[Tie], frame: _Frame) -> str:
    drawn = drawn_ties(held)
    heaviest = max(tie.weight for tie in held)
    places = {node.state: _place(node, frame) for node in network.nodes}
    partners = Counter(code for tie in held for code in (tie.state_a, tie.state_b))
    shown = {code for tie in drawn or held for code in (tie.state_a, tie.state_b)}
    shares = {} if drawn else {code: count / max(partners.values()) for code, count in partners.items()}
    lines = "".join(_line(tie, places, frame, tie.weight / heaviest, len(drawn)) for tie in drawn)
    nodes = "".join(
        _node(node, places[node.state], frame, _ink(node.state in shown), _radius(node.state, shown, shares))
        for node in network.nodes
    )
    dash = ' stroke-dasharray="3 4"' if layer == INCIDENT else ' stroke-linecap="round"'
    group = f'<g fill="none" stroke="{LAYERS[layer]}"{dash}>{lines}</g>'
    return f"{_title(layer, len(drawn), len(held))}{group}{nodes}"


def _title(layer: str, drawn: int, count: int) -> str:
    """The name of a layer above its color, and what of it is left out."""
    told = (
        f'<rect x="101" y="20" width="28" height="3" fill="{LAYERS[layer]}"/><text x="115" y="14" text-anchor="middle" '
        f'font-size="13" font-weight="600" fill="{INK}">{escape(LAYER_TITLES[layer])}</text>'
    )
    if drawn == count:
        return told
    left = f"the {drawn} strongest of {count:,} ties" if drawn else f"{count:,} ties, not drawn; larger: more partners"
    return f'{told}<text x="115" y="36" text-anchor="middle" font-size="9.5" fill="{INK}">{left}</text>'


def _place(node: Node, frame: _Frame) -> tuple[float, float]:
    return frame.middle[0] + node.x * _RADIUS, frame.middle[1] + node.y * _RADIUS


def _line(tie: Tie, places: dict[str, tuple[float, float]], frame: _Frame, share: float, count: int) -> str:
    (x1, y1), (x2, y2) = places[tie.state_a], places[tie.state_b]
    # Lines bend toward the middle, so that neighbors on the circle are told from states that face each other.
    cx = (x1 + x2) / 2 + (frame.middle[0] - (x1 + x2) / 2) * 0.3
    cy = (y1 + y2) / 2 + (frame.middle[1] - (y1 + y2) / 2) * 0.3
    # In a crowded panel the weak ties step back, so that the strong ones can be seen through them.
    faint = 0.25 if count > 40 else 0.55
    widest = 2.6 if count > 30 else 4.3
    width, opacity = 0.7 + widest * share, faint + (0.95 - faint) * share
    path = f"M{_n(x1)} {_n(y1)}Q{_n(cx)} {_n(cy)} {_n(x2)} {_n(y2)}"
    return f'<path d="{path}" stroke-width="{_n(width)}" stroke-opacity="{opacity:.2f}"/>'


def _ink(is_shown: bool) -> str:
    return INK if is_shown else FAINT


def _radius(code: str, shown: Set[str], shares: Mapping[str, float]) -> str:
    """How large a state is: small without a tie that is shown, by its share of partners where no tie is drawn."""
    radius = _LARGEST * math.sqrt(shares[code]) if code in shares else 3.4 if code in shown else 2.4
    return _n(max(radius, 1.6))


def _node(node: Node, place: tuple[float, float], frame: _Frame, ink: str, radius: str) -> str:
    """A state: full for the subject's own, hollow for others, faint and small where the panel shows no tie of it."""
    x, y = place
    fill = ink if node.is_inner else "#ffffff"
    weight = "600" if node.is_inner and ink == INK else "400"
    return (
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{radius}" '
        f'fill="{fill}" stroke="{ink}" stroke-width="1.2"/>'
        f'<text {_label_place(node, place, frame)} font-size="{_n(frame.letters)}" font-weight="{weight}" '
        f'fill="{ink}" stroke="#ffffff" stroke-width="2.5" paint-order="stroke">{escape(node.state)}</text>'
    )


def _is_inside(node: Node) -> bool:
    return math.hypot(node.x, node.y) < 0.6


def _label_place(node: Node, place: tuple[float, float], frame: _Frame) -> str:
    """Labels stand outside the circle, like rays where states are many; those in its middle stand above them."""
    x, y = place
    if frame.has_rays and not _is_inside(node):
        angle = math.degrees(math.atan2(node.y, node.x))
        is_left = node.x < -1e-9
        shift, anchor = (-9.0, "end") if is_left else (9.0, "start")
        turn = angle + 180 if is_left else angle
        middle = frame.letters * 0.35  # from the foot of a letter to its middle
        turned = f'transform="translate({_n(x)} {_n(y)}) rotate({_n(turn)})"'
        return f'{turned} x="{_n(shift)}" y="{_n(middle)}" text-anchor="{anchor}"'
    dx, dy, anchor = 0.0, -8.0, "middle"
    if not _is_inside(node):
        if abs(node.x) < 0.15:
            dy = -8.0 if node.y < 0 else 15.0
        else:
            dx, dy, anchor = (8.0, 3.5 + node.y * 5, "start") if node.x > 0 else (-8.0, 3.5 + node.y * 5, "end")
    return f'x="{_n(x + dx)}" y="{_n(y + dy)}" text-anchor="{anchor}"'


def _n(value: float) -> str:
    """A coordinate with one decimal and nothing more, so that the same picture has the same bytes."""
    return f"{round(value, 1) + 0.0:g}"
