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
    """How fast the level follows: years in which an earlier year's weight halves, and onsets' worth of doubt."""

    half_life: float
    doubt: float


def followed(odds: Floats, y: Floats, year: Numbers, rule: Following) -> Floats:
    """Log odds with the level of each year moved to what came of the years before it, among the same rows.

    The move is log((came + doubt) / (foretold + doubt)), both summed over the earlier years and fading. The first
    year is not moved; an unknown outcome counts for neither. No outcome of a year moves that year's odds.

    >>> odds = np.log(np.full(4, 0.5) / 0.5)
    >>> followed(odds, np.array([1.0, 1, 0, 0]), np.array([1, 1, 2, 2]), Following(1, 1)).round(3).tolist()
    [0.0, 0.0, 0.288, 0.288]
    """
    moved, came, foretold = odds.copy(), 0.0, 0.0
    chance = np.exp(odds - np.logaddexp(0.0, odds))
    fade, last = 0.5 ** (1 / rule.half_life), int(year.min()) if len(year) else 0
    for now in np.unique(year):
        here = year == now
        years = int(now) - last
        came, foretold, last = came * fade**years, foretold * fade**years, int(now)
        moved[here] += np.log((came + rule.doubt) / (foretold + rule.doubt))
        told = here & ~np.isnan(y)
        came, foretold = came + float(y[told].sum()), foretold + float(chance[told].sum())
    return moved
