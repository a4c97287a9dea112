"""Ties between states as a graph of several layers, and places for its nodes in a picture."""

from comity.network.folding import (
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
from comity.network.positions import layout
from comity.network.standing import COUNTED, IN_FORCE, STANDING

__all__ = [
    "COUNTED",
    "DONE",
    "FIGHTING",
    "INCIDENT",
    "IN_FORCE",
    "LAYERS",
    "STANDING",
    "WATCHING",
    "Tie",
    "layer_of_agreement",
    "layer_of_instrument",
    "layout",
    "ties",
]
