"""What sources list of pairs that came to face each other: disputes, crises and armed conflicts, year by year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from comity.errors import BadRequest, OutsideCoverage

if TYPE_CHECKING:
    import pyarrow as pa

    from comity.panel.facts import Facts

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]

# Who stood on different sides at the same time, from the dates of each state's part. The publisher's list of pairs
# is of an older release; this one gives the counts that are published of release 5.0.
_PARTIES = """
    WITH part AS (
        SELECT dispute, state, side, start_date, coalesce(end_date, DATE '9999-12-31') AS end_date, hostility_level,
               is_originator
        FROM core.dispute_party
        WHERE source = 'cow_mid'
    ), faced AS (
        SELECT dispute, a.state AS state_a, b.state AS state_b, greatest(a.hostility_level, b.hostility_level) AS level,
               year(greatest(a.start_date, b.start_date)) AS first_year,
               year(least(a.end_date, b.end_date)) AS end_year,
               least(end_year, {last}) AS last_year, a.is_originator AND b.is_originator AS is_theirs
        FROM part a
        JOIN part b USING (dispute)
        WHERE a.side <> b.side AND a.state < b.state
          AND greatest(a.start_date, b.start_date) <= least(a.end_date, b.end_date)
    )
    SELECT state_a, state_b, unnest(range(first_year, last_year + 1)) AS year, year = first_year AS is_onset,
           year = end_year AS is_end, level AS hostility, d.fatality_level AS fatality, is_theirs
    FROM faced
    JOIN core.dispute d ON d.source = 'cow_mid' AND d.dispute = faced.dispute
"""
_DISPUTES = """
    WITH level AS (
        SELECT dispute, state, max(hostility_level) AS level, bool_or(is_originator) AS is_originator
        FROM core.dispute_party
        WHERE source = 'gml_mid'
        GROUP BY ALL
    )
    SELECT f.from_state AS state_a, f.to_state AS state_b, f.year, bool_or(f.fact = 'dispute_onset') AS is_onset,
           f.year = max(f.year) OVER (PARTITION BY f.from_state, f.to_state, f.item) AS is_end,
           bool_and(one.is_originator AND other.is_originator) AS is_theirs,
           max(coalesce(greatest(one.level, other.level), d.hostility_level)) AS hostility,
           max(d.fatality_level) AS fatality
    FROM core.dyad_year_fact f
    JOIN core.dispute d ON d.source = f.source AND d.dispute = f.item
    LEFT JOIN level one ON one.dispute = f.item AND one.state = f.from_state
    LEFT JOIN level other ON other.dispute = f.item AND other.state = f.to_state
    WHERE f.source = 'gml_mid' AND f.fact IN ('dispute_onset', 'dispute_ongoing') AND f.from_state < f.to_state
    GROUP BY f.from_state, f.to_state, f.year, f.item
"""
_CRISES = """
    SELECT least(from_state, to_state) AS state_a, greatest(from_state, to_state) AS state_b, year,
           bool_or(fact = 'crisis_onset') AS is_onset, true AS is_end, NULL AS hostility, NULL AS fatality,
           NULL AS is_theirs
    FROM core.dyad_year_fact
    WHERE source = 'icb' AND fact IN ('crisis_onset', 'crisis_ongoing')
    GROUP BY ALL
"""
_CONFLICTS = """
    WITH fought AS (
        SELECT DISTINCT least(from_state, to_state) AS state_a, greatest(from_state, to_state) AS state_b, year
        FROM core.dyad_year_fact
        WHERE source = 'ucdp_acd' AND fact IN ({facts}) AND value > 0
    )
    SELECT state_a, state_b, year, coalesce(lag(year) OVER pair < year - 1, true) AS is_onset,
           coalesce(lead(year) OVER pair > year + 1, true) AS is_end, 5 AS hostility, 1 AS fatality, NULL AS is_theirs
    FROM fought
    WINDOW pair AS (PARTITION BY state_a, state_b ORDER BY year)
"""
# Of each list: the source, the kind of fact it must cover, how many years it takes to tell what is new, and the SQL.
_LISTS = {
    "cow_mid": ("cow_mid", "mid", 0, _PARTIES),
    "gml_mid": ("gml_mid", "dispute", 0, _DISPUTES),
    "icb": ("icb", "crisis_dyad", 0, _CRISES),
    "ucdp_acd": ("ucdp_acd", "conflict", 1, _CONFLICTS.format(facts="'interstate_conflict'")),
    "ucdp_acd_troops": (
        *("ucdp_acd", "conflict", 1),
        _CONFLICTS.format(facts="'interstate_conflict', 'conflict_troop_opposition'"),
    ),
}
LISTS = tuple(_LISTS)


@dataclass(frozen=True)
class Listed:
    """Pairs by the years in which they faced each other, one row a dispute and year; NaN is unknown.

    `first` and `last` are the years of which the list is complete: a pair that it does not name then did not face
    each other. States are numbers into the index that was asked for. `is_end` marks the last year of the two in a
    dispute, `is_theirs` one that both began (1) and one that either joined (0). How far a dispute went, its `hostility`
    and `fatality`, is that of all its years, and known only when it is over.
    """

    name: str
    source: str
    first: int
    last: int
    state_a: Numbers
    state_b: Numbers
    year: Numbers
    is_onset: Flags
    hostility: Floats
    fatality: Floats
    is_end: Flags
    is_theirs: Floats


def listed(store: Facts, name: str, states: tuple[str, ...]) -> Listed:
    """What a list says of some states; pairs with any other state are left out.

    Raises OutsideCoverage where the source is not loaded.
    """
    if name not in _LISTS:
        raise BadRequest(f"{name!r} is no list of disputes; it is one of {', '.join(LISTS)}")
    source, kind, waits, sql = _LISTS[name]
    spans = [each for holder, each in store.coverage(kind) if holder == source and each.completeness == "complete"]
    if not spans and source in store.abouts():
        raise OutsideCoverage(f"{source} told nothing of {kind} yet on that day; name a later one")
    if not spans:
        raise OutsideCoverage(f"no loaded source lists {kind}; run `comity load {source}`")
    first, last = min(each.start.year for each in spans), max(each.end.year for each in spans)
    answer = store.ask(sql.format(last=last))
    return _numbered(answer, states, name=(name, source), years=(first + waits, last))


def _numbered(answer: pa.Table, states: tuple[str, ...], name: tuple[str, str], years: tuple[int, int]) -> Listed:
    place = {state: number for number, state in enumerate(states)}
    a, b = (
        np.array([place.get(state, -1) for state in answer.column(side).to_pylist()], dtype=np.int64)
        for side in ("state_a", "state_b")
    )
    year = answer.column("year").to_numpy().astype(np.int64)
    kept = (a >= 0) & (b >= 0) & (year <= years[1])
    names = ("hostility", "fatality", "is_theirs")
    hostility, fatality, theirs = (np.array(answer.column(each).to_pylist(), dtype=float)[kept] for each in names)
    low, high = np.minimum(a, b)[kept], np.maximum(a, b)[kept]
    is_onset, is_end = (
        answer.column(each).to_numpy(zero_copy_only=False).astype(bool)[kept] for each in ("is_onset", "is_end")
    )
    order = np.lexsort((theirs, is_end, fatality, hostility, is_onset, high, low, year[kept]))
    parts = (low, high, year[kept], is_onset, hostility, fatality, is_end, theirs)
    return Listed(*name, *years, *(part[order] for part in parts))
