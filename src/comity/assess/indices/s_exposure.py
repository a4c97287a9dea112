"""How much a state was drawn into disputes, crises and incidents."""

from __future__ import annotations

import numpy as np

from comity.assess.scoring import saturating
from comity.assess.shape import Part, index
from comity.assess.state_ties import SPAN, Held, Ties
from comity.assess.state_view import stated, sure, ties_in, yearly_mean
from comity.assess.view import View

RATES = {
    "dispute_onset_count": ("disputes", 2.0, 3.0, "militarized disputes entered in ten years"),
    "crisis_count": ("crises", 1.0, 2.0, "international crises in ten years, each year of one counted"),
}


@index("state")
def exposure(view: View) -> list[Part]:
    """How much the state was in disputes, crises, armed conflict with other states and incidents, in ten years.

    Where at least half of the ten years is known the part is what ten such years would hold. Listed incidents only
    raise it.
    """
    ties = ties_in(view)
    made = []
    for measure, (name, weight, half, means) in RATES.items():
        yearly = yearly_mean(view, measure)
        held = sure(SPAN * yearly.value, yearly.latest_year)
        said = (name, weight, f"{means} (half the score at {half:g})")
        made.append(stated(said, held, saturating(held.value, half), view.sources(measure)))
    fought, incidents = _fought(ties), _incidents(ties)
    of_fighting, of_incidents = ties.sources("interstate_conflict_ongoing"), ties.sources("incident_count")
    return [
        *made,
        stated(("conflict_years", 1.0, CONFLICT), fought, saturating(fought.value, 2.0), of_fighting),
        stated(("incidents", 1.0, INCIDENTS), incidents, saturating(incidents.value, 4.0), of_incidents),
    ]


CONFLICT = "years in armed conflict with another state, in ten years (half the score at 2)"
INCIDENTS = "incidents with another state that are listed in ten years (half the score at 4)"


def _fought(ties: Ties) -> Held:
    values, there = ties.of("interstate_conflict_ongoing"), ties.exists
    known = (~np.isnan(values) & there).sum(axis=1) >= 0.9 * np.maximum(there.sum(axis=1), 1)
    count = known.sum(axis=1)
    fought = ((np.nan_to_num(values) > 0).any(axis=1) & known).sum(axis=1)
    value = np.divide(SPAN * fought, count, out=np.full(len(count), np.nan), where=count >= SPAN / 2)
    return sure(value, np.fmax.reduce(np.where(known, ties.years, np.nan), axis=1))


def _incidents(ties: Ties) -> Held:
    values = np.nan_to_num(ties.of("incident_count"))
    count = values.sum(axis=(1, 2))
    years = np.fmax.reduce(np.where((values > 0).any(axis=1), ties.years, np.nan), axis=1)
    return Held(np.where(count > 0, count, np.nan), np.ones(len(count), dtype=bool), years)
