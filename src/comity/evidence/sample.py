"""Samples: the rows a design is given, known in every column, with the question they are to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from comity.errors import BadRequest

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked of a sample: which claim, in which words, from which sources.

    `name` tells specifications of one claim apart. `unit` says in words what one unit of the outcome is. `selection`
    says which way selection into treatment probably moves the coefficient (1 up, -1 down, 0 not at all, None unknown),
    and `selection_reason` why.
    """

    claim: str
    outcome: str
    treatment: str
    unit: str
    name: str = "main"
    sources: tuple[str, ...] = ()
    selection: int | None = None
    selection_reason: str = ""

    def __post_init__(self) -> None:
        if self.selection not in (None, -1, 0, 1):
            raise BadRequest(
                f"question {self.claim} {self.name}: selection is -1, 0, 1 or unknown, not {self.selection}"
            )


class Numbers(NamedTuple):
    """Labels as numbers from 0 without gaps, and how many there are of each."""

    of: Labels
    total: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Sample:
    """Rows of units over years: outcome `y`, treatment `d`, controls `x` (one column for each of `names`).

    `unit` numbers what has a level of its own: a pair, a directed pair or a state. `pair` numbers the pair where a unit
    is a direction of one. `state_a` and `state_b` say which states a row is of; both are None in panels of states.
    NaN is unknown. `excluded` counts rows left out, by reason.
    """

    question: Question
    y: Floats
    d: Floats
    x: Floats
    unit: Labels
    year: Labels
    names: tuple[str, ...] = ()
    pair: Labels | None = None
    state_a: Labels | None = None
    state_b: Labels | None = None
    excluded: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = len(self.y)
        if self.x.shape != (rows, len(self.names)):
            raise BadRequest(
                f"x has {self.x.shape} rows and columns, not {rows} and {len(self.names)} (one for each name)"
            )
        for name in ("d", "unit", "year", "pair", "state_a", "state_b"):
            if (given := getattr(self, name)) is not None and np.shape(given) != (rows,):
                raise BadRequest(f"{name} has {np.shape(given)} values, not one for each of {rows} rows")
        if (self.state_a is None) != (self.state_b is None):
            raise BadRequest("state_a and state_b are both given or both left out")

    def __len__(self) -> int:
        return len(self.y)

    @cached_property
    def units(self) -> Numbers:
        """The unit of each row."""
        return numbered(self.unit)

    @cached_property
    def years(self) -> Numbers:
        """The year of each row, counted from the first that is seen."""
        return numbered(self.year)

    @cached_property
    def pairs(self) -> Numbers:
        """The pair of each row: as given, or of its two states, or its unit."""
        if self.pair is not None:
            return numbered(self.pair)
        if self.state_a is None:
            return self.units
        (one, two), count = self.states
        return numbered(np.minimum(one, two) * count + np.maximum(one, two))

    @cached_property
    def states(self) -> tuple[tuple[Labels, Labels], int]:
        """The two states of each row under one numbering, and how many there are."""
        if self.state_a is None or self.state_b is None:
            raise BadRequest(f"question {self.question.claim}: this sample is not one of pairs of states")
        both = numbered(np.concatenate([self.state_a, self.state_b]))
        return (both.of[: len(self)], both.of[len(self) :]), both.total

    def among(self, rows: Flags, reason: str = "") -> Sample:
        """The rows that are wanted; with a reason, the others are counted as excluded for it."""
        left = len(self) - int(rows.sum())
        excluded = dict(self.excluded)
        if reason and left:
            excluded[reason] = excluded.get(reason, 0) + left
        return replace(
            self,
            y=self.y[rows],
            d=self.d[rows],
            x=self.x[rows],
            unit=self.unit[rows],
            year=self.year[rows],
            pair=None if self.pair is None else self.pair[rows],
            state_a=None if self.state_a is None else self.state_a[rows],
            state_b=None if self.state_b is None else self.state_b[rows],
            excluded=excluded,
        )

    def known(self) -> Sample:
        """The rows in which outcome, treatment and controls are known; the others are counted, by the first reason."""
        sample = self
        for reason, column in (("outcome unknown", "y"), ("treatment unknown", "d"), ("controls unknown", "x")):
            values = getattr(sample, column)
            known = np.isfinite(values) if values.ndim == 1 else np.isfinite(values).all(axis=1)
            if not known.all():
                sample = sample.among(known, reason)
        if len(sample) < 2:
            raise BadRequest(f"question {self.question.claim} {self.question.name}: {len(sample)} rows are known")
        cells = np.sort(sample.units.of * (sample.years.total) + sample.years.of)
        if (cells[1:] == cells[:-1]).any():
            raise BadRequest(f"question {self.question.claim} {self.question.name}: a unit has a year twice")
        return sample

    def shifted(self, values: Floats, by: int) -> Floats:
        """The value of the same unit `by` years later (earlier if below 0); NaN where that year has no row.

        >>> from comity.evidence.sample import Question, Sample
        >>> ask = Question(claim="C06", outcome="dispute", treatment="exercise", unit="share of pair-years")
        >>> years = np.array([2001, 2002, 2004])
        >>> rows = Sample(question=ask, y=years * 0.0, d=years * 0.0, x=np.empty((3, 0)), unit=years * 0, year=years)
        >>> rows.shifted(np.array([1.0, 2.0, 3.0]), 1).tolist()
        [2.0, nan, nan]
        """
        span = int(self.year.max() - self.year.min()) + 1 + abs(by)
        here = self.units.of * span + (self.year - self.year.min())
        order = np.argsort(here)
        wanted = here + by
        place = np.minimum(np.searchsorted(here, wanted, sorter=order), len(here) - 1)
        found = order[place]
        inside = (self.year + by >= self.year.min()) & (here[found] == wanted)
        return np.where(inside, values[found], np.nan)

    def later(self, by: int) -> Sample | None:
        """The rows not treated now, with the treatment of `by` years later in its place; None if that never differs."""
        later = self.shifted(self.d, by)
        rows = np.isfinite(later) & (self.d == 0)
        if not rows.any() or np.ptp(later[rows]) == 0:
            return None
        return replace(self.among(rows), d=later[rows])


def numbered(labels: npt.ArrayLike) -> Numbers:
    """Labels as numbers from 0 without gaps, in their order."""
    held, of = np.unique(np.asarray(labels), return_inverse=True)
    return Numbers(of.astype(np.int64), len(held))
