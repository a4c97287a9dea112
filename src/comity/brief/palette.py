"""The colors of briefs: what each layer and category looks like in the colors that all pictures share."""

from __future__ import annotations

from collections.abc import Sequence

from comity.brief.sections.acts import OTHER
from comity.network.pictures.style import (
    BLUE,
    FAINT,
    GRAY,
    GREEN,
    INK,
    MUTED,
    OLIVE,
    ORANGE,
    PURPLE,
    RULE,
    SHADE,
    SKY,
    VERMILION,
    YELLOW,
)

__all__ = ["FAINT", "INK", "LAYERS", "MUTED", "ORANGE", "RULE", "SHADE", "VERMILION", "category_colors"]

LAYERS = {
    "alliance": INK,
    "agreement": BLUE,
    "information_sharing": PURPLE,
    "exercise": GREEN,
    "dialogue": ORANGE,
    "visit": SKY,
    "assistance": OLIVE,
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
