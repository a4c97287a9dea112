"""How strong an estimate is: robustness value, power, the curve of specifications, bias in words, pictures."""

from __future__ import annotations

from dataclasses import replace
from math import inf, sqrt
from statistics import NormalDist
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadRequest
from comity.evidence.bias import bias_in_words
from comity.evidence.curve import (
    curve_summary,
    of_design,
    specification_curve,
    usual_choices,
    with_curve,
)
from comity.evidence.designs.group_time import group_time_effects
from comity.evidence.designs.interrupted import interrupted_series
from comity.evidence.designs.two_way import two_way_fixed_effects
from comity.evidence.estimate import Specification
from comity.evidence.pictures import course_spec, curve_spec, draw_course, draw_curve
from comity.evidence.power import Plan, minimum_detectable_effect, planned_effect
from comity.evidence.sensitivity import explained_share, largest_bias, robustness_value
from design_samples import QUESTION, crossed_world, dyadic_world, single_series, staggered_world

SVG = "{http://www.w3.org/2000/svg}"


def test_robustness_values_are_the_published_ones():
    # Cinelli and Hazlett (2020), table 1, Darfur: estimate 0.097, error 0.023, t 4.18 on 783; partial R² 2.2 %,
    # robustness value 13.9 %, at 5 % 7.6 %. Their software: an unseen cause as strong as `female` (0.1246409 of the
    # outcome, 0.009164287 of the treatment) leaves 0.07522.
    assert explained_share(4.18445, 783) == pytest.approx(0.02187, abs=5e-6)
    assert robustness_value(4.18445, 783) == pytest.approx(0.13878, abs=5e-6)
    assert robustness_value(4.18445, 783, level=0.05) == pytest.approx(0.07626, abs=5e-6)
    bias = largest_bias(0.02325654, 783, of_outcome=0.1246409, of_treatment=0.009164287)
    assert 0.09731582 - bias == pytest.approx(0.07522, abs=5e-6)


@given(st.floats(0.01, 50), st.integers(10, 10**6), st.floats(0.01, 1))
def test_a_cause_as_strong_as_the_robustness_value_takes_away_just_that_much(t, freedom, taken):
    strength = robustness_value(t, freedom, taken=taken)
    assert largest_bias(1 / t, freedom, of_outcome=strength, of_treatment=strength) == pytest.approx(taken, rel=1e-6)
    assert robustness_value(t, freedom, taken=taken, level=0.05) <= strength
    assert robustness_value(-t, freedom, taken=taken) == strength


@pytest.mark.parametrize(("freedom", "taken"), [(1, 1.0), (10, 0.0), (10, 1.5)])
def test_what_has_no_robustness_value_is_refused(freedom, taken):
    with pytest.raises(BadRequest, match="more than 1 row"):
        robustness_value(1.0, freedom, taken=taken)


@given(st.floats(1e-3, 1e3))
def test_an_effect_just_detectable_is_found_in_four_of_five_samples(error):
    effect = minimum_detectable_effect(error)
    found = 1 - NormalDist(effect, error).cdf(1.959963984540054 * error)
    assert found == pytest.approx(0.80, abs=1e-6)
    assert minimum_detectable_effect(error, 20) > effect
    assert minimum_detectable_effect(error, inf) == effect


def test_a_planned_test_finds_what_a_made_one_does():
    random = np.random.default_rng(1)
    found = 0
    effect = planned_effect(Plan(observations=4000, treated_share=0.25, base_rate=0.2))
    for _ in range(400):
        treated = random.random(1000) < 0.2 + effect
        others = random.random(3000) < 0.2
        error = sqrt(treated.var() / 1000 + others.var() / 3000)
        found += abs(treated.mean() - others.mean()) > 1.96 * error
    assert found / 400 == pytest.approx(0.80, abs=0.07)


def test_rows_that_hang_together_leave_a_plan_with_less():
    plan = Plan(observations=4000, treated_share=0.25, base_rate=0.2)
    clumped = replace(plan, cluster_rows=20, within_cluster=1.0)
    assert planned_effect(clumped) == pytest.approx(sqrt(20) * planned_effect(plan))
    with pytest.raises(BadRequest, match="shares between 0 and 1"):
        replace(plan, base_rate=0.0)
    with pytest.raises(BadRequest, match="1 row or more"):
        replace(plan, cluster_rows=0.5)


@pytest.mark.parametrize(
    ("coefficient", "selection", "said"),
    [
        (-0.2, -1, "too far from zero"),
        (-0.2, 1, "too near to zero, if its sign is right"),
        (0.2, 1, "too far from zero"),
        (0.0, -1, "too low"),
        (0.2, 0, "moves the coefficient little"),
        (0.2, None, "is unknown"),
    ],
)
def test_the_way_an_estimate_errs_is_said_in_words(coefficient, selection, said):
    question = replace(QUESTION, selection=selection, selection_reason="friends exercise with friends")
    words = bias_in_words(coefficient, question, "And so does the design.")
    assert said in words
    assert words.endswith("And so does the design.")


def test_a_curve_asks_under_every_choice_and_says_which_could_not_be_asked():
    sample = crossed_world(np.random.default_rng(1))
    choices = usual_choices(sample)
    wanted = [
        "all rows and controls",
        "no controls",
        "without control 0",
        "without control 1",
        "until 2005",
        "after 2005",
    ]
    assert list(choices) == [*wanted, "without the most treated state"]
    never = replace(sample, d=np.zeros(len(sample)))
    found, refused = specification_curve(choices | {"nobody treated": never})
    assert [one.coefficient for one in found] == sorted(one.coefficient for one in found)
    assert list(refused) == ["nobody treated"]
    middle = {one.name: one.coefficient for one in found}["all rows and controls"]
    assert middle == pytest.approx(two_way_fixed_effects(sample).coefficient)
    summary = curve_summary(found)
    assert (summary.specifications, summary.above_zero, summary.surely_below) == (7, 1.0, 0.0)
    by_hand, _ = specification_curve({"main": sample}, of_design(two_way_fixed_effects))
    assert by_hand[0].low == pytest.approx(two_way_fixed_effects(sample).low)


def test_no_specification_makes_no_curve():
    with pytest.raises(BadRequest, match="at least one"):
        curve_summary(())


def test_the_path_is_drawn_with_every_lead_the_base_and_every_year_after():
    estimate = group_time_effects(staggered_world(np.random.default_rng(1), growth=0.3)[0])
    points = course_spec(estimate)["data"]["values"]
    assert sorted(point["at"] for point in points) == [-4, -3, -2, -1, 0, 1, 2, 3, 4, 5]
    drawn = {point["at"]: point["coefficient"] for point in points}
    assert drawn[-1] == 0
    assert drawn[3] == estimate.course[3].coefficient
    assert drawn[-4] == estimate.placebo[0].coefficient
    picture = draw_course(estimate)
    assert len(ET.fromstring(picture).findall(f".//{SVG}path")) >= len(points)
    assert "years since exercises began" in picture


def test_leads_alone_are_drawn_before_the_treatment_they_lead():
    estimate = two_way_fixed_effects(dyadic_world(np.random.default_rng(1)), leads=(1, 2))
    assert [(point["at"], point["when"]) for point in course_spec(estimate)["data"]["values"]] == [
        (-1, "before"),
        (-2, "before"),
    ]
    with pytest.raises(BadRequest, match="no placebo lead and no course"):
        draw_course(interrupted_series(single_series(np.random.default_rng(1))))


def test_a_curve_is_drawn_with_the_estimate_among_its_specifications():
    sample = crossed_world(np.random.default_rng(1))
    estimate = with_curve(two_way_fixed_effects(sample), specification_curve(usual_choices(sample))[0])
    values = curve_spec(estimate)["data"]["values"]
    assert len(values) == len(estimate.specifications) + 1
    assert [value["at"] for value in values if value["when"] == "main"] == ["this estimate"]
    picture = draw_curve(estimate)
    assert all(f">{one.name}<" in picture for one in estimate.specifications)
    twice = with_curve(estimate, [Specification("one", 0.0, -1.0, 1.0)] * 2)
    with pytest.raises(BadRequest, match="two specifications of one name"):
        curve_spec(twice)
