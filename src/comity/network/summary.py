"""A network said in numbers: each layer, each state, the blocs and the balance of the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.errors import UnknownWord
from comity.network.blocs import Communities, communities
from comity.network.graph import Network
from comity.network.pairs import bridged, layer_likeness, participation
from comity.network.places import PLACES, Scores, components
from comity.network.signs import AgainstChance, Balance, against_chance, balance

OVER_LAYERS = ("strength", "participation", "bridged_pair_count")
MEASURES = (*PLACES, *OVER_LAYERS)


@dataclass(frozen=True)
class Summary:
    """What is worth saying of a network; `scores` are of the ties that bind, all layers taken together.

    `bloc_of` is the number of each state's bloc, the largest 0, and -1 for a state without ties.
    """

    network: Network
    scores: dict[str, Scores]
    division: Communities
    bloc_of: tuple[int, ...]
    density: float
    component_count: int
    closure: float | None
    balance: Balance | None
    chance: AgainstChance | None

    def to_dict(self) -> dict[str, Any]:
        """The summary as plain values, for JSON: layers, whole, blocs and one entry for each state."""
        return {
            "years": list(self.network.years),
            "system": self.network.system,
            "layers": layer_rows(self.network),
            "whole": whole_row(self),
            "layer_likeness": [
                {"layer": one, "other": other, "share": share}
                for (one, other), share in layer_likeness(self.network).items()
            ],
            "blocs": [[self.network.states[row] for row in bloc] for bloc in self.division.blocs],
            "states": state_rows(self),
        }


def summarize(network: Network, measures: Sequence[str] = MEASURES, seed: int = 0) -> Summary:
    """The numbers of a network; UnknownWord names the measures there are."""
    if unknown := [name for name in measures if name not in MEASURES]:
        raise UnknownWord(f"{unknown[0]!r} is no measure of networks; measures are {', '.join(MEASURES)}")
    bonds = network.binding()
    tied = bonds > 0
    division = communities(bonds, seed=seed)
    bloc_of = np.full(len(network), -1)
    for number, bloc in enumerate(division.blocs):
        bloc_of[list(bloc)] = number
    over: dict[str, Callable[[], Scores]] = {
        "strength": lambda: bonds.sum(axis=1),
        "participation": lambda: participation(network),
        "bridged_pair_count": lambda: bridged(tied, bloc_of).astype(np.float64),
    }
    scores = {name: PLACES[name](tied) if name in PLACES else over[name]() for name in measures}
    signed = network.signed()
    divides = any(layer.sign < 0 and layer.tie_count for layer in network.layers.values())
    degrees = tied.sum(axis=1).astype(np.float64)
    open_pairs = (degrees * (degrees - 1)).sum() / 2
    size = len(network)
    return Summary(
        network,
        scores,
        division,
        tuple(bloc_of.tolist()),
        float(tied.sum() / (size * (size - 1))) if size > 1 else 0.0,
        len(components(tied)),
        float(PLACES["triangle_count"](tied).sum() / open_pairs) if open_pairs else None,
        balance(signed, seed=seed) if divides else None,
        against_chance(signed, seed=seed) if divides else None,
    )


def layer_rows(network: Network) -> list[dict[str, Any]]:
    """What is known of each layer: ties, the share of pairs known, sign, and sources."""
    return [
        {
            "layer": layer.name,
            "ties": layer.tie_count,
            "known_share": round(layer.known_share, 4),
            "binds": layer.sign > 0,
            "sources": list(layer.sources),
        }
        for layer in network.layers.values()
    ]


def whole_row(summary: Summary) -> dict[str, Any]:
    """The network as a whole: size, density, parts, closure, blocs and balance; None where nothing can be said."""
    signs, chance, division = summary.balance, summary.chance, summary.division
    return {
        "states": len(summary.network),
        "density": summary.density,
        "components": summary.component_count,
        "closure": summary.closure,
        "blocs": len(division.blocs),
        "modularity": division.modularity if division.blocs else None,
        "bloc_stability": division.stability if division.blocs else None,
        "balanced_triads": signs.balanced_count if signs else None,
        "unbalanced_triads": signs.unbalanced_count if signs else None,
        "balanced_share": signs.balanced_share if signs else None,
        "balanced_share_by_chance": chance.mean if chance else None,
        "balanced_share_by_chance_low": chance.low if chance else None,
        "balanced_share_by_chance_high": chance.high if chance else None,
        "frustration_at_least": signs.frustration_low if signs else None,
        "frustration_at_most": signs.frustration_high if signs else None,
    }


def state_rows(summary: Summary) -> list[dict[str, Any]]:
    """One entry for each state: its bloc and its scores, None where it has none; by the first score, highest first."""
    rows: list[dict[str, Any]] = [
        {"state": state, "bloc": None if summary.bloc_of[row] < 0 else summary.bloc_of[row]}
        | {name: None if np.isnan(score[row]) else float(score[row]) for name, score in summary.scores.items()}
        for row, state in enumerate(summary.network.states)
    ]
    for name in list(summary.scores)[:1]:
        rows.sort(key=lambda row: (row[name] is None, -(row[name] or 0), row["state"]))
    return rows
