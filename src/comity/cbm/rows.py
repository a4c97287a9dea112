"""What a check answers: one row for each rule that could apply to an activity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import msgspec

from comity.cbm.activity import Activity
from comity.cbm.loading import InRegime
from comity.cbm.moments import Moment, day_of, text_of
from comity.cbm.standing import MEMORY, STOPPED

NAMED = 20  # of activities that are summed, so many are named in an answer, and all are counted


class Row(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One rule asked of one activity.

    Attributes:
        held: the rule with its regime.
        triggered: True, False, or None when it cannot be told.
        due: the day or hour it is due; None where the text gives none or a date is missing.
        margin: distance to the nearest threshold that is not reached, in the unit of `margin_of`.
        missing: measures and dates that would decide what cannot be told.
        violations: measures that break a limit the rule sets, or make up what it prohibits; `period` or `zone` where it
            prohibits everything on some days or in some place.
        status: how the rule stands on the activity's day for those it obliges.
        status_note: what to read beside the status.
        binding: `legal`, `political`, `voluntary`, or `none` where the regime has stopped.
        shown_as: one phrase that says what the row means.
        why: one sentence with the reason.
        obliged: the states that owe it.
        ver: the weakest verification the answer rests on.
        due_ver: how well the number is known that `due` is counted with; None without a date.
        severity: of what breaks a limit or is ruled out, how the text binds: `hard`, `advisory` or `none`.
        counts: of a quota, the number of the activity among those counted.
        flag: `near_threshold`, or `linked_sum` where activities of the same time and area reach the threshold together.
        linked: names of the activities summed; the first of them are written, and how many they are.
        unless: exemptions that were not claimed and not ruled out.
        notes: what a reader should know of the date or of the count.
        as_of: the day from which `days_left` counts.
    """

    held: InRegime
    triggered: bool | None
    why: str
    status: str
    shown_as: str
    binding: str
    ver: str
    due: Moment | None = None
    due_ver: str | None = None
    margin: float | None = None
    margin_of: str | None = None
    missing: tuple[str, ...] = ()
    violations: tuple[str, ...] = ()
    status_note: str | None = None
    obliged: tuple[str, ...] = ()
    severity: str | None = None
    counts: int | None = None
    flag: str | None = None
    linked: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    as_of: date | None = None

    @property
    def rule(self) -> str:
        """The rule's id."""
        return self.held.id

    @property
    def is_stopped(self) -> bool:
        """Whether the regime is suspended, terminated or superseded: what it asks is shown as what it would ask."""
        return self.status in STOPPED

    @property
    def is_reading_aid(self) -> bool:
        """Whether the answer or its date rests on memory alone: no date of it enters a calendar or a plan unasked."""
        return self.ver in MEMORY or self.due_ver in MEMORY

    @property
    def is_binding(self) -> bool:
        """Whether it is a duty: triggered, in force, more than a courtesy, and read in a text; its date may not be."""
        return (
            self.triggered is True
            and self.binding in ("legal", "political")
            and self.ver not in MEMORY
            and self.held.rule.enforce != "none"
        )

    @property
    def days_left(self) -> int | None:
        """Days from `as_of` to the day it is due; below zero when that has passed."""
        return (day_of(self.due) - self.as_of).days if self.due is not None and self.as_of is not None else None

    @property
    def is_late(self) -> bool | None:
        """Whether the day it was due has passed."""
        return None if self.days_left is None else self.days_left < 0

    def to_dict(self) -> dict[str, Any]:
        """Plain keys and values, as JSON writes them; the optional keys only where they apply."""
        found: dict[str, Any] = {
            "rule": self.rule,
            "triggered": "cannot_tell" if self.triggered is None else self.triggered,
            "due": text_of(self.due),
            "margin": self.margin,
            "missing": list(self.missing),
            "violations": list(self.violations),
            "status": self.status,
            "binding": self.binding,
            "shown_as": self.shown_as,
            "why": self.why,
        }
        optional = (
            ("severity", self.severity),
            ("counts", self.counts),
            ("flag", self.flag),
            ("linked", list(self.linked[:NAMED])),
            ("linked_count", len(self.linked) or None),
            ("margin_of", self.margin_of),
            ("days_left", self.days_left),
            ("late", self.is_late),
            ("unless", list(self.unless)),
            ("notes", list(self.notes)),
            ("status_note", self.status_note),
        )
        found |= {key: value for key, value in optional if value is not None and value != []}
        rule = self.held.rule
        return found | {
            "regime": self.held.regime.regime,
            "article": rule.article,
            "kind": rule.kind,
            "obliged": list(self.obliged),
            "recipients": self.held.recipients,
            "verification": self.ver,
            "due_verification": self.due_ver,
        }


@dataclass(frozen=True)
class Checked:
    """An activity with one row for each rule that could apply to its kind, its states and its day.

    Attributes:
        activity: what was asked about.
        rows: the rows, in the order of regimes and rules.
    """

    activity: Activity
    rows: tuple[Row, ...]

    @cached_property
    def by_rule(self) -> dict[str, Row]:
        """The rows by rule id."""
        return {row.rule: row for row in self.rows}

    @property
    def triggered(self) -> list[Row]:
        """The rows that hold."""
        return [row for row in self.rows if row.triggered is True]

    def to_dict(self) -> dict[str, Any]:
        """Plain keys and values: the activity's name and kind, and its rows."""
        return {"name": self.activity.name, "type": self.activity.type, "rows": [row.to_dict() for row in self.rows]}
