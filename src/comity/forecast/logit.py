"""Logistic regression by maximum likelihood, with standard errors; refused where no estimate exists."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
import numpy.typing as npt

from comity.errors import BadRequest

Floats = npt.NDArray[np.float64]

MOST_STEPS = 50
HALVINGS = 30
CLOSE = 1e-9  # a step that moves the log odds of no row by more is the last
SEPARATED_AFTER = 12  # steps; where an estimate exists, Newton's method is done long before
ROUNDING = 1e-8  # what counts as zero against the largest of a step's log odds
SEPARATED = "x separates the outcomes: some combination of its columns foretells y, so no estimate exists"


@dataclass(frozen=True)
class Logit:
    """A fitted logit: one coefficient for each column, in log odds."""

    coefficients: Floats
    covariance: Floats
    log_likelihood: float
    observations: int

    @property
    def standard_errors(self) -> Floats:
        """The standard error of each coefficient: rows are taken as independent, which pairs over years are not."""
        errors: Floats = np.sqrt(np.diag(self.covariance))
        return errors

    @property
    def p_values(self) -> Floats:
        """How likely an estimate at least so far from zero would be if the coefficient were zero (two-sided)."""
        return np.array([erfc(abs(z) / sqrt(2)) for z in self.coefficients / self.standard_errors])


def logit(y: npt.ArrayLike, x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> Logit:
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
    outcome, columns, weight = _checked(y, x, weights)
    scale = np.abs(columns).max(axis=0)
    columns = columns / np.where(scale > 0, scale, 1.0)
    _refuse_dependent(columns)
    found, covariance, likelihood = _newton(outcome, columns, weight)
    return Logit(found / scale, covariance / np.outer(scale, scale), likelihood, len(outcome))


def _checked(y: npt.ArrayLike, x: npt.ArrayLike, weights: npt.ArrayLike | None) -> tuple[Floats, Floats, Floats]:
    """Outcomes, columns and weights of the rows that count, after every promise about them was looked at."""
    outcome, columns = np.asarray(y, dtype=float), np.asarray(x, dtype=float)
    weight = np.ones(len(outcome)) if weights is None else np.asarray(weights, dtype=float)
    if outcome.ndim != 1 or columns.ndim != 2 or len(columns) != len(outcome) or weight.shape != outcome.shape:
        shapes = f"y {outcome.shape}, x {columns.shape}, weights {weight.shape}"
        raise BadRequest(f"y and weights are one number a row and x is rows by columns of the same rows, not {shapes}")
    if len(unknown := np.flatnonzero(~np.isfinite(columns).all(axis=0))):
        named = ", ".join(map(str, unknown))
        raise BadRequest(f"columns {named} of x hold unknown or infinite values; keep the rows in which all are known")
    if not np.isin(outcome, (0, 1)).all():
        raise BadRequest("y holds other values than 0 and 1; keep the rows in which it is known")
    if not (np.isfinite(weight) & (weight >= 0)).all():
        raise BadRequest("weights are known numbers of 0 or more")
    counts = weight > 0
    if counts.sum() < columns.shape[1] or not columns.shape[1]:
        raise BadRequest(f"{columns.shape[1]} columns cannot be told apart in {counts.sum()} rows")
    return outcome[counts], columns[counts], weight[counts]


def _refuse_dependent(columns: Floats) -> None:
    """Refuse columns of which one is a combination of those before it: their coefficients could be anything."""
    apart = np.abs(np.diag(np.linalg.qr(columns, mode="r")))
    lengths = np.linalg.norm(columns, axis=0)
    if len(found := np.flatnonzero(apart <= len(columns) * np.finfo(float).eps * lengths)):
        named = ", ".join(map(str, found))
        raise BadRequest(f"columns {named} of x are zero or combinations of the columns before; leave them out")


def _newton(y: Floats, x: Floats, weight: Floats) -> tuple[Floats, Floats, float]:
    """The coefficients at which the likelihood is largest, their covariance, and the log likelihood there."""
    found = np.zeros(x.shape[1])
    odds, likelihood = np.zeros(len(y)), -float(weight.sum()) * np.log(2.0)
    for step in range(MOST_STEPS):
        chance = np.exp(odds - np.logaddexp(0.0, odds))
        information = (x * (weight * chance * (1 - chance))[:, None]).T @ x
        try:
            change = np.linalg.solve(information, x.T @ (weight * (y - chance)))
        except np.linalg.LinAlgError as error:  # every row is fitted to the last digit
            raise BadRequest(SEPARATED) from error
        moved = x @ change
        if np.abs(moved).max() < CLOSE:
            return found + change, np.linalg.inv(information), _log_likelihood(y, odds + moved, weight)
        if step >= SEPARATED_AFTER and _separates(y, moved):
            raise BadRequest(SEPARATED)
        size, better = _halved(y, weight, odds, moved, likelihood)
        found, odds, likelihood = found + size * change, odds + size * moved, better
    raise BadRequest(f"no estimate was found in {MOST_STEPS} steps; look for columns that are nearly alike")


def _halved(y: Floats, weight: Floats, odds: Floats, moved: Floats, likelihood: float) -> tuple[float, float]:
    """How much of a step to take, the whole or the first half of a half that is no worse, and the likelihood then."""
    size = 1.0
    for _ in range(HALVINGS):
        better = _log_likelihood(y, odds + size * moved, weight)
        if better >= likelihood - abs(likelihood) * np.finfo(float).eps * len(y):
            break
        size /= 2
    return size, better


def _log_likelihood(y: Floats, odds: Floats, weight: Floats) -> float:
    return float(weight @ (y * odds - np.logaddexp(0.0, odds)))


def _separates(y: Floats, moved: Floats) -> bool:
    """Whether a step raises the log odds of no row without the event and lowers those of none with it."""
    toward = np.where(y == 1, moved, -moved)
    return bool(toward.min() >= -ROUNDING * toward.max())
