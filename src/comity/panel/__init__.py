"""Panels: spines of state-years and dyad-years, and the measures that fill them."""

from comity.panel.measure import Measure, find_measure, measures
from comity.panel.panel import Panel, panel
from comity.panel.spine import SYSTEMS, UNITS, Spine, spine

__all__ = ["SYSTEMS", "UNITS", "Measure", "Panel", "Spine", "find_measure", "measures", "panel", "spine"]
