"""Where a state stands, and how far two states stand apart."""

import numpy as np

from comity.panel.listed import of_states
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


@measure(unit="state_year", type="count", measured_in="votes")
def vote_count() -> str:
    """Number of votes the state cast in the General Assembly of the United Nations in the session opened that year."""
    return of_states("vote_count")


@measure(unit="dyad_year", type="number", measured_in="share 0 to 1")
def vote_agreement_share() -> str:
    """Share of the votes cast by both states in the session of the General Assembly in which they voted the same way.

    Known only where one of the two is the United States, Russia, Brazil, China (since 1971), India or Israel.
    """
    return """
        SELECT least(from_state, to_state) AS state_a, greatest(from_state, to_state) AS state_b, year,
               max(value) AS value, source
        FROM core.dyad_year_fact
        WHERE fact = 'vote_agreement_share'
        GROUP BY ALL
    """


@measure(unit="dyad_year", type="number", measured_in="ideal points", of=("ideal_point",))
def ideal_point_distance(ideal_point_a: Column, ideal_point_b: Column) -> Column:
    """How far apart the two states' votes place them: the absolute difference of their ideal points."""
    distance: Column = np.abs(ideal_point_a - ideal_point_b)
    return distance
