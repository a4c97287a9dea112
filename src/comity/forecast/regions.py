"""Where pairs lie, by the hundreds of the numbers that the state systems give: the regions of the field's tables."""

from __future__ import annotations

import numpy as np

from comity.forecast.listed import Flags, Numbers
from comity.forecast.targets import Cases

# The first number of each region, in both systems. One state's number tells where it lies: 640, Turkey, does in the
# Middle East.
FIRST = {"Americas": 2, "Europe": 200, "Africa": 400, "Middle East": 600, "Asia": 700, "Oceania": 900}
BETWEEN = "between regions"


def region(number: int) -> str:
    """The region of a state by its number in a state system.

    >>> region(365), region(651), region(740)
    ('Europe', 'Middle East', 'Asia')
    """
    return [name for name, first in FIRST.items() if first <= number][-1]


def in_regions(rows: Cases) -> dict[str, Flags]:
    """Which rows are of pairs within each region, and which of pairs between two; regions without rows are left out."""
    one, other = _sides(rows)
    held = {name: (one == place) & (other == place) for place, name in enumerate(FIRST)} | {BETWEEN: one != other}
    return {name: flags for name, flags in held.items() if flags.any()}


def region_pairs(rows: Cases) -> Numbers:
    """A number for the two regions in which the states of each row lie, the same whichever comes first."""
    one, other = _sides(rows)
    made: Numbers = np.minimum(one, other) * len(FIRST) + np.maximum(one, other)
    return made


def _sides(rows: Cases) -> tuple[Numbers, Numbers]:
    """The place of the region of either state."""
    spine, places = rows.panel.rows, list(FIRST)
    of_state = {spell.state: places.index(region(int(spell.what))) for spell in spine.system.members}
    where = np.array([of_state[state] for state in spine.index.states], dtype=np.int64)
    return where[rows.state_a], where[rows.state_b]
