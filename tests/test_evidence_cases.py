"""Single cases: an interrupted series, and a synthetic control with placebos in space."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import BadRequest
from comity.evidence.designs.interrupted import interrupted_series
from comity.evidence.designs.synthetic import synthetic_control
from comity.evidence.serial import STRENGTHS, averaged_regression
from comity.evidence.simplex import mixture, projected
from design_samples import chance, comparison_world, sample_of, single_series, studied

seeds = st.integers(0, 10**6)


@pytest.mark.parametrize("hangs", [0.0, 0.5])
def test_a_step_in_one_series_is_found_however_its_years_hang_together(hangs):
    runs = 120
    study = studied(interrupted_series, lambda random: single_series(random, effect=2.0, hangs=hangs), runs, 2.0)
    study.holds(runs)


def test_errors_that_hang_together_widen_the_interval():
    widths = [studied_width(hangs) for hangs in (0.0, 0.8)]
    assert widths[1] > 1.3 * widths[0]


def studied_width(hangs):
    found = [interrupted_series(single_series(np.random.default_rng(seed), hangs=hangs)) for seed in range(20)]
    return np.median([one.high - one.low for one in found])


@settings(max_examples=15)
@given(seeds, st.floats(0.1, 100), st.floats(-5, 5))
def test_another_unit_scales_the_effect_and_a_line_moves_nothing(seed, unit, slope):
    sample = single_series(np.random.default_rng(seed), effect=1.0)
    moved = replace(sample, y=unit * (sample.y + slope * (sample.year - 1980) + 3))
    one, other = interrupted_series(sample), interrupted_series(moved)
    assert other.coefficient == pytest.approx(unit * one.coefficient, rel=1e-6, abs=1e-6 * unit)
    assert other.standard_error == pytest.approx(unit * one.standard_error, rel=1e-6)


def test_where_years_do_not_hang_together_the_average_is_near_least_squares():
    random = np.random.default_rng(2)
    x = np.column_stack([np.ones(200), np.arange(200) > 100]).astype(float)
    y = x @ [1.0, 2.0] + random.normal(size=200)
    found = averaged_regression(y, x, np.array([0.0, 1.0]), np.arange(200.0))
    assert found.mean == pytest.approx(np.linalg.lstsq(x, y, rcond=None)[0][1], abs=0.05)
    assert abs(STRENGTHS @ found.chances) < 0.15
    assert found.below(found.quantile(0.3)) == pytest.approx(0.3, abs=1e-6)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda s: replace(s, unit=s.unit + (s.year > 2000)), "one unit, not 2"),
        (lambda s: replace(s, d=(s.year == 2005).astype(float)), "ends again after 2005"),
        (lambda s: replace(s, d=(s.year > 1984).astype(float)), "5 years before the event"),
        (lambda s: replace(s, d=2 * s.d), "is 0 or 1, not 2"),
        (lambda s: replace(s, y=s.d), "lies on its line"),
    ],
)
def test_what_is_no_interrupted_series_is_refused(change, said):
    with pytest.raises(BadRequest, match=said):
        interrupted_series(change(single_series(np.random.default_rng(1))))


@given(seeds)
def test_a_projection_is_the_nearest_of_all_mixtures(seed):
    random = np.random.default_rng(seed)
    values = 3 * random.normal(size=6)
    found = projected(values)
    assert found.min() >= 0
    assert found.sum() == pytest.approx(1)
    others = random.dirichlet(np.ones(6), 50)
    assert ((values - found) @ (others - found).T <= 1e-9).all()


@settings(max_examples=30)
@given(seeds)
def test_no_mixture_is_nearer_than_the_one_found(seed):
    random = np.random.default_rng(seed)
    donors, series = random.normal(size=(8, 12)), random.normal(size=8)
    found = mixture(series, donors)
    assert found.min() >= 0
    assert found.sum() == pytest.approx(1)
    slope = donors.T @ (donors @ found - series)
    assert slope.min() >= slope @ found - 1e-5  # no donor would lower the distance


def test_a_mixture_of_others_is_found_exactly_and_its_gap_is_the_effect():
    random = np.random.default_rng(4)
    donors = random.normal(size=(20, 22)).cumsum(axis=0)
    treated = 0.3 * donors[:, 0] + 0.7 * donors[:, 1] + 5.0 * (np.arange(20) >= 14)
    y, d = np.column_stack([treated, donors]), np.zeros((20, 23))
    d[14:, 0] = 1
    unit, year = np.repeat(np.arange(23), 20), np.tile(np.arange(1990, 2010), 23)
    found = synthetic_control(sample_of(y.T.ravel(), d.T.ravel(), unit, year))
    assert found.coefficient == pytest.approx(5.0, abs=1e-3)
    assert found.p_value == pytest.approx(1 / 23)
    # It is fitted without a misfit, which says little of how far off a mixture goes: others do miss.
    assert 0 < found.low < 4.9


def rare_events(random, units=30, years=24, event=16):
    """Counts of events of their own, rare in most units; mixtures fit some of them by chance."""
    rate = 0.05 + random.gamma(0.7, 0.5, size=units)
    y = random.poisson(np.ones((years, 1)) * rate).astype(float)
    d = np.zeros((years, units))
    d[event:, 0] = 1
    return sample_of(y.T.ravel(), d.T.ravel(), np.repeat(np.arange(units), years), np.tile(np.arange(years), units))


def test_a_unit_that_is_fitted_by_chance_has_no_vast_gap():
    """Nothing happens to it before, something once after: any ratio to its own misfit would be without end."""
    sample = rare_events(np.random.default_rng(7))
    first = sample.unit == 0
    y = np.where(first, (sample.year == 20) * 1.0, np.where(sample.unit == 1, 0.0, sample.y))
    found = synthetic_control(replace(sample, y=y))
    assert 0 < found.coefficient <= 1 / 8
    assert found.p_value > 0.2
    assert found.high - found.low < 3
    assert all(each.standard_error < 3 for each in found.placebo)


@pytest.mark.slow
def test_among_rare_events_a_true_null_is_rejected_once_in_twenty():
    runs = 60
    study = studied(synthetic_control, rare_events, runs)
    assert study.rejected < 0.05 + chance(runs)
    assert study.coverage > 0.95 - chance(runs)


def test_where_no_unit_has_a_misfit_nothing_is_said():
    sample = comparison_world(np.random.default_rng(1))
    with pytest.raises(BadRequest, match="every unit is mixed from others without a misfit before"):
        synthetic_control(replace(sample, y=np.where(sample.year < 2006, 1.0, sample.y)))


def test_a_unit_that_might_be_any_other_is_unusual_once_in_twenty():
    runs = 25
    study = studied(synthetic_control, lambda random: comparison_world(random, units=21), runs)
    study.holds(runs)
    assert study.rejected < 0.05 + chance(runs)


@pytest.mark.slow
def test_the_effect_on_a_single_case_is_found_and_its_interval_holds_it():
    runs = 80
    study = studied(synthetic_control, lambda random: comparison_world(random, effect=3.0), runs, 3.0)
    study.holds(runs)


def test_a_synthetic_control_has_one_treated_unit_and_enough_others():
    sample = comparison_world(np.random.default_rng(1))
    with pytest.raises(BadRequest, match="one treated unit, not 2"):
        synthetic_control(replace(sample, d=((sample.year > 2005) & (sample.unit < 2)).astype(float)))
    with pytest.raises(BadRequest, match="17 units to compare with have every year, fewer than 19"):
        synthetic_control(sample.among(sample.unit < 18))


def test_units_with_a_missing_year_are_no_donors_and_are_counted():
    sample = comparison_world(np.random.default_rng(1))
    found = synthetic_control(sample.among(~((sample.unit == 5) & (sample.year == 1995))))
    assert found.excluded == {"a year is missing": 23}
