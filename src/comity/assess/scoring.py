"""From years of a measure to one number of each subject, and from that to a score on a fixed scale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from comity.assess.shape import Flags, Numbers, Part, weighed

if TYPE_CHECKING:
    from comity.assess.view import View

FRESH_YEARS = 3  # what a list names within these years is still news
STALE_YEARS = 10  # what stood longer ago than this says nothing of today


@dataclass(frozen=True)
class Amount:
    """What is left of something of each subject, and whether it is from a list that does not say what it leaves out."""

    value: Numbers
    is_listed: Flags


def decayed(values: Numbers, half_life: float) -> Numbers:
    """What is left of yearly amounts in the last year, when what is left halves in so many years.

    An unknown year adds nothing, and a subject of which no year is known is NaN.

    >>> decayed(np.array([[4.0, np.nan, 1.0]]), 1.0).tolist()
    [2.0]
    """
    known = ~np.isnan(values)
    left = weighed(_weights(values.shape[1], half_life), np.where(known, values, 0.0).T)
    found: Numbers = np.where(known.any(axis=1), left, np.nan)
    return found


def amount(view: View, measure: str, half_life: float) -> Amount:
    """What is left of a measure that counts what was done.

    It is known where complete lists cover the years that hold more than half of the weight, and at least so much where
    a list names anything of the last three years. Otherwise the past has faded and of today nothing is known.
    """
    values = view.of(measure)
    weights = _weights(values.shape[1], half_life)
    known = ~np.isnan(values)
    sure = weighed(weights, (known & view.complete(measure)).T) > 0.5 * weights.sum()
    listed = (np.nan_to_num(values[:, -FRESH_YEARS:]) > 0).any(axis=1)
    return Amount(np.where(sure | listed, decayed(values, half_life), np.nan), ~sure)


def standing(view: View, measure: str) -> Amount:
    """What stands: the last value known of no more than ten years ago."""
    values, years = latest(view.of(measure)[:, -STALE_YEARS:], view.years[-STALE_YEARS:])
    at = np.nan_to_num(years - view.years[0]).astype(np.intp)
    sure = view.complete(measure)[np.arange(len(view)), at]
    return Amount(values, ~sure)


def latest(values: Numbers, years: Numbers) -> tuple[Numbers, Numbers]:
    """The last known value of each subject and its year; NaN where no year is known.

    >>> [each.tolist() for each in latest(np.array([[4.0, 7.0, np.nan]]), np.array([2018.0, 2019.0, 2020.0]))]
    [[7.0], [2019.0]]
    """
    known = ~np.isnan(values)
    at = values.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    any_known = known.any(axis=1)
    rows = np.arange(len(values))
    return np.where(any_known, values[rows, at], np.nan), np.where(any_known, years[at], np.nan)


def saturating(values: Numbers, half: float) -> Numbers:
    """A score that rises with a value from 0 toward 1 and is one half at `half`; more of what is much adds little.

    >>> saturating(np.array([0.0, 2.0, 6.0]), 2.0).tolist()
    [0.0, 0.5, 0.75]
    """
    score: Numbers = values / (values + half)
    return score


def evenness(one: Numbers, other: Numbers) -> Numbers:
    """The smaller of two amounts over the larger: 1 is even; unknown where either is, or where both are 0.

    >>> evenness(np.array([2.0, 0.0, 0.0]), np.array([4.0, 3.0, 0.0])).tolist()
    [0.5, 0.0, nan]
    """
    larger = np.maximum(one, other)
    even: Numbers = np.divide(np.minimum(one, other), larger, out=np.full(len(one), np.nan), where=larger > 0)
    return even


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is said of a part: its name, weight, what its value means, and what would lower it if it is a limit's."""

    name: str
    weight: float
    means: str
    lowered_by: str = ""
    is_hindsight: bool = False


def part(
    view: View, measures: tuple[str, ...], value: Numbers, score: Numbers, said: Said | tuple[str, float, str]
) -> Part:
    """A part made of measures; `said` is its name, its weight and what its value means."""
    if isinstance(said, tuple):
        said = Said(name=said[0], weight=said[1], means=said[2])
    years = np.fmax.reduce([latest(view.of(measure), view.years)[1] for measure in measures])
    return Part(
        said.name,
        value,
        score,
        said.weight,
        said.means,
        np.where(np.isnan(score), np.nan, years),
        view.sources(*measures),
        is_hindsight=said.is_hindsight or view.is_hindsight(*measures),
        lowered_by=said.lowered_by,
    )


def counting(view: View, measure: str, scale: tuple[float, float], said: Said | tuple[str, float, str]) -> Part:
    """A part that counts what was done: `scale` is its half-life in years and the amount of half the score."""
    half_life, half = scale
    left = amount(view, measure, half_life)
    made = part(view, (measure,), left.value, saturating(left.value, half), said)
    return replace(made, is_listed=left.is_listed)


def lasting(view: View, measure: str, most: float, said: Said | tuple[str, float, str]) -> Part:
    """A part that stands until it ends: the last value known, its score one at `most`."""
    stands = standing(view, measure)
    made = part(view, (measure,), stands.value, np.minimum(stands.value / most, 1.0), said)
    return replace(made, is_listed=stands.is_listed)


def _weights(count: int, half_life: float) -> Numbers:
    weights: Numbers = 0.5 ** (np.arange(count - 1, -1, -1) / half_life)
    return weights
