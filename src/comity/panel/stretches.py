"""Stretches: runs of years over which the same lists speak for the same states, and what the lists hold there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from comity.panel.capture import LEAST_OVERLAP, Captured, chapman
from comity.panel.occasions import Lists, Reach

Mask = npt.NDArray[np.bool_]
HALF_WINDOW = 2  # an estimate for a year rests on the two years before and after it too


@dataclass(frozen=True)
class Stretch:
    """A run of years over which the same lists speak for `scope`: one state, or ("" ) every state no list singles out.

    `first`, `second` and `both` say of each cell on which of the two lists that are compared it stands: the longest
    family of lists, and all others together. With fewer than two families nothing is compared (`is_compared`).
    """

    lists: Lists
    scope: str
    years: tuple[int, int]
    sources: tuple[str, ...]
    is_complete: bool
    is_compared: bool
    partner_count: int | None
    rows: npt.NDArray[np.int64]
    first: Mask
    second: Mask

    def counts(self, chosen: Mask | None = None) -> npt.NDArray[np.float64]:
        """Cells per year on the first list, on the second and on both: three rows, one column per year."""
        span = self.years[1] - self.years[0] + 1
        at = self.lists.year[self.rows] - self.years[0]
        sides = (self.first, self.second, self.first & self.second)
        picked = [side if chosen is None else side & chosen for side in sides]
        return np.stack([np.bincount(at[side], minlength=span).astype(float) for side in picked])

    def counts_of(self, names: tuple[str, ...]) -> npt.NDArray[np.float64]:
        """Cells per state and year on the first list, the second, both, and any: the first axis."""
        span = self.years[1] - self.years[0] + 1
        places = {name: place for place, name in enumerate(names)}
        # A state that is not asked for is counted in a last row, which is cut off.
        rows = np.array([places.get(name, len(names)) for name in self.lists.states], dtype=np.int64)
        at = self.lists.year[self.rows] - self.years[0]
        counts = np.zeros((4, len(names) + 1, span))
        every = np.ones(len(at), dtype=bool)
        for layer, side in zip(counts, (self.first, self.second, self.first & self.second, every), strict=True):
            for party in (self.lists.state_a, self.lists.state_b):
                np.add.at(layer, (rows[party[self.rows[side]]], at[side]), 1)
        return counts[:, :-1]

    def involving(self, states: frozenset[str]) -> Mask:
        """Which cells name one of these states."""
        numbers = [place for place, name in enumerate(self.lists.states) if name in states]
        return np.isin(self.lists.state_a[self.rows], numbers) | np.isin(self.lists.state_b[self.rows], numbers)


def stretches(lists: Lists, years: tuple[int, int]) -> list[Stretch]:
    """The stretches of an instrument that reach into some years, each whole: first those of most states, then others.

    A state that a list singles out (the travel of one state's leaders) has stretches of its own.
    """
    found = []
    for scope in ("", *sorted(lists.singled)):
        reaches = [reach for reach in lists.reaches if not reach.states or scope in reach.states]
        for first, last, speaking in _runs(reaches):
            if first <= years[1] and last >= years[0]:
                found.append(_stretch(lists, scope, (first, last), speaking))
    return found


def _runs(reaches: list[Reach]) -> list[tuple[int, int, tuple[Reach, ...]]]:
    """Runs of years with the same lists speaking, and the same of them complete."""
    years = sorted({year for reach in reaches for year in reach.years})
    told = [(year, [(r, year in r.complete_years) for r in reaches if year in r.years]) for year in years]
    # A year that no list knows parts two runs, although the same lists speak on both sides of it.
    groups = groupby(enumerate(told), key=lambda item: (item[1][0] - item[0], item[1][1]))
    runs = []
    for (_, speaking), held in groups:
        span = [year for _, (year, _) in held]
        runs.append((span[0], span[-1], tuple(reach for reach, _ in speaking)))
    return runs


def _stretch(lists: Lists, scope: str, years: tuple[int, int], speaking: tuple[Reach, ...]) -> Stretch:
    bits = lists.mask(frozenset(reach.source for reach in speaking))
    held = (lists.bits & bits != 0) & (lists.year >= years[0]) & (lists.year <= years[1])
    if scope:
        number = lists.states.index(scope) if scope in lists.states else -1
        held &= (lists.state_a == number) | (lists.state_b == number)
    is_everywhere = len({reach.family for reach in speaking if not reach.pairs}) > 1
    is_compared = len({reach.family for reach in speaking}) > 1
    pairs = frozenset[tuple[str, str]]()
    if is_compared and not is_everywhere:
        # Only of the pairs that both know can the two be compared.
        pairs = frozenset.intersection(*(reach.pairs for reach in speaking if reach.pairs))
        held &= np.fromiter((pair in pairs for pair in _named(lists)), dtype=bool, count=len(held))
    rows = np.flatnonzero(held)
    longest = _longest(lists, rows, speaking)
    cells = lists.bits[rows]
    return Stretch(
        lists=lists,
        scope=scope,
        years=years,
        sources=tuple(sorted(reach.source for reach in speaking)),
        is_complete=any(years[0] in reach.complete_years for reach in speaking),
        is_compared=is_compared,
        partner_count=len(pairs) if pairs else None,
        rows=rows,
        first=cells & longest != 0,
        second=cells & (bits & ~longest) != 0,
    )


def _named(lists: Lists) -> zip[tuple[str, str]]:
    names = np.array(lists.states, dtype=object)
    return zip(names[lists.state_a], names[lists.state_b], strict=True)


def _longest(lists: Lists, rows: npt.NDArray[np.int64], speaking: tuple[Reach, ...]) -> int:
    """The bits of the family of lists that names most cells; of two as long, the one first by name."""
    families = {
        family: lists.mask(frozenset(reach.source for reach in speaking if reach.family == family))
        for family in sorted({reach.family for reach in speaking})
    }
    return max(families.values(), key=lambda bits: int(np.count_nonzero(lists.bits[rows] & bits)))


def windowed(counts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Counts per year summed over each year and the years near it; the last axis is that of years.

    >>> windowed(np.array([1.0, 0.0, 0.0, 5.0])).tolist()
    [1.0, 6.0, 6.0, 5.0]
    """
    total = np.zeros(counts.shape)
    span = counts.shape[-1]
    for step in range(-HALF_WINDOW, HALF_WINDOW + 1):
        near, far = max(step, 0), span + min(step, 0)
        total[..., max(-step, 0) : span - max(step, 0)] += counts[..., near:far]
    return total


def pooled(counts: npt.NDArray[np.float64]) -> Captured:
    """The estimate from three counts (first, second, both) along the first axis."""
    return chapman(counts[0], counts[1], counts[2], LEAST_OVERLAP)
