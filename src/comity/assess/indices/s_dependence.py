"""How far a state depends on few others for its arms and training."""

from __future__ import annotations

import numpy as np

from comity.assess.shape import Numbers, Part, index
from comity.assess.state_ties import SPAN, Held, Ties
from comity.assess.state_view import stated, sure, ties_in
from comity.assess.view import View

LEAST_PROVIDERS = 2  # known of training: with one alone its share says nothing but who is listed


@index("state")
def dependence(view: View) -> list[Part]:
    """How far the state's arms and training come from few others: 1 is one supplier for all.

    Shares are of what was delivered in ten years; where nothing was, there is no share.
    """
    ties = ties_in(view)
    arms, latest_year = supplied(ties)
    trained = np.nansum(ties.of("training_programme_count") > 0, axis=2).astype(np.float64)
    trained[(trained > 0).sum(axis=1) < LEAST_PROVIDERS] = 0.0
    of_arms, of_training = ties.sources("arms_delivery_tiv"), ties.sources("training_programme_count")
    largest, concentration, schools = largest_share(arms), hhi(arms), largest_share(trained)
    return [
        stated(("arms_largest_share", 2.0, LARGEST), sure(largest, latest_year), largest, of_arms),
        stated(("arms_concentration", 1.0, HHI), sure(concentration, latest_year), concentration, of_arms),
        stated(("training_largest_share", 0.5, TRAINING), _listed(schools, ties), schools, of_training),
    ]


LARGEST = "the largest supplier's share of major arms delivered in ten years, by TIV"
HHI = (
    "concentration of suppliers: the sum of their squared shares of arms delivered in ten years (Herfindahl-Hirschman)"
)
TRAINING = "the largest provider's share of the program-years of training listed in ten years, of two providers or more"


def supplied(ties: Ties) -> tuple[Numbers, Numbers]:
    """Arms delivered to each subject by each other state in the years, and the last year told; NaN where unknown."""
    toward = ties.toward("arms_delivery_tiv")
    known, there = ~np.isnan(toward) & ties.exists, ties.exists
    told = known.sum(axis=1) >= 0.9 * np.maximum(there.sum(axis=1), 1)
    enough = told.sum(axis=1) >= SPAN / 2
    total = np.where(enough[:, None], np.nansum(toward, axis=2), np.nan)
    years = np.where(told, ties.years, np.nan)
    return total, np.fmax.reduce(years, axis=1)


def largest_share(amounts: Numbers) -> Numbers:
    """The largest share of a row: 1 where one gives all, NaN where nothing is given or not known.

    >>> largest_share(np.array([[3.0, 1.0], [0.0, 0.0]])).tolist()
    [0.75, nan]
    """
    shares = _shares(amounts)
    found: Numbers = shares.max(axis=1, initial=0.0, where=~np.isnan(shares))
    return np.where(np.isnan(shares).all(axis=1), np.nan, found)


def hhi(amounts: Numbers) -> Numbers:
    """The sum of the squared shares of a row (Herfindahl and Hirschman): 1 where one gives all.

    >>> hhi(np.array([[1.0, 1.0], [0.0, 0.0]])).tolist()
    [0.5, nan]
    """
    found: Numbers = (_shares(amounts) ** 2).sum(axis=1)
    return found


def _shares(amounts: Numbers) -> Numbers:
    total = amounts.sum(axis=1, keepdims=True)
    shares: Numbers = np.divide(amounts, total, out=np.full(amounts.shape, np.nan), where=total > 0)
    return shares


def _listed(value: Numbers, ties: Ties) -> Held:
    """A share of what a list names, which may leave out."""
    named = np.nan_to_num(ties.of("training_programme_count")) > 0
    years = np.where(named.any(axis=1), ties.years, np.nan)
    latest_year = np.fmax.reduce(years, axis=1)
    return Held(value, np.ones(len(value), dtype=bool), np.where(np.isnan(value), np.nan, latest_year))
