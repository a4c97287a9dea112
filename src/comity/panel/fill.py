"""Filling a column: facts scattered onto a spine, zero where a complete source covers a cell, null elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from comity.panel.facts import Listed
from comity.panel.measure import Measure
from comity.panel.spines import Spine
from comity.panel.systems import Flags, state_system
from comity.vocab.coverage import Coverage

Covering = list[tuple[str, Coverage]]
Values = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Filled:
    """A column on a spine (NaN is null), the sources that speak in it, and those that would but for the date.

    `kinds` are the kinds of fact it is made of; `is_hindsight` says that any of them was coded looking back.
    `fact_count` is how many known facts of its own SQL were heard.
    """

    values: Values
    sources: tuple[str, ...] = ()
    silenced: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    is_hindsight: bool = False
    fact_count: int = 0

    @cached_property
    def has_null(self) -> bool:
        """Whether any value is null."""
        return bool(np.isnan(self.values).any())


def precision(measure: Measure) -> type[np.float32] | type[np.float64]:
    """How wide a column's numbers are: flags and classes are small whole numbers, which 32 bits hold exactly."""
    return np.float32 if measure.type in ("flag", "category") else np.float64


def scatter(
    measure: Measure, rows: Spine, facts: Iterable[Listed], covering: Covering, silent: frozenset[str]
) -> Filled:
    """Zero where a complete source covers a cell, then the facts; there only complete sources of the cell are heard.

    `covering` is what each source says it knows. Sources that are silent are not heard at all.
    """
    decides: dict[str, Flags] = {}
    for source, statement in covering:
        if statement.completeness == "complete" and source not in silent:
            cells = _covered(statement, rows)
            decides[source] = decides[source] | cells if source in decides else cells
    decided = np.logical_or.reduce([np.zeros(len(rows), dtype=bool), *decides.values()])
    values = np.full(len(rows), np.nan, dtype=precision(measure))
    values[decided] = 0
    spoke = {source for source, cells in decides.items() if cells.any()}
    silenced = silent & {source for source, _ in covering}
    fact_count = 0
    for some in facts:
        silenced |= silent & set(some.names)
        for source in set(some.names) - silent:
            places, given = some.of(source)
            heard = ~decided[places] | decides[source][places] if source in decides else ~decided[places]
            if not heard.all():
                places, given = places[heard], given[heard]
            # What is listed as unknown is unknown, also where the source would otherwise mean zero.
            unknown = places[np.isnan(given)]
            values[unknown] = np.where(values[unknown] == 0, np.nan, values[unknown])
            # Two sources may list the same fact, so the larger count stands, not the sum.
            np.fmax.at(values, places, given.astype(values.dtype))
            fact_count += len(places) - len(unknown)
            spoke |= {source} if len(places) else set()
    kinds = (measure.kind,) if measure.kind else ()
    return Filled(values, tuple(sorted(spoke)), tuple(sorted(silenced)), kinds, measure.is_hindsight, fact_count)


def _covered(statement: Coverage, rows: Spine) -> Flags:
    """The cells a complete source speaks of: whole steps of time, its states, and only members of its own system."""
    span = rows.index.span
    steps = (span.edges[:-1] >= statement.start.toordinal()) & (span.edges[1:] - 1 <= statement.end.toordinal())
    covered = np.ones(len(rows), dtype=bool) if steps.all() else steps[rows.step]
    sides = [rows.state_a] if rows.state_b is None else [rows.state_a, rows.state_b]
    if statement.states:
        named = np.isin(rows.index.states, statement.states)
        covered &= np.logical_or.reduce([named[side] for side in sides])
    if statement.system and statement.system != rows.system.name:
        other = state_system(statement.system)
        present = np.vstack([other.present(span), np.zeros((1, len(span)), dtype=bool)])
        place = {state: number for number, state in enumerate(other.states)}
        known = present[[place.get(state, -1) for state in rows.index.states]]
        for side in sides:
            covered &= known[side, rows.step]
    return covered
