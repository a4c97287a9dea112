"""What all designs stand on: rows that are known, levels taken out exactly, and errors of rows that hang together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadRequest, UnknownWord
from comity.evidence.design import find_design, known_designs
from comity.evidence.inference import PAIR, ROWS, STATES, UNIT, Influence, errors_of, student_quantile, student_share
from comity.evidence.regression import least_squares, two_way
from comity.evidence.sample import Question
from comity.evidence.within import Effects, own_columns
from comity.panel.clusters import clustered_covariance, dyad_clustered_covariance
from comity.panel.newton import Fit
from design_samples import QUESTION, dyadic_world, sample_of

seeds = st.integers(0, 10**6)


def panel(seed, *, units=8, years=6):
    """An unbalanced panel of pairs with a control; not every pair and year has a row."""
    random = np.random.default_rng(seed)
    a, b = np.triu_indices(units, 1)
    unit, year = np.repeat(np.arange(len(a)), years), np.tile(np.arange(1990, 1990 + years), len(a))
    kept = random.random(len(unit)) < 0.8
    unit, year = unit[kept], year[kept]
    y, x = random.normal(size=len(unit)), random.normal(size=(len(unit), 1))
    d = (random.random(len(unit)) < 0.4).astype(float)
    return sample_of(y, d, unit, year, x=x, state_a=a[unit], state_b=b[unit])


@given(seeds)
def test_levels_taken_out_leave_what_dummies_leave(seed):
    sample = panel(seed)
    weight = np.random.default_rng(seed).random(len(sample)) + 0.1
    units, years = np.eye(sample.units.total)[sample.units.of], np.eye(sample.years.total)[sample.years.of]
    dummies, root = np.column_stack([units, years]), np.sqrt(weight)
    fitted = np.linalg.lstsq(dummies * root[:, None], sample.y * root, rcond=None)[0]
    effects = Effects.of(sample, weight)
    assert np.allclose(effects.without(sample.y), sample.y - dummies @ fitted, atol=1e-9)
    assert effects.freedom == np.linalg.matrix_rank(dummies)


@given(seeds)
def test_the_two_way_coefficient_is_that_of_a_regression_with_dummies(seed):
    sample = panel(seed)
    units, years = np.eye(sample.units.total)[sample.units.of], np.eye(sample.years.total)[sample.years.of]
    written_out = np.column_stack([sample.d, sample.x, units, years])
    found = two_way(sample)
    assert found.coefficients[0] == pytest.approx(np.linalg.lstsq(written_out, sample.y, rcond=None)[0][0], abs=1e-9)
    assert found.influence().added.sum() == pytest.approx(0, abs=1e-9)
    assert found.influence().leverage.sum() == pytest.approx(1)
    assert found.freedom == len(sample) - np.linalg.matrix_rank(written_out)


@given(seeds)
def test_columns_are_kept_unless_they_are_made_of_those_before(seed):
    random = np.random.default_rng(seed)
    one, two = random.normal(size=(2, 30))
    columns = np.column_stack([one, np.zeros(30), two, 3 * one - 1e6 * two, np.ones(30)])
    assert own_columns(columns, columns) == [0, 2, 4]


@given(seeds)
def test_errors_are_those_of_clusters_of_states_pairs_and_rows(seed):
    sample = panel(seed)
    added = np.random.default_rng(seed).normal(size=len(sample))
    fit, column = Fit(np.zeros(1), np.eye(1), 0.0, len(sample), np.ones(len(sample))), added[:, None]
    errors = errors_of(sample, Influence(added)).kinds
    count = sample.states[1]
    pair = float(clustered_covariance(fit, column, [sample.pairs.of])[0, 0])
    both = float(dyad_clustered_covariance(fit, column, sample.state_a, sample.state_b)[0, 0]) * count / (count - 2)
    assert errors[ROWS] ** 2 == pytest.approx(float(added @ added))
    assert errors[PAIR] ** 2 == pytest.approx(pair)
    assert errors[STATES] ** 2 == pytest.approx(max(both, pair))


@given(seeds)
def test_a_unit_left_out_moves_the_coefficient_as_its_rows_foretell(seed):
    random = np.random.default_rng(seed)
    unit = np.repeat(np.arange(9), 4)
    x, y = random.normal(size=36), random.normal(size=36)
    found = least_squares(y, x[:, None], 1, (0, np.ones(36)))
    alone = [np.linalg.lstsq(x[unit != u, None], y[unit != u], rcond=None)[0][0] for u in range(9)]
    jackknife = (np.array(alone) - found.coefficients[0]) ** 2
    errors = errors_of(sample_of(y, x, unit, np.tile(np.arange(4), 9)), found.influence())
    plain = errors.kinds[UNIT] ** 2
    assert errors.standard_error**2 == pytest.approx(max(jackknife.sum() * 8 / 9, plain))


@given(seeds, st.integers(-3, 3))
def test_a_later_value_is_that_of_the_same_unit_so_many_years_on(seed, by):
    sample = panel(seed)
    values = np.random.default_rng(seed).normal(size=len(sample))
    held = {(unit, year): value for unit, year, value in zip(sample.unit, sample.year, values, strict=True)}
    wanted = [held.get((unit, year + by), np.nan) for unit, year in zip(sample.unit, sample.year, strict=True)]
    assert np.array_equal(sample.shifted(values, by), wanted, equal_nan=True)


def test_unknown_rows_are_left_out_and_counted_by_the_first_reason():
    y, d, x = np.zeros(6), np.array([1.0, np.nan, np.nan, 0, 0, 1]), np.ones((6, 1))
    y[[0, 1]], x[5] = np.nan, np.nan
    known = sample_of(y, d, np.arange(6), np.full(6, 2000), x=x, excluded={"no list": 3}).known()
    assert dict(known.excluded) == {"no list": 3, "outcome unknown": 2, "treatment unknown": 1, "controls unknown": 1}
    assert known.unit.tolist() == [3, 4]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"x": np.zeros((3, 1)), "names": ()}, "one for each name"),
        ({"state_a": np.arange(4)}, "both given or both left out"),
        ({"pair": np.arange(3)}, "pair has"),
    ],
)
def test_a_sample_whose_columns_do_not_fit_is_refused(given, said):
    with pytest.raises(BadRequest, match=said):
        sample_of(np.zeros(4), np.zeros(4), np.arange(4), np.zeros(4, dtype=int), **given)


def test_a_unit_with_one_year_twice_is_refused():
    with pytest.raises(BadRequest, match="a year twice"):
        sample_of([0, 1, 0], [0, 1, 1], np.zeros(3, dtype=int), np.array([2000, 2001, 2001])).known()


def test_a_question_knows_three_ways_of_selection():
    with pytest.raises(BadRequest, match="selection is -1, 0, 1"):
        Question(claim="C06", outcome="o", treatment="t", unit="u", selection=2)


def test_two_clusters_say_nothing_of_clusters():
    with pytest.raises(BadRequest, match="2 units say too little"):
        errors_of(sample_of([0, 1, 0], [0, 1, 1], np.array([0, 0, 1]), np.array([1, 2, 1])), Influence(np.ones(3)))


def test_student_agrees_with_its_table():
    # Any printed table of Student's t: 2.262 on 9 at 5 %, two-sided.
    assert student_quantile(0.975, 9) == pytest.approx(2.262, abs=5e-4)
    assert student_share(2.262, 9) == pytest.approx(0.05, abs=1e-4)


def test_every_design_says_what_it_means_assumes_serves_and_errs():
    designs = known_designs()
    assert len(designs) == 11
    for design in designs:
        assert min(map(len, (design.means, design.assumes, design.serves, design.errs))) > 30
    with pytest.raises(UnknownWord, match="'regression' is no design; designs are discrete_time_hazard"):
        find_design("regression")


@pytest.mark.parametrize("design", [design.name for design in known_designs()])
@pytest.mark.parametrize("constant", ["d", "y"])
def test_no_design_compares_where_nothing_differs(design, constant):
    sample = dyadic_world(np.random.default_rng(1), states=6)
    getattr(sample, constant)[:] = 1.0
    with pytest.raises(BadRequest, match=f"question {QUESTION.claim} main"):
        find_design(design).estimate(sample)
