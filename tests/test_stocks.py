"""Decayed stocks against a plain loop that adds up every earlier year."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.panel.spells import decayed_stock, unit_starts

counts = st.none() | st.integers(0, 9).map(float)
# A pair, then its years (a gap where the two were not both members), each with a count or none that is known.
histories = st.lists(
    st.dictionaries(st.integers(1900, 1930), counts, max_size=12), max_size=4
)  # fmt: skip
half_lives = st.sampled_from((0.5, 1.0, 5.0, 20.0))


def columns(each):
    """The rows of every pair's history as arrays: counts, which are the first of a pair, years."""
    rows = [
        (number // 2, number + 1, year, np.nan if count is None else count)
        for number, history in enumerate(each)
        for year, count in sorted(history.items())
    ]
    one, other, year, count = (np.array([row[place] for row in rows]) for place in range(4))
    return count.astype(float), unit_starts(one, other), year.astype(np.int32)


def stock(each, half_life=5.0):
    return decayed_stock(*columns(each), half_life).tolist()


def plain(history, half_life):
    """The sum over the unbroken run of known years that ends in each year."""
    found, run = [], []
    for year, count in sorted(history.items()):
        run = [] if count is None else [*run, (year, count)]
        found.append(sum(value * 0.5 ** ((year - then) / half_life) for then, value in run) if run else np.nan)
    return found


@given(histories, half_lives)
def test_a_stock_is_what_a_plain_loop_says(each, half_life):
    expected = [value for history in each for value in plain(history, half_life)]
    assert stock(each, half_life) == pytest.approx(expected, rel=1e-12, nan_ok=True)


@given(histories, half_lives)
def test_a_stock_is_null_where_its_year_is_and_never_below_its_count(each, half_life):
    count, _, _ = columns(each)
    found = np.array(stock(each, half_life))
    assert (np.isnan(found) == np.isnan(count)).all()
    assert (found[~np.isnan(count)] >= count[~np.isnan(count)]).all()


@given(histories)
def test_a_pair_knows_nothing_of_the_others(each):
    assert stock(each) == pytest.approx([value for history in each for value in stock([history])], nan_ok=True)


@given(histories, st.integers(1900, 1930))
def test_the_future_does_not_move_a_stock(each, last):
    """A stock of this year that changed with what comes later would tell a forecast what it is to find out."""
    _, _, year = columns(each)
    known = [{when: count for when, count in history.items() if when <= last} for history in each]
    assert stock(known) == pytest.approx(np.array(stock(each))[year <= last].tolist(), nan_ok=True)


@given(histories)
def test_counts_are_left_as_they_are(each):
    count, starts, year = columns(each)
    before = count.copy()
    decayed_stock(count, starts, year, 5.0)
    np.testing.assert_array_equal(count, before)


def test_half_is_left_after_a_half_life():
    assert stock([{2000: 8, 2005: 0, 2010: 1}]) == [8, 4, 3]


def test_a_stock_starts_anew_after_an_unknown_year():
    assert stock([{2000: 8, 2001: None, 2002: 1}]) == pytest.approx([8, np.nan, 1], nan_ok=True)


def test_years_in_which_a_state_was_no_member_pass():
    """2001 to 2004 are not among the rows: nothing is added, and what there was decays through them."""
    assert stock([{2000: 8, 2005: 0}]) == [8, 4]


def test_no_rows_have_no_stock():
    assert stock([]) == []
