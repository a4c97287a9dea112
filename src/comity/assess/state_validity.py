"""Whether the indices of states foretell what they should: each against an outcome named in advance, in later years.

Scales were set by looking at the states of 1990 and by practice; every outcome lies after 2000. The index passes when
the chance that it ranks a state in which the outcome came above one in which it did not is better than one half by the
lower end of its interval, states drawn anew. One that does not pass is no headline.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.assess.indices.s_dependence import supplied
from comity.assess.ranking import Area, area
from comity.assess.shape import Flags, Numbers, index_kind
from comity.assess.state_ties import Ties, ties_of_states
from comity.assess.state_view import StateView, view_of_world
from comity.assess.view import View, view_of_states
from comity.errors import OutsideCoverage

if TYPE_CHECKING:
    from comity.store import Store

HORIZON = 5
DRAWS, SEED = 200, 20010911
Came = tuple[Flags, Flags]  # of each state, whether it came, and whether that is known
Outcome = Callable[[StateView, Ties, View], Came]


@dataclass(frozen=True)
class Foretold:
    """What an index is said in advance to foretell within five years, and at the end of which years."""

    index: str
    outcome: str
    came: Outcome
    years: tuple[int, ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """How an index did, and how the mere size of a state, its capabilities, did on the same states."""

    foretold: Foretold
    found: Area
    by_size: Area

    @property
    def passes(self) -> bool:
        """Whether it does better than chance, by the lower end of the interval."""
        return bool(self.found.low > 0.5)

    def to_dict(self) -> dict[str, Any]:
        """The test as plain words and numbers."""
        return {
            "index": self.foretold.index,
            "without": list(self.foretold.without),
            "foretells": self.foretold.outcome,
            "years": list(self.foretold.years),
            "found": asdict(self.found),
            "by_size": asdict(self.by_size),
            "passes": self.passes,
        }


def check_states(store: Store, foretold: tuple[Foretold, ...] = ()) -> list[Verdict]:
    """Every index of states against what it should foretell, with intervals by a bootstrap over states."""
    asked = foretold or FORETOLD
    seen: dict[int, tuple[StateView, Ties, View]] = {}
    for year in sorted({year for each in asked for year in each.years}):
        after = ties_of_states(store, year + HORIZON, span=HORIZON)
        seen[year] = view_of_world(store, year), after, view_of_states(store, year + HORIZON, span=HORIZON)
    return [_tested(each, seen) for each in asked]


def _tested(told: Foretold, seen: dict[int, tuple[StateView, Ties, View]]) -> Verdict:
    scores, sizes, outcomes, states = [], [], [], []
    for year in told.years:
        view, ties, after = seen[year]
        score = index_kind("state", told.index).of(view, told.without).score
        size = view.of("cinc_share")[:, -1]
        came, known = told.came(view, ties, after)
        held = known & ~np.isnan(score) & ~np.isnan(size)
        scores.append(score[held])
        sizes.append(size[held])
        outcomes.append(came[held])
        states += [state for (state,), is_held in zip(view.subjects, held, strict=True) if is_held]
    outcome = np.concatenate(outcomes)
    if not len(outcome) or outcome.all() or not outcome.any():
        raise OutsideCoverage(f"no list loaded tells of {told.outcome} after {told.years[0]}; load it first")
    who = np.unique(states, return_inverse=True)[1].astype(np.int64)
    drawing = (DRAWS, SEED)
    return Verdict(
        told, area(np.concatenate(scores), outcome, who, drawing), area(np.concatenate(sizes), outcome, who, drawing)
    )


def _rows(view: View, others: list[str]) -> Any:
    """The place of each subject of a view among other states, -1 for one that is gone."""
    number = {state: place for place, state in enumerate(others)}
    return np.array([number.get(state, -1) for (state,) in view.subjects])


def _taken(values: Numbers, rows: Any) -> Numbers:
    """The rows of values, NaN where there is none."""
    found: Numbers = np.where((rows < 0).reshape(-1, *[1] * (values.ndim - 1)), np.nan, values[rows])
    return found


def _new_partners(measure: str, view: StateView, ties: Ties) -> tuple[Numbers, Flags]:
    """Of each state and each other one: whether they are newly tied after the year, and of whom that is known."""
    before = view.ties
    assert before is not None
    after = ties.layer(measure)
    mine = _taken(after, _rows(view, list(ties.subjects)))
    place = {state: number for number, state in enumerate(before.states)}
    columns = np.array([place.get(state, -1) for state in ties.states])
    window = before.layer(measure)[:, :, -HORIZON:]
    had = np.nan_to_num(window).max(axis=2) > 0
    had_then = np.where(columns < 0, False, had[:, columns])
    known = (~np.isnan(mine)).mean(axis=(1, 2)) > 0.8  # states that came or went leave gaps
    new = ((np.nan_to_num(mine) > 0).any(axis=2) & ~had_then).astype(np.float64)
    return new, known


def _agrees(view: StateView, ties: Ties, _after: View) -> Came:
    new, known = _new_partners("agreement", view, ties)
    return new.sum(axis=1) >= 2, known


def _allies(view: StateView, ties: Ties, _after: View) -> Came:
    new, known = _new_partners("alliance", view, ties)
    return new.sum(axis=1) > 0, known


def _reaches_over(view: StateView, ties: Ties, _after: View) -> Came:
    """Most of the new partners in arms are of another bloc; of states with any new partner, where blocs are known."""
    new, known = _new_partners("arms", view, ties)
    before = view.ties
    assert before is not None
    if view.blocs is None:
        return np.zeros(len(view), dtype=bool), np.zeros(len(view), dtype=bool)
    bloc = dict(zip(before.states, view.blocs[0], strict=True))
    own = np.array([bloc[state] for (state,) in view.subjects])
    theirs = np.array([bloc.get(state, -1.0) for state in ties.states])
    outside = (new * (theirs[None, :] != own[:, None])).sum(axis=1)
    return outside > 0.5 * new.sum(axis=1), known & (new.sum(axis=1) > 0) & (own >= 0)


def _gives(view: StateView, _ties: Ties, after: View) -> Came:
    troops = _taken(after.of("peacekeeper_count"), _rows(view, [state for (state,) in after.subjects]))
    known = ~np.isnan(troops).all(axis=1)
    mean = np.nansum(troops, axis=1) / HORIZON
    middle = np.median(mean[known]) if known.any() else np.inf
    return np.asarray(mean > middle), np.asarray(known)


def _same_supplier(view: StateView, ties: Ties, _after: View) -> Came:
    before = view.ties
    assert before is not None
    then, later = supplied(before)[0], _taken(supplied(ties)[0], _rows(view, list(ties.subjects)))
    known = (np.nan_to_num(then).sum(axis=1) > 0) & (np.nan_to_num(later).sum(axis=1) > 0)
    first = np.array(before.states)[np.argmax(np.nan_to_num(then), axis=1)]
    second = np.array(ties.states)[np.argmax(np.nan_to_num(later), axis=1)]
    return np.asarray(first == second), np.asarray(known)


def _disputes(view: StateView, _ties: Ties, after: View) -> Came:
    onsets = _taken(after.of("dispute_onset_count"), _rows(view, [state for (state,) in after.subjects]))
    return np.asarray(np.nan_to_num(onsets).sum(axis=1) > 0), np.asarray(~np.isnan(onsets).any(axis=1))


def _publishes(view: StateView, _ties: Ties, after: View) -> Came:
    """A figure of the budget's share in each of the five years, of states of which one of spending was ever found."""
    rows = _rows(view, [state for (state,) in after.subjects])
    share = _taken(after.of("military_expenditure_government_share"), rows)
    watched = ~np.isnan(view.of("military_expenditure_usd2023")).all(axis=1)
    return np.asarray(~np.isnan(share).any(axis=1)), np.asarray(watched & (rows >= 0))


_LISTS = (2000, 2005)  # the lists of disputes and agreements end in 2010
FORETOLD = (
    Foretold(
        "contribution", "gives more troops to peace missions than half of those listed", _gives, (2000, 2005, 2010)
    ),
    Foretold("dependence", "its largest supplier of arms stays the largest", _same_supplier, (2000, 2005, 2010, 2015)),
    Foretold("diversity", "most of its new partners in arms are outside its bloc", _reaches_over, (2000, 2005, 2010)),
    Foretold("exposure", "enters a new militarized dispute", _disputes, _LISTS),
    Foretold("position", "gains an ally", _allies, (2000, 2005, 2010)),
    Foretold("reach", "signs a first defense agreement with two states or more", _agrees, _LISTS, ("agreement",)),
    Foretold(
        "transparency",
        "what share of its budget the military takes is found for each year",
        _publishes,
        (2000, 2005, 2010, 2015),
        ("budget_share_found",),
    ),
)


def rows_of_states(tested: list[Verdict]) -> list[tuple[object, ...]]:
    """The tests as a table for people."""
    return [
        (
            each.foretold.index,
            f"{each.foretold.outcome} within {HORIZON} years",
            each.found.row_count,
            f"{each.found.base_rate:.2f}",
            each.found.said(),
            each.by_size.said(),
            "yes" if each.passes else "no",
        )
        for each in tested
    ]


def state_headlines_that_fail(tested: list[Verdict]) -> list[str]:
    """The headlines that did not pass: they should be none."""
    failed = [each.foretold.index for each in tested if not each.passes]
    return [name for name in failed if index_kind("state", name).is_headline]
