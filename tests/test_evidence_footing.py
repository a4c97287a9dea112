"""On how many clusters an estimate rests: where they are few, errors find effects that are not there. It is said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.answer import missing, placebos
from comity.evidence.designs.group_time import group_time_effects
from comity.evidence.designs.two_way import two_way_fixed_effects
from comity.evidence.designs.weighting import entropy_balancing
from comity.evidence.estimate import Placebo
from comity.evidence.footing import LEAST_CLUSTERS, footing_of, too_few
from comity.evidence.inference import Influence
from design_samples import chance, crossed_world, dyadic_world, pairs_of, persistent, sample_of, studied

RUNS = 300
DESIGNS = {"two_way": (two_way_fixed_effects, {"leads": ()}), "group_time": (group_time_effects, {"before": 1})}


def step_world(random, treated, units=40, years=12):
    """States whose years hang together; some are treated in the later half, to no effect."""
    y = 0.3 * persistent(random, units, years, 0.7).cumsum(axis=1) + random.normal(size=(units, years))
    d = np.zeros((units, years))
    d[:treated, years // 2 :] = 1
    return sample_of(y.ravel(), d.ravel(), np.repeat(np.arange(units), years), np.tile(np.arange(years), units))


def star_world(random, states=25, years=8):
    """Pairs of which only those of one state are treated, to no effect; each state has lasting shocks of its own."""
    a, b = pairs_of(states)
    shocks, d = persistent(random, states, years), np.zeros((len(a), years))
    d[(a == 0) & (random.random(len(a)) < 0.7), years // 2 :] = 1
    y = random.normal(size=(len(a), 1)) + shocks[a] + shocks[b] + random.normal(size=d.shape)
    unit = np.repeat(np.arange(len(a)), years)
    year = np.tile(np.arange(years), len(a))
    return sample_of(y.ravel(), d.ravel(), unit, year, state_a=a[unit], state_b=b[unit])


@pytest.mark.parametrize("design", DESIGNS)
def test_with_three_treated_states_errors_are_too_small_and_it_is_said(design):
    ask, options = DESIGNS[design]
    study = studied(ask, lambda random: step_world(random, 3), RUNS, **options)
    assert study.rejected > 0.05 + chance(RUNS)
    assert too_few(ask(step_world(np.random.default_rng(1), 3), **options).clusters)["treated units"] == 3


@pytest.mark.parametrize("design", DESIGNS)
def test_with_as_many_treated_states_as_are_asked_for_errors_are_right(design):
    ask, options = DESIGNS[design]
    study = studied(ask, lambda random: step_world(random, LEAST_CLUSTERS), RUNS, **options)
    assert study.rejected == pytest.approx(0.05, abs=chance(RUNS))
    assert too_few(ask(step_world(np.random.default_rng(1), LEAST_CLUSTERS), **options).clusters) == {}


def test_where_one_state_is_in_all_treated_pairs_errors_are_too_small_and_it_is_said():
    study = studied(two_way_fixed_effects, star_world, RUNS, leads=())
    assert study.rejected > 0.15
    found = too_few(two_way_fixed_effects(star_world(np.random.default_rng(1)), leads=()).clusters)
    assert set(found) == {"equal states"}
    assert found["equal states"] < 5


def test_a_world_in_which_many_states_are_treated_has_no_doubt():
    found = two_way_fixed_effects(dyadic_world(np.random.default_rng(1)), leads=())
    assert too_few(found.clusters) == {}
    assert found.clusters["treated states"] == 25


def test_a_state_that_stands_in_every_row_is_not_counted():
    sample = star_world(np.random.default_rng(1))
    hub = sample.among(sample.state_a == 0)
    found = footing_of(hub)
    assert found["treated states"] == found["treated pairs"]
    assert found["equal states"] == pytest.approx(found["equal pairs"])


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=30))
def test_equal_clusters_are_between_one_and_all_and_know_no_unit(shares):
    count = len(shares)
    sample = sample_of(np.zeros(count), np.ones(count), np.arange(count), np.full(count, 2000))
    found = footing_of(sample, np.array(shares))["equal units"]
    assert 1 - 1e-9 <= found <= count + 1e-9
    assert footing_of(sample, 7 * np.array(shares))["equal units"] == pytest.approx(found)
    assert footing_of(sample, np.ones(count))["equal units"] == pytest.approx(count)


def test_nobody_treated_rests_on_nothing():
    sample = sample_of(np.zeros(4), np.zeros(4), np.arange(4), np.full(4, 2000))
    assert footing_of(sample) == {"treated units": 0, "equal units": 0}
    assert too_few(footing_of(sample)) == {"treated units": 0, "equal units": 0}


# Placebos that cannot be computed.


def test_a_placebo_without_an_error_is_not_made():
    sample = dyadic_world(np.random.default_rng(1), states=6)
    nothing, some = Influence(np.zeros(len(sample))), Influence(np.random.default_rng(2).normal(size=len(sample)))
    made = placebos(sample, ["lead 1", "lead 2"], np.array([0.0, 0.1]), [nothing, some])
    assert [each.name for each in made] == ["lead 2"]
    assert missing(["lead 1", "lead 2", "lead 3"], made) == ("lead 1", "lead 3")


def test_leads_that_levels_absorb_are_said_not_to_be_computed():
    random = np.random.default_rng(1)
    sample = step_world(random, 12, years=4)
    found = two_way_fixed_effects(sample)  # with four years, three leads leave one year
    assert found.placebo == ()
    assert found.not_computed == ("lead 1", "lead 2", "lead 3")


def test_later_treatments_that_never_differ_are_said_not_to_be_computed():
    sample = crossed_world(np.random.default_rng(3))
    always = replace(sample, d=(sample.unit % 2).astype(float))  # who is untreated now is so for ever
    found = entropy_balancing(always)
    assert found.placebo == ()
    assert found.not_computed == ("lead 1", "lead 2", "lead 3")


def test_placebos_that_are_computed_leave_none_missing():
    found = two_way_fixed_effects(dyadic_world(np.random.default_rng(1)))
    assert [each.name for each in found.placebo] == ["lead 1", "lead 2", "lead 3"]
    assert found.not_computed == ()
    assert all(isinstance(each, Placebo) and each.standard_error > 0 for each in found.placebo)
