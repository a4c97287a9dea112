"""Channels between states and how healthy they are: what is known of their last use and last check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comity.store import Store

FRESH_DAYS = 365  # a use or a check within so many days before is recent
ANSWERED = ("active",)
SILENT = ("dormant", "suspended", "closed")
_ASKED = """
    SELECT c.channel, c.name, c.channel_kind, c.level, c.status, c.start_date, c.end_date, c.known_until,
           c.last_used_date, c.verification, c.source,
           list(p.party ORDER BY p.party) AS parties
    FROM core.channel c JOIN core.channel_party p USING (source, channel)
    GROUP BY ALL
    HAVING list_has_all(parties, $asked)
    ORDER BY c.name
"""


@dataclass(frozen=True)
class Line:
    """One channel between the states asked about.

    Attributes:
        name: what it is called.
        kind: kind of channel.
        level: who speaks on it.
        parties: states and organizations that can use it.
        status: what the register says of it.
        since: the day it was set up.
        last_used: the day of the last use that is known; None is no knowledge, and not disuse.
        checked: the last day its status is known for.
        health: one sentence of what to expect.
        verification: how well it is known.
        source: where from.
    """

    name: str
    kind: str
    level: str | None
    parties: tuple[str, ...]
    status: str
    since: date | None
    last_used: date | None
    checked: date | None
    health: str
    verification: str
    source: str

    def to_dict(self) -> dict[str, Any]:
        """Plain keys and values."""
        return asdict(self)


def channels(store: Store, states: Iterable[str], on: date) -> tuple[Line, ...]:
    """The channels that all of some states can use, those to try first at the head.

    Those that answered are before those of which nothing is known, and these before the silent ones; among equals the
    latest known use decides. So the list is also the order of fallbacks.

    Args:
        store: an open store.
        states: one state for all its channels, or two for those between them.
        on: the day they are looked at.
    """
    asked = sorted(set(states))
    rows = store.ask(_ASKED, {"asked": asked}).to_pylist()
    found = [_line(row, on) for row in rows if row["start_date"] is None or row["start_date"] <= on]
    return tuple(sorted(found, key=lambda line: (_order(line.status), -_days(line), line.name)))


def _order(status: str) -> int:
    return 0 if status in ANSWERED else 2 if status in SILENT else 1


def _days(line: Line) -> int:
    return max((day.toordinal() for day in (line.last_used, line.checked) if day), default=0)


def _line(row: dict[str, Any], on: date) -> Line:
    has_ended = row["end_date"] is not None and row["end_date"] < on
    status = "closed" if has_ended and row["status"] not in SILENT else row["status"]
    return Line(
        name=row["name"],
        kind=row["channel_kind"],
        level=row["level"],
        parties=tuple(row["parties"]),
        status=status,
        since=row["start_date"],
        last_used=row["last_used_date"],
        checked=row["known_until"],
        health=health(status, row["last_used_date"], row["known_until"], on),
        verification=row["verification"],
        source=row["source"],
    )


def health(status: str, last_used: date | None, checked: date | None, on: date) -> str:
    """What to expect of a channel, in a sentence; an old check is said to be old.

    >>> health("active", date(2026, 5, 1), date(2026, 5, 1), date(2026, 11, 1))
    'active, used 184 days ago'
    >>> health("active", None, date(2016, 9, 8), date(2026, 9, 8))
    'said to be active, no use known; last checked 10 years ago'
    """
    is_recent = checked is not None and (on - checked).days <= FRESH_DAYS
    word = status.replace("_", " ") if is_recent or status not in ANSWERED else f"said to be {status}"
    used = "no use known" if last_used is None else f"used {_ago(last_used, on)}"
    told = "" if is_recent else "; never checked" if checked is None else f"; last checked {_ago(checked, on)}"
    return f"{word}, {used}{told}"


def _ago(day: date, on: date) -> str:
    days = (on - day).days
    if days < 0:
        return f"on {day.isoformat()}"
    if days < 2 * FRESH_DAYS:
        return f"{days} day{'' if days == 1 else 's'} ago"
    return f"{days // 365} years ago"
