"""Placebos: the treatment of later years, which cannot have changed this one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from comity.errors import BadRequest
from comity.evidence.answer import placebos
from comity.evidence.estimate import Placebo
from comity.evidence.inference import Influence
from comity.evidence.regression import Regression
from comity.evidence.sample import Flags, Sample
from comity.evidence.within import Effects, own_columns

LEADS = (1, 2, 3)
Fit = Callable[[Sample, int], Regression]


def lead_names(leads: Sequence[int]) -> tuple[str, ...]:
    """What the placebos of leads are called.

    >>> lead_names((1, 2))
    ('lead 1', 'lead 2')
    """
    return tuple(f"lead {by}" for by in leads)


def as_given(sample: Sample) -> Sample:
    """The rows as they are."""
    return sample


def lead_placebos(
    sample: Sample, leads: Sequence[int], fit: Fit, prepare: Callable[[Sample], Sample] = as_given
) -> tuple[Placebo, ...]:
    """The coefficients of the treatment of later years beside that of this one, on the rows in which all are known.

    `fit` gives the coefficients of the treatment and of as many controls as it is told, `prepare` the rows it can use.
    A lead of which the levels of units and years leave nothing has no coefficient.
    """
    later = np.column_stack([np.empty((len(sample), 0)), *(sample.shifted(sample.d, by) for by in leads)])
    rows: Flags = np.asarray(np.isfinite(later).all(axis=1))
    if not leads or not rows.any():
        return ()
    names = lead_names(leads)
    kept = sample.among(rows)
    kept = prepare(replace(kept, x=np.column_stack([later[rows], kept.x]), names=(*names, *kept.names)))
    every = np.column_stack([kept.d, kept.x[:, : len(leads)]])
    own = own_columns(Effects.of(kept).without(every), every)
    if own[:1] != [0] or len(own) < 2:
        return ()
    held = [place - 1 for place in own[1:]] + list(range(len(leads), len(kept.names)))
    kept = replace(kept, x=kept.x[:, held], names=tuple(kept.names[place] for place in held))
    found = fit(kept, len(own))
    influences = [found.influence(place) for place in range(1, len(own))]
    return placebos(kept, kept.names[: len(own) - 1], found.coefficients[1:], influences)


def later_placebos(
    sample: Sample, leads: Sequence[int], effect: Callable[[Sample], tuple[float, Sample, Influence]]
) -> tuple[Placebo, ...]:
    """The effect of the treatment of later years on rows that are not treated now, each lead by itself.

    For designs that compare rows with others of their kind; `effect` gives the coefficient, the rows it used and what
    each adds. A lead that leaves nothing to compare has no coefficient.
    """
    found: list[Placebo] = []
    for by in leads:
        if (rows := sample.later(by)) is None:
            continue
        try:
            coefficient, used, influence = effect(rows)
        except BadRequest:  # the rows not treated now are fewer, and may not bear the comparison that all rows bear
            continue
        found += placebos(used, lead_names([by]), np.array([coefficient]), [influence])
    return tuple(found)
