"""Who is a member of a state system, and who is a major power."""

import numpy as np

from comity.panel.measure import Column, measure
from comity.panel.spines import Spine
from comity.panel.unknowns import both, either, whether

# The lists are whole: a state they do not name was no member, in the years to which the list is known.
_HOLDS_ROLE = """
    SELECT DISTINCT state, unnest(range(year(start_date), year(coalesce(end_date, known_until)) + 1)) AS year,
           1 AS value, source
    FROM core.state_membership
    WHERE system = '{system}' AND role IN ({roles})
"""


@measure(unit="state_year", type="flag", measured_in="0 or 1", kind="cow_membership")
def is_cow_member() -> str:
    """Whether the state is a member of the Correlates of War's state system on any day of the year, to 2016."""
    return _HOLDS_ROLE.format(system="cow", roles="'member'")


@measure(unit="state_year", type="flag", measured_in="0 or 1", kind="gw_membership")
def is_gw_member() -> str:
    """Whether the state is a member of Gleditsch and Ward's state system on any day of the year, to 2017.

    Their microstates are members here.
    """
    return _HOLDS_ROLE.format(system="gw", roles="'member', 'microstate'")


@measure(unit="state_year", type="flag", measured_in="0 or 1", kind="gw_membership")
def is_microstate() -> str:
    """Whether Gleditsch and Ward list the state as a microstate, with fewer than 250,000 inhabitants, to 2017."""
    return _HOLDS_ROLE.format(system="gw", roles="'microstate'")


@measure(unit="state_year", type="flag", measured_in="0 or 1", kind="cow_membership")
def is_major_power() -> str:
    """Whether the state is a major power of the Correlates of War on any day of the year, to 2016.

    The list is complete: a state that it does not name is none. After its last year nobody is known to be one.
    """
    return _HOLDS_ROLE.format(system="cow", roles="'major_power'")


@measure(unit="state_year", type="count", measured_in="years", over="history")
def system_membership_years(rows: Spine) -> Column:
    """Number of years since 1816 in which the state was a member of the panel's state system, this one included."""
    place = np.arange(len(rows))
    is_first = np.append(True, rows.state_a[1:] != rows.state_a[:-1])[: len(rows)]
    years: Column = place - np.maximum.accumulate(np.where(is_first, place, 0)) + 1.0
    return years


@measure(unit="dyad_year", type="count", measured_in="states", of=("is_major_power",))
def major_power_count(is_major_power_a: Column, is_major_power_b: Column) -> Column:
    """Number of major powers in the pair: 0, 1 or 2."""
    return is_major_power_a + is_major_power_b


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", of=("is_major_power",))
def has_major_power(is_major_power_a: Column, is_major_power_b: Column) -> Column:
    """Whether at least one of the two states is a major power."""
    return either(is_major_power_a, is_major_power_b)


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", of=("is_major_power",))
def is_major_power_pair(is_major_power_a: Column, is_major_power_b: Column) -> Column:
    """Whether both states are major powers."""
    return both(is_major_power_a, is_major_power_b)


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", of=("is_contiguous", "has_major_power"))
def is_relevant(is_contiguous: Column, has_major_power: Column) -> Column:
    """Whether the pair is politically relevant: contiguous (classes 1 to 5), or with a major power.

    Null where contiguity is unknown and neither state is known to be a major power.
    """
    return either(is_contiguous, has_major_power)


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", of=("contiguity_type_first", "has_major_power"))
def is_relevant_first(contiguity_type_first: Column, has_major_power: Column) -> Column:
    """Whether the pair is politically relevant by the field's program; see `contiguity_type_first`."""
    return either(whether(contiguity_type_first > 0, contiguity_type_first), has_major_power)
