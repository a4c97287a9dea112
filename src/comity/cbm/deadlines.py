"""When what a rule asks of an activity is due."""

from __future__ import annotations

from typing import NamedTuple

from comity.cbm.activity import Activity
from comity.cbm.grammar import Timing
from comity.cbm.moments import Moment, counted
from comity.cbm.ready import Ready
from comity.cbm.vocabulary import vocabulary


class Due(NamedTuple):
    """The moment something is due, what is missing to tell it, and what to say beside it.

    Attributes:
        on: the day or hour; None where the text gives none or something is missing.
        missing: the dates and measures that would tell it.
        notes: what a reader should know of it.
        ver: how well the number is known; None where there is none.
    """

    on: Moment | None = None
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    ver: str | None = None


NO_DAY = Due()


def due(rule: Ready, activity: Activity) -> Due:
    """When a rule is due for an activity that brings it about."""
    deadline = rule.held.rule.deadline
    if deadline is None:
        return NO_DAY
    for case, node in rule.cases:
        if case.claimed_by is not None and case.claimed_by not in activity.values:
            continue
        answer = node.ask(activity)
        if answer:
            return timed(case, activity, rule.held.rule.ver)
        if answer is None:
            return Due(missing=tuple(node.missing(activity)))
    return timed(deadline, activity, rule.held.rule.ver)


def timed(timing: Timing, activity: Activity, ver: str) -> Due:
    """A deadline counted from what an activity gives."""
    notes: tuple[str, ...] = (timing.note,) if timing.note else ()
    if timing.none is not None:
        return Due(notes=(timing.none, *notes) if timing.none else notes)
    own = timing.ver or ver
    name = timing.anchor or "start"
    entry = vocabulary().anchors[name]
    found = name if name in activity.moments else None
    if found is None:
        found = next((one for one in entry.stands_in if one in activity.moments), None)
    if found is None and timing.by is not None and activity.day is not None:
        return Due(counted(timing, activity.day), notes=notes, ver=own)
    if found is None:
        return Due(missing=(name,), notes=notes, ver=own)
    bound = found != name and entry.is_bound
    if bound:
        notes = (f"at the latest: counted from {found}, as {name} is not given", *notes)
    return Due(counted(timing, activity.moments[found]), (name,) if bound else (), notes, own)
