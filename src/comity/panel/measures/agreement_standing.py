"""Defense agreements between two states that stand in a year, of two parties or of many, that are no alliances."""

from comity.panel.measure import measure

# A text whose entry into force is not known stands from its signature when its status says that it came into force.
# One that is in force and open stands as long as its source is kept, since its end would have been entered.
_STANDING = """
    WITH kept AS (
        SELECT source, max(known_until) AS last_date FROM core.agreement GROUP BY source
    ), held AS (
        SELECT a.source, a.agreement, p.party,
               year(greatest(p.start_date, coalesce(a.start_date, p.start_date))) AS party_year,
               year(coalesce(a.start_date, CASE WHEN a.status <> 'unknown' THEN a.signed_date END)) AS text_year,
               year(least(coalesce(p.end_date, a.end_date, kept.last_date),
                          CASE WHEN a.status IN ('in_force', 'voluntary') THEN coalesce(a.end_date, kept.last_date)
                          ELSE coalesce(a.end_date, a.known_until) END)) AS last_year
        FROM core.agreement a JOIN core.agreement_party p USING (source, agreement) JOIN kept USING (source)
        WHERE p.party_kind = 'state' AND p.role NOT IN ('observer', 'depositary') AND a.status <> 'signed'
          AND {which}
          AND (a.status NOT IN ('terminated', 'superseded', 'suspended')
               OR a.end_date IS NOT NULL OR p.end_date IS NOT NULL)
    ), spell AS (
        SELECT source, agreement, party, coalesce(party_year, text_year) AS first_year, last_year
        FROM held
        WHERE coalesce(party_year, text_year) IS NOT NULL
    )
    SELECT state_a, state_b, year, count(DISTINCT agreement) AS value, source
    FROM (
        SELECT a.source, agreement, a.party AS state_a, b.party AS state_b,
               unnest(range(greatest(a.first_year, b.first_year),
                            least(a.last_year, b.last_year) + 1)) AS year
        FROM spell a JOIN spell b USING (source, agreement)
        WHERE a.party < b.party
    )
    GROUP BY ALL
"""
_DEFENSE = "a.agreement_kind NOT IN ('alliance', 'boundary', 'peace')"
_INFORMATION = "a.agreement_kind IN ('information_security', 'information_sharing')"
_ACCESS = "a.agreement_kind IN ('access', 'basing', 'logistics', 'status_of_forces', 'visiting_forces')"


@measure(unit="dyad_year", type="count", measured_in="agreements")
def standing_agreement_count() -> str:
    """Number of defense agreements known to stand between the two states on any day of the year.

    Alliances and treaties of peace or borders are left out. An agreement of many parties counts for every pair of
    them. Never 0: the sources list what they found. A text stands from its entry into force, or from its signature
    where a source says that it came into force and not when, to its end; one in force without an end stands to the
    last day for which its source is kept, and one that ended on an unknown day is not counted.
    """
    return _STANDING.format(which=_DEFENSE)


@measure(unit="dyad_year", type="count", measured_in="agreements")
def standing_information_agreement_count() -> str:
    """Number of agreements on sharing or securing information known to stand between the two states in the year.

    Counted as in `standing_agreement_count`.
    """
    return _STANDING.format(which=_INFORMATION)


@measure(unit="dyad_year", type="count", measured_in="agreements")
def standing_access_agreement_count() -> str:
    """Number of agreements on access, basing, logistics or the status of forces known to stand between the two states.

    Counted as in `standing_agreement_count`.
    """
    return _STANDING.format(which=_ACCESS)
