"""Who took part, where a publisher lists participants in one column after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from comity.sources.raw import Raw, Row


def participants(
    raw: Raw, row: Row, columns: tuple[str, ...], on: date, others: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Kind and code of each participant of one exercise; one that is listed twice is kept once and counted.

    `others` tells what the names mean that are no states or territories, such as NATO or a mark for somebody unknown.
    """
    seen: set[tuple[str, str]] = set()
    for column in columns:
        name = row.plain(column).strip()
        if not name:
            continue
        party = others.get(name) or row.party((column,), on)
        if party in seen:
            raw.leave_out_value(row, "a participant listed twice in one exercise")
            continue
        seen.add(party)
        yield party
