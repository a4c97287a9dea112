"""Where states stand in the General Assembly, estimated from their votes (Bailey, Strezhnev and Voeten)."""

from collections.abc import Iterator
from typing import Any

from comity.sources.raw import Raw

YEAR_BEFORE_FIRST_SESSION = 1945


def state_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per state and session; a session counts for the year it opens in."""
    for row in raw.rows("estimates"):
        year = row.needed_integer("session") + YEAR_BEFORE_FIRST_SESSION
        yield {
            "fact": "ideal_point",
            "state": row.state("ccode", "cow", year),
            "year": year,
            "item": "",
            "value": row.needed_number("IdealPointAll"),
            "row_ref": row.ref("ccode", "session"),
        }
