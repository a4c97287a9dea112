"""Where states stand in the General Assembly, estimated from their votes (Bailey, Strezhnev and Voeten)."""

from collections.abc import Iterator
from typing import Any

from comity.sources.raw import Raw, Row

YEAR_BEFORE_FIRST_SESSION = 1945
FACTS = {"ideal_point": "IdealPointAll", "vote_count": "NVotesAll"}
COMPARED_WITH = {
    "USAgree": "USA",
    "RUSSAgree": "RUS",
    "BrazilAgree": "BRA",
    "ChinaAgree": "CHN",
    "IndiaAgree": "IND",
    "IsraelAgree": "ISR",
}


def state_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """The ideal point and the votes of each state and session; a session counts for the year it opens in."""
    for row in raw.rows("estimates"):
        year, state = _year(row), _state(row)
        for fact, column in FACTS.items():
            yield {
                "fact": fact,
                "state": state,
                "year": year,
                "item": "",
                "value": row.needed_number(column),
                "row_ref": row.ref("ccode", "session"),
            }


def dyad_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """How often each state voted like each of six in a session, as a share from 0 to 1."""
    for row in raw.rows("estimates"):
        for column, other in COMPARED_WITH.items():
            share = row.number(column)
            if share is None:
                continue
            if other == _state(row):
                raw.leave_out_value(row, "agreement with itself")
                continue
            yield {
                "fact": "vote_agreement_share",
                "from_state": _state(row),
                "to_state": other,
                "year": _year(row),
                "item": "",
                "value": share,
                "row_ref": row.ref("ccode", "session"),
            }


def _year(row: Row) -> int:
    return row.needed_integer("session") + YEAR_BEFORE_FIRST_SESSION


def _state(row: Row) -> str:
    return row.state("ccode", "cow", _year(row))
