"""What an index takes over from the indices it is made of: their ranges, and how much of them is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess_samples import SPAN, sketch, years
from comity.assess import index_kind
from comity.assess.shape import Index, Part, Span, limits_of

MEASURES = (
    *("exercise_count", "visit_count", "arms_delivery_tiv", "agreement_count", "is_defense_ally", "alliance_depth"),
    *("dispute_onset_count", "dispute_hostility_level", "incident_count", "interstate_conflict_ongoing"),
    "agreement_stock",
)
counts = st.lists(st.integers(0, 4), min_size=SPAN, max_size=SPAN)
worlds = st.dictionaries(st.sampled_from(MEASURES), counts)


def one(name, world, **more):
    return index_kind("pair", name).of(sketch(world, **more))


def risk(world, **more):
    return index_kind(limits_of("pair"), "miscalculation_risk").of(sketch(world, **more))


def near(count):
    """Exercises of the first state with a third that borders the second."""
    exercises, border = (np.zeros((2, 4, SPAN)) for _ in range(2))
    exercises[0, 2, -1], border[1, 2, :] = count, 1.0
    return {"exercise_count": exercises, "is_contiguous": border}


@given(worlds)
def test_trust_is_known_as_far_as_what_it_is_made_of(world):
    trust, intensity, depth, tension = (one(name, world) for name in ("trust", "intensity", "depth", "tension"))
    made_of = 0.25 * intensity.coverage[0] + 0.25 * depth.coverage[0] + 0.5 * tension.coverage[0]
    assert trust.coverage[0] == pytest.approx(made_of)
    widths = [each.most[0] - each.least[0] for each in (intensity, depth, tension)]
    assert trust.most[0] - trust.least[0] == pytest.approx(0.25 * widths[0] + 0.25 * widths[1] + 0.5 * widths[2])
    assert 0.0 <= trust.least[0] <= trust.most[0] <= 1.0
    if not np.isnan(trust.score[0]):
        assert trust.least[0] - 1e-12 <= trust.score[0] <= trust.most[0] + 1e-12


def test_where_little_is_known_trust_says_so():
    trust = one("trust", {"interstate_conflict_ongoing": years(), "is_defense_ally": years()})
    assert trust.score[0] == 0.5
    assert trust.coverage[0] < 0.2
    assert trust.most[0] - trust.least[0] > 0.8


@given(worlds)
def test_trust_is_the_balance_of_what_is_known(world):
    trust, *both, tension = (one(name, world).score[0] for name in ("trust", "intensity", "depth", "tension"))
    known = [score for score in both if not np.isnan(score)]
    if known and not np.isnan(tension):
        assert trust == pytest.approx(0.5 + 0.5 * (np.mean(known) - tension))
    else:
        assert np.isnan(trust)


@given(worlds, st.integers(0, 5))
def test_a_risk_is_known_as_far_as_the_tension_it_is_made_of(world, count):
    tension, made = one("tension", world), risk(world | {"exercise_count": [1] * SPAN}, near=near(count))
    alarm = next(part for part in made.parts if part.name == "exercises near")
    if np.isnan(tension.score[0]):
        assert (alarm.span.least[0], alarm.span.most[0], alarm.span.coverage[0]) == (0.0, 1.0, 0.0)
    elif count == 0:  # nothing near alarms nobody, whatever the tension is
        assert (alarm.span.least[0], alarm.span.most[0], alarm.span.coverage[0]) == (0.0, 0.0, 1.0)
    else:
        share = count / (count + 10)
        assert alarm.span.least[0] == pytest.approx(share * tension.least[0])
        assert alarm.span.most[0] == pytest.approx(share * tension.most[0])
        assert alarm.span.coverage[0] == pytest.approx(tension.coverage[0])
        assert made.least[0] - 1e-12 <= made.score[0] <= made.most[0] + 1e-12


@given(worlds)
def test_an_estimate_has_the_range_of_what_is_possible_and_is_known_where_lists_tell_of_its_instruments(world):
    made = one("cooperation", world)
    ends = {part.name: part.score[0] for part in made.parts}
    told = [name in world for name in ("is_defense_ally", "agreement_stock", "exercise_count", "arms_delivery_tiv")]
    assert made.coverage[0] == pytest.approx(sum(told) / 5)  # and of diplomats nothing is told
    if any(told):
        assert made.least[0] == pytest.approx(min(ends["at least"], made.score[0]))
        assert made.most[0] == pytest.approx(max(ends["at most"], made.score[0]))
    else:
        assert (made.least[0], made.most[0]) == (0.0, 1.0)


def test_a_range_taken_over_weighs_as_the_part_does():
    year = np.array([2020.0])
    sure = Part("sure", np.array([1.0]), np.array([0.5]), 1.0, "", year)
    span = Span(np.array([0.2]), np.array([0.8]), np.array([0.25]))
    made = Part("made", np.array([1.0]), np.array([0.5]), 3.0, "", year, span=span)
    both = Index("", "", (sure, made))
    assert [both.least[0], both.most[0]] == pytest.approx([(0.5 + 0.6) / 4, (0.5 + 2.4) / 4])
    assert both.coverage[0] == pytest.approx((1 + 0.75) / 4)
