"""What an assessment looks at: measures of some subjects over the years up to the one assessed, and nothing later."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.assess.shape import Numbers, Part
from comity.errors import BadRequest
from comity.panel import panel

if TYPE_CHECKING:
    from comity.panel import Panel
    from comity.panel.facts import Facts

SPAN = 15  # years looked back on: what is older than three half-lives of five years hardly weighs


@dataclass(frozen=True)
class View:
    """Subjects and their years: `of` gives a measure as a matrix of subjects × years, the year assessed last.

    A year in which a subject was no member of the state system is NaN. `subjects` are states, or pairs (a, b), a < b.
    """

    panel: Panel
    subjects: tuple[tuple[str, ...], ...]
    year: int
    _columns: dict[str, Numbers] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.subjects)

    @property
    def years(self) -> Numbers:
        """The years, the one assessed last."""
        first, last = self.panel.rows.index.years
        return np.arange(first, last + 1, dtype=np.float64)

    def of(self, name: str, side: str = "") -> Numbers:
        """A measure by its name; of a directed one the side `a_to_b` or `b_to_a`, of one of states `a` or `b`.

        Without a side the two directions are added, and unknown where both are.
        """
        if name not in {column.measure.name for column in self.panel.columns.values()}:
            self.panel.add(name)
        columns = [key for key, column in self.panel.columns.items() if column.measure.name == name]
        if side:
            columns = [key for key in columns if key == f"{name}_{side}"]
            if not columns:
                raise BadRequest(f"measure {name!r} has no side {side!r} here")
        shown = [self._matrix(key) for key in columns]
        if len(shown) == 1:
            return shown[0]
        known = ~np.isnan(shown)
        return np.where(known.any(axis=0), np.where(known, shown, 0.0).sum(axis=0), np.nan)

    def sources(self, *names: str) -> tuple[str, ...]:
        """Which sources speak in these measures."""
        return tuple(
            sorted(
                {
                    source
                    for column in self.panel.columns.values()
                    if column.measure.name in names
                    for source in column.filled.sources
                }
            )
        )

    @cached_property
    def _cells(self) -> tuple[Any, Any]:
        """Of each row of the panel: the subject's number (-1 for none of them) and the number of the year."""
        rows = self.panel.rows
        states = rows.index.states
        number = {subject: place for place, subject in enumerate(self.subjects)}
        if rows.state_b is None:
            found = [number.get((states[a],), -1) for a in rows.state_a]
        else:
            found = [number.get((states[a], states[b]), -1) for a, b in zip(rows.state_a, rows.state_b, strict=True)]
        return np.array(found, dtype=np.int64), rows.year

    def _matrix(self, key: str) -> Numbers:
        if key not in self._columns:
            subject, year = self._cells
            held = subject >= 0
            made = np.full((len(self), len(self.years)), np.nan)
            made[subject[held], year[held]] = self.panel[key][held]
            self._columns[key] = made
        return self._columns[key]


def view_of_pairs(store: Facts, year: int, pairs: tuple[tuple[str, str], ...] = (), span: int = SPAN) -> View:
    """A view of these pairs, or of all that existed in the year; BadRequest for a pair that did not."""
    named = tuple(sorted({state for pair in pairs for state in pair})) if len(pairs) == 1 else ()
    made = panel(store, "dyad_year", years=(year - span + 1, year), states=named)
    rows = made.rows
    states, held = rows.index.states, rows.year == rows.index.year_count - 1
    there = [(states[a], states[b]) for a, b in zip(rows.state_a[held], rows.state_b[held], strict=True)]  # type: ignore[index]
    wanted = tuple((min(pair), max(pair)) for pair in pairs)
    if missing := [pair for pair in wanted if pair not in set(there)]:
        raise BadRequest(f"{missing[0][0]} and {missing[0][1]} were not both members of the state system in {year}")
    return View(made, wanted or tuple(there), year)


def view_of_states(store: Facts, year: int, states: tuple[str, ...] = (), span: int = SPAN) -> View:
    """A view of these states, or of all that existed in the year; BadRequest for a state that did not."""
    made = panel(store, "state_year", years=(year - span + 1, year), states=states)
    rows = made.rows
    there = [rows.index.states[a] for a in rows.state_a[rows.year == rows.index.year_count - 1]]
    if missing := [state for state in states if state not in there]:
        raise BadRequest(f"{missing[0]} was no member of the state system in {year}")
    return View(made, tuple((state,) for state in (states or there)), year)


def decayed(values: Numbers, half_life: float) -> Numbers:
    """What is left of yearly amounts in the last year, when what is left halves in so many years.

    An unknown year adds nothing, and a subject of which no year is known is NaN.

    >>> decayed(np.array([[4.0, np.nan, 1.0]]), 1.0).tolist()
    [2.0]
    """
    age = np.arange(values.shape[1] - 1, -1, -1)
    known = ~np.isnan(values)
    left = np.where(known, values, 0.0) @ 0.5 ** (age / half_life)
    found: Numbers = np.where(known.any(axis=1), left, np.nan)
    return found


def latest(values: Numbers, years: Numbers) -> tuple[Numbers, Numbers]:
    """The last known value of each subject and its year; NaN where no year is known.

    >>> [each.tolist() for each in latest(np.array([[4.0, 7.0, np.nan]]), np.array([2018.0, 2019.0, 2020.0]))]
    [[7.0], [2019.0]]
    """
    known = ~np.isnan(values)
    at = values.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    any_known = known.any(axis=1)
    rows = np.arange(len(values))
    return np.where(any_known, values[rows, at], np.nan), np.where(any_known, years[at], np.nan)


def saturating(values: Numbers, half: float) -> Numbers:
    """A score that rises with a value from 0 toward 1 and is one half at `half`; more of what is much adds little.

    >>> saturating(np.array([0.0, 2.0, 6.0]), 2.0).tolist()
    [0.0, 0.5, 0.75]
    """
    score: Numbers = values / (values + half)
    return score


def part(view: View, measures: tuple[str, ...], value: Numbers, score: Numbers, said: tuple[str, float, str]) -> Part:
    """A part made of measures: `said` is its name, its weight and what its value means."""
    name, weight, means = said
    years = np.fmax.reduce([latest(view.of(measure), view.years)[1] for measure in measures])
    return Part(name, value, score, weight, means, years, view.sources(*measures))
