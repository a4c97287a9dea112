"""Weights under which untreated rows look like treated ones: entropy balancing (Hainmueller 2012)."""

from __future__ import annotations

import numpy as np

from comity.errors import BadRequest
from comity.evidence.estimate import Balance
from comity.evidence.sample import Flags, Floats, Sample
from comity.evidence.within import own_columns

MOST_STEPS = 200
CLOSE = 1e-8  # in standard deviations: how far weighted means may stay from those of the treated
HALVINGS = 40


def balancing(columns: Floats, treated: Flags) -> Floats | None:
    """Weights of untreated rows, nearest to equal ones, that give them the means of the treated; treated rows weigh 1.

    None where no weights do, because treated rows lie beyond all others in some mix of columns. Newton's method on the
    dual, which is convex; a step that makes it worse is halved.
    """
    apart = columns[~treated] - columns[treated].mean(axis=0)
    scale = np.where((spread := apart.std(axis=0)) > 0, spread, 1.0)
    apart = apart / scale
    own = own_columns(apart - apart.mean(axis=0), apart)
    others, found = apart[:, own], np.zeros(len(own))
    worth, share = _dual(others, found)
    for _ in range(MOST_STEPS):
        slope = others.T @ share
        if np.abs(slope).max(initial=0.0) < CLOSE:
            weights = np.ones(len(columns))
            weights[~treated] = share * treated.sum()
            return weights if np.abs(apart.T @ share).max(initial=0.0) < 1e-6 else None
        bent = (others * share[:, None]).T @ others - np.outer(slope, slope)
        step = np.linalg.lstsq(bent, slope, rcond=None)[0]
        size = 1.0
        for _ in range(HALVINGS):
            tried, shares = _dual(others, found - size * step)
            if tried <= worth:
                break
            size /= 2
        found, worth, share = found - size * step, tried, shares
        if not np.isfinite(found).all():
            return None
    return None


def _dual(apart: Floats, found: Floats) -> tuple[float, Floats]:
    """What the dual is worth at some multipliers, and the weights there, which sum to 1."""
    height = apart @ found
    top = float(height.max())
    raised = np.exp(height - top)
    total = float(raised.sum())
    return top + float(np.log(total)), raised / total


def balance_table(sample: Sample, columns: Floats, weights: Floats, names: tuple[str, ...]) -> tuple[Balance, ...]:
    """How far treated and other rows lie apart in each column, in standard deviations of the treated."""
    treated = sample.d != 0
    found = []
    for name, column in zip(names, columns.T, strict=True):
        spread = float(column[treated].std()) or float(column.std()) or 1.0
        mean, others = float(column[treated].mean()), column[~treated]
        before = (mean - float(others.mean())) / spread
        after = (mean - float(np.average(others, weights=weights[~treated]))) / spread
        found.append(Balance(name, before, after))
    return tuple(found)


def same_decades(sample: Sample) -> tuple[Sample, Floats, tuple[str, ...]]:
    """The rows of decades that have both treated and other rows, with a column for each decade but the first."""
    while True:
        decades, place = np.unique(sample.year // 10, return_inverse=True)
        treated = np.bincount(place, sample.d != 0, minlength=len(decades))
        both = (treated > 0) & (treated < np.bincount(place, minlength=len(decades)))
        if both.all():
            break
        if not both.any():
            question = sample.question
            raise BadRequest(f"question {question.claim} {question.name}: no decade has treated and other rows")
        sample = sample.among(both[place], "no row to compare with in this decade")
    columns = (place[:, None] == np.arange(1, len(decades))).astype(float)
    return sample, columns, tuple(f"{decade * 10}s" for decade in decades[1:])
