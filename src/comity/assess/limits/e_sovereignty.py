"""Concerns of sovereignty: access refused or ended, and claims to the other's ground and waters."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from comity.assess.scoring import STALE_YEARS, Said, decayed, latest, part, saturating
from comity.assess.shape import Part, limit
from comity.assess.view import View

HALF_LIFE_YEARS = 3.0
_ACCESS_LOST = """
    WITH lost AS (
        SELECT source, by_party, unnest(of_parties) AS of_party, year(date) AS year
        FROM core.access_change
        WHERE by_kind = 'state' AND change_kind IN ('refused', 'suspended', 'ended', 'restricted')
    )
    SELECT least(by_party, of_party) AS state_a, greatest(by_party, of_party) AS state_b,
           CAST(year AS INTEGER) AS year, CAST(count(*) AS DOUBLE) AS value, source
    FROM lost
    WHERE by_party <> of_party AND NOT contains(of_party, ':') AND length(of_party) = 3
    GROUP BY ALL
"""


def _access(view: View) -> Part:
    values = view.ask("access_lost_count", _ACCESS_LOST)
    fresh = (np.nan_to_num(values[:, -STALE_YEARS:]) > 0).any(axis=1)
    left = np.where(fresh, decayed(values, HALF_LIFE_YEARS), np.nan)
    said = Said(
        name="access lost",
        weight=2.0,
        means="times one refused, suspended, restricted or ended the other's access, older ones less (half at 1)",
        lowered_by="terms that the host may end without a quarrel, and consent to each use",
    )
    made = Part(
        said.name,
        left,
        saturating(left, 1.0),
        said.weight,
        said.means,
        np.where(fresh, latest(values, view.years)[1], np.nan),
        view.sources("access_lost_count"),
        lowered_by=said.lowered_by,
    )
    return replace(made, is_listed=np.ones(len(view), dtype=bool))


@limit("pair")
def sovereignty_concerns(view: View) -> list[Part]:
    """What either may see as a threat to its sovereignty: claims between them, and access that was taken back.

    Lists of claims were coded looking back, and no list of access lost leaves nothing out.
    """
    recent = slice(-STALE_YEARS, None)
    held = np.minimum(latest(view.of("has_territorial_claim")[:, recent], view.years[recent])[0], 1.0)
    claims = Said(
        name="territorial claims",
        weight=1.0,
        means="whether one claims land or islands that the other holds or claims",
        lowered_by="engagements that say nothing of the claim, in words both sign",
    )
    claimed = part(view, ("has_territorial_claim",), held, held, claims)
    return [_access(view), replace(claimed, is_listed=np.ones(len(view), dtype=bool))]
