"""How open a state is about its forces."""

from __future__ import annotations

import numpy as np

from comity.assess.scoring import saturating
from comity.assess.shape import Numbers, Part, index
from comity.assess.state_ties import SPAN, Held
from comity.assess.state_view import stated, store_in, sure
from comity.assess.view import View

REGIMES = """
    SELECT p.party AS state, count(DISTINCT r.regime) AS count, list_sort(list(DISTINCT source)) AS sources
    FROM core.regime_status r JOIN core.agreement_party p USING (source, agreement)
    WHERE r.status IN ('in_force', 'voluntary') AND p.party_kind = 'state'
      AND greatest(r.start_date, coalesce(p.start_date, r.start_date)) <= make_date($year, 12, 31)
      AND least(coalesce(r.end_date, r.known_until), coalesce(p.end_date, r.end_date, r.known_until))
          >= make_date($year - 10, 1, 1)
      AND coalesce(r.end_date, make_date($year, 1, 1)) >= make_date($year, 1, 1)
      AND coalesce(p.end_date, make_date($year, 1, 1)) >= make_date($year, 1, 1)
    GROUP BY ALL
"""
SPENDING = {
    "military_expenditure_usd2023": ("spending_found", "its military spending"),
    "military_expenditure_government_share": ("budget_share_found", "what share of its budget the military takes"),
}


@index("state")
def transparency(view: View) -> list[Part]:
    """How open the state is about its forces: regimes of confidence building it is party to, figures it lets be known.

    Regimes are those the register names; it may leave out, so they only raise the score.
    """
    regimes, sources = _regimes(view)
    made = [stated(("regimes", 1.0, PARTY), regimes, saturating(regimes.value, 3.0), sources)]
    for measure, (name, what) in SPENDING.items():
        share = _published(view, measure)
        means = f"share of ten years for which {what} could be found"
        made.append(stated((name, 1.0, means), share, share.value, view.sources(measure)))
    return made


PARTY = "confidence-building regimes applied in the year to whose text it is party (half the score at 3)"


def _regimes(view: View) -> tuple[Held, tuple[str, ...]]:
    rows = store_in(view).ask(REGIMES, {"year": view.year}).to_pylist()
    count = {row["state"]: float(row["count"]) for row in rows}
    value = np.array([count.get(state, np.nan) for (state,) in view.subjects])
    latest_year = np.where(np.isnan(value), np.nan, float(view.year))
    sources = tuple(sorted({source for row in rows for source in row["sources"]}))
    return Held(value, np.ones(len(value), dtype=bool), latest_year), sources


def _published(view: View, measure: str) -> Held:
    """The share of the years with any figures in which there is one of the state; unknown if it is never listed."""
    values = view.of(measure)[:, -SPAN:]
    told = ~np.isnan(values)
    years = told.any(axis=0)
    count = int(years.sum())
    share: Numbers = told.sum(axis=1) / count if count else np.full(len(values), np.nan)
    # A list of states that names a state in no year of fifteen does not watch it.
    listed = ~np.isnan(view.of("military_expenditure_usd2023")).all(axis=1)
    return sure(np.where(listed, share, np.nan), np.fmax.reduce(np.where(told, view.years[-SPAN:], np.nan), axis=1))
