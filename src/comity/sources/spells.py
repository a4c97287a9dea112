"""Membership spells of a state system, cut where a code passes from one state to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise, product
from typing import Any

from comity.sources.raw import Row
from comity.vocab.states import membership_rows, state_from_code

_DAY = timedelta(days=1)
Span = tuple[str, date, date]  # a state, and its first and last day


def membership_facts(row: Row, column: str, span: tuple[date, date], fact: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of `state_membership` one published spell makes: one per state that holds its code in turn.

    `fact` gives what the rows share; a spell that lasts until its `known_until` stays open.
    """
    start, end = span
    if end < start:
        raise row.broken(column, f"ends on {end}, before its start on {start}")
    row.state(column, fact["system"], start)  # an unknown code is refused here
    code = row.needed_integer(column)
    for state, first, last in holders(fact["system"], code, start, end):
        is_open = last == fact["known_until"]
        yield fact | {
            "state": state,
            "code": code,
            "start_date": first,
            "end_date": None if is_open else last,
        }


def holders(system: str, code: int, start: date, end: date) -> list[Span]:
    """Who holds a system's code between two dates: each state with its first and last day.

    >>> [state for state, first, last in holders("cow", 345, date(1878, 7, 13), date(1941, 4, 20))]
    ['SRB', 'YUG']
    """
    return _cut(_first_days(system, code), (start, end), lambda day: state_from_code(system, code, day))


def held_spans(row: Row, column: str, system: str, span: tuple[date, date]) -> list[Span]:
    """Who holds the code in a column of a row in a span of days, as `holders`; aliases of the source are read too."""
    return _cut(_first_days(system, row.needed_integer(column)), span, lambda day: row.state(column, system, day))


def shared_spans(sides: tuple[list[Span], list[Span]]) -> Iterator[tuple[str, str, date, date]]:
    """Where spells of two sides overlap: the state of each, and the first and last day they share.

    >>> year = (date(1990, 1, 1), date(1990, 12, 31))
    >>> [each[:2] for each in shared_spans((holders("cow", 678, *year), holders("cow", 2, *year)))]
    [('YAR', 'USA')]
    """
    for (one, *span), (other, *other_span) in product(*sides):
        first, last = max(span[0], other_span[0]), min(span[1], other_span[1])
        if first <= last:
            yield one, other, first, last


def _cut(days: tuple[date, ...], span: tuple[date, date], holder: Callable[[date], str]) -> list[Span]:
    """A span cut on these days, each part with who holds it on its first day; neighbors of one holder are one."""
    start, end = span
    cuts = [day for day in days if start < day <= end]
    found: list[Span] = []
    for first, after in pairwise([start, *cuts, end + _DAY]):
        state = holder(first)
        since = found.pop()[1] if found and found[-1][0] == state else first
        found.append((state, since, after - _DAY))
    return found


@cache
def _first_days(system: str, code: int) -> tuple[date, ...]:
    """The days on which a spell of the code begins in the vocabulary."""
    days = {row["start_date"] for row in membership_rows() if row["system"] == system and row["code"] == code}
    return tuple(sorted(day for day in days if isinstance(day, date)))
