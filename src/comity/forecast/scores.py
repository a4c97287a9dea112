"""How good forecasts were: log score and Brier first, then precision, then the area under the curve; empirical all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.errors import BadRequest
from comity.forecast.listed import Floats, Numbers
from comity.panel.scores import DRAWS, Estimate, Ranked, Redrawn, log_losses

LISTED = (50, 100, 200)  # how many pairs a list names, of which precision and recall are asked
BINS = 10


@dataclass(frozen=True)
class Scores:
    """How good the chances given to some rows were.

    `skill` is the Brier score against that of always giving the share of these rows that had the event, which nobody
    knew in advance: a hard measure, below 0 where knowing the share would have been better.
    """

    rows: int
    onsets: int
    log: float
    brier: float
    skill: float
    average_precision: float
    area: float
    precision_at: dict[int, float]
    recall_at: dict[int, float]
    expected: float

    def to_dict(self) -> dict[str, Any]:
        """The scores as plain values; None where one is not defined."""
        said: dict[str, Any] = {"log": self.log, "brier": self.brier, "skill": self.skill}
        said |= {"ap": self.average_precision, "auc": self.area, "expected_onsets": self.expected}
        said = {name: float(value) if np.isfinite(value) else None for name, value in said.items()}
        for name, held in (("precision_at", self.precision_at), ("recall_at", self.recall_at)):
            said[name] = {str(count): value for count, value in held.items()}
        return said


def scores(y: Floats, chance: Floats) -> Scores:
    """Score chances against what happened, rows of unknown outcome left to the caller.

    >>> scored = scores(np.array([0.0, 1, 0, 1]), np.array([0.1, 0.2, 0.2, 0.9]))
    >>> round(scored.average_precision, 4), scored.area
    (0.8333, 0.875)
    """
    if y.shape != chance.shape or not np.isin(y, (0, 1)).all():
        raise BadRequest("outcomes are 0 or 1, one for each chance")
    if not len(y):
        raise BadRequest("there are no rows to score")
    ranked, every = Ranked(y, chance), np.ones(len(y))
    base, brier = float(y.mean()), float(np.mean((y - chance) ** 2))
    spread = base * (1 - base)
    first = {count: _hits(y, chance, count) for count in LISTED}
    return Scores(
        rows=len(y),
        onsets=int(y.sum()),
        log=float(log_losses(y, chance).mean()),
        brier=brier,
        skill=1 - brier / spread if spread else float("nan"),
        average_precision=ranked.precision(every),
        area=ranked.area(every),
        precision_at={count: hits / min(count, len(y)) for count, hits in first.items()},
        recall_at={count: hits / y.sum() for count, hits in first.items()} if y.any() else {},
        expected=float(chance.sum()),
    )


def _hits(y: Floats, chance: Floats, count: int) -> float:
    """The events among so many rows of the highest chances; of rows that tie for the last places, their share."""
    if count >= len(y):
        return float(y.sum())
    least = np.partition(chance, len(chance) - count)[len(chance) - count]
    above, tied = chance > least, chance == least
    return float(y[above].sum() + (count - above.sum()) * y[tied].mean())


def reliability(y: Floats, chance: Floats, bins: int = BINS) -> list[dict[str, float]]:
    """Rows in groups from the lowest chances to the highest: what was foretold of each group and what came.

    The groups hold the same expected number of events, so that the few rows of high chances are not one group.

    >>> table = reliability(np.array([0.0, 0, 1, 1]), np.array([0.1, 0.1, 0.8, 1.0]), bins=2)
    >>> [(row["rows"], round(row["foretold"], 2), row["came"]) for row in table]
    [(3, 0.33, 0.33), (1, 1.0, 1.0)]
    """
    order = np.argsort(chance, kind="stable")
    reached = np.cumsum(chance[order])
    group = np.minimum((reached / reached[-1] * bins - 1e-9).astype(int), bins - 1)
    table = []
    for number in range(bins):
        rows = order[group == number]
        if len(rows):
            came = round(float(y[rows].mean()), 2) if len(rows) < BINS else float(y[rows].mean())
            table.append({"rows": len(rows), "foretold": float(chance[rows].mean()), "came": came})
    return table


@dataclass(frozen=True)
class Compared:
    """How much better one forecast was than another on the same rows, with the interval when pairs are drawn again.

    Above 0 the first is better: less log loss, less Brier, more average precision.
    """

    log: Estimate
    brier: Estimate
    average_precision: Estimate

    def to_dict(self) -> dict[str, Any]:
        """The differences as plain values."""
        parts = {"log": self.log, "brier": self.brier, "ap": self.average_precision}
        return {name: each.to_dict() for name, each in parts.items()}


def compare(y: Floats, chance: tuple[Floats, Floats], pair: Numbers, draws: int = DRAWS, seed: int = 0) -> Compared:
    """Compare two forecasts of the same rows; a pair of states is drawn again with all its years.

    Raises BadRequest where all rows are of one pair.
    """
    redrawn = Redrawn.of(pair, draws=draws, seed=seed)
    one, other = (Ranked(y, each) for each in chance)
    log = log_losses(y, chance[1]) - log_losses(y, chance[0])
    brier = (y - chance[1]) ** 2 - (y - chance[0]) ** 2
    gained = redrawn.of_score(lambda weights: one.precision(weights) - other.precision(weights))
    return Compared(redrawn.of_mean(log), redrawn.of_mean(brier), gained)


def _ends(found: Estimate) -> list[float] | None:
    return [found.low, found.high] if np.isfinite((found.low, found.high)).all() else None


def spreads(y: Floats, chance: dict[str, Floats], pair: Numbers, draws: int = DRAWS) -> dict[str, Any]:
    """For each forecast the 95 % interval of its scores when pairs are drawn again; None where a score is not defined.

    Empty where all rows are of one pair, of which nothing can be drawn again.
    """
    if len(np.unique(pair)) < 2:
        return {}
    redrawn = Redrawn.of(pair, draws=draws)
    made = {}
    for name, each in chance.items():
        ranked = Ranked(y, each)
        parts = {"log": redrawn.of_mean(log_losses(y, each)), "brier": redrawn.of_mean((y - each) ** 2)}
        parts |= {"ap": redrawn.of_score(ranked.precision), "auc": redrawn.of_score(ranked.area)}
        made[name] = {score: _ends(found) for score, found in parts.items()}
    return made
