"""How often a state is in militarized disputes, and how long it has been at peace."""

from comity.panel.measure import Column, measure
from comity.panel.spells import rows_since, unit_starts, years_since
from comity.panel.spines import Spine
from comity.panel.unknowns import whether

# One row per part of a state in a dispute. A part without end lasts to the last year of its source. `name` is dispute
# or mid, as the facts of the sources are named that list such disputes.
_PARTS = """
    WITH horizon AS (
        SELECT source, max(year(coalesce(end_date, start_date))) AS last_year FROM core.dispute_party GROUP BY source
    ), part AS (
        SELECT source, p.dispute, p.state, year(p.start_date) AS first_year,
               coalesce(year(p.end_date), last_year) AS last_year, p.side = 'a' OR NOT p.is_originator AS initiates
        FROM core.dispute_party p JOIN horizon USING (source)
        WHERE source IN (SELECT source FROM core.dyad_year_fact WHERE fact = '{name}_ongoing')
    ){chosen}
"""
# A state that takes over the number of another in the midst of a dispute is a party by the pairs of that year alone.
_UNDER_WAY = """
    , year_in AS (
        SELECT source, dispute, state, unnest(range(first_year, last_year + 1)) AS year FROM part WHERE {which}
        UNION
        SELECT source, item, from_state, year FROM core.dyad_year_fact WHERE fact = '{fact}'
    )
    SELECT state, year, count(DISTINCT dispute) AS value, source FROM year_in GROUP BY ALL
"""
_BEGUN = """
    SELECT state, first_year AS year, count(DISTINCT dispute) AS value, source FROM part WHERE {which} GROUP BY ALL
"""


def _under_way(name: str) -> str:
    return _PARTS.format(name=name, chosen=_UNDER_WAY.format(which="true", fact=f"{name}_ongoing"))


def _begun(name: str, which: str) -> str:
    return _PARTS.format(name=name, chosen=_BEGUN.format(which=which))


@measure(unit="state_year", type="count", measured_in="disputes", kind="dispute")
def dispute_count() -> str:
    """Number of militarized disputes that the state was in on any day of the year."""
    return _under_way("dispute")


@measure(unit="state_year", type="count", measured_in="disputes", kind="dispute")
def dispute_onset_count() -> str:
    """Number of militarized disputes that the state entered in the year.

    A state that left a dispute and comes back, or changes sides in it, enters it anew.
    """
    return _begun("dispute", "true")


@measure(unit="state_year", type="count", measured_in="disputes", kind="dispute")
def dispute_initiation_count() -> str:
    """Number of militarized disputes that the state entered in the year as an initiator.

    A state initiates when it stands on side A, the side that acted first, or when it joined a dispute of others.
    """
    return _begun("dispute", "initiates")


@measure(unit="state_year", type="count", measured_in="disputes", kind="dispute")
def initiated_dispute_count() -> str:
    """Number of militarized disputes that the state was in on any day of the year and in which it is an initiator.

    As `dispute_initiation_count`, in every year of its part and not only in the first.
    """
    chosen = """
        , year_in AS (
            SELECT source, dispute, state, unnest(range(first_year, last_year + 1)) AS year FROM part WHERE initiates
        )
        SELECT state, year, count(DISTINCT dispute) AS value, source FROM year_in GROUP BY ALL
    """
    return _PARTS.format(name="dispute", chosen=chosen)


@measure(unit="state_year", type="count", measured_in="disputes", kind="mid")
def mid_count() -> str:
    """Number of militarized interstate disputes that the state was in on any day of the year (Correlates of War)."""
    return _under_way("mid")


@measure(unit="state_year", type="count", measured_in="disputes", kind="mid")
def mid_onset_count() -> str:
    """Number of militarized interstate disputes that the state entered in the year (Correlates of War).

    A state that left a dispute and comes back, or changes sides in it, enters it anew.
    """
    return _begun("mid", "true")


@measure(unit="state_year", type="count", measured_in="wars", kind="war")
def war_count() -> str:
    """Number of wars between states that the state fought in on any day of the year (Correlates of War)."""
    return """
        SELECT from_state AS state, year, count(DISTINCT item) AS value, source
        FROM core.dyad_year_fact
        WHERE fact = 'war'
        GROUP BY ALL
    """


@measure(unit="state_year", type="count", measured_in="crises", kind="crisis")
def crisis_count() -> str:
    """Number of international crises in which the state was an actor on any day of the year.

    A crisis of which no end is known counts in its first year alone.
    """
    return """
        SELECT party AS state, year, count(DISTINCT crisis) AS value, source
        FROM core.crisis_party,
             LATERAL (SELECT unnest(range(year(start_date), year(coalesce(end_date, start_date)) + 1)) AS year)
        WHERE party_kind = 'state'
        GROUP BY ALL
    """


@measure(unit="state_year", type="flag", measured_in="0 or 1", of=("dispute_count",))
def dispute_ongoing(count: Column) -> Column:
    """Whether the state was in a militarized dispute on any day of the year."""
    return whether(count > 0, count)


@measure(unit="state_year", type="flag", measured_in="0 or 1", of=("dispute_onset_count",))
def dispute_onset(count: Column) -> Column:
    """Whether the state entered a militarized dispute in the year."""
    return whether(count > 0, count)


@measure(unit="state_year", type="number", measured_in="years", of=("dispute_count",), over="history")
def dispute_peace_years(count: Column, rows: Spine) -> Column:
    """Calendar years between the state's last year with a militarized dispute, or its first year, and this year.

    0 in the year after a dispute and in the state's first year; a year with a dispute has the years of peace until
    then. The clock runs on while the state is no member. Null once a year since then is unknown.
    """
    return years_since(count, unit_starts(rows.state_a), rows.year)


@measure(unit="state_year", type="count", measured_in="rows", of=("dispute_count",), over="rows")
def dispute_peace_rows(count: Column, rows: Spine) -> Column:
    """Rows of the state since the row after its last one with a militarized dispute, or since its first in the panel.

    This is how the package peacesciencer counts peace; `dispute_peace_years` counts by the calendar.
    """
    return rows_since(count, unit_starts(rows.state_a))


@measure(unit="state_year", type="count", measured_in="rows", of=("initiated_dispute_count",), over="rows")
def dispute_initiation_peace_rows(count: Column, rows: Spine) -> Column:
    """Rows of the state since the row after its last one in a dispute that it initiated, or since its first.

    As `dispute_peace_rows`; the disputes are those of `initiated_dispute_count`.
    """
    return rows_since(count, unit_starts(rows.state_a))


@measure(unit="state_year", type="number", measured_in="years", of=("war_count",), over="history")
def war_peace_years(count: Column, rows: Spine) -> Column:
    """Calendar years between the state's last year in a war between states, or its first year, and this year.

    As `dispute_peace_years`, for the wars of `war_count`.
    """
    return years_since(count, unit_starts(rows.state_a), rows.year)
