"""Designs for panels: they find known effects, are as sure as they should be, and agree with other programs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from comity.errors import BadRequest
from comity.evidence.design import find_design
from comity.evidence.designs.hazard import discrete_time_hazard, quiet_years
from comity.evidence.designs.node_permutation import node_permutation
from comity.evidence.designs.poisson_levels import poisson_fixed_effects
from comity.evidence.designs.two_way import two_way_fixed_effects
from comity.evidence.inference import PAIR, ROWS
from comity.evidence.regression import two_way
from design_samples import chance, crossed_world, dyadic_world, onset_world, pairs_of, sample_of, studied

RUNS = 300


def small_case():
    """113 rows made without chance, so that other programs can be given the same."""
    a, b = pairs_of(7)
    place = np.arange(len(a) * 6)
    unit, year = place // 6, 2000 + place % 6
    d, x = (place * 7919 % 11 < 4) * 1.0, (place * 104729 % 17) / 10.0
    y = (place * 1299709 % 13 + 3 * d + unit % 5 + year % 3) % 9
    kept = place * 31 % 10 != 0
    unit, year = unit[kept], year[kept]
    return sample_of(y[kept], d[kept], unit, year, x=x[kept, None], state_a=a[unit], state_b=b[unit])


def test_least_squares_gives_the_digits_of_pyfixest():
    # pyfixest 0.60.0: feols("y ~ d + x | unit + year", vcov={"CRV1": "unit"}, ssc=ssc(k_adj=False, G_adj=True)),
    # and its t-value under vcov="iid".
    found = two_way_fixed_effects(small_case())
    assert found.coefficient == pytest.approx(-0.3140913812185263, abs=1e-12)
    assert found.errors[PAIR] == pytest.approx(0.5549778322368119, abs=1e-12)
    assert two_way(small_case()).classical[0] == pytest.approx(-0.5214976319608744, abs=1e-12)


def test_the_poisson_fit_gives_the_digits_of_pyfixest():
    # pyfixest 0.60.0: fepois with the same formula and errors, fixef_tol and iwls_tol 1e-12.
    found = poisson_fixed_effects(small_case())
    assert found.coefficient == pytest.approx(-0.08505884282850627, abs=1e-10)
    assert found.errors[PAIR] == pytest.approx(0.13453921456416715, abs=1e-10)


def test_the_hazard_gives_the_digits_of_statsmodels():
    # statsmodels 0.15.0: Logit of y on d, 1, quiet, quiet², quiet³, year and year², errors clustered by unit; its
    # correction for columns, 239 / 233, taken out.
    place = np.arange(240)
    d = (place * 7919 % 11 < 4) * 1.0
    y = (place * 104729 % 17 + 2 * d < 5) * 1.0
    found = discrete_time_hazard(sample_of(y, d, place // 10, 2000 + place % 10))
    assert found.coefficient == pytest.approx(-0.7900748348482703, abs=1e-8)
    assert found.errors["unit"] == pytest.approx(0.3753283168812212, abs=1e-8)


def test_shared_shocks_of_states_fool_pairs_alone_but_not_both_states():
    study = studied(two_way_fixed_effects, dyadic_world, RUNS, leads=(1,))
    study.holds(RUNS)
    assert study.rejected == pytest.approx(0.05, abs=chance(RUNS))
    # The test can fail: errors that know nothing of shared states find effects that are not there.
    assert study.rejected_by[PAIR] > 0.2
    assert study.rejected_by[ROWS] > 0.2


@pytest.mark.slow
@pytest.mark.parametrize("states", [15, 50])
def test_size_is_nominal_with_few_states_and_with_many(states):
    runs = 600
    study = studied(two_way_fixed_effects, lambda random: dyadic_world(random, states=states), runs, leads=())
    assert study.rejected == pytest.approx(0.05, abs=chance(runs))


def test_an_effect_is_found_where_pairs_are_independent():
    study = studied(
        two_way_fixed_effects, lambda random: dyadic_world(random, shared=0, effect=0.5), RUNS, 0.5, leads=()
    )
    study.holds(RUNS)
    assert study.rejected > 0.95


def counted(random):
    """Counts whose mean treatment raises by a factor of e to the 0.3, with shared shocks in it."""
    world = dyadic_world(random, shared=0.3)
    return replace(world, y=random.poisson(np.exp(0.4 * world.y - 0.5 + 0.3 * world.d)).astype(float))


def test_a_factor_is_found_among_counts():
    study = studied(poisson_fixed_effects, counted, RUNS, 0.3, leads=(1,))
    study.holds(RUNS)
    assert study.rejected > 0.9


def test_units_and_years_without_the_outcome_are_left_out_of_counts_and_counted():
    sample = small_case()
    y = np.where((sample.unit == 3) | (sample.year == 2002), 0.0, sample.y + 1)
    found = poisson_fixed_effects(replace(sample, y=y))
    without = (sample.unit == 3) | (sample.year == 2002)
    assert found.excluded == {"the outcome never comes in this unit or year": int(without.sum())}
    assert found.observations == int((~without).sum())


def test_a_treatment_that_meets_only_zeros_has_no_factor():
    sample = small_case()
    with pytest.raises(BadRequest, match="no estimate exists"):
        poisson_fixed_effects(replace(sample, y=np.where(sample.d == 1, 0.0, sample.y + 1)))


def test_amounts_below_zero_are_no_counts():
    with pytest.raises(BadRequest, match=r"disputes is 0 or more, not -1\.0"):
        poisson_fixed_effects(replace(small_case(), y=small_case().y - 1))


def test_a_treatment_that_never_changes_in_a_unit_is_absorbed():
    sample = small_case()
    with pytest.raises(BadRequest, match="leave nothing of exercises"):
        two_way_fixed_effects(replace(sample, d=(sample.unit % 2).astype(float)))


def test_a_control_that_units_absorb_moves_nothing():
    sample = small_case()
    distance = np.column_stack([sample.x, sample.unit * 100.0])
    wider = replace(sample, x=distance, names=("control", "distance"))
    assert two_way_fixed_effects(wider).coefficient == pytest.approx(
        two_way_fixed_effects(sample).coefficient, abs=1e-10
    )


def test_a_later_treatment_that_follows_the_outcome_fails_the_placebo():
    sample = dyadic_world(np.random.default_rng(5), shared=0.0)
    before = sample.shifted(sample.y, -1)
    follows = replace(sample, d=(np.where(np.isfinite(before), before, 0.0) > 0.5).astype(float))
    leads = two_way_fixed_effects(follows, leads=(1,)).placebo
    assert [lead.name for lead in leads] == ["lead 1"]
    assert leads[0].p_value < 0.001


def test_the_hazard_finds_the_factor_of_the_odds():
    study = studied(discrete_time_hazard, lambda random: onset_world(random, pairs=200), 150, -0.5, leads=(1,))
    study.holds(150)
    assert study.rejected > 0.9


def test_quiet_years_count_from_the_last_onset_or_the_first_row():
    unit = np.array([1, 1, 1, 1, 2, 2, 2])
    year = np.array([2000, 2001, 2003, 2004, 2003, 2002, 2001])
    y = np.array([0, 1, 0, 0, 0, 1, 0])
    assert quiet_years(sample_of(y, y, unit, year)).tolist() == [0, 1, 2, 3, 1, 1, 0]


def test_states_dealt_anew_reject_a_true_null_in_one_of_twenty():
    runs = 120
    study = studied(node_permutation, lambda random: dyadic_world(random, states=12), runs, draws=59, leads=())
    assert study.rejected == pytest.approx(0.05, abs=chance(runs))
    found = node_permutation(dyadic_world(np.random.default_rng(1), effect=1.0), draws=59)
    assert found.p_value == pytest.approx(1 / 60)
    assert found.coefficient == two_way_fixed_effects(dyadic_world(np.random.default_rng(1), effect=1.0)).coefficient


def test_states_are_dealt_anew_only_where_a_pair_and_year_has_one_row():
    sample = small_case()
    doubled = replace(sample, state_a=np.zeros_like(sample.unit), state_b=sample.unit % 5 + 1)
    with pytest.raises(BadRequest, match="one row"):
        node_permutation(doubled)
    with pytest.raises(BadRequest, match="panels of pairs"):
        node_permutation(replace(sample, state_a=None, state_b=None))


def test_what_lasts_and_is_unseen_is_caught_by_placebos_of_designs_without_levels():
    random = np.random.default_rng(3)
    world = crossed_world(random)
    kind = random.normal(size=world.units.total)[world.units.of]
    friends = replace(world, y=world.y + kind, d=(random.normal(size=len(world)) + kind > 0.5).astype(float))
    for name in ("entropy_balancing", "double_machine_learning"):
        assert find_design(name).estimate(friends).placebo[0].p_value < 0.01
