"""Diplomatic contact: who has an embassy or an ambassador where."""

from comity.panel.measure import Column, measure

_OF_ONE_STATE = """
    SELECT {side} AS state, year, sum(value) AS value, source
    FROM core.dyad_year_fact
    WHERE fact = 'diplomatic_contact'
    GROUP BY ALL
"""


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="diplomatic_contact", is_directed=True)
def has_diplomatic_contact() -> str:
    """Whether the first state was found to have an embassy or an ambassador with the second.

    Fifteen years from 1960 to 2008 were coded; every other year is unknown. A 0 is the source's own, and may mean no
    more than a vacant post.
    """
    return """
        SELECT from_state, to_state, year, max(value) AS value, source
        FROM core.dyad_year_fact
        WHERE fact = 'diplomatic_contact'
        GROUP BY ALL
    """


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", of=("has_diplomatic_contact",))
def has_mutual_diplomatic_contact(a_to_b: Column, b_to_a: Column) -> Column:
    """Whether each of the two states was found to have an embassy or an ambassador with the other.

    Null where one side is unknown, even if the other is found to have none: a 0 may be no more than a vacant post.
    """
    both: Column = a_to_b * b_to_a
    return both


@measure(unit="state_year", type="count", measured_in="states", kind="diplomatic_contact")
def embassy_abroad_count() -> str:
    """Number of states with which the state was found to have an embassy or an ambassador, in the years coded."""
    return _OF_ONE_STATE.format(side="from_state")


@measure(unit="state_year", type="count", measured_in="states", kind="diplomatic_contact")
def embassy_hosted_count() -> str:
    """Number of states that were found to have an embassy or an ambassador with the state, in the years coded."""
    return _OF_ONE_STATE.format(side="to_state")
