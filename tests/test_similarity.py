"""Similarity of portfolios against the same indices in plain loops, and against a published example."""

from __future__ import annotations

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comity.panel.similarity import Portfolios, kappa, pi, s_absolute, s_squared, similarity_by_year
from comity.panel.spines import spine

INDICES = (s_absolute, s_squared, kappa, pi)
# Powers of two, so that sums are exact and what is compared is the formula.
weights = st.sampled_from((0.125, 0.25, 0.5, 1.0))
levels = st.integers(0, 3)


@st.composite
def portfolios(draw, cell=levels):
    """Portfolios of a few states; a cell that is NaN is left out of what its state is compared on."""
    state_count = draw(st.integers(1, 6))
    column_count = draw(st.integers(1, 7))
    row = st.lists(cell, min_size=column_count, max_size=column_count)
    ties = draw(st.lists(row, min_size=state_count, max_size=state_count))
    of_columns = draw(
        st.one_of(st.just([1.0] * column_count), st.lists(weights, min_size=column_count, max_size=column_count))
    )
    return Portfolios(np.array(ties, dtype=float), 3, np.array(of_columns))


with_holes = portfolios(st.one_of(levels, levels, st.just(nan)))


# The indices a second time.


def looped(index, given_to, one, other):
    """One index of two states, from its definition: observed distance against what is largest or expected."""
    both = [
        (x, y, w)
        for x, y, w in zip(given_to.ties[one], given_to.ties[other], given_to.weights, strict=True)
        if not isnan(x) and not isnan(y)
    ]
    whole = sum(w for _, _, w in both)
    if not both:
        return nan
    if index is s_absolute:
        return 1 - 2 * sum(w * abs(x - y) for x, y, w in both) / (whole * given_to.top)
    observed = sum(w * (x - y) ** 2 for x, y, w in both) / whole
    if index is s_squared:
        return 1 - 2 * observed / given_to.top**2
    drawn_x, drawn_y = [(x, w / whole) for x, _, w in both], [(y, w / whole) for _, y, w in both]
    if index is pi:
        drawn_x = drawn_y = [(value, share / 2) for value, share in drawn_x + drawn_y]
    values = {value for value, _ in drawn_x + drawn_y}
    expected = sum(p * q * (x - y) ** 2 for x, p in drawn_x for y, q in drawn_y)
    return nan if len(values) == 1 else 1 - observed / expected


@pytest.mark.parametrize("index", INDICES)
@given(drawn=with_holes)
def test_every_pair_is_as_in_plain_loops(index, drawn):
    found = index(drawn)
    wanted = [[looped(index, drawn, one, other) for other in range(len(found))] for one in range(len(found))]
    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-12)


@pytest.mark.parametrize("index", INDICES)
@given(drawn=with_holes)
def test_it_is_the_same_both_ways_and_at_most_one(index, drawn):
    found = index(drawn)
    np.testing.assert_allclose(found, found.T, rtol=0, atol=1e-12)
    assert np.nanmax(found, initial=1.0) <= 1.0 + 1e-12
    if index in (s_absolute, s_squared):
        assert np.nanmin(found, initial=-1.0) >= -1.0 - 1e-12


@pytest.mark.parametrize("index", INDICES)
@given(drawn=portfolios())
def test_a_state_is_wholly_like_itself(index, drawn):
    same = np.diagonal(index(drawn))
    is_varied = np.ptp(drawn.ties, axis=1) > 0
    is_defined = is_varied if index in (kappa, pi) else np.ones_like(is_varied)
    np.testing.assert_allclose(same[is_defined], 1.0, rtol=0, atol=1e-12)
    assert np.isnan(same[~is_defined]).all()


@pytest.mark.parametrize("index", INDICES)
@given(drawn=with_holes, factor=weights)
def test_only_the_proportions_of_weights_count(index, drawn, factor):
    other = Portfolios(drawn.ties, drawn.top, drawn.weights * factor)
    np.testing.assert_allclose(index(drawn), index(other), rtol=0, atol=1e-11)


@given(drawn=portfolios(st.integers(0, 1)))
def test_on_a_scale_of_two_values_the_distances_are_the_same(drawn):
    drawn = Portfolios(drawn.ties, 1, drawn.weights)
    np.testing.assert_allclose(s_absolute(drawn), s_squared(drawn), rtol=0, atol=1e-12)


@given(drawn=portfolios())
def test_pi_is_never_above_kappa(drawn):
    # Pooling the two portfolios leaves more or as much distance to chance only where their means differ.
    found = kappa(drawn), pi(drawn)
    assume(not np.isnan(found[0]).all())
    assert np.nanmax(np.where(np.isnan(found[0]), np.nan, found[1] - found[0])) <= 1e-12


# Germany and Russia in 1914, table 6 of Signorino and Ritter (1999), as the R package fpsim prints it: Europe's
# states with the shares of capability, Germany's ties and Russia's. Six states without ties or share end the list.
SHARES = [0.25, 0.21, 0.2, 0.08, 0.08, 0.05, 0.03, 0.03, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01] + [0.0] * 6
GERMANY = [3, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 3] + [0] * 8
RUSSIA = [0, 3, 1, 3, 0, 1] + [0] * 14


def germany_and_russia(index, shares=None):
    ties = np.array([GERMANY, RUSSIA], dtype=float)
    return index(Portfolios(ties, 3, np.ones(20) if shares is None else np.array(shares)))[0, 1]


def test_germany_and_russia_in_1914_as_published():
    assert germany_and_russia(s_absolute) == pytest.approx(0.4, abs=1e-12)
    assert germany_and_russia(s_absolute, SHARES) == pytest.approx(-0.46, abs=1e-12)
    assert germany_and_russia(kappa) == pytest.approx(-0.07758621, abs=5e-9)
    # Not published; worked by hand: 50 of squares apart, 56 of squares, sums of 12 and 8 over 20 states.
    assert germany_and_russia(s_squared) == pytest.approx(1 - 2 * 50 / (20 * 9))
    assert germany_and_russia(pi) == pytest.approx(1 - 50 / (56 - 20**2 / 40))


# Years of a spine.


def ties_of(rows, seed, levels=4):
    return np.random.default_rng(seed).integers(0, levels, len(rows)).astype(float)


def looped_year(index, ties, rows, year, pair):
    """One index of one pair in one year, from the pairs of the year as a dictionary."""
    held = {
        (int(a), int(b)): tie
        for a, b, y, tie in zip(rows.state_a, rows.state_b, rows.year, ties, strict=True)
        if y == year
    }
    states = sorted({state for key in held for state in key})
    portfolio = [
        [3.0 if state == third else held.get((min(state, third), max(state, third)), nan) for third in states]
        for state in pair
    ]
    return looped(index, Portfolios(np.array(portfolio), 3, np.ones(len(states))), 0, 1)


@pytest.mark.parametrize("index", INDICES)
@given(seed=st.integers(0, 99))
def test_each_year_stands_alone(index, seed):
    rows = spine("dyad_year", "cow", (1830, 1832))
    ties = ties_of(rows, seed)
    found = similarity_by_year(index, ties, rows, 3)
    for place in np.random.default_rng(seed).integers(0, len(rows), 5):
        pair = (rows.state_a[place], rows.state_b[place])
        assert found[place] == pytest.approx(looped_year(index, ties, rows, rows.year[place], pair), abs=1e-12)


@pytest.mark.parametrize("index", INDICES)
def test_two_states_that_never_met_are_left_out_of_what_is_compared(index):
    rows = spine("dyad_year", "cow", (1830, 1830))
    never = (rows.state_a == 0) & (rows.state_b == 1)
    rows = rows.keep(~never)
    ties = ties_of(rows, 7)
    found = similarity_by_year(index, ties, rows, 3)
    assert not np.isnan(found).any()
    for place in np.flatnonzero((rows.state_a <= 1) | (rows.state_b <= 1)):
        pair = (rows.state_a[place], rows.state_b[place])
        assert found[place] == pytest.approx(looped_year(index, ties, rows, rows.year[place], pair), abs=1e-12)


@pytest.mark.parametrize("index", INDICES)
@given(hole=st.integers(0, 200))
def test_an_unknown_tie_makes_all_of_its_two_states_unknown(index, hole):
    rows = spine("dyad_year", "cow", (1830, 1831))
    ties = ties_of(rows, 3)
    full = similarity_by_year(index, ties, rows, 3)
    ties[hole] = nan
    found = similarity_by_year(index, ties, rows, 3)
    states = (rows.state_a[hole], rows.state_b[hole])
    touched = (rows.year == rows.year[hole]) & (np.isin(rows.state_a, states) | np.isin(rows.state_b, states))
    assert np.isnan(found[touched]).all()
    np.testing.assert_array_equal(found[~touched], full[~touched])


def test_an_unknown_weight_makes_its_year_unknown_and_equal_weights_change_nothing():
    rows = spine("dyad_year", "cow", (1830, 1831))
    ties = ties_of(rows, 5)
    share = np.full(len(rows), 0.25)
    plain = similarity_by_year(kappa, ties, rows, 3)
    np.testing.assert_allclose(similarity_by_year(kappa, ties, rows, 3, (share, share)), plain, atol=1e-12)
    shares = [np.where((side == 2) & (rows.year == 0), nan, share) for side in (rows.state_a, rows.state_b)]
    found = similarity_by_year(kappa, ties, rows, 3, (shares[0], shares[1]))
    assert np.isnan(found[rows.year == 0]).all()
    assert not np.isnan(found[rows.year == 1]).any()


def test_no_rows_and_no_known_ties_give_no_values():
    rows = spine("dyad_year", "cow", (1830, 1830))
    none = rows.keep(np.zeros(len(rows), dtype=bool))
    assert similarity_by_year(pi, np.empty(0), none, 3).shape == (0,)
    assert np.isnan(similarity_by_year(pi, np.full(len(rows), nan), rows, 3)).all()
