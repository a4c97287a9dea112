"""Earlier rows that stood much as a row does, and what came of them."""

from __future__ import annotations

import numpy as np

from comity.forecast.features import Features
from comity.forecast.listed import Floats, Numbers
from comity.forecast.penalized import Penalized

AT_A_TIME = 2**24  # distances
SAMPLED, FIRST = 16, 24  # of every so many rows the nearest few say how near is near enough to look at


def nearest(
    model: Penalized, features: tuple[Features, Features], pair: tuple[Numbers, Numbers], count: int
) -> list[list[tuple[int, float]]]:
    """For each row of the first features, the nearest rows of the second, each of another pair, with how far they lie.

    Rows are near where the logit adds the same for each input: so what it makes nothing of counts for nothing. Rows of
    the pair itself are left out, and of any other pair only the nearest is given.
    """
    asked, held = (model.contributions(each)[:, :-1].astype(np.float32) for each in features)
    # Half the squared distance, less what is the same for all that are compared with one row.
    turned = np.vstack([-held.T, (held**2).sum(axis=1) / 2])
    own = (asked**2).sum(axis=1)
    found: list[list[tuple[int, float]]] = []
    size = max(AT_A_TIME // max(len(held), 1), 1)
    for start in range(0, len(asked), size):
        part = slice(start, start + size)
        apart = np.column_stack([asked[part], np.ones(len(asked[part]), dtype=np.float32)]) @ turned
        for place, row in enumerate(apart, start=start):
            near = _first(row, pair[1], int(pair[0][place]), count)
            found.append([(at, float(np.sqrt(max(2 * row[at] + own[place], 0)))) for at in near])
    return found


def _first(apart: np.ndarray[tuple[int], np.dtype[np.float32]], pair: Numbers, own: int, count: int) -> list[int]:
    """The nearest rows of so many other pairs, as far as there are so many."""
    sample = apart[::SAMPLED]
    limit = np.partition(sample, FIRST)[FIRST] if len(sample) > FIRST else np.inf
    while True:
        near = np.flatnonzero(apart <= limit)
        taken: dict[int, int] = {}
        for row in near[np.lexsort((near, apart[near]))].tolist():
            if pair[row] != own:
                taken.setdefault(int(pair[row]), row)
            if len(taken) == count:
                return list(taken.values())
        if limit == np.inf:
            return list(taken.values())
        limit = np.inf  # few pairs fill the places near by: look through all


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
