"""Where every state stands in the network of five years, worked out once for a store and kept beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from comity.brief.keeping import kept
from comity.brief.subject import Subject, once
from comity.brief.told_ties import KINDS

if TYPE_CHECKING:
    from comity.network import Layer, Network

LAYERS = ("defense", "agreement", "exercise", "presence", "arms")
SPAN = 5  # years of one network
FIRST_YEAR = 1950
HALF = 0.5  # of the ties before: where less is told of, lists ended, and a place among what is left says nothing
Told = dict[str, Any]


@once
def positions(subject: Subject) -> Told | None:
    """Each layer of the last five whole years: its sources, its blocs, and of each state its partners and places.

    `before` counts the partners of the five years before, and `untold` names those of them that are partners no more,
    and of which no list says that they are gone. A layer in which no tie is known is left out. None before there is
    any list of engagements.
    """
    last = subject.full_year
    if last - SPAN + 1 < FIRST_YEAR:
        return None
    found: Told = kept(subject, f"places-{'-'.join(LAYERS)}-{last}", lambda: _worked_out(subject, last))
    return found


def _worked_out(subject: Subject, last: int) -> Told:
    from comity.network import network

    years, before = (last - SPAN + 1, last), (last - 2 * SPAN + 1, last - SPAN)
    now, past = (network(subject.store, span, LAYERS) for span in (years, before))
    layers = {name: _layer(now, now.layers[name]) for name in LAYERS if now.layers[name].tie_count}
    for name, told in layers.items():
        reaches = _reach(subject, name, {*told["sources"], *past.layers[name].sources}, years)
        told.update(_then(now, past, name, reaches))
    return {"years": years, "before_years": before, "layers": layers}


def _then(now: Network, past: Network, name: str, reaches: bool) -> Told:
    """What a layer was before: the partners of each state, and those of them of which no list tells any more."""
    import numpy as np

    was, layer = past.layers[name].tied, now.layers[name]
    row_of = {code: row for row, code in enumerate(now.states)}
    told: Told = {"before": {}, "untold": {}}
    for row, code in enumerate(past.states):
        partners = [past.states[other] for other in np.flatnonzero(was[row])]
        if code not in row_of or not partners:
            continue
        told["before"][code] = len(partners)
        ties = {each: layer.weights[row_of[code], row_of[each]] for each in partners if each in row_of}
        untold = [each for each, tie in ties.items() if np.isnan(tie) or (tie == 0 and not reaches)]
        if untold:
            told["untold"][code] = untold
    total = sum(told["before"].values())
    silent = sum(map(len, told["untold"].values()))
    return told | {"known_share": round(1 - silent / total, 4) if total else 1.0}


def _reach(subject: Subject, layer: str, sources: Iterable[str], years: tuple[int, int]) -> bool:
    """Whether each source of a layer reaches the years with every kind of fact that it has of it.

    A list of bases that ended is not made good by one of troops that goes on: few troops are no sign of no base.
    """
    ends: dict[tuple[str, str], int] = {}
    for source in set(sources) & set(subject.abouts):
        for known in subject.abouts[source].coverage:
            for kind in set(known.kinds) & set(KINDS[layer]):
                ends[source, kind] = max(known.end.year, ends.get((source, kind), 0))
    return all(last >= years[0] for last in ends.values())


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
