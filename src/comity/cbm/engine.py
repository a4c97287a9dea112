"""The check: every rule that could apply to an activity, asked of it, with the reason and the dates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from comity.cbm.activity import Activity, Placed
from comity.cbm.judging import Context, Judged, Together, judged, row
from comity.cbm.listing import Case, numbers, tell_tallies, together
from comity.cbm.loading import Regimes, load_regimes
from comity.cbm.ready import rules_for
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
    return _checked([_judged(one, known, as_of) for one in given], as_of)


def _checked(cases: Sequence[Case], as_of: date | None) -> list[Checked]:
    """The rows of activities that were judged, each with what the others of the list add to it."""
    sums: Mapping[str, Mapping[int, Together]] = {}
    if len(cases) > 1:
        sums = together(cases, as_of)
        tell_tallies(cases, as_of, sums)
    counted = numbers(cases)
    checked = []
    for at, case in enumerate(cases):
        rows = []
        for name, found in case.found.items():
            added = Context(as_of, counted.get(name, {}).get(at), sums.get(name, {}).get(at))
            rows.append(_row(found, case.activity, added))
        checked.append(Checked(case.activity, tuple(rows)))
    return checked


def _is_placed(activity: Activity) -> bool:
    return activity.place is not None or (activity.latitude is not None and activity.longitude is not None)


def _judged(activity: Activity, regimes: Regimes, as_of: date | None) -> Case:
    """An activity under every rule that speaks of its kind and of a state in it, and is shown for its day."""
    day = activity.day or as_of
    who = activity.involved
    return Case(
        activity,
        {
            rule.held.id: judged(rule, activity, as_of)
            for rule in rules_for(regimes, activity.type, who)
            if is_shown(rule.held, day) and (not who or rule.held.speaks_to(who, day))
        },
    )


def _row(found: Judged, activity: Activity, context: Context) -> Row:
    """The row of an activity; where it is under one command with others, that of all of them as one."""
    one = context.together
    if one is not None and one.is_one:
        return row(one.found, one.whole, Context(context.as_of, None, one))
    return row(found, activity, context)
