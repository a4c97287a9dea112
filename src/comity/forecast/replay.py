"""Replays: the list of a year as it could have been made on the day, beside the one that hindsight makes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.errors import BadRequest, OutsideCoverage
from comity.forecast.backtest import Progress, unseen
from comity.forecast.listed import Floats, Numbers
from comity.forecast.replay_lags import Lag, known_on, release_lags
from comity.forecast.scores import compare, scores
from comity.forecast.watch import Watch
from comity.forecast.watch_asking import Wish, first_whole_year, newest
from comity.forecast.watch_fits import Fitted, fits_of, forgotten
from comity.forecast.watch_keeping import Question, kept_whole, stamp
from comity.forecast.watch_known import Known, horizons
from comity.forecast.watch_making import Making, Steps, list_of
from comity.forecast.watch_rows import Listing, Prepared, prepared
from comity.panel.systems import LAST_YEAR
from comity.vocab.dates import check_year

if TYPE_CHECKING:
    from comity.panel.facts import Facts

YEARS = 3  # the replayed one and those before it, on which both are scored


@dataclass(frozen=True)
class Replayed:
    """A list as of a day, how late each source was taken to be, and how it did against hindsight.

    `scores` are of the same pairs and years, by `replay` and `hindsight`; `better` is by how much hindsight is, with
    the interval by pairs drawn again. `came` are the pairs to which the event came in the year of the list, None where
    that is not known; `hindsight` is the chance that hindsight gives to each pair of the list, where it lists it.
    """

    day: date
    watch: Watch
    lags: Mapping[str, Lag]
    years: tuple[int, int]
    rows: int
    onsets: int
    scores: dict[str, dict[str, Any]]
    better: dict[str, Any]
    came: tuple[tuple[str, str], ...] | None
    hindsight: dict[tuple[str, str], float] = field(default_factory=dict)

    def hits(self, count: int) -> int | None:
        """How many of the first pairs the event came to."""
        if self.came is None:
            return None
        return sum(pair.states in self.came for pair in self.watch.pairs[:count])

    def hits_of_hindsight(self, count: int) -> int | None:
        """The same of the list that hindsight makes."""
        if self.came is None:
            return None
        first = sorted(self.hindsight, key=lambda pair: (-self.hindsight[pair], pair))[:count]
        return sum(pair in self.came for pair in first)

    def doubt(self) -> str:
        """That it is only assumed how late the list of what is foretold was, where no release of it is dated."""
        lag = self.lags.get(self.watch.source)
        if lag is None or lag.known_by != "assumed":
            return ""
        lateness = f"{lag.days / 365.25:.1f} years"
        return f"How late {lag.source} was on that day is assumed, {lateness}: no release of it is dated."

    def assumptions(self) -> str:
        """What was assumed of releases, in words."""
        assumed = [lag for lag in self.lags.values() if lag.known_by == "assumed"]
        said = (
            "Each source is taken to be as late on every day as the release that is loaded was when it came out. "
            "Between releases it was later; and figures that were revised since stand as revised. "
            "The register is left out, for it was gathered later."
        )
        if assumed:
            names = ", ".join(lag.source for lag in assumed)
            said += (
                f" No release is dated of {names}: assumed is {assumed[0].days / 365.25:.1f} years, "
                "than which three quarters of the others are quicker."
            )
        return said

    def to_dict(self) -> dict[str, Any]:
        """The replay as plain values."""
        return {
            "day": self.day.isoformat(),
            "list": self.watch.to_dict(),
            "lags": [lag.to_dict() for lag in self.lags.values()],
            "doubt": self.doubt(),
            "assumptions": self.assumptions(),
            "scored": {"years": list(self.years), "rows": self.rows, "onsets": self.onsets},
            "scores": self.scores,
            "hindsight_better_by": self.better,
            "came": None if self.came is None else [list(pair) for pair in self.came],
            "hindsight": [[*pair, chance] for pair, chance in self.hindsight.items()],
        }


def replay(store: Facts, wish: Wish, day: date, folder: Path | None = None, progress: Progress = unseen) -> Replayed:
    """The list for the first whole year from a day on, made as if on that day, with every source as late as it is.

    A replay of the same data by the same code is taken from the folder, where one is given. Raises OutsideCoverage
    where the list of the target had not reached the years learned from by then.
    """
    wish.check()
    if wish.year is not None or wish.horizon != 12:
        raise BadRequest("a replay is of the year that begins on its day or next; name no year and no month")
    check_year(day.year, LAST_YEAR, "a replay as if in")
    target, source, last = newest(store, wish.target, wish.source)
    year = first_whole_year(day)
    listing = Listing(target, source, year, wish.is_relevant, wish.seed, wish.system)
    if year > last + 1:
        raise OutsideCoverage(f"{source} ends in {last}: nothing after {last + 1} can be replayed; ask for --now")
    lags, ends = release_lags(store.abouts().values()), horizons(store.abouts().values())
    then = Known.before(year, known_on(day, lags, ends))
    how = Making("replay", day, then, wish.draws, 0, stamp(store), progress)
    asked = Question(listing, how, (day.isoformat(), *sorted((*lag.to_dict().values(),) for lag in lags.values())))
    wise = Known.before(year, ends)
    years = [each for each in range(year - YEARS + 1, year + 1) if each <= last]
    return kept_whole(folder, asked, Replayed, lambda: _replayed(store, asked, (wise, years), lags))


def _replayed(store: Facts, asked: Question, hindsight: tuple[Known, list[int]], lags: Mapping[str, Lag]) -> Replayed:
    """Both lists, that of the day and that of hindsight; the inputs of the first are let go before the second."""
    listing, how, (wise, years) = asked.listing, asked.how, hindsight
    wanted = {*years, listing.year - 1, listing.year}
    work = Steps(how.progress, 2 * len(wanted) + how.draws)
    held = prepared(store, listing, how.known, how.progress)
    fits = fits_of(held, wanted, work.step)
    held = held.without_inputs()
    watch = list_of(held, fits, how, work).watch
    fits = {year: forgotten(fit) for year, fit in fits.items()}
    other = prepared(store, listing, wise, how.progress)
    of_other = fits_of(other, wanted, work.step)
    return _scored(how.made_on, (watch, lags), (held, other), (fits, of_other), years)


def _scored(
    day: date,
    made: tuple[Watch, Mapping[str, Lag]],
    held: tuple[Prepared, Prepared],
    fits: tuple[Mapping[int, Fitted], Mapping[int, Fitted]],
    years: list[int],
) -> Replayed:
    """Both lists scored on the pairs that both have."""
    watch, lags = made
    (y, pair, one), (_, other_pair, other) = (_rows(*each, years) for each in zip(held, fits, strict=True))
    shared, here, there = np.intersect1d(pair, other_pair, return_indices=True)
    y, chance = y[here], (other[there], one[here])
    said: dict[str, dict[str, Any]] = {}
    better: dict[str, Any] = {}
    if len(y) and y.sum() > 0:
        said = {"replay": scores(y, chance[1]).to_dict(), "hindsight": scores(y, chance[0]).to_dict()}
        better = compare(y, chance, shared // 10_000).to_dict()
        said, better = json.loads(json.dumps([said, better]))  # numpy's numbers become Python's
    rows = held[1].rows
    place = fits[1][watch.year]
    names = held[1].names(place.rows)
    hindsight = dict(zip(names, place.chance().tolist(), strict=True))
    known = rows.y[place.rows]
    came = None
    if not np.isnan(known).all():
        came = tuple(name for name, happened in zip(names, known, strict=True) if happened == 1)
    span = (min(years, default=watch.year), max(years, default=watch.year))
    return Replayed(day, watch, lags, span, len(y), int(y.sum()), said, better, came, hindsight)


def _rows(held: Prepared, fits: Mapping[int, Fitted], years: list[int]) -> tuple[Floats, Numbers, Floats]:
    """What came of the rows of some years, the key of each, and its chance."""
    if not years:
        return np.zeros(0), np.zeros(0, dtype=np.int64), np.zeros(0)
    rows = np.concatenate([fits[year].rows for year in years])
    chance = np.concatenate([fits[year].chance() for year in years])
    known = ~np.isnan(held.rows.y[rows])
    key = (held.rows.pair * 10_000 + held.rows.year)[rows]
    return held.rows.y[rows][known], key[known], chance[known]
