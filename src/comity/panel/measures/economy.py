"""What states produce, and what two states trade."""

import numpy as np

from comity.panel.listed import of_states
from comity.panel.measure import Column, measure
from comity.panel.unknowns import quotient


@measure(unit="state_year", type="number", measured_in="US dollars of 2011 at purchasing power")
def gdp_estimate_usd2011() -> str:
    """Gross domestic product, estimated by a model of many sources (Fariss and others 2022)."""
    return of_states("gdp_estimate_usd2011")


@measure(unit="state_year", type="number", measured_in="US dollars of 2011 at purchasing power")
def gdp_estimate_deviation_usd2011() -> str:
    """How sure `gdp_estimate_usd2011` is: the standard deviation of the estimate."""
    return of_states("gdp_estimate_deviation_usd2011")


@measure(unit="state_year", type="number", measured_in="US dollars of 2011 at purchasing power")
def gdp_per_capita_estimate_usd2011() -> str:
    """Gross domestic product for each inhabitant, estimated by a model of many sources (Fariss and others 2022)."""
    return of_states("gdp_per_capita_estimate_usd2011")


@measure(
    unit="dyad_year",
    type="number",
    measured_in="US dollars of 2011 at purchasing power",
    of=("gdp_per_capita_estimate_usd2011",),
)
def lower_gdp_per_capita_estimate_usd2011(income_a: Column, income_b: Column) -> Column:
    """The lower of the two states' estimates of domestic product for each inhabitant: how rich at least both are."""
    return np.minimum(income_a, income_b)


@measure(unit="state_year", type="number", measured_in="US dollars of 2011 at purchasing power")
def gdp_per_capita_estimate_deviation_usd2011() -> str:
    """How sure `gdp_per_capita_estimate_usd2011` is: the standard deviation of the estimate."""
    return of_states("gdp_per_capita_estimate_deviation_usd2011")


@measure(unit="state_year", type="number", measured_in="people")
def population_estimate_count() -> str:
    """Number of people, estimated by a model of many sources (Fariss and others 2022); not a whole number."""
    return of_states("population_estimate_count")


@measure(unit="state_year", type="number", measured_in="people")
def population_estimate_deviation_count() -> str:
    """How sure `population_estimate_count` is: the standard deviation of the estimate."""
    return of_states("population_estimate_deviation_count")


@measure(unit="state_year", type="number", measured_in="US dollars of 2011 at purchasing power")
def gdp_per_capita_usd2011() -> str:
    """Gross domestic product for each inhabitant by the Maddison Project, which serves to compare levels.

    Within the borders of today, also in years before them: Germany in 1970 is both German states.
    """
    return of_states("gdp_per_capita_usd2011")


@measure(unit="state_year", type="number", measured_in="US dollars of 2011 at purchasing power")
def gdp_per_capita_growth_usd2011() -> str:
    """Gross domestic product for each inhabitant by the Maddison Project, which serves to compare years.

    From the level of 2011 it follows national rates of growth. Within the borders of today.
    """
    return of_states("gdp_per_capita_growth_usd2011")


@measure(unit="state_year", type="number", measured_in="current US dollars")
def imports_usd() -> str:
    """What the state bought from all others in the year, in dollars of the day (Correlates of War, 1870 to 2014)."""
    return of_states("imports_usd")


@measure(unit="state_year", type="number", measured_in="current US dollars")
def exports_usd() -> str:
    """What the state sold to all others in the year, in dollars of the day (Correlates of War, 1870 to 2014)."""
    return of_states("exports_usd")


@measure(unit="dyad_year", type="number", measured_in="current US dollars", is_directed=True)
def imports_from_usd() -> str:
    """What the first state bought from the second in the year, in dollars of the day; 0 only where it is published.

    Flows that the publisher interpolated are not used.
    """
    return """
        SELECT from_state, to_state, year, value, source
        FROM core.dyad_year_fact
        WHERE fact = 'imports_usd' AND item = ''
    """


@measure(unit="dyad_year", type="number", measured_in="current US dollars", of=("imports_from_usd",))
def bilateral_trade_usd(a_from_b: Column, b_from_a: Column) -> Column:
    """What the two states bought from each other in the year, both flows together; null where one is unknown."""
    return a_from_b + b_from_a


@measure(
    unit="dyad_year",
    type="number",
    measured_in="share of trade",
    of=("bilateral_trade_usd", "imports_usd", "exports_usd"),
    is_directed=True,
)
def trade_partner_share(
    trade: Column, imports_from: Column, _imports_to: Column, exports_from: Column, _exports_to: Column
) -> Column:
    """How much of the first state's trade with all others is with the second: the partner's share (Barbieri 1996).

    The totals are published apart from the flows and need not be their sums; a share may exceed 1.
    """
    return quotient(trade, imports_from + exports_from)


@measure(
    unit="dyad_year",
    type="number",
    measured_in="current US dollars for each dollar of 2011",
    of=("bilateral_trade_usd", "gdp_estimate_usd2011"),
    is_directed=True,
)
def trade_dependence(trade: Column, gdp_from: Column, _gdp_to: Column) -> Column:
    """Trade of the two states over the first state's gross domestic product (Oneal and Russett 1997).

    Trade is in dollars of the day and output in dollars of 2011 at purchasing power, since no source here has output
    at current prices: compare pairs within a year, not years, and do not read it as a share.
    """
    return quotient(trade, gdp_from)


@measure(
    unit="dyad_year",
    type="number",
    measured_in="current US dollars for each dollar of 2011",
    of=("bilateral_trade_usd", "gdp_estimate_usd2011"),
)
def lower_trade_dependence(trade: Column, gdp_a: Column, gdp_b: Column) -> Column:
    """The lower of the two states' dependences on their trade, the weak link; see `trade_dependence` for its prices."""
    return quotient(trade, np.maximum(gdp_a, gdp_b))
