"""Poisson pseudo-maximum likelihood: amounts of 0 or more whose logarithm of the mean is a sum of columns.

Santos Silva and Tenreyro (2006): it is consistent whenever the mean is right, whatever the variance, and takes pairs
with nothing as they are, where a regression of logarithms must drop them. The estimates exist exactly where no
combination of columns is 0 in all rows with something and never above 0 in the others (Correia, Guimarães and Zylkin
2019); where one is, the fit is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from comity.errors import BadRequest
from comity.panel.designs import Leveled, Plain
from comity.panel.newton import ROUNDING, SEPARATED, Fit, Floats, checked, fitted


@dataclass(frozen=True)
class Poisson(Fit):
    """A fitted Poisson model: coefficients are changes of the logarithm of the mean.

    `deviance` is how far the rows lie from their means: 0 where every mean is met. `dispersion` is the mean squared
    distance of a row from its mean over what the Poisson law expects: 1 where the law holds, more where rows vary more.
    """

    deviance: float = 0.0
    dispersion: float = 1.0


class _Counts:
    """Amounts of 0 or more whose mean is the exponential of the predictor."""

    def mean(self, predictor: Floats) -> Floats:
        with np.errstate(over="ignore"):  # a step too far has an infinite mean and is halved
            mean: Floats = np.exp(predictor)
        return mean

    def slope(self, mean: Floats) -> Floats:
        return mean

    def log_likelihood(self, y: Floats, predictor: Floats, weight: Floats) -> float:
        return float(weight @ (y * predictor - self.mean(predictor)))

    def first_predictor(self, y: Floats) -> Floats:
        # Half way to the average, as usual for the Poisson: no row begins at the logarithm of 0.
        first: Floats = np.log((y + y.mean()) / 2)
        return first

    def separates(self, y: Floats, moved: Floats) -> bool:
        """Whether a step leaves every row with something where it is and raises none of the others."""
        least = ROUNDING * np.abs(moved).max()
        return bool((np.abs(moved[y > 0]) <= least).all() and (moved[y == 0] <= least).all())


def poisson(
    y: npt.ArrayLike,
    x: npt.ArrayLike | Plain | Leveled,
    weights: npt.ArrayLike | None = None,
    offset: npt.ArrayLike | None = None,
) -> Poisson:
    """Fit the logarithm of the mean of `y` as a sum of the columns of `x` and of `offset`.

    `x` is taken as it is: a constant is a column of ones. A row of weight 2 counts as two rows, one of weight 0 not at
    all. An offset is a part of the sum that is known, such as the logarithm of the share that a list knows. A level for
    each year, say, is best given by `design_of(x, levels)`, whose coefficients come before those of `x`.

    Raises BadRequest for unknown or negative amounts, for an `x` in which a column is a combination of others, and
    where some combination of columns marks only rows with nothing, so that no estimate exists.

    >>> fit = poisson([1, 3, 0, 2, 4, 8], [[1, 0], [1, 0], [1, 0], [1, 1], [1, 1], [1, 1]])
    >>> np.exp(fit.coefficients).round(3).tolist()  # the mean of the first three, and how many times it the others have
    [1.333, 3.5]
    """
    rows = checked(y, x, weights, offset)
    if not (np.isfinite(given := np.asarray(y, dtype=float)) & (given >= 0)).all():
        raise BadRequest("y holds values that are unknown or below 0; keep the rows in which it is a known amount")
    if not rows.y.any():
        raise BadRequest(SEPARATED)
    fit, mean = fitted(rows, _Counts())
    free = rows.weight.sum() - rows.x.width
    squared = rows.weight @ ((rows.y - mean) ** 2 / mean)
    apart = float(rows.weight @ unit_deviances(rows.y, mean))
    return Poisson(**vars(fit), deviance=apart, dispersion=float(squared / free) if free > 0 else float("nan"))


def unit_deviances(y: Floats, mean: Floats) -> Floats:
    """How far each amount lies from its mean, as the Poisson law weighs it: 0 where it is met.

    >>> unit_deviances(np.array([0.0, 2.0]), np.array([0.5, 2.0])).tolist()
    [1.0, 0.0]
    """
    ratio = np.divide(y, mean, out=np.ones_like(mean), where=y > 0)
    deviances: Floats = 2 * (y * np.log(ratio) - (y - mean))
    return deviances
