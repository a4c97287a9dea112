"""What two states did together or with each other in a year, and the SQL texts that all engagements share."""

from comity.panel.measure import measure

# The half-life of what stays of an engagement. A convention and no estimate: those who took part, in uniform or in
# office, move on within a few years, so that after five about half of what was learned of each other is gone.
HALF_LIFE_YEARS = 5.0

_TOGETHER = """
    SELECT a.party AS state_a, b.party AS state_b, {time}, {value} AS value, e.source
    FROM core.engagement e
    JOIN core.engagement_party a USING (source, engagement)
    JOIN core.engagement_party b USING (source, engagement)
    WHERE e.instrument = '{instrument}' AND e.status IN ('completed', 'ongoing')
      AND a.party_kind = 'state' AND b.party_kind = 'state' AND a.party < b.party
      AND a.role <> 'observer' AND b.role <> 'observer' AND {where}
    GROUP BY ALL
"""
_FROM_ONE_TO_THE_OTHER = """
    SELECT f.party AS from_state, t.party AS to_state, {time}, {value} AS value, e.source
    FROM core.engagement e
    JOIN core.engagement_party f ON f.source = e.source AND f.engagement = e.engagement AND f.role = '{giver}'
    JOIN core.engagement_party t ON t.source = e.source AND t.engagement = e.engagement AND t.role = '{taker}'
    WHERE e.instrument = '{instrument}' AND e.status IN ('completed', 'ongoing')
      AND f.party_kind = 'state' AND t.party_kind = 'state' AND {where}
    GROUP BY ALL
"""
_YEAR_FACT = "SELECT from_state, to_state, year, value, source FROM core.dyad_year_fact WHERE fact = '{fact}'"
_BEGUN = "year(e.start_date) AS year"


def together(instrument: str, *, value: str = "count(*)", where: str = "true", time: str = _BEGUN) -> str:
    """The SQL of what both states of a pair took part in: a value of engagements `e`, by source and time."""
    return _TOGETHER.format(instrument=instrument, value=value, where=where, time=time)


def directed(
    instrument: str, roles: tuple[str, str], *, value: str = "count(*)", where: str = "true", time: str = _BEGUN
) -> str:
    """The SQL of what one state did toward another, who are told apart by their roles: of the one, then the other."""
    giver, taker = roles
    return _FROM_ONE_TO_THE_OTHER.format(
        instrument=instrument, giver=giver, taker=taker, value=value, where=where, time=time
    )


def larger_of(text: str, fact: str, states: tuple[str, str]) -> str:
    """The SQL of a text's values and of what sources count for whole years; of one source's two, the larger stands."""
    one, other = states
    return f"""
    SELECT {one}, {other}, year, max(value) AS value, source
    FROM ({text} UNION ALL {_YEAR_FACT.format(fact=fact)})
    GROUP BY ALL
    """  # noqa: S608 (nothing here comes from outside)


@measure(unit="dyad_year", type="count", measured_in="dialogues", kind="dialogue")
def dialogue_count() -> str:
    """Number of dialogues in which both states took part and which met in the year, observers left out.

    A meeting of many counts once for every pair at the table. No source knows all dialogues, so there is no zero: a
    pair-year without a number is unknown.
    """
    return together("dialogue")


@measure(unit="dyad_year", type="count", measured_in="operations", kind="operation")
def operation_count() -> str:
    """Number of operations in which both states took part and which began in the year, observers left out.

    Operations are what forces do together outside exercises: patrols, transits, escorts, relief. No source knows all
    operations, so there is no zero.
    """
    return together("operation")


@measure(unit="dyad_year", type="count", measured_in="engagements", kind="military_engagement")
def senior_military_engagement_count() -> str:
    """Number of meetings of senior military leaders and of naval port calls between the two states in the year.

    Counted by a published source for China and its neighbors, both together and either way; the single events are not
    public. It names no zeros, and a year it does not list may have had none or be unknown.
    """
    return f"""
    SELECT from_state AS state_a, to_state AS state_b, year, max(value) AS value, source
    FROM ({_YEAR_FACT.format(fact="senior_military_engagement_count")})
    GROUP BY ALL
    """  # noqa: S608 (nothing here comes from outside)
