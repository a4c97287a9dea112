"""Organizations of one state and of two: bits against plain loops, and the publisher's own counts."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.panel.measures.organisation import (
    associate_organisation_count,
    observer_organisation_count,
    organisation_any_role_count,
    organisation_count,
    shared_alliance_organisation_count,
    shared_organisation_count,
    shared_partnership_count,
    shared_regional_organisation_count,
    shared_security_forum_count,
)
from comity.store import open_store
from comity.vocab.states import state_from_code
from engagement_samples import told
from panel_samples import Sample
from source_mirror import loaded
from strategies import write_sources

few = settings(max_examples=20)  # each makes a whole store
STATES = ("FRA", "JPN", "PHL", "USA")
KINDS = ("alliance", "forum", "intergovernmental", "intergovernmental", "partnership", "regional")
BODIES = {f"body{number}": kind for number, kind in enumerate(KINDS)}
OF_KIND = {
    "alliance": shared_alliance_organisation_count,
    "forum": shared_security_forum_count,
    "partnership": shared_partnership_count,
    "regional": shared_regional_organisation_count,
}


def body(name, kind):
    return {
        "organisation": name,
        "name": name,
        "short_name": name,
        "organisation_kind": kind,
        "known_until": date(2005, 12, 31),
        "verification": "secondary",
    }


def spell(name, party, start, end, role="member", **more):
    return {
        "organisation": name,
        "party_kind": "state",
        "party": party,
        "role": role,
        "start_date": start,
        "start_precision": "day",
        "end_date": end,
        "end_precision": end and "day",
        "known_until": date(2005, 12, 31),
    } | more


def in_system(party, start, end):
    return {"system": "cow", "state": party, "code": 1, "role": "member", "start_date": start, "known_until": end}


def sample(spells, bodies=BODIES, members=()):
    rows = {"organisation": [body(*each) for each in bodies.items()], "organisation_member": spells}
    return Sample("alpha", (), rows | {"state_membership": list(members)})


days = st.dates(date(2000, 1, 1), date(2005, 12, 31))
spells_of_states = st.lists(
    st.builds(
        lambda name, party, dates, role, is_open: spell(
            name, party, min(dates), None if is_open else max(dates), role, known_until=max(dates)
        ),
        st.sampled_from(sorted(BODIES)),
        st.sampled_from(STATES),
        st.tuples(days, days),
        st.sampled_from(("member", "member", "associate", "observer")),
        st.booleans(),
    ),
    max_size=14,
    unique_by=lambda row: tuple(row[name] for name in ("organisation", "party", "role", "start_date")),
)


def yearly(spells, roles):
    """The intergovernmental bodies of each state and year, in loops."""
    found = defaultdict(set)
    for row in spells:
        if BODIES[row["organisation"]] == "intergovernmental" and row["role"] in roles:
            for year in range(row["start_date"].year, row["known_until"].year + 1):
                found[row["party"], year].add(row["organisation"])
    return found


@few
@given(spells_of_states)
def test_bits_say_what_plain_loops_say(tmp_path_factory, spells):
    shared, full, associate, observer, any_role = told(
        tmp_path_factory,
        [sample(spells)],
        *(shared_organisation_count, organisation_count, associate_organisation_count),
        *(observer_organisation_count, organisation_any_role_count),
    )
    for found, roles in (
        (full, ("member",)),
        (associate, ("associate",)),
        (observer, ("observer",)),
        (any_role, ("member", "associate", "observer")),
    ):
        expected = yearly(spells, roles)
        assert {key: value for key, value in found.items() if value} == {
            (*key, "alpha"): len(bodies) for key, bodies in expected.items()
        }
    joined = yearly(spells, ("member", "associate"))
    for a, b in combinations(STATES, 2):
        for year in range(2000, 2006):
            value = shared.get((a, b, year, "alpha"), 0)
            assert value == len(joined[a, year] & joined[b, year])
    assert all(value <= min(any_role[a, *rest], any_role[b, *rest]) for (a, b, *rest), value in shared.items())


@few
@given(spells_of_states)
def test_two_share_a_body_when_both_are_in_it_on_one_day(tmp_path_factory, spells):
    answers = dict(zip(OF_KIND, told(tmp_path_factory, [sample(spells)], *OF_KIND.values()), strict=True))
    for kind, found in answers.items():
        expected = defaultdict(set)
        for one, other in combinations(sorted(spells, key=lambda row: row["party"]), 2):
            name = one["organisation"]
            if name != other["organisation"] or one["party"] == other["party"] or BODIES[name] != kind:
                continue
            first = max(one["start_date"], other["start_date"])
            last = min(row["end_date"] or row["known_until"] for row in (one, other))
            # A body that one leaves before the other joins is not shared.
            if first <= last:
                for year in range(first.year, last.year + 1):
                    expected[one["party"], other["party"], year, "alpha"].add(name)
        assert found == {key: len(names) for key, names in expected.items()}


def test_a_member_of_the_system_without_an_entry_is_in_none_and_one_that_breaks_off_is_unknown(tmp_path_factory):
    """The list has no rows of the two Germanys in the year they united: a zero there would be a lie."""
    spells = [
        spell("body2", "FRA", date(1985, 1, 1), None, known_until=date(1992, 12, 31)),
        spell("body2", "GFR", date(1985, 1, 1), None, known_until=date(1989, 12, 31)),
        spell("body2", "USA", date(1985, 1, 1), date(1989, 12, 31), known_until=date(1992, 12, 31)),
    ]
    span = (date(1985, 1, 1), date(1995, 12, 31))
    members = [in_system(party, *span) for party in ("FRA", "JPN", "USA")]
    members.append(in_system("GFR", span[0], date(1990, 10, 2)))
    shared, full = told(
        tmp_path_factory, [sample(spells, members=members)], shared_organisation_count, organisation_count
    )
    assert [full.get((state, 1990, "alpha")) for state in ("FRA", "GFR", "JPN", "USA")] == [1, None, 0, 0]
    assert shared["FRA", "GFR", 1989, "alpha"] == 1
    assert ("FRA", "GFR", 1990, "alpha") not in shared
    assert shared["FRA", "USA", 1990, "alpha"] == shared["FRA", "JPN", 1990, "alpha"] == 0
    # Nothing is known after the last year of the list, and nothing before its first.
    assert {year for _, _, year, _ in shared} == set(range(1985, 1993))


def test_four_treaties_with_one_state_are_no_body_of_the_others(tmp_path_factory):
    treaties = "grouping/us_bilateral_defence"
    spells = [spell(treaties, party, date(1960, 1, 1), None) for party in ("JPN", "PHL")]
    [found] = told(tmp_path_factory, [sample(spells, {treaties: "alliance"})], shared_alliance_organisation_count)
    assert found == {}


@pytest.mark.mirror
def test_the_counts_are_the_publishers(mirror, tmp_path):
    """Full memberships of every state and year, against the codes of the state-year file read anew."""
    sources = [loaded(name) for name in ("cow_igo", "cow_states")]
    write_sources(tmp_path / "store", *sources)
    with open_store(tmp_path / "store") as store:
        found = {
            (row["state"], row["year"]): row["value"] for row in store.ask(organisation_count().strip()).to_pylist()
        }
    with gzip.open(mirror / "cow_igo" / "derived_state_year_format3.csv.gz", "rt") as file:
        published = {
            (state_from_code("cow", int(row["ccode"]), int(row["year"])), int(row["year"])): sum(
                value == "1" for name, value in row.items() if name not in ("ccode", "year", "state")
            )
            for row in csv.DictReader(file)
        }
    assert {key: value for key, value in published.items() if found.get(key) != value} == {
        # What the two belonged to the year before is marked as unknown.
        ("BAD", 1870): 0,
        ("BAV", 1870): 0,
    }
    assert set(found) == set(published) - {("BAD", 1870), ("BAV", 1870)}
