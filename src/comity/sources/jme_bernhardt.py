"""Joint military exercises to 2016, with who took part (Bernhardt)."""

from collections.abc import Iterator
from typing import Any

from comity.sources.raw import Raw, Row
from comity.vocab.dates import Dated, dated_parts


def engagement(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per exercise; its participants must agree on its month."""
    firsts: dict[str, Row] = {}
    for row in raw.rows("participants"):
        number = row.needed("xID")
        first = firsts.setdefault(number, row)
        if _start(row) != _start(first):
            raise row.broken("startMonth", f"is not the start of exercise {number} in row {first.place}")
        if row is first:
            start = _start(row)
            yield {
                "engagement": number,
                "instrument": "exercise",
                "status": "completed",
                "start_date": start.day,
                "start_precision": start.precision,
                "verification": "secondary",
                "row_ref": row.ref("xID"),
            }


def engagement_party(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per participant of an exercise; one that is listed twice is kept once."""
    seen: set[tuple[str, str, str]] = set()
    for row in raw.rows("participants"):
        number, (kind, party) = row.needed("xID"), _party(row)
        if (number, kind, party) in seen:
            raw.leave_out(row, "a participant listed twice in one exercise")
            continue
        seen.add((number, kind, party))
        yield {
            "engagement": number,
            "party_kind": kind,
            "party": party,
            "role": "participant",
            "row_ref": row.ref("xID"),
        }


def _start(row: Row) -> Dated:
    return dated_parts(row.needed_integer("startYear"), row.integer("startMonth"), None)


def _party(row: Row) -> tuple[str, str]:
    """The participant by its code, or by its name where it has none."""
    start = _start(row).day
    if row.text("countryCode") is None:
        return row.party(("countryName",), start)
    return "state", row.state("countryCode", "cow", start)
