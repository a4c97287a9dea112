"""Bilateral defense cooperation agreements signed 1980 to 2010 (Defense Cooperation Agreement Dataset)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.sources.raw import Raw, Row
from comity.vocab.dates import last_day

HORIZON = date(2010, 12, 31)
KINDS = {
    "DCA": "framework",
    "DIC": "equipment",
    "TREX": "exercises",
    "PROCUREMENT": "equipment",
    "COMMISSION": "framework",
    "RESEARCH": "equipment",
}
SIGNED = ("signYear", "signMonth", "signDay")
IN_FORCE = ("EIFYear", "EIFMonth", "EIFDay")
CATEGORIES = ("category1", "category2", "category3")


def agreement(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per agreement between two states; a pair of a state with itself is left out."""
    for row in raw.rows("agreements"):
        if _is_self_pair(row):
            raw.leave_out(row, "both parties are the same state")
            continue
        signed = row.date_parts(SIGNED)
        dates = _dates(row)
        yield dates | {
            "agreement": row.needed("DCAid"),
            "agreement_kind": KINDS[row.needed("category1")],
            "categories": [text.lower() for text in map(row.text, CATEGORIES) if text],
            "signed_date": signed and signed.day,
            "signed_precision": signed and signed.precision,
            "status": _status(dates["start_date"], dates["end_date"]),
            "verification": "secondary",
            "row_ref": row.ref("DCAid"),
        }


def agreement_party(raw: Raw) -> Iterator[dict[str, Any]]:
    """The two signatories of each agreement."""
    for row in raw.rows("agreements"):
        if _is_self_pair(row):
            continue
        signed_year = row.needed_integer("signYear")
        for column in ("ccode1", "ccode2"):
            yield _dates(row) | {
                "agreement": row.needed("DCAid"),
                "party_kind": "state",
                "party": row.state(column, "cow", signed_year),
                "role": "signatory",
                "row_ref": row.ref("DCAid", column),
            }


def _is_self_pair(row: Row) -> bool:
    return row.needed_integer("ccode1") == row.needed_integer("ccode2")


def _dates(row: Row) -> dict[str, Any]:
    """Entry into force where it is known, and the estimated last year; an estimate of 2010 only means the horizon."""
    start = row.date_parts(IN_FORCE)
    last_year = row.needed_integer("endYearEstimate")
    is_over = last_year < HORIZON.year
    return {
        "start_date": start and start.day,
        "start_precision": start and start.precision,
        "end_date": last_day(last_year) if is_over else None,
        "end_precision": "year" if is_over else None,
        "known_until": HORIZON,
    }


def _status(start: date | None, end: date | None) -> str:
    """Where the agreement stood at the horizon; without a date of entry into force that is not known."""
    if end:
        return "terminated"
    if start is None:
        return "unknown"
    return "in_force" if start <= HORIZON else "signed"
