"""The SQL of measures that are the numbers a source lists, as they stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

_OF_STATES = """SELECT state, year, value, source
FROM core.state_year_fact
WHERE fact = '{fact}' AND item = '' AND {only}"""
_OF_MANY = """SELECT fact, state, year, value, source
FROM core.state_year_fact
WHERE item = '' AND ({which})"""


class Stated(str):
    """The SQL of one fact about single states; a panel reads many such facts in one go."""

    fact: str
    only: str

    def __new__(cls, fact: str, only: str) -> Self:
        """The text that lists one fact."""
        made = super().__new__(cls, _OF_STATES.format(fact=fact, only=only))
        made.fact, made.only = fact, only
        return made


def of_states(fact: str, only: str = "true") -> Stated:
    """What the newest release says about single states in a year; `only` narrows the rows, say to one source."""
    return Stated(fact, only)


def of_many(stated: Iterable[Stated]) -> str:
    """What several facts say, each with its name in the column `fact`."""
    return _OF_MANY.format(which=" OR ".join(f"(fact = '{each.fact}' AND {each.only})" for each in stated))
