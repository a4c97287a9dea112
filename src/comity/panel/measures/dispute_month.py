"""Militarized disputes between two states by month, as far as the days of their parts are known."""

import numpy as np

from comity.panel.measure import Column, measure
from comity.panel.unknowns import whether

# For each two states on different sides of a dispute the first and last month in which they may have met in it, and
# the first and last in which they did. Of a part of which only the years are known, an originator was in the dispute
# from its first day, and in a dispute of two both were until its last. `name` is dispute or mid.
_MET = """
    WITH horizon AS (
        SELECT source, max(coalesce(end_date, start_date)) AS last_day FROM core.dispute_party GROUP BY source
    ), whole AS (
        SELECT d.source, d.dispute, any_value(date_trunc('month', d.start_date)) AS start_month,
               any_value(date_trunc('month', coalesce(d.end_date, last_day))) AS end_month,
               count(DISTINCT p.state) = 2 AS is_of_two
        FROM core.dispute d JOIN core.dispute_party p USING (source, dispute) JOIN horizon USING (source)
        WHERE source IN (SELECT source FROM core.dyad_year_fact WHERE fact = '{name}_ongoing')
        GROUP BY d.source, d.dispute
    ), part AS (
        SELECT source, p.dispute, p.state, p.side, start_month, end_month,
               date_trunc('month', p.start_date) AS started,
               date_trunc('month', coalesce(p.end_date, last_day)) AS ended,
               p.start_precision IN ('day', 'month') AS knows_start,
               coalesce(p.end_precision IN ('day', 'month'), false) AS knows_end,
               p.is_originator OR is_of_two AS is_from_start, is_of_two OR p.end_date IS NULL AS is_to_end
        FROM core.dispute_party p JOIN whole USING (source, dispute) JOIN horizon USING (source)
    ), bounded AS (
        SELECT source, dispute, state, side,
               CASE WHEN knows_start THEN started ELSE greatest(started, start_month) END AS first_start,
               CASE WHEN knows_start THEN started
                    WHEN is_from_start AND year(started) = year(start_month) THEN start_month
                    ELSE least(started + INTERVAL 11 MONTH, end_month) END AS last_start,
               CASE WHEN knows_end THEN ended ELSE least(ended, end_month) END AS last_end,
               CASE WHEN knows_end THEN ended
                    WHEN is_to_end AND year(ended) = year(end_month) THEN end_month
                    ELSE greatest(date_trunc('year', ended), start_month) END AS first_end
        FROM part
    ), met AS (
        SELECT a.source, least(a.state, b.state) AS state_a, greatest(a.state, b.state) AS state_b,
               greatest(a.first_start, b.first_start) AS first_start,
               greatest(a.last_start, b.last_start) AS last_start,
               least(a.first_end, b.first_end) AS first_end, least(a.last_end, b.last_end) AS last_end
        FROM bounded a JOIN bounded b USING (source, dispute)
        WHERE a.side = 'a' AND b.side = 'b' AND a.state <> b.state
          AND greatest(a.first_start, b.first_start) <= least(a.last_end, b.last_end)
    )
    SELECT state_a, state_b, year(of_month) AS year, month(of_month) AS month,
           max(CASE WHEN {certain} THEN 2 ELSE 1 END) AS value, source
    FROM met, LATERAL (
        SELECT unnest(range(first_start, {until} + INTERVAL 1 MONTH, INTERVAL 1 MONTH)) AS of_month
    )
    GROUP BY ALL
"""


def _ongoing(name: str) -> str:
    return _MET.format(name=name, until="last_end", certain="of_month BETWEEN last_start AND first_end")


def _onset(name: str) -> str:
    certain = "first_start = last_start AND last_start <= first_end"
    return _MET.format(name=name, until="least(last_start, last_end)", certain=certain)


@measure(unit="dyad_month", type="category", measured_in="0 no, 1 may be, 2 yes", kind="dispute")
def dispute_ongoing_certainty() -> str:
    """How sure it is that a militarized dispute between the two states was under way on any day of the month.

    1 where the source gives the years of a part in the dispute and not its months, and nothing else settles them: an
    originator is in a dispute from its first month, and a dispute of two lasts for both until its last.
    """
    return _ongoing("dispute")


@measure(unit="dyad_month", type="category", measured_in="0 no, 1 may be, 2 yes", kind="dispute")
def dispute_onset_certainty() -> str:
    """How sure it is that the two states came to face each other in a militarized dispute in the month.

    As `dispute_ongoing_certainty`, for the first month of the two.
    """
    return _onset("dispute")


@measure(unit="dyad_month", type="flag", measured_in="0 or 1", of=("dispute_ongoing_certainty",))
def dispute_ongoing(certainty: Column) -> Column:
    """Whether a militarized dispute between the two states was under way on any day of the month.

    Null where one was under way in the year and its months are not known: `dispute_ongoing_certainty` is 1.
    """
    return _settled(certainty)


@measure(unit="dyad_month", type="flag", measured_in="0 or 1", of=("dispute_onset_certainty",))
def dispute_onset(certainty: Column) -> Column:
    """Whether the two states came to face each other in a militarized dispute in the month.

    Null where they did in the year and the month is not known: `dispute_onset_certainty` is 1.
    """
    return _settled(certainty)


@measure(unit="dyad_month", type="category", measured_in="0 no, 1 may be, 2 yes", kind="mid")
def mid_ongoing_certainty() -> str:
    """How sure it is that the two states faced each other in a militarized interstate dispute in the month.

    As `dispute_ongoing_certainty`. The parties' days come from the list of parties, which is of another release than
    the dyad-years of `mid_ongoing`.
    """
    return _ongoing("mid")


@measure(unit="dyad_month", type="category", measured_in="0 no, 1 may be, 2 yes", kind="mid")
def mid_onset_certainty() -> str:
    """How sure it is that the two states came to face each other in a militarized interstate dispute in the month."""
    return _onset("mid")


@measure(unit="dyad_month", type="flag", measured_in="0 or 1", of=("mid_ongoing_certainty",))
def mid_ongoing(certainty: Column) -> Column:
    """Whether the two states faced each other in a militarized interstate dispute on any day of the month."""
    return _settled(certainty)


@measure(unit="dyad_month", type="flag", measured_in="0 or 1", of=("mid_onset_certainty",))
def mid_onset(certainty: Column) -> Column:
    """Whether the two states came to face each other in a militarized interstate dispute in the month."""
    return _settled(certainty)


def _settled(certainty: Column) -> Column:
    return np.where(certainty == 1, np.nan, whether(certainty == 2, certainty))
