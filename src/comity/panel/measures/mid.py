"""Militarized interstate disputes as the Correlates of War project lists them, beside those of `dispute`."""

import numpy as np

from comity.panel.listed_pairs import of_pairs
from comity.panel.measure import Column, measure
from comity.panel.measures.dispute import onset_initiator
from comity.panel.unknowns import whether


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="mid")
def mid_onset() -> str:
    """Whether the two states came to face each other in a militarized interstate dispute in the year."""
    return of_pairs("mid_onset")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="mid")
def mid_ongoing() -> str:
    """Whether the two states faced each other in a militarized interstate dispute on any day of the year."""
    return of_pairs("mid_ongoing")


@measure(unit="dyad_year", type="count", measured_in="disputes", kind="mid")
def mid_onset_count() -> str:
    """Number of militarized interstate disputes in which the two states came to face each other in the year."""
    return of_pairs("mid_onset", "count(DISTINCT item)")


@measure(unit="dyad_year", type="category", measured_in="class 0 to 5", kind="mid")
def mid_hostility_level() -> str:
    """The highest level of hostility that either state reached toward the other in the year's disputes.

    0 no dispute, 1 no militarized action, 2 threat, 3 display, 4 use of force, 5 war.
    """
    return of_pairs("mid_hostility_level")


@measure(unit="dyad_year", type="category", measured_in="class 0 to 6")
def mid_fatality_level() -> str:
    """The highest class of deaths of either state in the year's disputes between the two.

    0 none, 1 to 25, 26 to 100, 101 to 250, 251 to 500, 501 to 999, and 6 for more than 999 killed. Null where there
    was no dispute, or where the class of one side in one of the disputes is not known.
    """
    return """
        SELECT least(from_state, to_state) AS state_a, greatest(from_state, to_state) AS state_b, year,
               max(value) FILTER (fact = 'mid_fatality_level') AS value, source
        FROM core.dyad_year_fact
        WHERE fact IN ('mid_fatality_level', 'mid_ongoing')
        GROUP BY ALL
        HAVING count(*) = 2 * count(*) FILTER (fact = 'mid_ongoing')
    """


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", of=("mid_ongoing", "mid_fatality_level"))
def has_fatal_mid(ongoing: Column, fatality_level: Column) -> Column:
    """Whether one of the two states lost at least one life in the year's militarized interstate disputes of the two.

    Null where the deaths of a side are not known.
    """
    return np.where(ongoing == 0, 0.0, whether(fatality_level >= 1, fatality_level))


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", is_directed=True)
def mid_onset_initiator() -> str:
    """Whether, of a dispute in which the two came to face each other in the year, the first state was an initiator.

    A state initiates when it stands on side A, the side that acted first, or when it joined a dispute of others. Null
    where no such dispute began, or where the list of parties, which is of a later release, does not have the two on
    different sides.
    """
    return onset_initiator("mid")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", of=("mid_onset", "mid_onset_initiator"), is_directed=True)
def is_mid_initiator(onset: Column, initiates: Column, _initiates_back: Column) -> Column:
    """Whether the first state initiated a militarized interstate dispute in which the two came face to face that year.

    `mid_onset_initiator`, and zero where no dispute of the two began.
    """
    return np.where(onset == 0, 0.0, initiates)
