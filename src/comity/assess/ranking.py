"""How well a score ranks what happened above what did not, with an interval from a bootstrap over pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from comity.assess.shape import Flags, Numbers
from comity.errors import BadRequest
from comity.panel.scores import Ranked


@dataclass(frozen=True)
class Area:
    """The chance that a row in which it happened has the higher score than one in which it did not; ties count half."""

    area: float
    low: float
    high: float
    average_precision: float
    base_rate: float
    row_count: int
    pair_count: int
    event_count: int

    def said(self) -> str:
        """The area with its interval.

        >>> Area(0.75, 0.7, 0.8, 0.1, 0.01, 100, 50, 3).said()
        '0.750 [0.700, 0.800]'
        """
        return f"{self.area:.3f} [{self.low:.3f}, {self.high:.3f}]"


def area(score: Numbers, outcome: Flags, pair: npt.NDArray[np.int64], drawing: tuple[int, int]) -> Area:
    """The area under the empirical curve; `drawing` is how many bootstrap samples of pairs, and their seed.

    >>> area(np.array([1.0, 2.0, 3.0]), np.array([False, False, True]), np.array([0, 1, 2]), (20, 1)).area
    1.0
    """
    if outcome.all() or not outcome.any():
        raise BadRequest("an area needs rows in which it happened and rows in which it did not")
    draws, seed = drawing
    held, place = np.unique(pair, return_inverse=True)
    ranks = Ranked(outcome.astype(np.float64), score)
    random = np.random.default_rng(seed)
    found = []
    for _ in range(draws):
        weight = np.bincount(random.integers(len(held), size=len(held)), minlength=len(held)).astype(np.float64)
        found.append(ranks.area(weight[place]))
    low, high = np.nanquantile(found, (0.025, 0.975))
    ones = np.ones(len(score))
    return Area(
        ranks.area(ones),
        float(low),
        float(high),
        ranks.precision(ones),
        float(outcome.mean()),
        len(score),
        len(held),
        int(outcome.sum()),
    )
