"""In which order the blocks of a printed brief stand, so that no picture leaves a hole at the foot of a page.

A picture is not parted by the end of a page, so one that finds no room on the rest of a page leaves that empty. Then it
stands, with all its words, after what follows it in its section; or it is printed a little smaller; or, where nothing
follows it, it stands after a block of the next sections, and its own section says on which page. It is always between
two blocks: no picture stands inside a table.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from typing import Any

LEAST_HOLE = 4.5  # cm: what may stay empty at the foot of a page
_SMALLER = (94, 88)  # percent of the full size: letters stay above 6 points
_REACH = 3  # sections whose pages are looked at when the first of them is settled
_FURTHEST = 5  # blocks that a picture may stand after
_PER_BLOCK = 5.0  # square cm of hole: the further a picture is from where it is told of, the more it must save
_PRICES = (1.0, 2.0, 3.0)  # cm of hole that a change of order, of size, or of section must save to be worth it

Spot = tuple[int, float]  # a page, and cm from the top of the paper


@dataclass(frozen=True)
class Arrangement:
    """The places of the blocks as they stand in each section, those of other sections among them; smaller pictures."""

    order: tuple[tuple[int, ...], ...]
    scales: Mapping[int, int] = field(default_factory=dict)  # percent of the full size

    def told(self, **asked: object) -> dict[str, str]:
        """What the page is told of it, as JSON; `asked` are the sections asked for, and how far down they begin."""
        return {"arranged": json.dumps({"order": self.order, "scales": self.scales, **asked})}


@dataclass(frozen=True)
class Laid:
    """Where a block of a section, one row of a picture, or the word where a picture stands begins and ends."""

    section: int
    start: Spot
    end: Spot


@dataclass(frozen=True)
class Pages:
    """Where the foot of a page is, and where all lies, in the order of the page."""

    foot: float
    laid: tuple[Laid, ...]


Ask = Callable[[Arrangement, tuple[int, int], float], Pages]


def as_told(sections: Sequence[Mapping[str, Any]]) -> Arrangement:
    """Every block where it is told of, and every picture at its full size.

    >>> as_told([{"blocks": [{"place": 0}, {"place": 1}]}, {"blocks": [{"place": 2}]}]).order
    ((0, 1), (2,))
    """
    return Arrangement(tuple(tuple(block["place"] for block in section["blocks"]) for section in sections))


def arranged(sections: Sequence[Mapping[str, Any]], ask: Ask) -> Arrangement:
    """The arrangement of some sections of blocks; `ask` makes some of them, the first so many cm down a page.

    Sections are settled one after the other: what changes in one moves all that follow, and nothing before.
    """
    made = as_told(sections)
    pictures = {block["place"] for section in sections for block in section["blocks"] if _is_picture(block)}
    last = max((number for number, order in enumerate(made.order) if pictures.intersection(order)), default=-1)
    until = min(last + _REACH, len(sections))
    pages = ask(made, (0, until), 0.0) if last >= 0 else Pages(0.0, ())
    for number in range(last + 1):
        before = next((laid for laid in reversed(pages.laid) if laid.section < number), None)
        wanted = pictures.intersection(made.order[number])
        if not wanted or not any(_holes(pages, before, (number,))):
            continue
        top, seen = before.end[1] if before else 0.0, (number, min(number + _REACH, len(sections)))
        begun = replace(before, end=(1, top)) if before else None
        best = _best(made, number, wanted, partial(_cost, ask, seen, begun))
        if best != made:
            made = best
            pages = ask(made, (number, until), top)
            pages = replace(pages, laid=(begun, *pages.laid)) if begun else pages
    return made


def _is_picture(block: Mapping[str, Any]) -> bool:
    return block["kind"] == "picture" and "file" in block


def _cost(ask: Ask, seen: tuple[int, int], before: Laid | None, tried: Arrangement) -> float:
    """How bad the pages of some sections are in an arrangement: the squares of their holes."""
    pages = ask(tried, seen, before.end[1] if before else 0.0)
    return sum(hole**2 for hole in _holes(pages, before, range(*seen)))


def _holes(pages: Pages, before: Laid | None, counted: Collection[int]) -> Iterator[float]:
    """What is left empty at the foot of a page, in cm, before what stands in some sections, where that is much."""
    for each in (each for each in pages.laid if each.section in counted):
        if before is not None and each.start[0] > before.end[0] and pages.foot - before.end[1] > LEAST_HOLE:
            yield pages.foot - before.end[1]
        before = each


def _best(
    made: Arrangement, number: int, pictures: Collection[int], cost: Callable[[Arrangement], float]
) -> Arrangement:
    """The best of an arrangement and what may become of the pictures of one of its sections; the first of equals."""
    best, least = made, cost(made)
    for price, changed in sorted(_changes(made, number, pictures), key=lambda each: each[0]):
        if price >= least:  # and so are those that follow
            break
        if (bad := cost(changed) + price) < least:
            best, least = changed, bad
    return best


def _changes(made: Arrangement, number: int, pictures: Collection[int]) -> Iterator[tuple[float, Arrangement]]:
    """What may become of the pictures of a section, with its price in square cm."""
    later, smaller = (price**2 for price in _PRICES[:2])
    order = made.order[number]
    for run in _runs(order, pictures):
        rest = order[order.index(run[-1]) + 1 :]
        most = next((place for place, each in enumerate(rest) if each in pictures), len(rest))
        for passed in range(1, min(most, _FURTHEST) + 1):
            head = order[: order.index(run[0])]
            turned = (*head, *rest[:passed], *run, *rest[passed:])
            yield later, replace(made, order=(*made.order[:number], turned, *made.order[number + 1 :]))
    for percent in _SMALLER:
        scales = {**made.scales, **dict.fromkeys(sorted(pictures), percent)}
        yield smaller * (100 - percent) / 6, replace(made, scales=scales)
    for place in (place for place, each in enumerate(order) if set(order[place:]) <= set(pictures)):
        yield from _moved(made, number, place)


def _moved(made: Arrangement, number: int, place: int) -> Iterator[tuple[float, Arrangement]]:
    """The last pictures of a section after a block of the next ones, with the price."""
    order = made.order[number]
    after = [
        (section, at) for section in range(number + 1, len(made.order)) for at in range(1, len(made.order[section]) + 1)
    ]
    for passed, (section, at) in enumerate(after[:_FURTHEST], 1):
        if section >= number + _REACH:
            return
        turned = list(made.order)
        turned[number] = order[:place]
        turned[section] = (*turned[section][:at], *order[place:], *turned[section][at:])
        yield _PRICES[2] ** 2 + _PER_BLOCK * (passed**2 - 1), replace(made, order=tuple(turned))


def _runs(order: Sequence[int], pictures: Collection[int]) -> list[list[int]]:
    """The pictures that follow each other, together."""
    return [list(run) for is_picture, run in groupby(order, pictures.__contains__) if is_picture]
