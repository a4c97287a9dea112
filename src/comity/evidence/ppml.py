"""The Poisson fit with a level for each unit and each year: weighted least squares, again and again.

`comity.panel.poisson` solves for all levels of one grouping at once, which 15 000 pairs forbid; here the levels of both
groupings are taken out of every step exactly (Correia, Guimarães and Zylkin 2020).
"""

from __future__ import annotations

import numpy as np

from comity.errors import BadRequest
from comity.evidence.regression import Regression, least_squares
from comity.evidence.sample import Flags, Floats, Numbers, Sample
from comity.evidence.within import Effects, own_columns
from comity.panel.newton import SEPARATED
from comity.panel.poisson import unit_deviances

MOST_STEPS = 100
CLOSE = 1e-12  # the share by which the last step may move the deviance
LEAST_MEAN = (
    1e-10  # rows with nothing whose mean goes below run off to nothing: no estimate exists for what pushes them
)
HALVINGS = 20


def fitted(sample: Sample, width: int = 1) -> Regression:
    """The coefficients of the treatment and the first controls, `width` in all, on the logarithm of the mean.

    Every unit and year of the sample has something (`with_events`). Raises BadRequest where a column marks only rows
    with nothing, so that no estimate exists.
    """
    y, columns = sample.y, _own(sample, width)
    predictor, before = np.log((y + y.mean()) / 2), np.inf
    for _ in range(MOST_STEPS):
        mean = np.exp(predictor)
        effects = Effects.of(sample, mean)
        working = predictor + (y - mean) / mean
        step = least_squares(effects.without(working), effects.without(columns), width, (effects.freedom, mean))
        predictor, deviance = _nearer(y, predictor, working - step.residuals, before)
        if abs(before - deviance) <= CLOSE * (deviance + 1):
            return _checked(sample, step, np.exp(predictor))
        before = deviance
    raise BadRequest(f"question {sample.question.claim} {sample.question.name}: {SEPARATED}")


def with_events(sample: Sample) -> Sample:
    """The rows of units and years in which the outcome comes at all; BadRequest if it is below 0 or never comes."""
    where = f"question {sample.question.claim} {sample.question.name}: {sample.question.outcome}"
    if sample.y.min() < 0:
        raise BadRequest(f"{where} is 0 or more, not {sample.y.min()}")
    if not sample.y.any():
        raise BadRequest(f"{where} never comes")
    while not (rows := _ever(sample, sample.units) & _ever(sample, sample.years)).all():
        sample = sample.among(rows, "the outcome never comes in this unit or year")
    return sample


def _ever(sample: Sample, labels: Numbers) -> Flags:
    """Whether the outcome comes in any row of the same label."""
    flags: Flags = np.bincount(labels.of, sample.y, minlength=labels.total)[labels.of] > 0
    return flags


def _own(sample: Sample, width: int) -> Floats:
    """The treatment and the controls that units and years do not absorb, as they are."""
    every = np.column_stack([sample.d, sample.x])
    kept = own_columns(Effects.of(sample).without(every), every)
    if kept[:width] != list(range(width)):
        question = sample.question
        where = f"question {question.claim} {question.name}"
        raise BadRequest(f"{where}: levels of units and years leave nothing of {question.treatment} or its leads")
    return every[:, kept]


def _nearer(y: Floats, predictor: Floats, aimed: Floats, before: float) -> tuple[Floats, float]:
    """The predictor after a step, halved until it is no worse, and the deviance there."""
    for _ in range(HALVINGS):
        with np.errstate(over="ignore", invalid="ignore"):
            deviance = float(unit_deviances(y, np.exp(aimed)).sum())
        if np.isfinite(deviance) and deviance <= before * (1 + CLOSE):
            break
        aimed = (aimed + predictor) / 2
    return aimed, deviance


def _checked(sample: Sample, step: Regression, mean: Floats) -> Regression:
    """The fit, if no row with nothing has run off: its levels hold something, so only a column can push it there."""
    if mean.min() < LEAST_MEAN * sample.y.mean():
        raise BadRequest(f"question {sample.question.claim} {sample.question.name}: {SEPARATED}")
    return step
