"""Organizations the states belong to, alone and together."""

from comity.panel.measure import measure

# Which intergovernmental organizations a state belongs to in a year, a bit for each: a join of memberships would make
# twenty million pairs. The list is complete for members of the state system, so a member without an entry has none;
# not so a state whose entries break off, as those of the two Germanys do before the year of their union. Records name
# some organizations of some states, and say nothing of how many there are.
_STATE_YEARS = """
    WITH held AS (
        SELECT m.source, m.party AS state, m.role, year(m.start_date) AS first_year, m.end_date IS NULL AS is_open,
               year(coalesce(m.end_date, m.known_until)) AS last_year,
               (dense_rank() OVER (PARTITION BY m.source ORDER BY m.organisation))::INTEGER AS number
        FROM core.organisation_member m JOIN core.organisation o USING (source, organisation)
        WHERE o.organisation_kind = 'intergovernmental' AND m.party_kind = 'state' AND m.start_date IS NOT NULL
          AND m.source NOT IN ('register', 'register_own')
    ), yearly AS (
        SELECT source, state, role, number, unnest(range(first_year, last_year + 1)) AS year
        FROM held
    ), member AS (
        SELECT DISTINCT state, unnest(range(year(start_date), year(coalesce(end_date, known_until)) + 1)) AS year
        FROM core.state_membership
        WHERE system = 'cow' AND role = 'member'
    ), span AS (
        SELECT source, min(first_year) AS first_year, max(last_year) AS last_year
        FROM held
        GROUP BY ALL
    ), known AS (
        SELECT source, state, year
        FROM member JOIN span ON year BETWEEN first_year AND last_year
        ANTI JOIN (SELECT source, state, last_year + 1 AS year FROM held WHERE is_open) USING (source, state, year)
        UNION
        SELECT source, state, year
        FROM yearly
    ), state_year AS (
        SELECT source, state, year, bitstring_agg(number, 1, 2048) FILTER (role IN ({roles})) AS bodies
        FROM known LEFT JOIN yearly USING (source, state, year)
        GROUP BY ALL
    )
    {answer}
"""

_COUNTED = "SELECT state, year, coalesce(bit_count(bodies), 0) AS value, source FROM state_year"

_SHARED = """
    SELECT a.state AS state_a, b.state AS state_b, year, coalesce(bit_count(a.bodies & b.bodies), 0) AS value, source
    FROM state_year a JOIN state_year b USING (source, year)
    WHERE a.state < b.state
"""

# Four treaties with one state that are listed like a body make no partners of their other sides.
_SHARED_OF_KIND = """
    WITH held AS (
        SELECT m.source, m.organisation, m.party, m.start_date, coalesce(m.end_date, m.known_until) AS last_date
        FROM core.organisation_member m JOIN core.organisation o USING (source, organisation)
        WHERE m.party_kind = 'state' AND m.start_date IS NOT NULL AND o.organisation_kind = '{kind}'
          AND m.organisation <> 'grouping/us_bilateral_defence'
    ), joint AS (
        SELECT source, organisation, a.party AS state_a, b.party AS state_b,
               unnest(range(year(greatest(a.start_date, b.start_date)),
                            year(least(a.last_date, b.last_date)) + 1)) AS year
        FROM held a JOIN held b USING (source, organisation)
        WHERE a.party < b.party AND greatest(a.start_date, b.start_date) <= least(a.last_date, b.last_date)
    )
    SELECT state_a, state_b, year, count(DISTINCT organisation) AS value, source
    FROM joint
    GROUP BY ALL
"""


@measure(unit="dyad_year", type="count", measured_in="organizations")
def shared_organisation_count() -> str:
    """Number of intergovernmental organizations of which both states are full or associate members in the year.

    Observers do not count. The list ends in 2014 and holds organizations of three or more states. A single membership
    that it could not tell is not counted; null where it tells nothing of one of the states, as of the two Germanys and
    the two Yemens in 1990 and of Baden and Bavaria in 1870. The reference panels have 0 in the 71 pairs of 1870 and
    the same numbers everywhere else.
    """
    return _STATE_YEARS.format(roles="'member', 'associate'", answer=_SHARED)


@measure(unit="dyad_year", type="count", measured_in="organizations")
def shared_alliance_organisation_count() -> str:
    """Number of bodies with a defense obligation, such as NATO and the CSTO, to which both states belong in the year.

    On at least one day at the same time. Few bodies are listed, partly from memory, so a pair without one is unknown.
    """
    return _SHARED_OF_KIND.format(kind="alliance")


@measure(unit="dyad_year", type="count", measured_in="organizations")
def shared_partnership_count() -> str:
    """Number of partnerships, such as the Partnership for Peace or AUKUS, to which both states belong in the year.

    As members or partners, on at least one day at the same time. Few are listed, partly from memory, so a pair without
    one is unknown. A partner whose start is not known is left out.
    """
    return _SHARED_OF_KIND.format(kind="partnership")


@measure(unit="dyad_year", type="count", measured_in="organizations")
def shared_security_forum_count() -> str:
    """Number of security forums, such as the SCO or the Quad, to which both states belong in the year.

    On at least one day at the same time. Few are listed, partly from memory, so a pair without one is unknown.
    """
    return _SHARED_OF_KIND.format(kind="forum")


@measure(unit="dyad_year", type="count", measured_in="organizations")
def shared_regional_organisation_count() -> str:
    """Number of regional institutions, such as ASEAN or the European Union, to which both states belong in the year.

    On at least one day at the same time. To 2020 a list of 36 regional economic institutions speaks, later only one of
    two bodies: never read the fall after 2020 as an exit. A pair without one is unknown.
    """
    return _SHARED_OF_KIND.format(kind="regional")


@measure(unit="state_year", type="count", measured_in="organizations")
def organisation_count() -> str:
    """Number of intergovernmental organizations of which the state is a full member in the year, to 2014."""
    return _STATE_YEARS.format(roles="'member'", answer=_COUNTED)


@measure(unit="state_year", type="count", measured_in="organizations")
def associate_organisation_count() -> str:
    """Number of intergovernmental organizations of which the state is an associate member in the year, to 2014."""
    return _STATE_YEARS.format(roles="'associate'", answer=_COUNTED)


@measure(unit="state_year", type="count", measured_in="organizations")
def observer_organisation_count() -> str:
    """Number of intergovernmental organizations in which the state is an observer in the year, to 2014."""
    return _STATE_YEARS.format(roles="'observer'", answer=_COUNTED)


@measure(unit="state_year", type="count", measured_in="organizations")
def organisation_any_role_count() -> str:
    """Number of intergovernmental organizations in which the state is a member, associate or observer, to 2014."""
    return _STATE_YEARS.format(roles="'member', 'associate', 'observer'", answer=_COUNTED)
