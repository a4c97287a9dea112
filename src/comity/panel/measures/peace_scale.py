"""How good the peace between two states is, beyond the absence of war (Goertz, Diehl and Balas 2016)."""

from comity.panel.measure import measure


@measure(unit="dyad_year", type="number", measured_in="0 to 1")
def peace_level() -> str:
    """How good the relation of the two states is: 0 severe rivalry, 0.25 lesser rivalry, 0.5 negative peace.

    0.75 is warm peace and 1 a security community; a year in which the level changed has the mean of its days, as Peace
    Data 3.1 gives it from 1900 to 2020. Null for pairs that it does not list, which are most: those who have little
    to do with each other.
    """
    return """
        SELECT least(from_state, to_state) AS state_a, greatest(from_state, to_state) AS state_b, year,
               avg(value) AS value, source
        FROM core.dyad_year_fact
        WHERE fact = 'peace_level_mean'
        GROUP BY ALL
    """
