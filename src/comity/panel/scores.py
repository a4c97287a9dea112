"""How good foretold chances and amounts were: scores of rows, and of how sure they are when pairs are drawn again.

Areas are empirical: they come from the ranks alone, and rows of one chance share theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from comity.errors import BadRequest

Floats = npt.NDArray[np.float64]
Score = Callable[[Floats], float]
DRAWS = 200


@dataclass(frozen=True)
class Estimate:
    """A number and the 95 % interval around it."""

    value: float
    low: float
    high: float

    def to_dict(self) -> dict[str, float]:
        """The number and its interval as plain values."""
        return {"value": self.value, "low": self.low, "high": self.high}


def log_losses(y: Floats, chance: Floats) -> Floats:
    """Of each row, minus the logarithm of the chance that was given to what happened; 0 is certainty come true.

    >>> log_losses(np.array([1.0, 0.0]), np.array([0.5, 0.0])).round(3).tolist()
    [0.693, 0.0]
    """
    with np.errstate(divide="ignore"):
        losses: Floats = -np.log(np.where(y > 0, chance, 1 - chance)) + 0.0
    return losses


def area_under_curve(y: Floats, chance: Floats, weights: Floats | None = None) -> float:
    """How often a row with the event has the higher chance than one without; ties count half. NaN without either.

    >>> area_under_curve(np.array([0.0, 1, 0, 1]), np.array([0.1, 0.2, 0.2, 0.9]))
    0.875
    """
    return Ranked(y, chance).area(np.ones(len(y)) if weights is None else weights)


def average_precision(y: Floats, chance: Floats, weights: Floats | None = None) -> float:
    """The mean, over events, of the share of events among the rows with at least the event's chance.

    >>> round(average_precision(np.array([0.0, 1, 0, 1]), np.array([0.1, 0.2, 0.2, 0.9])), 4)
    0.8333
    """
    return Ranked(y, chance).precision(np.ones(len(y)) if weights is None else weights)


class Ranked:
    """Rows sorted once into the steps between the chances that events were given, to be weighed many times.

    Neither area needs more: rows without the event that lie between the same two events need not be told apart.
    """

    def __init__(self, y: Floats, chance: Floats) -> None:
        self.is_event = np.asarray(y) > 0
        levels = np.unique(chance[self.is_event])
        place = np.searchsorted(levels, chance)
        is_level = np.append(levels, np.nan)[place] == chance
        self.count = 2 * len(levels) + 1
        # A step is odd at the chance of an event, even between those of two; the steps of events follow the others.
        self.step = 2 * place + is_level + self.count * self.is_event

    def _steps(self, weights: Floats) -> tuple[Floats, Floats]:
        """How much of events and of others lies in each step, from the lowest chance."""
        sums = np.bincount(self.step, weights, minlength=2 * self.count).astype(np.float64).reshape(2, self.count)
        return sums[1], sums[0]

    def area(self, weights: Floats) -> float:
        """The area under the curve of the rows so weighed."""
        events, others = self._steps(weights)
        if events.sum() <= 0 or others.sum() <= 0:
            return float("nan")
        lower = np.cumsum(others) - others / 2  # of the rows with the same chance, half
        return float(events @ lower / events.sum() / others.sum())

    def precision(self, weights: Floats) -> float:
        """The average precision of the rows so weighed."""
        events, others = self._steps(weights)
        if events.sum() <= 0:
            return float("nan")
        found, missed = np.cumsum(events[::-1])[::-1], np.cumsum(others[::-1])[::-1]
        held = events > 0
        return float(events[held] @ (found[held] / (found[held] + missed[held])) / events.sum())


@dataclass(frozen=True)
class Redrawn:
    """Clusters of rows drawn again and again, with the same draws for every score, so that scores can be compared."""

    cluster: npt.NDArray[np.int64]
    draws: npt.NDArray[np.int64]
    weights: Floats

    @classmethod
    def of(cls, labels: npt.ArrayLike, weights: Floats | None = None, draws: int = DRAWS, seed: int = 0) -> Redrawn:
        """So many draws of as many clusters as there are, each with all its rows; a row of weight 2 stands for two."""
        _, cluster = np.unique(np.asarray(labels), return_inverse=True)
        count = int(cluster.max()) + 1 if len(cluster) else 0
        if count < 2:
            raise BadRequest("one cluster cannot be drawn again to see how sure a score is")
        random = np.random.default_rng(seed)
        drawn = random.multinomial(count, np.full(count, 1 / count), size=draws)
        return cls(cluster.astype(np.int64), drawn, np.ones(len(cluster)) if weights is None else weights)

    def of_score(self, score: Score) -> Estimate:
        """A score of weighted rows, with the interval in which it lies in 95 of 100 draws."""
        value = score(self.weights)
        found = np.array([score(drawn[self.cluster] * self.weights) for drawn in self.draws])
        found = found[np.isfinite(found)]
        low, high = np.quantile(found, (0.025, 0.975)) if len(found) else (np.nan, np.nan)
        return Estimate(value, float(low), float(high))

    def of_mean(self, values: Floats) -> Estimate:
        """The mean of a value of each row, with its interval."""
        sums, counts = np.bincount(self.cluster, values * self.weights), np.bincount(self.cluster, self.weights)
        found = (self.draws @ sums) / (self.draws @ counts)
        low, high = np.quantile(found, (0.025, 0.975))
        return Estimate(float(sums.sum() / counts.sum()), float(low), float(high))
