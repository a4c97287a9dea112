"""Ties between states as a graph of several layers: places, blocs, balance, and how these change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity import opened

if TYPE_CHECKING:
    from comity.network.blocs import Communities, communities
    from comity.network.building import USUAL, network, networks
    from comity.network.folding import (
        ACTED_UPON,
        DONE,
        FIGHTING,
        INCIDENT,
        LAYERS,
        WATCHING,
        Tie,
        layer_of_agreement,
        layer_of_instrument,
        ties,
    )
    from comity.network.graph import Layer, Network
    from comity.network.history import History, bloc_history
    from comity.network.hyperedges import Group, groups, projected
    from comity.network.layers import KINDS, layer_kind
    from comity.network.opposing import CLASHES, opposed_pairs
    from comity.network.pairs import bridged, distance, layer_likeness, participation
    from comity.network.places import PLACES
    from comity.network.positions import layout
    from comity.network.signs import AgainstChance, Balance, against_chance, balance, triads
    from comity.network.standing import COUNTED, IN_FORCE, STANDING

_HOMES = {
    "ACTED_UPON": "comity.network.folding",
    "AgainstChance": "comity.network.signs",
    "Balance": "comity.network.signs",
    "CLASHES": "comity.network.opposing",
    "COUNTED": "comity.network.standing",
    "Communities": "comity.network.blocs",
    "DONE": "comity.network.folding",
    "FIGHTING": "comity.network.folding",
    "Group": "comity.network.hyperedges",
    "History": "comity.network.history",
    "INCIDENT": "comity.network.folding",
    "IN_FORCE": "comity.network.standing",
    "KINDS": "comity.network.layers",
    "LAYERS": "comity.network.folding",
    "Layer": "comity.network.graph",
    "Network": "comity.network.graph",
    "PLACES": "comity.network.places",
    "STANDING": "comity.network.standing",
    "Tie": "comity.network.folding",
    "USUAL": "comity.network.building",
    "WATCHING": "comity.network.folding",
    "against_chance": "comity.network.signs",
    "balance": "comity.network.signs",
    "bloc_history": "comity.network.history",
    "bridged": "comity.network.pairs",
    "communities": "comity.network.blocs",
    "distance": "comity.network.pairs",
    "groups": "comity.network.hyperedges",
    "layer_kind": "comity.network.layers",
    "layer_likeness": "comity.network.pairs",
    "layer_of_agreement": "comity.network.folding",
    "layer_of_instrument": "comity.network.folding",
    "layout": "comity.network.positions",
    "network": "comity.network.building",
    "networks": "comity.network.building",
    "opposed_pairs": "comity.network.opposing",
    "participation": "comity.network.pairs",
    "projected": "comity.network.hyperedges",
    "ties": "comity.network.folding",
    "triads": "comity.network.signs",
}
__all__ = [
    "ACTED_UPON",
    "CLASHES",
    "COUNTED",
    "DONE",
    "FIGHTING",
    "INCIDENT",
    "IN_FORCE",
    "KINDS",
    "LAYERS",
    "PLACES",
    "STANDING",
    "USUAL",
    "WATCHING",
    "AgainstChance",
    "Balance",
    "Communities",
    "Group",
    "History",
    "Layer",
    "Network",
    "Tie",
    "against_chance",
    "balance",
    "bloc_history",
    "bridged",
    "communities",
    "distance",
    "groups",
    "layer_kind",
    "layer_likeness",
    "layer_of_agreement",
    "layer_of_instrument",
    "layout",
    "network",
    "networks",
    "opposed_pairs",
    "participation",
    "projected",
    "ties",
    "triads",
]


def __getattr__(name: str) -> Any:
    return opened(__name__, _HOMES, name)
