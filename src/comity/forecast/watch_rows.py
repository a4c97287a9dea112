"""The rows of a watch list: pairs in a year and in those before it, what was known of them then, and what came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from comity.errors import OutsideCoverage
from comity.forecast.features import Features, features
from comity.forecast.listed import Flags, Floats, Listed, Numbers, listed
from comity.forecast.targets import Cases, Wanted, cases, find_target
from comity.forecast.watch_known import Heard, Known

if TYPE_CHECKING:
    from comity.panel.facts import Facts
    from comity.panel.systems import StateSystem

FIRST_YEAR = 1946  # of those learned from
RELEVANCE = "is_relevant_first"


@dataclass(frozen=True)
class Listing:
    """What a list is of: the target and whose list it is taken from, the year, and which pairs."""

    target: str
    source: str | None
    year: int
    is_relevant: bool = True
    seed: int = 0
    system: str | StateSystem = "cow"


@dataclass(frozen=True)
class Prepared:
    """Rows from the first year to that of the list, with their inputs as they were known by then.

    `known_to` is the last year of the target's list that is heard, `ends` that of the whole list, `late` by how many
    years what is heard lags; what came of the
    rows is told up to the end of the whole list, and whoever learns from them must stop at `learned`.
    """

    listing: Listing
    known: Known
    rows: Cases
    made: Features
    facing: Listed
    known_to: int
    ends: int
    late: int
    unplaced: int
    spoken: frozenset[str]

    def learned(self, year: int) -> Flags:
        """The rows that a list for a year may learn from: what came of them was known by then, as late as it is."""
        held: Flags = ~np.isnan(self.rows.y) & (self.rows.year <= year - 1 - self.late)
        return held

    @property
    def ahead(self) -> Flags:
        """The rows of the list's own year."""
        held: Flags = self.rows.year == self.listing.year
        return held

    def name(self, row: int) -> tuple[str, str]:
        """The two states of a row."""
        states = self.rows.panel.rows.index.states
        return states[self.rows.state_a[row]], states[self.rows.state_b[row]]


def prepared(store: Facts, listing: Listing, known: Known) -> Prepared:
    """The rows of a list and their inputs, from a store in which each source is heard as it was known.

    Raises OutsideCoverage where the target's list does not reach into the years learned from.
    """
    target, chosen = find_target(listing.target, listing.source)
    heard = Heard(store, known)
    first = max(FIRST_YEAR, listed(heard, chosen, ()).first)  # before it nothing is known of the pairs' own past
    if first >= listing.year:
        raise OutsideCoverage(f"{chosen} begins too late for a list of {listing.year}")
    wanted = Wanted((first, listing.year), is_relevant=False, system=listing.system)
    rows = cases(heard, target.name, chosen, wanted)
    whole = cases(store, target.name, chosen, wanted)
    place, unplaced = _places(rows, whole), 0
    if listing.is_relevant:
        kept, unplaced = _relevant((rows, whole), place, listing.year)
        rows, place = rows.among(kept), place[kept]
    source = rows.main.source
    facing = listed(Heard(store, replace(known, late={})), chosen, rows.panel.rows.index.states)
    late = listing.year - 1 - facing.last
    if facing.last < FIRST_YEAR or known.late.get(source, 0) < late:
        raise OutsideCoverage(f"{source} is known to {facing.last}, too early for a list of {listing.year}")
    rows = replace(rows, y=whole.y[place])
    made = features(heard, rows)
    rows.panel.columns.clear()
    ends = whole.main.last
    return Prepared(listing, known, rows, made, facing, facing.last, ends, late, unplaced, frozenset(heard.spoken))


def _relevant(both: tuple[Cases, Cases], place: Numbers, year: int) -> tuple[Flags, int]:
    """Which rows are of politically relevant pairs, and of how many of the list's own year that is not known.

    By what was known the year before. Of a pair so new that this is not told, by the store as it is: where a state
    lies is known on the day it is founded. A pair of which neither tells is left out.
    """
    heard, whole = (_flag(each) for each in both)
    told = np.where(np.isnan(heard), whole[place], heard)
    is_unknown = np.isnan(told)
    if is_unknown.all():
        raise OutsideCoverage(
            "which pairs are relevant is not known of any; run `comity load contiguity cow_states`, or ask for all"
        )
    return told > 0, int((is_unknown & (both[0].year == year)).sum())


def _flag(rows: Cases) -> Floats:
    flag = rows.panel.add(RELEVANCE)[RELEVANCE]
    told: Floats = flag[np.where(rows.before >= 0, rows.before, rows.row)]
    del rows.panel.columns[RELEVANCE]
    return told


def _places(rows: Cases, whole: Cases) -> Numbers:
    """The place of each row among those of the store as it is; both come from the same spine."""
    key, held = _keys(rows), _keys(whole)
    order = np.argsort(held)
    place: Numbers = order[np.searchsorted(held, key, sorter=order).clip(max=len(held) - 1)]
    assert (held[place] == key).all(), "both come from the same spine"
    return place


def _keys(rows: Cases) -> Numbers:
    made: Numbers = rows.pair * 10_000 + rows.year
    return made
