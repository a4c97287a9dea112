"""What `comity sources --completeness` shows: of what happened, how much the loaded lists know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from comity.cli._settings import write_json, write_rows

if TYPE_CHECKING:
    from comity.store import Store

FIRST_YEAR = 1946
COLUMNS = (
    *("instrument", "states", "years", "listed", "estimated", "completeness"),
    *("method", "pool", "partner_count", "sources"),
)
Row = dict[str, Any]


def write_shares(
    store: Store, instruments: Sequence[str], states: Sequence[str], years: tuple[int, int] | None, as_json: bool
) -> None:
    """The shares known, as JSON or as a table for people."""
    told = known_shares(store, instruments, states, years)
    if as_json:
        write_json(list(told))
    else:
        write_rows(COLUMNS, map(shown, told), as_json=False)


def known_shares(
    store: Store, instruments: Sequence[str], states: Sequence[str], years: tuple[int, int] | None
) -> Iterator[Row]:
    """Each run of years in which the same lists speak or, of the states named, each year."""
    from comity.panel.completeness import UNKNOWN, completeness, completeness_by_stretch
    from comity.vocab.words import vocabularies

    span = years or (FIRST_YEAR, datetime.now(UTC).year)
    for instrument in instruments or vocabularies()["instruments"]:
        if states:
            yield from completeness(store, instrument, span, states).to_pylist()
            continue
        found = completeness_by_stretch(store, instrument, span)
        # An instrument of which no list says how far it looks is shown too: nothing is known of it.
        none = dict.fromkeys(found.column_names) | {"instrument": instrument, "method": UNKNOWN, "sources": []}
        yield from found.to_pylist() or [none]


def shown(row: Row) -> tuple[Any, ...]:
    """A row for people: who, when, and every estimate with its interval in one cell."""
    first, last = row.get("first_year", row.get("year")), row.get("last_year", row.get("year"))
    return (
        row["instrument"],
        row.get("state", row.get("scope") or "all others"),
        first if first == last else f"{first}-{last}",
        row["listed"],
        _between(row, ("estimated", "low", "high"), ".0f"),
        _between(row, ("completeness", "completeness_low", "completeness_high"), ".2f"),
        *(row[name] for name in ("method", "pool", "partner_count", "sources")),
    )


def _between(row: Row, names: tuple[str, str, str], form: str) -> str | None:
    value, low, high = (row[name] for name in names)
    return None if value is None else f"{value:{form}} ({low:{form}} to {high:{form}})"
