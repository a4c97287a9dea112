"""A year of duties of a state: what it owes every year, and what its planned activities bring about, by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.cbm.moments import day_of, text_of
from comity.cbm.rows import Checked, Row
from comity.cbm.yearly import yearly_duties


@dataclass(frozen=True)
class Entry:
    """One day of the calendar: the rule, and the activity it comes from where it comes from one."""

    row: Row
    activity: str = ""

    @property
    def day(self) -> date:
        """The day it is due."""
        assert self.row.due is not None  # agenda() keeps no row without one
        return day_of(self.row.due)

    @property
    def title(self) -> str:
        """What is to be done, in a line."""
        rule = self.row.held.rule
        what = rule.kind.replace("_", " ")
        about = f" of {self.activity}" if self.activity else ""
        return f"{what[:1].upper()}{what[1:]}{about}: {rule.instrument or self.row.held.regime.regime}"

    def to_dict(self) -> dict[str, Any]:
        """Plain keys and values; those of the row, with its day and what it comes from."""
        return {"day": self.day.isoformat(), "title": self.title, "activity": self.activity} | self.row.to_dict()


@dataclass(frozen=True)
class Agenda:
    """A year of one state.

    Attributes:
        state: the state's code.
        year: the year.
        entries: what is due in the year, by day.
        untold: duties whose day cannot be told, and what is missing.
        aids: entries whose number is known from memory alone, left out unless asked for by name.
        stopped: what would be due were its regime not suspended or ended.
    """

    state: str
    year: int
    entries: tuple[Entry, ...]
    untold: tuple[Entry, ...]
    aids: tuple[Entry, ...]
    stopped: tuple[Entry, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain keys and values."""
        parts = {name: [each.to_dict() for each in getattr(self, name)] for name in ("entries", "aids", "stopped")}
        untold = [{"activity": each.activity} | each.row.to_dict() for each in self.untold]
        return {"state": self.state, "year": self.year} | parts | {"untold": untold}


def agenda(
    state: str,
    year: int,
    checked: Iterable[Checked] = (),
    *,
    yearly: Iterable[Row] | None = None,
    named: Sequence[str] = (),
) -> Agenda:
    """The duties of a state that fall due in a year.

    A number known only from memory is a reading aid: its day is left out, unless its rule is named. What its regime no
    longer asks is kept apart too. An activity of the next year may be due in this one, so give the activities of both.

    Args:
        state: code of the state.
        year: the year in which things are due.
        checked: activities that were checked.
        yearly: what `yearly_duties` says of the state and the year, where it was asked of other rules or from
            another day.
        named: rules whose day is wanted though it is known from memory alone.

    >>> any(entry.row.rule == "vd11.i.aemi" for entry in agenda("POL", 2027).entries)
    True
    """
    found = [Entry(row) for row in (yearly_duties(state, year) if yearly is None else yearly)]
    for one in checked:
        name = one.activity.name or one.activity.type.replace("_", " ")
        found += [Entry(row, name) for row in one.rows if row.triggered is not False and state in row.obliged]
    open_ = [entry for entry in found if entry.row.due is None or entry.day.year == year]
    untold = [entry for entry in open_ if _is_untold(entry.row)]
    dated = [entry for entry in open_ if entry.row.triggered and entry.row.due is not None]
    stopped = [entry for entry in dated if entry.row.is_stopped]
    running = [entry for entry in dated if not entry.row.is_stopped]
    aids = [entry for entry in running if entry.row.is_reading_aid and entry.row.rule not in named]
    entries = [entry for entry in running if not entry.row.is_reading_aid or entry.row.rule in named]
    return Agenda(state, year, *(_in_order(part) for part in (entries, untold, aids, stopped)))


def _is_untold(row: Row) -> bool:
    """Whether it may be a duty, or is one without a day for want of a date; what has stopped is neither."""
    return not row.is_stopped and (row.triggered is None or (row.due is None and bool(row.missing)))


def _in_order(entries: list[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: (text_of(entry.row.due) or "", entry.row.rule, entry.activity)))
