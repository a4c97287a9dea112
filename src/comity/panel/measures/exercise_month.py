"""Military exercises in which two states took part in a month."""

from comity.panel.measure import measure
from comity.panel.measures.engagement import together


@measure(unit="dyad_month", type="count", measured_in="exercises", kind="exercise")
def exercise_count() -> str:
    """Number of military exercises that began in the month and in which both states took part, observers left out.

    A multilateral exercise counts once for every pair of its participants. An exercise of which only the year is known
    stands in no month. A zero is honest all the same: the source that knows all exercises gives the month of every one,
    and where no source knows all there is no zero.
    """
    return together(
        "exercise",
        where="e.start_precision <> 'year'",
        time="year(e.start_date) AS year, month(e.start_date) AS month",
    )
