"""Pairs by month: which of them exist, what came in each month, and which months are learned from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from zlib import crc32

import numpy as np

from comity.forecast.begun import Begun
from comity.forecast.listed import Flags, Floats, Numbers
from comity.forecast.targets import FORCE, Cases

EVERY = 12  # of the months of peace one in so many is learned from


@dataclass(frozen=True)
class MonthCases(Cases):
    """Pair-months to forecast: as pair-years are, with the month of each (0 to 11) and the pair-year it is of."""

    month: Numbers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    of_year: Numbers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @property
    def step(self) -> Numbers:
        """The months since the beginning of the calendar: twelve times the year, and 0 for January."""
        return self.year * 12 + self.month

    def among(self, kept: Flags) -> MonthCases:
        """Some of the rows."""
        held = super().among(kept)
        assert isinstance(held, MonthCases)
        return replace(held, month=self.month[kept], of_year=self.of_year[kept])


def by_month(years: Cases, begins: Begun) -> MonthCases:
    """The months of pair-years in which both states were there, with what came of each.

    An outcome is unknown before the list begins and after it ends, and in all months of a year in which the pair
    began something of which only the year is told. A pair is quiet as it was at the start of the year, until
    something begins.
    """
    of_year = np.repeat(np.arange(len(years)), 12)
    month = np.tile(np.arange(12), len(years))
    there = _there(years, of_year, month)
    of_year, month = of_year[there], month[there]
    step = years.year[of_year] * 12 + month
    facing = _Facing(_key(years.pair[of_year], step), begins, len(years.panel.rows.index.states))
    is_told = (step >= begins.first) & (step <= begins.last)
    y, force, fatal = (
        np.where(is_told, facing.onsets(*least), np.nan)
        for least in (
            (years.target.least_hostility, years.target.least_fatality),
            (max(years.target.least_hostility, FORCE), years.target.least_fatality),
            (years.target.least_hostility, 1),
        )
    )
    quiet = years.is_quiet[of_year] & ~facing.began_this_year()
    return MonthCases(
        target=years.target,
        panel=years.panel,
        lists=years.lists,
        row=years.row[of_year],
        before=years.before[of_year],
        y=y,
        is_quiet=quiet,
        marks={"force": force, "fatal": fatal},
        month=month,
        of_year=of_year,
    )


def thinned(rows: Cases, learned: Flags, seed: int) -> tuple[Flags, float]:
    """The rows learned from with one month of peace in twelve, drawn anew for each pair and year; years stay whole.

    The second value is what the log odds of a model so fitted are to be moved by: the logarithm of the share of the
    months of peace that were kept. Nothing else of a model of odds changes.
    """
    if not isinstance(rows, MonthCases):
        return learned, 0.0
    peace = learned & (rows.y == 0)
    kept = peace & (rows.month == _drawn(rows, seed))
    share = kept.sum() / max(int(peace.sum()), 1)
    return kept | (learned & (rows.y == 1)), float(np.log(share)) if share > 0 else 0.0


def _drawn(rows: MonthCases, seed: int) -> Numbers:
    """A month for each pair and year, from the codes of the states alone: the same in every panel that holds them."""
    code = np.array([crc32(str(state).encode()) for state in rows.panel.rows.index.states], dtype=np.uint64)
    mixed = code[rows.state_a] * np.uint64(1_000_003) + code[rows.state_b]
    mixed = mixed * np.uint64(10_007) + rows.year.astype(np.uint64)
    mixed = mixed + np.uint64(seed * 0x9E3779B97F4A7C15 % 2**64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):  # the finalizer of SplitMix64
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    drawn: Numbers = ((mixed ^ (mixed >> np.uint64(31))) % np.uint64(EVERY)).astype(np.int64)
    return drawn


def _key(pair: Numbers, step: Numbers) -> Numbers:
    return pair * 100_000 + step


def _there(years: Cases, of_year: Numbers, month: Numbers) -> Flags:
    """Whether both states of a pair were members on any day of the month."""
    spine = years.panel.rows
    first, count = spine.index.first_year, spine.index.year_count
    place = {state: number for number, state in enumerate(spine.index.states)}
    member = np.zeros((len(place), count * 12), dtype=bool)
    for spell in spine.system.members:
        if spell.state in place:
            start = (spell.start.year - first) * 12 + spell.start.month - 1
            end = count * 12 if spell.end is None else (spell.end.year - first) * 12 + spell.end.month
            member[place[spell.state], max(start, 0) : max(end, 0)] = True
    step = (years.year[of_year] - first) * 12 + month
    both: Flags = member[years.state_a[of_year], step] & member[years.state_b[of_year], step]
    return both


class _Facing:
    """The beginnings of a list, found among rows by their keys."""

    def __init__(self, key: Numbers, begins: Begun, count: int) -> None:
        self.size, self.begins = len(key), begins
        self.order = np.argsort(key, kind="stable")
        self.sorted = key[self.order]
        self.pair = begins.state_a * count + begins.state_b

    def onsets(self, least_hostility: int, least_fatality: int) -> Floats:
        """Whether a beginning that counts came in each row: 1 if one did, NaN if one might have."""
        level = np.ones(len(self.pair))
        for values, least in ((self.begins.hostility, least_hostility), (self.begins.fatality, least_fatality)):
            if least:
                level = np.where(np.isnan(values), np.nan, np.minimum(level, values >= least))
        found, told = np.zeros(self.size), self.begins.is_told
        maybe = ~told & (level != 0)
        for month in range(12):
            found[self._rows(maybe, self.begins.step // 12 * 12 + month)] = np.nan
        found[self._rows(told & np.isnan(level), self.begins.step)] = np.nan
        found[self._rows(told & (level == 1), self.begins.step)] = 1.0
        return found

    def began_this_year(self) -> Flags:
        """Whether the pair began something earlier in the same year."""
        found = np.zeros(self.size, dtype=bool)
        for later in range(1, 12):
            is_same_year = (self.begins.step + later) // 12 == self.begins.step // 12
            found[self._rows(is_same_year, self.begins.step + later)] = True
        return found

    def _rows(self, kept: Flags, step: Numbers) -> Numbers:
        key = _key(self.pair, step)[kept]
        at = np.minimum(np.searchsorted(self.sorted, key), self.size - 1)
        rows: Numbers = self.order[at[self.sorted[at] == key]]
        return rows
