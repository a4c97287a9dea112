"""Where pairs lie, by the hundreds of the numbers that the state systems give: the regions of the field's tables."""

from __future__ import annotations

import numpy as np

from comity.forecast.listed import Flags
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
    spine = rows.panel.rows
    of_state = {spell.state: region(int(spell.what)) for spell in spine.system.members}
    where = np.array([of_state[state] for state in spine.index.states])
    one, other = where[rows.state_a], where[rows.state_b]
    held = {name: (one == name) & (other == name) for name in FIRST} | {BETWEEN: one != other}
    return {name: flags for name, flags in held.items() if flags.any()}
