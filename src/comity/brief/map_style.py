"""How maps look: their colors, their letters, and what stands apart from what in color, in gray and for any eye.

From land to the darkest shade each step is lighter than the next by a quarter at least, so that a gray print tells them
apart. What no shade may stand for differs by form: the subject has a dark outline, disputed land is hatched.
"""

from __future__ import annotations

from typing import Any

from comity.brief.blocks import Map
from comity.brief.palette import INK

FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
SHADES = ("#b5d1e8", "#83b3d9", "#5292c5", "#24699f", "#0c4070")
OWN = ("#fdf0c0", "#dbe7c3")  # of two states side by side each has its own
LAND, CONTESTED, WATER_FILL = "#ebe7dc", "#d3cec2", "#f7fafb"
EDGE, GRID, HATCH = "#a9b0b5", "#e4eaed", "#8f8675"
OUTLINE = 1.3  # pixels of the line around the subject
STATE, OTHER, WATER, AREA, PLACE = "state", "other", "water", "area", "place"
# A picture is printed 16.6 cm wide, where 10.5 of its 690 pixels are 7.2 points.
SIZES = {STATE: 12.5, OTHER: 10.5, WATER: 11.0, AREA: 10.5, PLACE: 10.5}
LEAST_LETTERS = 10.5
INKS = {STATE: INK, OTHER: "#2f3943", WATER: "#3d6f8e", AREA: "#4d3208", PLACE: INK}
HALO, HALO_WIDE = "#ffffff", 2.6
_DARK = 0.2  # the luminance below which light letters are read better than dark ones


def luminance(color: str) -> float:
    """The relative luminance of a color, from 0 to 1, as the guidelines for readable web pages define it.

    >>> luminance("#000000"), round(luminance("#ffffff"), 3)
    (0.0, 1.0)
    """
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How far two colors are from each other in luminance, from 1 to 21.

    >>> round(contrast("#000000", "#ffffff"), 6)
    21.0
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def letters_on(ground: str, style: str) -> tuple[str, str]:
    """The color of a name on some ground, and of the halo around it.

    >>> letters_on(SHADES[-1], STATE), letters_on(LAND, PLACE)
    (('#ffffff', '#0c4070'), ('#1d2733', '#ffffff'))
    """
    return ("#ffffff", ground) if luminance(ground) < _DARK else (INKS[style], HALO)


def shade(block: Map, count: int) -> str:
    """The color of a count; of the classes that begin no higher, the highest."""
    held = [number for number, least in enumerate(block.classes) if least <= count]
    if not held:
        return LAND
    # A map of few classes takes shades that are far from each other.
    last = len(block.classes) - 1
    return SHADES[-1 if last == 0 else round(held[-1] * (len(SHADES) - 1) / last)]


def fill_of(block: Map, code: str, count: int) -> str:
    """The color of a state: its own where the map is about it, otherwise the shade of its count."""
    return OWN[block.own.index(code) % len(OWN)] if code in block.own else shade(block, count)


def at_pixels() -> dict[str, Any]:
    """The encoding of a mark that stands at its own pixels."""
    return {name: {"field": name, "type": "quantitative", "scale": None, "axis": None} for name in ("x", "y")}


def own_color(field: str) -> dict[str, Any]:
    """The encoding of a color that a value holds itself."""
    return {"field": field, "type": "nominal", "scale": None}
