"""How near two states lie to each other by land or water, 1816 to 2016 (Correlates of War, direct contiguity)."""

from collections.abc import Iterator
from typing import Any

from comity.sources.raw import Raw, Row


def dyad_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per directed pair and year: 1 by land or river, 2 to 5 by up to 12, 24, 150 or 400 miles of water."""
    nearest: dict[tuple[str, str, str], tuple[int, Row]] = {}
    for row in raw.rows("pairs"):
        key = (row.needed("state1no"), row.needed("state2no"), row.needed("year"))
        found = (row.needed_integer("conttype"), row)
        if key in nearest:
            raw.leave_out(row, "a second record of one pair and year; the nearer kind is kept")
            found = min(found, nearest[key], key=lambda each: each[0])
        nearest[key] = found
    for kind, row in nearest.values():
        yield _fact(row, kind)


def _fact(row: Row, kind: int) -> dict[str, Any]:
    year = row.needed_integer("year")
    return {
        "fact": "contiguity_type",
        "from_state": row.state("state1no", "cow", year),
        "to_state": row.state("state2no", "cow", year),
        "year": year,
        "item": "",
        "value": float(kind),
        "row_ref": row.ref("state1no", "state2no", "year", "conttype"),
    }
