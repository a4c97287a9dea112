"""Output and trade: the direction of flows, what an unknown flow leaves open, and the publishers' files."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.panel import panel
from comity.panel.measures.economy import (
    bilateral_trade_usd,
    lower_gdp_per_capita_estimate_usd2011,
    lower_trade_dependence,
    trade_dependence,
    trade_partner_share,
)
from fact_samples import cells, mirror_panel, numbers, one_source, opened, pair_facts, state_facts, told

columns = st.lists(st.tuples(*[numbers] * 5), max_size=20).map(lambda rows: np.array(rows).reshape(-1, 5).T)


@given(columns)
def test_the_lower_dependence_is_that_of_the_larger_economy(given_columns):
    trade, one, other = given_columns[:3]
    both = np.array([trade_dependence(trade, one, other), trade_dependence(trade, other, one)])
    lower = lower_trade_dependence(trade, one, other)
    known = ~np.isnan(both).any(axis=0)
    assert np.allclose(lower[known], both.min(axis=0)[known])
    assert np.isnan(lower[np.isnan(given_columns[:3]).any(axis=0)]).all()
    assert np.array_equal(lower, lower_trade_dependence(trade, other, one), equal_nan=True)


@given(columns)
def test_the_lower_income_is_of_two_known_ones(given_columns):
    lower = lower_gdp_per_capita_estimate_usd2011(*given_columns[:2])
    expected = [np.nan if np.isnan([one, other]).any() else min(one, other) for one, other in given_columns[:2].T]
    assert np.array_equal(lower, expected, equal_nan=True)


@given(columns)
def test_a_share_needs_both_totals_of_the_state_itself_alone(given_columns):
    trade, imports, other_imports, exports, other_exports = given_columns
    found = trade_partner_share(trade, imports, other_imports, exports, other_exports)
    for place, share in enumerate(found):
        total = imports[place] + exports[place]
        expected = np.nan if np.isnan(total) or total == 0 else trade[place] / total
        assert share == pytest.approx(expected, nan_ok=True)
    assert np.array_equal(bilateral_trade_usd(imports, exports), imports + exports, equal_nan=True)


def test_a_flow_runs_from_the_seller_to_the_buyer_who_counts_it(tmp_path):
    """A flow of nothing is a published zero; a flow that is not listed is unknown, and so is the trade of the two."""
    flows = {
        ("FRA", "JPN", 1990): 10.0,
        ("JPN", "FRA", 1990): 30.0,
        ("FRA", "USA", 1990): 0.0,
        ("JPN", "USA", 1990): 5.0,
    }
    flows |= {("USA", "JPN", 1990): 0.0}
    tables = {
        "dyad_year_fact": [
            *pair_facts("imports_usd", flows),
            *pair_facts("imports_smoothed_usd", {("USA", "FRA", 1990): 7.0}),
        ],
        "state_year_fact": [
            *state_facts("gdp_estimate_usd2011", {("FRA", 1990): 400.0, ("JPN", 1990): 800.0}),
            *state_facts("imports_usd", {("FRA", 1990): 50.0}),
            *state_facts("exports_usd", {("FRA", 1990): 30.0}),
        ],
    }
    names = ("imports_from_usd", "bilateral_trade_usd", "trade_dependence", "trade_partner_share")
    with opened(tmp_path, one_source(tables)) as store:
        made = panel(store, "directed_dyad_year", years=(1990, 1990)).add(*names)
        bought, trade, dependence, share = (cells(made, name) for name in names)
        undirected = panel(store, "dyad_year", years=(1990, 1990)).add("lower_trade_dependence")
        lower = cells(undirected, "lower_trade_dependence")
    france_japan, japan_france, france_usa = ("FRA", "JPN", 1990), ("JPN", "FRA", 1990), ("FRA", "USA", 1990)
    assert (bought[france_japan], bought[japan_france], bought[france_usa]) == (10.0, 30.0, 0.0)
    assert (trade[france_japan], trade[japan_france], trade["JPN", "USA", 1990]) == (40.0, 40.0, 5.0)
    assert (bought["USA", "FRA", 1990], trade[france_usa]) == (None, None)
    assert (dependence[france_japan], dependence[japan_france]) == (0.1, 0.05)
    assert (share[france_japan], share[japan_france]) == (0.5, None)
    assert (lower["FRA", "JPN", 1990], lower["JPN", "USA", 1990]) == (0.05, None)


@pytest.mark.mirror
def test_output_and_people_against_the_reference(tmp_path):
    """The reference counts output and people in millions."""
    expected = {
        "gdp_per_capita_estimate_usd2011": 105_628_968.5,
        "gdp_per_capita_estimate_deviation_usd2011": 22_708_435.58,
        "gdp_estimate_usd2011": 2_961_849_278e6,
        "gdp_estimate_deviation_usd2011": 1_286_051_706e6,
        "population_estimate_count": 388_104.8649e6,
        "population_estimate_deviation_count": 32_828.28792e6,
    }
    with mirror_panel(tmp_path, ("gdp_pop",), "state_year") as made:
        assert {name: told(made, name) for name in expected} == {
            name: (43, pytest.approx(total, rel=1e-9)) for name, total in expected.items()
        }


@pytest.mark.mirror
def test_trade_against_the_reference(tmp_path):
    """The reference counts trade in millions."""
    with mirror_panel(tmp_path, ("cow_trade",), "state_year") as made:
        assert told(made, "imports_usd") == (2_885, pytest.approx(193_243_801.5e6, rel=1e-9))
        assert told(made, "exports_usd") == (2_429, pytest.approx(191_429_269.5e6, rel=1e-9))
