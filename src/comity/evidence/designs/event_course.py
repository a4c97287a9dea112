"""The outcome year by year around the first treatment, with placebo leads."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from comity.evidence.answer import Finding, estimate_of, is_varied, placebos, share_of_expected
from comity.evidence.cohorts import NEVER, table_of, treated_since
from comity.evidence.design import design
from comity.evidence.estimate import Estimate
from comity.evidence.inference import errors_of
from comity.evidence.regression import two_way
from comity.evidence.sample import Floats, Sample

BEFORE, AFTER = 4, 5


@design(
    assumes="Without treatment, outcomes would have moved in parallel; the effect takes the same course in all "
    "cohorts; it is not felt before the first treatment.",
    serves="seeing whether the paths parted before the treatment, and how the effect grows or fades",
    errs="Where cohorts differ, the leads and lags mix them and may have the wrong sign; see group_time_effects too.",
)
def event_study(sample: Sample, *, before: int = BEFORE, after: int = AFTER) -> Estimate:
    """The average effect in the years since the first treatment, against the year just before it.

    Least squares with levels of units and years. The first lead takes in all years before it, the last lag all after.
    The coefficient is the average of the lags; the leads are the placebos.
    """
    sample = treated_since(sample.known())
    is_varied(sample)
    columns, names = _event_columns(sample, before, after)
    leads = before - 1
    found = two_way(
        replace(
            sample, d=columns[:, 0], x=np.column_stack([columns[:, 1:], sample.x]), names=(*names[1:], *sample.names)
        ),
        columns.shape[1],
    )
    mean = np.append(np.zeros(leads), np.full(after + 1, 1 / (after + 1)))
    coefficient = float(found.coefficients @ mean)
    course = placebos(sample, names, found.coefficients, [found.influence(i) for i in range(len(names))])
    finding = Finding(
        coefficient=coefficient,
        errors=errors_of(sample, found.mixed(mean)),
        relative_effect=share_of_expected(sample, coefficient),
        placebo=[each for each in course if each.name in names[:leads]],
        planned=names[:leads],
        course=[each for each in course if each.name in names[leads:]],
        options={"before": before, "after": after},
    )
    return estimate_of("event_study", sample, finding)


def _event_columns(sample: Sample, before: int, after: int) -> tuple[Floats, tuple[str, ...]]:
    """A column for each year around the first treatment but the one just before it; units never treated have none."""
    since = table_of(sample).since[sample.units.of]
    ever = since != NEVER
    away = np.where(ever, np.clip(sample.year - np.where(ever, since, 0), -before, after), -1)
    years = [*range(-before, -1), *range(after + 1)]
    names = tuple(f"{year} years after" if year >= 0 else f"{-year} years before" for year in years)
    return np.column_stack([(away == year).astype(float) for year in years]), names
