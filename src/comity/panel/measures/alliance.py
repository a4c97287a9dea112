"""Obligations and agreements between two states."""

from comity.panel.measure import measure

_JOINT = """
    WITH held AS (
        SELECT source, agreement, party, start_date, coalesce(end_date, known_until) AS last_date,
               list_contains(obligations, 'defense') AS is_obliged
        FROM core.agreement_party
        WHERE party_kind = 'state' AND start_date IS NOT NULL
    ), joint AS (
        SELECT a.source, a.party AS state_a, b.party AS state_b,
               year(greatest(a.start_date, b.start_date)) AS first_year,
               year(least(a.last_date, b.last_date)) AS last_year
        FROM held a JOIN held b USING (source, agreement)
        WHERE a.party < b.party AND (a.is_obliged {both_or_one} b.is_obliged)
          AND greatest(a.start_date, b.start_date) <= least(a.last_date, b.last_date)
    )
    SELECT DISTINCT state_a, state_b, unnest(range(first_year, last_year + 1)) AS year, 1 AS value, source
    FROM joint
"""


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="alliance")
def is_defense_ally() -> str:
    """Whether an agreement in force on any day of the year obliges one of the two states to defend the other.

    Both must be party to it at the same time. One side's obligation is enough: ATOP codes the treaty of 1960 as
    obliging the United States to defend Japan, and not the reverse. An obligation counts toward every other party;
    the dyad-year file of ATOP judges toward whom each one runs, and differs in 76 of 68,002 pair-years to 2018.
    """
    return _JOINT.format(both_or_one="OR")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="alliance")
def is_mutual_defense_ally() -> str:
    """Whether an agreement in force on any day of the year obliges each of the two states to defend the other.

    As `is_defense_ally`, but both sides must hold the obligation at the same time under the same agreement. The
    dyad-year file of ATOP, which judges toward whom an obligation runs, differs in 139 of 67,603 pair-years to 2018.
    """
    return _JOINT.format(both_or_one="AND")


@measure(unit="dyad_year", type="count", measured_in="agreements", kind="agreement")
def agreement_count() -> str:
    """Number of bilateral defense agreements the two states signed in the year.

    Alliance treaties are not counted here. Agreements in force from earlier years are not counted either: the sources
    begin at a date, and what was signed before it is unknown.
    """
    return """
        SELECT state_a, state_b, year, count(*) AS value, source
        FROM (
            SELECT min(p.party) AS state_a, max(p.party) AS state_b, year(a.signed_date) AS year, a.source
            FROM core.agreement a JOIN core.agreement_party p USING (source, agreement)
            WHERE a.agreement_kind <> 'alliance' AND a.signed_date IS NOT NULL
            GROUP BY a.source, a.agreement, a.signed_date
            HAVING count(DISTINCT p.party) = 2 AND bool_and(p.party_kind = 'state')
        )
        GROUP BY ALL
    """
