"""What a state bears for its own and for common defense: several measures side by side, never added into one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from comity.assess.shape import Flags, Numbers, Part
from comity.assess.state_ties import Held
from comity.assess.state_view import StateView, above, last_known, recent_mean, stated, sure, ties_in

MEASURES = {
    "military_expenditure_gdp_share": "military spending as a share of gross domestic product: 0.02 is two percent",
    "military_expenditure_government_share": "military spending as a share of all spending of the government",
    "military_expenditure_per_capita_usd": "military spending for each inhabitant, in dollars of the day",
    "military_personnel_share": "soldiers for each inhabitant",
}
TROOPS = "its soldiers in other states as a share of all its soldiers; only lists of single states tell of them"
STATES = "states in which its forces, a base or 100 of its troops are listed"
PEACE = "troops in peace missions for a million inhabitants, mean of five years"


def burdens(view: StateView) -> tuple[Part, ...]:
    """What each state of a view bears, measure by measure; a score is the share of known states that bear less."""
    held = {name: last_known(view, name) for name in MEASURES}
    made = [_ranked((name, means), held[name], view.sources(name)) for name, means in MEASURES.items()]
    return (*made, *_abroad(view), _peace(view))


def _abroad(view: StateView) -> list[Part]:
    """Troops abroad: their share of all soldiers, and the states they are in."""
    ties = ties_in(view)
    soldiers = last_known(view, "military_personnel_count")
    troops, bases = ties.outward("troop_count"), (ties.outward("has_forces_abroad"), ties.outward("has_base"))
    listed = np.ones(len(view), dtype=bool)
    year, count = _last_listed(troops, ties.years)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(soldiers.value > 0, count / soldiers.value, np.nan)
    stand = np.fmax.reduce([*bases, np.where(np.isnan(troops), np.nan, troops >= 100)])
    in_year, states = _last_listed(np.where(np.isnan(stand), np.nan, stand > 0), ties.years)
    troop_sources = tuple(sorted({*ties.sources("troop_count"), *view.sources("military_personnel_count")}))
    return [
        _ranked(("troops_abroad_share", TROOPS), Held(share, listed, year), troop_sources),
        _ranked(
            ("states_with_its_forces", STATES),
            Held(states, listed, in_year),
            ties.sources("troop_count", "has_forces_abroad", "has_base"),
        ),
    ]


def _peace(view: StateView) -> Part:
    troops, people = recent_mean(view, "peacekeeper_count"), last_known(view, "population_count")
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(people.value > 0, 1e6 * troops.value / people.value, np.nan)
    sources = tuple(sorted({*view.sources("peacekeeper_count"), *view.sources("population_count")}))
    return _ranked(
        ("peacekeepers_by_people", PEACE), sure(value, np.fmin(troops.latest_year, people.latest_year)), sources
    )


def _last_listed(values: Numbers, years: Numbers) -> tuple[Numbers, Numbers]:
    """The last year in which a list names something of each subject, and the sum over the others then."""
    filled: Numbers = np.nan_to_num(values)
    named = np.asarray((filled > 0).any(axis=1))
    at = named.shape[1] - 1 - np.argmax(named[:, ::-1], axis=1)
    is_named: Flags = np.asarray(named.any(axis=1), dtype=bool)
    total = np.nansum(values, axis=1)[np.arange(len(values)), at]
    return np.where(is_named, years[at], np.nan), np.where(is_named, total, np.nan)


def _ranked(said: tuple[str, str], held: Held, sources: tuple[str, ...]) -> Part:
    name, means = said
    held = Held(held.value, held.is_listed, np.where(np.isnan(held.value), np.nan, held.latest_year))
    return replace(stated((name, 1.0, means), held, above(held.value), sources), weight=0.0)
