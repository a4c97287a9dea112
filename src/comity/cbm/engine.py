"""The check: every rule that could apply to an activity, asked of it, with the reason and the dates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from comity.cbm.activity import Activity, Placed
from comity.cbm.counting import Count, Counted, counts
from comity.cbm.judging import Context, judged, row
from comity.cbm.linking import Linked, linked
from comity.cbm.loading import Regimes, load_regimes
from comity.cbm.ready import Ready, rules_of_kind
from comity.cbm.rows import Checked, Row
from comity.cbm.standing import is_shown

Zones = Callable[[Activity], Placed]


def check(
    activities: Activity | Sequence[Activity],
    *,
    regimes: Regimes | None = None,
    as_of: date | None = None,
    zones: Zones | None = None,
) -> list[Checked]:
    """Which duties each activity brings about, for whom and by when; the list is also the calendar quotas count over.

    Args:
        activities: one activity or a list. Those of a list are counted and summed together.
        regimes: the rules; those shipped with comity where none are given.
        as_of: the day from which days left are counted; without it they are not.
        zones: computes zones and distances from an activity's place, where it gives no zone itself.

    Returns:
        For each activity a row for every rule that speaks of its kind and of a state in it, and was in effect on
        its day. What cannot be told is said to be so, with what is missing.

    >>> given = {"type": "naval_exercise", "host": "PAK", "ships_ge_frigate": 5, "enters_other_eez": True}
    >>> row = check(Activity.from_dict(given), as_of=date(2027, 1, 1))[0].by_rule["ind_pak.1991.naval"]
    >>> row.triggered, row.margin, row.why
    (False, 1, 'ships_ge_frigate 5 < 6')
    """
    known = load_regimes() if regimes is None else regimes
    given = [activities] if isinstance(activities, Activity) else list(activities)
    if zones is not None:
        given = [replace(one, placed=zones(one)) if one.placed is None and _is_placed(one) else one for one in given]
    asked = [_rules(one, known, as_of) for one in given]
    numbers = _numbers(given, asked, as_of)
    rows = [
        {rule.held.id: row(rule, one, Context(as_of, numbers.get(rule.held.id, {}).get(at))) for rule in rules}
        for at, (one, rules) in enumerate(zip(given, asked, strict=True))
    ]
    if len(given) > 1:
        _link(given, asked, rows, as_of)
    return [Checked(one, tuple(found.values())) for one, found in zip(given, rows, strict=True)]


def _is_placed(activity: Activity) -> bool:
    return activity.place is not None or (activity.latitude is not None and activity.longitude is not None)


def _rules(activity: Activity, regimes: Regimes, as_of: date | None) -> list[Ready]:
    """The rules that speak of an activity's kind and of a state in it, and are shown for its day."""
    day = activity.day or as_of
    who = activity.involved
    return [
        rule
        for rule in rules_of_kind(regimes, activity.type)
        if is_shown(rule.held, day) and (not who or any(rule.held.is_party(state, day) is not False for state in who))
    ]


def _numbers(
    given: Sequence[Activity], asked: Sequence[Sequence[Ready]], as_of: date | None
) -> Mapping[str, Mapping[int, Count]]:
    """The number of each activity under every quota, by rule and by place in the list."""
    counted: dict[str, tuple[Ready, list[Counted]]] = {}
    for at, (one, rules) in enumerate(zip(given, asked, strict=True)):
        for rule in rules:
            limit = rule.held.rule.limit
            if rule.held.rule.kind != "quota" or limit is None or limit.max is None:
                continue
            found = judged(rule, one, as_of)
            if found.answer is False:
                continue
            larger = rule.larger.ask(one) if rule.larger else False
            entry = Counted(at, one, found.obliged or one.involved, found.answer, larger)
            counted.setdefault(rule.held.id, (rule, []))[1].append(entry)
    return {name: counts(rule, entries) for name, (rule, entries) in counted.items()}


def _link(
    given: Sequence[Activity],
    asked: Sequence[Sequence[Ready]],
    rows: list[dict[str, Row]],
    as_of: date | None,
) -> None:
    """Mark the rows of activities that reach a threshold together and not alone."""
    for group in linked(given):
        names = tuple(given[at].name or f"activity {at + 1}" for at in group.places)
        for rule in asked[group.places[0]]:
            if not rule.adds:
                continue
            name = rule.held.id
            open_at = [at for at in group.places if name in rows[at] and _is_open(rows[at][name])]
            whole = judged(rule, group.whole, as_of) if open_at else None
            if whole is None or whole.answer is not True:
                continue
            for at in open_at:
                rows[at][name] = _flagged(rule, group, rows[at][name], (whole.why, names))


def _is_open(found: Row) -> bool:
    """Whether a row neither holds alone nor was marked with other neighbors already."""
    return found.triggered is not True and found.flag != "linked_sum"


def _flagged(rule: Ready, group: Linked, before: Row, told: tuple[str, tuple[str, ...]]) -> Row:
    """The row of an activity with what it and its neighbors reach together: the reason, and their names."""
    why, names = told
    if group.is_one:
        made = row(rule, group.whole, Context(before.as_of))
        return replace(made, flag="linked_sum", linked=names, why=f"under one command: {why}")
    together = f"together with those of the same time and area: {why}"
    return replace(before, flag="linked_sum", linked=names, notes=(*before.notes, together))
