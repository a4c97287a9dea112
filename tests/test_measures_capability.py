"""Capabilities of states and of pairs: releases, currencies, ratios, growth, and the publisher's files."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.panel import panel
from comity.panel.measures.capability import (
    cinc_log_ratio,
    cinc_ratio,
    cinc_share_of_pair,
    is_power_parity,
    larger_cinc_share_of_pair,
    lower_military_personnel_share,
    military_expenditure_growth_share,
)
from comity.panel.spines import spine
from fact_samples import cells, mirror_panel, numbers, one_source, opened, state_facts, told

columns = st.lists(st.tuples(numbers, numbers), max_size=20).map(lambda rows: np.array(rows).reshape(-1, 2).T)


@given(columns)
def test_measures_of_a_pair_do_not_depend_on_the_order_of_its_states(pair):
    one, other = pair
    for function in (cinc_ratio, larger_cinc_share_of_pair, is_power_parity, lower_military_personnel_share):
        assert np.array_equal(function(one, other), function(other, one), equal_nan=True)
    share, back = cinc_share_of_pair(one, other), cinc_share_of_pair(other, one)
    known = ~np.isnan(share)
    assert np.allclose((share + back)[known], 1)
    assert np.array_equal(np.maximum(share, back), larger_cinc_share_of_pair(one, other), equal_nan=True)


@given(columns)
def test_ratios_are_of_known_capabilities_and_at_least_balance(pair):
    ratio = cinc_ratio(*pair)
    assert np.array_equal(np.isnan(ratio), np.isnan(pair).any(axis=0) | (np.min(pair, axis=0) == 0))
    known = ~np.isnan(ratio)
    assert (ratio[known] >= 1).all()
    assert (cinc_log_ratio(ratio)[known] >= 0).all()
    parity = is_power_parity(*pair)
    clear = known & ~np.isclose(ratio, 1 / 0.8)
    assert np.array_equal(parity[clear] == 1, ratio[clear] < 1 / 0.8)


@given(st.data())
def test_growth_is_from_the_calendar_year_before(data):
    """Equal to a loop; Germany was no member from 1946 to 1989, so 1990 has no year before."""
    rows = spine("state_year", "cow", (1943, 1992), ("DEU", "FRA", "GFR"))
    spending = np.array(data.draw(st.lists(numbers, min_size=len(rows), max_size=len(rows))))
    known = {(state, year): value for state, year, value in zip(*rows.keys().values(), spending, strict=True)}
    growth = military_expenditure_growth_share(spending, rows)
    for state, year, found in zip(*rows.keys().values(), growth, strict=True):
        before, now = known.get((state, year - 1), np.nan), known[state, year]
        expected = np.nan if np.isnan(before) or before == 0 else now / before - 1
        assert found == pytest.approx(expected, nan_ok=True)


def test_growth_of_the_first_year_of_a_panel_looks_at_the_year_before(tmp_path):
    spending = {("JPN", 1990): 100.0, ("JPN", 1991): 110.0, ("JPN", 1992): 55.0, ("JPN", 1994): 60.0}
    with opened(
        tmp_path, one_source({"state_year_fact": state_facts("military_expenditure_usd2023", spending)})
    ) as store:
        made = panel(store, "state_year", years=(1991, 1994)).add("military_expenditure_growth_share")
        growth = cells(made, "military_expenditure_growth_share")
    assert growth["JPN", 1991] == pytest.approx(0.1)
    assert growth["JPN", 1992] == pytest.approx(-0.5)
    assert (growth["JPN", 1993], growth["JPN", 1994]) == (None, None)


def test_only_the_newest_release_and_its_own_counts_of_people_are_used(tmp_path):
    """Maddison's people live within the borders of today; the larger of two counts would mix the two."""
    released = [
        *state_facts("cinc_share", {("JPN", 1990): 0.05}),
        *state_facts("cinc_share", {("JPN", 1990): 0.06}, item="6.0"),
        *state_facts("population_count", {("JPN", 1990): 1000.0}),
    ]
    others = state_facts("population_count", {("JPN", 1990): 2000.0, ("FRA", 1990): 3000.0})
    samples = (one_source({"state_year_fact": released}, name="nmc"), one_source({"state_year_fact": others}))
    with opened(tmp_path, *samples) as store:
        made = panel(store, "state_year", years=(1990, 1990)).add("cinc_share", "population_count")
        share, people = (cells(made, name) for name in ("cinc_share", "population_count"))
    assert share["JPN", 1990] == 0.05
    assert (people["JPN", 1990], people["FRA", 1990]) == (1000, None)


def test_militarization_of_a_pair_is_that_of_the_state_with_fewer_soldiers_for_each_inhabitant(tmp_path):
    """Not that of the smaller army; and unknown where one army is, however small the other."""
    soldiers = {("CHN", 1990): 300.0, ("JPN", 1990): 20.0}
    people = {("CHN", 1990): 10_000.0, ("JPN", 1990): 500.0, ("PHL", 1990): 400.0}
    facts = [*state_facts("military_personnel_count", soldiers), *state_facts("population_count", people)]
    with opened(tmp_path, one_source({"state_year_fact": facts}, name="nmc")) as store:
        made = panel(store, "dyad_year", years=(1990, 1990)).add("lower_military_personnel_share")
        lower = cells(made, "lower_military_personnel_share")
    assert (lower["CHN", "JPN", 1990], lower["CHN", "PHL", 1990]) == (0.03, None)


def test_spending_as_published_changes_its_currency_in_1914(tmp_path):
    spending = [
        *state_facts("military_expenditure_gbp", {("FRA", 1913): 40.0}),
        *state_facts("military_expenditure_usd", {("FRA", 1914): 300.0}),
    ]
    with opened(tmp_path, one_source({"state_year_fact": spending})) as store:
        made = panel(store, "state_year", years=(1912, 1914)).add("military_expenditure_gbp_usd")
        found = cells(made, "military_expenditure_gbp_usd")
    assert [found["FRA", year] for year in (1912, 1913, 1914)] == [None, 40.0, 300.0]


@pytest.mark.mirror
def test_capabilities_against_the_reference(tmp_path):
    """The sums of the reference, which counts spending, people and tons in thousands."""
    expected = {
        "military_expenditure_gbp_usd": (2_027, 36_125_973_698_000),
        "military_personnel_count": (398, 2_368_804_000),
        "iron_steel_tons": (26, 45_649_936_000),
        "energy_coal_equivalent_tons": (447, 709_174_850_000),
        "population_count": (0, 388_989_757_600),
        "urban_population_count": (68, 72_058_402_640),
        "cinc_share": (0, 199.8631564),
    }
    with mirror_panel(tmp_path, ("nmc",), "state_year") as made:
        assert {name: told(made, name) for name in expected} == {
            name: (nulls, pytest.approx(total, rel=1e-9)) for name, (nulls, total) in expected.items()
        }


@pytest.mark.mirror
def test_capabilities_of_all_pairs_against_the_reference(tmp_path):
    with mirror_panel(tmp_path, ("nmc",), "dyad_year") as made:
        made.add("cinc_share", "cinc_ratio", "cinc_share_of_pair")
        sides = made["cinc_share_a"].sum() + made["cinc_share_b"].sum()
        assert sides == pytest.approx(14_785.83606, rel=1e-9)
        assert told(made, "cinc_ratio") == (0, pytest.approx(304_041_311.6))
