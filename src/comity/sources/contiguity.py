"""How near two states lie to each other by land or water, 1816 to 2016 (Correlates of War, direct contiguity)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.errors import UnknownWord
from comity.sources.raw import Raw, Row
from comity.sources.spells import holders, shared_spans
from comity.vocab.dates import Dated, dated_parts

HORIZON = date(2016, 12, 31)


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


def dyad_spell(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per pair, kind and spell of months; spells of one pair may overlap where the publisher's do."""
    for row in raw.rows("spells"):
        start, end = _month(row, "begin", "start"), _month(row, "end", "end")
        if end.day < start.day:
            raise row.broken("end", "lies before the beginning")
        row.state("statelno", "cow", start.day)  # an unknown code is refused here
        row.state("statehno", "cow", start.day)
        codes = (row.needed_integer("statelno"), row.needed_integer("statehno"))
        low, high = (holders("cow", code, start.day, end.day) for code in codes)
        for one, other, first, last in shared_spans((low, high)):
            is_open = last == HORIZON
            yield {
                "fact": "contiguity_type",
                "from_state": min(one, other),
                "to_state": max(one, other),
                "item": "",
                "value": float(_kind(row)),
                "content": row.text("notes"),
                "start_date": first,
                "start_precision": start.precision if first == start.day else "day",
                "end_date": None if is_open else last,
                "end_precision": None if is_open else end.precision if last == end.day else "day",
                "known_until": HORIZON,
                "row_ref": row.ref("statelno", "statehno", "conttype", "begin"),
            }


def _month(row: Row, column: str, edge: str) -> Dated:
    """A month as this publisher writes it, `YYYYMM`."""
    year, month = divmod(row.needed_integer(column), 100)
    try:
        return dated_parts(year, month, None, edge)
    except UnknownWord as error:
        raise row.broken(column, str(error)) from error


def _kind(row: Row) -> int:
    return row.needed_integer("conttype")
