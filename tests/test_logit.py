"""The logit: what is largest at its estimate, what it must not depend on, odds known in closed form, and refusals."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadRequest
from comity.panel.logit import Logit, logit

counts = st.integers(1, 30)


@st.composite
def samples(draw):
    """Outcomes, columns and weights. Each row of columns comes with either outcome, so that an estimate exists."""
    values = draw(st.lists(st.tuples(*[st.integers(-5, 5)] * 2), min_size=3, max_size=12, unique=True))
    x = np.column_stack([np.ones(len(values)), np.array(values, dtype=float)])
    if np.linalg.matrix_rank(x) < x.shape[1]:
        x[:, 1:] = np.arange(2 * len(x)).reshape(-1, 2) ** 2 % 7
    if np.linalg.matrix_rank(x) < x.shape[1]:
        x = x[:, :1]
    weights = draw(st.lists(counts, min_size=2 * len(x), max_size=2 * len(x)))
    return np.repeat([0.0, 1.0], len(x)), np.vstack([x, x]), np.array(weights, dtype=float)


def likelihood(y, x, weights, coefficients):
    """The log likelihood by a loop over rows."""
    total = 0.0
    for outcome, row, weight in zip(y, x, weights, strict=True):
        chance = 1 / (1 + np.exp(-row @ coefficients))
        total += weight * log(chance if outcome else 1 - chance)
    return total


@given(samples())
def test_at_the_estimate_the_likelihood_is_flat_and_largest(sample):
    y, x, weights = sample
    fit = logit(y, x, weights)
    chance = 1 / (1 + np.exp(-x @ fit.coefficients))
    assert np.allclose(x.T @ (weights * (y - chance)), 0, atol=1e-7)
    assert fit.log_likelihood == pytest.approx(likelihood(y, x, weights, fit.coefficients))
    for column in np.eye(x.shape[1]):
        for step in (-0.01, 0.01):
            assert likelihood(y, x, weights, fit.coefficients + step * column) < fit.log_likelihood


@given(samples())
def test_the_covariance_inverts_the_curvature(sample):
    y, x, weights = sample
    fit = logit(y, x, weights)
    chance = 1 / (1 + np.exp(-x @ fit.coefficients))
    curvature = sum(w * p * (1 - p) * np.outer(row, row) for w, p, row in zip(weights, chance, x, strict=True))
    assert np.allclose(fit.covariance @ curvature, np.eye(x.shape[1]), atol=1e-6)
    assert np.array_equal(fit.standard_errors, np.sqrt(np.diag(fit.covariance)))


@given(samples(), st.randoms(use_true_random=False))
def test_a_weight_repeats_a_row_and_the_order_of_rows_is_nothing(sample, random):
    y, x, weights = sample
    rows = np.repeat(np.arange(len(y)), weights.astype(int)).tolist()
    random.shuffle(rows)
    repeated, weighted = logit(y[rows], x[rows]), logit(y, x, weights)
    assert np.allclose(repeated.coefficients, weighted.coefficients, atol=1e-8)
    assert np.allclose(repeated.covariance, weighted.covariance, rtol=1e-6)
    assert (repeated.observations, weighted.observations) == (len(rows), len(y))


@given(samples(), st.floats(1e-6, 1e6))
def test_units_and_the_side_that_is_called_one_do_not_matter(sample, unit):
    y, x, weights = sample
    fit, scaled, other = logit(y, x, weights), logit(y, x * unit, weights), logit(1 - y, x, weights)
    assert np.allclose(scaled.coefficients * unit, fit.coefficients, atol=1e-8)
    assert np.allclose(scaled.standard_errors * unit, fit.standard_errors, rtol=1e-6)
    assert np.allclose(other.coefficients, -fit.coefficients, atol=1e-8)


@given(samples())
def test_a_row_of_weight_nothing_says_nothing(sample):
    y, x, weights = sample
    more = logit(np.append(y, 1), np.vstack([x, 9 * x[:1]]), np.append(weights, 0))
    assert np.allclose(more.coefficients, logit(y, x, weights).coefficients, atol=1e-8)
    assert more.observations == len(y)


@given(counts, counts, counts, counts)
def test_two_groups_have_the_log_odds_ratio_of_their_table(a, b, c, d):
    """Known in closed form: the variance of a log odds ratio is the sum of the inverse counts (Woolf 1955)."""
    fit = logit([1, 0, 1, 0], [[1, 1], [1, 1], [1, 0], [1, 0]], [a, b, c, d])
    assert fit.coefficients == pytest.approx([log(c / d), log(a / b) - log(c / d)], abs=1e-8)
    assert fit.standard_errors == pytest.approx([sqrt(1 / c + 1 / d), sqrt(1 / a + 1 / b + 1 / c + 1 / d)])


def test_the_rarest_event_is_found():
    fit = logit([1, 0], [[1], [1]], [1, 1e9])
    assert fit.coefficients == pytest.approx([-log(1e9)])


def test_p_values_are_those_of_the_normal_distribution():
    """From the tables of the normal distribution, to six digits."""
    fit = Logit(np.array([0.0, 1.959964, -2.575829]), np.eye(3), -1.0, 10)
    assert fit.p_values == pytest.approx([1.0, 0.05, 0.01], abs=1e-7)


@pytest.mark.parametrize(
    ("y", "x"),
    [
        # Every event lies above every other row, with and without a row on the border.
        ([0, 0, 0, 1, 1, 1], [[1, 1], [1, 2], [1, 3], [1, 4], [1, 5], [1, 6]]),
        ([0, 0, 0, 1, 1, 1], [[1, 1], [1, 2], [1, 3], [1, 3], [1, 5], [1, 6]]),
        # A flag that no event has, as a joint democracy among wars.
        ([0, 1, 0, 1, 0, 0], [[1, 0], [1, 0], [1, 0], [1, 0], [1, 1], [1, 1]]),
        ([1, 1, 1], [[1], [1], [1]]),
    ],
)
def test_separated_outcomes_are_refused(y, x):
    with pytest.raises(BadRequest, match="separates the outcomes"):
        logit(y, x)
    with pytest.raises(BadRequest, match="separates the outcomes"):
        logit(1 - np.array(y), x)


@given(samples())
def test_what_foretells_every_outcome_is_refused(sample):
    y, x, _ = sample
    with pytest.raises(BadRequest, match="separates the outcomes"):
        logit(y, np.column_stack([x, 2 * y - 1 + x[:, -1] / 20]))


def test_one_row_on_the_other_side_is_enough_for_an_estimate():
    x = np.column_stack([np.ones(200), np.arange(200)])
    y = (x[:, 1] >= 100).astype(float)
    with pytest.raises(BadRequest, match="separates"):
        logit(y, x)
    y[98], y[101] = 1, 0
    assert logit(y, x).coefficients[1] > 0.3


@pytest.mark.parametrize(
    ("y", "x", "weights", "said"),
    [
        ([0, 1, 1], [[1, 2, 3], [1, 4, 5], [1, 6, 7]], None, "columns 2 of x are zero or combinations"),
        ([0, 1, 0], [[1, 0], [1, 0], [1, 0]], None, "columns 1 of x are zero"),
        ([0, 1, 0], [[1, 0], [1, np.nan], [1, 0]], None, "columns 1 of x hold unknown"),
        ([0, 1, np.nan], [[1], [1], [1]], None, "other values than 0 and 1"),
        ([0, 1, 2], [[1], [1], [1]], None, "other values than 0 and 1"),
        ([0, 1], [[1], [1], [1]], None, "the same rows"),
        ([0, 1], [1, 1], None, "the same rows"),
        ([0, 1], [[1], [1]], [1], "the same rows"),
        ([0, 1], [[1], [1]], [1, -1], "weights"),
        ([0, 1], [[1], [1]], [1, np.nan], "weights"),
        ([0, 1], [[1, 2, 3], [4, 5, 6]], None, "3 columns cannot be told apart in 2 rows"),
        ([0, 1], [[1], [1]], [0, 0], "1 columns cannot be told apart in 0 rows"),
        ([], np.empty((0, 0)), None, "0 columns"),
    ],
)
def test_what_cannot_be_fitted_is_refused_and_named(y, x, weights, said):
    with pytest.raises(BadRequest, match=said):
        logit(y, x, weights)
