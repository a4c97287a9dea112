"""Logistic regression by maximum likelihood, with standard errors; refused where no estimate exists."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from comity.errors import BadRequest
from comity.panel.designs import Leveled, Plain
from comity.panel.newton import ROUNDING, Fit, Floats, checked, fitted


@dataclass(frozen=True)
class Logit(Fit):
    """A fitted logit: one coefficient for each column, in log odds."""


class _Bernoulli:
    """Outcomes 0 and 1 whose log odds are the predictor."""

    def mean(self, predictor: Floats) -> Floats:
        chance: Floats = np.exp(predictor - np.logaddexp(0.0, predictor))
        return chance

    def slope(self, mean: Floats) -> Floats:
        return mean * (1 - mean)

    def log_likelihood(self, y: Floats, predictor: Floats, weight: Floats) -> float:
        return float(weight @ (y * predictor - np.logaddexp(0.0, predictor)))

    def first_predictor(self, y: Floats) -> Floats:
        return np.zeros(len(y))

    def separates(self, y: Floats, moved: Floats) -> bool:
        """Whether a step raises the log odds of no row without the event and lowers those of none with it."""
        toward = np.where(y == 1, moved, -moved)
        return bool(toward.min() >= -ROUNDING * toward.max())


def logit(y: npt.ArrayLike, x: npt.ArrayLike | Plain | Leveled, weights: npt.ArrayLike | None = None) -> Logit:
    """Fit the log odds of `y` as a sum of the columns of `x`, by maximum likelihood.

    `x` is taken as it is: a constant is a column of ones. A row of weight 2 counts as two rows, one of weight 0 not at
    all. Newton's method, whose steps for the logit are those of iteratively reweighted least squares; a step that makes
    the likelihood worse is halved.

    Raises BadRequest for unknown values, for an `x` in which a column is a combination of others, and where `x`
    separates the outcomes, so that larger coefficients always fit better and no estimate exists.

    >>> fit = logit([0, 0, 1, 0, 1, 1], [[1, 0], [1, 0], [1, 0], [1, 1], [1, 1], [1, 1]])
    >>> fit.coefficients.round(3).tolist()  # the log odds of 1 in 3, and what brings them to 2 in 3
    [-0.693, 1.386]
    >>> round(fit.log_likelihood, 3), fit.observations
    (-3.819, 6)
    """
    rows = checked(y, x, weights, None)
    if not np.isin(np.asarray(y, dtype=float), (0, 1)).all():
        raise BadRequest("y holds other values than 0 and 1; keep the rows in which it is known")
    fit, _ = fitted(rows, _Bernoulli())
    return Logit(**vars(fit))
