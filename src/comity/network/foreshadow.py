"""Which ties foreshadow which: for each layer, how well the other layers foretell its new ties in the years ahead.

Pairs that have no tie of the layer wait for one in the next three years. A logit of the ties they have in the other
layers is fitted on early years and scored on later ones: of each other layer alone, of all together, and of all but
one. Every comparison of one layer is on the same pair-years.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from math import exp
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.errors import BadRequest
from comity.network.foreshadow_rows import HORIZON, PAST, Ties, Waiting, numbered, ties_of, waiting
from comity.panel.logit import logit
from comity.panel.scores import Estimate, Ranked, Redrawn

if TYPE_CHECKING:
    from comity.panel.facts import Facts

# Layers that say of most pairs whether they are tied, in all years from 1980 to 2010.
WELL_KNOWN = ("defense", "nonaggression", "consultation", "agreement", "exercise", "arms", "dispute")
YEARS, UNTIL = (1980, 2010), 1996
DRAWS = 100
ALONE, WITHOUT, TOGETHER = "alone", "all but", "all"
Progress = Callable[[str, int, int], None]


def unseen(_name: str, _done: int, _total: int) -> None:
    """Nobody looks at the work under way."""


@dataclass(frozen=True)
class Foretold:
    """How well new ties of a layer were foretold by another layer alone, by all others, or by all others but it.

    `odds_ratio` is how many times the odds of a new tie are, of a layer alone, for a tie or for one more year of ties;
    below 1, such ties go with fewer new ones.
    """

    target: str
    how: str
    predictor: str
    area_under_curve: Estimate
    average_precision: Estimate
    odds_ratio: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """The scores as plain values."""
        return asdict(self)


@dataclass(frozen=True)
class Awaited:
    """The pair-years of one layer: how many were fitted and scored, and how many of them came to a tie."""

    target: str
    fitted: int
    fitted_ties: int
    scored: int
    scored_ties: int
    left_out: dict[str, int]

    @property
    def base_rate(self) -> float:
        """The share of the scored pair-years that came to a tie: the average precision of knowing nothing."""
        return self.scored_ties / self.scored


@dataclass(frozen=True)
class Foreshadow:
    """Which ties foreshadow which: a row for each layer and what foretold it; years are those one looks ahead from."""

    layers: tuple[str, ...]
    fitted_years: tuple[int, int]
    scored_years: tuple[int, int]
    horizon: int
    awaited: tuple[Awaited, ...]
    rows: tuple[Foretold, ...]

    def of(self, target: str, how: str, predictor: str = "") -> Foretold:
        """One row; BadRequest where there is none."""
        for row in self.rows:
            if (row.target, row.how, row.predictor) == (target, how, predictor):
                return row
        raise BadRequest(f"nothing was foretold of {target!r} by {how} {predictor}".rstrip())

    def table(self) -> list[dict[str, Any]]:
        """Target × predictor: the scores of the predictor alone, and what is lost without it."""
        return [self._cell(row) for row in self.rows if row.how == ALONE]

    def _cell(self, alone: Foretold) -> dict[str, Any]:
        whole, left = self.of(alone.target, TOGETHER), self.of(alone.target, WITHOUT, alone.predictor)
        return {
            "target": alone.target,
            "predictor": alone.predictor,
            "odds_ratio": alone.odds_ratio,
            "area_alone": alone.area_under_curve.value,
            "precision_alone": alone.average_precision.value,
            "area_all": whole.area_under_curve.value,
            "precision_all": whole.average_precision.value,
            "area_lost_without": whole.area_under_curve.value - left.area_under_curve.value,
            "precision_lost_without": whole.average_precision.value - left.average_precision.value,
        }

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values."""
        return asdict(self) | {"table": self.table()}


def foreshadow(
    store: Facts,
    layers: Sequence[str] = WELL_KNOWN,
    years: tuple[int, int] = YEARS,
    until: int = UNTIL,
    progress: Progress = unseen,
) -> Foreshadow:
    """Which of the layers foretell new ties in which others, fitted on what had happened by `until`.

    A pair-year counts where all layers are known of it and of the years ahead; others are left out and counted. Raises
    BadRequest where too few are left: a layer of which only what happened is listed cannot be used.
    """
    if len(dict.fromkeys(layers)) < 2:
        raise BadRequest("one layer cannot foretell another; name at least two")
    ties = ties_of(store, tuple(dict.fromkeys(layers)), years)
    awaited, rows = [], []
    for done, target in enumerate(ties.layers):
        progress(target, done, len(ties.layers))
        pairs = waiting(ties, target, until)
        awaited.append(_counted(pairs))
        rows += _foretold(ties, pairs)
    progress("", len(ties.layers), len(ties.layers))
    first, last = years
    return Foreshadow(
        *(ties.layers, (first + PAST - 1, until - HORIZON), (until, last - HORIZON), HORIZON),
        tuple(awaited),
        tuple(rows),
    )


def _counted(pairs: Waiting) -> Awaited:
    early, late = ((int(part.weight.sum()), int(part.weight @ part.y)) for part in (pairs.early, pairs.late))
    return Awaited(pairs.target, *early, *late, pairs.left_out)


def _foretold(ties: Ties, pairs: Waiting) -> list[Foretold]:
    """The rows of one layer."""
    others = [place for place, name in enumerate(ties.layers) if name != pairs.target]
    redrawn = Redrawn.of(pairs.late.pair, pairs.late.weight, DRAWS)
    rows = [_scored(pairs, others, redrawn, (TOGETHER, ""))]
    for place in others:
        rows.append(_scored(pairs, [place], redrawn, (ALONE, ties.layers[place])))
        left = [other for other in others if other != place]
        if left:
            rows.append(_scored(pairs, left, redrawn, (WITHOUT, ties.layers[place])))
    return rows


def _scored(pairs: Waiting, places: list[int], redrawn: Redrawn, called: tuple[str, str]) -> Foretold:
    """One logit of some layers, fitted on the early years and scored on the late ones."""
    early, late = pairs.early, pairs.late
    rate = early.weight @ early.y / early.weight.sum()
    # One pair-year of each layer, as likely tied as the average: it moves nothing and makes an estimate exist even
    # where all pairs with a tie of one layer, or none, came to one of another.
    doubt = np.vstack([np.eye(len(places)), np.eye(len(places))])
    y = np.concatenate([early.y, np.repeat([1.0, 0.0], len(places))])
    weight = np.concatenate([early.weight, np.repeat([rate, 1 - rate], len(places))])
    x = np.vstack([early.x[:, places], doubt])
    rows = np.column_stack([np.ones(len(x)), x, y])
    _, first, which = np.unique(numbered(rows), return_index=True, return_inverse=True)
    patterns = rows[first]
    fit = logit(patterns[:, -1], patterns[:, :-1], np.bincount(which, weight))
    ranked = Ranked(late.y, np.round(late.x[:, places] @ fit.coefficients[1:], 12))
    area, precision = redrawn.of_score(ranked.area), redrawn.of_score(ranked.precision)
    ratio = exp(fit.coefficients[1]) if called[0] == ALONE else None
    return Foretold(pairs.target, *called, area, precision, ratio)
