"""Risk of miscalculation: armed activity near each other, where there is cause for alarm and no way to ask."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from comity.assess.indices.g_tension import tension
from comity.assess.scoring import STALE_YEARS, Said, amount, decayed, part, saturating, standing
from comity.assess.shape import Flags, Index, Numbers, Part, Span, limit
from comity.assess.view import View

NEAR_HALF = 10.0
LINE = "a military line that is tested, and rules for encounters at sea and in the air"


def exercises_near(view: View) -> Numbers:
    """Exercises of either state with a third that borders the other, and without the other, older ones counting less.

    A border of any of the last ten years counts. Unknown where no list tells of exercises of either in three years.
    """
    exercises, border = view.around("exercise_count"), view.around("is_contiguous")
    touching = np.nan_to_num(border[:, :, -STALE_YEARS:]).max(axis=2)
    a, b = view.sides
    counts = np.zeros((len(view), view.span))
    for year in range(view.span):
        done = np.nan_to_num(exercises[:, :, year])
        counts[:, year] = (done[a] * touching[b]).sum(axis=1) + (done[b] * touching[a]).sum(axis=1)
    told = ~np.isnan(exercises[a][:, :, -3:]).all(axis=(1, 2)) & ~np.isnan(exercises[b][:, :, -3:]).all(axis=(1, 2))
    near: Numbers = np.where(told, decayed(counts, 1.0), np.nan)
    return near


def _times(trouble: Index, factor: Numbers, is_listed: Flags) -> Span:
    """What a factor times the tension takes over from it: nothing where the factor is 0, whatever the tension is.

    A factor from a list alone may be more than it says.
    """
    known = ~np.isnan(factor * trouble.score)
    share = np.where((factor == 0) & ~is_listed, 1.0, trouble.coverage)
    most = np.where(known & ~is_listed, factor * trouble.most, 1.0)
    return Span(np.where(known, factor * trouble.least, 0.0), most, np.where(known, share, 0.0))


def _alarm(view: View, trouble: Index) -> Part:
    near = exercises_near(view)
    factor, is_listed = saturating(near, NEAR_HALF), ~view.complete("exercise_count")[:, -1]
    said = Said(
        name="exercises near",
        weight=2.0,
        means="exercises of either with a neighbor of the other, older ones less; the score is one half at "
        f"{NEAR_HALF:g}, times the tension between them, so that friends alarm nobody",
        lowered_by="notice in advance and observers at exercises near the other, as regimes provide",
    )
    made = part(view, ("exercise_count", "is_contiguous"), near, factor * trouble.score, said)
    return replace(made, is_listed=is_listed, span=_times(trouble, factor, is_listed))


def _incidents(view: View) -> Part:
    left = amount(view, "incident_count", 2.0)
    said = Said(
        name="incidents",
        weight=2.0,
        means="incidents listed between them, older ones less (half the score at 2)",
        lowered_by=LINE,
    )
    made = part(view, ("incident_count",), left.value, saturating(left.value, 2.0), said)
    return replace(made, is_listed=left.is_listed)


def _no_line(view: View, trouble: Index) -> Part:
    """No list of channels leaves nothing out, so that none listed is what the register says and not what there is."""
    lines, regimes = (standing(view, name).value for name in ("channel_count", "shared_regime_count"))
    count = np.nan_to_num(lines) + np.nan_to_num(regimes)
    said = Said(
        name="no line listed",
        weight=1.0,
        means="channels and confidence-building regimes listed; the score is the tension over one plus these",
        lowered_by=LINE,
    )
    factor, is_listed = 1.0 / (1.0 + count), np.ones(len(view), dtype=bool)
    made = part(view, ("channel_count", "shared_regime_count"), count, factor * trouble.score, said)
    return replace(made, is_listed=is_listed, span=_times(trouble, factor, is_listed))


@limit("pair")
def miscalculation_risk(view: View) -> list[Part]:
    """How easily the two could misread each other: exercises and incidents near, with tension and without a line."""
    trouble = Index("", "", tuple(tension(view)))
    return [_alarm(view, trouble), _incidents(view), _no_line(view, trouble)]
