"""Wars between two states (Correlates of War)."""

from comity.panel.listed_pairs import of_pairs
from comity.panel.measure import measure


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="war")
def war_onset() -> str:
    """Whether the two states began to fight each other in a war between states in the year.

    In a war of many it is the year in which these two came to fight, which may be later than that of the war.
    """
    return of_pairs("war_onset")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="war")
def war_ongoing() -> str:
    """Whether the two states fought each other in a war between states on any day of the year.

    Such a war costs at least 1,000 soldiers' lives in battle within twelve months.
    """
    return of_pairs("war")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="war", is_directed=True)
def is_war_initiator() -> str:
    """Whether the first state had initiated the war in which the two began to fight each other in the year.

    The initiator is the one of the whole war; a state that joins its side later has not initiated it.
    """
    return """
        SELECT DISTINCT f.from_state, f.to_state, f.year, 1 AS value, f.source
        FROM core.dyad_year_fact f
        JOIN core.conflict_party p ON p.source = f.source AND p.conflict = f.item AND p.party = f.from_state
        WHERE f.fact = 'war_onset' AND p.party_kind = 'state' AND p.is_originator
    """
