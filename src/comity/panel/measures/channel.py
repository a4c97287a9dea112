"""Channels, confidence-building regimes and standing programs that two states share.

All come from records, which say what was found and nothing of what was not: a pair that is not listed is unknown.
"""

from comity.panel.measure import measure

# A channel that is closed, nobody knows since when, is not counted.
_CHANNELS = """
    WITH open AS (
        SELECT c.source, c.channel, p.party, year(c.start_date) AS first_year,
               year(coalesce(c.end_date, c.known_until)) AS last_year
        FROM core.channel c JOIN core.channel_party p USING (source, channel)
        WHERE p.party_kind = 'state' AND c.start_date IS NOT NULL
          AND (c.status <> 'closed' OR c.end_date IS NOT NULL) AND {condition}
    )
    SELECT state_a, state_b, year, {value} AS value, source
    FROM (
        SELECT a.source, a.party AS state_a, b.party AS state_b,
               unnest(range(a.first_year, a.last_year + 1)) AS year
        FROM open a JOIN open b USING (source, channel)
        WHERE a.party < b.party
    )
    GROUP BY ALL
"""

_LINES = "c.channel_kind IN ('leader_line', 'defense_line', 'military_line', 'foreign_ministry_line')"

# Kinds of coverage speak of engagements, which are more than programmes, so no kind turns absence into zero here.
_PROGRAMMES = """
    WITH running AS (
        SELECT source, programme, unnest(parties) AS party, year(start_date) AS first_year,
               year(coalesce(end_date, known_until)) AS last_year
        FROM core.programme
        WHERE instrument = '{instrument}' AND status IN ('ongoing', 'completed') AND start_date IS NOT NULL
          AND {condition}
    )
    SELECT state_a, state_b, year, count(*) AS value, source
    FROM (
        SELECT a.source, a.party AS state_a, b.party AS state_b,
               unnest(range(a.first_year, a.last_year + 1)) AS year
        FROM running a JOIN running b USING (source, programme)
        WHERE a.party < b.party AND NOT contains(a.party, ':') AND NOT contains(b.party, ':')
    )
    GROUP BY ALL
"""

# Who of many gives and who receives is not in the store.
_OF_TWO = "len(list_filter(parties, lambda party: NOT contains(party, ':'))) = 2"


@measure(unit="dyad_year", type="count", measured_in="channels", kind="channel")
def channel_count() -> str:
    """Number of channels for a crisis that the two states may use on any day of the year: lines, mechanisms, codes.

    A channel counts from its start to its end, or to the last day it is known, used or not. One of many parties counts
    for every pair of them.
    """
    return _CHANNELS.format(value="count(*)", condition="true")


@measure(unit="dyad_year", type="count", measured_in="channels", kind="channel")
def hotline_count() -> str:
    """Number of lines between the two states on any day of the year: of leaders, defense, military, foreign ministries.

    Years as in `channel_count`.
    """
    return _CHANNELS.format(value="count(*)", condition=_LINES)


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="channel")
def has_leader_channel() -> str:
    """Whether a channel between heads of state or government is listed for the two states; see `channel_count`."""
    return _CHANNELS.format(value="1", condition="c.level = 'head'")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="channel")
def has_minister_channel() -> str:
    """Whether a channel between ministers is listed for the two states; see `channel_count`."""
    return _CHANNELS.format(value="1", condition="c.level = 'minister'")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="channel")
def has_military_channel() -> str:
    """Whether a line between defense ministries, commands, navies or coast guards is listed for the two states.

    Years as in `channel_count`.
    """
    return _CHANNELS.format(value="1", condition="c.channel_kind IN ('defense_line', 'military_line')")


@measure(unit="dyad_year", type="count", measured_in="regimes")
def shared_regime_count() -> str:
    """Number of confidence-building regimes applied on any day of the year to whose text both states are party then.

    Regimes in force and those of declared practice; not those only signed, suspended or ended. A party whose dates are
    not known is taken for one as long as the regime applies.
    """
    return """
        WITH bound AS (
            SELECT r.source, r.regime, p.party,
                   greatest(r.start_date, coalesce(p.start_date, r.start_date)) AS first_date,
                   least(coalesce(r.end_date, r.known_until), coalesce(p.end_date, r.end_date, r.known_until))
                       AS last_date
            FROM core.regime_status r JOIN core.agreement_party p USING (source, agreement)
            WHERE r.status IN ('in_force', 'voluntary') AND p.party_kind = 'state'
        )
        SELECT state_a, state_b, year, count(DISTINCT regime) AS value, source
        FROM (
            SELECT source, regime, a.party AS state_a, b.party AS state_b,
                   unnest(range(year(greatest(a.first_date, b.first_date)),
                                year(least(a.last_date, b.last_date)) + 1)) AS year
            FROM bound a JOIN bound b USING (source, regime)
            WHERE a.party < b.party AND greatest(a.first_date, b.first_date) <= least(a.last_date, b.last_date)
        )
        GROUP BY ALL
    """


@measure(unit="dyad_year", type="count", measured_in="programs")
def information_sharing_programme_count() -> str:
    """Number of standing programs of military or maritime information sharing that name both states, in the year.

    A program counts from its start to its end, or to the last day it is known.
    """
    return _PROGRAMMES.format(instrument="information_sharing", condition="true")


@measure(unit="dyad_year", type="count", measured_in="programs")
def training_programme_count() -> str:
    """Number of standing training programs between the two states in the year.

    Those of more than two states are left out: the store does not say who of them trains whom.
    """
    return _PROGRAMMES.format(instrument="training", condition=_OF_TWO)


@measure(unit="dyad_year", type="count", measured_in="programs")
def assistance_programme_count() -> str:
    """Number of standing programs of security assistance between the two states in the year.

    Those of more than two states are left out: the store does not say who of them gives to whom.
    """
    return _PROGRAMMES.format(instrument="assistance", condition=_OF_TWO)


@measure(unit="dyad_year", type="count", measured_in="programs")
def operation_programme_count() -> str:
    """Number of standing programs of joint operations, such as patrols, that name both states, in the year."""
    return _PROGRAMMES.format(instrument="operation", condition="true")
