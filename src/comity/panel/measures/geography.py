"""Where states lie."""

from comity.panel.measure import measure


@measure(unit="dyad_year", type="category", measured_in="class 0 to 5", kind="contiguity")
def contiguity_type() -> str:
    """How near the two states are: 1 land or river border, 2 to 5 at most 12, 24, 150 or 400 miles of water, 0 none.

    Where a year holds two kinds, the nearer one. The classes are ordered but not a scale: do not average them.
    """
    return """
        SELECT least(from_state, to_state) AS state_a, greatest(from_state, to_state) AS state_b, year,
               min(value) AS value, source
        FROM core.dyad_year_fact
        WHERE fact = 'contiguity_type'
        GROUP BY ALL
    """
