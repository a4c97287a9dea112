"""Military exercises in which two states took part in a year, by the domain they were held in.

Sources name the domains of most exercises and of the others none, which does not mean that they were held nowhere. So
each domain has two measures: how many are known to have been in it, which is the least there were, and how many there
were, which is null where an exercise of the pair has no domain named.
"""

import numpy as np

from comity.panel.measure import Column, measure
from comity.panel.measures.engagement import together


def _known(domain: str) -> str:
    return together("exercise", where=f"list_contains(e.domains, '{domain}')")


def _all(known: Column, without: Column) -> Column:
    """The known ones, where there are no others that may have been in the domain."""
    return np.where(without > 0, np.nan, known)


@measure(unit="dyad_year", type="count", measured_in="exercises", kind="exercise")
def exercise_without_domain_count() -> str:
    """Number of military exercises of the two states, begun in the year, of which the source names no domain.

    They may have been in any; among them are command-post exercises.
    """
    return together("exercise", where="len(e.domains) = 0")


@measure(unit="dyad_year", type="count", measured_in="exercises", kind="exercise")
def known_land_exercise_count() -> str:
    """Number of military exercises of the two states, begun in the year, known to be on land.

    The least there can have been: an exercise of which the source names no domain counts in none. One in several
    domains counts in each.
    """
    return _known("land")


@measure(
    unit="dyad_year",
    type="count",
    measured_in="exercises",
    of=("known_land_exercise_count", "exercise_without_domain_count"),
)
def land_exercise_count(known_land_exercise_count: Column, exercise_without_domain_count: Column) -> Column:
    """Number of military exercises on land in which both states took part, begun in the year.

    Null where an exercise of the two has no domain named by its source; one in several domains counts in each.
    """
    return _all(known_land_exercise_count, exercise_without_domain_count)


@measure(unit="dyad_year", type="count", measured_in="exercises", kind="exercise")
def known_sea_exercise_count() -> str:
    """Number of military exercises of the two states, begun in the year, known to be at sea.

    The least there can have been: an exercise of which the source names no domain counts in none. One in several
    domains counts in each.
    """
    return _known("sea")


@measure(
    unit="dyad_year",
    type="count",
    measured_in="exercises",
    of=("known_sea_exercise_count", "exercise_without_domain_count"),
)
def sea_exercise_count(known_sea_exercise_count: Column, exercise_without_domain_count: Column) -> Column:
    """Number of military exercises at sea in which both states took part, begun in the year.

    Null where an exercise of the two has no domain named by its source; one in several domains counts in each.
    """
    return _all(known_sea_exercise_count, exercise_without_domain_count)


@measure(unit="dyad_year", type="count", measured_in="exercises", kind="exercise")
def known_air_exercise_count() -> str:
    """Number of military exercises of the two states, begun in the year, known to be in the air.

    The least there can have been: an exercise of which the source names no domain counts in none. One in several
    domains counts in each.
    """
    return _known("air")


@measure(
    unit="dyad_year",
    type="count",
    measured_in="exercises",
    of=("known_air_exercise_count", "exercise_without_domain_count"),
)
def air_exercise_count(known_air_exercise_count: Column, exercise_without_domain_count: Column) -> Column:
    """Number of military exercises in the air in which both states took part, begun in the year.

    Null where an exercise of the two has no domain named by its source; one in several domains counts in each.
    """
    return _all(known_air_exercise_count, exercise_without_domain_count)


@measure(unit="dyad_year", type="count", measured_in="exercises", kind="exercise")
def known_amphibious_exercise_count() -> str:
    """Number of military exercises of the two states, begun in the year, known to be with a landing from the sea.

    The least there can have been: an exercise of which the source names no domain counts in none. One in several
    domains counts in each.
    """
    return _known("amphibious")


@measure(
    unit="dyad_year",
    type="count",
    measured_in="exercises",
    of=("known_amphibious_exercise_count", "exercise_without_domain_count"),
)
def amphibious_exercise_count(known_amphibious_exercise_count: Column, exercise_without_domain_count: Column) -> Column:
    """Number of military exercises with a landing from the sea in which both states took part, begun in the year.

    Null where an exercise of the two has no domain named by its source; one in several domains counts in each.
    """
    return _all(known_amphibious_exercise_count, exercise_without_domain_count)


@measure(unit="dyad_year", type="count", measured_in="exercises", kind="exercise")
def known_cyber_exercise_count() -> str:
    """Number of military exercises of the two states, begun in the year, known to be in cyberspace.

    The least there can have been: an exercise of which the source names no domain counts in none. One in several
    domains counts in each.
    """
    return _known("cyber")


@measure(
    unit="dyad_year",
    type="count",
    measured_in="exercises",
    of=("known_cyber_exercise_count", "exercise_without_domain_count"),
)
def cyber_exercise_count(known_cyber_exercise_count: Column, exercise_without_domain_count: Column) -> Column:
    """Number of military exercises in cyberspace in which both states took part, begun in the year.

    Null where an exercise of the two has no domain named by its source; one in several domains counts in each.
    """
    return _all(known_cyber_exercise_count, exercise_without_domain_count)


@measure(unit="dyad_year", type="count", measured_in="exercises")
def space_exercise_count() -> str:
    """Number of military exercises in space in which both states took part, begun in the year.

    Satellites, launch or awareness of what is in space. The source that knows all exercises does not mark this domain,
    so there is no zero: null is unknown.
    """
    return _known("space")


@measure(unit="dyad_year", type="count", measured_in="exercises")
def information_exercise_count() -> str:
    """Number of military exercises in public information in which both states took part, begun in the year.

    Public information and psychological activity. The source that knows all exercises does not mark this domain, so
    there is no zero: null is unknown.
    """
    return _known("information")
