"""Filling a column: facts scattered onto the spine, zero where a complete source covers a cell, null elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from comity.panel.measure import Measure, find_measure
from comity.panel.spines import Places, Spine, spine
from comity.vocab.states import members

if TYPE_CHECKING:
    from comity.store import Store
    from comity.vocab.coverage import Coverage

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Filled:
    """A column (NaN is null) and the sources that speak in it."""

    values: Values
    sources: tuple[str, ...]


@dataclass(frozen=True)
class _Facts:
    rows: Places
    values: Values
    sources: npt.NDArray[np.str_]


def fill(measure: Measure, rows: Spine, store: Store) -> Filled:
    """One measure on a spine."""
    return _computed(measure, rows, store) if measure.of else _scattered(measure, rows, store)


def _scattered(measure: Measure, rows: Spine, store: Store) -> Filled:
    """Zero where a complete source covers a cell, then the facts; there only complete sources of the cell are heard."""
    facts = _facts(measure, rows, store)
    decides: dict[str, npt.NDArray[np.bool_]] = {}
    for source, statement in store.coverage(measure.kind) if measure.kind else []:
        if statement.completeness == "complete":
            decides[source] = decides.get(source, np.zeros(len(rows), dtype=bool)) | _covered(statement, rows)
    decided = np.logical_or.reduce([np.zeros(len(rows), dtype=bool), *decides.values()])
    values = np.where(decided, 0.0, np.nan)
    spoke = {source for source, cells in decides.items() if cells.any()}
    for source in np.unique(facts.sources).tolist():
        heard = ~decided | decides.get(source, False)
        mine = (facts.sources == source) & heard[facts.rows]
        # Two sources may list the same fact, so the larger count stands, not the sum.
        np.fmax.at(values, facts.rows[mine], facts.values[mine])
        spoke |= {source} if mine.any() else set()
    return Filled(values, tuple(sorted(spoke)))


def _facts(measure: Measure, rows: Spine, store: Store) -> _Facts:
    assert measure.sql is not None
    answer = store.ask(measure.sql)
    year = answer["year"].to_numpy().astype(np.int64) - rows.index.first_year
    names = ("state",) if rows.state_b is None else ("state_a", "state_b")
    states = [rows.index.state_numbers(answer[name].to_pylist()) for name in names]
    places = rows.rows_of(states[0], states[1] if len(states) > 1 else None, year)
    on_spine = places >= 0
    sources = np.array(answer["source"].to_pylist(), dtype=str)
    return _Facts(places[on_spine], answer["value"].to_numpy().astype(np.float64)[on_spine], sources[on_spine])


def _covered(statement: Coverage, rows: Spine) -> npt.NDArray[np.bool_]:
    """The cells a complete source speaks of: its whole years, its states, and only members of its own system."""
    years = rows.index.years()
    covered = np.isin(rows.year, np.flatnonzero([statement.covers_year(int(year)) for year in years]))
    sides = [rows.state_a] if rows.state_b is None else [rows.state_a, rows.state_b]
    if statement.states:
        named = np.isin(rows.index.states, statement.states)
        covered &= np.logical_or.reduce([named[side] for side in sides])
    if statement.system and statement.system != rows.system:
        known = np.array([np.isin(rows.index.states, members(statement.system, int(year))) for year in years]).T
        for side in sides:
            covered &= known[side, rows.year]
    return covered


def _computed(measure: Measure, rows: Spine, store: Store) -> Filled:
    """A measure of two states from measures of each: every state-year is filled once and gathered for both sides."""
    assert rows.state_b is not None, f"{measure.name} is computed for pairs"
    years = (rows.index.first_year, rows.index.first_year + rows.index.year_count - 1)
    single = spine("state_year", rows.system, years)
    arguments: list[Values] = []
    sources: set[str] = set()
    for name in measure.of:
        filled = fill(find_measure("state_year", name), single, store)
        sources |= set(filled.sources)
        arguments += [filled.values[single.rows_of(side, None, rows.year)] for side in (rows.state_a, rows.state_b)]
    return Filled(measure.function(*arguments), tuple(sorted(sources)))
