"""Where a state stands: indices over its ties with all others, each with its parts, and its burdens side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.assess.assessment import check_whole_year, last_whole_year
from comity.assess.shape import Index, IndexKind, Part, counted, index_kinds
from comity.assess.state_burden import burdens
from comity.assess.state_view import above, view_of_world
from comity.assess.view import SPAN, looked_back
from comity.errors import BadRequest

if TYPE_CHECKING:
    from comity.assess.state_view import StateView
    from comity.store import Store


LISTS = ("alliance", "agreement", "exercise", "arms_transfer", "dispute", "conflict")


@dataclass(frozen=True)
class StateAssessment:
    """The indices of all states of a year, and which of them is asked for: a rank needs the others."""

    state: str
    year: int
    year_is: str
    states: tuple[str, ...]
    indices: tuple[tuple[IndexKind, Index], ...]
    burden: tuple[Part, ...]

    @property
    def place(self) -> int:
        """The number of the state among all."""
        return self.states.index(self.state)

    @property
    def headlines(self) -> list[Index]:
        """The indices that passed their test."""
        return [index for kind, index in self.indices if kind.is_headline]

    @property
    def further(self) -> list[Index]:
        """The indices that did not pass it; their parts are shown all the same."""
        return [index for kind, index in self.indices if not kind.is_headline]

    def to_dict(self) -> dict[str, Any]:
        """The assessment as plain values; None where unknown."""
        return {
            "kind": "state",
            "subject": [self.state],
            "year": self.year,
            "year_is": self.year_is,
            "headlines": [self._told(index) for index in self.headlines],
            "further": [self._told(index) for index in self.further],
            "burden": [self._borne(part) for part in self.burden],
        }

    def _told(self, index: Index) -> dict[str, Any]:
        at, score = self.place, index.score
        counts = counted(index.parts)[:, at]
        return {
            "name": index.name,
            "means": index.means,
            "score": number(score[at]),
            "least": number(index.least[at]),
            "most": number(index.most[at]),
            "above_share": number(above(score)[at]),
            "coverage": number(index.coverage[at]),
            "latest_year": whole(index.latest_year[at]),
            "parts": [self._part(part, bool(used)) for part, used in zip(index.parts, counts, strict=True)],
        }

    def _part(self, part: Part, is_counted: bool) -> dict[str, Any]:
        at = self.place
        latest_year = whole(part.latest_year[at])
        return {
            "name": part.name,
            "means": part.means,
            "value": number(part.value[at]),
            "score": number(part.score[at]),
            "weight": part.weight,
            "is_counted": is_counted,
            "is_from_list_with_gaps": part.is_listed is not None
            and bool(part.is_listed[at] & ~np.isnan(part.value[at])),
            "is_hindsight": part.is_hindsight,
            "latest_year": latest_year,
            "age_years": None if latest_year is None else self.year - latest_year,
            "sources": list(part.sources),
        }

    def _borne(self, part: Part) -> dict[str, Any]:
        told = self._part(part, is_counted=False)
        kept = ("name", "means", "value", "is_from_list_with_gaps", "latest_year", "age_years", "sources")
        return {name: told[name] for name in kept} | {"above_share": told["score"]}


def assess_state(store: Store, state: str, year: int | None = None) -> StateAssessment:
    """Where a state stands in a year, as far as is known; without one, in the last of which enough is known.

    Raises BadRequest for a state that was no member of the state system then, and for a year that is not over.
    """
    year, year_is = year_assessed(store, year)
    view = view_of_world(store, year)
    states = tuple(code for (code,) in view.subjects)
    if state not in states:
        raise BadRequest(f"{state} was no member of the state system in {year}")
    return StateAssessment(state, year, year_is, states, indices_of(view), burdens(view))


def year_assessed(store: Store, asked: int | None) -> tuple[int, str]:
    """The year that is assessed and why: the one asked for, or the last whole one of which half of the lists tell."""
    last = last_whole_year()
    if asked is not None:
        check_whole_year(asked)
        looked_back(asked, SPAN)
        return asked, "the year asked for"
    ends = []
    for kind in LISTS:
        told = [each.end.year for _, each in store.coverage(kind) if each.completeness == "complete"]
        ends.append(max(told, default=0))
    enough = sorted(ends, reverse=True)[(len(LISTS) - 1) // 2]
    if not enough:
        return last, "the last whole year, for no list that leaves nothing out is loaded"
    return min(enough, last), f"the last whole year of which at least half of the {len(LISTS)} lists it rests on tell"


def indices_of(view: StateView) -> tuple[tuple[IndexKind, Index], ...]:
    """Every index of every state of a view."""
    return tuple((kind, kind.of(view)) for kind in index_kinds("state"))


def number(value: float) -> float | None:
    """A number as JSON can say it; None for NaN."""
    return None if np.isnan(value) else float(value)


def whole(value: float) -> int | None:
    """A whole number as JSON can say it; None for NaN."""
    return None if np.isnan(value) else int(value)
