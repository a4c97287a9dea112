"""Single hostile or dangerous acts between two states, by month."""

from comity.panel.measure import measure
from comity.panel.measures.incident import incidents_between


@measure(unit="dyad_month", type="count", measured_in="incidents", kind="incident")
def incident_count() -> str:
    """Number of incidents listed that began in the month in which one of the two states acted upon the other.

    States that were only present are left out, and so are incidents of which only the year is known. Never zero: no
    source lists every incident.
    """
    return incidents_between(
        "year(i.start_date) AS year, month(i.start_date) AS month", "i.start_precision IN ('day', 'month')"
    )
