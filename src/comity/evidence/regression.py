"""Least squares on columns that are less their levels, with what each row adds to each coefficient."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.errors import BadRequest
from comity.evidence.inference import Influence
from comity.evidence.sample import Floats, Sample
from comity.evidence.within import Effects, own_columns


@dataclass(frozen=True, eq=False)
class Regression:
    """Coefficients of the columns asked about, and what each row has to do with them.

    `lifts` times `pulls` is what each row adds to each coefficient. `bread` is the inverse of the columns' squares.
    `freedom` is what rows leave after columns and levels; `noise` the mean square of what is left over.
    """

    coefficients: Floats
    lifts: Floats
    pulls: Floats
    bread: Floats
    weight: Floats
    residuals: Floats
    noise: float
    freedom: int

    def influence(self, place: int = 0) -> Influence:
        """What each row adds to one coefficient."""
        wanted = np.zeros(len(self.coefficients))
        wanted[place] = 1.0
        return self.mixed(wanted)

    def mixed(self, wanted: Floats) -> Influence:
        """What each row adds to a combination of the coefficients."""
        lift = self.lifts @ wanted
        leverage = self.weight * lift**2 / float(wanted @ self.bread @ wanted)
        return Influence(lift * self.pulls, leverage)

    @property
    def classical(self) -> tuple[float, int]:
        """The first coefficient over its error, were rows independent and alike, and the rows left."""
        return float(self.coefficients[0] / np.sqrt(self.noise * self.bread[0, 0])), self.freedom


def two_way(sample: Sample, width: int = 1) -> Regression:
    """Outcomes on the treatment and the controls, with a level for each unit and each year.

    The coefficients are those of the treatment and of the first controls, `width` in all. Controls that the levels or
    the columns before absorb add nothing and are left out.
    """
    effects, swept = leveled(sample, width)
    return least_squares(effects.without(sample.y), swept, width, (effects.freedom, effects.weight))


def leveled(sample: Sample, width: int, weight: Floats | None = None) -> tuple[Effects, Floats]:
    """The levels of a sample, and its treatment and controls less them; BadRequest if one asked about is absorbed."""
    effects = Effects.of(sample, weight)
    every = np.column_stack([sample.d, sample.x])
    swept = effects.without(every)
    kept = own_columns(swept, every)
    if kept[:width] != list(range(width)):
        question = sample.question
        where = f"question {question.claim} {question.name}"
        raise BadRequest(f"{where}: levels of units and years leave nothing of {question.treatment} or its leads")
    return effects, swept[:, kept]


def least_squares(y: Floats, x: Floats, width: int, levels: tuple[int, Floats]) -> Regression:
    """Least squares of `y` on `x`, of which the first `width` columns are asked about.

    `levels` are how many levels were taken out before, and the weight of each row.
    """
    absorbed, weight = levels
    bread = np.asarray(np.linalg.inv((x * weight[:, None]).T @ x), dtype=np.float64)
    found = bread @ (x.T @ (weight * y))
    residuals = y - x @ found
    freedom = len(y) - x.shape[1] - absorbed
    if freedom < 1:
        raise BadRequest(f"{len(y)} rows leave nothing after {x.shape[1]} columns and {absorbed} levels")
    noise = float(weight @ residuals**2) / freedom
    asked = slice(0, width)
    lifts: Floats = x @ bread[:, asked]
    return Regression(found[asked], lifts, weight * residuals, bread[asked, asked], weight, residuals, noise, freedom)
