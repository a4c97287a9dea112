"""The indices and limits of pairs: monotone, symmetric where meant, unknown when unknown, and known cases."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess_samples import SPAN, sketch, unknown, years
from comity.assess import index_kind, index_kinds, limit_kinds
from comity.assess.indices.e_steadiness import breaks
from comity.assess.indices.f_interoperability import level, shared_suppliers
from comity.assess.limits.b_miscalculation import exercises_near
from comity.assess.shape import limits_of

COUNTS = (
    *("exercise_count", "visit_count", "dialogue_count", "arms_delivery_tiv", "shared_mission_count"),
    *("agreement_count", "framework_agreement_count", "standing_agreement_count", "operation_count"),
    *("standing_information_agreement_count", "standing_access_agreement_count", "is_defense_ally"),
    *("known_land_exercise_count", "known_sea_exercise_count", "known_air_exercise_count"),
    *("known_amphibious_exercise_count", "known_cyber_exercise_count", "alliance_depth"),
)
TROUBLE = (
    *("dispute_onset_count", "dispute_hostility_level", "incident_count", "crisis_onset"),
    "interstate_conflict_ongoing",
)
GROWING = ("intensity", "depth", "breadth", "interoperability")
counts = st.lists(st.integers(0, 4), min_size=SPAN, max_size=SPAN)
worlds = st.dictionaries(st.sampled_from(COUNTS), counts)
ALL = [*index_kinds("pair"), *limit_kinds("pair")]
PAIR_KINDS = [kind for kind in ALL if kind.name != "cooperation"]


def one(name, given_measures, **more):
    return index_kind("pair", name).of(sketch(given_measures, **more))


def part(made, name):
    return next(piece for piece in made.parts if piece.name == name)


@given(worlds, st.sampled_from(GROWING), st.data())
def test_more_of_a_thing_never_lowers_what_it_is_a_sign_of(world, name, data):
    if not world:
        return
    measure = data.draw(st.sampled_from(sorted(world)))
    more = data.draw(st.lists(st.integers(0, 2), min_size=SPAN, max_size=SPAN))
    raised = world | {measure: [was + add for was, add in zip(world[measure], more, strict=True)]}
    before, after = one(name, world).score[0], one(name, raised).score[0]
    assert np.isnan(before) or after >= before - 1e-12


@given(st.dictionaries(st.sampled_from(TROUBLE), counts, min_size=1), st.data())
def test_more_trouble_never_lowers_tension(world, data):
    measure = data.draw(st.sampled_from(sorted(world)))
    raised = world | {measure: [was + 1 for was in world[measure]]}
    assert one("tension", raised).score[0] >= one("tension", world).score[0] - 1e-12


@given(st.dictionaries(st.sampled_from(TROUBLE), counts, min_size=1))
def test_an_open_channel_eases_tension_and_nothing_else_is_said_of_none(world):
    eased = one("tension", world | {"channel_count": unknown(1)}).score[0]
    assert eased == pytest.approx(0.9 * one("tension", world).score[0])


@pytest.mark.parametrize("kind", PAIR_KINDS, ids=lambda kind: kind.name)
def test_of_an_unknown_pair_nothing_is_said(kind):
    made = kind.of(sketch({}))
    known = [piece.name for piece in made.parts if not np.isnan(piece.score[0])]
    # That no list tells of a pair is itself known, and a lack of transparency.
    assert known == (["gaps in the data"] if kind.name == "lack_of_transparency" else [])
    if not known:
        assert np.isnan(made.score[0])
        assert made.coverage[0] == 0
        assert (made.least[0], made.most[0]) == (0, 1)


@given(worlds, st.sampled_from(("intensity", "breadth", "interoperability", "tension", "depth")), st.data())
def test_coverage_falls_when_a_measure_becomes_unknown_and_never_rises(world, name, data):
    if not world:
        return
    measure = data.draw(st.sampled_from(sorted(world)))
    fewer = {key: held for key, held in world.items() if key != measure}
    assert one(name, fewer).coverage[0] <= one(name, world).coverage[0] + 1e-12


def test_coverage_falls_by_the_weight_of_the_part_that_became_unknown():
    known = {"exercise_count": years(1), "arms_delivery_tiv": years(1)}
    assert one("intensity", known).coverage[0] == pytest.approx(4 / 7.5)
    assert one("intensity", {"arms_delivery_tiv": years(1)}).coverage[0] == pytest.approx(1 / 7.5)


sided = st.fixed_dictionaries(
    {f"{name}_{side}": counts for name in ("leader_visit_count", "arms_delivery_tiv") for side in ("a_to_b", "b_to_a")}
)


@given(sided)
def test_balance_is_the_same_from_either_side(world):
    turned = {
        name.replace("a_to_b", "?").replace("b_to_a", "a_to_b").replace("?", "b_to_a"): held
        for name, held in world.items()
    }
    first, second = one("balance", world), one("balance", turned)
    assert np.array_equal(first.score, second.score, equal_nan=True)


@given(worlds, worlds, st.sampled_from([kind.name for kind in index_kinds("pair") if kind.name != "cooperation"]))
def test_a_pair_is_scored_the_same_whoever_else_is_looked_at(world, other, name):
    both = {
        key: np.array([world.get(key, [np.nan] * SPAN), other.get(key, [np.nan] * SPAN)]) for key in {*world, *other}
    }
    subjects = (("FIN", "NOR"), ("ISL", "SWE"))
    made = index_kind("pair", name).of(sketch(both, subjects=subjects))
    alone = one(name, world)
    assert np.array_equal(made.score[:1], alone.score, equal_nan=True)
    assert np.array_equal(made.coverage[:1], alone.coverage)


def test_a_pair_of_leaders_visits_is_balanced_only_where_both_directions_are_listed():
    there = {"leader_visit_count_a_to_b": unknown(3)}
    assert np.isnan(part(one("balance", there), "visits").score[0])
    both = there | {"leader_visit_count_b_to_a": unknown(1)}
    assert part(one("balance", both), "visits").score[0] == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("measures", "rung"),
    [
        ({}, 0),
        ({"visit_count": unknown(1)}, 1),
        ({"standing_agreement_count": unknown(1)}, 2),
        ({"framework_agreement_count": years(1)}, 3),
        ({"standing_information_agreement_count": unknown(1)}, 4),
        ({"standing_access_agreement_count": unknown(1), "visit_count": unknown(2)}, 5),
        ({"is_defense_ally": years(1)}, 6),
    ],
)
def test_the_ladder_stands_at_the_highest_rung_known(measures, rung):
    none = {"agreement_count": years(0), "is_defense_ally": years(0)}
    ladder = part(one("depth", none | measures, listed=["visit_count"]), "ladder")
    assert ladder.value[0] == rung
    assert ladder.score[0] == pytest.approx(rung / 6)


def test_a_field_is_active_for_six_years_after_one_act():
    def land(age):
        acts = {name: years(0) for name in COUNTS if name.startswith("known_")}
        acts["known_land_exercise_count"] = years(*[1, *[0] * age])
        return part(one("breadth", acts), "domains").value[0]

    assert [land(age) for age in (0, 6, 7)] == [1, 1, 0]


def test_a_level_of_interoperability_is_lost_for_every_two_years_without_evidence():
    found = [level(np.array([[0.0] * 3 + [4.0] + [0.0] * age]))[0] for age in range(7)]
    assert found == [3, 3, 2, 2, 1, 1, 0]


def test_steadiness_counts_years_trouble_and_trend():
    acts = {
        "exercise_count": years(*range(1, 11)),
        "dispute_onset_count": years(1, 0, 0, 0),
        "incident_count": years(0),
    }
    made = one("steadiness", acts)
    assert part(made, "regularity").value[0] == 10
    assert part(made, "trend").score[0] > 0.5
    assert part(made, "resilience").value[0] == 1.0
    idle = one("steadiness", {"exercise_count": years(0), "dispute_onset_count": years(1)})
    assert idle.score[0] == 0  # nothing was done, and nothing through the trouble
    assert np.isnan(part(idle, "trend").score[0])


def test_a_list_that_grows_fuller_is_no_trend():
    acts = {"exercise_count": years(*range(1, 11))}
    assert np.isnan(part(one("steadiness", acts, listed=["exercise_count"]), "trend").score[0])


def test_the_year_in_which_the_level_changed_is_named():
    view = sketch({"exercise_count": years(8, 9, 8, 9, 8)})
    assert breaks(view, 0) == [2006]


def test_rivalry_is_shown_and_weighs_nothing():
    measures = {"electoral_democracy_distance": years(0.5)}
    kind = index_kind(limits_of("pair"), "political_incompatibility")
    calm, rivals = (kind.of(sketch(measures | {"is_ideological_rivalry": years(held)})) for held in (0, 1))
    assert calm.score[0] == rivals.score[0] == 0.5
    assert part(rivals, "rivalry over belief").is_hindsight
    assert all("rival" not in piece.name for piece in one("tension", {}).parts)


def test_friends_alarm_nobody_with_exercises_near_each_other():
    near = {name: np.zeros((2, 4, SPAN)) for name in ("exercise_count", "is_contiguous")}
    near["exercise_count"][0, 3] = 5  # the first exercises with a third
    near["is_contiguous"][1, 3] = 1  # that borders the second
    calm = {name: years(0) for name in TROUBLE}
    tense = calm | {"dispute_onset_count": years(1, 1, 1)}
    kind = index_kind(limits_of("pair"), "miscalculation_risk")
    assert exercises_near(sketch({}, near=near))[0] == pytest.approx(10, rel=1e-3)
    friends, rivals = (part(kind.of(sketch(held, near=near)), "exercises near") for held in (calm, tense))
    assert friends.score[0] == 0 < rivals.score[0]


def test_a_line_and_a_regime_lower_the_risk_of_miscalculation():
    tense = {name: years(1, 1) for name in TROUBLE}
    kind = index_kind(limits_of("pair"), "miscalculation_risk")
    without, with_line = (
        part(kind.of(sketch(tense | more)), "no line listed").score[0] for more in ({}, {"channel_count": unknown(1)})
    )
    assert with_line < without / 2


def test_equipment_is_shared_by_supplier_or_given_by_the_other():
    taken = np.zeros((2, 4, SPAN))
    taken[0, 2], taken[1, 2], taken[1, 3] = 1, 3, 1  # the first buys all of the third, the second three quarters
    assert shared_suppliers(sketch({}, near={"arms_delivery_tiv b_to_a": taken}))[0] == pytest.approx(0.75)
    given_by_first = np.zeros((2, 4, SPAN))
    given_by_first[1, 0] = 2
    assert shared_suppliers(sketch({}, near={"arms_delivery_tiv b_to_a": given_by_first}))[0] == 1
    assert np.isnan(shared_suppliers(sketch({}, near={"arms_delivery_tiv b_to_a": np.zeros((2, 4, SPAN))}))[0])


def test_a_limit_of_resources_is_set_by_the_side_with_less():
    kind = index_kind(limits_of("pair"), "resources")
    money = {"military_expenditure_usd2023_a": years(5e11), "military_expenditure_usd2023_b": years(1e8)}
    assert part(kind.of(sketch(money)), "money").score[0] == 1
    half = {"military_expenditure_usd2023_a": years(5e11)}
    assert np.isnan(part(kind.of(sketch(half)), "money").score[0])


@pytest.mark.parametrize("kind", PAIR_KINDS, ids=lambda kind: kind.name)
def test_every_part_says_what_it_is_and_every_part_of_a_limit_what_would_lower_it(kind):
    made = kind.of(sketch({}))
    assert kind.means.endswith(".")
    assert len({piece.name for piece in made.parts}) == len(made.parts)
    assert all(piece.means and piece.weight >= 0 for piece in made.parts)
    assert all(bool(piece.lowered_by) == (kind in limit_kinds("pair")) for piece in made.parts)


def test_scores_lie_between_none_and_all_whatever_the_numbers():
    measures = set(
        chain(COUNTS, TROUBLE, ("channel_count", "shared_regime_count", "cinc_ratio", "ideal_point_distance"))
    )
    huge = {name: [1e9] * SPAN for name in measures - {"is_defense_ally", "alliance_depth"}}
    for kind in PAIR_KINDS:
        for piece in kind.of(sketch(huge)).parts:
            assert np.isnan(piece.score[0]) or 0 <= piece.score[0] <= 1, (kind.name, piece.name)
