"""Militarized disputes between two states."""

from comity.panel.measure import measure

_DISPUTED = """
    SELECT least(from_state, to_state) AS state_a, greatest(from_state, to_state) AS state_b, year,
           max(value) AS value, source
    FROM core.dyad_year_fact
    WHERE fact = '{fact}'
    GROUP BY ALL
"""


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="dispute")
def dispute_onset() -> str:
    """Whether a militarized dispute between the two states began in the year."""
    return _DISPUTED.format(fact="dispute_onset")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="dispute")
def dispute_ongoing() -> str:
    """Whether a militarized dispute between the two states was under way on any day of the year."""
    return _DISPUTED.format(fact="dispute_ongoing")
