"""What military and industrial means a state has, and how two states' means compare.

Facts of an older release of the National Material Capabilities, which a store may hold too, are not used.
"""

import numpy as np

from comity.panel.listed import of_states
from comity.panel.measure import Column, measure
from comity.panel.spines import Spine
from comity.panel.unknowns import quotient, whether

PARITY = 0.8


@measure(unit="state_year", type="number", measured_in="share of the world")
def cinc_share() -> str:
    """Composite Index of National Capability: the state's share of the capabilities of all states in the year.

    The mean of its shares of the world's military spending, soldiers, iron and steel, energy, people and people in
    cities (Singer, Bremer and Stuckey 1972).
    """
    return of_states("cinc_share")


@measure(unit="state_year", type="number", measured_in="current US dollars")
def military_expenditure_usd() -> str:
    """Military spending in United States dollars of the day, from 1914, as National Material Capabilities has it.

    Not corrected for prices; for comparisons over years use `military_expenditure_usd2023`.
    """
    return of_states("military_expenditure_usd")


@measure(unit="state_year", type="number", measured_in="current pounds sterling")
def military_expenditure_gbp() -> str:
    """Military spending in pounds sterling of the day, to 1913, as National Material Capabilities has it."""
    return of_states("military_expenditure_gbp")


@measure(
    unit="state_year",
    type="number",
    measured_in="current pounds to 1913, current US dollars from 1914",
    of=("military_expenditure_gbp", "military_expenditure_usd"),
)
def military_expenditure_gbp_usd(gbp: Column, usd: Column) -> Column:
    """Military spending as it is published: in pounds of the day to 1913 and in United States dollars from 1914.

    The field's variable `milex`, times 1,000. Compare states within a year; the series breaks between 1913 and 1914.
    """
    return np.where(np.isnan(usd), gbp, usd)


@measure(unit="state_year", type="count", measured_in="people")
def military_personnel_count() -> str:
    """Number of soldiers under the state's command against foreign adversaries; published in thousands."""
    return of_states("military_personnel_count")


@measure(unit="state_year", type="number", measured_in="tons")
def iron_steel_tons() -> str:
    """Iron (to 1899) and steel (from 1900) made in the state in the year."""
    return of_states("iron_steel_tons")


@measure(unit="state_year", type="number", measured_in="tons of coal equivalent")
def energy_coal_equivalent_tons() -> str:
    """Primary energy used in the state in the year, as the coal that would give it."""
    return of_states("energy_coal_equivalent_tons")


@measure(unit="state_year", type="count", measured_in="people")
def population_count() -> str:
    """Number of people in the state, within its borders of the year, as National Material Capabilities counts them."""
    return of_states("population_count", only="source = 'nmc'")


@measure(unit="state_year", type="number", measured_in="people")
def urban_population_count() -> str:
    """Number of people in the state's cities of 100,000 or more; some are estimates, and not whole."""
    return of_states("urban_population_count")


@measure(unit="state_year", type="number", measured_in="US dollars of 2023")
def military_expenditure_usd2023() -> str:
    """Military spending in United States dollars at prices and exchange rates of 2023 as SIPRI has it, from 1949."""
    return of_states("military_expenditure_usd2023")


@measure(unit="state_year", type="number", measured_in="current US dollars")
def military_expenditure_current_usd() -> str:
    """Military spending in United States dollars of the day as SIPRI has it, from 1949."""
    return of_states("military_expenditure_current_usd")


@measure(unit="state_year", type="number", measured_in="share of GDP")
def military_expenditure_gdp_share() -> str:
    """Military spending as a share of gross domestic product as SIPRI has it, from 1949: 0.02 is two percent."""
    return of_states("military_expenditure_gdp_share")


@measure(unit="state_year", type="number", measured_in="share of government spending")
def military_expenditure_government_share() -> str:
    """Military spending as a share of all spending of the government as SIPRI has it, from 1988."""
    return of_states("military_expenditure_government_share")


@measure(unit="state_year", type="number", measured_in="current US dollars")
def military_expenditure_per_capita_usd() -> str:
    """Military spending for each inhabitant in United States dollars of the day as SIPRI has it, from 1988."""
    return of_states("military_expenditure_per_capita_usd")


@measure(
    unit="state_year",
    type="number",
    measured_in="share of the year before",
    of=("military_expenditure_usd2023",),
    over="history",
)
def military_expenditure_growth_share(spending: Column, rows: Spine) -> Column:
    """Change of military spending at constant prices against the calendar year before: 0.1 is ten percent more.

    Null where either year is unknown or the year before had none.
    """
    follows = (rows.state_a[1:] == rows.state_a[:-1]) & (rows.year[1:] == rows.year[:-1] + 1)
    before = np.full(len(rows), np.nan)
    before[1:][follows] = spending[:-1][follows]
    return quotient(spending, before) - 1


@measure(
    unit="state_year",
    type="number",
    measured_in="share of the population",
    of=("military_personnel_count", "population_count"),
)
def military_personnel_share(personnel: Column, people: Column) -> Column:
    """Militarization: soldiers for each inhabitant, both as National Material Capabilities counts them."""
    return quotient(personnel, people)


@measure(unit="dyad_year", type="number", measured_in="share of the population", of=("military_personnel_share",))
def lower_military_personnel_share(share_a: Column, share_b: Column) -> Column:
    """The lower of the two states' soldiers for each inhabitant: how militarized at least both are (Bremer 1992)."""
    return np.minimum(share_a, share_b)


@measure(unit="dyad_year", type="number", measured_in="ratio of 1 or more", of=("cinc_share",))
def cinc_ratio(cinc_a: Column, cinc_b: Column) -> Column:
    """How many times the capabilities (CINC) of the stronger state are those of the weaker; 1 is balance.

    Null where the weaker state has none.
    """
    return quotient(np.maximum(cinc_a, cinc_b), np.minimum(cinc_a, cinc_b))


@measure(unit="dyad_year", type="number", measured_in="natural logarithm of a ratio", of=("cinc_ratio",))
def cinc_log_ratio(cinc_ratio: Column) -> Column:
    """Natural logarithm of `cinc_ratio`, the form most models take: 0 is balance."""
    logarithm: Column = np.log(cinc_ratio)
    return logarithm


@measure(unit="dyad_year", type="number", measured_in="share of the pair", of=("cinc_share",))
def larger_cinc_share_of_pair(cinc_a: Column, cinc_b: Column) -> Column:
    """The stronger state's part of the pair's capabilities (CINC), the field's capability ratio: 0.5 is balance."""
    return quotient(np.maximum(cinc_a, cinc_b), cinc_a + cinc_b)


@measure(unit="dyad_year", type="number", measured_in="share of the pair", of=("cinc_share",), is_directed=True)
def cinc_share_of_pair(cinc_from: Column, cinc_to: Column) -> Column:
    """The first state's part of the pair's capabilities (CINC): 0.5 is balance, 1 is all."""
    return quotient(cinc_from, cinc_from + cinc_to)


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", of=("cinc_share",))
def is_power_parity(cinc_a: Column, cinc_b: Column) -> Column:
    """Whether the weaker state has at least 80 percent of the stronger's capabilities (CINC).

    The threshold is that of research on power transitions (Organski and Kugler 1980).
    """
    weaker, stronger = np.minimum(cinc_a, cinc_b), np.maximum(cinc_a, cinc_b)
    return whether(weaker >= PARITY * stronger, weaker)
