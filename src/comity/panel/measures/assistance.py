"""Money that one state gives to another."""

from comity.panel.measure import measure

_GIVEN = """
    SELECT from_state, to_state, year, sum(value) AS value, source
    FROM core.dyad_year_fact
    WHERE fact = '{fact}'
    GROUP BY ALL
"""


@measure(unit="dyad_year", type="number", measured_in="US dollars of the year", is_directed=True)
def assistance_obligations_usd() -> str:
    """Assistance of every kind that the first state obligates itself in the fiscal year to give the second.

    Economic and military together: the source does not part them. Current dollars; a negative amount takes back an
    earlier one. Fiscal years of the United States, the one giver known: July to June until 1976, October to September
    since 1977, and the quarter between the two counts in 1976. Obligations and disbursements of a year are two stages
    of the same money, so never add them. A year that is not listed is unknown.
    """
    return _GIVEN.format(fact="assistance_obligations_usd")


@measure(unit="dyad_year", type="number", measured_in="constant US dollars", is_directed=True)
def assistance_obligations_constant_usd() -> str:
    """As `assistance_obligations_usd`, in constant dollars; the source does not say of which year, about 2023."""
    return _GIVEN.format(fact="assistance_obligations_constant_usd")


@measure(unit="dyad_year", type="number", measured_in="US dollars of the year", is_directed=True)
def assistance_disbursements_usd() -> str:
    """Assistance of every kind that the first state pays to the second in the fiscal year; known since 2001.

    See `assistance_obligations_usd`.
    """
    return _GIVEN.format(fact="assistance_disbursements_usd")


@measure(unit="dyad_year", type="number", measured_in="constant US dollars", is_directed=True)
def assistance_disbursements_constant_usd() -> str:
    """As `assistance_disbursements_usd`, in constant dollars; the source does not say of which year, about 2023."""
    return _GIVEN.format(fact="assistance_disbursements_constant_usd")
