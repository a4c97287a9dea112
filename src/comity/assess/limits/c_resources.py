"""Resources: what the two states can spare for what they might do together."""

from __future__ import annotations

import numpy as np

from comity.assess.scoring import STALE_YEARS, Said, latest, part
from comity.assess.shape import Numbers, Part, limit
from comity.assess.view import View

LITTLE_USD, MUCH_USD = 1e8, 1e11  # of 2023: a state below the one has no forces to send, one above the other has all
HEAVY_SHARE = 0.06  # of domestic product: what it spends leaves nothing to spare
FEW, MANY = 5e3, 5e5  # soldiers


def _sides(view: View, measure: str) -> Numbers:
    """The two states' last known values: sides × subjects."""
    part_of = slice(-STALE_YEARS, None)
    return np.array([latest(view.of(measure, side)[:, part_of], view.years[part_of])[0] for side in ("a", "b")])


def _scarce(view: View, measure: str, scale: tuple[float, float], said: Said) -> Part:
    """One minus where the poorer side lies between little and much, in equal steps of its logarithm."""
    lower = _sides(view, measure).min(axis=0)  # NaN where either side is unknown
    low, high = np.log(scale)
    place = np.clip((np.log(np.maximum(lower, 1.0)) - low) / (high - low), 0.0, 1.0)
    return part(view, (measure,), lower, np.where(np.isnan(lower), np.nan, 1.0 - place), said)


_MONEY = Said(
    name="money",
    weight=2.0,
    means="spending of the side with less, dollars of 2023 (full score at 0.1, none at 100 billion)",
    lowered_by="assistance, cost shared by what each can pay, and smaller engagements",
)
_PEOPLE = Said(
    name="people",
    weight=1.0,
    means="soldiers of the side with fewer (full score at 5,000, none at 500,000)",
    lowered_by="engagements of staffs and specialists in place of units",
)
_BURDEN = Said(
    name="burden",
    weight=1.0,
    means=f"military spending of the side that bears more, share of its product (full score at {HEAVY_SHARE:g})",
    lowered_by="burdens shared with others, or aims that need less",
)


@limit("pair")
def resources(view: View) -> list[Part]:
    """What the side with less can spare: money, people, and how much of its product it spends already."""
    burden = _sides(view, "military_expenditure_gdp_share").max(axis=0)
    return [
        _scarce(view, "military_expenditure_usd2023", (LITTLE_USD, MUCH_USD), _MONEY),
        _scarce(view, "military_personnel_count", (FEW, MANY), _PEOPLE),
        part(view, ("military_expenditure_gdp_share",), burden, np.minimum(burden / HEAVY_SHARE, 1.0), _BURDEN),
    ]
