"""One rule asked of one activity: who is obliged, whether it holds and why, when it is due, how it stands."""

from __future__ import annotations

from datetime import date

import msgspec

from comity.cbm.activity import Activity
from comity.cbm.asking import Node
from comity.cbm.counting import Count, breaches, left_open
from comity.cbm.deadlines import NO_DAY, Due, due
from comity.cbm.linking import is_near
from comity.cbm.loading import InRegime
from comity.cbm.margins import Gap
from comity.cbm.moments import text_of
from comity.cbm.ready import Excused, Ready
from comity.cbm.rows import Row
from comity.cbm.standing import STOPPED, By, shown_as, standing
from comity.cbm.zoning import untold


class Judged(msgspec.Struct, frozen=True, gc=False):
    """Whether a rule holds for an activity.

    Attributes:
        rule: the rule.
        answer: yes, no or cannot tell.
        why: the reason.
        missing: what would decide what cannot be told.
        gap: how far the nearest threshold is, while it is not reached.
        ver: the weakest verification the answer rests on.
        obliged: the states that owe it.
        unless: exemptions that were not claimed and not ruled out.
    """

    rule: Ready
    answer: bool | None
    why: str
    missing: tuple[str, ...]
    gap: Gap | None
    ver: str
    obliged: tuple[str, ...]
    unless: tuple[str, ...] = ()


class Together(msgspec.Struct, frozen=True):
    """What activities of one time and area reach as one: their names, their sum, and what a rule says of it.

    `is_one` says that they are under one command; `places` are theirs in the list.
    """

    names: tuple[str, ...]
    whole: Activity
    found: Judged
    is_one: bool
    places: tuple[int, ...] = ()


class Context(msgspec.Struct, frozen=True):
    """What a row needs beside the activity: the day from which days left count, and what the others of a list add."""

    as_of: date | None = None
    count: Count | None = None
    together: Together | None = None


def obliged(held: InRegime, activity: Activity, on: date | None) -> tuple[str, ...]:
    """The states that owe what a rule asks of an activity: its parties, as host, as those who act, or as all in it."""
    parties = tuple(state for state in _asked(held, activity) if held.is_party(state, on) is not False)
    return parties or tuple(state for state in activity.involved if held.is_party(state, on) is not False)


def _asked(held: InRegime, activity: Activity) -> tuple[str, ...]:
    """The states that a rule would bind, were they all parties."""
    if held.obliged == "host_state":
        return activity.hosts
    if held.obliged == "conducting_state":
        flag = activity.values.get("flag")
        return (str(flag),) if flag else activity.involved
    return activity.involved


def judged(rule: Ready, activity: Activity, as_of: date | None) -> Judged:
    """Whether a rule holds for an activity, and why."""
    held = rule.held
    day = activity.day or as_of
    owing = obliged(held, activity, day)
    is_party = _is_party(held, owing, day)
    inside = rule.inside(activity)
    if inside is False:
        return Judged(rule, False, "outside zone", (), None, held.rule.ver, owing)
    scope = rule.scope.ask(activity) if rule.scope else True
    when = rule.when.ask(activity) if rule.when else True
    if scope is False and rule.scope:
        return Judged(rule, False, _said(rule.scope, activity), (), None, held.rule.ver, owing)
    if when is False and rule.when:
        return Judged(rule, False, _said(rule.when, activity), (), rule.when.gap(activity), held.rule.ver, owing)
    answer = True if is_party and inside and scope and when else None
    return _excused(rule, activity, answer, (is_party, inside, owing))


def _is_party(held: InRegime, owing: tuple[str, ...], on: date | None) -> bool | None:
    """Whether one of those who owe it is a party for sure; None where no list tells."""
    for state in owing:
        if held.is_party(state, on):
            return True
    return None


def _excused(
    rule: Ready, activity: Activity, answer: bool | None, around: tuple[bool | None, bool | None, tuple[str, ...]]
) -> Judged:
    """The answer once exemptions are heard: one that is shown ends the duty, one that is claimed leaves it open."""
    owing = around[2]
    if answer is True and not rule.exempt:
        return Judged(rule, True, _reason(rule, activity), (), None, _rests_on(rule, activity), owing)
    unless: list[Excused] = []
    untold: list[Excused] = []
    for one in rule.exempt:
        excused = one.node.ask(activity)
        if excused:
            return Judged(rule, False, one.exemption.why, (), None, rule.held.rule.ver, owing)
        if excused is None:
            (untold if one.is_claimed(activity) else unless).append(one)
    waived = tuple(one.exemption.why for one in unless)
    if answer is True and not untold:
        return Judged(rule, True, _reason(rule, activity), (), None, _rests_on(rule, activity), owing, waived)
    reasons, missing = _open(rule, activity, around)
    for one in untold:
        reasons.append(f"unless {one.exemption.why}")
        missing += one.node.missing(activity)
    gap = rule.when.gap(activity) if rule.when and rule.when.ask(activity) is None else None
    return Judged(rule, None, "; ".join(reasons), tuple(dict.fromkeys(missing)), gap, rule.held.rule.ver, owing, waived)


def _rests_on(rule: Ready, activity: Activity) -> str:
    """The weakest verification of what makes a rule hold."""
    return rule.when.rests_on(activity) if rule.when else rule.held.rule.ver


def _open(
    rule: Ready, activity: Activity, around: tuple[bool | None, bool | None, tuple[str, ...]]
) -> tuple[list[str], list[str]]:
    """Why it cannot be told, and what is missing."""
    is_party, inside, owing = around
    reasons, missing = [], []
    if is_party is None:
        who = " or ".join(owing)
        reasons.append(f"whether {who} is a party is not known" if who else "no state given")
        missing.append("parties" if who else "host")
    if inside is None:
        reasons.append("too near the edge of the zone to tell" if _is_at_edge(rule, activity) else untold(activity))
        missing.append("zone")
    for node in (rule.scope, rule.when):
        if node is not None and node.ask(activity) is None:
            reasons.append(_said(node, activity))
            missing += node.missing(activity)
    return reasons, missing


def _is_at_edge(rule: Ready, activity: Activity) -> bool:
    """Whether a place was given, and lies within the error of a line around one of the rule's zones."""
    placed = activity.placed
    return placed is not None and any(placed.zones.get(zone, False) is None for zone in rule.held.rule.zone)


def _said(node: Node, activity: Activity) -> str:
    return " and ".join(node.sentences(activity))


def _reason(rule: Ready, activity: Activity) -> str:
    """Why it holds: its threshold, or else what its scope says, or that it needs none."""
    for node in (rule.when, rule.scope):
        if node is not None and (said := _said(node, activity)):
            return said
    place = " in the zone" if rule.held.rule.zone else ""
    return f"any {activity.type.replace('_', ' ')}{place}"


def row(found: Judged, activity: Activity, context: Context) -> Row:
    """The row of a rule that was asked of an activity."""
    rule, answer = found.rule, found.answer
    held = rule.held
    fall = due(rule, activity) if answer is not False else NO_DAY
    dated = fall.ver if fall.on is not None else None
    stands = standing(held, found.obliged, activity.day or context.as_of)
    status = stands.status if stands else "unknown"
    violations, unkept = _violations(rule, activity, context.count) if answer else ((), ())
    gap, together = found.gap, context.together
    near = "near_threshold" if is_near(gap) else None
    return Row(
        held=held,
        triggered=answer,
        why=f"under one command: {together.found.why}" if together and together.is_one else found.why,
        status=status,
        status_note=stands.note if stands else None,
        shown_as=shown_as(held, answer, status, By(text_of(fall.on) if answer else None, found.ver, dated)),
        binding="none" if status in STOPPED else held.binding,
        ver=found.ver,
        due_ver=dated,
        due=fall.on,
        margin=gap.margin if gap else None,
        margin_of=gap.measure if gap else None,
        missing=_once(found.missing, fall.missing if answer else (), unkept),
        violations=violations,
        obliged=found.obliged,
        severity=held.rule.enforce if violations or (answer and held.rule.kind == "prohibition") else None,
        counts=context.count.number if context.count and answer else None,
        flag="linked_sum" if together else near,
        linked=together.names if together else (),
        unless=found.unless,
        notes=_notes(rule, fall, answer, context),
        as_of=context.as_of,
    )


def _once(given: tuple[str, ...], *more: tuple[str, ...]) -> tuple[str, ...]:
    """Names in order, each once; `given` holds none twice."""
    return tuple(dict.fromkeys((*given, *(name for part in more for name in part)))) if any(more) else given


def _violations(rule: Ready, activity: Activity, count: Count | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The limits an activity breaks once a rule holds for it, and the measures that would tell of the others."""
    broken: list[str] = []
    unkept: list[str] = []
    if rule.held.rule.kind == "prohibition":
        broken += _ruled_out(rule, activity)
    if rule.held.rule.limit is not None and count is not None:
        broken += breaches(rule.held.rule.limit, count)
    for node in rule.constraints:
        kept = node.ask(activity)
        if kept is False:
            broken += sorted(node.measures())
        elif kept is None:
            unkept += node.missing(activity)
    return tuple(dict.fromkeys(broken)), tuple(dict.fromkeys(unkept))


def _ruled_out(rule: Ready, activity: Activity) -> list[str]:
    """What makes up what a prohibition rules out; `period` or `zone` where it rules out everything then or there."""
    if rule.when is None:
        return ["zone" if rule.held.rule.zone else "type"]
    return sorted(rule.when.decisive(activity)) or ["period"]


def _notes(rule: Ready, fall: Due, answer: bool | None, context: Context) -> tuple[str, ...]:
    """What a reader should know of the date, the count and the rule; of a row that does not hold, its neighbors."""
    count, together, note = context.count, context.together, rule.held.rule.note
    near: tuple[str, ...] = ()
    if together is not None and not together.is_one:
        near = (f"together with those of the same time and area: {together.found.why}",)
    if answer is False:
        return near
    unsure = left_open(rule.held.rule.limit, count) if count else ()
    return (*fall.notes, *unsure, *((note,) if note else ()), *near)
