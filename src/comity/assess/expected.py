"""Expected engagement: of every pair and year, what was seen beside what one would expect of such a pair.

The expectation is a gravity model fitted by Poisson pseudo-maximum likelihood, corrected by the share that the lists
know. Intervals hold 95 of 100 amounts. Years that other lists tell of than the years before are never compared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.assess.expected_fit import Gravity, gravity_of, usual
from comity.assess.expected_law import chance_at_least, chance_at_most, interval
from comity.assess.expected_rows import Flags, Floats, Observed, instrument_of, observed
from comity.assess.expected_silence import Silence, silences_of
from comity.assess.expected_words import amount_of, short, times_of
from comity.errors import BadRequest, OutsideCoverage, UnknownWord

if TYPE_CHECKING:
    from comity.network.pair_years import Numbers
    from comity.panel.facts import Facts

Progress = Callable[[str, int, int], None]
_REGIONS = "SELECT region, states FROM core.region ORDER BY region"


def unseen(_name: str, _done: int, _total: int) -> None:
    """Nobody looks at the work under way."""


@dataclass(frozen=True)
class Comparison:
    """One pair and year: what was seen, and what one would expect.

    `low` to `high` holds 95 of 100 such pairs. `usual` is what one would expect of this pair, given what it did before
    as well. `chance` is that of an amount at least so far on its side of the expectation. `is_listed` says that the
    amount is what a list names that does not hold itself complete.
    """

    state_a: str
    state_b: str
    year: int
    instrument: str
    nouns: tuple[str, str]
    observed: float
    expected: float
    low: float
    high: float
    usual: float
    usual_low: float
    usual_high: float
    chance: float
    is_listed: bool
    is_corrected: bool

    @property
    def ratio(self) -> float:
        """How many times the expectation was seen."""
        return self.observed / self.expected

    @property
    def is_surprising(self) -> bool:
        """Whether the amount lies outside what 95 of 100 such pairs do."""
        return not self.low <= self.observed <= self.high

    def sentence(self) -> str:
        """The comparison in words."""
        seen = amount_of(self.observed, self.nouns)
        said = "more" if self.observed > self.high else "fewer"
        outside = f"{said} than 97 of 100 such pairs" if self.is_surprising else "within what such pairs do"
        return (
            f"{self.state_a} and {self.state_b}, {self.year}: {seen} where {short(self.expected)} would be expected "
            f"({self.low:.0f} to {self.high:.0f}), {times_of(self.ratio)} and {outside}; "
            f"after its own past, {short(self.usual)} ({self.usual_low:.0f} to {self.usual_high:.0f})"
        )

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain values."""
        told = {"ratio": self.ratio, "is_surprising": self.is_surprising, "sentence": self.sentence()}
        return {name: value for name, value in asdict(self).items() if name != "nouns"} | told


@dataclass(frozen=True)
class Expected:
    """What one would expect of every pair in every year of some years, of one instrument.

    `unknown` counts pair-years of which no list says anything, `incomplete` those that lack a term of gravity and
    `left_out` says which; `uncorrected` counts those whose lists' completeness nobody has estimated.
    """

    years: tuple[int, int]
    rows: Observed
    gravity: Gravity
    mean: Floats
    doubt: Floats
    usual: Floats
    regions: dict[str, tuple[str, ...]]

    @property
    def instrument(self) -> str:
        """The instrument by its word."""
        return self.rows.instrument.name

    @property
    def uncorrected(self) -> int:
        """Pair-years for which the share that lists know is unknown, and taken as all."""
        return int((~self.rows.has_share).sum())

    def of(self, pair: tuple[str, str]) -> tuple[Comparison, ...]:
        """Every year of one pair that can be compared, its states in either order; none may be."""
        a, b = (self._number(state) for state in sorted(pair))
        low, high = min(a, b), max(a, b)
        return self._told(np.flatnonzero((self.rows.state_a == low) & (self.rows.state_b == high)))

    def surprises(self, place: str = "", n: int = 10, year: int | None = None) -> tuple[Comparison, ...]:
        """The pairs of a state or region with the least likely surplus of a year, the last one if none is said."""
        when = self.latest(place) if year is None else year
        rows = self.rows
        held = np.flatnonzero((rows.year == when) & self._inside(place) & (rows.amount > self.mean))
        chance = chance_at_least(rows.amount[held], self.mean[held], self._sizes(held))
        return self._told(held[np.lexsort((-rows.amount[held], chance))][:n])

    def silences(self, place: str = "", n: int = 10, year: int | None = None) -> tuple[Silence, ...]:
        """The pairs of a state or region that fell silent by a year, least likely first.

        A pair is silent that did something before and nothing since, while the same lists spoke throughout.
        """
        when = self.latest(place) if year is None else year
        return silences_of(self.rows, self.usual, self.gravity.own_law, self._inside(place), when)[:n]

    def latest(self, place: str = "") -> int:
        """The last year in which anything of a state or region can be compared."""
        inside = self._inside(place)
        if not inside.any():
            raise OutsideCoverage(f"no list of {self.rows.instrument.many} tells enough of {place} to compare it")
        return int(self.rows.year[inside].max())

    def to_dict(self, place: str = "", n: int = 10, year: int | None = None) -> dict[str, Any]:
        """The model, what it leaves out, and the largest surprises and silences, as plain values."""
        terms = {
            name: {"coefficient": found, "standard_error": error}
            for name, (found, error) in self.gravity.coefficients().items()
        }
        return {
            "instrument": self.instrument,
            "years": list(self.years),
            "pair_years": len(self.rows.year),
            "amount": float(self.rows.amount.sum()),
            "terms": terms,
            "law": asdict(self.gravity.law),
            "pair_variance": self.gravity.pair_variance,
            "unknown": self.rows.unknown,
            "incomplete": self.rows.incomplete,
            "left_out": self.rows.left_out,
            "uncorrected": self.uncorrected,
            "listed": int(self.rows.is_listed.sum()),
            "surprises": [each.to_dict() for each in self.surprises(place, n, year)],
            "silences": [each.to_dict() for each in self.silences(place, n, year)],
        }

    def _number(self, state: str) -> int:
        if state not in self.rows.states:
            raise BadRequest(f"{state} was no member of the state system in {self.years[0]}:{self.years[1]}")
        return self.rows.states.index(state)

    def _inside(self, place: str) -> Flags:
        """The rows of a state's pairs, or of pairs with both states in a region; all for no place."""
        a, b = self.rows.state_a, self.rows.state_b
        if not place:
            return np.ones(len(a), dtype=bool)
        if place in self.regions:
            inside = np.isin(np.array(self.rows.states), self.regions[place])
            return np.asarray(inside[a] & inside[b], dtype=bool)
        if place not in self.rows.states:
            raise UnknownWord(
                f"{place!r} is no state of these years and no region; regions are {', '.join(self.regions)}"
            )
        return np.asarray((a == self._number(place)) | (b == self._number(place)), dtype=bool)

    def _sizes(self, at: Numbers) -> Floats:
        return self.gravity.law.sizes(self.mean[at], self.doubt[at])

    def _told(self, at: Numbers) -> tuple[Comparison, ...]:
        rows, mean, own, kind = self.rows, self.mean[at], self.usual[at], self.rows.instrument
        sizes = self._sizes(at)
        spans = [*interval(mean, sizes), *interval(own, self.gravity.own_law.sizes(own))]
        amount = rows.amount[at]
        more = chance_at_least(amount, mean, sizes)
        chance = np.where(amount > mean, more, chance_at_most(amount, mean, sizes))
        low, high, own_low, own_high = spans
        return tuple(
            Comparison(
                state_a=rows.states[rows.state_a[row]],
                state_b=rows.states[rows.state_b[row]],
                year=int(rows.year[row]),
                instrument=kind.name,
                nouns=(kind.one, kind.many),
                observed=float(amount[place]),
                expected=float(mean[place]),
                low=float(low[place]),
                high=float(high[place]),
                usual=float(own[place]),
                usual_low=float(own_low[place]),
                usual_high=float(own_high[place]),
                chance=float(chance[place]),
                is_listed=bool(rows.is_listed[row]),
                is_corrected=bool(rows.has_share[row]),
            )
            for place, row in enumerate(at)
        )


def expected(store: Facts, instrument: str, years: tuple[int, int], progress: Progress = unseen) -> Expected:
    """What one would expect of every pair in these years: `exercise`, `visit`, `arms_transfer` or `agreement`.

    Everything a year is compared with is known a year before, and nothing after the last of the years is looked at.
    Raises UnknownWord for another instrument, OutsideCoverage where no list says where nothing took place.
    """
    if years[0] > years[1]:
        raise BadRequest(f"years {years[0]}:{years[1]} end before they begin")
    kind = instrument_of(instrument)
    progress(kind.name, 0, 2)
    rows = observed(store, kind, years)
    progress(kind.name, 1, 2)
    gravity, mean, doubt = gravity_of(rows)
    progress(kind.name, 2, 2)
    regions = {row["region"]: tuple(row["states"]) for row in store.ask(_REGIONS).to_pylist()}
    return Expected(years, rows, gravity, mean, doubt, usual(rows, mean, gravity.pair_variance), regions)
