"""How many rivalries a state is in, coded by historians with knowledge of what came after."""

from comity.panel.measure import measure
from comity.panel.measures.rivalry import TYPED

_COUNT = """
    SELECT state, year, count(DISTINCT rivalry) AS value, source
    FROM (
        SELECT r.source, coalesce(r.rivalry, r.row_ref) AS rivalry, unnest([r.state_a, r.state_b]) AS state,
               range(year(r.start_date), year(coalesce(r.end_date, r.known_until)) + 1) AS years
        FROM core.rivalry r{typed}
        WHERE r.rivalry_kind = 'strategic' AND year(coalesce(r.end_date, r.known_until)) >= 1816
    ), LATERAL (SELECT unnest(years) AS year)
    GROUP BY ALL
"""


def _of_type(type_of: str) -> str:
    return _COUNT.format(typed=TYPED.format(type_of=type_of))


@measure(unit="state_year", type="count", measured_in="rivalries", kind="rivalry", is_hindsight=True)
def strategic_rivalry_count() -> str:
    """Number of strategic rivalries of the state that ran on any day of the year (Thompson, Sakuwa and Suhas)."""
    return _COUNT.format(typed="")


@measure(unit="state_year", type="count", measured_in="rivalries", kind="rivalry", is_hindsight=True)
def positional_rivalry_count() -> str:
    """Number of the state's strategic rivalries of the year that are over influence and rank.

    A rivalry of several types counts under each of them.
    """
    return _of_type("is_positional")


@measure(unit="state_year", type="count", measured_in="rivalries", kind="rivalry", is_hindsight=True)
def spatial_rivalry_count() -> str:
    """Number of the state's strategic rivalries of the year that are over the control of territory."""
    return _of_type("is_spatial")


@measure(unit="state_year", type="count", measured_in="rivalries", kind="rivalry", is_hindsight=True)
def ideological_rivalry_count() -> str:
    """Number of the state's strategic rivalries of the year that are over systems of belief."""
    return _of_type("is_ideological")


@measure(unit="state_year", type="count", measured_in="rivalries", kind="rivalry", is_hindsight=True)
def interventionary_rivalry_count() -> str:
    """Number of the state's strategic rivalries of the year in which one side meddled in the other's affairs."""
    return _of_type("is_interventionary")
