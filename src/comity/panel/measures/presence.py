"""Forces of one state on another's ground: people, bases, and money to build."""

from comity.panel.measure import measure

# A September report of nobody often means that the people deployed there were counted elsewhere.
_PEOPLE = """
    SELECT from_state, to_state, year, source,
           arg_max(value, if(value = 0, 0, list_position(['', 'q1', 'q2', 'q4', 'q3'], item))) AS value
    FROM core.dyad_year_fact
    WHERE fact = '{fact}'
    GROUP BY ALL
"""

_SITES = """
    SELECT from_state, to_state, year, {value} AS value, source
    FROM (
        SELECT source, presence, from_state, to_state,
               unnest(range(year(coalesce(start_date, end_date, known_until)),
                            year(coalesce(end_date, known_until)) + 1)) AS year
        FROM core.presence
        WHERE from_state IS NOT NULL AND {condition}
    )
    GROUP BY ALL
"""

_CLASSED = """(source, presence) IN (
            SELECT (source, item) FROM core.property WHERE core_table = 'presence' AND {condition}
        )"""


@measure(unit="dyad_year", type="count", measured_in="people", kind="troops", is_directed=True)
def troop_count() -> str:
    """Number of the first state's troops on active duty who are stationed on the second's ground in the year.

    One count a year: that of the end of September where there is one, otherwise the latest other quarter, otherwise
    the source's number for the year. A zero is taken only where no other count of the year is above it, because people
    deployed to a war are often in no September report. Only troops of the United States are known. Civilians are not
    counted, reserves only as the reports do. Before 1974 the counts of Japan may or may not include Okinawa.
    """
    return _PEOPLE.format(fact="troop_count")


@measure(unit="dyad_year", type="count", measured_in="people", kind="troops", is_directed=True)
def army_troop_count() -> str:
    """Number of soldiers of the first state's army who are stationed on the second's ground; see `troop_count`."""
    return _PEOPLE.format(fact="army_troop_count")


@measure(unit="dyad_year", type="count", measured_in="people", kind="troops", is_directed=True)
def navy_troop_count() -> str:
    """Number of sailors of the first state's navy who are stationed on the second's ground; see `troop_count`."""
    return _PEOPLE.format(fact="navy_troop_count")


@measure(unit="dyad_year", type="count", measured_in="people", kind="troops", is_directed=True)
def air_force_troop_count() -> str:
    """Number of people of the first state's air force who are stationed on the second's ground; see `troop_count`."""
    return _PEOPLE.format(fact="air_force_troop_count")


@measure(unit="dyad_year", type="count", measured_in="people", kind="troops", is_directed=True)
def marine_corps_troop_count() -> str:
    """Number of marines of the first state who are stationed on the second's ground; see `troop_count`."""
    return _PEOPLE.format(fact="marine_corps_troop_count")


@measure(unit="dyad_year", type="count", measured_in="sites", kind="base", is_directed=True)
def base_count() -> str:
    """Number of military sites the first state is listed with on the second's ground: bases, lilypads, funded sites.

    A site counts in the years of its spell. The list of the bases of the United States gives no dates, so its sites
    count in the year it was last brought up to date alone, 2018, and a few of them may have been given up before.
    """
    return _SITES.format(value="count(*)", condition=_CLASSED.format(condition="property = 'is_base'"))


@measure(unit="dyad_year", type="count", measured_in="sites", kind="base", is_directed=True)
def large_base_count() -> str:
    """Number of sites the list of bases calls a base, and no lilypad, of the first state on the second's ground.

    Years as in `base_count`.
    """
    return _SITES.format(value="count(*)", condition=_CLASSED.format(condition="property = 'is_base' AND value = 1"))


@measure(unit="dyad_year", type="count", measured_in="sites", kind="base", is_directed=True)
def lilypad_count() -> str:
    """Number of small sites, called lilypads, of the first state on the second's ground; years as in `base_count`."""
    return _SITES.format(value="count(*)", condition=_CLASSED.format(condition="property = 'is_lilypad' AND value = 1"))


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="base", is_directed=True)
def has_base() -> str:
    """Whether the first state is listed with a military site on the second's ground; years as in `base_count`."""
    return _SITES.format(value="1", condition=_CLASSED.format(condition="property = 'is_base'"))


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="presence", is_directed=True)
def has_forces_abroad() -> str:
    """Whether the register or a list of bases names forces or a site of the first state on the second's ground.

    A spell holds from its start to its end, or to the last day it is known; without a start, in its last year alone.
    Who is not listed is unknown.
    """
    return _SITES.format(value="1", condition="true")


@measure(unit="dyad_year", type="number", measured_in="US dollars of the year", is_directed=True)
def construction_spending_usd() -> str:
    """Money the first state may spend in the fiscal year on building for its forces on the second's ground.

    Authority to spend, in current dollars, of a fiscal year that ends in September. Only the United States is known.
    """
    return """
        SELECT from_state, to_state, year, sum(value) AS value, source
        FROM core.dyad_year_fact
        WHERE fact = 'construction_spending_usd'
        GROUP BY ALL
    """
