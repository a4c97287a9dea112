"""The SQL of measures that are what a source lists, as it stands, one fact of many in the same table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

_OF_STATES = """SELECT {fact}state, year, value, source
FROM core.state_year_fact
WHERE item = '' AND {which}"""


class Stated(str):
    """The SQL of one fact of a listing; a panel reads many facts of a listing in one go.

    The listing has two gaps: `{fact}` before its first column, and `{which}` in the condition on its rows.
    """

    listing: str
    fact: str
    which: str

    def __new__(cls, listing: str, fact: str, only: str = "") -> Self:
        """The text that lists one fact; `only` narrows its rows."""
        which = f"fact = '{fact}'{only and f' AND {only}'}"
        made = super().__new__(cls, listing.format(fact="", which=which))
        made.listing, made.fact, made.which = listing, fact, which
        return made


def of_states(fact: str, only: str = "") -> Stated:
    """What the newest release says about single states in a year; `only` narrows the rows, say to one source."""
    return Stated(_OF_STATES, fact, only)


def of_many(stated: Sequence[Stated]) -> str:
    """What several facts of one listing say, each with its name in the column `fact`, one word of those named here."""
    names = ", ".join(f"'{each.fact}'" for each in stated)
    which = " OR ".join(f"({each.which})" for each in stated)
    return stated[0].listing.format(fact=f"fact::ENUM({names}) AS fact, ", which=f"({which})")
