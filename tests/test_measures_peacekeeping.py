"""Who serves in peace missions, where and with whom, against plain loops."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.panel.measures.peacekeeping import (
    hosted_peacekeeper_count,
    mission_on_ground_count,
    mission_personnel_count,
    peacekeeper_count,
    peacekeeper_on_ground_count,
    peacekeeping_mission_count,
    shared_mission_count,
)
from engagement_samples import told
from panel_samples import Sample

few = settings(max_examples=20)  # each makes a whole store
places = st.lists(
    st.builds(
        lambda mission, place, host, party, month, count: {
            "mission": mission,
            "place": place,
            "date": date(2010, month, 1),
            "precision": "month",
            "host_state": host,
            "party_kind": "unknown" if party is None else "state",
            "party": party or "unknown",
            "personnel_count": count,
        },
        st.sampled_from(("north", "south")),
        st.sampled_from(("hill", "port")),
        st.sampled_from(("HTI", "LBN", None)),
        st.sampled_from(("FRA", "IND", "JPN", None)),
        st.integers(1, 3),
        st.none() | st.integers(0, 900),
    ),
    max_size=14,
    unique_by=lambda row: tuple(row[name] for name in ("mission", "place", "party", "date")),
)


def strength(rows, *columns, condition):
    """Of each mission the mean over its maps, summed over missions."""
    found = defaultdict(float)
    for row in rows:
        if row["personnel_count"] is not None and condition(row):
            maps = {other["date"] for other in rows if other["mission"] == row["mission"]}
            found[(*(row[column] for column in columns), 2010, "alpha")] += row["personnel_count"] / len(maps)
    return {key: pytest.approx(value) for key, value in found.items()}


def is_state(row):
    return row["party_kind"] == "state"


@few
@given(places)
def test_strength_is_the_mean_of_the_maps(tmp_path_factory, rows):
    hosted, sent, on_ground = told(
        tmp_path_factory,
        [Sample("alpha", (), {"mission_presence": rows})],
        *(hosted_peacekeeper_count, peacekeeper_count, peacekeeper_on_ground_count),
    )
    assert hosted == strength(rows, "party", "host_state", condition=lambda row: is_state(row) and row["host_state"])
    assert sent == strength(rows, "party", condition=is_state)
    assert on_ground == strength(rows, "host_state", condition=lambda row: row["host_state"])


@few
@given(places)
def test_missions_are_counted_once_for_a_state_and_for_a_pair(tmp_path_factory, rows):
    shared, joined, hosted = told(
        tmp_path_factory,
        [Sample("alpha", (), {"mission_presence": rows})],
        *(shared_mission_count, peacekeeping_mission_count, mission_on_ground_count),
    )
    serving = {(row["mission"], row["party"]) for row in rows if is_state(row)}
    placed = {(row["mission"], row["host_state"]) for row in rows if row["host_state"]}
    for found, expected in ((joined, serving), (hosted, placed)):
        states = {state for _, state in expected}
        assert found == {(state, 2010, "alpha"): sum(other == state for _, other in expected) for state in states}
    together = defaultdict(int)
    for (mission, one), (other_mission, other) in combinations(sorted(serving, key=lambda each: each[1]), 2):
        if mission == other_mission and one != other:
            together[one, other, 2010, "alpha"] += 1
    assert shared == together
    assert all(value <= min(joined[a, *rest], joined[b, *rest]) for (a, b, *rest), value in shared.items())


def month(mission, number, count, kind="total"):
    return {
        "mission": mission,
        "month": date(2010, number, 1),
        "personnel_kind": kind,
        "personnel_count": count,
    }


def host(mission, state):
    return {
        "core_table": "mission_month",
        "item": mission,
        "property": "host_state",
        "part": state,
        "content": "2010-01",
    }


def test_a_mission_that_takes_over_from_another_does_not_double_it(tmp_path_factory):
    """One mission was renamed in the middle of a year; two means of half a year each were added up."""
    rows = {
        "mission_month": [
            month("old", 1, 900),
            month("old", 2, 900),
            month("new", 3, 600),
            month("new", 4, 600),
            month("new", 4, 500, "troop"),
            month("border", 1, 70),
        ],
        "property": [host("old", "HTI"), host("new", "HTI"), host("border", "IND"), host("border", "PAK")],
    }
    [found] = told(tmp_path_factory, [Sample("alpha", (), rows)], mission_personnel_count)
    # Of a mission in two states nobody says how many serve in which.
    assert found == {("HTI", 2010, "alpha"): 750}
