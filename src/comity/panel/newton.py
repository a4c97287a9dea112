"""Newton's method for models of one linear predictor, and what every such fit gives; refused where no estimate exists.

A family says how the mean follows from the predictor; the link is the one under which Newton's steps are those of
iteratively reweighted least squares (logit for outcomes 0 and 1, logarithm for counts).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import erfc, sqrt
from typing import Protocol

import numpy as np
import numpy.typing as npt

from comity.errors import BadRequest
from comity.panel.designs import Leveled, Plain, design_of

Floats = npt.NDArray[np.float64]

MOST_STEPS = 50
HALVINGS = 30
CLOSE = 1e-9  # a step that moves the predictor of no row by more is the last
SEPARATED_AFTER = 12  # steps; where an estimate exists, Newton's method is done long before
ROUNDING = 1e-8  # what counts as zero against the largest move of a step
SEPARATED = "x separates the outcomes: some combination of its columns foretells y, so no estimate exists"


@dataclass(frozen=True)
class Fit:
    """A fitted model: one coefficient for each column, in units of the predictor.

    `covariance` is that of the model, for rows that are independent; see `comity.panel.clusters` for others.
    `residuals` are the weighted outcomes less their means, of every row given.
    """

    coefficients: Floats
    covariance: Floats
    log_likelihood: float
    observations: int
    residuals: Floats = field(default_factory=lambda: np.zeros(0), repr=False, compare=False)

    @property
    def standard_errors(self) -> Floats:
        """The standard error of each coefficient: rows are taken as independent, which pairs over years are not."""
        errors: Floats = np.sqrt(np.diag(self.covariance))
        return errors

    @property
    def p_values(self) -> Floats:
        """How likely an estimate at least so far from zero would be if the coefficient were zero (two-sided)."""
        return np.array([erfc(abs(z) / sqrt(2)) for z in self.coefficients / self.standard_errors])


class Family(Protocol):
    """What a model says of outcomes whose linear predictor is known."""

    def mean(self, predictor: Floats) -> Floats:
        """The expected outcome."""

    def slope(self, mean: Floats) -> Floats:
        """How fast the expected outcome rises with the predictor, which is the variance of the outcome."""

    def log_likelihood(self, y: Floats, predictor: Floats, weight: Floats) -> float:
        """The log likelihood, less what no coefficient moves."""

    def first_predictor(self, y: Floats) -> Floats:
        """Where to begin: a predictor of each row that does not overshoot."""

    def separates(self, y: Floats, moved: Floats) -> bool:
        """Whether more and more of a step fits no row worse, so that no estimate is the best."""


@dataclass(frozen=True)
class Rows:
    """The rows that count: outcomes, columns, weights and offsets, and where they stand among the rows given."""

    y: Floats
    x: Plain | Leveled
    weight: Floats
    offset: Floats
    counts: npt.NDArray[np.bool_]


def checked(
    y: npt.ArrayLike,
    x: npt.ArrayLike | Plain | Leveled,
    weights: npt.ArrayLike | None,
    offset: npt.ArrayLike | None,
) -> Rows:
    """The rows that count, after every promise about them but that of the family was looked at."""
    outcome = np.asarray(y, dtype=float)
    weight = np.ones(len(outcome)) if weights is None else np.asarray(weights, dtype=float)
    added = np.zeros(len(outcome)) if offset is None else np.asarray(offset, dtype=float)
    shape = (len(x), x.width) if isinstance(x, Plain | Leveled) else np.shape(x)
    if outcome.ndim != 1 or len(shape) != 2 or shape[0] != len(outcome) or weight.shape != outcome.shape:
        shapes = f"y {outcome.shape}, x {shape}, weights {weight.shape}"
        raise BadRequest(f"y and weights are one number a row and x is rows by columns of the same rows, not {shapes}")
    if added.shape != outcome.shape or not np.isfinite(added).all():
        raise BadRequest("offsets are one known number a row")
    columns = x if isinstance(x, Plain | Leveled) else design_of(x)
    if not (np.isfinite(weight) & (weight >= 0)).all():
        raise BadRequest("weights are known numbers of 0 or more")
    counts = weight > 0
    if counts.sum() < columns.width or not columns.width:
        raise BadRequest(f"{columns.width} columns cannot be told apart in {counts.sum()} rows")
    if counts.all():
        return Rows(outcome, columns, weight, added, counts)
    return Rows(outcome[counts], columns.among(counts), weight[counts], added[counts], counts)


def fitted(rows: Rows, family: Family) -> tuple[Fit, Floats]:
    """The fit of some rows, and the mean of each row that counts."""
    columns, scale = rows.x.scaled()
    if len(dependent := columns.dependent()):
        named = ", ".join(map(str, dependent))
        raise BadRequest(f"columns {named} of x are zero or combinations of the columns before; leave them out")
    found, covariance, predictor = _newton(rows, columns, family)
    mean = family.mean(predictor)
    residuals = np.zeros(len(rows.counts))
    residuals[rows.counts] = rows.weight * (rows.y - mean)
    likelihood = family.log_likelihood(rows.y, predictor, rows.weight)
    fit = Fit(found / scale, covariance / np.outer(scale, scale), likelihood, len(rows.y), residuals)
    return fit, mean


def _newton(rows: Rows, x: Plain | Leveled, family: Family) -> tuple[Floats, Floats, Floats]:
    """The coefficients at which the likelihood is largest, their covariance, and the predictor of each row there."""
    y, weight = rows.y, rows.weight
    found, predictor = _start(rows, x, family)
    likelihood = family.log_likelihood(y, predictor, weight)
    for step in range(MOST_STEPS):
        mean = family.mean(predictor)
        information = x.crossed(weight * family.slope(mean))
        try:
            change = _solved(information, x.sums(weight * (y - mean)))
        except np.linalg.LinAlgError as error:  # every row is fitted to the last digit
            raise BadRequest(SEPARATED) from error
        moved = x.times(change)
        if np.abs(moved).max() < CLOSE:
            return found + change, np.asarray(np.linalg.inv(information)), predictor + moved
        if step >= SEPARATED_AFTER and family.separates(y, moved):
            raise BadRequest(SEPARATED)
        size, likelihood = _halved(rows, predictor, moved, (family, likelihood))
        found, predictor = found + size * change, predictor + size * moved
    raise BadRequest(f"no estimate was found in {MOST_STEPS} steps; look for columns that are nearly alike")


def _start(rows: Rows, x: Plain | Leveled, family: Family) -> tuple[Floats, Floats]:
    """The coefficients that come nearest to the family's first predictor, and what they predict."""
    wanted = family.first_predictor(rows.y)
    if not wanted.any():
        return np.zeros(x.width), rows.offset.copy()
    found = _solved(x.crossed(rows.weight), x.sums(rows.weight * (wanted - rows.offset)))
    return found, x.times(found) + rows.offset


def _solved(matrix: Floats, right: Floats) -> Floats:
    return np.asarray(np.linalg.solve(matrix, right), dtype=np.float64)


def _halved(rows: Rows, predictor: Floats, moved: Floats, at: tuple[Family, float]) -> tuple[float, float]:
    """How much of a step to take, the whole or the first half of a half that is no worse, and the likelihood then."""
    family, likelihood = at
    size, better = 1.0, likelihood
    for _ in range(HALVINGS):
        better = family.log_likelihood(rows.y, predictor + size * moved, rows.weight)
        if better >= likelihood - abs(likelihood) * np.finfo(float).eps * len(rows.y):
            break
        size /= 2
    return size, better
