"""A second, nearer map where most of what the first one shows lies so close together that it cannot be seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from comity.brief.blocks import Map, Panel
from comity.brief.facts import Fact, sources_of
from comity.brief.knowledge import latest
from comity.brief.mapping import Spots, frame_of, framed, is_within, markable, points, shows_enough, spots
from comity.brief.projection import Frame, is_whole
from comity.brief.resting import rests_on
from comity.brief.subject import Subject
from comity.brief.wording import counted, years_text
from comity.vocab.geometry.extents import NOWHERE, extents
from comity.vocab.geometry.outlines import ATTRIBUTION, EDITION
from comity.vocab.states import state

_LEAST_SPOTS = {"incident": 4, "engagement": 10}  # different places; fewer are told better by the table
_LEAST_MEMBERS = 6
_SHARES = (0.6, 0.75, 0.9)  # of what is marked: the smallest that lies in enough places
_NEARER = {"incident": 4.0, "engagement": 5.0, "member": 2.5}  # how many times wider the first map is at least
_MOST_DEGREES, _AROUND = 16.0, 8.0  # of a state that marks of a world map hide, and of what is shown on each side
_ENGAGEMENTS_OF = ("pair", "state")  # of the world and of a region the first map shows them


@dataclass(frozen=True)
class _Near:
    """What a nearer map is around: its frame, what it is named after, and how many of how many lie there."""

    frame: Frame
    what: str
    held: int
    count: int
    title: str = ""


def close_up(subject: Subject, first: Map, facts: tuple[Sequence[Fact], Sequence[Fact]]) -> list[Map]:
    """The map around where most of something is, where that is a small part of the first map; otherwise none.

    That is incidents where most of them lie together, otherwise engagements, otherwise the members of an organization,
    and of a state that can hardly be seen on a map of the world what lies around it.
    `facts` are engagements and incidents; states are shaded as on the first map.
    """
    recent, lately = facts
    near = _around_facts(lately, "incident", first.frame)
    if near is None and subject.kind in _ENGAGEMENTS_OF:
        near = _around_facts(markable(recent), "engagement", first.frame)
    if near is None and subject.kind == "organisation":
        near = _around_members(first)
    if near is None and subject.kind == "state":
        near = _around_state(first, markable(recent))
    return [_map(subject, first, facts, near)] if near is not None else []


def _around_facts(facts: Sequence[Fact], what: str, wide: Frame) -> _Near | None:
    """A frame around the densest part of some facts that is much nearer than the first map."""
    held = spots(facts)
    for share in _SHARES:
        inside = densest(held, share)
        if len(inside) >= _LEAST_SPOTS[what]:
            frame = framed(_box(list(inside)))
            if (frame[2] - frame[0]) * _NEARER[what] > wide[2] - wide[0]:
                return None
            shown = sum(count for spot, count in held.items() if is_within(frame, *spot))
            return _Near(frame, what, shown, sum(held.values()))
    return None


def _box(held: Sequence[tuple[float, float]]) -> Frame:
    """West, south, east and north of some spots, east above 180 where they lie on both sides of that meridian."""
    middle = held[0][0]
    along = [middle + (longitude - middle + 180) % 360 - 180 for longitude, _ in held]
    up = [latitude for _, latitude in held]
    return min(along), min(up), max(along), max(up)


def _around_members(first: Map) -> _Near | None:
    """A frame around as many members of an organization as one can see on a map much nearer than the first."""
    marks = {code: extents()[code].marks[0] for code in first.named if extents().get(code, NOWHERE).marks}
    held = dict.fromkeys(marks.values(), 1)
    for left_out in range(1, int(len(marks) * (1 - _SHARES[0])) + 1) if len(marks) >= _LEAST_MEMBERS else ():
        inside = densest(held, (len(marks) - left_out) / len(marks))
        frame = frame_of([code for code, mark in marks.items() if mark in inside])
        if (frame[2] - frame[0]) * _NEARER["member"] <= first.frame[2] - first.frame[0]:
            return _Near(frame, "member", len(inside), len(marks))
    return None


def _around_state(first: Map, met: Sequence[Fact]) -> _Near | None:
    """A frame around a small state and its neighbors, where the first map is one of the world."""
    boxes = [box for code in first.own for box in extents().get(code, NOWHERE).mainland]
    if not boxes or not is_whole(first.frame):
        return None
    west, south, east, north = (end(box[side] for box in boxes) for side, end in enumerate((min, min, max, max)))
    if max(east - west, north - south) > _MOST_DEGREES:
        return None
    frame = framed((west - _AROUND, south - _AROUND, east + _AROUND, north + _AROUND))
    held = spots(met)
    shown = sum(count for spot, count in held.items() if is_within(frame, *spot))
    near = _Near(frame, "engagement", shown, sum(held.values()), f"Around {state(first.own[0]).name}")
    return near if shown and shows_enough(first.panels[0], frame) else None


def densest(held: Spots, share: float) -> Spots:
    """The spots nearest to one of them that are at least a share of all; of all such, those that lie closest together.

    >>> densest({(0.0, 0.0): 1, (1.0, 0.0): 2, (50.0, 0.0): 1}, 0.6)
    {(0.0, 0.0): 1, (1.0, 0.0): 2}
    """
    wanted = share * sum(held.values())
    best: tuple[float, Spots] | None = None
    for anchor in sorted(held):
        inside: Spots = {}
        for away, spot in sorted((_apart(anchor, other), other) for other in held):
            inside[spot] = held[spot]
            if sum(inside.values()) >= wanted:
                if best is None or away < best[0]:
                    best = (away, inside)
                break
    return best[1] if best is not None else {}


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far apart two spots are, in degrees of latitude, along the longer side of the box around them."""
    across = abs((one[0] - other[0] + 180) % 360 - 180) * math.cos(math.radians((one[1] + other[1]) / 2))
    return max(across, abs(one[1] - other[1]))


def _map(subject: Subject, first: Map, facts: tuple[Sequence[Fact], Sequence[Fact]], near: _Near) -> Map:
    """The nearer map, of engagements and incidents with a position."""
    recent, lately = (
        [fact for fact in each if fact["latitude"] is not None and _is_in(near.frame, fact)] for each in facts
    )
    marks = (
        *(points(recent, "engagement", near.frame) if markable(facts[0]) else ()),
        *points(lately, "incident", near.frame),
    )
    shown = [*recent, *lately] or [*facts[0], *facts[1]]
    years = years_text(subject.window)
    where = "are" if near.what == "member" else "were"
    with_position = "" if near.what == "member" else " with a position"
    of_all = counted(near.count, near.what)
    lie = f"all {of_all}" if near.held == near.count else f"{near.held} of the {of_all}"
    return Map(
        title=f"{near.title or f'Where most {near.what}s {where}'}, {years}",
        frame=near.frame,
        panels=(Panel(years, first.panels[0].shades, marks),),
        classes=first.classes,
        unit=first.unit,
        named=first.named,
        own=first.own,
        description=f"A part of the first map, in which {lie}{with_position} lie. "
        f"States are shaded as there. {ATTRIBUTION}.",
        cites=sources_of(shown),
        as_of=latest(shown),
        basis=rests_on(
            "Incidents and engagements whose position lies in the frame.",
            shown,
            window=list(subject.window),
            held=near.held,
            count=near.count,
            frame=list(near.frame),
            geometry=EDITION,
        ),
    )


def _is_in(frame: Frame, fact: Fact) -> bool:
    return is_within(frame, fact["longitude"], fact["latitude"])
