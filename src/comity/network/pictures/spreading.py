"""Boxes pushed apart until none touches another, each as near to where it wants to be as the others let it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
Frame = tuple[float, float]
_STEPS = 300
_STRANGERS = np.array([9.0, 9.0])  # more than the gap between boxes of two groups


@dataclass(frozen=True)
class Boxes:
    """The middles that are wanted, half the width and height of each box, and the group each belongs to.

    The gap is kept between boxes where there is room for it.
    """

    middles: Points
    half: Points
    groups: npt.NDArray[np.int64]
    gap: tuple[float, float] = (5.0, 4.0)


def spread(boxes: Boxes, low: Frame, high: Frame) -> Points:
    """Middles at which no box touches another; all lie between the corners, or below where there is no room.

    >>> pair = Boxes(np.zeros((2, 2)), np.ones((2, 2)), np.zeros(2, dtype=int))
    >>> one, other = spread(pair, (0, 0), (30, 30))
    >>> bool((np.abs(one - other) >= 2).any())
    True
    """
    least, most = np.array(low) + boxes.half, np.array(high) - boxes.half
    here = np.clip(boxes.middles, least, np.maximum(least, most))
    strangers = (boxes.groups[:, None] != boxes.groups[None])[:, :, None]
    needed = boxes.half[:, None] + boxes.half[None] + boxes.gap + _STRANGERS * strangers
    for step in range(_STEPS):
        # Toward the end only nearness of boxes counts, and no longer where they would like to be.
        here += 0.04 * max(0.0, 1 - 2 * step / _STEPS) * (boxes.middles - here)
        if not (moved := _push(here, needed)).any():
            break
        here = np.clip(here + moved, least, np.maximum(least, most))
    return _settled(here, boxes.half, low, high)


def _push(here: Points, needed: npt.NDArray[np.float64]) -> Points:
    """How far each box is moved: half of what it overlaps each other one, in the direction where that is less."""
    gap = here[:, None] - here[None]
    inside = needed - np.abs(gap)
    overlap = np.array(np.all(inside > 0.01, axis=2))
    np.fill_diagonal(overlap, False)
    # Boxes on one spot part by their order.
    order = np.sign(np.arange(len(here))[:, None] - np.arange(len(here))[None])
    way = np.where(gap == 0, order[:, :, None], np.sign(gap))
    shorter = inside / needed
    sideways = shorter[:, :, 0] <= shorter[:, :, 1]
    axis = np.stack((sideways, ~sideways), axis=2)
    moved = np.where(overlap[:, :, None] & axis, way * inside / 2, 0.0)
    # A box in a crowd is pushed by many at once: the sum is damped, or the crowd would burst.
    damped: Points = moved.sum(axis=1) / np.maximum(overlap.sum(axis=1), 1)[:, None] ** 0.5
    return damped


def _settled(here: Points, half: Points, low: Frame, high: Frame) -> Points:
    """Boxes put down one after the other, each on the nearest spot where it touches none; this cannot fail."""
    order = np.lexsort((np.arange(len(here)), here[:, 0], here[:, 1])) if len(here) else np.zeros(0, dtype=int)
    done = np.zeros(len(here), dtype=bool)
    found = here.copy()
    # One free row more for every box is always enough.
    bottom = high[1] + (2 * half[:, 1].max(initial=0) + 3) * (len(here) + 1)
    columns, rows = np.arange(low[0], high[0] + 1, 4.0), np.arange(low[1], bottom, 3.0)
    spots = np.stack(np.meshgrid(columns, rows), axis=2).reshape(-1, 2) if len(here) else np.zeros((0, 2))
    for row in order.tolist():
        if not _is_free(here[row][None], half[row], found[done], half[done])[0]:
            fits = spots[(spots[:, 0] >= low[0] + half[row, 0]) & (spots[:, 0] <= max(high[0] - half[row, 0], low[0]))]
            fits = fits[fits[:, 1] >= low[1] + half[row, 1]]
            far = np.round(np.hypot(*(fits - here[row]).T), 3)
            for near in np.argsort(far, kind="stable"):
                if _is_free(fits[near][None], half[row], found[done], half[done])[0]:
                    found[row] = fits[near]
                    break
        done[row] = True
    return found


def _is_free(spots: Points, half: Points, others: Points, halves: Points) -> npt.NDArray[np.bool_]:
    """Which spots a box can stand on without touching another."""
    gap = np.abs(spots[:, None] - others[None])
    touches = np.all(gap < half + halves[None] + 1.0, axis=2)
    free: npt.NDArray[np.bool_] = ~np.any(touches, axis=1)
    return free
