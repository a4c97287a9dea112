"""How engagement becomes pact: the yearly chance of a first pact or agreement, and whether engagement foretells it.

A hazard in discrete time (Beck, Katz and Tucker 1998): a logit of pair-years that still wait, with a cube of time since
both were states. Terms are those of the year before. The fit sees years to `until`; every score is of later years.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from math import exp
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.errors import BadRequest, UnknownWord
from comity.network.becoming_rows import FIRST_YEAR, Wait, wait
from comity.network.becoming_terms import ENGAGEMENT, TARGETS, Target, Term
from comity.panel.clusters import clustered_covariance, dyad_clustered_covariance
from comity.panel.logit import logit
from comity.panel.scores import Estimate, Ranked, Redrawn, log_losses

if TYPE_CHECKING:
    from comity.panel.facts import Facts

UNTIL, LAST_YEAR = 2000, 2011  # exercises of all pairs are listed to 2010, and terms look a year back
SURE = 1.96
BASE, WITHOUT, WITH = "base rate", "without engagement", "with engagement"
Gain = dict[str, Estimate]
Progress = Callable[[str, int, int], None]


def unseen(_name: str, _done: int, _total: int) -> None:
    """Nobody looks at the work under way."""


@dataclass(frozen=True)
class Effect:
    """What one term does: how many times the odds it makes of the event for one unit more, with its 95 % interval."""

    name: str
    block: str
    means: str
    coefficient: float
    standard_error: float

    @property
    def odds_ratio(self) -> Estimate:
        """How many times the odds are for one unit more of the term."""
        reach = SURE * self.standard_error
        return Estimate(*(exp(self.coefficient + way * reach) for way in (0, -1, 1)))

    def to_dict(self) -> dict[str, Any]:
        """The effect as plain values."""
        return asdict(self) | {"odds_ratio": self.odds_ratio.to_dict()}


@dataclass(frozen=True)
class Score:
    """How good one model was in years it had not seen: `log_loss` is less the better, for each pair-year."""

    model: str
    log_loss: Estimate
    area_under_curve: Estimate
    average_precision: Estimate

    def to_dict(self) -> dict[str, Any]:
        """The scores as plain values."""
        return asdict(self)


@dataclass(frozen=True)
class Sample:
    """Over which years something was fitted or scored; `bilateral` of its events were in a text of the two alone."""

    years: tuple[int, int]
    pair_years: int
    events: int
    bilateral: int
    events_by_year: dict[int, int]


@dataclass(frozen=True)
class Becoming:
    """The hazard of a first pact or agreement: what raises it, and how well it foretold later years.

    `gain` says by how much the log loss of a pair-year is lower with engagement than under the base rate and than
    without engagement: above 0, engagement foretells; its interval is of pairs drawn again. `gain_over_years` has that
    of years drawn again, which is wider where one treaty of many states makes the events of a year. `left_out` counts
    waiting pair-years by the term unknown in them, `incomplete` those with any. `constant` names terms that are the
    same everywhere and say nothing here.
    """

    target: str
    means: str
    fitted: Sample
    scored: Sample
    effects: tuple[Effect, ...]
    scores: tuple[Score, ...]
    gain: Gain
    gain_over_years: Gain
    incomplete: int
    left_out: dict[str, int]
    constant: tuple[str, ...]
    states: tuple[str, ...] = ()

    def effect(self, name: str) -> Effect:
        """The effect of a term by its name; BadRequest names those there are."""
        for each in self.effects:
            if each.name == name:
                return each
        raise BadRequest(f"{name!r} is no term here; terms are {', '.join(each.name for each in self.effects)}")

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values."""
        effects = [effect.to_dict() for effect in self.effects]
        return asdict(self) | {"effects": effects}


def becoming(
    store: Facts,
    target: str = "pact",
    until: int = UNTIL,
    states: tuple[str, ...] = (),
    progress: Progress = unseen,
) -> Becoming:
    """The hazard of a first `pact`, `bilateral` pact, `agreement` or `framework` agreement, of all pairs or some.

    With states given, pairs with one of them; where these are states whose visits a list follows (CHN, USA), listed
    visits are a term too. Raises UnknownWord for another target, BadRequest where nothing is known before or after
    `until`, or no estimate exists.
    """
    if target not in TARGETS:
        raise UnknownWord(f"{target!r} is nothing that can begin here; there are {', '.join(TARGETS)}")
    progress(target, 0, 3)
    rows = wait(store, TARGETS[target], (FIRST_YEAR, LAST_YEAR), states)
    progress(target, 1, 3)
    found = _studied(TARGETS[target], rows, until, states)
    progress(target, 3, 3)
    return found


def _studied(target: Target, rows: Wait, until: int, states: tuple[str, ...]) -> Becoming:
    fit_rows, later = rows.among(rows.year <= until), rows.among(rows.year > until)
    for part, when in ((fit_rows, f"to {until}"), (later, f"after {until}")):
        if not part.y.any():
            raise BadRequest(f"{target.means} begins in no pair-year {when} in which every term is known")
    varies = np.ptp(fit_rows.x, axis=0) > 0
    terms = tuple(term for term, kept in zip(rows.terms, varies, strict=True) if kept)
    design, ahead = (_with_constant(part.x[:, varies]) for part in (fit_rows, later))
    full = logit(fit_rows.y, design)
    plain = np.array([True, *(term.block != ENGAGEMENT for term in terms)])
    without = logit(fit_rows.y, design[:, plain])
    chances = {
        BASE: np.full(len(later.y), fit_rows.y.mean()),
        WITHOUT: _chance(ahead[:, plain], without.coefficients),
        WITH: _chance(ahead, full.coefficients),
    }
    # Pairs of one state all share it: what is left to tell them apart is the pair.
    sure = (
        clustered_covariance(full, design, [fit_rows.pair])
        if states
        else dyad_clustered_covariance(full, design, fit_rows.state_a, fit_rows.state_b)
    )
    spread = np.sqrt(np.diag(sure))
    scores, gains = _scored(later, chances)
    return Becoming(
        *(target.name, target.means, _sample(fit_rows), _sample(later)),
        effects=tuple(_effect(term, place, full.coefficients, spread) for place, term in enumerate(terms, start=1)),
        scores=scores,
        gain=gains[0],
        gain_over_years=gains[1],
        incomplete=rows.incomplete,
        left_out=rows.left_out,
        constant=tuple(term.name for term, kept in zip(rows.terms, varies, strict=True) if not kept),
        states=states,
    )


def _with_constant(x: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.column_stack([np.ones(len(x)), x])


def _chance(x: np.ndarray[Any, Any], coefficients: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    odds = x @ coefficients
    chance: np.ndarray[Any, Any] = np.exp(odds - np.logaddexp(0.0, odds))
    return chance


def _effect(term: Term, place: int, found: np.ndarray[Any, Any], spread: np.ndarray[Any, Any]) -> Effect:
    return Effect(term.name, term.block, term.means, float(found[place]), float(spread[place]))


def _sample(rows: Wait) -> Sample:
    years, counts = np.unique(rows.year[rows.y], return_counts=True)
    by_year = dict(zip(years.tolist(), counts.tolist(), strict=True))
    span = int(rows.year.min()), int(rows.year.max())
    return Sample(span, len(rows.y), int(rows.y.sum()), int(rows.is_bilateral.sum()), by_year)


def _scored(rows: Wait, chances: dict[str, np.ndarray[Any, Any]]) -> tuple[tuple[Score, ...], list[Gain]]:
    """The scores of each model with pairs drawn again, the same for all; what engagement adds, so and by years."""
    redrawn = Redrawn.of(rows.pair)
    y = rows.y.astype(np.float64)
    losses = {model: log_losses(y, chance) for model, chance in chances.items()}
    scores = []
    for model, chance in chances.items():
        ranked = Ranked(y, chance)
        areas = redrawn.of_score(ranked.area), redrawn.of_score(ranked.precision)
        scores.append(Score(model, redrawn.of_mean(losses[model]), *areas))
    gains = [
        {model: drawn.of_mean(losses[model] - losses[WITH]) for model in (BASE, WITHOUT)}
        for drawn in (redrawn, Redrawn.of(rows.year))
    ]
    return tuple(scores), gains
