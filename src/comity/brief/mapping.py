"""What the maps of a brief show: whom each state met how often, where, and which part of the world is drawn."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from comity.brief.blocks import Panel, Point, Shade
from comity.brief.facts import Fact
from comity.brief.projection import Frame, is_whole
from comity.brief.subject import Subject
from comity.vocab.geometry.extents import NOWHERE, extents
from comity.vocab.states import is_name

Spots = dict[tuple[float, float], int]  # how many things there are at a longitude and latitude
Place = TypeVar("Place", str, tuple[int, int])

_NICE = tuple(step * 10**power for power in range(6) for step in (1, 2, 3, 5, 7))
_MOST_CLASSES = 5
_CELLS = 34  # points nearer to each other than this part of the frame are one
_MOST_NAMED = 6
_LEAST_SHADED = 2
_LEAST_SHOWN = 4  # shaded states and marks
_LONGEST_NAME = 18
_MARGIN = 0.10
_LEAST_DEGREES = 9.0
_LEAST_PLACED = 0.2  # of some facts: where fewer have a position, those that have say nothing of where the rest were
_OUTER = 0.08  # the share of what is marked that may lie outside on each side


def shades(facts: Iterable[Fact], own: Sequence[str]) -> tuple[Shade, ...]:
    """How many of some facts each state took part in, its own apart.

    In each year the source that lists most for a state is counted; sources are not added.
    """
    counts = _counts(facts, lambda fact: fact.states)
    return tuple(Shade(state, count) for state, count in sorted(counts.items()) if state not in own)


def classes(counts: Iterable[int]) -> tuple[int, ...]:
    """The least count of each shade: round numbers near the fifths of the counts, so that each shade is used.

    >>> classes([1, 3, 8, 21, 60, 400]), classes([2, 3]), classes([])
    ((1, 3, 7, 20, 70), (1, 3), ())
    """
    held = sorted(count for count in counts if count > 0)
    if not held:
        return ()
    fifths = [held[len(held) * step // _MOST_CLASSES] for step in range(1, _MOST_CLASSES)]
    found = {min(_NICE, key=lambda nice: (abs(math.log(nice / each)), nice)) for each in fifths if each > held[0]}
    return (1, *sorted(least for least in found if 1 < least <= held[-1]))


def classes_in(held: Iterable[Shade], frame: Frame) -> tuple[int, ...]:
    """The classes of the states that a frame shows, so that shades tell those apart and not the rest of the world."""
    counts = list(held)
    return classes(shade.count for shade in counts if is_shown(shade.state, frame)) or classes(
        shade.count for shade in counts
    )


def shows(panel: Panel, frame: Frame) -> bool:
    """Whether a panel has anything in its frame besides land and water."""
    return bool(panel.points) or any(is_shown(each.state, frame) for each in panel.shades)


def shows_enough(panel: Panel, frame: Frame) -> bool:
    """Whether a panel shades states that can be compared, or has so much in its frame that a map tells more than words.

    Named features are no finding, and do not count.
    """
    shaded = sum(is_shown(each.state, frame) for each in panel.shades)
    marks = sum(point.what != "place" and is_within(frame, point.longitude, point.latitude) for point in panel.points)
    return shaded >= _LEAST_SHADED or shaded + marks >= _LEAST_SHOWN


def is_shown(code: str, frame: Frame) -> bool:
    """Whether a state lies in a frame with some of its ground."""
    return any(is_within(frame, *mark) for mark in extents().get(code, NOWHERE).marks)


def is_within(frame: Frame, longitude: float, latitude: float) -> bool:
    """Whether a point lies in a frame, whose east is above 180 degrees where it reaches over the line of dates.

    >>> is_within((160.0, -30.0, 200.0, 10.0), -175.2, -21.1), is_within((160.0, -30.0, 200.0, 10.0), 0.0, 0.0)
    (True, False)
    """
    west, south, east, north = frame
    return south <= latitude <= north and (west <= longitude <= east or west <= longitude + 360 <= east)


def markable(facts: Sequence[Fact]) -> list[Fact]:
    """The facts with a position, where enough of them have one for marks to show where they were; otherwise none."""
    held = [fact for fact in facts if fact["latitude"] is not None and fact["longitude"] is not None]
    return held if len(held) >= _LEAST_PLACED * len(facts) else []


def spots(facts: Iterable[Fact]) -> Spots:
    """How many facts there are at each place, to half a degree; facts without a position are left out.

    A fact that several sources list is counted with each; this says where most are, and not how many.
    """
    found: Counter[tuple[float, float]] = Counter()
    for fact in facts:
        if fact["latitude"] is not None and fact["longitude"] is not None:
            found[round(fact["longitude"] * 2) / 2, round(fact["latitude"] * 2) / 2] += 1
    return dict(found)


def marked(held: Iterable[Point], frame: Frame) -> frozenset[str]:
    """What the points that lie in a frame mark."""
    return frozenset(point.what for point in held if is_within(frame, point.longitude, point.latitude))


def points(facts: Iterable[Fact], what: str, frame: Frame) -> tuple[Point, ...]:
    """Where some facts were, those near each other together; facts without a position are left out.

    A point bears the name of its place where most of what it counts gives one short name.
    """
    west, south, east, north = frame
    step = max(east - west, north - south) / _CELLS
    held = [fact for fact in facts if fact["latitude"] is not None and fact["longitude"] is not None]
    cells: dict[tuple[int, int], list[Fact]] = defaultdict(list)
    for fact in held:
        cells[round(fact["latitude"] / step), round(fact["longitude"] / step)].append(fact)
    counts = _counts(held, lambda fact: {(round(fact["latitude"] / step), round(fact["longitude"] / step))})
    made = []
    for cell, inside in sorted(cells.items()):
        latitude = round(sum(fact["latitude"] for fact in inside) / len(inside), 3)
        longitude = round(sum(fact["longitude"] for fact in inside) / len(inside), 3)
        made.append(Point(_place_name(inside), latitude, longitude, counts[cell], what))
    kept = {id(point) for point in sorted(made, key=lambda point: (-point.count, point.name))[:_MOST_NAMED]}
    return tuple(
        point if id(point) in kept else Point("", point.latitude, point.longitude, point.count, what) for point in made
    )


def panels(facts: Sequence[Fact], subject: Subject, own: Sequence[str], frame: Frame) -> tuple[Panel, ...]:
    """Three spans of five whole years each, the last one up to the last whole year.

    On maps of the whole world, three side by side, marks would cover what they mark, so there are none.
    """
    last = subject.full_year
    made = []
    for first in (last - 14, last - 9, last - 4):
        held = [fact for fact in facts if first <= fact.year <= first + 4]
        marks = _unnamed(points(held, "engagement", frame)) if markable(facts) and not is_whole(frame) else ()
        made.append(Panel(f"{first}–{first + 4}", shades(held, own), marks))
    return tuple(made)


def frame_of(states: Sequence[str], marks: Iterable[Point] = ()) -> Frame:
    """A frame around the mainland of some states and most of some points, with a margin.

    It crosses the 180th meridian where that makes it narrower; its east is then above 180.
    """
    far = [point for point in marks for _ in range(max(point.count, 1))]
    boxes = [box for code in states for box in extents().get(code, NOWHERE).mainland]
    if not boxes and far:
        most = max(far, key=lambda point: point.count)
        boxes = [(most.longitude, most.latitude, most.longitude, most.latitude)]
    if not boxes:
        return (-180.0, -57.0, 180.0, 82.0)
    west, east = _narrowest([(box[0], box[2]) for box in boxes])
    south, north = min(box[1] for box in boxes), max(box[3] for box in boxes)
    if far:
        # What is marked widens the map, save for the outermost: one visit far away would shrink everything else.
        middle = (west + east) / 2
        along = [middle + (point.longitude - middle + 180) % 360 - 180 for point in far]
        up = [point.latitude for point in far]
        west, east = min(west, _quantile(along, _OUTER)), max(east, _quantile(along, 1 - _OUTER))
        south, north = min(south, _quantile(up, _OUTER)), max(north, _quantile(up, 1 - _OUTER))
    return framed((west, south, east, north))


def framed(box: Frame) -> Frame:
    """A frame around a box, with a margin; never a strip, and never so near that coarse lines would be misread.

    >>> framed((10.0, 0.0, 30.0, 20.0))
    (8.0, -2.0, 32.0, 22.0)
    """
    west, south, east, north = box
    high = max(north - south, _LEAST_DEGREES)
    wide = max(east - west, _LEAST_DEGREES)
    center = ((west + east) / 2, (south + north) / 2)
    west, east = center[0] - wide * (0.5 + _MARGIN), center[0] + wide * (0.5 + _MARGIN)
    south, north = center[1] - high * (0.5 + _MARGIN), center[1] + high * (0.5 + _MARGIN)
    # A strip is no map: the shorter side is at least a third of the longer on the ground.
    on_ground = (east - west) * math.cos(math.radians(center[1]))
    if north - south < on_ground * 0.45:
        south, north = center[1] - on_ground * 0.225, center[1] + on_ground * 0.225
    return _rounded(west), max(_rounded(south), -80.0), _rounded(east), min(_rounded(north), 84.0)


def _rounded(value: float) -> float:
    return round(value, 1)


def _counts(facts: Iterable[Fact], of: Callable[[Fact], Iterable[Place]]) -> Counter[Place]:
    """Counts by what a fact belongs to: in each year the source that lists most, summed over the years."""
    held: dict[tuple[Place, int], Counter[str]] = defaultdict(Counter)
    for fact in facts:
        for belongs in of(fact):
            held[belongs, fact.year][fact.source] += 1
    total: Counter[Place] = Counter()
    for (belongs, _), by_source in held.items():
        total[belongs] += max(by_source.values())
    return total


def _place_name(facts: Sequence[Fact]) -> str:
    """The place that most of some facts name, where its name is short enough for a map.

    A fact of several places lies between them, and so bears the name of none.
    """
    told = [str(fact["location"]) for fact in facts if fact["location"]]
    names = Counter(text.split(",")[0].strip() for text in told if not _is_of_several(text))
    if not names:
        return ""
    name, count = min(names.items(), key=lambda held: (-held[1], held[0]))
    return name if count * 2 > len(facts) and len(name) <= _LONGEST_NAME else ""


def _is_of_several(location: str) -> bool:
    """Whether a location is more than one place, and not one in a state whose name has an "and".

    >>> _is_of_several("Changi, Singapore, and the South China Sea"), _is_of_several("Doboj, Bosnia and Herzegovina")
    (True, False)
    """
    further = [part.strip() for part in location.split(",")[1:]]
    return ";" in location or any(" and " in f" {part}" and not is_name(part) for part in further)


def _unnamed(held: Iterable[Point]) -> tuple[Point, ...]:
    return tuple(Point("", point.latitude, point.longitude, point.count, point.what) for point in held)


def _quantile(values: Sequence[float], share: float) -> float:
    """The value below which a share of some values lies, between two of them in proportion, as numpy's by default.

    >>> _quantile([3.0, 1.0, 2.0], 0.25), _quantile([7.0], 0.9)
    (1.5, 7.0)
    """
    held = sorted(values)
    place = (len(held) - 1) * share
    low = math.floor(place)
    part, one, two = place - low, held[low], held[min(low + 1, len(held) - 1)]
    return two - (two - one) * (1 - part) if part >= 0.5 else one + (two - one) * part


def _narrowest(spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """West and east of the narrowest stretch of longitudes that holds all spans."""
    best: tuple[float, float] | None = None
    for start, _ in spans:
        shifted = [(begin + 360 * (begin < start), end + 360 * (begin < start)) for begin, end in spans]
        east = max(end for _, end in shifted)
        if best is None or east - start < best[1] - best[0]:
            best = (start, east)
    assert best is not None, "a frame is asked of one span at least"
    return best
