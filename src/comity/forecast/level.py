"""The level of forecasts, kept to what came of earlier ones: fewer onsets than foretold lower the next year's chances.

How often disputes come drifts over decades, and a model that learned long ago cannot know. Who forecasts year after
year can: by then it is known how many of the foretold onsets of past years came.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.forecast.listed import Floats, Numbers


@dataclass(frozen=True)
class Following:
    """How fast the level follows: years in which an earlier year's weight halves, and onsets' worth of doubt.

    `region_doubt` is the doubt about the level of pairs within one region, or between the same two, against that of
    all.
    """

    half_life: float
    doubt: float
    region_doubt: float = float("inf")


def followed(odds: Floats, y: Floats, year: Numbers, rule: Following, region: Numbers | None = None) -> Floats:
    """Log odds with the level of each year moved to what came of the years before it, among the same rows.

    The move is log((came + doubt) / (foretold + doubt)), both summed over the earlier years and fading. With a number
    for the region of each row that of each region is moved after that of all, by what was foretold with the first
    move. The first year is not moved; an unknown outcome counts for neither. No outcome of a year moves that year's
    odds.

    >>> odds = np.log(np.full(4, 0.5) / 0.5)
    >>> followed(odds, np.array([1.0, 1, 0, 0]), np.array([1, 1, 2, 2]), Following(1, 1)).round(3).tolist()
    [0.0, 0.0, 0.288, 0.288]
    """
    moved = _moved(odds, y, year, (np.zeros(len(odds), dtype=np.int64), rule.doubt, rule.half_life))
    if region is None or not np.isfinite(rule.region_doubt):
        return moved
    return _moved(moved, y, year, (region, rule.region_doubt, rule.half_life))


def _moved(odds: Floats, y: Floats, year: Numbers, rule: tuple[Numbers, float, float]) -> Floats:
    """Log odds with the level of each group of rows moved to what came of its earlier years."""
    group, doubt, half_life = rule
    count = int(group.max()) + 1 if len(group) else 0
    came, foretold, moved = np.zeros(count), np.zeros(count), odds.copy()
    chance = np.exp(odds - np.logaddexp(0.0, odds))
    last = int(year.min()) if len(year) else 0
    for now in np.unique(year):
        here = year == now
        fade, last = 0.5 ** ((int(now) - last) / half_life), int(now)
        came, foretold = came * fade, foretold * fade
        moved[here] += np.log((came + doubt) / (foretold + doubt))[group[here]]
        told = here & ~np.isnan(y)
        came += np.bincount(group[told], y[told], minlength=count)
        foretold += np.bincount(group[told], chance[told], minlength=count)
    return moved
