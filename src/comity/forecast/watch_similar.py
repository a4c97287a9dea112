"""Earlier rows that stood much as a row does, and what came of them."""

from __future__ import annotations

import numpy as np

from comity.forecast.features import Features
from comity.forecast.listed import Floats, Numbers
from comity.forecast.penalized import Penalized

AT_A_TIME = 256


def nearest(
    model: Penalized, features: tuple[Features, Features], pair: tuple[Numbers, Numbers], count: int
) -> list[list[tuple[int, float]]]:
    """For each row of the first features, the nearest rows of the second, each of another pair, with how far they lie.

    Rows are near where the logit adds the same for each input: so what it makes nothing of counts for nothing. Rows of
    the pair itself are left out, and of any other pair only the nearest is given.
    """
    asked, held = (model.contributions(each)[:, :-1].astype(np.float32) for each in features)
    squared = (held**2).sum(axis=1)
    found: list[list[tuple[int, float]]] = []
    for start in range(0, len(asked), AT_A_TIME):
        part = asked[start : start + AT_A_TIME]
        apart = np.maximum((part**2).sum(axis=1)[:, None] + squared - 2 * part @ held.T, 0)
        own = pair[0][start : start + AT_A_TIME]
        found += [_first(row, pair[1], own[place], count) for place, row in enumerate(apart)]
    return found


def _first(
    squared: np.ndarray[tuple[int], np.dtype[np.float32]], pair: Numbers, own: int, count: int
) -> list[tuple[int, float]]:
    """The nearest rows of so many other pairs; a pair may fill many places, so more are looked through than asked."""
    wanted = min(len(squared), 64 * count)
    near = np.argpartition(squared, wanted - 1)[:wanted]
    taken: dict[int, tuple[int, float]] = {}
    for row in near[np.lexsort((near, squared[near]))]:
        if pair[row] != own and int(pair[row]) not in taken:
            taken[int(pair[row])] = (int(row), float(np.sqrt(squared[row])))
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
