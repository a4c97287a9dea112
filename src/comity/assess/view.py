"""What an assessment looks at: measures of some subjects over the years up to the one assessed, and nothing later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from comity.assess.scoring import decayed, latest, part, saturating
from comity.assess.shape import Flags, Numbers
from comity.errors import BadRequest
from comity.panel import panel
from comity.vocab.dates import FIRST_YEAR

if TYPE_CHECKING:
    from comity.panel import Panel
    from comity.panel.columns import Column
    from comity.panel.facts import Facts

__all__ = ["SPAN", "View", "added", "decayed", "latest", "part", "saturating", "view_of_pairs", "view_of_states"]

SPAN = 15  # years looked back on: what is older than three half-lives of five years hardly weighs
Subject = tuple[str, ...]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class View:
    """Subjects and their years: `of` gives a measure as a matrix of subjects × years, the year assessed last.

    A year in which a subject was no member of the state system is NaN. `subjects` are states, or pairs (a, b), a < b.
    The panel may reach further than the view: `at` gives the view of another of its years.
    """

    panel: Panel
    subjects: tuple[Subject, ...]
    year: int
    span: int = SPAN
    _columns: dict[str, Numbers] = field(default_factory=dict)
    _around: dict[str, Numbers] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.subjects)

    @property
    def years(self) -> Numbers:
        """The years, the one assessed last."""
        return np.arange(self.year - self.span + 1, self.year + 1, dtype=np.float64)

    def at(self, year: int, span: int | None = None) -> View:
        """The same subjects seen in another year; BadRequest where the panel does not reach so far."""
        wanted = replace(self, year=year, span=self.span if span is None else span)
        first, last = self.panel.rows.index.years
        if not (first <= wanted.years[0] and year <= last):
            raise BadRequest(f"a view of {wanted.years[0]:.0f} to {year} lies outside its panel, {first} to {last}")
        return wanted

    def of(self, name: str, side: str = "") -> Numbers:
        """A measure by its name; of a directed one the side `a_to_b` or `b_to_a`, of one of states `a` or `b`.

        Without a side the two directions are added, and unknown where both are.
        """
        columns = self._named(name)
        if side:
            columns = [key for key in columns if key == f"{name}_{side}"]
            if not columns:
                raise BadRequest(f"measure {name!r} has no side {side!r} here")
        return added([self._matrix(key)[:, self._part] for key in columns])

    def complete(self, name: str) -> Flags:
        """In which years a list that leaves nothing out speaks of a measure: what it does not list did not happen.

        A measure that is no list of happenings, such as a distance or a share, is complete wherever it is known.
        """
        kinds = self._column(self._named(name)[0]).filled.kinds
        if not kinds:
            return ~np.isnan(self.of(name))
        covered = np.ones((len(self), self.span), dtype=bool)
        for kind in kinds:
            covered &= self._covered(kind)
        return covered

    def sources(self, *names: str) -> tuple[str, ...]:
        """Which sources speak in these measures."""
        used = [column for column in self.panel.columns.values() if column.measure.name in names]
        return tuple(sorted({source for column in used for source in column.filled.sources}))

    def is_hindsight(self, *names: str) -> bool:
        """Whether any of these measures was coded with knowledge of what came after the year."""
        return any(self._column(key).filled.is_hindsight for name in names for key in self._named(name))

    def ask(self, name: str, sql: str) -> Numbers:
        """Facts of the store as a matrix, by a SELECT of state_a, state_b, year and value; unknown where none is."""
        if name not in self.panel.columns:
            self.panel.add(**{name: sql})
        return self._matrix(name)[:, self._part]

    def around(self, name: str, side: str = "") -> Numbers:
        """A measure of pairs between the subjects' own states and every state: own states × states × years.

        With the side `a_to_b` it is what goes out from the own state, with `b_to_a` what comes in.
        """
        key = f"{name} {side}"
        if key not in self._around:
            self._around[key] = self._spread(name, side)
        return self._around[key][:, :, self._part]

    @property
    def own(self) -> tuple[str, ...]:
        """The states of the subjects, each once: the rows of `around`."""
        return tuple(sorted({state for subject in self.subjects for state in subject}))

    @property
    def sides(self) -> tuple[Places, Places]:
        """Of each subject that is a pair, the row of its first and of its second state in `around`."""
        row = {state: place for place, state in enumerate(self.own)}
        a, b = (np.array([row[subject[side]] for subject in self.subjects], dtype=np.int64) for side in (0, 1))
        return a, b

    @property
    def columns(self) -> Places:
        """Of each own state, its column in `around`."""
        number = {state: place for place, state in enumerate(self.panel.rows.index.states)}
        return np.array([number[state] for state in self.own], dtype=np.int64)

    @property
    def exists(self) -> Flags:
        """Which subjects were members of the state system in the year assessed."""
        made = np.zeros(len(self), dtype=bool)
        subject, year = self._cells
        made[subject[(subject >= 0) & (year == self.year - self.panel.rows.index.first_year)]] = True
        return made

    @property
    def _part(self) -> slice:
        last = self.year - self.panel.rows.index.first_year + 1
        return slice(last - self.span, last)

    def _named(self, name: str) -> list[str]:
        if name not in {column.measure.name for column in self.panel.columns.values()}:
            self.panel.add(name)
        return [key for key, column in self.panel.columns.items() if column.measure.name == name]

    def _column(self, key: str) -> Column:
        return self.panel.columns[key]

    def _covered(self, kind: str) -> Flags:
        made = np.zeros((len(self), self.span), dtype=bool)
        for _, statement in self.panel.ground.store.coverage(kind):
            if statement.completeness != "complete":
                continue
            years = np.array([statement.covers_year(int(year)) for year in self.years])
            pairs = np.array([statement.covers_pair(subject[0], subject[-1]) for subject in self.subjects])
            made |= pairs[:, None] & years
        return made

    @property
    def _cells(self) -> tuple[Any, Any]:
        """Of each row of the panel: the subject's number (-1 for none of them) and the number of the year."""
        if "" not in self._columns:
            rows = self.panel.rows
            count, b = len(rows.index.states), 0 if rows.state_b is None else rows.state_b
            number = {state: place for place, state in enumerate(rows.index.states)}
            keys = [number[one] * count + (number[rest[0]] if rest else 0) for one, *rest in self.subjects]
            found = np.full(count * count, -1.0)
            found[keys] = np.arange(len(keys))
            self._columns[""] = found[rows.state_a * np.int64(count) + b]
        return self._columns[""].astype(np.int64), self.panel.rows.year

    def _matrix(self, key: str) -> Numbers:
        if key not in self._columns:
            subject, year = self._cells
            held = subject >= 0
            made = np.full((len(self), self.panel.rows.index.year_count), np.nan)
            made[subject[held], year[held]] = self.panel[key][held]
            self._columns[key] = made
        return self._columns[key]

    def _spread(self, name: str, side: str) -> Numbers:
        rows = self.panel.rows
        assert rows.state_b is not None
        keys = self._named(name)
        out, back = keys, keys
        if side:
            turned = {"a_to_b": "b_to_a", "b_to_a": "a_to_b"}[side]
            out, back = [f"{name}_{side}"], [f"{name}_{turned}"]
        row = np.full(len(rows.index.states), -1)
        row[self.columns] = np.arange(len(self.columns))
        made = np.full((len(self.columns), len(rows.index.states), rows.index.year_count), np.nan)
        for mine, other, shown in ((rows.state_a, rows.state_b, out), (rows.state_b, rows.state_a, back)):
            held = row[mine] >= 0
            made[row[mine[held]], other[held], rows.year[held]] = added([self.panel[key] for key in shown])[held]
        return made


def added(shown: Sequence[Numbers]) -> Numbers:
    """Amounts added up; unknown where all are.

    >>> added([np.array([1.0, np.nan]), np.array([2.0, np.nan])]).tolist()
    [3.0, nan]
    """
    if len(shown) == 1:
        return shown[0]
    known = ~np.isnan(shown)
    total: Numbers = np.where(known.any(axis=0), np.where(known, shown, 0.0).sum(axis=0), np.nan)
    return total


def looked_back(year: int, span: int) -> tuple[int, int]:
    """The years an assessment looks at; BadRequest for a year before which there are not so many.

    >>> looked_back(1830, 15)
    (1816, 1830)
    """
    if year - span + 1 < FIRST_YEAR:
        raise BadRequest(
            f"{year} cannot be assessed; {FIRST_YEAR + span - 1} is the first year that can, for {span} years are "
            f"looked at and the state system begins in {FIRST_YEAR}"
        )
    return year - span + 1, year


def view_of_pairs(store: Facts, year: int, pairs: tuple[Subject, ...] = (), span: int = SPAN) -> View:
    """A view of these pairs, or of all that existed in the year; BadRequest for a pair that did not."""
    named = tuple(sorted(set(pairs[0]))) if len(pairs) == 1 else ()
    made = panel(store, "dyad_year", years=looked_back(year, span), states=named)
    rows = made.rows
    states, held = rows.index.states, rows.year == rows.index.year_count - 1
    there = [(states[a], states[b]) for a, b in zip(rows.state_a[held], rows.state_b[held], strict=True)]  # type: ignore[index]
    wanted = tuple((min(pair), max(pair)) for pair in pairs)
    if missing := [pair for pair in wanted if pair not in set(there)]:
        raise BadRequest(f"{missing[0][0]} and {missing[0][1]} were not both members of the state system in {year}")
    return View(made, wanted or tuple(there), year, span)


def view_of_states(store: Facts, year: int, states: tuple[str, ...] = (), span: int = SPAN) -> View:
    """A view of these states, or of all that existed in the year; BadRequest for a state that did not."""
    made = panel(store, "state_year", years=looked_back(year, span), states=states)
    rows = made.rows
    there = [rows.index.states[a] for a in rows.state_a[rows.year == rows.index.year_count - 1]]
    if missing := [state for state in states if state not in there]:
        raise BadRequest(f"{missing[0]} was no member of the state system in {year}")
    return View(made, tuple((state,) for state in (states or there)), year, span)
