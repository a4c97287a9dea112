"""Divergent interests: how far two states stand apart in what they vote for and whom they are bound to."""

from __future__ import annotations

import numpy as np

from comity.assess.scoring import STALE_YEARS, Said, latest, part
from comity.assess.shape import Numbers, Part, limit
from comity.assess.view import View

FAR = 2.0  # ideal points: about what parts the United States from a member of the non-aligned movement


def _allies_apart(view: View) -> Numbers:
    """The share of the two states' defense allies that are allies of only one; unknown where neither has any."""
    allies = view.around("is_defense_ally")
    standing = np.full(allies.shape[:2], np.nan)
    for year in range(max(0, allies.shape[2] - STALE_YEARS), allies.shape[2]):
        standing = np.where(np.isnan(allies[:, :, year]), standing, allies[:, :, year])
    held = np.nan_to_num(standing) > 0
    (a, b), column = view.sides, view.columns
    places = np.arange(len(a))
    either, both = held[a] | held[b], held[a] & held[b]
    for one in (a, b):  # they themselves are nobody's third
        either[places, column[one]] = both[places, column[one]] = False
    count = either.sum(axis=1)
    apart: Numbers = np.divide((either & ~both).sum(axis=1), count, out=np.full(len(view), np.nan), where=count > 0)
    return apart


_VOTE = "positions that both can vote for, on one question at a time"
_DISTANCE = Said(
    name="votes apart",
    weight=2.0,
    means=f"distance of ideal points in the General Assembly (full score at {FAR:g})",
    lowered_by=_VOTE,
)
_AGREEMENT = Said(
    name="votes against each other",
    weight=1.0,
    means="share of votes in which they voted the same way; the score is the rest",
    lowered_by=_VOTE,
)
_ALLIES = Said(
    name="allies apart",
    weight=1.0,
    means="share of their defense allies that are allies of only one of them",
    lowered_by="commitments to the same third states, or a consultation on those that differ",
)


@limit("pair")
def divergent_interests(view: View) -> list[Part]:
    """How far the two states stand apart: in their votes, and in the allies they have."""
    recent = slice(-STALE_YEARS, None)
    distance = latest(view.of("ideal_point_distance")[:, recent], view.years[recent])[0]
    agreement = latest(view.of("vote_agreement_share")[:, recent], view.years[recent])[0]
    apart = _allies_apart(view)
    return [
        part(view, ("ideal_point_distance",), distance, np.minimum(distance / FAR, 1.0), _DISTANCE),
        part(view, ("vote_agreement_share",), agreement, 1.0 - agreement, _AGREEMENT),
        part(view, ("is_defense_ally",), apart, apart, _ALLIES),
    ]
