"""From what a design found to an estimate: interval, power, robustness, bias in words and a fingerprint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from comity.errors import BadRequest
from comity.evidence.bias import bias_in_words
from comity.evidence.design import find_design
from comity.evidence.estimate import Balance, Estimate, Placebo, Specification, is_computed, specification_hash
from comity.evidence.footing import footing_of
from comity.evidence.inference import STATES, UNIT_OUT, Errors, Influence, errors_of, student_quantile, student_share
from comity.evidence.power import minimum_detectable_effect
from comity.evidence.sample import Floats, Sample
from comity.evidence.sensitivity import robustness_value

SLIGHT, NOTHING = 1e-9, 1e-14  # of an error: what is nothing against its coefficient, and what is nothing but rounding


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a design found, before it is an estimate.

    `classical` is the estimate over its classical error and the rows left, where least squares gave it. `low`, `high`
    and `p_value` are given by designs that do not rest on Student's t. `options` are the choices that were made.
    `planned` names the placebos that were asked for, whether they could be computed or not.
    """

    coefficient: float
    errors: Errors
    relative_effect: float | None
    classical: tuple[float, int] | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    placebo: Sequence[Placebo] = ()
    planned: Sequence[str] = ()
    course: Sequence[Placebo] = ()
    balance: Sequence[Balance] = ()
    specifications: Sequence[Specification] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


def estimate_of(design: str, sample: Sample, finding: Finding) -> Estimate:
    """The estimate of a design on a sample, with everything a verdict looks at."""
    question, errors = sample.question, finding.errors
    error = errors.standard_error
    if not error > 0:
        where = f"{design} of {question.claim} {question.name}"
        raise BadRequest(f"{where}: rows do not vary, so nothing says how sure it is")
    reach = student_quantile(0.975, errors.freedom) * error
    low, high = finding.coefficient - reach, finding.coefficient + reach
    return Estimate(
        claim=question.claim,
        design=design,
        name=question.name,
        outcome=question.outcome,
        treatment=question.treatment,
        coefficient=float(finding.coefficient),
        standard_error=error,
        errors=errors.kinds,
        low=float(low if finding.low is None else finding.low),
        high=float(high if finding.high is None else finding.high),
        p_value=_chance(finding, error) if finding.p_value is None else float(finding.p_value),
        unit=question.unit,
        relative_effect=finding.relative_effect,
        observations=len(sample),
        treated=int((sample.d != 0).sum()),
        events=int((sample.y != 0).sum()),
        years=(int(sample.year.min()), int(sample.year.max())),
        excluded=dict(sample.excluded),
        placebo=tuple(finding.placebo),
        robustness_value=None if finding.classical is None else robustness_value(*finding.classical),
        minimum_detectable_effect=minimum_detectable_effect(error, errors.freedom),
        bias=bias_in_words(finding.coefficient, question, find_design(design).errs),
        specifications=tuple(finding.specifications),
        sources=question.sources,
        specification_hash=specification_hash(_choices(design, sample, finding)),
        balance=tuple(finding.balance),
        course=tuple(finding.course),
        not_computed=missing(finding.planned, finding.placebo),
        clusters=footing_of(sample, errors.leverage) if errors.used in (UNIT_OUT, STATES) else {},
    )


def _chance(finding: Finding, error: float) -> float:
    return student_share(finding.coefficient / error, finding.errors.freedom)


def _choices(design: str, sample: Sample, finding: Finding) -> dict[str, Any]:
    """Everything that was chosen: what a plan written down before the outcome is seen fixes."""
    question = sample.question
    asked = {"claim": question.claim, "name": question.name, "outcome": question.outcome}
    asked |= {"treatment": question.treatment, "unit": question.unit, "design": design}
    return asked | {"controls": list(sample.names), "options": dict(finding.options)}


def placebos(
    sample: Sample,
    names: Sequence[str],
    coefficients: Floats,
    influences: Sequence[Influence],
    *,
    over_years: bool = True,
) -> tuple[Placebo, ...]:
    """Coefficients beside the one asked about, each with the error a verdict would rest on.

    One whose error is nothing says nothing, and is left out: it was not computed.
    """
    found = []
    for name, coefficient, influence in zip(names, coefficients, influences, strict=True):
        errors = errors_of(sample, influence, over_years=over_years)
        error, value = errors.standard_error, float(coefficient)
        if error > max(SLIGHT * abs(value), NOTHING):
            found.append(Placebo(name, value, error, student_share(value / error, errors.freedom)))
    return tuple(filter(is_computed, found))


def missing(planned: Sequence[str], made: Sequence[Placebo]) -> tuple[str, ...]:
    """The placebos that were asked for and are not among those made.

    >>> missing(("lead 1", "lead 2"), (Placebo("lead 1", 0.1, 0.2, 0.6),))
    ('lead 2',)
    """
    names = {each.name for each in made}
    return tuple(name for name in planned if name not in names)


def share_of_expected(sample: Sample, coefficient: float, rows: Floats | None = None) -> float | None:
    """A coefficient as a share of what treated rows would have had without treatment; None where that is not above 0.

    `rows` weighs the treated rows; all alike unless told.
    """
    treated = sample.d != 0
    if not treated.any():
        return None
    weight = np.ones(len(sample)) if rows is None else rows
    had = float(np.average(sample.y[treated], weights=weight[treated]))
    given = float(np.average(sample.d[treated], weights=weight[treated]))
    expected = had - coefficient * given
    return coefficient / expected if expected > 0 else None


def is_varied(sample: Sample) -> None:
    """That a sample has treated and other rows; BadRequest otherwise, for then no comparison exists."""
    question = sample.question
    if np.ptp(sample.d) == 0:
        raise BadRequest(f"question {question.claim} {question.name}: {question.treatment} is the same in every row")
    if np.ptp(sample.y) == 0:
        raise BadRequest(f"question {question.claim} {question.name}: {question.outcome} is the same in every row")


def is_yes_or_no(sample: Sample, design: str) -> None:
    """That the treatment is given or not given; BadRequest otherwise."""
    question = sample.question
    if not np.isin(sample.d, (0, 1)).all():
        odd = float(sample.d[~np.isin(sample.d, (0, 1))][0])
        raise BadRequest(f"{design} of {question.claim} {question.name}: {question.treatment} is 0 or 1, not {odd}")
