"""How good expectations were in years they had not seen: against a constant and against what a pair did last."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.assess.expected_fit import gravity_of, usual
from comity.assess.expected_law import Law, chance_at_most, interval
from comity.assess.expected_rows import Flags, Floats, Observed, instrument_of, observed
from comity.errors import BadRequest
from comity.panel.poisson import poisson, unit_deviances
from comity.panel.scores import Estimate, Redrawn

if TYPE_CHECKING:
    from comity.panel.facts import Facts

CONSTANT, LAST, GRAVITY, OWN = "constant", "last value", "gravity", "gravity and own past"
LARGE = 0.5  # expectations from which an interval holds more than the amount nothing


@dataclass(frozen=True)
class Coverage:
    """How many amounts lay within their 95 % intervals, and how many the law had promised.

    Amounts are whole, so that intervals of small expectations hold more than 95 of 100. `large` are pair-years with an
    expectation of a half or more.
    """

    model: str
    held: Estimate
    promised: float
    large_held: Estimate
    large_promised: float
    large_pair_years: int


@dataclass(frozen=True)
class ExpectedScore:
    """Mean Poisson deviances of a pair-year, the less the better, with pairs drawn again; and what intervals held."""

    instrument: str
    fitted_years: tuple[int, int]
    scored_years: tuple[int, int]
    pair_years: int
    amount: float
    deviance: dict[str, Estimate]
    coverage: tuple[Coverage, ...]

    def to_dict(self) -> dict[str, Any]:
        """The scores as plain values."""
        return asdict(self)


def expected_score(store: Facts, instrument: str, years: tuple[int, int], until: int) -> ExpectedScore:
    """How good expectations fitted on years to `until` are in the years after, one year ahead of what each pair did.

    Raises BadRequest where nothing is known on either side.
    """
    rows = observed(store, instrument_of(instrument), years, until)
    early = rows.year <= until
    if not rows.amount[early].any() or not rows.amount[~early].any():
        raise BadRequest(
            f"{instrument} of {years[0]}:{years[1]} cannot be parted at {until}: nothing is known on one side"
        )
    return scored(rows, until)


def scored(rows: Observed, until: int) -> ExpectedScore:
    """The scores of rows parted at a year."""
    is_early = rows.year <= until
    early, late = rows.among(is_early), rows.among(~is_early)
    gravity, fitted, _ = gravity_of(early)
    ahead, doubt = gravity.predicted(late)
    mean = np.zeros(len(rows.year))
    mean[is_early], mean[~is_early] = fitted, ahead
    own = usual(rows, mean, gravity.pair_variance)[~is_early]
    means = {
        CONSTANT: np.full(len(ahead), early.amount.mean()),
        LAST: _after_last(rows, is_early),
        GRAVITY: ahead,
        OWN: own,
    }
    redrawn = Redrawn.of(late.pair)
    deviance = {model: redrawn.of_mean(unit_deviances(late.amount, found)) for model, found in means.items()}
    coverage = (
        _coverage((GRAVITY, late), ahead, gravity.law, doubt),
        _coverage((OWN, late), own, gravity.own_law, np.zeros(len(own))),
    )
    spans = [(int(part.year.min()), int(part.year.max())) for part in (early, late)]
    amount = float(late.amount.sum())
    return ExpectedScore(rows.instrument.name, spans[0], spans[1], len(late.year), amount, deviance, coverage)


def _after_last(rows: Observed, is_early: Flags) -> Floats:
    """What the pair's amount of the row before, fitted on the early years, foretells; the first row has none before."""
    last = np.zeros(len(rows.year))
    same = rows.pair[1:] == rows.pair[:-1]
    last[1:][same] = rows.amount[:-1][same]
    x = np.column_stack([np.ones(len(last)), last > 0, np.log1p(last)])
    kept = np.array([True, *(np.ptp(x[is_early][:, 1:], axis=0) > 0)])
    fit = poisson(rows.amount[is_early], x[is_early][:, kept])
    found: Floats = np.exp(x[~is_early][:, kept] @ fit.coefficients)
    return found


def _coverage(called: tuple[str, Observed], mean: Floats, law: Law, doubt: Floats) -> Coverage:
    model, rows = called
    sizes = law.sizes(mean, doubt)
    low, high = interval(mean, sizes)
    held = ((rows.amount >= low) & (rows.amount <= high)).astype(float)
    promised = chance_at_most(high, mean, sizes) - chance_at_most(low - 1, mean, sizes)
    large = mean >= LARGE
    pairs = rows.pair
    whole = Redrawn.of(pairs).of_mean(held)
    part = Redrawn.of(pairs[large]).of_mean(held[large]) if len(np.unique(pairs[large])) > 1 else None
    nothing = Estimate(float("nan"), float("nan"), float("nan"))
    mean_large = float(promised[large].mean()) if large.any() else float("nan")
    return Coverage(model, whole, float(promised.mean()), part or nothing, mean_large, int(large.sum()))
