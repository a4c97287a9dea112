"""How much stands between two states."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from comity.assess.scoring import Said, amount, part, saturating, standing
from comity.assess.shape import Index, Numbers, Part, Span, index
from comity.assess.view import View

EASED = 0.9  # what is left of a score where a channel or a confidence-building regime is open; a convention
OF_MEASURES = {
    # name: measure, weight, half-life in years, amount of half the score, what is counted
    "disputes": ("dispute_onset_count", 3.0, 8.0, 1.0, "militarized disputes begun"),
    "hostility": ("dispute_hostility_level", 1.0, 5.0, 4.0, "yearly levels of hostility, 1 to 5, added up"),
    "incidents": ("incident_count", 1.5, 2.0, 3.0, "incidents listed"),
    "crises": ("crisis_onset", 1.0, 8.0, 1.0, "international crises begun"),
    "conflict": ("interstate_conflict_ongoing", 1.0, 5.0, 1.0, "years in armed conflict"),
}


def easing(view: View) -> Numbers:
    """What is left of a score: less than all where a channel or a confidence-building regime is known to be open."""
    is_open = [standing(view, name).value > 0 for name in ("channel_count", "shared_regime_count")]
    eased: Numbers = np.where(np.any(is_open, axis=0), EASED, 1.0)
    return eased


def _part(view: View, name: str, eased: Numbers) -> Part:
    measure, weight, half_life, half, what = OF_MEASURES[name]
    left = amount(view, measure, half_life)
    means = f"{what}, older ones less (half the score at {half:g})"
    made = part(
        view, (measure,), left.value, saturating(left.value, half) * eased, Said(name=name, weight=weight, means=means)
    )
    return replace(made, is_listed=left.is_listed)


@index("pair")
def tension(view: View) -> list[Part]:
    """How much stands between the two states: disputes, hostility, incidents, crises and armed conflict of the past.

    Older ones count less; an open channel or confidence-building regime takes a tenth off. Rivalries, which historians
    code looking back, are left out.
    """
    eased = easing(view)
    return [_part(view, name, eased) for name in OF_MEASURES]


@index("pair", is_headline=False)
def trust(view: View) -> list[Part]:
    """The balance of cooperation and conflict: half the score is as much of the one as of the other.

    Cooperation is the mean of intensity and depth, or the one of the two that is known; conflict is tension. The range,
    and how much is known, are theirs.
    """
    from comity.assess.indices.a_intensity import intensity
    from comity.assess.indices.b_depth import depth

    made = [Index("", "", tuple(of(view))) for of in (intensity, depth, tension)]
    ends = np.array([each.score for each in made[:2]])
    count = (~np.isnan(ends)).sum(axis=0)
    together = np.divide(np.nansum(ends, axis=0), count, out=np.full(len(count), np.nan), where=count > 0)
    both = 0.5 + 0.5 * (together - made[2].score)
    years = np.fmax.reduce([each.latest_year for each in made])
    sources = tuple(sorted({source for each in made for piece in each.parts for source in piece.sources}))
    means = "mean of intensity and depth, less tension"
    return [Part("balance", together - made[2].score, both, 1.0, means, years, sources, span=_balanced(*made))]


def _balanced(one: Index, two: Index, against: Index) -> Span:
    """The ends of a balance: as little as may be of the one side with as much as may be of the other, and so back."""
    least = 0.5 + 0.5 * ((one.least + two.least) / 2 - against.most)
    most = 0.5 + 0.5 * ((one.most + two.most) / 2 - against.least)
    return Span(least, most, ((one.coverage + two.coverage) / 2 + against.coverage) / 2)
