"""Lack of transparency: what each cannot see of the other, and what is not known of both."""

from __future__ import annotations

import numpy as np

from comity.assess.scoring import Said, part, standing
from comity.assess.shape import Part, limit
from comity.assess.view import View

LISTS = (
    *("exercise_count", "visit_count", "dialogue_count", "agreement_count", "dispute_onset_count"),
    *("incident_count", "channel_count", "arms_delivery_tiv"),
)
YEARS = 5

_REGIMES = Said(
    name="regimes",
    weight=1.0,
    means="confidence-building regimes both apply; the score is one over one plus these",
    lowered_by="a regime of notice, observation or exchange of data that both apply",
)
_CHANNELS = Said(
    name="channels",
    weight=1.0,
    means="channels listed for a crisis; the score is one over one plus these",
    lowered_by="a channel that both sides name and test",
)
_GAPS = Said(
    name="gaps in the data",
    weight=1.0,
    means=f"share of the last {YEARS} years of {len(LISTS)} lists that tell nothing of the pair",
    lowered_by="records of what was done, and of what was not",
)


@limit("pair")
def lack_of_transparency(view: View) -> list[Part]:
    """What each cannot see of the other by a regime in force, and how much of the pair no list tells of."""
    lines, regimes = (standing(view, name).value for name in ("channel_count", "shared_regime_count"))
    gaps = np.mean([np.isnan(view.of(measure)[:, -YEARS:]).mean(axis=1) for measure in LISTS], axis=0)
    return [
        part(view, ("shared_regime_count",), regimes, 1.0 / (1.0 + regimes), _REGIMES),
        part(view, ("channel_count",), lines, 1.0 / (1.0 + lines), _CHANNELS),
        part(view, LISTS, gaps, gaps, _GAPS),
    ]
