"""Armed conflict inside states and around them, up to the year before: wars within often become disputes between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from comity.forecast.lagged import Inputs
from comity.forecast.listed import Floats
from comity.forecast.past import Tied
from comity.forecast.targets import Cases

if TYPE_CHECKING:
    from comity.panel.facts import Facts

HALF_LIFE = 5.0  # years in which half of what a conflict within left behind is gone
_SQL = """
    SELECT state, year, max(level) AS level
    FROM (
        SELECT unnest(parties) AS state, year, intensity_level AS level
        FROM core.conflict_year
        WHERE source = 'ucdp_acd' AND conflict_kind IN ('intrastate', 'internationalized_intrastate')
    )
    GROUP BY ALL
"""


def inner_inputs(store: Facts, rows: Cases) -> Inputs:
    """How deadly conflicts within the two states were, of late and in the year before, and within their neighbors.

    Nothing where no complete list of such conflicts is loaded; NaN in years that it does not cover.
    """
    spans = [each for source, each in store.coverage("conflict") if source == "ucdp_acd"]
    spans = [each for each in spans if each.completeness == "complete"]
    if not spans:
        return {}
    first, last = min(each.start.year for each in spans), max(each.end.year for each in spans)
    levels = _levels(store, rows, (first, last))
    return _read(rows, levels, (first, last))


def _levels(store: Facts, rows: Cases, years: tuple[int, int]) -> Floats:
    """The deadliest conflict within each state in each year: 0 none, 1 from 25 dead, 2 from 1,000."""
    states = rows.panel.rows.index.states
    answer = store.ask(_SQL)
    number = rows.panel.rows.index.state_numbers(answer.column("state"))
    year = answer.column("year").to_numpy().astype(np.int64) - years[0]
    level = answer.column("level").to_numpy().astype(float)
    held = (number >= 0) & (year >= 0) & (year <= years[1] - years[0])
    made = np.zeros((years[1] - years[0] + 1, len(states)))
    made[year[held], number[held]] = level[held]
    return made


def _read(rows: Cases, levels: Floats, years: tuple[int, int]) -> Inputs:
    told: Inputs = {}
    tie = Tied.of(rows, "is_contiguous")
    faded = np.zeros(levels.shape[1])
    for place, level in enumerate(levels):
        faded = faded * 0.5 ** (1 / HALF_LIFE) + level
        year = years[0] + place
        at = np.flatnonzero(rows.year == year + 1)
        if not len(at):
            continue
        near = tie.square(year) @ level
        for name, values in (("inner", level), ("inner_of_late", np.log1p(faded)), ("inner_near", np.log1p(near))):
            one, other = values[rows.state_a[at]], values[rows.state_b[at]]
            for side, of in (("low", np.minimum(one, other)), ("high", np.maximum(one, other))):
                told.setdefault(f"{name}_{side}", np.full(len(rows), np.nan))[at] = of
    return told
