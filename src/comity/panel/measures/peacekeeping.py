"""Peacekeeping: who serves where, and with whom."""

from comity.panel.measure import measure

# A map shows one mission in one month (since 2021 in one year), so the mean of a mission's maps is its strength.
_MAPPED = """
    WITH mapped AS (
        SELECT source, mission, year(date) AS year, count(DISTINCT date) AS map_count
        FROM core.mission_presence
        GROUP BY ALL
    ), served AS (
        SELECT p.source, {states}, year(p.date) AS year, p.personnel_count / m.map_count AS mean_count
        FROM core.mission_presence p
        JOIN mapped m ON m.source = p.source AND m.mission = p.mission AND m.year = year(p.date)
        WHERE p.personnel_count IS NOT NULL AND {condition}
    )
    SELECT {names}, year, sum(mean_count ORDER BY mean_count) AS value, source
    FROM served
    GROUP BY ALL
"""

_MISSIONS = """
    SELECT {state} AS state, year(date) AS year, count(DISTINCT mission) AS value, source
    FROM core.mission_presence
    WHERE {condition}
    GROUP BY ALL
"""


@measure(unit="dyad_year", type="count", measured_in="missions", kind="peacekeeping")
def shared_mission_count() -> str:
    """Number of peace missions in which troops of both states are listed in the year.

    Not all serve at one place or in one month. Police and observers alone are in no list of contributors.
    """
    return """
        WITH served AS (
            SELECT DISTINCT source, mission, party, year(date) AS year
            FROM core.mission_presence
            WHERE party_kind = 'state'
        )
        SELECT a.party AS state_a, b.party AS state_b, year, count(*) AS value, source
        FROM served a JOIN served b USING (source, mission, year)
        WHERE a.party < b.party
        GROUP BY ALL
    """


@measure(unit="dyad_year", type="number", measured_in="people", kind="peacekeeping", is_directed=True)
def hosted_peacekeeper_count() -> str:
    """Number of troops of the first state who serve in peace missions on the second's ground, as a mean of the year.

    Of each mission the mean of its maps of the year, then the sum over missions. The number is inferred from the size
    of units, a unit of several states parted evenly; units of unknown size are left out. Where one mission takes over
    from another in the year, both count.
    """
    return _MAPPED.format(
        states="p.party AS from_state, p.host_state AS to_state",
        names="from_state, to_state",
        condition="p.party_kind = 'state' AND p.host_state IS NOT NULL AND p.host_state <> p.party",
    )


@measure(unit="state_year", type="number", measured_in="people", kind="peacekeeping")
def peacekeeper_count() -> str:
    """Number of the state's troops who serve in peace missions, as a mean of the year.

    Counted as `hosted_peacekeeper_count`, over all missions.
    """
    return _MAPPED.format(states="p.party AS state", names="state", condition="p.party_kind = 'state'")


@measure(unit="state_year", type="number", measured_in="people", kind="peacekeeping")
def peacekeeper_on_ground_count() -> str:
    """Number of troops, from anywhere, who serve in peace missions on the state's ground, as a mean of the year.

    Counted as `hosted_peacekeeper_count`, with those whose state is not known.
    """
    return _MAPPED.format(states="p.host_state AS state", names="state", condition="p.host_state IS NOT NULL")


@measure(unit="state_year", type="count", measured_in="missions", kind="peacekeeping")
def peacekeeping_mission_count() -> str:
    """Number of peace missions in which troops of the state are listed in the year."""
    return _MISSIONS.format(state="party", condition="party_kind = 'state'")


@measure(unit="state_year", type="count", measured_in="missions", kind="peacekeeping")
def mission_on_ground_count() -> str:
    """Number of peace missions that are mapped on the state's ground in the year, headquarters and observers too."""
    return _MISSIONS.format(state="host_state", condition="host_state IS NOT NULL")


@measure(unit="state_year", type="number", measured_in="people", kind="peacekeeping")
def mission_personnel_count() -> str:
    """Number of troops, police and observers who serve in United Nations missions in the state, as a mean of the year.

    The sum over missions of each month, then the mean of the months the source knows, to 2019; a mission of half a year
    counts half. Missions that the source places in several states, or in none, are left out.
    """
    return """
        WITH host AS (
            SELECT source, item AS mission, min(part) AS state
            FROM core.property
            WHERE core_table = 'mission_month' AND property = 'host_state'
            GROUP BY ALL
            HAVING count(DISTINCT part) = 1
        ), known AS (
            SELECT source, year(month) AS year, count(DISTINCT month) AS month_count
            FROM core.mission_month
            WHERE personnel_kind = 'total'
            GROUP BY ALL
        )
        SELECT h.state, k.year, sum(m.personnel_count) / max(k.month_count) AS value, source
        FROM core.mission_month m JOIN host h USING (source, mission) JOIN known k USING (source)
        WHERE m.personnel_kind = 'total' AND k.year = year(m.month)
        GROUP BY ALL
    """
