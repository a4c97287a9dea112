"""Untreated rows weighed so that they look like treated ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from comity.errors import BadRequest
from comity.evidence.answer import Finding, estimate_of, is_varied, is_yes_or_no, share_of_expected
from comity.evidence.design import design
from comity.evidence.estimate import Balance, Estimate
from comity.evidence.inference import Influence, errors_of
from comity.evidence.placebo import LEADS, later_placebos, lead_names
from comity.evidence.regression import Regression, least_squares
from comity.evidence.sample import Sample
from comity.evidence.weights import balance_table, balancing, same_decades
from comity.evidence.within import own_columns

Weighed = tuple[Sample, Regression, tuple[Balance, ...]]


@design(
    assumes="Rows that are alike in the controls and of one decade would have had the same outcome without treatment.",
    serves="treatments that units seldom change, where controls say who is treated",
    errs="What is unseen and differs between treated and other units is taken for the treatment's; a control that the "
    "treatment itself changed hides part of its effect.",
)
def entropy_balancing(sample: Sample, *, leads: Sequence[int] = LEADS) -> Estimate:
    """How the outcome of treated rows differs from that of others weighed to have the same controls, on average.

    Hainmueller (2012): the weights nearest to equal ones under which the means of all controls and decades agree.
    Placebos are treatments of later years of rows not treated now.
    """
    sample = sample.known()
    is_varied(sample)
    is_yes_or_no(sample, "entropy_balancing")
    used, found, balance = weighed(sample)
    coefficient = float(found.coefficients[0])
    finding = Finding(
        coefficient=coefficient,
        errors=errors_of(used, found.influence()),
        relative_effect=share_of_expected(used, coefficient),
        classical=found.classical,
        placebo=later_placebos(sample, leads, _placebo),
        planned=lead_names(leads),
        balance=balance,
        options={"leads": list(leads)},
    )
    return estimate_of("entropy_balancing", used, finding)


def weighed(sample: Sample) -> Weighed:
    """The rows used, the difference between treated and weighed rows, and how far they lie apart before and after.

    The controls stand in the regression as well: they move nothing, being balanced, but what they explain is no noise.
    """
    sample, decades, names = same_decades(sample)
    columns = np.column_stack([sample.x, decades])
    weights = balancing(columns, sample.d != 0)
    if weights is None:
        question = sample.question
        where = f"question {question.claim} {question.name}"
        raise BadRequest(
            f"{where}: no weights of other rows have the means of treated ones; leave out controls or rows"
        )
    every = np.column_stack([sample.d, np.ones(len(sample)), columns])
    kept = own_columns(every * np.sqrt(weights)[:, None], every)
    found = least_squares(sample.y, every[:, kept], 1, (0, weights))
    return sample, found, balance_table(sample, columns, weights, (*sample.names, *names))


def _placebo(sample: Sample) -> tuple[float, Sample, Influence]:
    used, found, _ = weighed(sample)
    return float(found.coefficients[0]), used, found.influence()
