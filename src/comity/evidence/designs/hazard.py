"""The chance that an outcome begins this year, given that it has not for so many years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from comity.evidence.answer import Finding, estimate_of, is_varied, is_yes_or_no
from comity.evidence.design import design
from comity.evidence.estimate import Estimate
from comity.evidence.inference import Influence, errors_of
from comity.evidence.placebo import LEADS, later_placebos, lead_names
from comity.evidence.sample import Floats, Sample
from comity.evidence.within import own_columns
from comity.panel.logit import Logit, logit


@design(
    assumes="Treated rows are at the same risk as others of the same controls, years since the last event and year; "
    "the odds change by one factor.",
    serves="onsets: disputes, wars, coups, agreements, on rows at risk",
    errs="Pairs of another kind are compared with each other, so what is unseen and lasting counts as the treatment's.",
)
def discrete_time_hazard(sample: Sample, *, leads: Sequence[int] = LEADS) -> Estimate:
    """By how much treatment changes the log odds that the outcome begins in a year in which it could.

    A logit of onset on treatment, controls, a cubic of years since the last onset (Carter and Signorino 2010) and a
    square of the year. Rows in which the outcome cannot begin are unknown to it. Placebos are treatments of later years
    of rows not treated now.
    """
    sample = sample.known()
    is_varied(sample)
    is_yes_or_no(sample, "discrete_time_hazard")
    clocked = _with_clock(sample)
    fit, columns = _fit(clocked)
    coefficient = float(fit.coefficients[0])
    finding = Finding(
        coefficient=coefficient,
        errors=errors_of(sample, _influence(sample, fit, columns)),
        relative_effect=_relative(sample, fit, columns),
        placebo=later_placebos(clocked, leads, _placebo),
        planned=lead_names(leads),
        options={"leads": list(leads)},
    )
    return estimate_of("discrete_time_hazard", sample, finding)


def quiet_years(sample: Sample) -> Floats:
    """Years since the last onset in the unit, or since its first row where none is known before.

    A first row counts from itself, so what came before the sample is unknown to it.
    """
    order = np.lexsort((sample.year, sample.units.of))
    unit, year, event = sample.units.of[order], sample.year[order], sample.y[order] != 0
    first = np.append(True, unit[1:] != unit[:-1])
    after_event = np.append(False, event[:-1]) & ~first
    start = np.where(first, year, np.where(after_event, np.append(0, year[:-1]), 0))
    place = np.maximum.accumulate(np.where(first | after_event, np.arange(len(unit)), 0))
    quiet = np.empty(len(unit))
    quiet[order] = year - start[place]
    return quiet


def _with_clock(sample: Sample) -> Sample:
    """The sample with the years since the last onset and the year itself beside its controls."""
    quiet = quiet_years(sample) / 10
    trend = (sample.year - sample.year.mean()) / 10
    clock = np.column_stack([quiet, quiet**2, quiet**3, trend, trend**2])
    names = ("quiet", "quiet squared", "quiet cubed", "year", "year squared")
    return replace(sample, x=np.column_stack([sample.x, clock]), names=(*sample.names, *names))


def _fit(sample: Sample) -> tuple[Logit, Floats]:
    every = np.column_stack([sample.d, np.ones(len(sample)), sample.x])
    columns = every[:, own_columns(every, every)]
    return logit(sample.y, columns), columns


def _influence(sample: Sample, fit: Logit, columns: Floats) -> Influence:
    lift, chance = columns @ fit.covariance[:, 0], sample.y - fit.residuals
    return Influence(lift * fit.residuals, chance * (1 - chance) * lift**2 / fit.covariance[0, 0])


def _relative(sample: Sample, fit: Logit, columns: Floats) -> float:
    """How many more onsets treated rows are expected to have than they would have without treatment, as a share."""
    treated = sample.d == 1
    odds = columns[treated] @ fit.coefficients
    with_it, without = 1 / (1 + np.exp(-odds)), 1 / (1 + np.exp(-(odds - fit.coefficients[0])))
    return float(with_it.sum() / without.sum() - 1)


def _placebo(sample: Sample) -> tuple[float, Sample, Influence]:
    fit, columns = _fit(sample)
    return float(fit.coefficients[0]), sample, _influence(sample, fit, columns)
