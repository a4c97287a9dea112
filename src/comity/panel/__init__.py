"""Panels: spines of state-years and dyad-years, and the measures that fill them."""

from comity.panel.frame import Panel, panel
from comity.panel.measure import Measure, find_measure, known_measures
from comity.panel.spines import SYSTEMS, UNITS, Spine, spine

__all__ = ["SYSTEMS", "UNITS", "Measure", "Panel", "Spine", "find_measure", "known_measures", "panel", "spine"]
