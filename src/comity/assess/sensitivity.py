"""How much hangs on the weights: ranks under other weightings, drawn at random from all there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.assess.shape import Flags, Index, Numbers, index_kinds, mean_score
from comity.assess.view import SPAN, View, looked_back
from comity.errors import BadRequest
from comity.panel import panel

if TYPE_CHECKING:
    from comity.panel.facts import Facts

DRAWS, SEED = 200, 8
LEAST_COVERAGE = 0.5  # a score of which less is known is not ranked beside others


def scores_under_other_weights(made: Index, draws: int = DRAWS, seed: int = SEED) -> Numbers:
    """The scores of every subject under random weightings: draws × subjects.

    Weights come from a flat Dirichlet distribution: every way to share the whole among the parts is as likely.
    """
    weightings = np.random.default_rng(seed).dirichlet(np.ones(len(made.parts)), size=draws)
    scores: Numbers = np.array([mean_score(made.parts, weights) for weights in weightings])
    return scores


def share_above(scores: Numbers, one: int, other: int) -> float:
    """The share of weightings under which one subject ranks above another; ties count half, and NaN is unknown.

    >>> share_above(np.array([[0.5, 0.4], [0.3, 0.3], [0.2, 0.1], [0.1, 0.3]]), 0, 1)
    0.625
    """
    gap = scores[:, one] - scores[:, other]
    known = gap[~np.isnan(gap)]
    return float((known > 0).mean() + 0.5 * (known == 0).mean()) if len(known) else float("nan")


@dataclass(frozen=True)
class Standing:
    """Where a pair ranks among the pairs of one of its states, by the published weights and by others."""

    index: str
    state: str
    rank: int
    rank_low: int
    rank_high: int
    pair_count: int
    next_above: str | None
    above_next_above: float | None
    next_below: str | None
    above_next_below: float | None

    def to_dict(self) -> dict[str, Any]:
        """The standing as plain words and numbers; the ranks are those of nine in ten weightings."""
        return dict(vars(self))


def standings(store: Facts, state_a: str, state_b: str, year: int) -> Iterator[Standing]:
    """For each headline, the rank of a pair among the pairs of each of its two states, and how sure that is.

    Ranked are pairs of which at least half of the index is known; of an index of which less is, nothing is said.
    """
    view = _neighborhood(store, (state_a, state_b), year)
    pair = (min(state_a, state_b), max(state_a, state_b))
    if pair not in view.subjects:
        raise BadRequest(f"{pair[0]} and {pair[1]} were not both members of the state system in {year}")
    row = view.subjects.index(pair)
    for kind in index_kinds("pair"):
        if not kind.is_headline:
            continue
        made = kind.of(view)
        if not made.coverage[row] >= LEAST_COVERAGE:
            continue
        others = scores_under_other_weights(made)
        for state in (state_a, state_b):
            yield _standing(view, (made, others), row, state)


def _standing(view: View, scored: tuple[Index, Numbers], row: int, state: str) -> Standing:
    made, others = scored
    score = made.score
    mine = np.array([state in subject for subject in view.subjects]) & (made.coverage >= LEAST_COVERAGE)
    ranks = [_rank(drawn, row, mine) for drawn in others if not np.isnan(drawn[row])]
    low, high = np.quantile(ranks, (0.05, 0.95), method="nearest")
    above = np.flatnonzero(mine & (score > score[row]))
    below = np.flatnonzero(mine & (score < score[row]))
    nearest = [
        int(above[np.argmin(score[above])]) if len(above) else None,
        int(below[np.argmax(score[below])]) if len(below) else None,
    ]
    named = [None if at is None else _partner(view.subjects[at], state) for at in nearest]
    shares = [None if at is None else round(share_above(others, row, at), 3) for at in nearest]
    rank = _rank(score, row, mine)
    return Standing(
        made.name, state, rank, int(low), int(high), int(mine.sum()), named[0], shares[0], named[1], shares[1]
    )


def _rank(score: Numbers, row: int, among: Flags) -> int:
    return int((score[among] > score[row]).sum()) + 1


def _partner(subject: tuple[str, ...], state: str) -> str:
    return next(code for code in subject if code != state)


def _neighborhood(store: Facts, states: tuple[str, str], year: int) -> View:
    """Every pair of either state; the panel holds all pairs, for what thirds do is part of what some parts look at."""
    made = panel(store, "dyad_year", years=looked_back(year, SPAN))
    rows = made.rows
    assert rows.state_b is not None
    last = rows.year == rows.index.year_count - 1
    codes = rows.index.states
    there = [(codes[a], codes[b]) for a, b in zip(rows.state_a[last], rows.state_b[last], strict=True)]
    return View(made, tuple(pair for pair in there if set(pair) & set(states)), year)
