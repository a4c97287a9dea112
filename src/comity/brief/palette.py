"""The colors of pictures: Okabe and Ito's set, which color-blind readers can tell apart, darkened for white paper."""

from __future__ import annotations

from collections.abc import Sequence

from comity.brief.sections.acts import OTHER

INK = "#1d2733"
MUTED = "#5b6672"
RULE = "#d9d5cb"
SHADE = "#f3f1ea"
FAINT = "#737b83"

BLUE, VERMILION, GREEN, ORANGE = "#0072b2", "#c8501e", "#00866a", "#d88a00"
PURPLE, SKY, YELLOW, GRAY = "#b0588f", "#4ea3d8", "#c9b800", "#9aa1a8"

LAYERS = {
    "alliance": INK,
    "agreement": BLUE,
    "information_sharing": PURPLE,
    "exercise": GREEN,
    "dialogue": ORANGE,
    "visit": SKY,
    "assistance": "#8a7d00",
    "incident": VERMILION,
}
_FIXED = {
    "exercise": GREEN,
    "visit": SKY,
    "dialogue": ORANGE,
    "operation": BLUE,
    "port_call": PURPLE,
    "information_sharing": INK,
    "arms_transfer": YELLOW,
    "collision": VERMILION,
    "water_cannon": BLUE,
    "close_approach": SKY,
    "ramming": ORANGE,
    "laser": GREEN,
    OTHER: GRAY,
}
_FREE = (BLUE, ORANGE, GREEN, VERMILION, SKY, PURPLE, YELLOW, INK)


def category_colors(categories: Sequence[str]) -> dict[str, str]:
    """A color for each category: its own where it has one, otherwise the next that is free.

    >>> category_colors(["exercise", "visit"])["exercise"]
    '#00866a'
    """
    colors = {name: _FIXED[name] for name in categories if name in _FIXED}
    free = [color for color in _FREE if color not in colors.values()]
    for name in categories:
        if name not in colors:
            colors[name] = free.pop(0)
    return colors
