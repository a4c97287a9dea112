"""Mixtures: weights of 0 or more that sum to 1, found by projected gradient."""

from __future__ import annotations

import numpy as np

from comity.evidence.sample import Floats

MOST_STEPS = 2000
CLOSE = 1e-8  # a step that moves none by more is the last


def mixture(series: Floats, donors: Floats) -> Floats:
    """The convex mixture of the donors (one column each) that comes nearest to a series.

    Accelerated projected gradient, begun anew whenever a step leads uphill.

    >>> mixture(np.array([1.0, 2.0]), np.array([[0.0, 2.0], [0.0, 4.0]])).round(6).tolist()
    [0.5, 0.5]
    """
    crossed, along = donors.T @ donors, donors.T @ series
    largest = float(np.linalg.eigvalsh(crossed)[-1])
    found = np.full(donors.shape[1], 1 / donors.shape[1])
    if not largest > 0:
        return found
    ahead, pace = found, 1.0
    for _ in range(MOST_STEPS):
        made = projected(ahead - (crossed @ ahead - along) / largest)
        change = made - found
        if np.abs(made - ahead).max() < CLOSE and np.abs(change).max() < CLOSE:
            return made
        if float((ahead - made) @ change) > 0:
            ahead, pace, found = made, 1.0, made
            continue
        faster = (1 + np.sqrt(1 + 4 * pace**2)) / 2
        ahead, pace, found = made + (pace - 1) / faster * change, faster, made
    return found


def projected(values: Floats) -> Floats:
    """The nearest weights of 0 or more that sum to 1.

    >>> projected(np.array([0.9, 0.5, -1.0])).round(2).tolist()
    [0.7, 0.3, 0.0]
    """
    falling = np.sort(values)[::-1]
    surplus = (np.cumsum(falling) - 1) / np.arange(1, len(values) + 1)
    held = int(np.flatnonzero(falling > surplus)[-1])
    made: Floats = np.maximum(values - surplus[held], 0.0)
    return made
