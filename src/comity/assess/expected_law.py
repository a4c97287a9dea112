"""How far an amount may lie from what is expected: counts that vary more than by chance alone, and their intervals.

The law is negative binomial with variance μ + κ μ^p, both numbers estimated from the rows: of amounts that come in
bunches, such as exercises of twenty states, Poisson's law (κ = 0) would promise far too much.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LOW, HIGH = 0.025, 0.975
POWERS = np.arange(1.0, 2.51, 0.125)
SPREADS = np.exp(np.arange(-6.0, 5.01, 0.25))
MOST = 100_000  # an amount no pair comes near; it ends a search that would never end on its own


@dataclass(frozen=True)
class Law:
    """The variance of an amount around its mean μ: μ + κ μ^p, with κ the `spread` and p the `power`."""

    spread: float
    power: float

    def sizes(self, mean: Floats, doubt: Floats | float = 0.0) -> Floats:
        """The size of the negative binomial of each mean; `doubt` is the variance of the logarithm of the mean."""
        beyond = self.spread * mean**self.power + mean**2 * np.expm1(doubt)
        with np.errstate(divide="ignore"):
            sizes: Floats = np.minimum(mean**2 / np.maximum(beyond, 1e-300), 1e8)
        return sizes


def law_of(y: Floats, mean: Floats) -> Law:
    """The law under which the rows are most likely, on a grid of both numbers that is fine enough for intervals."""
    rows, weight = _thinned(y)
    counts, means = y[rows], mean[rows]
    best, found = -np.inf, Law(float(SPREADS[0]), 2.0)
    for power in POWERS:
        for spread in SPREADS:
            law = Law(float(spread), float(power))
            likelihood = float(weight @ _log_chances(counts, means, law.sizes(means)))
            if likelihood > best:
                best, found = likelihood, law
    return found


def _thinned(y: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """All rows with something and at most 20,000 of the others, evenly taken, with weights that make up for it."""
    some, none = np.flatnonzero(y > 0), np.flatnonzero(y == 0)
    step = max(1, len(none) // 20_000)
    kept = none[::step]
    share = len(none) / len(kept) if len(kept) else 1.0
    return np.concatenate([some, kept]), np.concatenate([np.ones(len(some)), np.full(len(kept), share)])


def _log_chances(y: Floats, mean: Floats, size: Floats) -> Floats:
    """The logarithm of the chance of each whole amount, less what depends on the amount alone."""
    found: Floats = size * np.log(size / (size + mean)) + y * np.log(mean / (size + mean))
    rows, step = np.flatnonzero(y > 0), 0
    while len(rows):
        found[rows] += np.log(size[rows] + step)
        step += 1
        rows = rows[y[rows] > step]
    return found


def interval(mean: Floats, size: Floats) -> tuple[Floats, Floats]:
    """The least amounts at or below which lie 2.5 and 97.5 percent of the chances.

    >>> low, high = interval(np.array([0.001, 4.0]), np.array([1e8, 1e8]))
    >>> low.tolist(), high.tolist()
    ([0.0, 1.0], [0.0, 8.0])
    """
    return _quantile(mean, size, LOW), _quantile(mean, size, HIGH)


def _quantile(mean: Floats, size: Floats, share: float) -> Floats:
    found = np.zeros(len(mean))
    rows = np.arange(len(mean))
    chance = _none(mean, size)
    below = chance.copy()
    for amount in range(MOST):
        open_rows = below < share
        found[rows[~open_rows]] = amount
        rows, chance, below = rows[open_rows], chance[open_rows], below[open_rows]
        if not len(rows):
            break
        chance = chance * _next(mean[rows], size[rows], amount)
        below = below + chance
    return found


def chance_at_least(y: Floats, mean: Floats, size: Floats) -> Floats:
    """The chance of an amount at least so large.

    >>> chance_at_least(np.array([0.0, 1.0]), np.array([1.0, 1.0]), np.array([1e8, 1e8])).round(3).tolist()
    [1.0, 0.632]
    """
    return _summed(y, mean, size, is_above=True)


def chance_at_most(y: Floats, mean: Floats, size: Floats) -> Floats:
    """The chance of an amount at most so large."""
    return _summed(y, mean, size, is_above=False)


def _summed(y: Floats, mean: Floats, size: Floats, *, is_above: bool) -> Floats:
    """Chances of 0, 1, 2 … added up, until all that lies below each amount, or all up to it, is in."""
    last = np.ceil(y) - 1 if is_above else np.floor(y)
    total = np.zeros(len(y))
    rows = np.flatnonzero(last >= 0)
    chance, amount = _none(mean[rows], size[rows]), 0
    while len(rows):
        total[rows] += chance
        stays = last[rows] > amount
        rows, chance = rows[stays], chance[stays]
        chance = chance * _next(mean[rows], size[rows], amount)
        amount += 1
    found: Floats = np.clip(1 - total if is_above else total, 0.0, 1.0)
    return found


def _none(mean: Floats, size: Floats) -> Floats:
    none: Floats = np.exp(-size * np.log1p(mean / size))
    return none


def _next(mean: Floats, size: Floats, amount: int) -> Floats:
    """How many times the chance of an amount is that of one more."""
    ratio: Floats = (amount + size) / (amount + 1) * mean / (size + mean)
    return ratio
