"""Least squares with a level for each unit and each year."""

from __future__ import annotations

from collections.abc import Sequence

from comity.evidence.answer import Finding, estimate_of, is_varied, share_of_expected
from comity.evidence.design import design
from comity.evidence.estimate import Estimate
from comity.evidence.inference import errors_of
from comity.evidence.placebo import LEADS, lead_names, lead_placebos
from comity.evidence.regression import two_way
from comity.evidence.sample import Sample


@design(
    assumes="Without treatment, the outcomes of treated and other units would have moved in parallel; the effect is "
    "the same for all units and at once; nothing unseen changes both treatment and outcome within a unit.",
    serves="treatments that come and go, in long panels with many units",
    errs="Errors in the treatment pull toward zero; where effects grow or differ, units treated early serve as "
    "controls and the coefficient may have the wrong sign.",
)
def two_way_fixed_effects(sample: Sample, *, leads: Sequence[int] = LEADS) -> Estimate:
    """How the outcome of a unit differs between its treated and its other years, less what each year brought to all.

    Least squares; of yes or no outcomes the coefficient is a difference of shares. Placebos are the treatment of later
    years, all leads together, beside the treatment itself.
    """
    sample = sample.known()
    is_varied(sample)
    found = two_way(sample)
    coefficient = float(found.coefficients[0])
    finding = Finding(
        coefficient=coefficient,
        errors=errors_of(sample, found.influence()),
        relative_effect=share_of_expected(sample, coefficient),
        classical=found.classical,
        placebo=lead_placebos(sample, leads, two_way),
        planned=lead_names(leads),
        options={"leads": list(leads)},
    )
    return estimate_of("two_way_fixed_effects", sample, finding)
