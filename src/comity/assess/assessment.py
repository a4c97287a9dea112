"""An assessment of one subject: its indices with their parts, and what holds it back, as numbers and as words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.assess.indices.e_steadiness import breaks
from comity.assess.shape import Index, Numbers, Part, counted, index_kinds, limit_kinds
from comity.assess.view import SPAN, View, view_of_pairs
from comity.errors import BadRequest
from comity.vocab.dates import check_year

if TYPE_CHECKING:
    from comity.panel.facts import Facts

# The lists every assessment of a pair rests on: a year of which fewer than half tell is too thin to assess.
LISTS = (
    *("exercise_count", "agreement_count", "is_defense_ally", "visit_count", "dispute_onset_count"),
    "arms_delivery_tiv",
)
MATTERS = 0.2  # a part of a limit below this is not worth lowering


@dataclass(frozen=True)
class Assessment:
    """Where a subject stands in a year: headlines, further indices, and limits, each of this subject alone."""

    kind: str
    subject: tuple[str, ...]
    year: int
    year_is: str
    headlines: tuple[Index, ...]
    further: tuple[Index, ...]
    limits: tuple[Index, ...]
    level_changes: tuple[int, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The assessment as plain words and numbers; null is unknown."""
        return {
            "kind": self.kind,
            "subject": list(self.subject),
            "year": self.year,
            "year_is": self.year_is,
            "headlines": [index_dict(each) for each in self.headlines],
            "further": [index_dict(each) for each in self.further],
            "limits": [index_dict(each) | {"lowered_by": lowered_by(each)} for each in self.limits],
            "level_changes": list(self.level_changes),
        }

    def index(self, name: str) -> Index:
        """The index or limit of a name; BadRequest for one the assessment does not have."""
        for each in (*self.headlines, *self.further, *self.limits):
            if each.name == name:
                return each
        raise BadRequest(f"an assessment of a {self.kind} has no index {name!r}")


def assess(store: Facts, state_a: str, state_b: str, year: int | None = None) -> Assessment:
    """Assess a pair of states at the end of a year; without one, of the last of which enough is known.

    Raises BadRequest for a state beside itself, for a year that is not over, and for one in which the two were not both
    members of the state system.
    """
    if state_a == state_b:
        raise BadRequest(f"{state_a} and {state_b} are one state; an assessment of a pair names two")
    last = last_whole_year()
    if year is not None:
        check_whole_year(year)
    pair = (min(state_a, state_b), max(state_a, state_b))
    if year is not None:
        return assessed(view_of_pairs(store, year, (pair,)), "pair", "the year asked for")
    return assess_last_known(store, pair, last)


def assess_last_known(store: Facts, pair: tuple[str, str], last: int) -> Assessment:
    """Assess a pair at the end of the last year of which enough is known, no later than a year."""
    view = _last_known(store, pair, last)
    if view is None:
        return assessed(view_of_pairs(store, last, (pair,)), "pair", "the last whole year; no year is better known")
    why = f"the last whole year of which at least half of the {len(LISTS)} lists it rests on tell"
    return assessed(view, "pair", why)


def assessed(view: View, kind: str, year_is: str) -> Assessment:
    """The assessment of the only subject of a view, by all indices and limits of its kind."""
    if len(view) != 1:
        raise BadRequest(f"an assessment is of one subject, and the view has {len(view)}")
    kinds = index_kinds(kind)
    return Assessment(
        kind,
        view.subjects[0],
        view.year,
        year_is,
        tuple(each.of(view) for each in kinds if each.is_headline),
        tuple(each.of(view) for each in kinds if not each.is_headline),
        tuple(each.of(view) for each in limit_kinds(kind)),
        tuple(breaks(view, 0)) if kind == "pair" else (),
    )


def _last_known(store: Facts, pair: tuple[str, str], last: int) -> View | None:
    """The view of the last year of which enough is known, sought in the last years and then in those before them.

    A view of few years costs less than one of many, and most pairs are known to one of two years.
    """
    for end in (last, last - SPAN):
        try:
            view = view_of_pairs(store, end, (pair,))
        except BadRequest:
            if end == last:
                raise
            return None  # they were not both members so long ago
        chosen = last_known_year(view, LISTS)
        if chosen is not None:
            return view if chosen == end else view_of_pairs(store, chosen, (pair,))
    return None


def last_known_year(view: View, lists: Sequence[str]) -> int | None:
    """The last year of a view of one subject of which at least half of the lists tell; None where there is none."""
    told = np.mean([~np.isnan(view.of(name)[0]) for name in lists], axis=0)
    enough = np.flatnonzero(told >= 0.5)
    return int(view.years[enough[-1]]) if len(enough) else None


def check_whole_year(year: int) -> None:
    """Refuse, with BadRequest, a year that is not over, and one before there was a state system."""
    last = last_whole_year()
    if year > last:
        raise BadRequest(f"{year} is not over; the last year that can be assessed is {last}")
    check_year(year, last)


def last_whole_year() -> int:
    """The last year that is over."""
    return datetime.now(tz=UTC).year - 1


def lowered_by(limit: Index) -> list[str]:
    """What would lower a limit, the heaviest first, of the parts that hold back at all."""
    weights = {part.name: _plain(part.score) or 0.0 for part in limit.parts}
    parts = sorted(limit.parts, key=lambda part: -weights[part.name] * part.weight)
    chosen = [part for part in parts if weights[part.name] >= MATTERS and part.weight > 0 and part.lowered_by]
    return list(dict.fromkeys(part.lowered_by for part in chosen))


def index_dict(made: Index) -> dict[str, Any]:
    """An index of one subject with its parts."""
    counts = counted(made.parts)[:, 0]
    return {
        "name": made.name,
        "means": made.means,
        "score": _plain(made.score),
        "least": _plain(made.least),
        "most": _plain(made.most),
        "coverage": _plain(made.coverage),
        "latest_year": _year(made.latest_year),
        "parts": [_part_dict(part, bool(is_counted)) for part, is_counted in zip(made.parts, counts, strict=True)],
    }


def _part_dict(part: Part, is_counted: bool) -> dict[str, Any]:
    return {
        "name": part.name,
        "means": part.means,
        "value": _plain(part.value),
        "score": _plain(part.score),
        "weight": part.weight,
        "is_counted": is_counted,
        "is_from_list_with_gaps": part.is_listed is not None and bool(part.is_listed[0] & ~np.isnan(part.score[0])),
        "is_hindsight": part.is_hindsight,
        "latest_year": _year(part.latest_year),
        "sources": list(part.sources),
    }


def _plain(values: Numbers) -> float | None:
    return None if np.isnan(values[0]) else round(float(values[0]), 6)


def _year(values: Numbers) -> int | None:
    return None if np.isnan(values[0]) else int(values[0])
