"""What is left of the outcome against what is left of the treatment, after both were foretold from the controls."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from comity.errors import BadRequest
from comity.evidence.answer import Finding, estimate_of, is_varied, share_of_expected
from comity.evidence.design import design
from comity.evidence.estimate import Estimate
from comity.evidence.inference import Influence, errors_of
from comity.evidence.placebo import LEADS, later_placebos, lead_names
from comity.evidence.regression import Regression, least_squares
from comity.evidence.ridge import basis, folds_of, unseen_predictions
from comity.evidence.sample import Sample

FOLDS, SEED = 5, 20260


@design(
    assumes="The controls hold all that changes both treatment and outcome; what they do may bend and interact, as far "
    "as squares, cubes and products go; the effect is one number.",
    serves="many controls whose shapes nobody knows",
    errs="What is unseen and moves treatment and outcome is taken for the treatment's; a control that the treatment "
    "itself changed hides part of its effect.",
)
def double_machine_learning(sample: Sample, *, folds: int = FOLDS, leads: Sequence[int] = LEADS) -> Estimate:
    """The effect in a partially linear model: outcome and treatment are foretold from controls and year, then compared.

    Chernozhukov et al. (2018). Each row is foretold by ridge regressions that have not seen its pair. Placebos are
    treatments of later years of rows not treated now.
    """
    sample = sample.known()
    is_varied(sample)
    if not 2 <= folds <= sample.pairs.total:
        raise BadRequest(f"there are between 2 and {sample.pairs.total} folds, not {folds}")
    found = _left_over(sample, folds)
    coefficient = float(found.coefficients[0])
    finding = Finding(
        coefficient=coefficient,
        errors=errors_of(sample, found.influence()),
        relative_effect=share_of_expected(sample, coefficient),
        classical=found.classical,
        placebo=later_placebos(sample, leads, lambda rows: _placebo(rows, folds)),
        planned=lead_names(leads),
        options={"folds": folds, "seed": SEED, "leads": list(leads), "learner": "ridge on cubes and products"},
    )
    return estimate_of("double_machine_learning", sample, finding)


def _left_over(sample: Sample, folds: int) -> Regression:
    """What is left of the outcome on what is left of the treatment."""
    known = np.column_stack([sample.y, sample.d])
    left = known - unseen_predictions(known, basis(sample), folds_of(sample, folds, SEED))
    return least_squares(left[:, 0], left[:, 1:], 1, (0, np.ones(len(sample))))


def _placebo(sample: Sample, folds: int) -> tuple[float, Sample, Influence]:
    found = _left_over(sample, min(folds, sample.pairs.total))
    return float(found.coefficients[0]), sample, found.influence()
