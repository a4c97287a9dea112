"""Invented states for the tests of assessments: ties and views made by hand, and a small store of invented lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from comity.assess.state_ties import SPAN, Ties
from comity.assess.state_view import StateView
from comity.assess.view import SPAN as VIEW_SPAN
from comity.vocab.coverage import Coverage
from panel_samples import Sample

YEAR = 2010
STATES = ("AUS", "BRA", "CAN", "DNK", "EGY", "FRA", "GBR", "HUN", "IND", "JPN")


@dataclass(frozen=True)
class SketchedTies(Ties):
    """Ties of invented states: a layer or measure that is not given is unknown."""

    given: Mapping[str, np.ndarray] = field(default_factory=dict)

    @property
    def states(self):
        return self.subjects

    @property
    def years(self):
        return np.arange(self.year - SPAN + 1, self.year + 1, dtype=np.float64)

    @property
    def exists(self):
        apart = ~np.eye(len(self.subjects), dtype=bool)
        return np.repeat(apart[:, :, None], SPAN, axis=2)

    def of(self, name):
        size = len(self.subjects)
        return self.given.get(name, np.full((size, size, SPAN), np.nan))

    layer = toward = outward = of

    def sources(self, *measures):
        return tuple(sorted(name for name in measures if name in self.given))

    def layer_sources(self, name):
        return self.sources(name)


@dataclass(frozen=True)
class SketchedView(StateView):
    """A view of invented states over invented ties; `numbers` are measures of states over fifteen years."""

    numbers: Mapping[str, np.ndarray] = field(default_factory=dict)

    @property
    def exists(self):
        return np.ones(len(self), dtype=bool)

    def of(self, name, side=""):
        return self.numbers.get(name, np.full((len(self), VIEW_SPAN), np.nan))

    def sources(self, *names):
        return tuple(sorted(name for name in names if name in self.numbers))


@dataclass(frozen=True)
class Regimes:
    """A store that answers one question: how many regimes each state is party to."""

    counts: Mapping[str, int]

    def ask(self, sql, parameters=None):
        return self

    def to_pylist(self):
        return [{"state": state, "count": count, "sources": ["invented"]} for state, count in self.counts.items()]


def sketched(ties=None, numbers=None, count=5, regimes=None):
    """A view of the first states; ties as squares of states × states × ten years, numbers as states × fifteen."""
    states = STATES[:count]
    made = SketchedTies(None, states, YEAR, given=ties or {})
    return SketchedView(
        None,
        tuple((state,) for state in states),
        YEAR,
        store=Regimes(regimes or {}),
        ties=made,
        numbers=numbers or {},
    )


def square(count=5, edges=(), value=1.0, unknown=()):
    """A layer known in every year, 0 but for the edges in its last; pairs that are unknown are so in every year."""
    made = np.zeros((count, count, SPAN))
    for a, b in edges:
        made[a, b, -1] = made[b, a, -1] = value
    for a, b in unknown:
        made[a, b, :] = made[b, a, :] = np.nan
    return made


def listed(count=5, edges=(), value=1.0):
    """A layer of which only what is listed is known."""
    made = np.full((count, count, SPAN), np.nan)
    for a, b in edges:
        made[a, b, -1] = made[b, a, -1] = value
    return made


def body(name="club", short="CLUB", members=(), source="register", until=date(2015, 12, 31)):
    """An organization and the spells of its members: state, first day, last day or None."""
    spells = [
        {
            "organisation": name,
            "party_kind": "state",
            "party": state,
            "role": "member",
            "start_date": start,
            "start_precision": "day",
            "end_date": end,
            "end_precision": "day" if end else None,
            "known_until": until,
        }
        for state, start, end in members
    ]
    known = Coverage(
        kinds=("organisation_membership",), completeness="positive_only", start=date(1945, 1, 1), end=until
    )
    told = {"organisation": name, "name": f"The {name}", "short_name": short, "organisation_kind": "alliance"}
    return Sample(
        source,
        (known,),
        {"organisation": [told | {"known_until": until, "verification": "primary"}], "organisation_member": spells},
    )


def exercises(*held, complete=True, span=(1980, 2010), regions=()):
    """Exercises as (year, states), and what the list says it leaves out; regions as (name, states)."""
    rows, parties = [], []
    for number, (year, states) in enumerate(held):
        rows.append(
            {
                "engagement": f"e{number}",
                "instrument": "exercise",
                "status": "completed",
                "start_date": date(year, 6, 1),
                "start_precision": "day",
                "verification": "primary",
            }
        )
        parties += [
            {"engagement": f"e{number}", "party_kind": "state", "party": state, "role": "participant"}
            for state in states
        ]
    given = {"engagement": rows, "engagement_party": parties}
    if regions:
        given["region"] = [
            {"region": name, "name": name, "states": list(states), "partners": [], "verification": "primary"}
            for name, states in regions
        ]
    how = "complete" if complete else "positive_only"
    known = Coverage(
        kinds=("exercise",), completeness=how, start=date(span[0], 1, 1), end=date(span[1], 12, 31), system="cow"
    )
    return Sample("invented", (known,), given)
