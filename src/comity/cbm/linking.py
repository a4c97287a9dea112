"""Activities of the same time and area, taken together: what they reach as one, though none does alone.

A threshold is tested on what stands under one operational command. Activities that name the same `command` are
summed and judged as one; others of the same kind, host and zone, whose days touch, are summed to show what splitting
could hide, and flagged without being called notifiable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from heapq import heappop, heappush

from comity.cbm.activity import Activity
from comity.cbm.margins import Gap
from comity.cbm.vocabulary import vocabulary

NEAR = 0.05  # a margin of at most this share of the threshold is near it


@dataclass(frozen=True)
class Linked:
    """Activities summed.

    Attributes:
        places: where they stand in the list.
        whole: one of them with the sums of all.
        is_one: they say that they are under one command.
    """

    places: tuple[int, ...]
    whole: Activity
    is_one: bool


@cache
def added() -> frozenset[str]:
    """The measures that are summed."""
    return frozenset(name for name, measure in vocabulary().measures.items() if measure.adds)


def is_near(gap: Gap | None) -> bool:
    """Whether a threshold that adds up is missed by little.

    >>> is_near(Gap("troops", 200, 13000)), is_near(Gap("distance_km", 1, 75))
    (True, False)
    """
    return gap is not None and gap.measure in added() and gap.relative <= NEAR


def linked(activities: Sequence[Activity]) -> Iterator[Linked]:
    """Every set of at least two activities that run together, once, at the day the last of them begins."""
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, one in enumerate(activities):
        if one.span is not None and not added().isdisjoint(one.values):
            whom = frozenset(one.hosts or one.parties)
            groups[(one.command,) if one.command else (one.type, whom, one.zones, one.place)].append(at)
    for alike, places in groups.items():
        if len(places) > 1:
            for together in _together(activities, places):
                chosen = [activities[at] for at in together]
                yield Linked(together, _summed(chosen), len(alike) == 1)


def _together(activities: Sequence[Activity], places: list[int]) -> Iterator[tuple[int, ...]]:
    """Places of activities of one group that run on one day or follow each other at once, each set at its largest."""
    running: list[tuple[date, int]] = []  # a heap: the first to end on top
    has_grown = False
    for first, last, at in sorted((*_days(activities[at]), at) for at in places):
        if running and running[0][0] + timedelta(days=1) < first:
            if has_grown and len(running) > 1:
                yield tuple(sorted(other for _, other in running))
            has_grown = False
            while running and running[0][0] + timedelta(days=1) < first:
                heappop(running)
        heappush(running, (last, at))
        has_grown = True
    if has_grown and len(running) > 1:
        yield tuple(sorted(other for _, other in running))


def _days(activity: Activity) -> tuple[date, date]:
    assert activity.span is not None
    return activity.span[0], activity.span[1] or activity.span[0]


def _summed(chosen: Sequence[Activity]) -> Activity:
    """The first of them with the sums of all; what one does not give counts as nothing, so that a sum is a floor."""
    values = dict(chosen[0].values)
    for name in added():
        given = [one.values[name] for one in chosen if name in one.values]
        if given:
            values[name] = sum(given)
    for name in ("formation_level",):
        levels = [one.values[name] for one in chosen if name in one.values]
        if levels:
            values[name] = max(levels, key=lambda level: level[1])
    return replace(chosen[0], values=values)
