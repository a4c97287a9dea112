"""Models: the penalized logit is scikit-learn's, contributions add up, fits repeat to the bit, truth is recovered."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from comity.errors import BadRequest
from comity.forecast.features import Features
from comity.forecast.fitting import chances, frozen, usable
from comity.forecast.forest import Forest, forest
from comity.forecast.penalized import Penalized, penalized_logit


def made(seed, rows=600, unknown=0.0):
    """Rows of three inputs, one of which says nothing, and outcomes drawn from a known logit."""
    random = np.random.default_rng(seed)
    x = random.normal(size=(rows, 3)).astype(np.float32)
    truth = -1.5 + x[:, 0] - 0.7 * x[:, 1]
    x[random.random(x.shape) < unknown] = np.nan
    y = (random.random(rows) < chances(truth.astype(float))).astype(float)
    return y, Features(("one_fade", "two", "three"), ("a", "b", "b"), x), chances(truth.astype(float))


@settings(max_examples=10)
@given(st.integers(0, 1000), st.sampled_from([0.5, 10.0, 200.0]))
def test_the_penalized_logit_is_that_of_scikit_learn(seed, penalty):
    y, features, _ = made(seed)
    fit = penalized_logit(y, features, penalty)
    x = np.clip((features.x - fit.mean) / fit.deviation, -5, 5)
    other = LogisticRegression(C=1 / penalty, tol=1e-10, solver="newton-cholesky").fit(x, y)
    assert fit.weights[1:] == pytest.approx(other.coef_[0], abs=1e-5)
    assert fit.weights[0] == pytest.approx(other.intercept_[0], abs=1e-5)


@settings(max_examples=10)
@given(st.integers(0, 1000), st.sampled_from([0.0, 0.2]))
def test_contributions_of_both_add_up_to_the_log_odds(seed, unknown):
    y, features, _ = made(seed, unknown=unknown)
    settings_ = {**frozen(), "bags": 2, "trees": 20}
    for fit in (penalized_logit(y, features, 1.0), forest(y, features, settings_)):
        assert fit.contributions(features).sum(axis=1) == pytest.approx(fit.predictor(features), abs=1e-6)


def test_the_same_seed_gives_the_same_bits_and_another_does_not():
    y, features, _ = made(1)
    settings_ = {**frozen(), "bags": 2, "trees": 20}
    one, two, other = (forest(y, features, settings_, seed) for seed in (0, 0, 7))
    assert one.texts == two.texts != other.texts
    assert np.array_equal(penalized_logit(y, features, 3.0).weights, penalized_logit(y, features, 3.0).weights)


def test_fits_come_back_from_json_as_they_were():
    y, features, _ = made(4, unknown=0.1)
    logit, trees = penalized_logit(y, features, 1.0), forest(y, features, {**frozen(), "bags": 1, "trees": 10})
    for kind, fit in ((Penalized, logit), (Forest, trees)):
        back = kind.from_dict(json.loads(json.dumps(fit.to_dict())))
        assert np.array_equal(back.predictor(features), fit.predictor(features))


def test_text_that_is_no_forest_is_refused():
    _, features, _ = made(4)
    with pytest.raises(BadRequest, match="cannot be read"):
        Forest(features.names, ("nothing",)).predictor(features)


def test_more_of_a_fading_past_never_lowers_the_forests_chance():
    y, features, _ = made(6, rows=3000)
    grown = forest(1 - y, features, {**frozen(), "bags": 1})  # the data say the opposite
    x = np.zeros((50, 3), dtype=np.float32)
    x[:, 0] = np.linspace(-3, 3, 50)
    assert (np.diff(grown.predictor(Features(features.names, features.groups, x))) >= 0).all()


def test_chances_are_calibrated_on_simulated_truth():
    """Fitted on one half and judged on the other: within each fifth as many events as foretold, within chance."""
    y, features, truth = made(9, rows=20_000)
    half = np.arange(len(y)) < len(y) // 2
    # With three inputs a forest that sees a quarter of them at a time would need longer to learn.
    deep = {**frozen(), "bags": 1, "trees": 300, "tree": {**frozen()["tree"], "feature_fraction": 1.0}}
    for fit in (
        penalized_logit(y[half], features.among(half), 1.0),
        forest(y[half], features.among(half), deep),
    ):
        chance = chances(fit.predictor(features.among(~half)))
        assert np.abs(chance - truth[~half]).mean() < 0.05
        for part in np.array_split(np.argsort(chance), 5):
            spread = np.sqrt((chance[part] * (1 - chance[part])).sum())
            assert abs(y[~half][part].sum() - chance[part].sum()) < 4 * spread + 0.02 * len(part)


def test_an_input_counts_only_where_it_is_known_in_both_times():
    x = np.ones((100, 3), dtype=np.float32)
    early, late = x.copy(), x.copy()
    early[:, 0] = np.nan
    late[:98, 2] = np.nan
    names = ("a", "b", "c")
    assert usable(Features(names, names, early), Features(names, names, late)) == [1]


def test_nothing_is_learned_where_all_outcomes_are_alike():
    _, features, _ = made(2)
    with pytest.raises(BadRequest, match="every outcome is alike"):
        penalized_logit(np.zeros(600), features, 1.0)
    with pytest.raises(BadRequest, match="every outcome is alike"):
        forest(np.zeros(600), features, frozen())
