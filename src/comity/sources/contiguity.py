"""How near two states lie to each other by land or water, 1816 to 2016 (Correlates of War, direct contiguity)."""

from collections.abc import Iterator
from typing import Any

from comity.sources.raw import Raw, Row


def dyad_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per directed pair and year: 1 by land or river, 2 to 5 by up to 12, 24, 150 or 400 miles of water."""
    nearest: dict[tuple[str, str, int], Row] = {}
    for row in raw.rows("pairs"):
        year = row.needed_integer("year")
        pair = (row.state("state1no", "cow", year), row.state("state2no", "cow", year), year)
        if pair in nearest:
            near, far = sorted((nearest[pair], row), key=_kind)
            raw.leave_out(far, "a second record of one pair and year; the nearer kind is kept")
            nearest[pair] = near
        else:
            nearest[pair] = row
    for (from_state, to_state, year), row in nearest.items():
        yield {
            "fact": "contiguity_type",
            "from_state": from_state,
            "to_state": to_state,
            "year": year,
            "item": "",
            "value": float(_kind(row)),
            "row_ref": row.ref("state1no", "state2no", "year", "conttype"),
        }


def _kind(row: Row) -> int:
    return row.needed_integer("conttype")
