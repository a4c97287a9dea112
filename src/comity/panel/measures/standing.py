"""Where a state stands, and how far two states stand apart."""

import numpy as np

from comity.panel.measure import Column, measure


@measure(unit="state_year", type="number", measured_in="ideal point")
def ideal_point() -> str:
    """The state's position estimated from its votes in the General Assembly of the United Nations that session."""
    return """
        SELECT state, year, avg(value) AS value, source
        FROM core.state_year_fact
        WHERE fact = 'ideal_point'
        GROUP BY ALL
    """


@measure(unit="dyad_year", type="number", measured_in="ideal points", of=("ideal_point",))
def ideal_point_distance(ideal_point_a: Column, ideal_point_b: Column) -> Column:
    """How far apart the two states' votes place them: the absolute difference of their ideal points."""
    distance: Column = np.abs(ideal_point_a - ideal_point_b)
    return distance
