"""Surprise: how badly a forecast from history alone, made the year before, foretold what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from comity.errors import BadRequest
from comity.evidence.specs.terms import Term

if TYPE_CHECKING:
    from comity.evidence.sample import Flags, Floats
    from comity.evidence.specs.rows import Rows

FEWEST_ROWS, FEWEST_EVENTS = 500, 25  # before the first forecast


def surprise(outcome: Term, *history: Term) -> Term:
    """The log score (less its sign) of a yes or no outcome under a logit of earlier years on history.

    Each year is foretold by a model of the years before it, so a forecast never saw what it foretells. Unknown where
    too few years came before, and where the outcome or the history is unknown.

    >>> from comity.evidence.specs.terms import of
    >>> surprise(of("dispute_onset"), of("past_dispute_count")).name
    'surprise(dispute_onset | past_dispute_count)'
    """

    def make(rows: Rows) -> Floats:
        y = outcome(rows)
        columns = np.column_stack([np.ones(len(rows)), *(term(rows) for term in history)])
        known = np.isfinite(y) & np.isfinite(columns).all(axis=1)
        scored = np.full(len(rows), np.nan)
        for year in np.unique(rows.year):
            before, now = known & (rows.year < year), known & (rows.year == year)
            if now.any() and before.sum() >= FEWEST_ROWS and y[before].sum() >= FEWEST_EVENTS:
                scored[now] = _scored(y, columns, before, now)
        return scored

    return Term(f"surprise({outcome.name} | {', '.join(term.name for term in history)})", make)


def _scored(y: Floats, columns: Floats, before: Flags, now: Flags) -> Floats:
    from comity.panel.logit import logit

    try:
        fit = logit(y[before], columns[before])
    except BadRequest:  # the years before separate the outcome, so that no forecast exists
        return np.full(int(now.sum()), np.nan)
    odds = columns[now] @ fit.coefficients
    found: Floats = np.logaddexp(0.0, np.where(y[now] == 1, -odds, odds))
    return found
