"""Designs that make rows alike: entropy balancing and double machine learning."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadRequest
from comity.evidence.designs.double_learning import double_machine_learning
from comity.evidence.designs.weighting import entropy_balancing
from comity.evidence.ridge import basis, folds_of, unseen_predictions
from comity.evidence.weights import balancing
from design_samples import crossed_world, sample_of, studied

RUNS = 200
seeds = st.integers(0, 10**6)


@given(seeds)
def test_weights_give_others_the_means_of_the_treated_and_are_nearest_to_equal(seed):
    random = np.random.default_rng(seed)
    columns, treated = random.normal(size=(80, 3)), random.random(80) < 0.3
    treated[:5] = True
    weights = balancing(columns, treated)
    if weights is None:
        return
    others = weights[~treated]
    assert others.min() > 0
    assert others.sum() == pytest.approx(treated.sum())
    assert np.allclose(np.average(columns[~treated], axis=0, weights=others), columns[treated].mean(axis=0), atol=1e-6)
    # Nearest to equal ones: their logarithm is a line in the columns, and nothing else.
    line = np.column_stack([np.ones(len(others)), columns[~treated]])
    fitted = line @ np.linalg.lstsq(line, np.log(others), rcond=None)[0]
    assert np.allclose(np.log(others), fitted, atol=1e-6)


def test_no_weights_reach_beyond_all_others():
    columns = np.array([[0.0], [1.0], [2.0], [5.0]])
    assert balancing(columns, np.array([False, False, False, True])) is None


def test_entropy_balancing_finds_the_effect_and_balances_what_was_not():
    study = studied(entropy_balancing, crossed_world, RUNS, 0.5, leads=(1,))
    assert abs(study.bias) < 3.5 * study.noise
    assert study.coverage > 0.92
    assert study.rejected > 0.9
    found = entropy_balancing(crossed_world(np.random.default_rng(1)))
    assert [one.name for one in found.balance] == ["control 0", "control 1", "2010s"]
    assert found.balance[0].before > 0.5
    assert max(abs(one.after) for one in found.balance) < 1e-6


def test_decades_without_both_kinds_of_rows_are_left_out_and_counted():
    sample = crossed_world(np.random.default_rng(1))
    found = entropy_balancing(replace(sample, d=np.where(sample.year < 2010, sample.d, 0.0)))
    assert found.excluded == {"no row to compare with in this decade": 120}


def test_rows_that_cannot_be_balanced_are_refused():
    sample = crossed_world(np.random.default_rng(1))
    apart = np.column_stack([sample.x, sample.d * 100])
    with pytest.raises(BadRequest, match="no weights of other rows"):
        entropy_balancing(replace(sample, x=apart, names=("one", "two", "three")))


@pytest.mark.parametrize("bent", [0.0, 0.5])
def test_double_machine_learning_finds_the_effect_though_controls_bend(bent):
    study = studied(double_machine_learning, lambda random: crossed_world(random, bent=bent), RUNS, 0.5, leads=(1,))
    assert abs(study.bias) < 3.5 * study.noise
    assert study.coverage > 0.92
    assert study.rejected > 0.9


def test_where_controls_bend_weights_on_their_means_err():
    study = studied(entropy_balancing, lambda random: crossed_world(random, bent=0.5), 20, 0.5, leads=())
    assert study.bias > 0.2


def test_rows_are_foretold_by_fits_that_have_not_seen_their_pair():
    sample = crossed_world(np.random.default_rng(1))
    folds, columns = folds_of(sample, 5, 1), basis(sample)
    assert all(len(np.unique(folds[sample.pairs.of == pair])) == 1 for pair in range(sample.pairs.total))
    assert np.bincount(folds[np.unique(sample.pairs.of, return_index=True)[1]]).min() >= sample.pairs.total // 5
    one = unseen_predictions(sample.y[:, None], columns, folds)
    changed = np.where(folds == 2, 1e6, sample.y)
    assert np.allclose(unseen_predictions(changed[:, None], columns, folds)[folds == 2], one[folds == 2])


@given(seeds)
def test_a_line_is_foretold_nearly_exactly(seed):
    random = np.random.default_rng(seed)
    x = random.normal(size=(200, 2))
    sample = sample_of(x @ [1.0, -2.0], np.zeros(200), np.arange(200) // 4, 2000 + np.arange(200) % 4, x=x)
    found = unseen_predictions(sample.y[:, None], basis(sample), folds_of(sample, 5, seed))
    assert np.abs(found[:, 0] - sample.y).max() < 1e-2


def test_folds_are_between_two_and_the_pairs():
    with pytest.raises(BadRequest, match="between 2 and 120 folds, not 1"):
        double_machine_learning(crossed_world(np.random.default_rng(1)), folds=1)
