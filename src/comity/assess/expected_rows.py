"""What is observed of every pair and year of one instrument, and what is known of the pair a year before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from comity.assess.view import looked_back
from comity.errors import OutsideCoverage, UnknownWord
from comity.network.pair_years import Matrix, Numbers, PairYears, before, latest_known, pair_years
from comity.panel.completeness import completeness
from comity.panel.occasions import lists_of
from comity.panel.seams import seams

if TYPE_CHECKING:
    from comity.panel.facts import Facts

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

STALE = 10  # years for which borders, regimes and pacts are taken as last known
LEAST_CINC = 5e-7  # half of the last digit in which the publisher prints shares of capability
LEAST_SOME = 30  # pairs with something that a span of years has to hold to have a level of its own


@dataclass(frozen=True)
class Instrument:
    """An instrument whose amounts can be expected: its word in the record, its measure, and what it counts."""

    name: str
    measure: str
    one: str
    many: str


INSTRUMENTS = {
    "exercise": Instrument("exercise", "exercise_count", "exercise", "exercises"),
    "visit": Instrument("visit", "visit_count", "listed visit", "listed visits"),
    "arms_transfer": Instrument("arms_transfer", "arms_order_count", "order of arms", "orders of arms"),
    "agreement": Instrument("agreement", "agreement_count", "agreement", "agreements"),
}
NOBODY = "nobody"  # a state to which no list is limited
_ALSO = {"arms": "arms_transfer"}


def _log_distance(pairs: PairYears) -> Matrix:
    return np.log(np.maximum(pairs.of("capital_distance_km"), 1.0))


def _size(pairs: PairYears) -> Matrix:
    a, b = (np.log(np.maximum(side, LEAST_CINC)) for side in pairs.of_states("cinc_share"))
    return a + b


def _measure(name: str) -> Callable[[PairYears], Matrix]:
    return lambda pairs: pairs.of(name)


def _told(name: str) -> Callable[[PairYears], Matrix]:
    return lambda pairs: pairs.told(name)


def _shared_organisations(pairs: PairYears) -> Matrix:
    """Organizations of both, in the years of a list that holds itself complete: other lists name a few of them."""
    values = pairs.told("shared_organisation_count")
    known = pairs.panel.ground.store.coverage("organisation_membership")
    ends = [each.end.year for _, each in known if each.completeness == "complete"]
    values[:, pairs.years > max(ends, default=0)] = np.nan
    return np.log1p(values)


GRAVITY: dict[str, Callable[[PairYears], Matrix]] = {
    "log distance": _log_distance,
    "land border": _measure("has_land_border"),
    "log size": _size,
    "log imbalance": _measure("cinc_log_ratio"),
    "defense pact": _told("is_defense_ally"),
    "joint democracy": _measure("is_joint_democracy"),
    "ideal-point distance": _measure("ideal_point_distance"),
    "log shared organizations": _shared_organisations,
    "major powers": _measure("major_power_count"),
}


@dataclass(frozen=True)
class Observed:
    """The pair-years of an instrument that can be compared with an expectation.

    `stretch` numbers the years of a pair in which the same lists speak; `breaks` are the years in which others begin or
    end for pairs whom no list singles out. `is_listed` marks amounts from a list that follows a state without holding
    itself complete: what it does not name is 0 listed. `log_share` is the logarithm of the estimated share that lists
    know, 0 where none is estimated.
    """

    instrument: Instrument
    states: tuple[str, ...]
    state_a: Numbers
    state_b: Numbers
    year: Numbers
    amount: Floats
    x: Matrix
    log_share: Floats
    has_share: Flags
    is_listed: Flags
    stretch: Numbers
    breaks: tuple[int, ...]
    unknown: int
    left_out: dict[str, int]
    incomplete: int

    def among(self, kept: Flags) -> Observed:
        """Some of the pair-years."""
        names = ("state_a", "state_b", "year", "amount", "x", "log_share", "has_share", "is_listed", "stretch")
        return replace(self, **{name: getattr(self, name)[kept] for name in names})

    @property
    def pair(self) -> Numbers:
        """A number that is the pair's own; rows of a pair follow each other by year."""
        return self.state_a * len(self.states) + self.state_b


def instrument_of(name: str) -> Instrument:
    """The instrument of a name; UnknownWord names those of which amounts can be expected."""
    name = _ALSO.get(name, name)
    if name not in INSTRUMENTS:
        raise UnknownWord(f"nothing is expected of instrument {name!r}; there are {', '.join(INSTRUMENTS)}")
    return INSTRUMENTS[name]


def observed(store: Facts, instrument: Instrument, years: tuple[int, int], known: int | None = None) -> Observed:
    """The pair-years of some years in which an amount is known or followed by a list, and all of gravity is known.

    Where it is said to which year lists are `known`, their completeness is estimated from those years, and of later
    ones it is the last estimate.
    `unknown` counts pair-years of which nothing is known, `left_out` those that lack a term of gravity, by term.
    """
    pairs = pair_years(store, (looked_back(years[0], STALE + 1)[0], years[1]))
    amount, is_listed, stretch = _amounts(store, instrument, pairs)
    is_asked = pairs.exists & (pairs.years >= years[0])
    row, column = np.nonzero(is_asked & ~np.isnan(amount))
    if not len(row) or not (amount[row, column] == 0).any():
        raise OutsideCoverage(
            f"no list says of {instrument.many} in {years[0]}:{years[1]} where none took place; nothing can be expected"
        )
    x = np.column_stack([before(latest_known(make(pairs), STALE))[row, column] for make in GRAVITY.values()])
    missing = np.isnan(x)
    is_whole: Flags = np.logical_not(missing.any(axis=1))
    log_share, has_share = _shares(store, instrument, pairs, (years[0], min(years[1], known or years[1])))
    a, b, place = pairs.state_a[row], pairs.state_b[row], pairs.years[column] - pairs.years[0]
    pick = _pair_shares((log_share, has_share), a, b, place)
    left_out = {name: int(count) for name, count in zip(GRAVITY, missing.sum(axis=0), strict=True) if count}
    made = Observed(
        *(instrument, pairs.states, a, b, pairs.years[column], amount[row, column], x, *pick),
        is_listed=is_listed[row, column],
        stretch=stretch[row, column],
        breaks=tuple(_breaks(store, instrument, NOBODY)),
        unknown=int((is_asked & np.isnan(amount)).sum()),
        left_out=left_out,
        incomplete=int((~is_whole).sum()),
    )
    return made.among(is_whole)


def _amounts(store: Facts, instrument: Instrument, pairs: PairYears) -> tuple[Matrix, Flags, Numbers]:
    """The amount of each pair and year, whether a list that follows a state says it, and the stretch of lists."""
    values = pairs.of(instrument.measure)
    amount = pairs.told(instrument.measure)
    is_listed = np.zeros(amount.shape, dtype=bool)
    number = {state: place for place, state in enumerate(pairs.states)}
    stretch = np.broadcast_to(_stretches(store, instrument, pairs, NOBODY), amount.shape).copy()
    lists = lists_of(store, instrument.name)
    for state in sorted(lists.singled & set(number)):
        mine = (pairs.state_a == number[state]) | (pairs.state_b == number[state])
        stretch[mine] = np.maximum(stretch[mine], 0) * 100 + _stretches(store, instrument, pairs, state)
    for reach in lists.reaches:
        followed = _followed(pairs, reach.states, reach.pairs, number)
        cells = followed[:, None] & np.isin(pairs.years, sorted(reach.years)) & np.isnan(amount) & pairs.exists
        amount[cells] = np.nan_to_num(values[cells])
        is_listed |= cells
    return amount, is_listed, stretch


def _followed(
    pairs: PairYears, states: frozenset[str], named: frozenset[tuple[str, str]], number: dict[str, int]
) -> Flags:
    """The pairs that a list limited to some states follows."""
    numbers = [number[state] for state in states if state in number]
    found: Flags = np.isin(pairs.state_a, numbers) | np.isin(pairs.state_b, numbers)
    if named:
        keys = {number[a] * len(number) + number[b] for a, b in named if a in number and b in number}
        keys |= {number[b] * len(number) + number[a] for a, b in named if a in number and b in number}
        found &= np.isin(pairs.state_a * len(number) + pairs.state_b, sorted(keys))
    return found


def _stretches(store: Facts, instrument: Instrument, pairs: PairYears, state: str) -> Numbers:
    """The number of the stretch of each year; lists limited to others than the state do not speak."""
    return np.searchsorted(_breaks(store, instrument, state), pairs.years, side="right").astype(np.int64)


def _breaks(store: Facts, instrument: Instrument, state: str) -> list[int]:
    return [seam.year for seam in seams(store, instrument.name, (state,))]


def _shares(store: Facts, instrument: Instrument, pairs: PairYears, years: tuple[int, int]) -> tuple[Matrix, Flags]:
    """The logarithm of the share that lists know of each state and year, and whether one is estimated."""
    number = {state: place for place, state in enumerate(pairs.states)}
    shares = np.zeros((len(pairs.states), len(pairs.years)))
    has = np.zeros(shares.shape, dtype=bool)
    found = completeness(store, instrument.name, years)
    columns = (found.column(name).to_pylist() for name in ("state", "year", "completeness"))
    for state, year, share in zip(*columns, strict=True):
        if share and state in number:
            shares[number[state], year - pairs.years[0]] = np.log(share)
            has[number[state], year - pairs.years[0]] = True
    last = years[1] - int(pairs.years[0])
    shares[:, last + 1 :], has[:, last + 1 :] = shares[:, [last]], has[:, [last]]
    return shares, has


def _pair_shares(told: tuple[Matrix, Flags], a: Numbers, b: Numbers, place: Numbers) -> tuple[Floats, Flags]:
    """Of a pair, the mean of the logarithms of its two states' shares, of those that are estimated."""
    shares, has = told
    count = has[a, place].astype(int) + has[b, place]
    return (shares[a, place] + shares[b, place]) / np.maximum(count, 1), count > 0


def spans_of(year: Numbers, amount: Floats, breaks: tuple[int, ...]) -> Numbers:
    """The span of years of each row: years joined until enough pairs in them have something, never over a break."""
    kinds, place = np.unique(year, return_inverse=True)
    some = np.bincount(place, amount > 0)
    stretch = np.searchsorted(breaks, kinds, side="right")
    span, held = np.zeros(len(kinds), dtype=np.int64), float(some[0])
    for at in range(1, len(kinds)):
        is_new = stretch[at] != stretch[at - 1]
        rest = some[at:][stretch[at:] == stretch[at]].sum()  # what is left of a stretch joins what was before it
        opens = is_new or (held >= LEAST_SOME and rest >= LEAST_SOME)
        span[at] = span[at - 1] + opens
        held = some[at] if opens else held + some[at]
    spans: Numbers = span[place]
    return spans
