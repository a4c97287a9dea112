"""Troops, bases and building: one count a year, and no year in which nobody knows."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.panel.measures.presence import (
    base_count,
    construction_spending_usd,
    has_base,
    has_forces_abroad,
    large_base_count,
    lilypad_count,
    navy_troop_count,
    troop_count,
)
from engagement_samples import told
from panel_samples import Sample

few = settings(max_examples=20)  # each makes a whole store
BEST_FIRST = ("q3", "q4", "q2", "q1", "")


def people(fact, to_state, year, item, value):
    return {"fact": fact, "from_state": "USA", "to_state": to_state, "year": year, "item": item, "value": float(value)}


counts = st.lists(
    st.builds(
        people,
        st.sampled_from(("troop_count", "troop_count", "navy_troop_count")),
        st.sampled_from(("JPN", "PHL", "VNM")),
        st.sampled_from((1975, 1976)),
        st.sampled_from(BEST_FIRST),
        st.sampled_from((0, 0, 3, 5, 70)),
    ),
    max_size=14,
    unique_by=lambda row: tuple(row[name] for name in ("fact", "to_state", "year", "item")),
)


def one_count(rows, fact):
    """The count a year that the rule takes, in loops."""
    found = {}
    for row in rows:
        key = ("USA", row["to_state"], row["year"], "alpha")
        if row["fact"] == fact:
            found.setdefault(key, {})[row["item"]] = row["value"]
    return {
        key: next((by_item[item] for item in BEST_FIRST if by_item.get(item)), 0.0) for key, by_item in found.items()
    }


@few
@given(counts)
def test_a_year_has_one_count_of_troops(tmp_path_factory, rows):
    sample = Sample("alpha", (), {"dyad_year_fact": rows})
    troops, sailors = told(tmp_path_factory, [sample], troop_count, navy_troop_count)
    assert troops == one_count(rows, "troop_count")
    assert sailors == one_count(rows, "navy_troop_count")


def test_a_september_report_of_nobody_does_not_hide_a_war(tmp_path_factory):
    """In four years of war the September reports counted nobody where the June table had a whole army."""
    rows = [people("troop_count", "PHL", 2003, "q2", 9000), people("troop_count", "PHL", 2003, "q3", 0)]
    [found] = told(tmp_path_factory, [Sample("alpha", (), {"dyad_year_fact": rows})], troop_count)
    assert found == {("USA", "PHL", 2003, "alpha"): 9000}


def site(name, to_state, known_until, **more):
    return {
        "presence": name,
        "name": name,
        "from_state": "USA",
        "to_state": to_state,
        "known_until": known_until,
        "regions": [],
        "cases": [],
        "verification": "secondary",
    } | more


def classed(name, **flags):
    return [
        {"core_table": "presence", "item": name, "property": flag, "part": "", "value": float(value)}
        for flag, value in flags.items()
    ]


def test_sites_count_in_the_years_they_are_known(tmp_path_factory):
    listed = Sample(
        "alpha",
        (),
        {
            # No site of a list without dates is known in an earlier year than the list's own.
            "presence": [site(name, "JPN", date(2018, 12, 31)) for name in ("north", "south", "shed")],
            "property": [
                *classed("north", is_base=1, is_lilypad=0),
                *classed("south", is_base=1, is_lilypad=0),
                *classed("shed", is_base=0, is_lilypad=1),
            ],
        },
    )
    spells = [
        site("camp", "PHL", date(2021, 5, 1), start_date=date(2016, 1, 1), end_date=date(2017, 3, 1)),
        site("pier", "PHL", date(2019, 5, 1), start_date=date(2018, 6, 1)),
        site("host unknown", "PHL", date(2019, 5, 1), start_date=date(2015, 6, 1), from_state=None),
    ]
    register = Sample("beta", (), {"presence": spells})
    sites, large, small, any_base, any_forces = told(
        tmp_path_factory,
        [listed, register],
        *(base_count, large_base_count, lilypad_count, has_base, has_forces_abroad),
    )
    assert sites == {("USA", "JPN", 2018, "alpha"): 3}
    assert large == {("USA", "JPN", 2018, "alpha"): 2}
    assert small == {("USA", "JPN", 2018, "alpha"): 1}
    assert any_base == {("USA", "JPN", 2018, "alpha"): 1}
    # A spell that has ended does not last to the day it was looked up.
    in_years = {("USA", "PHL", year, "beta"): 1 for year in range(2016, 2020)}
    assert any_forces == {("USA", "JPN", 2018, "alpha"): 1} | in_years


def test_construction_is_told_as_it_is_listed(tmp_path_factory):
    rows = [people("construction_spending_usd", "JPN", 2012, "", 1500)]
    [found] = told(tmp_path_factory, [Sample("alpha", (), {"dyad_year_fact": rows})], construction_spending_usd)
    assert found == {("USA", "JPN", 2012, "alpha"): 1500}
