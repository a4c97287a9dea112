"""The rows of a watch list: pairs in a year and in those before it, what was known of them then, and what came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from comity.errors import OutsideCoverage
from comity.forecast.backtest import Progress, unseen
from comity.forecast.begun import begun
from comity.forecast.features import AROUND, Features, features
from comity.forecast.listed import Flags, Floats, Listed, Numbers, listed
from comity.forecast.months import MonthCases, by_month, thinned
from comity.forecast.months_inputs import MonthTable
from comity.forecast.months_past import month_past
from comity.forecast.targets import Cases, Wanted, cases, find_target
from comity.forecast.watch_known import Heard, Known

if TYPE_CHECKING:
    from comity.panel.facts import Facts
    from comity.panel.systems import StateSystem

FIRST_YEAR = 1946  # of those learned from
RELEVANCE = "is_relevant_first"
STEPS = 5  # of preparing, as progress counts them


@dataclass(frozen=True)
class Listing:
    """What a list is of: the target and whose list it is taken from, the year, and which pairs.

    With a `month` of 1 to 12 it is of that month; with 0 of the whole year.
    """

    target: str
    source: str | None
    year: int
    is_relevant: bool = True
    seed: int = 0
    system: str | StateSystem = "cow"
    month: int = 0

    @property
    def period(self) -> int:
        """The year, or the month as the months since the beginning of the calendar; see `Prepared.period`."""
        return self.year * 12 + self.month - 1 if self.month else self.year


@dataclass(frozen=True)
class Prepared:
    """Rows from the first year to that of the list, with their inputs as they were known by then.

    Rows are pairs in years, or in months where the list is of a month. `known_to` is the last year of the target's
    list that is heard, `ends` that of the whole list, `late` by how many years what is heard lags; what came of the
    rows is told up to the end of the whole list, and whoever learns from them must stop at `learned`.
    """

    listing: Listing
    known: Known
    rows: Cases
    made: Features | MonthTable
    facing: Listed
    known_to: int
    ends: int
    late: int
    unplaced: int
    spoken: frozenset[str]

    def learned(self, year: int) -> tuple[Flags, float]:
        """The rows that a list for a year, or for its months, learns from: what came of them was known by then.

        Of months of peace one in twelve is among them. The second value is what the log odds of a model that learned
        from them are to be moved by for that; none where rows are years.
        """
        held: Flags = ~np.isnan(self.rows.y) & (self.rows.year <= year - 1 - self.late)
        return thinned(self.rows, held, self.listing.seed)

    def asked(self, year: int) -> Flags:
        """The rows of a year that are foretold: of the list's own year its month, and the one before it, alone."""
        held: Flags = self.rows.year == year
        if self.listing.month and year == self.listing.year:
            held &= (self.period == self.listing.period) | (self.period == self.listing.period - 1)
        return held

    def without_inputs(self) -> Prepared:
        """The same rows without their inputs, which take most of the room, when no fit is to come."""
        return replace(self, made=self.made.at(np.zeros(0, dtype=np.int64), []))

    @property
    def period(self) -> Numbers:
        """The year of each row, or twelve times the year and 0 to 11 for the month."""
        return self.rows.step if isinstance(self.rows, MonthCases) else self.rows.year

    def names(self, rows: npt.NDArray[np.intp]) -> list[tuple[str, str]]:
        """The two states of each of some rows, by their places."""
        states = self.rows.panel.rows.index.states
        sides = (self.rows.state_a[rows].tolist(), self.rows.state_b[rows].tolist())
        return [(states[one], states[other]) for one, other in zip(*sides, strict=True)]


def prepared(store: Facts, listing: Listing, known: Known, progress: Progress = unseen) -> Prepared:
    """The rows of a list and their inputs, from a store in which each source is heard as it was known.

    Raises OutsideCoverage where the target's list does not reach into the years learned from.
    """
    target, chosen = find_target(listing.target, listing.source)
    heard = Heard(store, known)
    first = max(FIRST_YEAR, listed(heard, chosen, ()).first)  # before it nothing is known of the pairs' own past
    if first >= listing.year:
        raise OutsideCoverage(f"{chosen} begins too late for a list of {listing.year}")
    wanted = Wanted((first, listing.year), is_relevant=False, system=listing.system)
    progress("inputs", 0, STEPS)
    rows, whole = (cases(each, target.name, chosen, wanted) for each in (heard, store))
    progress("inputs", 1, STEPS)
    place, unplaced = _places(rows, whole), 0
    if listing.is_relevant:
        kept, unplaced = _relevant((rows, whole), place, listing.year)
        rows, place = rows.among(kept), place[kept]
    progress("inputs", 2, STEPS)
    source = rows.main.source
    facing = listed(Heard(store, replace(known, late={})), chosen, rows.panel.rows.index.states)
    known_to = min(facing.last, listing.year - 1)
    late = listing.year - 1 - known_to
    if known_to < FIRST_YEAR or known.late.get(source, 0) < late:
        raise OutsideCoverage(f"{source} is known to {known_to}, too early for a list of {listing.year}")
    rows = replace(rows, y=whole.y[place])
    ends, made = whole.main.last, features(heard, rows)
    progress("inputs", 3, STEPS)
    told: tuple[Cases, Features | MonthTable] = (rows, made)
    if listing.month:
        told = _by_month((store, heard), rows, made)
    rows.panel.columns.clear()
    progress("inputs", STEPS, STEPS)
    return Prepared(listing, known, *told, facing, known_to, ends, late, unplaced, frozenset(heard.spoken))


def _by_month(both: tuple[Facts, Facts], rows: Cases, made: Features) -> tuple[MonthCases, MonthTable]:
    """The months of pair-years and their inputs, as late as they are heard; what came of them as the store tells it."""
    store, heard = both
    states, main = rows.panel.rows.index.states, rows.main
    begins = begun(heard, main, states)
    months = by_month(rows, begins)
    told = month_past(months, begins, AROUND)
    began = told.pop("began_this_year")
    if "met_in_decade" in made.names:
        told["met_in_decade"] = np.fmax(made.column("met_in_decade")[months.of_year], began)
    truly = by_month(rows, begun(store, listed(store, main.name, states), states))
    return replace(months, y=truly.y), MonthTable(made, told, months.of_year)


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
