"""Claims of states to land, rivers and waters that another state holds or claims as well."""

from comity.panel.measure import measure

# The issue of a claim is a property of it: 1 territory, 2 rivers, 3 waters.
_CLAIMED = """
    SELECT f.from_state, f.to_state, f.year, {value} AS value, f.source
    FROM core.dyad_year_fact f
    JOIN core.property p ON p.source = f.source AND p.core_table = 'territorial_claim' AND p.item = f.item
                         AND p.property = 'issue' AND p.value IN ({issues})
    WHERE f.fact = 'claim_salience'
    GROUP BY ALL
"""


@measure(
    unit="dyad_year",
    type="flag",
    measured_in="0 or 1",
    kind="territorial_claim",
    is_directed=True,
    is_hindsight=True,
)
def has_territorial_claim() -> str:
    """Whether the first state claims land, an island or a reef that the second holds or claims as well.

    Never zero: no source lists every claim of every region. The register, which does not tell kinds of claims apart,
    counts its sea areas here too. A claim of which only a last day is known, as some in the
    register, is told in the year of that day alone; when it began is unknown. Where the source does not say who holds
    the place, each claimant has a claim against every other.
    """
    return """
        WITH listed AS (
            SELECT c.source, c.claim, c.party, c.role, coalesce(year(c.start_date), year(c.known_until)) AS first_year,
                   year(coalesce(c.end_date, c.known_until)) AS last_year
            FROM core.territorial_claim c
            LEFT JOIN core.property p ON p.source = c.source AND p.core_table = 'territorial_claim'
                                      AND p.item = c.claim AND p.property = 'issue'
            WHERE c.party_kind = 'state' AND coalesce(p.value, 1) = 1
        ), opposed AS (
            SELECT one.source, one.party AS from_state, other.party AS to_state,
                   greatest(one.first_year, other.first_year) AS first_year,
                   least(one.last_year, other.last_year) AS last_year
            FROM listed one JOIN listed other USING (source, claim)
            WHERE one.role = 'claimant' AND other.role IN ('claimant', 'holder') AND one.party <> other.party
        )
        SELECT DISTINCT from_state, to_state, unnest(range(first_year, last_year + 1)) AS year, 1 AS value, source
        FROM opposed
        WHERE first_year <= last_year
    """


@measure(
    unit="dyad_year",
    type="flag",
    measured_in="0 or 1",
    kind="territorial_claim",
    is_directed=True,
    is_hindsight=True,
)
def has_river_claim() -> str:
    """Whether the first state disputes the second's use of a shared river (Issue Correlates of War).

    Never zero: the source covers the Americas, Western Europe and a part of the Middle East.
    """
    return _CLAIMED.format(value="1", issues="2")


@measure(
    unit="dyad_year",
    type="flag",
    measured_in="0 or 1",
    kind="territorial_claim",
    is_directed=True,
    is_hindsight=True,
)
def has_maritime_claim() -> str:
    """Whether the first state disputes the second's waters or the use of them (Issue Correlates of War).

    Never zero: the source covers the Americas and Western Europe.
    """
    return _CLAIMED.format(value="1", issues="3")


@measure(unit="dyad_year", type="number", measured_in="points, 0 to 12", is_directed=True, is_hindsight=True)
def claim_salience() -> str:
    """How much is at stake in the first state's claims against the second: the points of the most salient one.

    Points are given for what the place holds and means to both sides, from 0 to 12 (Issue Correlates of War). Claims
    to land, rivers and waters count alike; null where no claim is listed.
    """
    return _CLAIMED.format(value="max(f.value)", issues="1, 2, 3")
