"""The SQL of measures that are what a source lists of two states in a year, as it stands."""

from __future__ import annotations

_OF_PAIRS = """
    SELECT least(from_state, to_state) AS state_a, greatest(from_state, to_state) AS state_b, year,
           {value} AS value, source
    FROM core.dyad_year_fact
    WHERE fact = '{fact}'
    GROUP BY ALL
"""
_ONE_WAY = """
    SELECT DISTINCT from_state, to_state, year, 1 AS value, source
    FROM core.dyad_year_fact
    WHERE fact = '{fact}' AND value > 0
"""


def of_pairs(fact: str, value: str = "max(value)") -> str:
    """What is listed of two states in a year, either way; `value` folds several rows of a pair into one."""
    return _OF_PAIRS.format(fact=fact, value=value)


def one_way(fact: str) -> str:
    """In which years a fact is listed as true of the first state toward the second."""
    return _ONE_WAY.format(fact=fact)
