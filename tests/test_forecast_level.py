"""The level of forecasts follows what came of earlier ones, never of the same year; pairs lie in the right regions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.forecast.fitting import chances
from comity.forecast.level import Following, followed
from comity.forecast.regions import BETWEEN, in_regions, region, region_pairs
from comity.forecast.targets import Wanted, cases
from comity.vocab.states import states
from forecast_samples import SYSTEM, disputes, stored

RULE = Following(half_life=3, doubt=15)


def simulated(seed, drift, years=10, pairs=400):
    """Foretold log odds, outcomes of which `drift` times as many came, and their years."""
    random = np.random.default_rng(seed)
    odds = random.normal(-3, 1, years * pairs)
    y = (random.random(len(odds)) < np.minimum(chances(odds) * drift, 1)).astype(float)
    return odds, y, np.repeat(np.arange(1991, 1991 + years), pairs)


@given(st.integers(0, 500), st.integers(1992, 2000))
def test_no_outcome_of_a_year_or_later_moves_its_odds(seed, first):
    odds, y, year = simulated(seed, 1.0, pairs=5)
    other = np.where(year >= first, 1 - y, y)
    one, two = followed(odds, y, year, RULE), followed(odds, other, year, RULE)
    assert np.array_equal(one[year <= first], two[year <= first])
    assert not np.array_equal(one[year > first], two[year > first]) or first == 2000


@given(st.integers(0, 500), st.permutations(range(50)))
def test_the_order_of_rows_says_nothing(seed, order):
    odds, y, year = simulated(seed, 2.0, pairs=5)
    one, two = followed(odds, y, year, RULE), followed(odds[order], y[order], year[order], RULE)
    assert two == pytest.approx(one[order])


@pytest.mark.parametrize("drift", [0.5, 2.0])
def test_a_drifted_level_is_found(drift):
    odds, y, year = simulated(7, drift)
    moved = followed(odds, y, year, RULE)
    late = year >= 1996
    before, after = (abs(np.log(chances(each)[late].sum() / y[late].sum())) for each in (odds, moved))
    assert after < before / 2


def test_years_between_fade_and_unknown_outcomes_count_for_neither():
    """One row a year of even odds: an onset in 1990 weighs half after three years, and an unknown one nothing."""
    year, odds = np.array([1990, 1991, 1993]), np.zeros(3)
    moved = followed(odds, np.array([1.0, np.nan, 0.0]), year, Following(3, 1))
    left = [0.5 ** (1 / 3), 0.5]
    assert moved[1] == pytest.approx(np.log((left[0] + 1) / (left[0] / 2 + 1)))
    assert moved[2] == pytest.approx(np.log((left[1] + 1) / (left[1] / 2 + 1)))


@given(st.integers(0, 500), st.integers(1992, 2000))
def test_no_outcome_of_a_year_moves_the_odds_of_any_region_in_it(seed, first):
    odds, y, year = simulated(seed, 1.0, pairs=6)
    region = np.arange(len(odds)) % 3
    other = np.where(year >= first, 1 - y, y)
    one, two = (followed(odds, came, year, replace(RULE, region_doubt=20), region) for came in (y, other))
    assert np.array_equal(one[year <= first], two[year <= first])


def test_a_region_that_drifts_alone_is_found_and_the_others_stay():
    """Twice as many as foretold in one region of three: its level rises, and the others' less than half as much."""
    odds, y, year = simulated(8, 1.0, pairs=600)
    region = np.arange(len(odds)) % 3
    _, more, _ = simulated(8, 2.5, pairs=600)
    came = np.where(region == 1, more, y)
    moved = followed(odds, came, year, replace(RULE, region_doubt=20), region) - odds
    late = year >= 1996
    rise = [moved[late & (region == each)].mean() for each in range(3)]
    assert rise[1] > 0.5
    assert max(abs(rise[0]), abs(rise[2])) < rise[1] / 2
    assert np.array_equal(followed(odds, came, year, RULE, region), followed(odds, came, year, RULE))


def test_the_two_regions_of_a_pair_have_one_number_whichever_comes_first(tmp_path):
    with stored(tmp_path, disputes()) as store:
        rows = cases(store, "mid", "gml_mid", Wanted((1970, 1971), is_relevant=False, system=SYSTEM))
    assert set(region_pairs(rows).tolist()) == {7}, "Europe, the second of six, with itself"


def test_every_row_lies_in_one_region_or_between_two(tmp_path):
    with stored(tmp_path, disputes()) as store:
        rows = cases(store, "mid", "gml_mid", Wanted((1970, 2000), is_relevant=False, system=SYSTEM))
    held = in_regions(rows)
    assert set(held) == {"Europe"}
    assert held["Europe"].all()
    assert BETWEEN not in held


def test_regions_are_those_of_the_numbers():
    """Known cases on both sides of every boundary."""
    of = {each.code: each.memberships[0].code for each in states().values() if each.memberships}
    told = {code: region(int(of[code])) for code in ("USA", "GBR", "RUS", "NGA", "TUR", "EGY", "CHN", "AUS", "FJI")}
    assert told == {
        "USA": "Americas",
        "GBR": "Europe",
        "RUS": "Europe",
        "NGA": "Africa",
        "TUR": "Middle East",
        "EGY": "Middle East",
        "CHN": "Asia",
        "AUS": "Oceania",
        "FJI": "Oceania",
    }
