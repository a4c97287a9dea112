"""The world, or a region of it, as a subject: what is called stability, as series from 1816 to the latest data.

Each series has a horizon of its own. A rate or a share is told only of years in which nearly all pairs are known; what
is merely listed is given as a number of listed acts, and its rise is also that of the lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.assess.shape import Numbers
from comity.errors import BadRequest, UnknownWord
from comity.network import networks
from comity.network.blocs import communities
from comity.network.places import components
from comity.network.signs import balance_share
from comity.panel import panel
from comity.panel.seams import seams

if TYPE_CHECKING:
    from comity.network import Network
    from comity.panel import Panel
    from comity.store import Store

FIRST_YEAR = 1816
LEAST_KNOWN = 0.9  # of the pairs of a year, for a rate or share of it to be told

# Events and states of a pair: how many in 1,000 pair-years.
RATES = {
    "dispute_onset": "new militarized disputes (GML), in 1,000 pair-years",
    "mid_onset": "new militarized interstate disputes (CoW), in 1,000 pair-years",
    "has_force": "pairs in a dispute in which force was used, in 1,000 pair-years",
    "has_fatal_dispute": "pairs in a dispute with deaths, in 1,000 pair-years",
    "crisis_onset": "new international crises, in 1,000 pair-years",
    "war_onset": "pairs that began a war with each other, in 1,000 pair-years",
    "interstate_conflict_ongoing": "pairs in an armed conflict with each other, in 1,000 pair-years",
}
# Ties of a pair: the share of pairs that have one.
SHARES = {
    "has_alliance": "share of pairs with any alliance obligation",
    "is_defense_ally": "share of pairs with a defense pact",
    "agreement_stock": "share of pairs that signed a defense agreement since 1980",
    "exercise_count": "share of pairs that exercised together in the year",
    "arms_delivery_count": "share of pairs with a delivery of major arms, either way",
    "has_diplomatic_contact": "share of pairs with an embassy or ambassador, either way",
}
LEVELS = {
    0.0: "share of listed pairs in severe rivalry",
    0.25: "share of listed pairs in lesser rivalry",
    0.5: "share of listed pairs in negative peace",
    0.75: "share of listed pairs in warm peace",
    1.0: "share of listed pairs that are a security community",
}
LISTED = """
    SELECT instrument, year(start_date) AS year, source, count(*) AS count
    FROM core.engagement e
    WHERE status IN ('completed', 'ongoing') AND start_date IS NOT NULL {of_region}
    GROUP BY ALL
"""
UNCOUNTED = ("assistance", "basing", "information sharing", "peacekeeping", "training")
OF_REGION = """
    AND (SELECT count(DISTINCT party) FROM core.engagement_party p
         WHERE p.source = e.source AND p.engagement = e.engagement AND list_contains($states, p.party)) > 0
"""


@dataclass(frozen=True)
class Series:
    """One series: a value for each year, NaN where unknown; `horizon` is the last year that is known.

    `seams` are the years from which other lists speak than before: a step there says nothing of the world.
    """

    name: str
    means: str
    years: Numbers
    values: Numbers
    sources: tuple[str, ...]
    seams: tuple[int, ...] = ()

    @property
    def horizon(self) -> int | None:
        """The last year with a value; None when there is none."""
        known = self.years[~np.isnan(self.values)]
        return int(known[-1]) if len(known) else None

    def to_dict(self) -> dict[str, Any]:
        """The series as plain values; None where unknown."""
        return {
            "name": self.name,
            "means": self.means,
            "horizon": self.horizon,
            "sources": list(self.sources),
            "seams": list(self.seams),
            "values": {
                int(year): None if np.isnan(value) else float(value)
                for year, value in zip(self.years, self.values, strict=True)
            },
        }


@dataclass(frozen=True)
class World:
    """The systemic series of the world, or of the pairs inside a region."""

    region: str | None
    states: tuple[str, ...]
    series: tuple[Series, ...]

    def of(self, name: str) -> Series:
        """A series by its name; UnknownWord names those there are."""
        for each in self.series:
            if each.name == name:
                return each
        raise UnknownWord(f"{name!r} is no series; series are {', '.join(each.name for each in self.series)}")


def world(store: Store, years: tuple[int, int], region: str | None = None, system: str = "cow") -> World:
    """The systemic series of the years; of a region, those of the pairs of its states.

    Raises UnknownWord for a region that the register does not have, BadRequest for years before 1816 or turned round.
    """
    if not FIRST_YEAR <= years[0] <= years[1]:
        raise BadRequest(f"the series of the world begin in {FIRST_YEAR} and run forward, not {years[0]}:{years[1]}")
    states = _states_of(store, region) if region else ()
    pairs = panel(store, "dyad_year", years=years, system=system, states=states)
    inside = _inside(pairs, states)
    found = [*_rates(pairs, inside), *_shares(pairs, inside), *_levels(pairs, inside)]
    found += _network_series(store, years, system, states)
    found += _listed(store, years, states)
    return World(region, states, tuple(series for series in found if series.horizon is not None))


def _states_of(store: Store, region: str) -> tuple[str, ...]:
    rows = store.ask("SELECT DISTINCT region, states FROM core.region ORDER BY region").to_pylist()
    for row in rows:
        if row["region"] == region and row["states"]:
            return tuple(sorted(row["states"]))
    raise UnknownWord(f"{region!r} is no region; regions are {', '.join(row['region'] for row in rows)}")


def _inside(pairs: Panel, states: tuple[str, ...]) -> Any:
    """Which rows are of two states of the region."""
    rows = pairs.rows
    held = np.isin(np.array(rows.index.states), states) if states else np.ones(len(rows.index.states), dtype=bool)
    return held[rows.state_a] & held[rows.state_b]


def _column(pairs: Panel, name: str) -> tuple[Numbers, tuple[str, ...]]:
    """A measure of pairs, its two directions as one: the larger, and unknown where one is and the other is 0."""
    pairs.add(name)
    sides = [column for column in pairs.columns.values() if column.measure.name == name]
    each = [column.values().astype(np.float64) for column in sides]
    values = np.fmax.reduce(each)
    values[np.isnan(each).any(axis=0) & ~(values > 0)] = np.nan
    return values, tuple(sorted({source for column in sides for source in column.filled.sources}))


def _by_year(pairs: Panel, inside: Any, values: Numbers, least_known: float) -> tuple[Numbers, Numbers]:
    """The mean of each year over the known pairs inside, NaN where too few are known; and the years."""
    first, last = pairs.rows.index.years
    count = last - first + 1
    known = inside & ~np.isnan(values)
    year = pairs.rows.year
    total = np.bincount(year[known], weights=values[known], minlength=count)
    of_known = np.bincount(year[known], minlength=count)
    of_all = np.bincount(year[inside], minlength=count)
    enough = (of_known > 0) & (of_known >= least_known * of_all)
    mean = np.divide(total, of_known, out=np.full(count, np.nan), where=enough)
    return mean, np.arange(first, last + 1, dtype=np.float64)


def _rates(pairs: Panel, inside: Any) -> Iterator[Series]:
    for name, means in RATES.items():
        values, sources = _column(pairs, name)
        mean, years = _by_year(pairs, inside, np.where(np.isnan(values), np.nan, values > 0), LEAST_KNOWN)
        yield Series(f"{name}_rate", means, years, mean * 1000, sources)


def _shares(pairs: Panel, inside: Any) -> Iterator[Series]:
    for name, means in SHARES.items():
        values, sources = _column(pairs, name)
        mean, years = _by_year(pairs, inside, np.where(np.isnan(values), np.nan, values > 0), LEAST_KNOWN)
        yield Series(f"{name}_share", means, years, mean, sources)


def _levels(pairs: Panel, inside: Any) -> Iterator[Series]:
    """The share of the listed pairs nearest to each level of peace; pairs that are not listed are left out."""
    values, sources = _column(pairs, "peace_level")
    nearest = np.where(np.isnan(values), np.nan, np.round(values * 4) / 4)
    for level, means in LEVELS.items():
        mean, years = _by_year(pairs, inside, np.where(np.isnan(nearest), np.nan, nearest == level), 0.0)
        yield Series(f"peace_level_{level:g}_share", means, years, mean, sources)


def _network_series(store: Store, years: tuple[int, int], system: str, states: tuple[str, ...]) -> Iterator[Series]:
    """Density, parts, blocs and balance of the network of alliances and disputes, year by year."""
    told: dict[str, tuple[str, Callable[[Network], float]]] = {
        "alliance_density": ("share of pairs that an alliance ties", _density),
        "alliance_component_count": ("parts the network of alliances falls into, states alone included", _parts),
        "alliance_bloc_count": ("blocs of the network of alliances", lambda each: _blocs(each)[0]),
        "alliance_modularity": (
            "how far alliances fall into blocs (Newman's modularity)",
            lambda each: _blocs(each)[1],
        ),
        "balanced_triad_share": ("share of triads of allies and disputants that are balanced", _balance),
    }
    values: dict[str, list[float]] = {name: [] for name in told}
    sources: tuple[str, ...] = ()
    for each in networks(store, years, ("alliance", "dispute"), system):
        cut = each.among([state for state in states if state in each.states]) if states else each
        sources = tuple(sorted({*sources, *cut.layers["alliance"].sources, *cut.layers["dispute"].sources}))
        for name, (_, ask) in told.items():
            values[name].append(ask(cut))
    span = np.arange(years[0], years[1] + 1, dtype=np.float64)
    for name, (means, _) in told.items():
        yield Series(name, means, span, np.array(values[name]), sources)


def _known(each: Network, layer: str) -> bool:
    return len(each) > 1 and each.layers[layer].known_share >= LEAST_KNOWN


def _density(each: Network) -> float:
    size = len(each)
    return each.layers["alliance"].tie_count / (size * (size - 1) / 2) if _known(each, "alliance") else np.nan


def _parts(each: Network) -> float:
    return float(len(components(each.layers["alliance"].tied))) if _known(each, "alliance") else np.nan


def _blocs(each: Network) -> tuple[float, float]:
    if not _known(each, "alliance"):
        return np.nan, np.nan
    division = communities(each.layers["alliance"].tied.astype(np.float64), runs=1)
    return float(len(division.blocs)), division.modularity


def _balance(each: Network) -> float:
    if not (_known(each, "alliance") and _known(each, "dispute")):
        return np.nan
    share = balance_share(each.signed())
    return np.nan if share is None else share


def _listed(store: Store, years: tuple[int, int], states: tuple[str, ...]) -> Iterator[Series]:
    """How many engagements of each instrument the lists name in a year: the source that names most is counted.

    Of a region, those in which one of its states took part, with whomever: most of what is listed crosses its edge.
    """
    sql = LISTED.format(of_region=OF_REGION if states else "")
    rows = store.ask(sql, {"states": list(states)} if states else {}).to_pylist()
    span = np.arange(years[0], years[1] + 1, dtype=np.float64)
    for instrument in sorted({row["instrument"] for row in rows}):
        values = np.full(len(span), np.nan)
        named: dict[int, tuple[int, str]] = {}
        for row in rows:
            if row["instrument"] == instrument and years[0] <= row["year"] <= years[1]:
                named[row["year"]] = max(named.get(row["year"], (0, "")), (row["count"], row["source"]))
        for year, (count, _) in named.items():
            values[year - years[0]] = count
        used = {source for _, source in named.values()}
        broken = tuple(seam.year for seam in seams(store, instrument, states, used) if seam.year in named)
        who = " with a state of the region" if states else ""
        means = f"{_plural(instrument)}{who} that the list naming most names; what none lists is unknown"
        yield Series(f"listed_{instrument}_count", means, span, values, tuple(sorted(used)), broken)


def _plural(instrument: str) -> str:
    words = instrument.replace("_", " ")
    return words if words in UNCOUNTED else f"{words}s"
