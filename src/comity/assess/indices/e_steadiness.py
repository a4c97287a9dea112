"""Whether what two states do together goes on from year to year."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from comity.assess.scoring import Said, part, saturating
from comity.assess.shape import Numbers, Part, index
from comity.assess.trend import change_points, slopes
from comity.assess.view import View

YEARS = 10
ACTS = ("exercise_count", "visit_count", "dialogue_count")
TROUBLE = ("dispute_onset_count", "incident_count")


def acts(view: View) -> Numbers:
    """What the two states are known to have done together in each year; unknown where no list speaks."""
    values = np.array([view.of(name) for name in ACTS])
    known = ~np.isnan(values)
    total: Numbers = np.where(known.any(axis=0), np.where(known, values, 0.0).sum(axis=0), np.nan)
    return total


def _regularity(view: View, done: Numbers) -> Part:
    active = (np.nan_to_num(done[:, -YEARS:]) > 0).sum(axis=1).astype(np.float64)
    sure = view.complete("exercise_count")[:, -YEARS:].mean(axis=1) > 0.5
    known = np.where(sure | (active > 0), active, np.nan)
    said = Said(name="regularity", weight=3.0, means=f"years of the last {YEARS} with an exercise, visit or dialogue")
    return replace(part(view, ACTS, known, known / YEARS, said), is_listed=~sure)


def _trend(view: View, done: Numbers) -> Part:
    # A list that grows fuller looks like a rise, so only years in which a complete list speaks have a trend.
    told = np.where(view.complete("exercise_count"), done, np.nan)[:, -YEARS:]
    slope, error = slopes(np.log1p(told))
    said = Said(
        name="trend",
        weight=1.0,
        means="yearly change of the logarithm of one plus what was done; half the score is no change, and so is less "
        "than two standard errors",
    )
    steady = np.where(np.abs(slope) > 2 * error, slope, np.where(np.isnan(slope), np.nan, 0.0))
    ever = np.nansum(told, axis=1) > 0
    score = np.where(ever, 0.5 + 0.5 * np.tanh(steady * 5), np.nan)
    return part(view, ACTS, np.where(ever, slope, np.nan), score, said)


def _resilience(view: View, done: Numbers) -> Part:
    trouble = np.any([np.nan_to_num(view.of(name)) > 0 for name in TROUBLE], axis=0)
    seen = trouble & ~np.isnan(done)
    kept = (seen & (np.nan_to_num(done) > 0)).sum(axis=1)
    count = seen.sum(axis=1)
    share = np.divide(kept, count, out=np.full(len(view), np.nan), where=count > 0)
    said = Said(
        name="resilience",
        weight=1.0,
        means="share of the years with a dispute or incident between them in which something was done all the same",
    )
    return part(view, (*ACTS, *TROUBLE), share, share, said)


def _substance(view: View) -> Part:
    count = np.nansum(view.of("exercise_count"), axis=1)
    days = np.nansum(view.of("known_exercise_days"), axis=1)
    length = np.divide(days, count, out=np.full(len(view), np.nan), where=(count > 0) & (days > 0))
    said = Said(
        name="substance",
        weight=1.0,
        means="days of an exercise in the mean, at least, for one whose days are not known adds none (half at 7)",
    )
    return part(view, ("known_exercise_days",), length, saturating(length, 7.0), said)


@index("pair")
def steadiness(view: View) -> list[Part]:
    """Whether what the two states do together goes on: in how many years, with what trend, and through trouble.

    Resilience and trend are unknown where there was no trouble, or nothing that could rise or fall.
    """
    done = acts(view)
    return [_regularity(view, done), _trend(view, done), _resilience(view, done), _substance(view)]


def breaks(view: View, row: int) -> list[int]:
    """The years in which what a pair does together changed its level."""
    done = acts(view)[row]
    known = ~np.isnan(done) & view.complete("exercise_count")[row]
    return [int(view.years[known][at]) for at in change_points(np.log1p(done[known]))]
