"""What one would expect of a pair: from gravity, and from its own past as well.

Gravity says what such a pair does in such a year. What the pair itself did before says by how many times it does more
or less, and is believed the more the more was to be expected: a gamma law of pairs around gravity.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.assess.expected_law import Law, law_of
from comity.assess.expected_rows import GRAVITY, Flags, Floats, Observed, spans_of
from comity.network.pair_years import Matrix, Numbers
from comity.panel.clusters import clustered_covariance, dyad_clustered_covariance
from comity.panel.designs import Leveled, Plain
from comity.panel.poisson import Poisson, poisson

HALF_LIFE = 5.0  # years after which half of a pair's past is forgotten
STEADY, WILD = 0.02, 50.0  # bounds of the variance of pairs around gravity
RECENT_SPANS = 3  # whose mean level stands for years that were not fitted


@dataclass(frozen=True)
class Gravity:
    """A fitted gravity model: a coefficient of each term, the level of each span of years, and how sure they are."""

    fit: Poisson
    covariance: Matrix
    terms: tuple[str, ...]
    kept: Flags
    center: Floats
    last_year: int
    levels: int
    law: Law
    pair_variance: float
    own_law: Law

    def coefficients(self) -> dict[str, tuple[float, float]]:
        """Of each term its coefficient and standard error; pairs that share a state may hang together."""
        errors = np.sqrt(np.diag(self.covariance))[self.levels :]
        found = self.fit.coefficients[self.levels :]
        return {name: (float(b), float(e)) for name, b, e in zip(self.terms, found, errors, strict=True)}

    def predicted(self, rows: Observed, spans: Numbers | None = None) -> tuple[Floats, Floats]:
        """The mean of each row and the variance of its logarithm; without spans, at the level of the last ones."""
        x = rows.x[:, self.kept] - self.center
        if spans is not None:
            columns = Leveled(spans, self.levels, Plain(x))
            return np.exp(columns.times(self.fit.coefficients) + rows.log_share), columns.squares(self.covariance)
        last = np.zeros(self.levels)
        last[-RECENT_SPANS:] = 1 / min(RECENT_SPANS, self.levels)
        ahead = Plain(np.column_stack([np.broadcast_to(last, (len(x), self.levels)), x]))
        return np.exp(ahead.times(self.fit.coefficients) + rows.log_share), ahead.squares(self.covariance)


def gravity_of(rows: Observed) -> tuple[Gravity, Floats, Floats]:
    """The gravity of some rows, the mean of each and the variance of its logarithm."""
    spans = spans_of(rows.year, rows.amount, rows.breaks)
    kept = np.ptp(rows.x, axis=0) > 0
    center = rows.x[:, kept].mean(axis=0)
    x = Leveled(spans, int(spans.max()) + 1, Plain(rows.x[:, kept] - center))
    fit = poisson(rows.amount, x, None, rows.log_share)
    mean = np.exp(x.times(fit.coefficients) + rows.log_share)
    covariance = _covariance(fit, x, rows)
    doubt = x.squares(covariance)
    variance = _pair_variance(rows, mean)
    own = usual(rows, mean, variance)
    terms = tuple(name for name, is_kept in zip(GRAVITY, kept, strict=True) if is_kept)
    levels, last = int(spans.max()) + 1, int(rows.year.max())
    laws = law_of(rows.amount, mean), law_of(rows.amount, own)
    return Gravity(fit, covariance, terms, kept, center, last, levels, laws[0], variance, laws[1]), mean, doubt


def _covariance(fit: Poisson, x: Leveled, rows: Observed) -> Matrix:
    """Pairs that share a state may hang together; where all share one of a few states, only the rows of a pair do."""
    states, counts = np.unique(np.concatenate([rows.state_a, rows.state_b]), return_counts=True)
    if len(states) and counts.max() > len(rows.year) / 4:
        return clustered_covariance(fit, x, [rows.pair])
    return dyad_clustered_covariance(fit, x, rows.state_a, rows.state_b)


def _neighbors(rows: Observed) -> Numbers:
    """The rows that follow a row of the same pair, of the year before, told by the same lists."""
    same = (rows.pair[1:] == rows.pair[:-1]) & (rows.year[1:] == rows.year[:-1] + 1)
    return np.flatnonzero(same & (rows.stretch[1:] == rows.stretch[:-1])) + 1


def _pair_variance(rows: Observed, mean: Floats) -> float:
    """How far pairs lie from gravity for good: by how much one year's surplus goes with that of the year before."""
    at = _neighbors(rows)
    over = rows.amount - mean
    whole = float(mean[at] @ mean[at - 1])
    return float(np.clip(over[at] @ over[at - 1] / whole, STEADY, WILD)) if whole > 0 else 1.0


def usual(rows: Observed, mean: Floats, variance: float) -> Floats:
    """What is expected of each row given what the pair did in earlier years that the same lists tell of.

    Years of the pair that are not told are as if they had met what was expected; where lists change, the past of the
    pair begins anew.
    """
    weight, keep = 1 / variance, 0.5 ** (1 / HALF_LIFE)
    did, should = np.zeros(len(mean)), np.zeros(len(mean))
    starts = np.flatnonzero(np.append(True, rows.pair[1:] != rows.pair[:-1]))
    place = np.arange(len(mean)) - np.repeat(starts, np.diff(np.append(starts, len(mean))))
    order = np.argsort(place, kind="stable")
    bounds = np.searchsorted(place[order], np.arange(1, int(place.max(initial=0)) + 2))
    for step in range(1, len(bounds)):
        at = order[bounds[step - 1] : bounds[step]]
        goes_on = rows.stretch[at] == rows.stretch[at - 1]
        fade = np.where(goes_on, keep ** (rows.year[at] - rows.year[at - 1]), 0.0)
        did[at] = fade * (did[at - 1] + rows.amount[at - 1])
        should[at] = fade * (should[at - 1] + mean[at - 1])
    found: Floats = mean * (weight + did) / (weight + should)
    return found
