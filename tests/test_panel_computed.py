"""Folding pairs into states, and what counts the rows of a panel rather than years."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.panel import SYSTEMS, known_measures, panel, spine
from comity.panel.folding import fold
from fact_samples import complete, membership, one_source, pair_facts
from panel_oracle import folded
from panel_samples import YEARS, opened, systems
from test_panel import keys_of

values = st.sampled_from((np.nan, 0.0, 1.0, 2.5))


@settings(max_examples=60)
@given(systems(), st.data(), st.sampled_from(("sum", "min", "max")))
def test_folding_is_what_a_plain_loop_says(system, data, how):
    pairs, rows = spine("dyad_year", system, YEARS), spine("state_year", system, YEARS)
    drawn = data.draw(st.lists(st.tuples(values, values), min_size=len(pairs), max_size=len(pairs)))
    to_a, to_b = (np.array([each[side] for each in drawn]) for side in (0, 1))
    given_to = {key: [] for key in keys_of(rows)}
    for (a, b, year), one, other in zip(keys_of(pairs), to_a.tolist(), to_b.tolist(), strict=True):
        given_to[a, year].append(None if np.isnan(one) else one)
        given_to[b, year].append(None if np.isnan(other) else other)
    expected = [np.nan if (come := folded(given_to[key], how)) is None else come for key in keys_of(rows)]
    np.testing.assert_array_equal(fold(to_a, to_b, pairs, rows, how), expected)


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_nearest_capital_is_that_of_the_nearest_pair(tmp_path_factory, system):
    """In years in which states ended, began and missed each other: members of a year that never met are no pair."""
    for years in ((1917, 1920), (1990, 1991)):
        with opened(tmp_path_factory, [one_source({})]) as store:
            pairs = panel(store, "dyad_year", years=years, system=system).add("capital_distance_km")
            rows = panel(store, "state_year", years=years, system=system).add("nearest_capital_km")
        apart = pairs["capital_distance_km"]
        np.testing.assert_array_equal(rows["nearest_capital_km"], fold(apart, apart, pairs.rows, rows.rows, "min"))


def test_a_fold_of_some_states_still_takes_all_their_pairs(tmp_path_factory):
    with opened(tmp_path_factory, [one_source({})]) as store:
        whole = panel(store, "state_year", years=(1990, 1990)).add("nearest_capital_km")
        some = panel(store, "state_year", years=(1990, 1990), states=("BEL", "JPN")).add("nearest_capital_km")
        pairs = panel(store, "dyad_year", years=(1990, 1990), states=("BEL",)).add("nearest_capital_km")
    expected = dict(zip(keys_of(whole.rows), whole["nearest_capital_km"].tolist(), strict=True))
    found = dict(zip(keys_of(some.rows), some["nearest_capital_km"].tolist(), strict=True))
    assert found == {key: expected[key] for key in found}
    assert len(found) == 2
    for side in ("a", "b"):
        states = pairs[f"state_{side}"].tolist()
        assert pairs[f"nearest_capital_km_{side}"].tolist() == [expected[state, 1990] for state in states]


@pytest.fixture
def store(tmp_path_factory):
    """Two neighbors that once had a dispute; they are no neighbors, and so not relevant, in 1993 and 1994."""
    near = {("BEL", "NLD", year): 1.0 for year in (1990, 1991, 1992, 1995, 1996)}
    contiguity = one_source(
        {"dyad_year_fact": pair_facts("contiguity_type", near)}, complete("contiguity", 1990, 1996), name="contiguity"
    )
    majors = one_source(
        {"state_membership": [membership("USA", 2, date(1898, 1, 1), role="major_power")]},
        complete("cow_membership", 1816, 2016),
        name="cow_states",
    )
    disputes = one_source(
        {"dyad_year_fact": pair_facts("dispute_ongoing", {("BEL", "NLD", 1990): 1.0})}, complete("dispute", 1816, 1996)
    )
    with opened(tmp_path_factory, [contiguity, majors, disputes]) as opened_store:
        yield opened_store


def pair(made, name):
    keys = keys_of(made.rows)
    return {key[2]: value for key, value in zip(keys, made[name].tolist(), strict=True) if key[:2] == ("BEL", "NLD")}


def test_columns_added_before_and_after_the_rows_are_cut_are_the_same(store):
    """All but those that count rows: in them the years that fell away are lost."""
    names = (
        "contiguity_type",
        "dispute_ongoing",
        "dispute_peace_years",
        "is_relevant",
        "is_major_power",
        "years_together",
    )
    before, after = (panel(store, "dyad_year", years=(1990, 1996), states=("BEL",)) for _ in range(2))
    before.add(*names, "dispute_peace_rows").relevant()
    after.relevant().add(*names, "dispute_peace_rows")
    assert keys_of(before.rows) == keys_of(after.rows)
    for name in before.columns:
        if name != "dispute_peace_rows":
            np.testing.assert_array_equal(before[name], after[name], err_msg=name)
    assert (
        before.to_arrow().drop_columns("dispute_peace_rows").equals(after.to_arrow().drop_columns("dispute_peace_rows"))
    )
    assert pair(after, "dispute_peace_years") == {1990: 160, 1991: 0, 1992: 1, 1995: 4, 1996: 5}
    assert pair(before, "dispute_peace_rows") == {1990: 0, 1991: 0, 1992: 1, 1995: 4, 1996: 5}
    assert pair(after, "dispute_peace_rows") == {1990: 0, 1991: 0, 1992: 1, 1995: 2, 1996: 3}


def test_the_measures_that_count_rows_are_these():
    """Every other measure has one value for its key, whatever rows a panel keeps."""
    counting = {
        name
        for unit in ("state_year", "dyad_year", "dyad_month")
        for name, each in known_measures(unit).items()
        if each.over == "rows"
    }
    assert counting == {"dispute_initiation_peace_rows", "dispute_peace_rows", "mid_peace_rows"}
