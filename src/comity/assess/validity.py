"""Whether the indices foretell what they should: each against an outcome that was named before the test was first run.

Scales and weights follow practice and were fitted to nothing. Every outcome here lies in 2001 to 2010, the last years
in which lists of exercises, disputes and agreements are complete.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.assess.indices.h_cooperation import cooperation, without
from comity.assess.ranking import Area, area
from comity.assess.shape import Flags, Numbers, index_kind
from comity.assess.view import SPAN, View
from comity.errors import OutsideCoverage
from comity.panel import panel

if TYPE_CHECKING:
    from comity.panel.facts import Facts

FIRST_YEAR, LAST_YEAR = 2000, 2010
DRAWS, SEED = 200, 20010911


@dataclass(frozen=True, kw_only=True)
class Foretold:
    """What an index is said in advance to foretell: an outcome within so many years, and among which pairs.

    `without` are parts left out because the outcome is of their kind; `among` is a measure of which something happened
    within as many years before. A `sign` of -1 says that less of the index foretells it.
    """

    index: str
    outcome: str
    measures: tuple[str, ...]
    horizon: int
    without: tuple[str, ...] = ()
    among: str = ""
    sign: int = 1

    @property
    def years(self) -> tuple[int, ...]:
        """The years at whose end it foretells: one after another, so that no outcome is counted twice."""
        first = LAST_YEAR - self.horizon * ((LAST_YEAR - FIRST_YEAR) // self.horizon)
        return tuple(range(first, LAST_YEAR, self.horizon))


_EXERCISE = Foretold(index="", outcome="an exercise together", measures=("exercise_count",), horizon=3)
_SAME_SIDE = Foretold(
    index="",
    outcome="troops of one on the other's side of an armed conflict",
    measures=("conflict_troop_support",),
    horizon=5,
)
_DISPUTE = Foretold(index="", outcome="a militarized dispute begins", measures=("dispute_onset",), horizon=5)
FORETOLD: tuple[Foretold, ...] = (
    replace(_EXERCISE, index="intensity", without=("exercises",)),
    replace(_EXERCISE, index="depth"),
    replace(_SAME_SIDE, index="depth"),
    replace(_EXERCISE, index="breadth", among="exercise_count"),
    replace(_EXERCISE, index="balance", among="exercise_count"),
    replace(_EXERCISE, index="steadiness", among="exercise_count"),
    replace(_SAME_SIDE, index="interoperability"),
    replace(_DISPUTE, index="tension"),
    replace(_EXERCISE, index="cooperation", without=("exercise",)),
    Foretold(
        index="cooperation",
        without=("agreement",),
        outcome="a defense agreement is signed",
        measures=("agreement_count",),
        horizon=3,
    ),
    Foretold(
        index="cooperation",
        without=("arms",),
        outcome="a delivery of major arms",
        measures=("arms_delivery_tiv",),
        horizon=3,
    ),
    replace(_DISPUTE, index="trust", sign=-1),
)


@dataclass(frozen=True)
class Verdict:
    """How an index did: among all pairs it speaks of, and among those that are politically relevant."""

    foretold: Foretold
    all_pairs: Area
    relevant: Area

    @property
    def passes(self) -> bool:
        """Whether it does better than chance among both, by the lower end of the interval."""
        return bool(self.all_pairs.low > 0.5 and self.relevant.low > 0.5)

    def to_dict(self) -> dict[str, Any]:
        """The test as plain words and numbers."""
        told = self.foretold
        return {
            "index": told.index,
            "without": list(told.without),
            "foretells": f"{'less of it: ' if told.sign < 0 else ''}{told.outcome} within {told.horizon} years",
            "among": f"pairs with an exercise in the last {told.horizon} years" if told.among else "all pairs",
            "years": list(told.years),
            "all_pairs": asdict(self.all_pairs),
            "relevant_pairs": asdict(self.relevant),
            "passes": self.passes,
        }


def check_validity(store: Facts, foretold: tuple[Foretold, ...] = FORETOLD) -> list[Verdict]:
    """Every index against what it should foretell, with intervals by a bootstrap over pairs."""
    ground = _Ground(store)
    return [_tested(ground, each) for each in foretold]


def headlines_that_fail(tested: list[Verdict]) -> list[str]:
    """The headlines that did not pass every test: they should be none."""
    failed = dict.fromkeys(each.foretold.index for each in tested if not each.passes)
    return [name for name in failed if index_kind("pair", name).is_headline]


@dataclass
class _Ground:
    """One panel of all pairs, in which the views of all years are seen."""

    store: Facts

    @cached_property
    def view(self) -> View:
        """All pairs that ever existed in the years, seen from the last of them."""
        made = panel(self.store, "dyad_year", years=(FIRST_YEAR - SPAN + 1, LAST_YEAR))
        rows = made.rows
        assert rows.state_b is not None
        count, states = len(rows.index.states), rows.index.states
        keys = np.unique(rows.state_a.astype(np.int64) * count + rows.state_b)
        pairs = tuple((states[key // count], states[key % count]) for key in keys)
        return View(made, pairs, LAST_YEAR)


def _tested(ground: _Ground, told: Foretold) -> Verdict:
    scores, outcomes, pairs, relevant = [], [], [], []
    for year in told.years:
        score, outcome, held, is_relevant = _year(ground.view, told, year)
        scores.append(score[held])
        outcomes.append(outcome[held])
        pairs.append(np.flatnonzero(held))
        relevant.append(is_relevant[held])
    score, outcome = np.concatenate(scores), np.concatenate(outcomes)
    pair, is_relevant = np.concatenate(pairs), np.concatenate(relevant)
    if not outcome.any() or outcome.all():
        raise OutsideCoverage(f"no list loaded tells of {told.outcome} from {told.years[0] + 1} to {LAST_YEAR}")
    if not outcome[is_relevant].any() or outcome[is_relevant].all():
        raise OutsideCoverage(f"no list loaded tells which pairs are relevant, to test {told.index} among them")
    return Verdict(
        told,
        area(told.sign * score, outcome, pair, (DRAWS, SEED)),
        area(told.sign * score[is_relevant], outcome[is_relevant], pair[is_relevant], (DRAWS, SEED)),
    )


def _year(whole: View, told: Foretold, year: int) -> tuple[Numbers, Flags, Flags, Flags]:
    """Of each pair its score at the end of a year, what came after, whether both are known, whether it is relevant."""
    then = whole.at(year)
    score = _score(then, told)
    after = whole.at(year + told.horizon, told.horizon)
    happened = np.fmax.reduce([after.of(measure) for measure in told.measures])
    known = ~np.isnan(happened).any(axis=1) & ~np.isnan(score) & then.exists
    if told.among:
        known &= (np.nan_to_num(whole.at(year, told.horizon).of(told.among)) > 0).any(axis=1)
    is_relevant = np.nan_to_num(then.of("is_relevant")[:, -1]) > 0
    return score, (np.nan_to_num(happened) > 0).any(axis=1), known, is_relevant


def _score(then: View, told: Foretold) -> Numbers:
    """The index without what is of the outcome's kind: a latent one is estimated anew from the other instruments."""
    if told.index == cooperation.__name__:
        return without(then, *told.without).score
    return index_kind("pair", told.index).of(then, told.without).score


def rows_of(tested: list[Verdict]) -> Iterator[tuple[object, ...]]:
    """The tests as a table for people."""
    for each in tested:
        said = each.to_dict()
        yield (
            each.foretold.index,
            said["foretells"],
            said["among"],
            each.all_pairs.row_count,
            each.all_pairs.event_count,
            f"{each.all_pairs.base_rate:.4f}",
            each.all_pairs.said(),
            f"{each.all_pairs.average_precision:.3f}",
            each.relevant.said(),
            "yes" if each.passes else "no",
        )
