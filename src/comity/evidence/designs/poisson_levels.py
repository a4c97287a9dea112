"""Poisson pseudo-maximum likelihood with a level for each unit and each year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from comity.evidence.answer import Finding, estimate_of, is_varied
from comity.evidence.design import design
from comity.evidence.estimate import Estimate
from comity.evidence.inference import errors_of
from comity.evidence.placebo import LEADS, lead_names, lead_placebos
from comity.evidence.ppml import fitted, with_events
from comity.evidence.sample import Sample


@design(
    assumes="Without treatment, the outcomes of treated and other units would have changed by the same factor; the "
    "mean is right, whatever the variance; nothing unseen changes both treatment and outcome within a unit.",
    serves="counts and amounts with many zeros: exercises, visits, arms, deaths",
    errs="Units that never have the outcome say nothing and are left out, so the effect is one among units that have "
    "it; where effects grow or differ, units treated early serve as controls.",
)
def poisson_fixed_effects(sample: Sample, *, leads: Sequence[int] = LEADS) -> Estimate:
    """By which factor the outcome of a unit differs in its treated years, less what each year brought to all.

    Santos Silva and Tenreyro (2006). The coefficient is a change of the logarithm of the mean. Units and years in which
    the outcome never comes fit any level; they are left out and counted.
    """
    sample = with_events(sample.known())
    is_varied(sample)
    found = fitted(sample)
    coefficient = float(found.coefficients[0])
    finding = Finding(
        coefficient=coefficient,
        errors=errors_of(sample, found.influence()),
        relative_effect=float(np.expm1(coefficient)),
        placebo=lead_placebos(sample, leads, fitted, with_events),
        planned=lead_names(leads),
        options={"leads": list(leads)},
    )
    return estimate_of("poisson_fixed_effects", sample, finding)
