"""The latent index: the filter against sums over every path on the grid, and what a fit finds of a simulation."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.assess.latent import GRID, Items, filtered, likelihood, smoothed, start
from comity.assess.latent_fit import fit, log_likelihood
from comity.assess.latent_items import INSTRUMENTS, frozen_items, ties
from comity.errors import BadRequest

NAMES = ("alliance", "exercise", "arms")
ITEMS = Items(NAMES, np.array([2.0, 1.0, 3.0]), np.array([0.5, 1.5, -0.5]), 0.4)
cells = st.sampled_from([0.0, 1.0, np.nan])
worlds = st.integers(1, 4).flatmap(
    lambda years: st.lists(st.lists(cells, min_size=3, max_size=3), min_size=years, max_size=years)
)


def as_years(world):
    """One pair's ties by year, as the filter takes them."""
    return [np.array([row]) for row in world]


# Properties.


@settings(max_examples=60)
@given(worlds)
def test_closeness_is_a_distribution_and_its_interval_holds_its_middle(world):
    for found in (*filtered(as_years(world), ITEMS), *smoothed(as_years(world), ITEMS)):
        assert found.weights.sum() == pytest.approx(1)
        low, high = found.interval()
        assert 0 <= low[0] <= high[0] <= 1
        assert 0 < found.score[0] < 1
        assert found.deviation[0] > 0


@settings(max_examples=60)
@given(worlds, st.integers(0, 2))
def test_a_tie_more_never_makes_a_pair_less_close(world, item):
    without, with_it = as_years(world), as_years(world)
    without[-1][0, item], with_it[-1][0, item] = 0.0, 1.0
    assert filtered(with_it, ITEMS)[-1].mean[0] > filtered(without, ITEMS)[-1].mean[0]


@settings(max_examples=40)
@given(worlds)
def test_what_comes_later_does_not_move_what_was_known_then(world):
    first = filtered(as_years(world), ITEMS)
    longer = filtered([*as_years(world), np.array([[1.0, 1.0, 1.0]])], ITEMS)
    for one, other in zip(first, longer, strict=False):
        np.testing.assert_allclose(one.weights, other.weights)


@settings(max_examples=40)
@given(worlds)
def test_the_last_year_is_the_same_looked_at_from_its_end(world):
    np.testing.assert_allclose(
        filtered(as_years(world), ITEMS)[-1].weights, smoothed(as_years(world), ITEMS)[-1].weights, atol=1e-12
    )


@settings(max_examples=30)
@given(worlds, worlds)
def test_a_pair_does_not_depend_on_other_pairs(world, other):
    years = min(len(world), len(other))
    both = [np.array([world[year], other[year]]) for year in range(years)]
    alone = filtered(as_years(world[:years]), ITEMS)[-1]
    np.testing.assert_allclose(filtered(both, ITEMS)[-1].weights[0], alone.weights[0])


def test_the_filter_equals_the_sum_over_every_path():
    # A coarse copy of the model, small enough for all paths: three points, three years.
    points = np.array([-1.0, 0.0, 1.0])
    years = [np.array([[1.0, 0.0]]), np.array([[np.nan, 1.0]]), np.array([[1.0, np.nan]])]
    slope, place, step = np.array([1.5, 2.0]), np.array([0.0, 0.5]), 0.7
    prior = np.exp(-0.5 * points**2)
    prior /= prior.sum()
    move = np.exp(-0.5 * ((points[None, :] - points[:, None]) / step) ** 2)
    move /= move.sum(axis=1, keepdims=True)
    last = np.zeros(3)
    for path in product(range(3), repeat=3):
        chance = prior[path[0]] * move[path[0], path[1]] * move[path[1], path[2]]
        for point, year in zip(path, years, strict=True):
            for item in range(2):
                odds = 1 / (1 + np.exp(-slope[item] * (points[point] - place[item])))
                chance *= {0.0: 1 - odds, 1.0: odds}.get(year[0, item], 1.0)
        last[path[2]] += chance
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("comity.assess.latent.GRID", points)
        found = filtered(years, Items(("a", "b"), slope, place, step))[-1].weights[0]
    np.testing.assert_allclose(found, last / last.sum(), rtol=1e-12)


# Known cases.


def test_a_pair_of_which_nothing_is_known_is_what_was_thought_before():
    found = filtered([np.full((1, 3), np.nan)], ITEMS)[0]
    np.testing.assert_allclose(found.weights[0], start())


def test_what_is_unknown_leaves_more_open_than_what_is_known():
    silent = filtered([np.full((1, 3), np.nan)], ITEMS)[0]
    told = filtered([np.array([[1.0, 0.0, 1.0]])], ITEMS)[0]
    assert told.deviation[0] < silent.deviation[0]


def test_a_sharp_tie_far_away_leaves_no_point_impossible():
    # 8 is the steepest slope that a fit gives; chances there round to 0 and 1.
    items = Items(("a",), np.array([8.0]), np.array([-3.0]), 0.1)
    assert np.isfinite(likelihood(np.array([[0.0]]), items)).all()


def test_leaving_out_an_item_that_is_none_is_refused():
    assert ITEMS.without("arms").names == ("alliance", "exercise")
    with pytest.raises(BadRequest, match="'tanks' is no item; items are alliance, exercise, arms"):
        ITEMS.without("tanks")


class Told:
    """What a view is asked by the index: measures, and in which years a complete list speaks of them."""

    def __init__(self, values, complete):
        self.values, self.is_complete = values, complete

    def of(self, name):
        return self.values.get(name, np.full((1, 2), np.nan))

    def complete(self, name):
        return self.is_complete.get(name, np.ones((1, 2), dtype=bool))


def test_unknown_values_are_no_ties_and_no_absence_of_them():
    told = ties(Told({"is_defense_ally": np.array([[1.0, np.nan]]), "agreement_stock": np.array([[0.0, 3.0]])}, {}))
    assert told.shape == (1, 2, len(INSTRUMENTS))
    np.testing.assert_array_equal(told[0, :, 0], [1.0, np.nan])
    np.testing.assert_array_equal(told[0, :, 1], [0.0, 1.0])


def test_what_a_list_with_gaps_names_is_no_sign_of_closeness():
    # Such a list would make whoever is written about look close: it never says that there was nothing.
    gaps = {"exercise_count": np.array([[True, False]])}
    told = ties(Told({"exercise_count": np.array([[2.0, 5.0]])}, gaps))
    np.testing.assert_array_equal(told[0, :, list(INSTRUMENTS).index("exercise")], [1.0, np.nan])


def test_what_ships_is_an_estimate_for_each_instrument():
    items = frozen_items()
    assert items.names == tuple(INSTRUMENTS)
    assert (items.discrimination > 0).all()
    assert items.step > 0


def test_a_fit_finds_what_was_simulated():
    random = np.random.default_rng(3)
    truth = Items(("a", "b", "c", "d"), np.full(4, 2.5), np.array([-0.5, 0.3, 1.0, 1.8]), 0.2)
    theta = random.normal(size=3000)
    years = []
    for _ in range(12):
        chance = 1 / (1 + np.exp(-truth.discrimination * (theta[:, None] - truth.difficulty)))
        ties_now = (random.random(chance.shape) < chance).astype(float)
        ties_now[random.random(chance.shape) < 0.2] = np.nan
        years.append(ties_now)
        theta = np.clip(theta + random.normal(scale=truth.step, size=len(theta)), GRID[0], GRID[-1])
    found, chance_of_found = fit(years, truth.names, truth.step)
    # 3,000 pairs over 12 years leave standard errors near 0.03; twice as far would be luck, five times is wrong.
    np.testing.assert_allclose(found.difficulty, truth.difficulty, atol=0.12)
    np.testing.assert_allclose(found.discrimination, truth.discrimination, atol=0.25)
    assert chance_of_found >= log_likelihood(years, truth)
