"""Military exercises in which two states took part in a year: how many, how long, how large, and what is left."""

import numpy as np

from comity.panel.folding import fold
from comity.panel.measure import Column, measure
from comity.panel.measures.engagement import HALF_LIFE_YEARS, larger_of, together
from comity.panel.spells import decayed_stock, unit_starts
from comity.panel.spines import Spine
from comity.panel.unknowns import whether

# Everybody who took part counts here, also organisations and those whom the source does not name.
_PARTIES = """(
        SELECT count(*) FROM core.engagement_party p
        WHERE p.source = e.source AND p.engagement = e.engagement AND p.role <> 'observer'
    )"""
_IS_DATED = "(e.start_precision = 'day' AND coalesce(e.end_precision, '') = 'day')"


@measure(unit="dyad_year", type="count", measured_in="exercises", kind="exercise")
def exercise_count() -> str:
    """Number of military exercises that began in the year and in which both states took part, observers left out.

    A multilateral exercise counts once for every pair of its participants. Where no source knows all exercises, also
    the number that a source gives for a whole year counts (of China and its neighbors), so that the number can be
    larger than the bilateral and multilateral exercises, which are known one by one, together.
    """
    return larger_of(together("exercise"), "joint_exercise_count", ("state_a", "state_b"))


@measure(unit="dyad_year", type="count", measured_in="exercises", kind="exercise")
def bilateral_exercise_count() -> str:
    """Number of military exercises that began in the year and in which the two states and nobody else took part.

    Observers are left out. An exercise with an organisation, a territory or somebody whom the source does not name as
    a third is multilateral.
    """
    return together("exercise", where=f"{_PARTIES} = 2")


@measure(unit="dyad_year", type="count", measured_in="exercises", kind="exercise")
def multilateral_exercise_count() -> str:
    """Number of military exercises that began in the year and in which both states and somebody else took part.

    Observers are left out; the third may be an organisation, a territory or somebody whom the source does not name.
    """
    return together("exercise", where=f"{_PARTIES} > 2")


@measure(unit="dyad_year", type="count", measured_in="days", kind="exercise")
def known_exercise_days() -> str:
    """Days on which the two states are known to have exercised together, added up over exercises begun in the year.

    An exercise counts from its first day to its last, both included, where its source gives both to the day; the
    others (`undated_exercise_count`) add nothing, so the number is the least there can have been. Two exercises on one
    day are two days.
    """
    return together("exercise", value="CAST(sum(e.end_date - e.start_date + 1) AS BIGINT)", where=_IS_DATED)


@measure(unit="dyad_year", type="count", measured_in="exercises", kind="exercise")
def undated_exercise_count() -> str:
    """Number of military exercises of the two states, begun in the year, of which the first or last day is unknown."""
    return together("exercise", where=f"NOT {_IS_DATED}")


@measure(unit="dyad_year", type="count", measured_in="days", of=("known_exercise_days", "undated_exercise_count"))
def exercise_days(known_exercise_days: Column, undated_exercise_count: Column) -> Column:
    """Days on which the two states exercised together, added up over the exercises that began in the year.

    Null where the length of one of these exercises is unknown; `known_exercise_days` has what is known of them. Two
    exercises on one day are two days.
    """
    return np.where(undated_exercise_count > 0, np.nan, known_exercise_days)


@measure(unit="dyad_year", type="number", measured_in="people")
def exercise_personnel_count() -> str:
    """Number of people, of all who took part, in the largest exercise of the two states that began in the year.

    The largest of those whose size is known; null where none is, so never zero. The source that knows all exercises
    gives no sizes.
    """
    return together("exercise", value="max(e.personnel_count)", where="e.personnel_count IS NOT NULL")


@measure(unit="dyad_year", type="number", measured_in="exercises", of=("exercise_count",), over="history")
def exercise_stock(exercise_count: Column, rows: Spine) -> Column:
    """What is left of the exercises of the two states up to this year, when what is left halves every five years.

    The sum over the years so far of exercise_count × 0.5^(years since / 5), this year's count included whole. Five
    years is a convention and no estimate: those who took part move on within a few years. A stock starts with the first
    known year of the pair, before which exercises are unknown and not none, so it is too small at first. It is null
    where this year's count is unknown, and starts anew after such a year. Through years in which one of the two was no
    member it goes on decaying.
    """
    assert rows.state_b is not None
    starts = unit_starts(rows.state_a, rows.state_b)
    return decayed_stock(exercise_count, starts, rows.year, HALF_LIFE_YEARS)


@measure(unit="state_year", type="count", measured_in="states", of=("exercise_count",))
def exercise_partner_count(exercise_count: Column, pairs: Spine, rows: Spine) -> Column:
    """Number of states with which the state took part in at least one military exercise that began in the year.

    Null where that is unknown of any other state of the system.
    """
    is_partner = whether(exercise_count > 0, exercise_count)
    return fold(is_partner, is_partner, pairs, rows, "sum")
