"""Members of the two systems, major powers, and which pairs are politically relevant."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.panel import panel
from comity.panel.measures.membership import (
    has_major_power,
    is_major_power_pair,
    is_relevant,
    is_relevant_first,
    major_power_count,
    system_membership_years,
)
from comity.panel.spines import spine
from fact_samples import cells, complete, membership, mirror_panel, one_source, opened, pair_facts, told

flags = st.sampled_from((0.0, 1.0, np.nan))
columns = st.lists(st.tuples(flags, flags), max_size=20).map(lambda rows: np.array(rows).reshape(-1, 2).T)


@given(columns)
def test_flags_of_a_pair_agree_with_the_count(pair):
    count, any_, both = (function(*pair) for function in (major_power_count, has_major_power, is_major_power_pair))
    known = ~np.isnan(count)
    assert np.array_equal(any_[known], count[known] >= 1)
    assert np.array_equal(both[known], count[known] == 2)
    # One known state can decide a pair: a major power that there is one, any other that there are not two.
    assert np.array_equal(np.isnan(any_), ~known & ~(pair == 1).any(axis=0))
    assert np.array_equal(np.isnan(both), ~known & ~(pair == 0).any(axis=0))


@given(columns, st.lists(st.sampled_from((0.0, 1.0, 5.0, np.nan)), min_size=20, max_size=20))
def test_relevance_is_known_where_what_is_known_decides_it(pair, kinds):
    contiguity = np.array(kinds[: pair.shape[1]])
    near = np.where(np.isnan(contiguity), np.nan, contiguity > 0)
    found = is_relevant(near, pair[0])
    for place, value in enumerate(found):
        told_of = [None if np.isnan(flag) else bool(flag) for flag in (near[place], pair[0][place])]
        expected = 1.0 if True in told_of else np.nan if None in told_of else 0.0
        assert value == pytest.approx(expected, nan_ok=True)
    assert np.array_equal(found, is_relevant_first(contiguity, pair[0]), equal_nan=True)


@pytest.mark.parametrize("system", ["cow", "gw"])
def test_years_of_membership_are_counted_over_gaps(system):
    """Equal to a loop; Germany was no member of CoW's system from 1946 to 1989."""
    rows = spine("state_year", system, (1816, 2000))
    seen: dict[str, int] = {}
    for state, found in zip(rows.keys()["state"], system_membership_years(rows), strict=True):
        seen[state] = seen.get(state, 0) + 1
        assert found == seen[state]
    assert len(system_membership_years(rows.keep(np.zeros(len(rows), dtype=bool)))) == 0


def test_years_of_membership_begin_before_the_panel(tmp_path):
    with opened(tmp_path, one_source({})) as store:
        made = panel(store, "state_year", years=(1990, 1991)).add("system_membership_years")
        years = cells(made, "system_membership_years")
    # Germany: 1816 to 1945, and then from 1990; France without 1943.
    assert (years["DEU", 1990], years["DEU", 1991], years["FRA", 1990]) == (131, 132, 174)


def test_a_list_speaks_of_all_states_to_its_last_year(tmp_path):
    rows = [
        membership("FRA", 220, date(1816, 1, 1)),
        membership("DEU", 255, date(1816, 1, 1), date(1945, 5, 8)),
        membership("DEU", 255, date(1990, 10, 3)),
        membership("FRA", 220, date(1816, 1, 1), date(1940, 6, 22), role="major_power"),
        membership("FRA", 220, date(1945, 8, 15), role="major_power"),
        membership("NRU", 970, date(1968, 1, 31), system="gw", role="microstate"),
        membership("FRA", 220, date(1816, 1, 1), system="gw"),
    ]
    lists = [
        one_source(
            {"state_membership": [row for row in rows if row["system"] == system]},
            complete(f"{system}_membership", 1816, 2016),
            name=name,
        )
        for name, system in (("alpha", "cow"), ("beta", "gw"))
    ]
    names = ("is_major_power", "is_cow_member", "is_gw_member", "is_microstate")
    with opened(tmp_path, *lists) as store:
        made = panel(store, "state_year", system="gw", years=(1935, 2018)).add(*names)
        major, cow, gw, micro = (cells(made, name) for name in names)
    assert [major["FRA", year] for year in (1939, 1940, 1941, 1945, 2016, 2017)] == [
        True,
        True,
        False,
        True,
        True,
        None,
    ]
    assert (major["NRU", 1990], cow["NRU", 1990], gw["NRU", 1990], micro["NRU", 1990]) == (False, False, True, True)
    assert (gw["FRA", 1990], micro["FRA", 1990], gw["FRA", 2017], gw["DEU", 1990]) == (True, False, None, False)
    # A list is whole: a state it does not name is no member. Neither list speaks of what comes after it.
    assert cow["ALB", 1990] is False
    assert {value for found in (cow, gw, major, micro) for (_, year), value in found.items() if year > 2016} == {None}


def test_one_list_of_states_says_nothing_of_the_other(tmp_path):
    """Organizations and the other system are listed to other years, so each list has a kind of its own."""
    rows = [membership("FRA", 220, date(1816, 1, 1), system="gw")]
    ranges = [complete(kind, 1816, 2016) for kind in ("gw_membership", "organisation_membership")]
    with opened(tmp_path, one_source({"state_membership": rows}, *ranges)) as store:
        made = panel(store, "state_year", years=(2016, 2016)).add("is_cow_member", "is_gw_member")
    assert set(cells(made, "is_cow_member").values()) == {None}
    assert set(cells(made, "is_gw_member").values()) == {True, False}


def test_relevance_of_pairs_after_the_lists_is_unknown(tmp_path):
    rows = [membership(state, code, date(1816, 1, 1)) for state, code in (("BEL", 211), ("NLD", 210), ("FRA", 220))]
    rows += [membership("JPN", 740, date(1860, 1, 1)), membership("FRA", 220, date(1945, 8, 15), role="major_power")]
    near = {("BEL", "NLD", year): 2 for year in (2015, 2016)}
    tables = {"state_membership": rows, "dyad_year_fact": pair_facts("contiguity_type", near)}
    covered = complete("contiguity", 2015, 2015), complete("cow_membership", 1816, 2016)
    with opened(tmp_path, one_source(tables, *covered)) as store:
        made = panel(store, "dyad_year", years=(2015, 2017)).add("is_relevant", "major_power_count")
        relevant, count = cells(made, "is_relevant"), cells(made, "major_power_count")
    assert [relevant["BEL", "NLD", year] for year in (2015, 2016, 2017)] == [True, True, None]
    assert [relevant["BEL", "JPN", year] for year in (2015, 2016)] == [False, None]
    assert [relevant["BEL", "FRA", year] for year in (2015, 2016, 2017)] == [True, True, None]
    assert [count["BEL", "FRA", year] for year in (2015, 2017)] == [1, None]


@pytest.mark.mirror
def test_major_powers_and_members_against_the_reference(tmp_path):
    with mirror_panel(tmp_path, ("cow_states", "gw_states"), "state_year") as made:
        assert told(made, "is_major_power") == (0, 1_153)
        assert told(made, "is_cow_member") == (0, 14_781)
        assert told(made, "is_gw_member") == (0, 14_738)
