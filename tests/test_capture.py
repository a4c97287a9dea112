"""How many things there are by two lists: what always holds, what a simulation finds again, and what is in print."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.panel.capture import LEAST_OVERLAP, chapman

# How many things stand on the first list alone, the second alone, and on both.
parts = st.tuples(st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 5000))


def counted(alone, other, both):
    return alone + both, other + both, both


# Properties.


@given(parts)
def test_the_size_is_never_below_what_is_listed_and_lies_in_its_interval(drawn):
    found = chapman(*counted(*drawn), least=0)
    assert found.listed == sum(drawn)
    assert found.listed <= found.low * (1 + 1e-12)
    assert found.low <= found.size
    assert found.size <= found.high or np.isnan(found.high)
    assert np.isnan(found.share) or 0 < found.share_low <= found.share <= found.share_high <= 1 + 1e-12 or not drawn[2]


@given(parts)
def test_which_list_comes_first_does_not_matter(drawn):
    first, second, both = counted(*drawn)
    one, other = chapman(first, second, both, least=0), chapman(second, first, both, least=0)
    for name in ("listed", "size", "low", "high"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


@given(st.integers(LEAST_OVERLAP, 5000))
def test_of_two_lists_that_are_one_nothing_is_missing(count):
    found = chapman(count, count, count)
    assert (found.size, found.share, found.low) == (count, 1, count)
    # The fewer there are, the less it says that nothing was missed.
    assert count < found.high <= count + 4


@given(parts, st.integers(1, 100))
def test_the_more_both_lists_have_the_fewer_things_there_are(drawn, more):
    first, second, both = counted(*drawn)
    found = chapman([first, first + more], [second, second + more], [both, both + more], least=0)
    assert found.size[1] - found.listed[1] <= (found.size[0] - found.listed[0]) * (1 + 1e-12) + 1e-6


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, LEAST_OVERLAP - 1))
def test_with_too_little_on_both_lists_nothing_is_known(alone, other, both):
    found = chapman(*counted(alone, other, both))
    assert all(np.isnan(value) for value in (found.size, found.low, found.high, found.share))


@given(st.lists(parts, min_size=1, max_size=5))
def test_many_at_once_are_what_each_is_alone(drawn):
    columns = np.array([counted(*each) for each in drawn], dtype=float).T
    together = chapman(*columns)
    for place, each in enumerate(drawn):
        np.testing.assert_array_equal(together.size[place], chapman(*counted(*each)).size)
        np.testing.assert_array_equal(together.high[place], chapman(*counted(*each)).high)


# A world of known size.

SIZE, DRAWS = 400, 4000


def drawn_lists(dependence=0.0):
    """Two lists of things of which each has its chance; with dependence, what one has the other more often has too."""
    random = np.random.default_rng(20260101)
    first = random.random((DRAWS, SIZE)) < 0.6
    chance = np.where(first, 0.3 + dependence, 0.3)
    second = random.random((DRAWS, SIZE)) < chance
    return first.sum(axis=1), second.sum(axis=1), (first & second).sum(axis=1)


def test_a_simulation_finds_the_size_again():
    found = chapman(*drawn_lists())
    error = found.size.std() / np.sqrt(DRAWS)
    assert abs(found.size.mean() - SIZE) < 4 * error
    assert error < 1
    is_inside = (found.low <= SIZE) & (found.high >= SIZE)
    # The interval takes the shorter list for a sample out of very many, so it is a little wider than it need be.
    assert 0.95 <= is_inside.mean() < 0.999


def test_lists_that_look_at_the_same_things_give_too_small_a_size():
    found = chapman(*drawn_lists(dependence=0.3))
    assert found.size.mean() < SIZE * 0.9


# Known cases.


@pytest.mark.parametrize(
    ("lists", "size"),
    [
        (
            (100, 100, 10),
            926,
        ),  # the trout of a lake in teaching notes on mark and recapture: 926, against 1000 unadjusted
        ((10, 15, 5), 28),  # ten turtles marked, fifteen caught, five of them marked: 28, as encyclopedias have it
    ],
)
def test_the_size_is_that_in_print(lists, size):
    assert round(float(chapman(*lists, least=5).size)) == size


def test_the_interval_is_wilsons():
    # Eight of ten on the other list: 0.490 to 0.943 in tables of Wilson's interval, so 1000 of 1060 to 2040.
    found = chapman(1000, 10, 8)
    assert round(1000 / float(found.high), 3) == 0.490
    assert round(1000 / float(found.low), 3) == 0.943


def test_nothing_listed_is_nothing_known():
    found = chapman(0, 0, 0, least=0)
    assert found.size == 0
    assert np.isnan(found.share)
