"""Militarized disputes between two states, as Gibler, Miller and Little list them."""

import numpy as np

from comity.panel.listed_pairs import of_pairs
from comity.panel.measure import Column, measure
from comity.panel.unknowns import whether

# One row for each directed pair, year and dispute, with what is known of the first state's side against the second. A
# state that never changed sides has its side in every year in which the two are listed. `name` is dispute or mid.
_FACED = """
    WITH part AS (
        SELECT source, dispute, state, side, is_originator, hostility_level,
               year(start_date) AS first_year, coalesce(year(end_date), 9999) AS last_year,
               min(side) OVER of_state = max(side) OVER of_state AS keeps_side
        FROM core.dispute_party
        WINDOW of_state AS (PARTITION BY source, dispute, state)
    ), listed AS (
        SELECT source, item AS dispute, from_state, to_state, year, bool_or(fact = '{name}_onset') AS is_new
        FROM core.dyad_year_fact
        WHERE fact IN ('{name}_onset', '{name}_ongoing')
        GROUP BY ALL
    ), opposed AS (
        SELECT f.source, f.dispute, from_state, to_state, f.year, bool_or(one.side = 'a') AS is_on_side_a,
               bool_or(one.is_originator) AS is_originator,
               max(greatest(one.hostility_level, other.hostility_level)) AS hostility_level
        FROM listed f
        JOIN part one ON one.source = f.source AND one.dispute = f.dispute AND one.state = f.from_state
                      AND (one.keeps_side OR f.year BETWEEN one.first_year AND one.last_year)
        JOIN part other ON other.source = f.source AND other.dispute = f.dispute AND other.state = f.to_state
                        AND (other.keeps_side OR f.year BETWEEN other.first_year AND other.last_year)
        WHERE one.side <> other.side
        GROUP BY ALL
    ), faced AS (
        SELECT * FROM listed LEFT JOIN opposed USING (source, dispute, from_state, to_state, year)
    ){chosen}
"""

# Of several disputes of a pair in a year, one: what the field's program keeps. Unknown deaths rank between none and
# the fewest, a length that is not known ranks last.
_ONE_DISPUTE = """
    , length AS (
        SELECT source, item AS dispute, max(value) FILTER (property = 'shortest_duration_days') AS shortest,
               max(value) FILTER (property = 'longest_duration_days') AS longest
        FROM core.property
        WHERE core_table = 'dispute' AND property IN ('shortest_duration_days', 'longest_duration_days')
        GROUP BY ALL
    )
    SELECT from_state, to_state, year, {value} AS value, source
    FROM faced JOIN core.dispute d USING (source, dispute) LEFT JOIN length USING (source, dispute)
    WHERE is_on_side_a IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY source, from_state, to_state, year
        ORDER BY is_new DESC, coalesce(d.fatality_level, 0.5) DESC, d.hostility_level DESC NULLS LAST,
                 shortest DESC NULLS LAST, longest DESC NULLS LAST, d.is_reciprocated DESC NULLS LAST,
                 month(d.start_date), dispute
    ) = 1
"""
_HOSTILITY = "coalesce(faced.hostility_level, d.hostility_level)"
_REACHED = """
    SELECT from_state AS state_a, to_state AS state_b, year, max({value}) AS value, source
    FROM faced JOIN core.dispute d USING (source, dispute)
    WHERE from_state < to_state
    GROUP BY ALL
    HAVING {which}
"""


def onset_initiator(name: str) -> str:
    """SQL of who initiated a dispute that began in the year; `name` is dispute or mid, as its facts are named."""
    chosen = """
        SELECT from_state, to_state, year, max((is_on_side_a OR NOT is_originator)::INTEGER) AS value, source
        FROM faced
        WHERE is_new
        GROUP BY ALL
        HAVING max((is_on_side_a OR NOT is_originator)::INTEGER) = 1 OR bool_and(is_on_side_a IS NOT NULL)
    """
    return _FACED.format(name=name, chosen=chosen)


def _of_one_dispute(value: str) -> str:
    return _FACED.format(name="dispute", chosen=_ONE_DISPUTE.format(value=value))


def _reached(value: str, which: str) -> str:
    return _FACED.format(name="dispute", chosen=_REACHED.format(value=value, which=which))


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="dispute")
def dispute_onset() -> str:
    """Whether a militarized dispute between the two states began in the year."""
    return of_pairs("dispute_onset")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="dispute")
def dispute_ongoing() -> str:
    """Whether a militarized dispute between the two states was under way on any day of the year."""
    return of_pairs("dispute_ongoing")


@measure(unit="dyad_year", type="count", measured_in="disputes", kind="dispute")
def dispute_onset_count() -> str:
    """Number of militarized disputes between the two states that began in the year."""
    return of_pairs("dispute_onset", "count(DISTINCT item)")


@measure(unit="dyad_year", type="count", measured_in="disputes", kind="dispute")
def dispute_count() -> str:
    """Number of militarized disputes between the two states that were under way on any day of the year."""
    return of_pairs("dispute_ongoing", "count(DISTINCT item)")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", is_directed=True)
def dispute_onset_initiator() -> str:
    """Whether, of a militarized dispute of the two that began in the year, the first state was an initiator.

    A state initiates when it stands on side A, the side that acted first, or when it joined a dispute of others. Both
    states of a pair may have. Of several disputes that began in the year one is enough. Null where none began.
    """
    return onset_initiator("dispute")


@measure(
    unit="dyad_year",
    type="flag",
    measured_in="0 or 1",
    of=("dispute_onset", "dispute_onset_initiator"),
    is_directed=True,
)
def is_dispute_initiator(onset: Column, initiates: Column, _initiates_back: Column) -> Column:
    """Whether the first state initiated a militarized dispute with the second that began in the year.

    `dispute_onset_initiator`, and zero where no dispute began.
    """
    return np.where(onset == 0, 0.0, initiates)


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", is_directed=True)
def dispute_is_on_side_a() -> str:
    """Whether the first state stood on side A, the side that acted first, in the dispute of the two in the year.

    Null where no dispute was under way. Of several disputes one speaks, by the rule of the package peacesciencer,
    which gives its choice in all 9,284 rows of its table: a dispute that began in the year before one that went on;
    then the one with most deaths (unknown deaths rank above none and below the fewest), with the highest hostility,
    the longest by its shortest length, by its longest length, the reciprocated one, the one of the earliest month.
    Where a source carries no lengths, those two steps fall away, and another dispute would speak in 62 of those rows.
    """
    return _of_one_dispute("is_on_side_a::INTEGER")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", is_directed=True)
def dispute_is_originator() -> str:
    """Whether the first state was in the dispute of the two from its first day, and did not join it later.

    Null where no dispute was under way. Of several disputes in a year one speaks, as in `dispute_is_on_side_a`.
    """
    return _of_one_dispute("is_originator::INTEGER")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", is_directed=True)
def dispute_is_initiating_side() -> str:
    """Whether the first state stood on side A in the dispute of the two in the year, or had joined it.

    Null where no dispute was under way, so that it says who, given a dispute; `is_dispute_initiator` says whether. It
    holds in every year of the dispute. Of several disputes in a year one speaks, as in `dispute_is_on_side_a`.
    """
    return _of_one_dispute("(is_on_side_a OR NOT is_originator)::INTEGER")


@measure(unit="dyad_year", type="category", measured_in="class 0 to 5", kind="dispute")
def dispute_hostility_level() -> str:
    """The highest level that either state reached in a dispute of the two under way in the year.

    0 no dispute, 1 no militarized action, 2 threat, 3 display, 4 use of force, 5 war. A state's level is that of its
    part in the whole dispute, not of the year alone, and in a dispute of many it may be toward another state.
    """
    return _reached(_HOSTILITY, which=f"max({_HOSTILITY}) IS NOT NULL")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="dispute")
def has_force() -> str:
    """Whether either state used force in a dispute of the two under way in the year: hostility level 4 or 5."""
    return _reached("1", which=f"max({_HOSTILITY}) >= 4")


@measure(unit="dyad_year", type="category", measured_in="class 0 to 6")
def dispute_fatality_level() -> str:
    """The highest class of deaths of a dispute of the two states under way in the year.

    0 none, 1 to 25, 26 to 100, 101 to 250, 251 to 500, 501 to 999, and 6 for more than 999 soldiers killed: in the
    whole dispute, on all its sides and in all its years. Null where there was no dispute, or where the class of one
    of the disputes is not known.
    """
    return _reached("d.fatality_level", which="bool_and(d.fatality_level IS NOT NULL)")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", of=("dispute_ongoing", "dispute_fatality_level"))
def has_fatal_dispute(ongoing: Column, fatality_level: Column) -> Column:
    """Whether a dispute of the two states under way in the year cost at least one life, in any of its years.

    Null where the deaths of a dispute are not known. They are those of the whole dispute, as in
    `dispute_fatality_level`: a pair in a war of many has a fatal dispute even if the two never fired at each other.
    """
    return np.where(ongoing == 0, 0.0, whether(fatality_level >= 1, fatality_level))
