"""Where a state stands in the networks of alliances and arms."""

from __future__ import annotations

import numpy as np

from comity.assess.scoring import saturating
from comity.assess.shape import Numbers, Part, index
from comity.assess.state_ties import Ties
from comity.assess.state_view import blocs_in, stated, sure, ties_in
from comity.assess.view import View
from comity.network import PLACES, Layer, bridged


@index("state")
def position(view: View) -> list[Part]:
    """How central the state is in the networks of alliances and of arms, and how far it stands between others.

    Networks are those of the last year in which nearly all pairs are known.
    """
    ties, blocs = ties_in(view), blocs_in(view)
    allied, armed = ties.whole("alliance"), _traded(ties)
    between = np.full(len(view), np.nan)
    if allied is not None and blocs is not None:
        pairs = bridged(allied[0].tied, blocs[0].astype(np.int64))[ties.rows].astype(np.float64)
        between = np.where(blocs[0][ties.rows] >= 0, pairs, 0.0)
    return [
        _part(ties, allied, _placed(ties, allied, "eigenvector"), 1.0, ("alliance_standing", 1.0, STANDING)),
        _part(ties, allied, between, 20.0, ("alliance_brokerage", 1.0, BROKERAGE)),
        _part(ties, allied, _through(ties, allied), 0.4, ("alliance_betweenness", 1.0, BETWEEN)),
        _part(ties, armed, _through(ties, armed), 0.1, ("arms_betweenness", 1.0, TRADED)),
    ]


STANDING = (
    "how well tied the states are that a treaty of alliance of any kind, also not to attack, ties to it: 1 for the "
    "best placed of a connected part (eigenvector centrality)"
)
BROKERAGE = (
    "pairs of states of two blocs that have a treaty of alliance of any kind, also not to attack, with it and none "
    "with each other (half the score at 20)"
)
BETWEEN = (
    "shortest paths between two others over treaties of alliance of any kind, also not to attack, that lead through "
    "it, percent of all (half at 0.4)"
)
TRADED = "shortest paths between two others over deliveries of arms that lead through it, percent of all (half at 0.1)"
Told = tuple[Layer, int] | None


def _traded(ties: Ties) -> Told:
    """Who delivered arms to whom in the last five years, as a network of all states; None where it is not known."""
    weights = ties.layer("arms")[:, :, -5:]
    there = ties.exists[:, :, -5:]
    known = ~np.isnan(weights) & there
    if known.sum() < 0.9 * there.sum() or not there.any():
        return None
    square = np.zeros((len(ties.states), len(ties.states)))
    square[ties.rows] = np.nansum(weights, axis=2)
    return Layer("arms", square, sources=ties.layer_sources("arms")), int(ties.years[-1])


def _placed(ties: Ties, told: Told, measure: str) -> Numbers:
    if told is None:
        return np.full(len(ties.subjects), np.nan)
    return PLACES[measure](told[0].tied)[ties.rows].astype(np.float64)


def _through(ties: Ties, told: Told) -> Numbers:
    """The percentage of shortest paths between two other states that lead through each."""
    count = len(ties.subjects)
    pairs = (count - 1) * (count - 2) / 2
    return 100 * _placed(ties, told, "betweenness") / pairs if pairs else np.full(count, np.nan)


def _part(ties: Ties, told: Told, value: Numbers, half: float, said: tuple[str, float, str]) -> Part:
    year = np.full(len(ties.subjects), np.nan if told is None else told[1])
    score = value if said[0] == "alliance_standing" else saturating(value, half)
    return stated(said, sure(value, year), score, () if told is None else told[0].sources)
