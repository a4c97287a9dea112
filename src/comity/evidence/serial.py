"""Regressions of short series whose years hang on each other, averaged over how strongly they do."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from comity.errors import BadRequest
from comity.evidence.sample import Floats

STRENGTHS = np.linspace(-0.5, 0.98, 75)
BISECTIONS = 80
ROUNDING = 1e-10  # what counts as nothing against a whole series


@dataclass(frozen=True, eq=False)
class Mixture:
    """What a regression says of one combination of coefficients: Student's t for each strength, weighed by likelihood.

    The residual likelihood tells how well each strength fits, with no more said for one than for another beforehand.
    """

    centers: Floats
    scales: Floats
    chances: Floats
    freedom: int

    @property
    def mean(self) -> float:
        """The coefficient."""
        return float(self.chances @ self.centers)

    @property
    def spread(self) -> float:
        """The standard error, with what is not known of the strength in it."""
        return sqrt(float(self.chances @ (self.scales**2 + (self.centers - self.mean) ** 2)))

    def below(self, value: float) -> float:
        """How likely the coefficient lies below a value."""
        from scipy.special import stdtr

        return float(self.chances @ stdtr(self.freedom, (value - self.centers) / self.scales))

    def quantile(self, share: float) -> float:
        """The value below which the coefficient lies with such a chance."""
        reach = 1e6 * float(self.scales.max())
        low, high = float(self.centers.min()) - reach, float(self.centers.max()) + reach
        for _ in range(BISECTIONS):
            middle = (low + high) / 2
            low, high = (middle, high) if self.below(middle) < share else (low, middle)
        return (low + high) / 2

    @property
    def p_value(self) -> float:
        """How likely a coefficient at least so far from zero would be if it were zero (two-sided)."""
        below = self.below(0.0)
        return min(1.0, 2 * min(below, 1 - below))


def averaged_regression(y: Floats, x: Floats, wanted: Floats, years: Floats) -> Mixture:
    """Least squares of a series on columns, for errors of which each year keeps a share of the last.

    `wanted` is the combination of coefficients asked about; `years` may leave gaps, over which a strength wears off.
    """
    freedom = len(y) - x.shape[1]
    if freedom < 3:
        raise BadRequest(f"{len(y)} years say too little of {x.shape[1]} coefficients")
    if np.linalg.norm(y - x @ np.linalg.lstsq(x, y, rcond=None)[0]) <= ROUNDING * np.linalg.norm(y):
        raise BadRequest("the series lies on its line, so nothing says how sure an effect is")
    away = np.abs(years[:, None] - years)
    centers, scales, heights = (np.empty(len(STRENGTHS)) for _ in range(3))
    for place, strength in enumerate(STRENGTHS):
        root = np.linalg.cholesky(np.sign(strength) ** away * np.abs(strength) ** away if strength else np.eye(len(y)))
        straight_y, straight = np.linalg.solve(root, y), np.linalg.solve(root, x)
        crossed = straight.T @ straight
        found = np.linalg.solve(crossed, straight.T @ straight_y)
        missed = float(((straight_y - straight @ found) ** 2).sum())
        centers[place] = wanted @ found
        scales[place] = sqrt(missed / freedom * float(wanted @ np.linalg.solve(crossed, wanted)))
        around = np.linalg.slogdet(crossed)[1] + 2 * np.log(np.diag(root)).sum()
        heights[place] = -(around + freedom * np.log(max(missed, np.finfo(float).tiny))) / 2
    chances = np.exp(heights - heights.max())
    return Mixture(centers, scales, chances / chances.sum(), freedom)
