"""The SQL of measures that are what a source lists of two states in a year, as it stands."""

from __future__ import annotations

from comity.panel.listed import Stated

_OF_PAIRS = """SELECT {{fact}}least(from_state, to_state) AS state_a, greatest(from_state, to_state) AS state_b, year,
       {value} AS value, source
FROM core.dyad_year_fact
WHERE {{which}}
GROUP BY ALL"""
_ONE_WAY = """SELECT DISTINCT {fact}from_state, to_state, year, 1 AS value, source
FROM core.dyad_year_fact
WHERE value > 0 AND {which}"""


def of_pairs(fact: str, value: str = "max(value)") -> Stated:
    """What is listed of two states in a year, either way; `value` folds several rows of a pair into one."""
    return Stated(_OF_PAIRS.format(value=value), fact)


def one_way(fact: str) -> Stated:
    """In which years a fact is listed as true of the first state toward the second."""
    return Stated(_ONE_WAY, fact)
