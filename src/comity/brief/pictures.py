"""The network as SVG: plain shapes and text, readable in print and without color.

A layer of more ties than can be told apart shows the strongest, and says how many it leaves out. Where too many are
equal none is drawn: the layer is then told in a sentence.
"""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from comity.brief.blocks import Network, Node
from comity.brief.palette import FAINT, INK, LAYERS
from comity.brief.sections.ties import LAYER_TITLES
from comity.brief.wording import counted
from comity.network import INCIDENT, Tie

WIDTH = 690
LETTERS = 10.5  # the least height of letters: 7 pt where a picture is printed 16.6 cm wide
MOST_LINES = 60  # in one panel; of more the single line cannot be followed
_LEAST_LINES = 12  # of a layer of more: a few strong ties would hide how close all are
_FULL = 12  # the least weight of a line of full width: a single tie is thin in every layer
_HEAD = 47  # the height of the title of a panel and of the line below it
_AROUND = 34  # what a ray of three letters needs outside the circle
_RADIUS = 78.0
_MOST_LEVEL = 24  # states on the circle, beyond which level names would lie on each other
_LETTER = 0.92  # the height of letters by the room that a state has on the circle
_MOST_ACROSS = 3  # panels side by side
_LINE = 15  # the height of a line of words below the panels
_WORDS = 105  # letters on it


@dataclass(frozen=True)
class _Frame:
    """What the panels of one picture share: how many stand side by side, their size, and whether names are rays."""

    across: int
    radius: float
    size: tuple[float, float]
    middle: tuple[float, float]
    has_rays: bool


def draw_network(network: Network) -> str:
    """The network as SVG: one panel for each layer, in which every state keeps its place; incidents are dashed.

    Layers of which no line can be told apart are told in words below the panels.
    """
    frame = _frame(network)
    return _rows(network, _drawn_layers(network), frame, _wrapped(undrawn(network)))


def rows_of(network: Network) -> list[str]:
    """The rows of a picture as pictures of their own, each like the row of the whole."""
    frame, rows, words = _frame(network), layer_rows(network), _wrapped(undrawn(network))
    last = len(rows) - 1
    return [_rows(network, layers, frame, words if place == last else ()) for place, layers in enumerate(rows)]


def layer_rows(network: Network) -> list[list[str]]:
    """The layers that are drawn, those of each row of the picture together; one empty row where none is."""
    across, layers = _frame(network).across, _drawn_layers(network)
    return [layers[first : first + across] for first in range(0, len(layers), across)] or [[]]


def panels_of(network: Network) -> tuple[int, list[str]]:
    """How many panels stand side by side where there is room, and each panel as a picture of its own."""
    frame = _frame(network)
    return frame.across, [_svg(frame.size, _panel(network, layer, frame)) for layer in _drawn_layers(network)]


def undrawn(network: Network) -> list[str]:
    """The layers that no panel shows, each in a sentence: how many ties, among whom, and who has most partners."""
    names = {node.state: node.name for node in network.nodes}
    told = []
    for layer in network.layers:
        held = _of_layer(network, layer)
        if drawn_ties(held):
            continue
        partners = Counter(code for tie in held for code in (tie.state_a, tie.state_b))
        ranked = sorted(partners, key=lambda code: (-partners[code], code))
        about = f"{LAYER_TITLES[layer]}: not drawn, for lines so many and so alike would hide each other."
        if len(held) == len(partners) * (len(partners) - 1) // 2:
            told.append(f"{about} Each of {len(partners)} states has a tie with each other.")
        else:
            most = ", ".join(f"{names[code]} ({partners[code]})" for code in ranked[:3])
            told.append(f"{about} {len(held):,} ties among {len(partners)} states; most partners: {most}.")
    return told


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


def _drawn_layers(network: Network) -> list[str]:
    return [layer for layer in network.layers if drawn_ties(_of_layer(network, layer))]


def _of_layer(network: Network, layer: str) -> list[Tie]:
    return sorted((tie for tie in network.ties if tie.layer == layer), key=lambda tie: (tie.weight, tie))


def _frame(network: Network) -> _Frame:
    """As many panels side by side as leave each state on the circle the room of its letters."""
    around = sum(not _is_inside(node) for node in network.nodes)
    has_rays = around > _MOST_LEVEL
    radius = max(_RADIUS, around * LETTERS / (_LETTER * 2 * math.pi) - 8) if has_rays else _RADIUS
    across = max(1, min(_MOST_ACROSS, int(WIDTH / (2 * (radius + _AROUND)))))
    outside = _AROUND if has_rays else 24
    size = (WIDTH / across, _HEAD + 2 * (radius + outside) + 8)
    return _Frame(across, radius, size, (size[0] / 2, _HEAD + radius + outside), has_rays)


def _rows(network: Network, layers: Sequence[str], frame: _Frame, words: Sequence[str]) -> str:
    """Panels in rows, and lines of words below them."""
    (wide, high), panels = frame.size, []
    for number, layer in enumerate(layers):
        x, y = number % frame.across * wide, number // frame.across * high
        panels.append(f'<g transform="translate({_n(x)} {_n(y)})">{_panel(network, layer, frame)}</g>')
    foot = math.ceil(len(layers) / frame.across) * high
    lines = [
        f'<text x="0" y="{_n(foot + _LINE * number)}" font-size="{LETTERS}" fill="{INK}">{escape(line)}</text>'
        for number, line in enumerate(words, 1)
    ]
    return _svg((WIDTH, foot + _LINE * len(lines) + (6 if lines else 0)), "".join([*panels, *lines]))


def _wrapped(sentences: Iterable[str]) -> list[str]:
    return [line for sentence in sentences for line in textwrap.wrap(sentence, _WORDS)]


def _svg(size: tuple[float, float], body: str) -> str:
    """The frame of a picture; its description stands beside it, so that it is read once."""
    width, height = (_n(each) for each in size)
    told = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {told} aria-hidden="true">{body}</svg>'


def _panel(network: Network, layer: str, frame: _Frame) -> str:
    held = _of_layer(network, layer)
    drawn = drawn_ties(held)
    places = {node.state: _place(node, frame) for node in network.nodes}
    shown = {code for tie in drawn for code in (tie.state_a, tie.state_b)}
    heaviest = held[-1].weight
    lines = "".join(_line(tie, places, frame, heaviest, len(drawn)) for tie in drawn)
    nodes = "".join(_node(node, places[node.state], frame, is_shown=node.state in shown) for node in network.nodes)
    dash = ' stroke-dasharray="3 4"' if layer == INCIDENT else ' stroke-linecap="round"'
    group = f'<g fill="none" stroke="{LAYERS[layer]}"{dash}>{lines}</g>'
    return f"{_title(layer, drawn, len(held), frame)}{group}{nodes}"


def _title(layer: str, drawn: Sequence[Tie], count: int, frame: _Frame) -> str:
    """The name of a layer above its color; then how many of its ties are drawn, and what its widest line stands for."""
    middle = frame.middle[0]
    kept = counted(count, "tie") if len(drawn) == count else f"strongest {len(drawn)} of {count:,}"
    widest = f", widest {drawn[-1].weight:,}" if drawn[-1].weight > 1 else ""
    return (
        f'<rect x="{_n(middle - 14)}" y="20" width="28" height="3" fill="{LAYERS[layer]}"/>'
        f'<text x="{_n(middle)}" y="14" text-anchor="middle" font-size="13" font-weight="600" '
        f'fill="{INK}">{escape(LAYER_TITLES[layer])}</text>'
        f'<text class="told" x="{_n(middle)}" y="36" text-anchor="middle" font-size="{LETTERS}" '
        f'fill="{INK}">{kept}{widest}</text>'
    )


def _place(node: Node, frame: _Frame) -> tuple[float, float]:
    return frame.middle[0] + node.x * frame.radius, frame.middle[1] + node.y * frame.radius


def _line(tie: Tie, places: dict[str, tuple[float, float]], frame: _Frame, heaviest: int, count: int) -> str:
    (x1, y1), (x2, y2) = places[tie.state_a], places[tie.state_b]
    # Lines bend toward the middle, so that neighbors on the circle are told from states that face each other.
    cx = (x1 + x2) / 2 + (frame.middle[0] - (x1 + x2) / 2) * 0.3
    cy = (y1 + y2) / 2 + (frame.middle[1] - (y1 + y2) / 2) * 0.3
    # In a crowded panel the weak ties step back, so that the strong ones can be seen through them.
    faint = 0.25 if count > 40 else 0.55
    widest = 2.6 if count > 30 else 4.3
    width = 0.8 + widest * tie.weight / max(heaviest, _FULL)
    opacity = faint + (0.95 - faint) * tie.weight / heaviest
    path = f"M{_n(x1)} {_n(y1)}Q{_n(cx)} {_n(cy)} {_n(x2)} {_n(y2)}"
    return f'<path d="{path}" stroke-width="{_n(width)}" stroke-opacity="{opacity:.2f}"/>'


def _node(node: Node, place: tuple[float, float], frame: _Frame, *, is_shown: bool) -> str:
    """A state: full for the subject's own, hollow for others, faint and small where the panel shows no tie of it."""
    x, y = place
    ink, radius = (INK, 3.4) if is_shown else (FAINT, 2.4)
    fill = ink if node.is_inner else "#ffffff"
    weight = "600" if node.is_inner and is_shown else "400"
    return (
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{radius}" '
        f'fill="{fill}" stroke="{ink}" stroke-width="1.2"/>'
        f'<text class="name" {_label_place(node, place, frame)} font-size="{LETTERS}" font-weight="{weight}" '
        f'fill="{ink}" stroke="#ffffff" stroke-width="3" stroke-linejoin="round" '
        f'paint-order="stroke">{escape(node.state)}</text>'
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
        middle = LETTERS * 0.35  # from the foot of a letter to its middle
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
