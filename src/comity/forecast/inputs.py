"""The inputs of forecasts, group by group: all as they stood at the end of the year before.

Amounts enter as logarithms, so that a first exercise tells more than a hundredth.
"""

from __future__ import annotations

import numpy as np

from comity.forecast.lagged import Inputs, Lagged, inputs
from comity.forecast.listed import Floats
from comity.forecast.past import over_the_turn


def _log(values: Floats) -> Floats:
    """The logarithm of an amount and one; a negative amount is none."""
    return np.log1p(np.maximum(values, 0.0))


def _against_year(past: Lagged, values: Floats) -> Floats:
    """Values against their mean in the same year, so that what all the world gains tells nothing of a pair."""
    year = past.rows.year - past.rows.year.min()
    known = ~np.isnan(values)
    count = np.bincount(year[known], minlength=int(year.max()) + 1)
    total = np.bincount(year[known], values[known], minlength=len(count))
    against: Floats = values - (total / np.maximum(count, 1))[year]
    return against


def _share(values: Floats) -> Floats:
    """The logarithm of a share of the world, the least of them cut off."""
    return np.log(np.maximum(values, 1e-6))


@inputs("structure")
def structure(past: Lagged) -> Inputs:
    """Where the two lie, how old they and their pair are, and whether they are major powers."""
    kind = past.of("contiguity_type")
    return {
        "land_border": np.where(np.isnan(kind), np.nan, kind == 1),
        "near_by_sea": np.where(np.isnan(kind), np.nan, kind > 1),
        "closeness": np.where(kind == 0, 0.0, 6.0 - kind),
        "distance": _log(past.of("capital_distance_km")),
        "border_distance": _log(past.of("minimum_distance_km")),
        "majors": past.of("major_power_count"),
        "both_major": past.of("is_major_power_pair"),
        "years_together": _log(past.of("years_together")),
        "younger": _log(past.lower("system_membership_years")),
        "older": _log(past.higher("system_membership_years")),
        "neighbors_low": past.lower("land_neighbor_count"),
        "neighbors_high": past.higher("land_neighbor_count"),
    }


@inputs("capability")
def capability(past: Lagged) -> Inputs:
    """How strong the two are, how alike, how militarized, and how that had changed over five years."""
    one, other = (_share(side) for side in past.sides("cinc_share"))
    one_then, other_then = (_share(side) for side in past.sides("cinc_share", 6))
    soldiers = [_share(side) for side in past.sides("military_personnel_share")]
    then = [_share(side) for side in past.sides("military_personnel_share", 6)]
    spent = [_log(side) for side in past.sides("military_expenditure_usd")]
    spent_then = [_log(side) for side in past.sides("military_expenditure_usd", 4)]
    gap = np.abs(one - other)
    return {
        "capability_gap": gap,
        "capability_low": _against_year(past, np.minimum(one, other)),
        "capability_high": _against_year(past, np.maximum(one, other)),
        "capability_gap_change": gap - np.abs(one_then - other_then),
        "capability_shift": np.abs((one - other) - (one_then - other_then)),
        "capability_growth_low": np.minimum(one - one_then, other - other_then),
        "capability_growth_high": np.maximum(one - one_then, other - other_then),
        "soldiers_low": _against_year(past, np.minimum(*soldiers)),
        "soldiers_high": _against_year(past, np.maximum(*soldiers)),
        "soldiers_growth_high": np.maximum(soldiers[0] - then[0], soldiers[1] - then[1]),
        "spending_low": _against_year(past, np.minimum(*spent)),
        "spending_high": _against_year(past, np.maximum(*spent)),
        "spending_growth_high": np.maximum(spent[0] - spent_then[0], spent[1] - spent_then[1]),
        "people_low": _against_year(past, _log(past.lower("population_count"))),
        "people_high": _against_year(past, _log(past.higher("population_count"))),
        "income_low": _against_year(past, _log(past.lower("gdp_per_capita_estimate_usd2011"))),
        "income_high": _against_year(past, _log(past.higher("gdp_per_capita_estimate_usd2011"))),
    }


@inputs("regime")
def regime(past: Lagged) -> Inputs:
    """How the two are ruled, how alike, and whether that had changed within five years."""
    now, then = past.sides("polity2_score"), past.sides("polity2_score", 6)
    votes, votes_then = past.sides("electoral_democracy_index"), past.sides("electoral_democracy_index", 6)
    change = [now[side] - then[side] for side in (0, 1)]
    electoral = [votes[side] - votes_then[side] for side in (0, 1)]
    return {
        "polity_low": np.minimum(*now),
        "polity_high": np.maximum(*now),
        "polity_gap": np.abs(now[0] - now[1]),
        "polity_middle": np.minimum(*(100 - side**2 for side in now)),
        "joint_democracy": past.of("is_joint_democracy"),
        "polity_rise": np.maximum(*change),
        "polity_fall": np.minimum(*change),
        "electoral_low": np.minimum(*votes),
        "electoral_high": np.maximum(*votes),
        "electoral_gap": np.abs(votes[0] - votes[1]),
        "electoral_rise": np.maximum(*electoral),
        "electoral_fall": np.minimum(*electoral),
        "regime_age_low": _log(past.lower("regime_durability_years")),
    }


@inputs("others")
def others(past: Lagged) -> Inputs:
    """The wars and crises in which each of the two stood, with whomever."""
    return {
        "wars_low": past.lower("war_count"),
        "wars_high": past.higher("war_count"),
        "crises_low": past.lower("crisis_count"),
        "crises_high": past.higher("crisis_count"),
    }


@inputs("alliance")
def alliance(past: Lagged) -> Inputs:
    """What the two owe each other under alliances."""
    names = ("is_defense_ally", "is_nonaggression_ally", "is_consultation_ally", "is_neutrality_ally", "has_alliance")
    made = {name: past.of(name) for name in names}
    made["alliance_change"] = made["has_alliance"] - past.of("has_alliance", 6)
    return made


@inputs("network")
def network(past: Lagged) -> Inputs:
    """Where the two stand among the alliances of all."""
    return {
        "shared_allies": _log(past.of("shared_ally_count")),
        "ally_distance": past.of("ally_distance"),
        "allies_low": _log(past.lower("defense_ally_count")),
        "allies_high": _log(past.higher("defense_ally_count")),
        "alliance_likeness": past.of("alliance_similarity_s"),
        "alliance_likeness_change": past.of("alliance_similarity_s") - past.of("alliance_similarity_s", 6),
    }


@inputs("votes")
def votes(past: Lagged) -> Inputs:
    """How far apart the two vote in the General Assembly of the United Nations."""
    gap = past.of("ideal_point_distance")
    return {
        "vote_gap": gap,
        "vote_gap_change": gap - past.of("ideal_point_distance", 6),
        "vote_low": past.lower("ideal_point"),
        "vote_high": past.higher("ideal_point"),
        "vote_agreement": past.of("vote_agreement_share"),
    }


@inputs("trade")
def trade(past: Lagged) -> Inputs:
    """What the two buy from each other."""
    now = _log(past.of("bilateral_trade_usd"))
    return {
        "trade": _against_year(past, now),
        "trade_change": now - _log(past.of("bilateral_trade_usd", 6)),
        "trade_dependence_low": _against_year(past, _share(past.of("lower_trade_dependence"))),
    }


@inputs("organization")
def organization(past: Lagged) -> Inputs:
    """The organizations both belong to."""
    shared = _log(past.of("shared_organisation_count"))
    change = shared - _log(past.of("shared_organisation_count", 6))
    return {"shared_organizations": _against_year(past, shared), "shared_organizations_change": change}


@inputs("exercise")
def exercise(past: Lagged) -> Inputs:
    """The military exercises of the two."""
    now = _log(past.of("exercise_count"))
    return {
        "exercises": now,
        "exercises_of_late": _log(past.recent("exercise_count")),
        "exercises_change": now - _log(past.of("exercise_count", 4)),
    }


@inputs("agreement")
def agreement(past: Lagged) -> Inputs:
    """The defense agreements of the two."""
    stock = _log(past.of("agreement_stock"))
    return {"agreements": stock, "agreements_change": stock - _log(past.of("agreement_stock", 6))}


@inputs("arms")
def arms(past: Lagged) -> Inputs:
    """The major arms that go from the one to the other, and that both take from others."""
    now = _log(past.of("arms_delivery_tiv"))
    return {
        "arms": now,
        "arms_of_late": _log(past.recent("arms_delivery_tiv")),
        "arms_change": now - _log(past.of("arms_delivery_tiv", 6)),
        "arms_taken_low": _log(past.lower("arms_import_tiv")),
        "arms_taken_high": _log(past.higher("arms_import_tiv")),
    }


@inputs("visit")
def visit(past: Lagged) -> Inputs:
    """The visits of leaders, ministers and chiefs between the two, as far as they are listed."""
    return {"visits_of_late": _log(past.recent("visit_count"))}


@inputs("presence")
def presence(past: Lagged) -> Inputs:
    """Forces of the one on the ground of the other, as far as they are listed."""
    return {"troops": _log(past.of("troop_count"))}


@inputs("rivalry")
def rivalry(past: Lagged) -> Inputs:
    """Whether the two were rivals, coded by people who knew what came of them; never used unless asked for."""
    return {"rivalry": past.of("is_strategic_rivalry")}


@inputs("claims")
def claims(past: Lagged) -> Inputs:
    """What land the two claimed of each other, coded by people who knew what came of it; only when asked for."""
    return {"territorial_claim": past.of("has_territorial_claim"), "claim_salience": past.of("claim_salience")}


@inputs("ongoing")
def ongoing(past: Lagged) -> Inputs:
    """Whether a dispute of the two went on over the turn of the year, which only later days told; when asked for.

    Nothing of crises and armed conflicts: their lists tell the years of a pair, not what went on between them.
    """
    if past.rows.main.name not in ("cow_mid", "gml_mid"):
        return {}
    return {"ongoing_at_turn": over_the_turn(past.rows, past.rows.main)}
