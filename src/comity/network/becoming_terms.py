"""What may lead two states to a pact or an agreement: the terms of the hazard, and what may begin.

A term is a function of the pairs and their years. Its matrix says what was known at the end of each year; the hazard of
a year looks one column back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from comity.network.pair_years import Matrix, PairYears, before

ENGAGEMENT, NETWORK, CONTROL, TIME = "engagement", "network", "control", "time"
RECENT = 5  # years in which arms, visits or disputes count as recent
LEAST_CINC = 5e-7  # half of the last digit in which the publisher prints shares of capability
TIME_UNIT = 50  # years; a cube of single years would be a large number with a tiny coefficient
Make = Callable[[PairYears], Matrix]
Flags = npt.NDArray[np.bool_]

# Two states alone, and one of them bound to defend the other: what no larger treaty brought with it.
_BILATERAL_PACTS = """
    SELECT least(x.party, y.party) AS state_a, greatest(x.party, y.party) AS state_b, year(x.start_date) AS year
    FROM core.agreement t
    JOIN core.agreement_party x USING (source, agreement)
    JOIN core.agreement_party y USING (source, agreement)
    WHERE t.agreement_kind = 'alliance' AND list_contains(t.obligations, 'defense') AND x.party < y.party
      AND x.party_kind = 'state' AND y.party_kind = 'state' AND x.start_date IS NOT NULL
      AND (SELECT count(DISTINCT p.party) FROM core.agreement_party p
           WHERE p.source = t.source AND p.agreement = t.agreement) = 2
"""


@dataclass(frozen=True)
class Term:
    """One column of the hazard: its name, the block it belongs to, what it means, and how it is made."""

    name: str
    block: str
    means: str
    make: Make
    is_lagged: bool = True


def _measure(name: str) -> Make:
    return lambda pairs: pairs.told(name)


def _more(name: str) -> Make:
    """The logarithm of 1 + a measure: each further one adds less."""
    return lambda pairs: np.log1p(pairs.told(name))


def _any(name: str) -> Make:
    """Whether a measure is above 0; unknown stays unknown."""
    return lambda pairs: _flag(pairs.told(name))


def _flag(values: Matrix) -> Matrix:
    return np.where(np.isnan(values), np.nan, values > 0)


def _recent_arms(pairs: PairYears) -> Matrix:
    return _flag(pairs.past("arms_delivery_count", RECENT))


def _shared_enemies(pairs: PairYears) -> Matrix:
    return _shared(pairs, pairs.past("dispute_ongoing", RECENT))


def _shared_partners(pairs: PairYears) -> Matrix:
    return _shared(pairs, pairs.told("agreement_stock"))


def _shared(pairs: PairYears, tied: Matrix) -> Matrix:
    return np.where(np.isnan(tied), np.nan, np.log1p(pairs.shared(np.nan_to_num(tied) > 0)))


def _distance(pairs: PairYears) -> Matrix:
    return np.log(np.maximum(pairs.of("capital_distance_km"), 1.0))


def _size(pairs: PairYears) -> Matrix:
    a, b = (np.log(np.maximum(side, LEAST_CINC)) for side in pairs.of_states("cinc_share"))
    return a + b


def _listed_visit(pairs: PairYears) -> Matrix:
    """A visit listed lately. The lists follow some states only, so that the term is for pairs of those alone."""
    found = listed = _flag(np.nan_to_num(pairs.of("visit_count")))
    for back in range(1, RECENT):
        found = np.fmax(found, np.nan_to_num(before(listed, back)))
    return found


def _together(power: int) -> Make:
    return lambda pairs: (pairs.of("years_together") / TIME_UNIT) ** power


PACT_HELD = Term("defense pact", ENGAGEMENT, "an obligation to defend was in force", _measure("is_defense_ally"))
AGREEMENT_HELD = Term("agreement", ENGAGEMENT, "a bilateral agreement on defense since 1980", _any("agreement_stock"))
VISIT = Term("visit", ENGAGEMENT, f"a visit is listed in the last {RECENT} years", _listed_visit)
TERMS = (
    Term("exercises", ENGAGEMENT, "log of 1 + exercises together, each halving in 5 years", _more("exercise_stock")),
    Term("arms", ENGAGEMENT, f"arms were delivered, either way, in the last {RECENT} years", _recent_arms),
    Term("shared enemies", NETWORK, f"log of 1 + states in dispute with both in {RECENT} years", _shared_enemies),
    Term("shared allies", NETWORK, "log of 1 + states that are defense allies of both", _more("shared_ally_count")),
    Term("shared partners", NETWORK, "log of 1 + states with bilateral agreements with both", _shared_partners),
    Term("distance", CONTROL, "log of the kilometers between the capitals", _distance),
    Term("land border", CONTROL, "a border on land or along a river", _measure("has_land_border")),
    Term("size", CONTROL, "log of the product of the two shares of capability (CINC)", _size),
    Term("imbalance", CONTROL, "log of the ratio of the two shares", _measure("cinc_log_ratio")),
    Term("joint democracy", CONTROL, "both are democracies (Polity2 of 6 or more)", _measure("is_joint_democracy")),
    Term("major power", CONTROL, "at least one of the two is a major power", _measure("has_major_power")),
    Term("time", TIME, f"years since both were states, over {TIME_UNIT}", _together(1), is_lagged=False),
    Term("time squared", TIME, "its square", _together(2), is_lagged=False),
    Term("time cubed", TIME, "its cube", _together(3), is_lagged=False),
)


@dataclass(frozen=True)
class Target:
    """What may begin between two states: when it holds, which of it is of the two alone, and one more term.

    `since` is the first year in which it may have been before; what was, did not begin again for the first time.
    """

    name: str
    means: str
    holds: Make
    is_bilateral: Callable[[PairYears], Flags]
    prior: Term
    since: int


def _every_cell(pairs: PairYears) -> Flags:
    return np.ones(pairs.exists.shape, dtype=bool)


_PACT = Target(
    "pact",
    "the first defense pact of the two, in whatever treaty",
    _measure("is_defense_ally"),
    lambda pairs: pairs.listed(_BILATERAL_PACTS),
    AGREEMENT_HELD,
    since=1816,
)
_AGREEMENT = Target(
    "agreement",
    "the first bilateral agreement on defense since 1980",
    _measure("agreement_count"),
    _every_cell,
    PACT_HELD,
    since=1980,
)
_FRAMEWORK = Target(
    "framework",
    "the first bilateral agreement on general terms of defense cooperation since 1980",
    _measure("framework_agreement_count"),
    _every_cell,
    PACT_HELD,
    since=1980,
)
TARGETS = {target.name: target for target in (_PACT, _AGREEMENT, _FRAMEWORK)}
