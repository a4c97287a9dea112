"""Predictions by ridge regression on curves and products of columns, each row by a fit that has not seen its pair."""

from __future__ import annotations

import numpy as np

from comity.evidence.sample import Floats, Labels, Sample

PENALTIES = np.geomspace(1e-6, 1e2, 17)  # as shares of the columns' mean square


def basis(sample: Sample) -> Floats:
    """The controls and the year, their squares, cubes and products, each with mean 0 and spread 1."""
    plain = _standard(np.column_stack([sample.x, sample.year]))
    products = [plain[:, one] * plain[:, two] for one in range(plain.shape[1]) for two in range(one, plain.shape[1])]
    made = _standard(np.column_stack([plain, *products, plain**3]))
    return made[:, made.std(axis=0) > 0]


def _standard(columns: Floats) -> Floats:
    spread = columns.std(axis=0)
    made: Floats = (columns - columns.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return made


def folds_of(sample: Sample, count: int, seed: int) -> Labels:
    """A fold for each row, the same for all rows of a pair."""
    labels = np.arange(sample.pairs.total) % count
    np.random.default_rng(seed).shuffle(labels)
    return labels[sample.pairs.of].astype(np.int64)


def unseen_predictions(targets: Floats, columns: Floats, folds: Labels) -> Floats:
    """Each target of each row, foretold by a fit on the other folds."""
    made = np.empty_like(targets)
    for fold in range(int(folds.max()) + 1):
        held = folds == fold
        made[held] = _fit_and_predict(targets[~held], columns[~held], columns[held])
    return made


def _fit_and_predict(targets: Floats, columns: Floats, wanted: Floats) -> Floats:
    """Ridge regression under the penalty that generalized cross-validation finds best for each target."""
    middle, level = columns.mean(axis=0), targets.mean(axis=0)
    columns, left = columns - middle, targets - level
    values, vectors = np.linalg.eigh(columns.T @ columns)
    values = np.maximum(values, 0.0)
    along = vectors.T @ (columns.T @ left)
    coefficients = np.column_stack([_best(values, along[:, i], left[:, i]) for i in range(targets.shape[1])])
    predicted: Floats = level + (wanted - middle) @ (vectors @ coefficients)
    return predicted


def _best(values: Floats, along: Floats, left: Floats) -> Floats:
    """The coefficients along the columns' main directions under the best penalty."""
    rows, whole = len(left), float(left @ left)
    best, least = np.zeros_like(along), np.inf
    for penalty in PENALTIES * max(values.mean(), np.finfo(float).tiny):
        found = along / (values + penalty)
        missed = whole - 2 * float(found @ along) + float(found**2 @ values)
        used = 1 + float((values / (values + penalty)).sum())
        if used < rows and (worth := missed / (rows - used) ** 2) < least:
            best, least = found, worth
    return best
