"""When two states came to face each other, by month: the beginnings of disputes, crises and armed conflicts.

Only beginnings are told by month. That a dispute goes on is known only from what came later in it, for incidents
within six months of each other are one dispute.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from comity.errors import BadRequest
from comity.forecast.listed import Flags, Floats, Listed, Numbers

if TYPE_CHECKING:
    from comity.panel.facts import Facts

# The day from which both stood on different sides.
_PARTIES = """
    SELECT least(a.state, b.state) AS state_a, greatest(a.state, b.state) AS state_b,
           year(greatest(a.start_date, b.start_date)) AS year, month(greatest(a.start_date, b.start_date)) AS month,
           greatest(a.hostility_level, b.hostility_level) AS hostility, d.fatality_level AS fatality
    FROM core.dispute_party a
    JOIN core.dispute_party b ON b.source = a.source AND b.dispute = a.dispute AND a.side < b.side
    JOIN core.dispute d ON d.source = a.source AND d.dispute = a.dispute
    WHERE a.source = 'cow_mid'
      AND greatest(a.start_date, b.start_date)
          <= least(coalesce(a.end_date, DATE '9999-12-31'), coalesce(b.end_date, DATE '9999-12-31'))
"""
# Of those who joined a dispute only the year is known; a dispute of two who began it began with its first month.
_DISPUTES = """
    WITH part AS (
        SELECT dispute, state, bool_or(is_originator) AS is_originator, max(hostility_level) AS hostility_level
        FROM core.dispute_party
        WHERE source = 'gml_mid'
        GROUP BY ALL
    )
    SELECT f.from_state AS state_a, f.to_state AS state_b, f.year,
           CASE WHEN one.is_originator AND other.is_originator AND year(d.start_date) = f.year
                THEN month(d.start_date) END AS month,
           coalesce(greatest(one.hostility_level, other.hostility_level), d.hostility_level) AS hostility,
           d.fatality_level AS fatality
    FROM core.dyad_year_fact f
    JOIN core.dispute d ON d.source = f.source AND d.dispute = f.item
    LEFT JOIN part one ON one.dispute = f.item AND one.state = f.from_state
    LEFT JOIN part other ON other.dispute = f.item AND other.state = f.to_state
    WHERE f.source = 'gml_mid' AND f.fact = 'dispute_onset' AND f.from_state < f.to_state
"""
_CRISES = """
    SELECT DISTINCT least(f.from_state, f.to_state) AS state_a, greatest(f.from_state, f.to_state) AS state_b, f.year,
           CASE WHEN year(c.start_date) = f.year AND c.start_precision IN ('day', 'month')
                THEN month(c.start_date) END AS month,
           NULL AS hostility, NULL AS fatality
    FROM core.dyad_year_fact f
    LEFT JOIN core.crisis c ON c.source = f.source AND c.crisis = f.item
    WHERE f.source = 'icb' AND f.fact = 'crisis_onset'
"""
# The episode of a conflict begins on the day that the publisher gives; a conflict that one joins has no such day.
_CONFLICTS = """
    WITH fought AS (
        SELECT least(f.from_state, f.to_state) AS state_a, greatest(f.from_state, f.to_state) AS state_b, f.year,
               min(CAST(p.content AS DATE)) AS day
        FROM core.dyad_year_fact f
        LEFT JOIN core.property p
            ON p.source = f.source AND p.core_table = 'conflict_year' AND p.property = 'episode_start_date'
               AND p.item = f.item || '/' || f.year
        WHERE f.source = 'ucdp_acd' AND f.fact IN ({facts}) AND f.value > 0
        GROUP BY ALL
    )
    SELECT state_a, state_b, year, CASE WHEN year(day) = year THEN month(day) END AS month,
           5 AS hostility, 1 AS fatality
    FROM fought
    QUALIFY coalesce(lag(year) OVER (PARTITION BY state_a, state_b ORDER BY year) < year - 1, true)
"""
_LISTS = {
    "cow_mid": _PARTIES,
    "gml_mid": _DISPUTES,
    "icb": _CRISES,
    "ucdp_acd": _CONFLICTS.format(facts="'interstate_conflict'"),
    "ucdp_acd_troops": _CONFLICTS.format(facts="'interstate_conflict', 'conflict_troop_opposition'"),
}


@dataclass(frozen=True)
class Begun:
    """Beginnings by month, one row for each two states and dispute; NaN is unknown.

    `step` counts months: twelve times the year, and 0 for January. Where the list tells the year and not the month,
    `is_told` is not set and the step is that of December. The list is complete from the step `first` to `last`.
    """

    first: int
    last: int
    state_a: Numbers
    state_b: Numbers
    step: Numbers
    is_told: Flags
    hostility: Floats
    fatality: Floats

    def later(self, months: int) -> Begun:
        """The same list, told so many months late."""
        return replace(self, first=self.first + months, last=self.last + months, step=self.step + months)


def begun(store: Facts, facing: Listed, states: tuple[str, ...]) -> Begun:
    """The beginnings of a list by month; pairs with a state that is not asked for are left out."""
    if facing.name not in _LISTS:
        raise BadRequest(f"{facing.name} does not tell months; ask by year")
    answer = store.ask(_LISTS[facing.name])
    place = {state: number for number, state in enumerate(states)}
    one, other = (
        np.array([place.get(state, -1) for state in answer.column(side).to_pylist()], dtype=np.int64)
        for side in ("state_a", "state_b")
    )
    year = answer.column("year").to_numpy().astype(np.int64)
    month = np.array(answer.column("month").to_pylist(), dtype=float)
    levels = [np.array(answer.column(each).to_pylist(), dtype=float) for each in ("hostility", "fatality")]
    step = year * 12 + np.where(np.isnan(month), 12, month).astype(np.int64) - 1
    kept = np.flatnonzero((one >= 0) & (other >= 0) & (year >= facing.first) & (year <= facing.last))
    low, high = np.minimum(one, other), np.maximum(one, other)
    kept = kept[np.lexsort((*(each[kept] for each in levels), high[kept], low[kept], step[kept]))]
    parts = (low, high, step, ~np.isnan(month), *levels)
    return Begun(facing.first * 12, facing.last * 12 + 11, *(part[kept] for part in parts))
