"""Earlier rows that stood much as a row does, and what came of them."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from comity.forecast.features import PART, Features
from comity.forecast.listed import Floats, Numbers
from comity.forecast.penalized import Penalized

WORKERS = 2
AT_A_TIME = 2**21  # distances that are held
BLOCK, TILE = 128, 2**14  # rows that are compared at a time, and with how many: what fits near the processor
SAMPLED, FIRST = 16, 24  # of every so many rows the nearest few say how near is near enough to look at
FARTHER = 16  # times as many, where those were of too few pairs
Floats32 = npt.NDArray[np.float32]


def nearest(
    model: Penalized, features: tuple[Features, Features], pair: tuple[Numbers, Numbers], count: int
) -> list[list[tuple[int, float]]]:
    """For each row of the first features, the nearest rows of the second, each of another pair, with how far they lie.

    Rows are near where the logit adds the same for each input: so what it makes nothing of counts for nothing. Rows of
    the pair itself are left out, and of any other pair only the nearest is given.
    """
    held = _Held(model, features[1], pair[1])
    asked = _added(model, features[0])
    own = (asked**2).sum(axis=1)
    rows = np.column_stack([asked, np.ones(len(asked), dtype=np.float32)])
    found: dict[int, list[tuple[int, float]]] = {}
    first, left = FIRST, np.arange(len(asked))
    while len(left):  # few pairs may fill the places near by: those rows look farther
        is_last = first >= held.sampled.shape[1]
        near = held.turned.shape[1] if is_last else first * SAMPLED
        size = min(max(AT_A_TIME // max(near, 1), 1), BLOCK)
        parts = [left[start : start + size] for start in range(0, len(left), size)]
        with ThreadPoolExecutor(WORKERS) as pool:
            made = pool.map(lambda part, far=first: held.near(rows[part], pair[0][part], far, count), parts)
            told = [each for part in made for each in part]
        found |= {int(row): each for row, each in zip(left, told, strict=True) if is_last or len(each) == count}
        left, first = np.array([row for row in left.tolist() if row not in found], dtype=np.int64), first * FARTHER
    return [
        [(at, float(np.sqrt(max(2 * np.float32(value) + own[row], 0)))) for at, value in found[row]]
        for row in range(len(asked))
    ]


def _added(model: Penalized, features: Features) -> Floats32:
    """What the logit adds for each input of each row."""
    return model.contributions(features)[:, :-1].astype(np.float32)


class _Held:
    """Rows to be compared with: half their squared distance to another row is a product, but for what that row adds.

    `sampled` are some of them, which say how near is near enough to look at.
    """

    def __init__(self, model: Penalized, features: Features, pair: Numbers) -> None:
        self.pair = pair
        self.turned: Floats32 = np.empty((len(model.names) + 1, len(features.x)), dtype=np.float32)
        for start in range(0, len(features.x), PART):
            some = slice(start, start + PART)
            added = _added(model, Features(features.names, features.groups, features.x[some]))
            self.turned[:-1, some] = -added.T
            self.turned[-1, some] = (added**2).sum(axis=1) / 2
        self.sampled = np.ascontiguousarray(self.turned[:, ::SAMPLED])

    def near(self, rows: Floats32, own: Numbers, first: int, count: int) -> list[list[tuple[int, float]]]:
        """The nearest of so many other pairs for each row, with the product, as far as such lie near enough."""
        limit = np.full((len(rows), 1), np.inf, dtype=np.float32)
        if first < self.sampled.shape[1]:
            limit = np.partition(rows @ self.sampled, first, axis=1)[:, [first]]
        rows_of, places, values = [], [], []
        for start in range(0, self.turned.shape[1], TILE):
            apart = rows @ self.turned[:, start : start + TILE]
            found = np.flatnonzero(apart <= limit)
            rows_of.append(found // apart.shape[1])
            places.append(found % apart.shape[1] + start)
            values.append(apart.ravel()[found])
        of, place, value = np.concatenate(rows_of), np.concatenate(places), np.concatenate(values)
        order = np.lexsort((place, value, of))
        ends = np.searchsorted(of[order], np.arange(len(rows) + 1)).tolist()
        parts = [order[start:end] for start, end in itertools.pairwise(ends)]
        return [self._first(place[near], value[near], int(pair), count) for near, pair in zip(parts, own, strict=True)]

    def _first(self, at: Numbers, value: Floats32, own: int, count: int) -> list[tuple[int, float]]:
        """The nearest row of each of so many other pairs, of rows in order."""
        taken: dict[int, tuple[int, float]] = {}
        for row, pair, apart in zip(at.tolist(), self.pair[at].tolist(), value.tolist(), strict=True):
            if pair != own:
                taken.setdefault(pair, (row, apart))
            if len(taken) == count:
                break
        return list(taken.values())


def redrawn(pair: Numbers, random: np.random.Generator) -> Numbers:
    """Rows of as many pairs drawn with replacement as there are, each with all its rows; places in order."""
    _, cluster = np.unique(pair, return_inverse=True)
    count = int(cluster.max()) + 1
    times = random.multinomial(count, np.full(count, 1 / count))
    rows: Numbers = np.repeat(np.arange(len(pair)), times[cluster])
    return rows


def spread(chances: list[Floats]) -> tuple[Floats, Floats]:
    """The lowest and the highest of several fits' chances, row by row."""
    held = np.stack(chances)
    return held.min(axis=0), held.max(axis=0)
