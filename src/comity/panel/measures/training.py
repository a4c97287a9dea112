"""Training of one state's people by another: how many courses and people, and what it cost.

The reports that list training go by fiscal years and have gaps, and a year in which one report is missing still holds
some courses of the reports before and after it. So a course counts in the year of its report, where it has one.
"""

from comity.panel.measure import measure
from comity.panel.measures.engagement import directed

# A report is named for two fiscal years and lists what took place in the first: `2013-2014/17` is line 17 of 2013.
_YEAR = """CASE WHEN regexp_matches(e.engagement, '^\\d{4}-\\d{4}/')
             THEN CAST(left(e.engagement, 4) AS INTEGER) ELSE year(e.start_date) END AS year"""


def _training(value: str, where: str = "true") -> str:
    return directed("training", ("provider", "recipient"), value=value, where=where, time=_YEAR)


@measure(unit="dyad_year", type="count", measured_in="courses", kind="training", is_directed=True)
def training_course_count() -> str:
    """Number of courses that the one state gave to people of the other in the year.

    Each line of a report is a course, also one that repeats another. The year is the fiscal year of the report (of the
    United States October to September, named for its end), or the year of the start where there is no report. What was
    only proposed does not count. The reports are incomplete (members of NATO, secret and bought training), so there is
    no zero.
    """
    return _training("count(*)")


@measure(unit="dyad_year", type="count", measured_in="people", kind="training", is_directed=True)
def trainee_count() -> str:
    """Number of people of the other state whom the one state trained in the year, as far as reports give it.

    Somebody who took two courses counts twice. Courses without a number of people, which are few, add
    nothing; null where none has one. The year, and what is not reported, are as for `training_course_count`.
    """
    return _training("CAST(sum(e.personnel_count) AS BIGINT)", "e.personnel_count IS NOT NULL")


@measure(unit="dyad_year", type="number", measured_in="US dollars of the time", is_directed=True)
def training_spending_usd() -> str:
    """What the one state's training of people of the other in the year cost, as far as reports give it.

    Courses without an amount add nothing; null where none has one. A course for which a report prints 0, because the
    price of a group stands on one of its lines, is not missing, so the sum can be 0. The year, and what is not
    reported, are as for `training_course_count`.
    """
    return _training("sum(e.cost_usd)", "e.cost_usd IS NOT NULL")
