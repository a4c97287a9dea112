"""Panels: spines of states or pairs and years or months, and the measures that fill them."""

from comity.panel.frame import Panel, panel
from comity.panel.measure import Measure, find_measure, known_measures
from comity.panel.spines import UNITS, Spine, spine
from comity.panel.systems import SYSTEMS, StateSystem, state_system

__all__ = [
    "SYSTEMS",
    "UNITS",
    "Measure",
    "Panel",
    "Spine",
    "StateSystem",
    "find_measure",
    "known_measures",
    "panel",
    "spine",
    "state_system",
]
