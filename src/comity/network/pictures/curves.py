"""Lines that bend around the states that stand in their way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from comity.network.pictures.canvas import number
from comity.network.pictures.places import Places, label_height, label_width

Point = tuple[float, float]
_BENDS = (0.0, 12.0, -12.0, 20.0, -20.0, 30.0, -30.0, 42.0, -42.0, 56.0, -56.0)  # pixels off the straight line
_SHARES = np.linspace(0.04, 0.96, 24)


def curve(ends: tuple[Point, Point], away: float, bend: float) -> str:
    """The path of a line: moved sideways as a whole, and bent in its middle.

    >>> curve(((0, 0), (10, 0)), 0, 0), curve(((0, 0), (10, 0)), 1, 5)
    ('M0 0L10 0', 'M0 1Q5 11 10 1')
    """
    (x1, y1), (x2, y2) = ends
    far = max(float(np.hypot(x2 - x1, y2 - y1)), 1e-6)
    nx, ny = (y1 - y2) / far, (x2 - x1) / far
    start = f"M{number(x1 + nx * away)} {number(y1 + ny * away)}"
    end = f"{number(x2 + nx * away)} {number(y2 + ny * away)}"
    if not bend:
        return f"{start}L{end}"
    # A quadratic curve comes half as far from its line as its control point.
    off = away + 2 * bend
    return f"{start}Q{number((x1 + x2) / 2 + nx * off)} {number((y1 + y2) / 2 + ny * off)} {end}"


def bend_around(places: Places, standing: Sequence[str], pair: tuple[str, str]) -> float:
    """How far the line of a pair is bent so that it passes behind as few labels of other states as can be."""
    others = [state for state in standing if state not in pair]
    if not others:
        return 0.0
    middles = np.array([places.at[state] for state in others])
    half = (
        np.array([[label_width(places.words[state], places.size), label_height(places.size)] for state in others]) / 2
    )
    one, other = (np.array(places.at[state]) for state in pair)
    along = other - one
    far = max(float(np.hypot(*along)), 1e-6)
    normal = np.array([-along[1], along[0]]) / far
    straight = one + _SHARES[:, None] * along
    arch = (4 * _SHARES * (1 - _SHARES))[:, None] * normal
    met = []
    for bend in _BENDS:
        if abs(bend) > far / 6:
            break
        spots = straight + arch * bend
        inside = (np.abs(spots[:, None] - middles[None]) < half + 2).all(axis=2)
        met.append(int(inside.any(axis=0).sum()))
    return _BENDS[met.index(min(met))] if met else 0.0
