"""International crises between two states (International Crisis Behavior)."""

from comity.panel.listed_pairs import of_pairs, one_way
from comity.panel.measure import measure


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="crisis_dyad")
def crisis_onset() -> str:
    """Whether an international crisis between the two states began in the year.

    A crisis that begins when little of the year is left has its onset in the next year, the first that is listed.
    """
    return of_pairs("crisis_onset")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="crisis_dyad")
def crisis_ongoing() -> str:
    """Whether an international crisis between the two states was under way in the year."""
    return of_pairs("crisis_ongoing")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="crisis_dyad", is_directed=True)
def is_crisis_actor() -> str:
    """Whether the first state is coded as an actor in a crisis with the second under way in the year.

    An actor is a state whose leaders saw their basic values threatened, little time to answer and war as likely. The
    other state of the pair need not be one: it may be the source of the threat alone.
    """
    return one_way("crisis_actor")
