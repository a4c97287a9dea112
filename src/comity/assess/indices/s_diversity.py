"""Whether a state engages several blocs or one."""

from __future__ import annotations

import numpy as np

from comity.assess.shape import Numbers, Part, index
from comity.assess.state_ties import LEAST_KNOWN, RECENT, Held, Ties
from comity.assess.state_view import blocs_in, evenness, stated, sure, ties_in
from comity.assess.view import View

LAYERS = {"arms": 1.0, "exercise": 1.0, "agreement": 1.0, "peacekeeping": 0.5}
MEANS = "how evenly its partners in {layer} of five years are spread over the blocs of alliances: 1 the same in each"


@index("state")
def diversity(view: View) -> list[Part]:
    """Whether the state engages several blocs of alliances or one: 0 all in one bloc, 1 as much in each.

    States of no bloc are a group of their own. A layer counts where nearly all of the state's pairs are known in it,
    for a list that names the visits of one great power makes everybody look like its partner.
    """
    ties, blocs = ties_in(view), blocs_in(view)
    made = []
    for name, weight in LAYERS.items():
        held = _spread(ties, name, None if blocs is None else blocs[0])
        sources = tuple(sorted({*ties.layer_sources(name), *ties.layer_sources("alliance")}))
        made.append(stated((name, weight, MEANS.format(layer=name)), held, held.value, sources))
    return made


def _spread(ties: Ties, name: str, groups: Numbers | None) -> Held:
    weights, there = ties.layer(name)[:, :, -RECENT:], ties.exists[:, :, -RECENT:]
    known = (~np.isnan(weights) & there).sum(axis=1) >= LEAST_KNOWN * np.maximum(there.sum(axis=1), 1)
    partners = ((np.nan_to_num(weights) > 0) & known[:, None, :]).any(axis=2).astype(np.float64)
    unknown = np.full(len(partners), np.nan)
    value = unknown if groups is None else np.where(known.any(axis=1), evenness(partners, groups), np.nan)
    return sure(value, np.fmax.reduce(np.where(known, ties.years[-RECENT:], np.nan), axis=1))
