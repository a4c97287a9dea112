"""Blocs as soft shapes around their states, which go around the states of others, and where their letters stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from comity.network.pictures.canvas import number
from comity.network.pictures.style import tint

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Points = npt.NDArray[np.float64]
_NEAR = 150.0  # states further apart than that are joined by a bridge, not by a hull
_WIDE, _BRIDGE = 40.0, 8.0
_CLEAR = 20.0  # how near a hull's edge may pass a state of another bloc


@dataclass(frozen=True)
class Skin:
    """What a hull is made of: triangles and lines between near points, and bridges between its parts."""

    triangles: tuple[tuple[int, int, int], ...]
    lines: tuple[tuple[int, int], ...]
    bridges: tuple[tuple[int, int], ...]


def skin(points: Sequence[Point], others: Sequence[Point]) -> Skin:
    """The skin over points that goes around the points of others.

    Triangles are Delaunay's with short sides and no stranger in or at them; lines join points of no triangle to their
    neighbors in the same way; bridges are the shortest lines that join what is still apart.

    >>> skin([(0, 0), (50, 0), (400, 0)], [])
    Skin(triangles=(), lines=((0, 1),), bridges=((1, 2),))
    """
    at, strangers = np.array(points).reshape(-1, 2), np.array(others).reshape(-1, 2)
    one, other = np.triu_indices(len(at), 1)
    far = np.hypot(*(at[one] - at[other]).T)
    near = np.zeros((len(at), len(at)), dtype=bool)
    near[one, other] = (far <= _NEAR) & _clear(at[one], at[other], strangers)
    triangles = _triangles(at, near, strangers)
    joined = list(range(len(at)))

    def join(a: int, b: int) -> bool:
        gone, kept = joined[a], joined[b]
        joined[:] = [kept if held == gone else held for held in joined]
        return gone != kept

    for a, b, c in triangles:
        join(a, b)
        join(b, c)
    lines: list[tuple[int, int]] = []
    bridges: list[tuple[int, int]] = []
    for edge in np.lexsort((np.arange(len(far)), np.round(far, 3))).tolist():
        a, b = int(one[edge]), int(other[edge])
        if join(a, b):
            (lines if near[a, b] else bridges).append((a, b))
    return Skin(tuple(triangles), tuple(lines), tuple(bridges))


def _triangles(at: Points, near: npt.NDArray[np.bool_], strangers: Points) -> list[tuple[int, int, int]]:
    """Triangles of near points whose circle holds no other point, and which hold no stranger."""
    one, other = np.nonzero(near)
    both = near[one] & near[other]
    edge, third = np.nonzero(both)
    if not len(edge):
        return []
    corners = np.column_stack((one[edge], other[edge], third))
    a, b, c = (at[corners[:, side]] for side in range(3))
    twice = 2 * ((b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0])
    flat = np.abs(twice) < 1e-6
    twice = np.where(flat, 1.0, twice)
    bb, cc = ((b - a) ** 2).sum(axis=1), ((c - a) ** 2).sum(axis=1)
    x = ((c - a)[:, 1] * bb - (b - a)[:, 1] * cc) / twice
    y = ((b - a)[:, 0] * cc - (c - a)[:, 0] * bb) / twice
    middle, reach = a + np.column_stack((x, y)), np.hypot(x, y)
    inside = np.hypot(*(middle[:, None] - at[None]).transpose(2, 0, 1)) < (reach - 1e-6)[:, None]
    kept = ~flat & ~inside.any(axis=1) & ~_holds(a, b, c, strangers)
    return [(int(i), int(j), int(k)) for i, j, k in corners[kept]]


def _holds(a: Points, b: Points, c: Points, strangers: Points) -> npt.NDArray[np.bool_]:
    """Which triangles have one of the strangers inside."""
    sides = []
    for start, end in ((a, b), (b, c), (c, a)):
        along, off = (end - start)[:, None], strangers[None] - start[:, None]
        sides.append(np.sign(along[:, :, 0] * off[:, :, 1] - along[:, :, 1] * off[:, :, 0]))
    held: npt.NDArray[np.bool_] = ((sides[0] == sides[1]) & (sides[1] == sides[2])).any(axis=1)
    return held


def _clear(one: Points, other: Points, strangers: Points) -> npt.NDArray[np.bool_]:
    """Which lines pass every stranger at a distance."""
    along = other - one
    length = np.maximum((along**2).sum(axis=1), 1e-9)
    share = ((strangers[None] - one[:, None]) * along[:, None]).sum(axis=2) / length[:, None]
    foot = one[:, None] + np.clip(share, 0, 1)[:, :, None] * along[:, None]
    passed = np.hypot(*(strangers[None] - foot).transpose(2, 0, 1))
    clear: npt.NDArray[np.bool_] = (passed >= _CLEAR).all(axis=1)
    return clear


def bloc_shape(marks: Sequence[tuple[Point, float]], others: Sequence[Point], color: str) -> str:
    """The hull of one bloc: its lines drawn so thick that they run together, first a little wider for an outline.

    A mark is the middle of a label and how wide that is.
    """
    points = [point for point, _ in marks]
    made = skin(points, others)
    dots = "".join(_line((x - off, y), (x + off, y)) for (x, y), wide in marks for off in [max(wide / 2 - 13, 0.1)])
    whole = "".join(_line(points[a], points[b], points[c]) + "Z" for a, b, c in made.triangles)
    body = dots + whole + "".join(_line(points[a], points[b]) for a, b in made.lines)
    bridge = "".join(_line(points[a], points[b]) for a, b in made.bridges)
    shapes = []
    for wider, fill in ((2.0, tint(color, 0.45)), (0.0, tint(color, 0.14))):
        if bridge:
            shapes.append(f'<path d="{bridge}" stroke="{fill}" stroke-width="{_BRIDGE + wider:g}"/>')
        shapes.append(f'<path d="{body}" fill="{fill}" stroke="{fill}" stroke-width="{_WIDE + wider:g}"/>')
    return "".join(shapes)


def _line(*points: Point) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def letter_places(members: Mapping[int, Sequence[Point]], boxes: Sequence[Box], frame: Box) -> dict[int, Point]:
    """Where the letter of each bloc stands: on its hull, where it covers no label and no other letter."""
    taken = [np.array(boxes).reshape(-1, 4)]
    found = {}
    for bloc, points in members.items():
        at = np.array(points)
        middle = at.mean(axis=0)
        turns = np.arange(16) * np.pi / 8
        around = np.column_stack((np.cos(turns), np.sin(turns)))
        spots = (at[:, None] + np.concatenate([around * far for far in (20, 26, 34)])[None]).reshape(-1, 2)
        left, top, right, bottom = frame
        inside = (spots > (left + 10, top + 10)).all(axis=1) & (spots < (right - 10, bottom - 10)).all(axis=1)
        free = inside & _free(spots, np.concatenate(taken))
        if free.any():
            # Up and to the left of the bloc, where one begins to read.
            cost = np.round((spots - middle) @ np.array([0.35, 1.0]), 3)
            best = int(np.argmin(np.where(free, cost, np.inf)))
            x, y = float(spots[best][0]), float(spots[best][1])
            found[bloc] = (x, y)
            taken.append(np.array([[x - 9, y - 9, x + 9, y + 9]]))
    return found


def _free(spots: Points, boxes: Points) -> npt.NDArray[np.bool_]:
    low, high = spots[:, None] - 10.5, spots[:, None] + 10.5
    touches = np.all(low < boxes[None, :, 2:], axis=2) & np.all(high > boxes[None, :, :2], axis=2)
    free: npt.NDArray[np.bool_] = ~np.any(touches, axis=1)
    return free
