"""What two states did together in a year."""

from comity.panel.measure import measure

_TOGETHER = """
    SELECT a.party AS state_a, b.party AS state_b, year(e.start_date) AS year, count(*) AS value, e.source
    FROM core.engagement e
    JOIN core.engagement_party a USING (source, engagement)
    JOIN core.engagement_party b USING (source, engagement)
    WHERE e.instrument = '{instrument}' AND e.status IN ('completed', 'ongoing')
      AND a.party_kind = 'state' AND b.party_kind = 'state' AND a.party < b.party
      AND a.role <> 'observer' AND b.role <> 'observer' AND {more}
    GROUP BY ALL
"""


@measure(unit="dyad_year", type="count", measured_in="exercises", kind="exercise")
def exercise_count() -> str:
    """Number of military exercises that began in the year and in which both states took part, observers left out.

    A multilateral exercise counts once for every pair of its participants.
    """
    return _TOGETHER.format(instrument="exercise", more="true")


@measure(unit="dyad_year", type="count", measured_in="visits", kind="visit")
def visit_count() -> str:
    """Number of visits of leaders, ministers and chiefs between the two states, either way, begun in the year.

    Two states that are visited on one journey, or that visit a third together, did not visit each other.
    """
    return _TOGETHER.format(instrument="visit", more="NOT (a.role = b.role AND a.role IN ('visitor', 'host'))")
