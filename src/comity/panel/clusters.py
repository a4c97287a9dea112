"""How sure a fit is where rows hang together: rows of one pair, and pairs that share a state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from comity.errors import BadRequest
from comity.panel.designs import Leveled, Plain, design_of
from comity.panel.newton import Fit, Floats

Labels = npt.NDArray[np.int64]


def robust_covariance(fit: Fit, x: npt.ArrayLike | Plain | Leveled) -> Floats:
    """The covariance of the coefficients when rows are independent and vary otherwise than the family says (HC0)."""
    return _between(fit, _columns(fit, x).crossed(fit.residuals**2))


def clustered_covariance(fit: Fit, x: npt.ArrayLike | Plain | Leveled, clusters: Sequence[npt.ArrayLike]) -> Floats:
    """The covariance when rows that share a label of any of the clusterings may hang together.

    Of several clusterings, Cameron, Gelbach and Miller (2011): each alone, less what two share, and so on. With the
    usual corrections for few clusters and many columns; of several, that for the fewest clusters.
    """
    columns = _columns(fit, x)
    numbers = [_numbered(labels, len(columns)) for labels in clusters]
    if not numbers:
        raise BadRequest("a clustered covariance has at least one clustering")
    middle = np.zeros((columns.width,) * 2)
    for sign, labels in _subsets(numbers):
        middle += sign * _squared_sums(fit, columns, labels)
    fewest = min(int(labels.max()) + 1 for labels in numbers)
    if fewest < 2:
        raise BadRequest("rows of one cluster say nothing of how clusters differ")
    rows = fit.observations
    return _between(fit, middle * fewest / (fewest - 1) * (rows - 1) / (rows - columns.width))


def dyad_clustered_covariance(
    fit: Fit, x: npt.ArrayLike | Plain | Leveled, state_a: npt.ArrayLike, state_b: npt.ArrayLike
) -> Floats:
    """The covariance when all rows of a pair, and all pairs that share a state, may hang together.

    Aronow, Samii and Assenova (2015). A state stands once as the first and once as the second of its pairs, which
    clusterings by the first and by the second state would take for two.
    """
    columns = _columns(fit, x)
    a, b = np.asarray(state_a), np.asarray(state_b)
    states = _numbered(np.concatenate([a, b]), 2 * len(columns))
    one, two, count = states[: len(columns)], states[len(columns) :], int(states.max()) + 1
    pairs = _numbered(np.minimum(one, two) * count + np.maximum(one, two), len(columns))
    sums = columns.sums_by(fit.residuals, one, count) + columns.sums_by(fit.residuals, two, count)
    # The rows of a pair meet through both its states and count once.
    return _between(fit, sums.T @ sums - _squared_sums(fit, columns, pairs))


def _columns(fit: Fit, x: npt.ArrayLike | Plain | Leveled) -> Plain | Leveled:
    columns = x if isinstance(x, Plain | Leveled) else design_of(x)
    if len(columns) != len(fit.residuals):
        raise BadRequest(f"x has the {len(fit.residuals)} rows that were fitted, not {len(columns)}")
    return columns


def _numbered(labels: npt.ArrayLike, rows: int) -> Labels:
    """Labels as numbers from 0."""
    given = np.asarray(labels)
    if given.shape != (rows,):
        raise BadRequest(f"a clustering has one label for each of {rows} rows, not {given.shape}")
    numbers: Labels = np.unique(given, return_inverse=True)[1].astype(np.int64)
    return numbers


def _subsets(numbers: Sequence[Labels]) -> Iterator[tuple[int, Labels]]:
    """Every choice of clusterings, as the clustering by all of them at once, and whether it is added or taken away."""
    for count in range(1, len(numbers) + 1):
        for chosen in combinations(numbers, count):
            both = chosen[0]
            for labels in chosen[1:]:
                both = _numbered(both * (int(labels.max()) + 1) + labels, len(labels))
            yield (1 if count % 2 else -1), both


def _squared_sums(fit: Fit, columns: Plain | Leveled, labels: Labels) -> Floats:
    sums = columns.sums_by(fit.residuals, labels, int(labels.max()) + 1)
    squared: Floats = sums.T @ sums
    return squared


def _between(fit: Fit, middle: Floats) -> Floats:
    """The covariance around a middle; what taking away left below zero is raised to zero."""
    found = fit.covariance @ middle @ fit.covariance
    values, vectors = np.linalg.eigh((found + found.T) / 2)
    made: Floats = found if values.min() >= 0 else (vectors * np.maximum(values, 0.0)) @ vectors.T
    return made
