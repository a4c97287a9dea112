"""Travels of United States presidents and secretaries of state, and visits of foreign leaders (their Historian)."""

from collections.abc import Iterator
from typing import Any

from comity.sources.raw import Raw, Row

HOME = ("state", "USA")
TRAVELLERS = {"president": "President of the United States", "secretary": "United States Secretary of State"}
LEVELS = {"president": "head", "secretary": "minister", "visit": "head"}
# Rows that agree in all of these are one stop, entered twice.
SAME_STOP = {
    "president": ("@who", "start-date", "end-date", "country/@id", "locale"),
    "secretary": ("@who", "start-date", "end-date", "country/@id", "locale"),
    "visit": ("visitor", "start-date", "end-date", "from/@id", "description"),
}


def engagement(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per stop abroad or visit to the United States; a stop entered twice is kept once."""
    for family, row, is_repeat in _stops(raw):
        if is_repeat:
            raw.leave_out(row, "a stop entered twice")
            continue
        start, end = row.date("start-date"), row.date("end-date", edge="end")
        if start is None or end is None:
            raise row.broken("start-date" if start is None else "end-date", "must not be missing")
        if end.day < start.day:
            raise row.broken("end-date", f"is before its start on {start.day}")
        yield {
            "engagement": f"{family}/{row.needed('id')}",
            "name": _name(family, row),
            "instrument": "visit",
            "level": LEVELS[family],
            "status": "completed",
            "start_date": start.day,
            "start_precision": start.precision,
            "end_date": end.day,
            "end_precision": end.precision,
            "location": row.text("locale") if family in TRAVELLERS else None,
            "verification": "secondary",
            "row_ref": row.ref("id"),
        }


def engagement_party(raw: Raw) -> Iterator[dict[str, Any]]:
    """The visitor and the host of each stop or visit."""
    for family, row, is_repeat in _stops(raw):
        if is_repeat:
            continue
        abroad = _abroad(family, row)
        visitor, host = (HOME, abroad) if family in TRAVELLERS else (abroad, HOME)
        for role, (kind, party) in (("visitor", visitor), ("host", host)):
            yield {
                "engagement": f"{family}/{row.needed('id')}",
                "party_kind": kind,
                "party": party,
                "role": role,
                "row_ref": row.ref("id"),
            }


def _stops(raw: Raw) -> Iterator[tuple[str, Row, bool]]:
    """Every row with its family, and whether it repeats one with a lower number."""
    for family, columns in SAME_STOP.items():
        seen: set[tuple[str | None, ...]] = set()
        for row in sorted(raw.rows(family), key=lambda row: row.needed_integer("id")):
            stop = tuple(row.text(column) for column in columns)
            yield family, row, stop in seen
            seen.add(stop)


def _abroad(family: str, row: Row) -> tuple[str, str]:
    """The party that is not the United States, on the first day: by the publisher's key, else by his words."""
    place = "country" if family in TRAVELLERS else "from"
    start = row.date("start-date")
    assert start is not None
    party = row.party((f"{place}/@id", place), start.day)
    if party == HOME:
        raise row.broken(f"{place}/@id", "is not abroad")
    return party


def _name(family: str, row: Row) -> str:
    """What we call it: `President of the United States to Japan`; `Korea, South` is read as South Korea."""
    if family in TRAVELLERS:
        return f"{TRAVELLERS[family]} to {_spoken(row.needed('country'))}"
    return f"Leader of {_spoken(row.needed('from'))} to the United States"


def _spoken(country: str) -> str:
    return " ".join(reversed(country.split(", ")))
