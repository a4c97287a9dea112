"""Scores against their definitions, by every pair of rows and every threshold; and columns that are not written."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadRequest
from comity.panel.clusters import clustered_covariance, dyad_clustered_covariance, robust_covariance
from comity.panel.designs import Plain, design_of
from comity.panel.poisson import poisson
from comity.panel.scores import Ranked, Redrawn, area_under_curve, average_precision, log_losses

rows = st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 0.1, 0.2, 0.5, 1.0]), st.integers(0, 4)), max_size=25)


def arrays(drawn):
    y, chance, weight = (
        (np.array(each, dtype=float) for each in zip(*drawn, strict=True)) if drawn else [np.zeros(0)] * 3
    )
    return y, chance, weight


@given(rows)
def test_the_area_is_how_often_an_event_has_the_higher_chance(drawn):
    y, chance, weight = arrays(drawn)
    won = held = 0.0
    for one, p, w in zip(y, chance, weight, strict=True):
        for other, q, v in zip(y, chance, weight, strict=True):
            if one and not other:
                held += w * v
                won += w * v * ((p > q) + (p == q) / 2)
    if held:
        assert area_under_curve(y, chance, weight) == pytest.approx(won / held)
        assert area_under_curve(y, -chance, weight) == pytest.approx(1 - won / held)
    else:
        assert np.isnan(area_under_curve(y, chance, weight))


@given(rows)
def test_the_precision_is_the_mean_of_events_among_rows_at_least_as_likely(drawn):
    y, chance, weight = arrays(drawn)
    if (y @ weight) == 0:
        assert np.isnan(average_precision(y, chance, weight))
        return
    shares = [
        (y @ (weight * (chance >= p))) / (weight @ (chance >= p)) for p, w in zip(chance, weight, strict=True) if w
    ]
    held = [(one * w, share) for one, w, share in zip(y[weight > 0], weight[weight > 0], shares, strict=True)]
    assert average_precision(y, chance, weight) == pytest.approx(sum(w * share for w, share in held) / (y @ weight))


@given(rows)
def test_only_the_order_of_chances_matters_and_a_weight_repeats(drawn):
    y, chance, weight = arrays(drawn)
    again = np.repeat(np.arange(len(y)), weight.astype(int))
    for score in (area_under_curve, average_precision):
        same = score(y[again], np.exp(3 * chance[again]))
        assert score(y, chance, weight) == pytest.approx(same, nan_ok=True)


def test_a_chance_of_nothing_that_came_true_is_lost_for_good():
    assert log_losses(np.array([1.0, 0.0]), np.array([0.0, 1.0])).tolist() == [np.inf, np.inf]


def test_the_interval_of_a_mean_is_that_of_its_clusters():
    """Forty clusters of ten equal rows: the error is that of forty rows, not of four hundred."""
    values = np.repeat(np.random.default_rng(4).normal(size=40), 10)
    drawn = Redrawn.of(np.repeat(np.arange(40), 10), draws=2000).of_mean(values)
    assert drawn.value == pytest.approx(values.mean())
    assert (drawn.high - drawn.low) / 3.92 == pytest.approx(values[::10].std() / np.sqrt(40), rel=0.08)
    weighted = Redrawn.of(np.arange(40), np.full(40, 10.0), draws=2000).of_mean(values[::10])
    assert (weighted.low, weighted.high) == pytest.approx((drawn.low, drawn.high))


def test_a_score_of_draws_and_a_mean_of_draws_agree():
    values = np.random.default_rng(1).random(30)
    drawn = Redrawn.of(np.arange(30) // 3)
    mean, score = drawn.of_mean(values), drawn.of_score(lambda weights: float(weights @ values / weights.sum()))
    assert (mean.value, mean.low, mean.high) == pytest.approx((score.value, score.low, score.high))
    with pytest.raises(BadRequest, match="one cluster"):
        Redrawn.of(np.zeros(5))


def test_ranking_once_is_ranking_each_time():
    random = np.random.default_rng(8)
    y, chance = (random.random(200) < 0.2).astype(float), random.random(200).round(1)
    ranked = Ranked(y, chance)
    for _ in range(5):
        weights = random.integers(0, 3, 200).astype(float)
        assert ranked.area(weights) == pytest.approx(area_under_curve(y, chance, weights))


# Levels.


def leveled(seed=0, count=90):
    random = np.random.default_rng(seed)
    level = np.append(np.arange(4), random.integers(0, 4, count - 4))
    x = random.normal(size=(count, 2))
    return level, x, np.column_stack([(level[:, None] == np.arange(4)).astype(float), x]), random


def test_levels_are_the_columns_they_stand_for():
    level, x, whole, random = leveled()
    design, plain = design_of(x, level), Plain(whole)
    weight, b = random.random(90), random.normal(size=6)
    square = random.normal(size=(6, 6))
    square = square @ square.T
    labels = random.integers(0, 5, 90)
    assert np.allclose(design.times(b), plain.times(b))
    assert np.allclose(design.sums(weight), plain.sums(weight))
    assert np.allclose(design.crossed(weight), plain.crossed(weight))
    assert np.allclose(design.sums_by(weight, labels, 5), plain.sums_by(weight, labels, 5))
    assert np.allclose(design.squares(square), plain.squares(square))
    assert (design.width, len(design)) == (6, 90)
    kept = random.random(90) > 0.5
    assert np.allclose(design.among(kept).times(b), plain.among(kept).times(b))


def test_a_fit_with_levels_is_the_fit_with_their_columns():
    level, x, whole, random = leveled(3)
    y = random.poisson(np.exp(0.2 * level + x @ [0.5, -0.3])).astype(float)
    one, other = poisson(y, design_of(x, level)), poisson(y, whole)
    assert np.allclose(one.coefficients, other.coefficients, atol=1e-9)
    assert np.allclose(one.covariance, other.covariance)
    assert (one.deviance, one.dispersion) == pytest.approx((other.deviance, other.dispersion))
    a, b = level, level + 1 + random.integers(0, 3, 90)
    design = design_of(x, level)
    for made in (robust_covariance, lambda fit, x: clustered_covariance(fit, x, [a, b])):
        assert np.allclose(made(one, design), made(other, whole))
    assert np.allclose(dyad_clustered_covariance(one, design, a, b), dyad_clustered_covariance(other, whole, a, b))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda level, x: (level, np.column_stack([x, level == 2])), "columns 6 of x are zero or combinations"),
        (lambda level, x: (level, np.column_stack([x, x[:, 0] + level])), "columns 6 of x are zero or combinations"),
        (lambda level, x: (np.where(level == 2, 1, level), x), "columns 2 of x are zero"),
    ],
)
def test_columns_that_say_nothing_beside_levels_are_refused(change, said):
    level, x, _, random = leveled()
    level, x = change(level, x)
    with pytest.raises(BadRequest, match=said):
        poisson(random.poisson(2.0, 90).astype(float), design_of(x, level))


@pytest.mark.parametrize("levels", [[0.5] * 90, [-1] * 90, [0, 1]])
def test_levels_that_are_no_numbers_of_rows_are_refused(levels):
    with pytest.raises(BadRequest, match="levels"):
        design_of(leveled()[1], levels)


def test_a_level_of_nothing_but_zeros_has_no_estimate():
    level, x, _, random = leveled()
    y = np.where(level == 1, 0, random.poisson(2.0, 90)).astype(float)
    with pytest.raises(BadRequest, match="separates"):
        poisson(y, design_of(x, level))
