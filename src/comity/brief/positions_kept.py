"""Where every state stands in the network of five years, worked out once for a store and kept beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from comity.brief.keeping import kept
from comity.brief.subject import Subject, once

if TYPE_CHECKING:
    from comity.network import Layer, Network

LAYERS = ("defense", "agreement", "exercise", "presence", "arms")
SPAN = 5  # years of one network
FIRST_YEAR = 1950
Told = dict[str, Any]


@once
def positions(subject: Subject) -> Told | None:
    """Each layer of the last five whole years: its sources, its blocs, and of each state its partners and places.

    A layer in which no tie is known is left out. None before there is any list of engagements.
    """
    last = subject.full_year
    if last - SPAN + 1 < FIRST_YEAR:
        return None
    found: Told = kept(subject, f"positions-{'-'.join(LAYERS)}-{last}", lambda: _worked_out(subject, last))
    return found


def _worked_out(subject: Subject, last: int) -> Told:
    from comity.network import network

    years, before = (last - SPAN + 1, last), (last - 2 * SPAN + 1, last - SPAN)
    now, past = (network(subject.store, span, LAYERS) for span in (years, before))
    layers = {name: _layer(now, now.layers[name]) for name in LAYERS if now.layers[name].tie_count}
    for name, told in layers.items():
        counts = dict(zip(past.states, past.layers[name].tied.sum(axis=1).tolist(), strict=True))
        told["before"] = {code: counts[code] for code in told["partners"] if code in counts}
    return {"years": years, "before_years": before, "layers": layers}


def _layer(made: Network, layer: Layer) -> Told:
    """One layer: partners by state, how many lie between, how bound each is, and the blocs."""
    import numpy as np

    from comity.network import PLACES, communities

    tied = layer.tied
    between, bound = PLACES["betweenness"](tied), PLACES["constraint"](tied)
    divided = communities(layer.weights)
    rows = [int(row) for row in np.flatnonzero(tied.any(axis=1))]
    return {
        "sources": list(layer.sources),
        "ties": layer.tie_count,
        "stability": round(divided.stability, 4),
        "blocs": [[made.states[row] for row in bloc] for bloc in divided.blocs],
        "partners": {made.states[row]: [made.states[other] for other in np.flatnonzero(tied[row])] for row in rows},
        "between": {made.states[row]: round(float(between[row]), 4) for row in rows},
        "constraint": {made.states[row]: round(float(bound[row]), 4) for row in rows},
    }


def place_of(told: Mapping[str, float], code: str) -> int | None:
    """The place of a state by a number that each has, 1 the most; those with the same number share a place.

    >>> place_of({"A": 3, "B": 7, "C": 3}, "C"), place_of({"A": 3}, "B")
    (2, None)
    """
    if code not in told:
        return None
    own = told[code]
    return 1 + sum(1 for value in told.values() if value > own)
