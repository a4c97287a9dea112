"""The SQL of measures that are the numbers a source lists, as they stand."""

_OF_STATES = """
    SELECT state, year, value, source
    FROM core.state_year_fact
    WHERE fact = '{fact}' AND item = '' AND {only}
"""


def of_states(fact: str, only: str = "true") -> str:
    """What the newest release says about single states in a year; `only` narrows the rows, say to one source."""
    return _OF_STATES.format(fact=fact, only=only)
