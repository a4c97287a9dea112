"""Whether an activity is inside a zone: as it says, as its place tells, or as far as its host alone can tell."""

from __future__ import annotations

from functools import cache

from comity.cbm.activity import OUTSIDE, Activity
from comity.cbm.vocabulary import vocabulary

DISTANCE = "distance_km"  # counted from the line a rule speaks of


@cache
def all_within(zone: str) -> frozenset[str]:
    """A zone and every zone it lies within.

    >>> sorted(all_within("aegean"))
    ['aegean', 'at_sea', 'high_seas']
    """
    found, todo = {zone}, [zone]
    while todo:
        above = [one for one in vocabulary().zones[todo.pop()].within if one not in found]
        found.update(above)
        todo += above
    return frozenset(found)


@cache
def _tells_nothing(given: str, zone: str) -> bool:
    """Whether being inside one zone leaves open whether one is inside the other."""
    zones = vocabulary().zones
    return given in all_within(zone) or zone in zones[given].overlaps or given in zones[zone].overlaps


def inside(activity: Activity, zone: str) -> bool | None:
    """Whether an activity is inside a zone; None where neither it nor its place nor its host tells.

    >>> given = {"type": "field_exercise", "host": "RUS"}
    >>> inside(Activity.from_dict(given), "osce_csbm") is None
    True
    >>> inside(Activity.from_dict({**given, "zone": "outside_osce_csbm"}), "osce_csbm")
    False
    """
    said = _said(activity, zone)
    if said != "unsaid":
        return said == "inside"
    if activity.placed is not None and zone in activity.placed.zones:
        return activity.placed.zones[zone]
    return _by_host(activity, zone)


def _said(activity: Activity, zone: str) -> str:
    """`inside`, `outside` or `unsaid`: what the zones an activity gives tell of one zone."""
    implied = vocabulary().activities[activity.type].zone
    given = (*activity.zones, implied) if implied else activity.zones
    around = all_within(zone)
    apart = False
    for one in given:
        if one.startswith(OUTSIDE):
            if one.removeprefix(OUTSIDE) in around:
                return "outside"
        elif zone in all_within(one):
            return "inside"
        else:
            apart = apart or not _tells_nothing(one, zone)
    return "outside" if apart else "unsaid"


def _by_host(activity: Activity, zone: str) -> bool | None:
    """What the host alone tells: the whole of some states is inside, part of others, and none of the rest."""
    entry = vocabulary().zones[zone]
    hosts = activity.hosts
    if entry.touches:
        who = hosts or activity.involved
        return False if who and not set(who) & set(entry.touches) else None
    if not entry.whole or not hosts:
        return None
    if any(host in entry.whole for host in hosts):
        return True
    if any(host in entry.unsure for host in hosts) or vocabulary().activities[activity.type].at_sea:
        return None
    return False


def in_any(activity: Activity, zones: tuple[str, ...], by_distance: bool = False) -> bool | None:
    """Whether an activity is inside one of several zones.

    Args:
        activity: the activity.
        zones: the zones of a rule.
        by_distance: the rule asks for the distance from a line; one that is given without a zone is from its line.

    >>> in_any(Activity("field_exercise", zones=("lac_ind_chn",)), ("ib_ind_pak", "loc_ind_pak"))
    False
    """
    found: bool | None = False
    for zone in zones:
        one = inside(activity, zone)
        if one is None and by_distance and not activity.zones and DISTANCE in activity.values:
            one = vocabulary().zones[zone].line or None
        if one:
            return True
        found = None if one is None else found
    return found


def untold(activity: Activity) -> str:
    """Why it cannot be told whether an activity is inside a zone: it gives none, or others that leave it open.

    >>> untold(Activity("flight")), untold(Activity("flight", zones=("scs",)))
    ('zone not given', 'zone scs leaves it open')
    """
    return f"zone {' and '.join(activity.zones)} leaves it open" if activity.zones else "zone not given"
