"""What an assessment of states looks at: all states of a year, their measures, their ties, and blocs among them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from comity.assess.shape import Flags, Numbers, Part
from comity.assess.state_ties import RECENT, SPAN, Held, Ties, ties_of_states
from comity.assess.view import View, view_of_states
from comity.errors import BadRequest
from comity.network.blocs import communities

if TYPE_CHECKING:
    from comity.store import Store

MEASURES = (
    *("peacekeeper_count", "peacekeeping_mission_count", "population_count", "military_personnel_count"),
    *("military_personnel_share", "dispute_onset_count", "crisis_count", "military_expenditure_usd2023"),
    *("military_expenditure_gdp_share", "military_expenditure_government_share"),
    "military_expenditure_per_capita_usd",
)
RUNS = 5  # of the search for blocs
STALE_YEARS = 10  # what was known longer ago than this says nothing of the year assessed


@dataclass(frozen=True)
class StateView(View):
    """A view of every state of a year, with the ties between them: positions and ranks need all states."""

    store: Store | None = None
    ties: Ties | None = None

    @cached_property
    def blocs(self) -> tuple[Numbers, int] | None:
        """The bloc of alliances of each state of the ties, -1 for none, and the year told; None where not known."""
        assert self.ties is not None
        if (told := self.ties.whole("alliance")) is None:
            return None
        layer, year = told
        labels = np.full(len(self.ties.states), -1.0)
        for number, bloc in enumerate(communities(layer.tied.astype(np.float64), runs=RUNS).blocs):
            labels[list(bloc)] = number
        return labels, year


def view_of_world(store: Store, year: int) -> StateView:
    """The view of every state that was a member of the state system in the year."""
    ties = ties_of_states(store, year)
    if not ties.subjects:
        raise BadRequest(f"no states are known in {year}")
    plain = view_of_states(store, year)
    plain.panel.add(*MEASURES)  # asked for together they are read together
    return StateView(plain.panel, tuple((state,) for state in ties.subjects), year, store=store, ties=ties)


def ties_in(view: View) -> Ties:
    """The ties of a view of states; BadRequest for a view of something else."""
    if not isinstance(view, StateView) or view.ties is None:
        raise BadRequest("the indices of states look at a view of all states")
    return view.ties


def store_in(view: View) -> Store:
    """The store behind a view of states."""
    if not isinstance(view, StateView) or view.store is None:
        raise BadRequest("the indices of states look at a view of all states")
    return view.store


def blocs_in(view: View) -> tuple[Numbers, int] | None:
    """The blocs of a view of states and the year in which they are told; None where alliances are not known."""
    ties_in(view)
    assert isinstance(view, StateView)
    return view.blocs


def stated(said: tuple[str, float, str], held: Held, score: Numbers, sources: tuple[str, ...]) -> Part:
    """A part of what is held of each state; `said` is its name, its weight and what its value means."""
    name, weight, means = said
    return Part(name, held.value, score, weight, means, held.latest_year, sources, is_listed=held.is_listed)


def sure(value: Numbers, latest_year: Numbers) -> Held:
    """A value that comes from no list that may leave out."""
    return Held(value, np.zeros(len(value), dtype=bool), np.where(np.isnan(value), np.nan, latest_year))


def yearly_mean(view: View, measure: str, years: int = SPAN, least: float = 0.5) -> Held:
    """The mean of a measure over the known ones of the last years; unknown where too few of them are known."""
    values = view.of(measure)[:, -years:]
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    mean = np.divide(np.nansum(values, axis=1), count, out=np.full(len(values), np.nan), where=count >= least * years)
    return sure(mean, _latest(known, view.years[-years:]))


def last_known(view: View, measure: str, years: int = STALE_YEARS) -> Held:
    """The last known value of no more than some years ago, and its year."""
    values = view.of(measure)[:, -years:]
    known = ~np.isnan(values)
    at = known.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    value = np.where(known.any(axis=1), values[np.arange(len(values)), at], np.nan)
    return sure(value, _latest(known, view.years[-years:]))


def recent_mean(view: View, measure: str) -> Held:
    """The mean of the known ones of the last five years; unknown where none is."""
    return yearly_mean(view, measure, RECENT, least=1 / RECENT)


def above(score: Numbers) -> Numbers:
    """The share of the other known states that a state stands above, those level with it counting half.

    Unknown where no other state is known.

    >>> above(np.array([0.1, 0.5, np.nan])).tolist()
    [0.0, 1.0, nan]
    """
    known = score[~np.isnan(score)]
    others = len(known) - 1
    if others < 1:
        return np.full(len(score), np.nan)
    ordered = np.sort(known)
    below = np.searchsorted(ordered, score, side="left")
    level = np.searchsorted(ordered, score, side="right") - below - 1
    return np.where(np.isnan(score), np.nan, (below + 0.5 * level) / others)


def evenness(amounts: Numbers, groups: Numbers) -> Numbers:
    """How evenly amounts toward other states are spread over their groups: 0 all to one, 1 the same to each.

    `amounts` are subjects × states. Unknown where a subject has none, or where there is but one group.

    >>> evenness(np.array([[1.0, 1.0], [2.0, 0.0]]), np.array([0.0, 1.0])).tolist()
    [1.0, 0.0]
    """
    numbers = np.unique(groups)
    by_group = np.array([amounts[:, groups == number].sum(axis=1) for number in numbers])
    total = by_group.sum(axis=0)
    shares = np.divide(by_group, total, out=np.full(by_group.shape, np.nan), where=total > 0)
    if len(numbers) < 2:
        return np.full(len(amounts), np.nan)
    spread: Numbers = len(numbers) / (len(numbers) - 1) * (1 - (shares**2).sum(axis=0))
    return spread


def _latest(known: Flags, years: Numbers) -> Numbers:
    at = known.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    return np.where(known.any(axis=1), years[at], np.nan)
