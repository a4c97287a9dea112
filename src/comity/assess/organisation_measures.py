"""What is measured of the members of an organization: each measure by itself, with how much of it is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.assess.membership import members_in
from comity.assess.shape import Flags, Numbers
from comity.assess.state_burden import MEASURES
from comity.assess.state_ties import LEAST_KNOWN, RECENT, SPAN, Ties
from comity.assess.state_view import last_known, recent_mean

if TYPE_CHECKING:
    from comity.assess.membership import Body, Spell
    from comity.assess.view import View
    from comity.store import Store

LAYERS = ("defense", "alliance", "agreement", "exercise", "visit", "dialogue", "arms", "presence", "channel")
LASTING = ("defense", "alliance", "agreement", "presence", "channel")
ACTS = """
    SELECT e.instrument AS act, count(DISTINCT e.engagement) AS count
    FROM core.engagement e JOIN core.engagement_party p USING (source, engagement)
    WHERE p.party_kind = 'organisation' AND p.party = $organisation AND e.status IN ('completed', 'ongoing')
      AND year(e.start_date) BETWEEN $year - 9 AND $year
    GROUP BY ALL
    UNION ALL
    SELECT 'mission', count(DISTINCT mission) FROM core.mission
    WHERE organisation = $organisation AND year(start_date) <= $year
      AND year(coalesce(end_date, known_until)) >= $year - 9
    HAVING count(*) > 0
    UNION ALL
    SELECT 'access_' || change_kind, count(*) FROM core.access_change
    WHERE by_party = $organisation AND year(date) BETWEEN $year - 9 AND $year
    GROUP BY ALL
    ORDER BY act
"""


@dataclass(frozen=True)
class Told:
    """One measure: its value, NaN where too little is known; of how much it is known, how recently, and by whom.

    `listed_count` is what lists name, whether or not they leave out.
    """

    name: str
    means: str
    value: float
    known_share: float
    latest_year: float
    sources: tuple[str, ...]
    listed_count: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The measure as plain values; None where unknown."""
        return {
            "name": self.name,
            "means": self.means,
            "value": None if np.isnan(self.value) else float(self.value),
            "known_share": float(self.known_share),
            "latest_year": None if np.isnan(self.latest_year) else int(self.latest_year),
            "sources": list(self.sources),
            "listed_count": self.listed_count,
        }


def cohesion(view: View, ties: Ties) -> list[Told]:
    """How alike members vote: the spread of their ideal points, and how often pairs of them vote the same."""
    held = last_known(view, "ideal_point")
    mine = np.isin([state for (state,) in view.subjects], ties.subjects)
    points, years = held.value[mine], held.latest_year[mine]
    known = ~np.isnan(points)
    share = float(known.mean()) if len(known) else 0.0
    enough = share >= LEAST_KNOWN and known.sum() > 1
    spread = float(np.nanstd(points)) if enough else np.nan
    whole = float(np.nanstd(held.value)) if enough else np.nan
    latest_year = float(np.nanmax(years)) if known.any() else np.nan
    sources = view.sources("ideal_point")
    said = "standard deviation of the members' positions in votes of the General Assembly"
    return [
        Told("ideal_point_spread", said, spread, share, latest_year, sources),
        Told(
            "ideal_point_spread_to_world",
            f"{said}, over that of all states: below 1 they are more alike",
            spread / whole if whole else np.nan,
            share,
            latest_year,
            sources,
        ),
        _agreement(ties),
    ]


def ties_inside(ties: Ties) -> tuple[list[Told], list[Told]]:
    """Of each layer the share of pairs of members that are tied, and of pairs of a member with another state."""
    inside = _inside(ties)
    within, beyond = [], []
    for name in LAYERS:
        weights = ties.layer(name)
        within.append(_density(ties, weights, inside, (name, "pairs of members")))
        outside = ~inside & ties.exists.any(axis=2)
        beyond.append(_density(ties, weights, outside, (name, "pairs of a member and a state that is none")))
    return within, beyond


def conflict(ties: Ties, spells: tuple[Spell, ...]) -> list[Told]:
    """Disputes, armed conflict and incidents in ten years among members, only of years in which both were members."""
    together = _together(ties, spells)
    span = f"in 1,000 pair-years of {int(ties.years[0])}–{int(ties.years[-1])} in which both were members"
    made = []
    for measure, means in (
        ("dispute_onset", f"new militarized disputes among members, {span}"),
        ("interstate_conflict_ongoing", f"pairs of members in armed conflict with each other, {span}"),
    ):
        values = np.where(together, ties.of(measure), np.nan)
        there = together.sum()
        known = ~np.isnan(values)
        share = float(known.sum() / there) if there else 0.0
        happened = int((np.nan_to_num(values) > 0).sum()) // 2
        rate = 1000 * 2 * happened / known.sum() if share >= 0.5 else np.nan
        made.append(Told(measure, means, rate, share, _year(known, ties), ties.sources(measure), happened))
    values = np.where(together, np.nan_to_num(ties.of("incident_count")), 0.0)
    told = _year(values > 0, ties)
    said = "incidents of a member with a member that lists name, in years in which both were members"
    sources = ties.sources("incident_count")
    return [*made, Told("incident_count", said, np.nan, 0.0, told, sources, int(values.sum()) // 2)]


def dues(view: View, states: tuple[str, ...]) -> dict[str, dict[str, tuple[float | None, int | None]]]:
    """What each member bears, measure by measure, and the year of which it is known."""
    held = {name: last_known(view, name) for name in MEASURES}
    held["peacekeeper_count"] = recent_mean(view, "peacekeeper_count")
    place = {state: number for number, (state,) in enumerate(view.subjects)}

    def borne(name: str, at: int) -> tuple[float | None, int | None]:
        value, year = held[name].value[at], held[name].latest_year[at]
        return (None, None) if np.isnan(value) else (float(value), int(year))

    return {state: {name: borne(name, place[state]) for name in held} for state in states if state in place}


def acts(store: Store, body: Body, year: int) -> dict[str, int]:
    """What the organization did as a body in ten years, as lists name it; they may leave out."""
    rows = store.ask(ACTS, {"organisation": body.organisation, "year": year}).to_pylist()
    return {row["act"]: row["count"] for row in rows}


def _inside(ties: Ties) -> Flags:
    """Which pairs are of two members that existed together in any of the years."""
    made = np.zeros((len(ties.subjects), len(ties.states)), dtype=bool)
    made[:, ties.rows] = True
    return made & ties.exists.any(axis=2)


def _together(ties: Ties, spells: tuple[Spell, ...]) -> Flags:
    """Which pairs of members of today existed, and were both members, on some day of which year."""
    held = np.zeros((len(ties.states), len(ties.years)), dtype=bool)
    number = {state: place for place, state in enumerate(ties.states)}
    for at, year in enumerate(ties.years):
        held[[number[state] for state in members_in(spells, int(year)) if state in number], at] = True
    among: Flags = _inside(ties)[:, :, None] & ties.exists & held[ties.rows][:, None, :] & held[None, :, :]
    return among


def _density(ties: Ties, weights: Numbers, pairs: Flags, said: tuple[str, str]) -> Told:
    """The share of pairs that are tied, told where nearly all are known; the listed count is of ties, not of acts."""
    name, who = said
    values = np.where(pairs[:, :, None] & ties.exists, weights, np.nan)
    first, end = _window(values, pairs, name)
    window = values[:, :, first:end]
    known = ~np.isnan(window).all(axis=2)
    count = pairs.sum()
    share = float((known & pairs).sum() / count) if count else 0.0
    tied = ((np.nan_to_num(window) > 0).any(axis=2)).sum()
    listed = int(tied) // (2 if who == "pairs of members" else 1)
    value = float(tied / known.sum()) if share >= LEAST_KNOWN and known.sum() else np.nan
    when = "last known" if name in LASTING else f"of {RECENT} years"
    years = ~np.isnan(values) if share >= LEAST_KNOWN else values > 0
    year = float(ties.years[end - 1]) if name in LASTING and share >= LEAST_KNOWN else _year(years, ties)
    return Told(name, f"share of {who} with a tie, {when}", value, share, year, ties.layer_sources(name), listed)


def _window(values: Numbers, pairs: Flags, name: str) -> tuple[int, int]:
    """The years looked at: the last five of what is done; of what lasts, the last year in which nearly all is known."""
    if name not in LASTING:
        return SPAN - RECENT, SPAN
    share = (~np.isnan(values)).sum(axis=(0, 1)) / max(int(pairs.sum()), 1)
    complete = np.flatnonzero(share >= LEAST_KNOWN)
    at = int(complete[-1]) if len(complete) else SPAN - 1
    return at, at + 1


def _agreement(ties: Ties) -> Told:
    """How often two members vote the same, in the last year of which anything is known of any pair of them."""
    pairs = _inside(ties)[:, :, None] & ties.exists
    values = np.where(pairs, ties.of("vote_agreement_share"), np.nan)
    latest_year = _year(~np.isnan(values), ties)
    value, share = np.nan, 0.0
    if not np.isnan(latest_year):
        at = int(latest_year - ties.years[0])
        share = float((~np.isnan(values[:, :, at])).sum() / pairs[:, :, at].sum())
        value = float(np.nanmean(values[:, :, at])) if share >= LEAST_KNOWN else np.nan
    said = "mean share of votes in which two members voted the same, in the last year known"
    return Told("vote_agreement_share", said, value, share, latest_year, ties.sources("vote_agreement_share"))


def _year(told: Flags, ties: Ties) -> float:
    """The last year in which anything is told."""
    years = np.flatnonzero(told.any(axis=(0, 1)))
    return float(ties.years[years[-1]]) if len(years) else np.nan
