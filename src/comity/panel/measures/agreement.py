"""Defense agreements between two states that are no alliances."""

import numpy as np

from comity.panel.measure import Column, measure
from comity.panel.spells import past_sum, unit_starts
from comity.panel.spines import Spine

_SIGNED = """
    SELECT state_a, state_b, year, count(*) AS value, source
    FROM (
        SELECT min(p.party) AS state_a, max(p.party) AS state_b, year(a.signed_date) AS year, a.source
        FROM core.agreement a JOIN core.agreement_party p USING (source, agreement)
        WHERE a.agreement_kind <> 'alliance' AND a.signed_date IS NOT NULL AND {which}
        GROUP BY a.source, a.agreement, a.signed_date
        HAVING count(DISTINCT p.party) = 2 AND bool_and(p.party_kind = 'state')
    )
    GROUP BY ALL
"""
_IN_FORCE = """
    SELECT DISTINCT state_a, state_b, unnest(range(first_year, last_year + 1)) AS year, 1 AS value, source
    FROM (
        SELECT min(p.party) AS state_a, max(p.party) AS state_b, a.source,
               year(max(p.start_date)) AS first_year, year(min(coalesce(p.end_date, p.known_until))) AS last_year
        FROM core.agreement a JOIN core.agreement_party p USING (source, agreement)
        WHERE a.agreement_kind <> 'alliance' AND {which}
        GROUP BY a.source, a.agreement
        HAVING count(DISTINCT p.party) = 2 AND bool_and(p.party_kind = 'state' AND p.start_date IS NOT NULL)
    )
    WHERE first_year <= last_year
"""
_CATEGORY = "list_contains(a.categories, '{category}')"
# A source without categories of its own still says which agreements set general terms.
_FRAMEWORK = "(list_contains(a.categories, 'dca') OR (a.agreement_kind = 'framework' AND len(a.categories) = 0))"


@measure(unit="dyad_year", type="count", measured_in="agreements", kind="agreement")
def agreement_count() -> str:
    """Number of bilateral defense agreements the two states signed in the year.

    Alliance treaties are not counted here. Agreements in force from earlier years are not counted either: the sources
    begin at a date, and what was signed before it is unknown.
    """
    return _SIGNED.format(which="true")


@measure(unit="dyad_year", type="count", measured_in="agreements", kind="agreement")
def framework_agreement_count() -> str:
    """Number of bilateral agreements on general terms of defense cooperation the two states signed in the year.

    DCAD's category DCA, and framework agreements of sources without categories. An agreement of several categories
    counts in each, so the counts by category do not add up to `agreement_count`.
    """
    return _SIGNED.format(which=_FRAMEWORK)


@measure(unit="dyad_year", type="count", measured_in="agreements", kind="agreement")
def defense_industry_agreement_count() -> str:
    """Number of bilateral agreements on cooperation of defense industries signed in the year (DCAD's category DIC).

    An agreement of several categories counts in each.
    """
    return _SIGNED.format(which=_CATEGORY.format(category="dic"))


@measure(unit="dyad_year", type="count", measured_in="agreements", kind="agreement")
def training_agreement_count() -> str:
    """Number of bilateral agreements on training and exercises signed in the year (DCAD's category TREX).

    An agreement of several categories counts in each. The agreements are counted, not what was held under them.
    """
    return _SIGNED.format(which=_CATEGORY.format(category="trex"))


@measure(unit="dyad_year", type="count", measured_in="agreements", kind="agreement")
def procurement_agreement_count() -> str:
    """Number of bilateral agreements on procurement of arms signed in the year (DCAD's category PROCUREMENT).

    An agreement of several categories counts in each.
    """
    return _SIGNED.format(which=_CATEGORY.format(category="procurement"))


@measure(unit="dyad_year", type="count", measured_in="agreements", kind="agreement")
def research_agreement_count() -> str:
    """Number of bilateral agreements on military research signed in the year (DCAD's category RESEARCH).

    An agreement of several categories counts in each.
    """
    return _SIGNED.format(which=_CATEGORY.format(category="research"))


@measure(unit="dyad_year", type="count", measured_in="agreements", kind="agreement")
def commission_agreement_count() -> str:
    """Number of bilateral agreements on a joint defense commission signed in the year (DCAD's category COMMISSION).

    An agreement of several categories counts in each.
    """
    return _SIGNED.format(which=_CATEGORY.format(category="commission"))


@measure(unit="dyad_year", type="flag", measured_in="0 or 1")
def has_framework_agreement() -> str:
    """Whether an agreement on general terms of defense cooperation is known to be in force on any day of the year.

    1 where its entry into force is known and it had not ended; DCAD estimates when agreements end. Never 0: half of
    the agreements have no known entry into force, and what was signed before the sources begin is unknown.
    """
    return _IN_FORCE.format(which=_FRAMEWORK)


@measure(unit="dyad_year", type="count", measured_in="agreements", of=("agreement_count",), over="history")
def agreement_stock(agreement_count: Column, rows: Spine) -> Column:
    """Number of bilateral defense agreements the two states signed from the first covered year to this one.

    Signatures before the first covered year (1980 in DCAD) are unknown and not in the number, and agreements that have
    ended are: it is what was signed, not what is in force. Null before that year and after a year that nobody covers.
    """
    return _signed_so_far(agreement_count, rows)


@measure(unit="dyad_year", type="count", measured_in="agreements", of=("framework_agreement_count",), over="history")
def framework_agreement_stock(framework_agreement_count: Column, rows: Spine) -> Column:
    """Number of agreements on general terms of defense cooperation signed from the first covered year to this one.

    Counted as in `agreement_stock`, of the agreements of `framework_agreement_count`.
    """
    return _signed_so_far(framework_agreement_count, rows)


def _signed_so_far(signed: Column, rows: Spine) -> Column:
    """The sum of each pair's counts since the first year in which any pair is known to have signed nothing.

    Only a complete source says that, so what others list before it starts no stock. A year of a pair that is unknown
    makes all its later ones unknown.
    """
    assert rows.state_b is not None, "agreements are signed by pairs"
    years_of_none = rows.year[signed == 0]
    covered = np.flatnonzero(rows.year >= (years_of_none.min() if len(years_of_none) else np.inf))
    counted = signed[covered]
    so_far = np.full(len(signed), np.nan)
    so_far[covered] = past_sum(counted, unit_starts(rows.state_a[covered], rows.state_b[covered])) + counted
    return so_far
