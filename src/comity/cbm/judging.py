"""One rule asked of one activity: who is obliged, whether it holds and why, when it is due, how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.cbm.activity import Activity
from comity.cbm.conditions import Node
from comity.cbm.counting import Count, breaches
from comity.cbm.deadlines import Due, due
from comity.cbm.linking import is_near
from comity.cbm.loading import InRegime
from comity.cbm.logic import joined
from comity.cbm.margins import Gap
from comity.cbm.moments import text_of
from comity.cbm.ready import Excused, Ready
from comity.cbm.rows import Row
from comity.cbm.standing import STOPPED, By, shown_as, standing


@dataclass(frozen=True)
class Context:
    """What a row needs beside the activity: the day from which days left count, and its number under a quota."""

    as_of: date | None = None
    count: Count | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether a rule holds for an activity.

    Attributes:
        answer: yes, no or cannot tell.
        why: the reason.
        missing: what would decide what cannot be told.
        gap: how far the nearest threshold is, while it is not reached.
        ver: the weakest verification the answer rests on.
        obliged: the states that owe it.
        unless: exemptions that were not claimed and not ruled out.
    """

    answer: bool | None
    why: str
    missing: tuple[str, ...]
    gap: Gap | None
    ver: str
    obliged: tuple[str, ...]
    unless: tuple[str, ...] = ()


def obliged(held: InRegime, activity: Activity, on: date | None) -> tuple[str, ...]:
    """The states that owe what a rule asks of an activity: its parties, as host, as those who act, or as all in it."""
    flag = activity.values.get("flag")
    acting = (str(flag),) if flag else activity.parties or activity.hosts
    chosen = {
        "host_state": activity.hosts,
        "conducting_state": acting,
        "each_participant": activity.involved,
        "each_party": activity.involved,
    }[held.obliged]
    parties = tuple(state for state in chosen if held.is_party(state, on) is not False)
    return parties or tuple(state for state in activity.involved if held.is_party(state, on) is not False)


def judged(rule: Ready, activity: Activity, as_of: date | None) -> Judged:
    """Whether a rule holds for an activity, and why."""
    held = rule.held
    day = activity.day or as_of
    owing = obliged(held, activity, day)
    is_party = True if any(held.is_party(state, day) for state in owing) else None
    inside = rule.is_inside(activity)
    if inside is False:
        return Judged(False, "outside zone", (), None, held.rule.ver, owing)
    nodes = [node for node in (rule.scope, rule.when) if node is not None]
    answer = joined([is_party, inside, *(node.ask(activity) for node in nodes)])
    if answer is False:
        failing = next(node for node in nodes if node.ask(activity) is False)
        gap = failing.gap(activity) if failing is rule.when else None
        return Judged(False, _said(failing, activity), (), gap, held.rule.ver, owing)
    return _excused(rule, activity, answer, (is_party, inside, owing))


def _excused(
    rule: Ready, activity: Activity, answer: bool | None, around: tuple[bool | None, bool | None, tuple[str, ...]]
) -> Judged:
    """The answer once exemptions are heard: one that is shown ends the duty, one that is claimed leaves it open."""
    owing = around[2]
    unless: list[Excused] = []
    untold: list[Excused] = []
    for one in rule.exempt:
        excused = one.node.ask(activity)
        if excused:
            return Judged(False, one.exemption.why, (), None, rule.held.rule.ver, owing)
        if excused is None:
            (untold if one.is_claimed(activity) else unless).append(one)
    waived = tuple(one.exemption.why for one in unless)
    if answer is True and not untold:
        ver = rule.when.rests_on(activity) if rule.when else rule.held.rule.ver
        return Judged(True, _reason(rule, activity), (), None, ver, owing, waived)
    reasons, missing = _open(rule, activity, around)
    for one in untold:
        reasons.append(f"unless {one.exemption.why}")
        missing += one.node.missing(activity)
    gap = rule.when.gap(activity) if rule.when and rule.when.ask(activity) is None else None
    return Judged(None, "; ".join(reasons), tuple(dict.fromkeys(missing)), gap, rule.held.rule.ver, owing, waived)


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
        reasons.append("zone not given")
        missing.append("zone")
    for node in (rule.scope, rule.when):
        if node is not None and node.ask(activity) is None:
            reasons.append(_said(node, activity))
            missing += node.missing(activity)
    return reasons, missing


def _said(node: Node, activity: Activity) -> str:
    return " and ".join(node.sentences(activity))


def _reason(rule: Ready, activity: Activity) -> str:
    """Why it holds: its threshold, or else what its scope says, or that it needs none."""
    for node in (rule.when, rule.scope):
        if node is not None and (said := _said(node, activity)):
            return said
    place = " in the zone" if rule.held.rule.zone else ""
    return f"any {activity.type.replace('_', ' ')}{place}"


def row(rule: Ready, activity: Activity, context: Context) -> Row:
    """The row of one rule for one activity."""
    held, found = rule.held, judged(rule, activity, context.as_of)
    fall = due(rule, activity) if found.answer is not False else Due()
    dated = fall.ver if fall.on is not None else None
    stands = standing(held, found.obliged, activity.day or context.as_of)
    status = stands.status if stands else "unknown"
    violations, unkept = _violations(rule, activity, found.answer, context.count)
    asks_when = fall.missing if found.answer else ()
    return Row(
        held=held,
        triggered=found.answer,
        why=found.why,
        status=status,
        status_note=stands.note if stands else None,
        shown_as=shown_as(held, found.answer, status, By(text_of(fall.on) if found.answer else None, found.ver, dated)),
        binding="none" if status in STOPPED else held.binding,
        ver=found.ver,
        due_ver=dated,
        due=fall.on,
        margin=found.gap.margin if found.gap else None,
        margin_of=found.gap.measure if found.gap else None,
        missing=tuple(dict.fromkeys((*found.missing, *asks_when, *unkept))),
        violations=violations,
        obliged=found.obliged,
        severity=held.rule.enforce if violations else None,
        counts=context.count.number if context.count and found.answer else None,
        flag="near_threshold" if is_near(found.gap) else None,
        unless=found.unless,
        notes=_notes(rule, fall, context.count) if found.answer is not False else (),
        as_of=context.as_of,
    )


def _violations(
    rule: Ready, activity: Activity, answer: bool | None, count: Count | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The limits an activity breaks once a rule holds for it, and the measures that would tell of the others."""
    if answer is not True:
        return (), ()
    broken: list[str] = []
    unkept: list[str] = []
    if rule.held.rule.kind == "prohibition":
        broken += sorted(rule.when.decisive(activity)) if rule.when else []
    if rule.held.rule.limit is not None and count is not None:
        broken += breaches(rule.held.rule.limit, count)
    for node in rule.constraints:
        kept = node.ask(activity)
        if kept is False:
            broken += sorted(node.measures())
        elif kept is None:
            unkept += node.missing(activity)
    return tuple(dict.fromkeys(broken)), tuple(dict.fromkeys(unkept))


def _notes(rule: Ready, fall: Due, count: Count | None) -> tuple[str, ...]:
    unsure = (f"{count.unsure} more that may count cannot be told",) if count and count.unsure else ()
    return (*fall.notes, *unsure, *((rule.held.rule.note,) if rule.held.rule.note else ()))
