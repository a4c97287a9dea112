"""The look of pictures: Okabe and Ito's colors, which color-blind readers can tell apart, darkened for white paper.

A layer has a color and a dash of its own, so that it is known without color too. Ties that divide are vermilion and
broken; no tie that binds is vermilion. Lines and letters stand out from the paper at least 3 : 1 (WCAG 2.2, 1.4.11).
"""

from __future__ import annotations

from typing import NamedTuple

from comity.errors import UnknownWord

PAPER = "#ffffff"
INK = "#1d2733"
MUTED = "#5b6672"
RULE = "#d9d5cb"
SHADE = "#f3f1ea"
FAINT = "#737b83"

BLUE, VERMILION, GREEN, ORANGE = "#0072b2", "#c8501e", "#00866a", "#d88a00"
PURPLE, SKY, YELLOW, GRAY = "#b0588f", "#4ea3d8", "#c9b800", "#9aa1a8"
# Areas may be light; a thin line of the same hue has to be darker to be seen.
DEEP_ORANGE, DEEP_SKY, OLIVE = "#c47c00", "#3690c8", "#8a7d00"

FONT = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif"


class Stroke(NamedTuple):
    """How the ties of a layer are drawn: a color, and a dash in pixels; an empty dash is an unbroken line."""

    color: str
    dash: str = ""


STROKES = {
    "alliance": Stroke(INK),
    "defense": Stroke(INK, "10 3"),
    "offense": Stroke(INK, "10 3 2 3"),
    "neutrality": Stroke(INK, "2 3"),
    "nonaggression": Stroke(INK, "6 4"),
    "consultation": Stroke(INK, "6 2 1 2"),
    "agreement": Stroke(BLUE),
    "access": Stroke(BLUE, "8 3"),
    "peacekeeping": Stroke(BLUE, "2 3"),
    "information_sharing": Stroke(PURPLE, "8 3"),
    "exercise": Stroke(GREEN),
    "operation": Stroke(GREEN, "8 3"),
    "training": Stroke(GREEN, "2 3"),
    "visit": Stroke(DEEP_ORANGE),
    "dialogue": Stroke(DEEP_ORANGE, "8 3"),
    "channel": Stroke(DEEP_ORANGE, "2 3"),
    "arms": Stroke(DEEP_SKY),
    "presence": Stroke(OLIVE),
    "organisation": Stroke(FAINT),
    "dispute": Stroke(VERMILION, "6 3"),
    "incident": Stroke(VERMILION, "2 3"),
    "rivalry": Stroke(VERMILION, "10 3 2 3"),
}
BLOCS = (BLUE, ORANGE, GREEN, PURPLE, YELLOW, SKY, VERMILION, FAINT)  # light fills; a letter names the bloc as well


def stroke_of(layer: str) -> Stroke:
    """How the ties of a layer are drawn; UnknownWord for one that has no color yet.

    >>> stroke_of("dispute")
    Stroke(color='#c8501e', dash='6 3')
    """
    if layer not in STROKES:
        raise UnknownWord(f"{layer!r} has no color in pictures; layers with one are {', '.join(STROKES)}")
    return STROKES[layer]


def contrast(one: str, other: str = PAPER) -> float:
    """How far two colors stand apart (WCAG 2.2): 1 the same, 21 black on white.

    >>> round(contrast("#000000"), 1), contrast(PAPER)
    (21.0, 1.0)
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def tint(color: str, share: float) -> str:
    """A color thinned with white paper, of which `share` is color; nothing shows through it.

    >>> tint("#000000", 0.5)
    '#808080'
    """
    parts = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * share + 1e-9):02x}" for part in parts)
