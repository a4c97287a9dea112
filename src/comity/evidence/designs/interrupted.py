"""One series before and after something happened."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from comity.errors import BadRequest
from comity.evidence.answer import Finding, estimate_of, is_varied, is_yes_or_no, share_of_expected
from comity.evidence.design import design
from comity.evidence.estimate import Estimate, Placebo
from comity.evidence.inference import Errors
from comity.evidence.sample import Sample
from comity.evidence.serial import Mixture, averaged_regression

LEAST_YEARS = 6  # before; a line through fewer says little of where the series was going


@design(
    assumes="Without the event the series would have gone on along its line; nothing else happened at the same time.",
    serves="a single case with a date: an alliance revised, a code signed",
    errs="Whatever else came in the same years is taken for the event's; an event that answered an unusual year finds "
    "the return to the usual and calls it an effect.",
)
def interrupted_series(sample: Sample) -> Estimate:
    """How far one series lies from the line of its earlier years, on average after the event, as level and slope moved.

    Each year may hang on the year before (AR(1)); the interval averages over how strongly, for short series say little
    of it. The placebo asks the same of the earlier years, as if the event had come in their middle.
    """
    sample = sample.known()
    is_varied(sample)
    is_yes_or_no(sample, "interrupted_series")
    _is_one_case(sample)
    found = _effect(sample)
    finding = Finding(
        coefficient=found.mean,
        errors=Errors({"year hangs on year": found.spread}, "year hangs on year", found.freedom),
        relative_effect=share_of_expected(sample, found.mean),
        low=found.quantile(0.025),
        high=found.quantile(0.975),
        p_value=found.p_value,
        placebo=_placebo(sample),
        options={"slope": "before and after"},
    )
    return estimate_of("interrupted_series", sample, finding)


def _is_one_case(sample: Sample) -> None:
    """That there is one series, untreated first and treated from a year on."""
    where = f"question {sample.question.claim} {sample.question.name}"
    if sample.units.total != 1:
        raise BadRequest(f"{where}: an interrupted series has one unit, not {sample.units.total}")
    event = sample.year[sample.d == 1].min()
    if (sample.year[sample.d == 0] > event).any():
        raise BadRequest(f"{where}: {sample.question.treatment} ends again after {event}")
    if (before := int((sample.d == 0).sum())) < LEAST_YEARS:
        raise BadRequest(f"{where}: {before} years before the event, fewer than {LEAST_YEARS}")


def _effect(sample: Sample) -> Mixture:
    """The average distance after the event from the line before it, when both level and slope may move."""
    event = sample.year[sample.d == 1].min()
    since = (sample.year - event).astype(float)
    moved = [sample.d] if (sample.d == 1).sum() < 3 else [sample.d, sample.d * since]
    columns = np.column_stack([*moved, np.ones(len(sample)), since, sample.x])
    wanted = np.zeros(columns.shape[1])
    wanted[: len(moved)] = [1.0, float(since[sample.d == 1].mean())][: len(moved)]
    return averaged_regression(sample.y, columns, wanted, sample.year.astype(float))


def _placebo(sample: Sample) -> tuple[Placebo, ...]:
    """The same of the years before, as if the event had come in their middle; none where they are too few for it."""
    before = sample.among(sample.d == 0)
    if len(before) < 2 * LEAST_YEARS or np.ptp(before.y) == 0:
        return ()
    middle = int(np.median(before.year))
    found = _effect(replace(before, d=(before.year > middle).astype(float)))
    return (Placebo(f"as if from {middle + 1}", found.mean, found.spread, found.p_value),)
