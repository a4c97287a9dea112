"""How democratic a state is, and how alike two states are in it.

Scores by state lists of Gleditsch and Ward, which a store holds too, are not used.
"""

import numpy as np

from comity.panel.listed import of_states
from comity.panel.measure import Column, measure
from comity.panel.unknowns import both, whether

DEMOCRACY = 6  # the score from which Polity's users speak of a democracy, here and for joint democracy


@measure(unit="state_year", type="number", measured_in="score from -10 to 10")
def polity_score() -> str:
    """Polity5 score, from -10 (autocracy) to 10 (democracy), as it is at the end of the year.

    Null in years of foreign interruption, interregnum and transition, which Polity marks -66, -77 and -88.
    """
    return of_states("polity_score")


@measure(unit="state_year", type="number", measured_in="score from -10 to 10")
def polity2_score() -> str:
    """Polity5 score from -10 to 10 with Polity's own filling of special years, made for series over time.

    Interregnum is 0, a transition is spread evenly over its years, and a foreign interruption stays null.
    """
    return of_states("polity2_score")


@measure(unit="state_year", type="category", measured_in="class 1 to 7")
def executive_constraint_code() -> str:
    """How far institutions bind those who decide (Polity's XCONST): 1 not at all, 7 parity or subordination."""
    return of_states("executive_constraint_code")


@measure(unit="state_year", type="count", measured_in="years")
def regime_durability_years() -> str:
    """Years since the last change of regime: of three points of Polity within three years, or a transition's end."""
    return of_states("regime_durability_years")


@measure(unit="state_year", type="number", measured_in="index from 0 to 1")
def electoral_democracy_index() -> str:
    """V-Dem's index of electoral democracy (polyarchy), from 0 to 1."""
    return of_states("electoral_democracy_index")


@measure(unit="state_year", type="number", measured_in="score, most within -2 and 2")
def unified_democracy_score() -> str:
    """Unified Democracy Score, extended: what many measures of democracy have in common, with mean near 0."""
    return of_states("unified_democracy_score")


@measure(unit="state_year", type="number", measured_in="score, most within -2 and 2")
def unified_democracy_adjusted_score() -> str:
    """Unified Democracy Score, extended, set so that 0 is the usual line between democracy and the rest."""
    return of_states("unified_democracy_adjusted_score")


@measure(unit="state_year", type="flag", measured_in="0 or 1", of=("polity2_score",))
def is_democracy(polity2_score: Column) -> Column:
    """Whether the state is a democracy by the usual line: a Polity2 score of 6 or more."""
    return whether(polity2_score >= DEMOCRACY, polity2_score)


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", of=("is_democracy",))
def is_joint_democracy(is_democracy_a: Column, is_democracy_b: Column) -> Column:
    """Whether both states are democracies, with Polity2 scores of 6 or more.

    Null where it hangs on an unknown score; one state known not to be a democracy decides it.
    """
    return both(is_democracy_a, is_democracy_b)


@measure(unit="dyad_year", type="number", measured_in="score from -10 to 10", of=("polity2_score",))
def lower_polity2_score(polity2_a: Column, polity2_b: Column) -> Column:
    """The lower of the two states' Polity2 scores, the weak link of the democratic peace."""
    return np.minimum(polity2_a, polity2_b)


@measure(unit="dyad_year", type="number", measured_in="score, most within -2 and 2", of=("unified_democracy_score",))
def lower_unified_democracy_score(score_a: Column, score_b: Column) -> Column:
    """The lower of the two states' extended Unified Democracy Scores: how democratic at least both are."""
    return np.minimum(score_a, score_b)


@measure(unit="dyad_year", type="number", measured_in="points from 0 to 20", of=("polity2_score",))
def polity2_distance(polity2_a: Column, polity2_b: Column) -> Column:
    """How far apart the two states' regimes are: the absolute difference of their Polity2 scores."""
    distance: Column = np.abs(polity2_a - polity2_b)
    return distance


@measure(unit="dyad_year", type="number", measured_in="index from 0 to 1", of=("electoral_democracy_index",))
def lower_electoral_democracy_index(index_a: Column, index_b: Column) -> Column:
    """The lower of the two states' indices of electoral democracy."""
    return np.minimum(index_a, index_b)


@measure(unit="dyad_year", type="number", measured_in="index from 0 to 1", of=("electoral_democracy_index",))
def electoral_democracy_distance(index_a: Column, index_b: Column) -> Column:
    """How far apart the two states' regimes are: the absolute difference of their indices of electoral democracy."""
    distance: Column = np.abs(index_a - index_b)
    return distance
