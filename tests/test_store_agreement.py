"""The comparisons of the register with the datasets: what they match, leave out and find to differ."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement_samples import (
    KNOWN_UNTIL,
    agreement,
    compared,
    day,
    engagement,
    organisation,
    pact,
    states,
    summed,
    visit,
)

COMPARISONS = sorted(path.name.removesuffix(".sql") for path in (files("comity.store") / "agreements").iterdir())
PAIRS = (("FRA", "JPN"), ("FRA", "USA"), ("JPN", "USA"))
KINDS = ("framework", "equipment", "access")

pairs = st.sampled_from(PAIRS)
signings = st.lists(st.tuples(pairs, st.integers(1978, 2012), st.sampled_from(KINDS)), max_size=6)
spans = st.tuples(st.integers(1990, 2000), st.integers(0, 6)).map(lambda span: (span[0], span[0] + span[1]))
bonds = st.lists(st.tuples(pairs, spans), max_size=4)


def signed(name, parties, year, kind="framework"):
    return agreement(name, states(parties), signed_date=day(year), agreement_kind=kind)


def told(found, comparison):
    return summed(found[comparison])


# Properties.


@settings(max_examples=25)
@given(ours=signings, theirs=signings)
def test_an_agreement_is_matched_where_the_pair_signed_within_a_year(tmp_path_factory, ours, theirs):
    found = compared(
        tmp_path_factory.mktemp("dcad") / "store",
        register=[signed(f"r{number}", *each) for number, each in enumerate(ours)],
        dcad=[signed(f"d{number}", *each) for number, each in enumerate(theirs)],
    )
    collected = {kind for _, _, kind in theirs}
    reached = [(n, each) for n, each in enumerate(ours) if 1980 <= each[1] <= 2010 and each[2] in collected]
    differ = [
        (f"r{n}", *pair, year)
        for n, (pair, year, _) in reached
        if not any(pair == other and abs(year - when) <= 1 for other, when, _ in theirs)
    ]
    assert told(found, "agreements_in_dcad") == (len(reached), sorted(differ))


@settings(max_examples=25)
@given(ours=bonds, theirs=bonds)
def test_a_pair_is_matched_in_every_year_in_which_both_bind_it_give_or_take_one(tmp_path_factory, ours, theirs):
    found = compared(
        tmp_path_factory.mktemp("atop") / "store",
        register=[pact(f"r{n}", *((party, *span) for party in pair)) for n, (pair, span) in enumerate(ours)],
        atop=[pact(f"a{n}", *((party, *span) for party in pair)) for n, (pair, span) in enumerate(theirs)],
    )
    known = {party for pair, _ in theirs for party in pair}
    claimed = [
        (f"r{n}", *pair, year)
        for n, (pair, (first, last)) in enumerate(ours)
        if set(pair) <= known
        for year in range(first, last + 1)
    ]
    differ = [
        (record, a, b, year)
        for record, a, b, year in claimed
        if not any((a, b) == pair and first - 1 <= year <= last + 1 for pair, (first, last) in theirs)
    ]
    assert told(found, "pacts_in_atop") == (len(claimed), sorted(differ))


# Known cases.


def test_without_datasets_nothing_is_compared(tmp_path):
    found = compared(
        tmp_path / "store",
        register=[
            signed("deal", ("FRA", "JPN"), 2000),
            pact("pact", ("FRA", 1990, None), ("JPN", 1990, None)),
            engagement("drill", states(("FRA", "JPN")), 2000),
            organisation("body", "A body", "AB", ("FRA", 1990, None)),
            visit("call", "JPN", "USA", 2000),
        ],
    )
    assert sorted(found) == COMPARISONS
    assert {(each.compared, each.differences, each.share) for each in found.values()} == {(0, (), None)}
    assert all(each.means.endswith(".") for each in found.values())


def test_the_share_is_that_of_what_was_compared(tmp_path):
    ours = [signed(f"r{year}", ("FRA", "JPN"), year) for year in (1990, 1991, 1995, 2000)]
    found = compared(tmp_path / "store", register=ours, dcad=[signed("d", ("FRA", "JPN"), 1990)])
    assert found["agreements_in_dcad"].share == 0.5


def test_an_agreement_of_three_is_no_pair(tmp_path):
    ours = [
        signed("three", ("FRA", "JPN", "USA"), 2000),
        agreement("with-a-body", [*states(["FRA"]), {"party_kind": "organisation", "party": "nato"}],
                  signed_date=day(2000)),
        agreement("undated", states(("FRA", "JPN"))),
    ]  # fmt: skip
    found = compared(tmp_path / "store", register=ours, dcad=[signed("d", ("FRA", "JPN"), 1990)])
    assert told(found, "agreements_in_dcad") == (0, [])


def test_a_founder_stands_by_the_day_of_signature_and_a_later_member_by_its_own(tmp_path):
    # The founders' day in the store is the entry into force, three years after ATOP's day, which is that of signature.
    ours = pact("pact", ("FRA", 1953, 1960), ("JPN", 1953, 1960), ("USA", 1957, 1960),
                signed_date=day(1950), start_date=day(1953))  # fmt: skip
    theirs = pact("a", ("FRA", 1950, 1960), ("JPN", 1950, 1960), ("USA", 1959, 1960))
    found = compared(tmp_path / "store", register=[ours], atop=[theirs])
    late = [("pact", "FRA", "USA", 1957), ("pact", "JPN", "USA", 1957)]
    assert told(found, "pacts_in_atop") == (11 + 4 + 4, late)


def test_a_pact_is_not_compared_beyond_atop(tmp_path):
    # Monaco is none of the states of this ATOP; its years end with 2018; an agreement of another kind is no pact.
    ours = [
        pact("small", ("FRA", 1990, 1995), ("MCO", 1990, 1995)),
        pact("late", ("FRA", 2018, 2020), ("JPN", 2018, 2020), known_until=day(2020)),
        agreement("deal", states(("FRA", "JPN"), start_date=day(1990), end_date=day(1991))),
    ]
    found = compared(tmp_path / "store", register=ours, atop=[pact("a", ("FRA", 1950, None), ("JPN", 1950, None))])
    assert told(found, "pacts_in_atop") == (1, [])


def test_a_pact_is_claimed_no_longer_than_it_is_known(tmp_path):
    ours = pact("pact", ("FRA", 1990, None), ("JPN", 1990, None))
    for party in ours["agreement_party"]:
        party["known_until"] = day(1992)
    found = compared(tmp_path / "store", register=[ours], atop=[pact("a", ("FRA", 1950, 1960), ("JPN", 1950, 1960))])
    assert told(found, "pacts_in_atop") == (3, [("pact", "FRA", "JPN", year) for year in (1990, 1991, 1992)])


def test_participants_of_an_exercise_are_compared_pair_by_pair_in_its_year(tmp_path):
    ours = engagement("drill", states(("FRA", "JPN", "USA")), 2000)
    theirs = [engagement("m1", states(("FRA", "JPN")), 2000), engagement("m2", states(("JPN", "USA")), 2001)]
    found = compared(tmp_path / "store", register=[ours], mme=theirs)
    assert told(found, "exercises_in_mme") == (3, [("drill", "FRA", "USA", 2000), ("drill", "JPN", "USA", 2000)])


def test_one_exercise_of_mme_stands_for_one_of_the_register(tmp_path):
    ours = [
        engagement("drill", states(("FRA", "JPN", "USA")), 2000),
        engagement("unlisted", states(("DEU", "FRA", "JPN", "USA")), 2000),
    ]
    found = compared(tmp_path / "store", register=ours, mme=[engagement("m", states(("FRA", "JPN", "USA")), 2000)])
    assert told(found, "exercises_in_mme") == (3, [])


def test_an_exercise_is_compared_only_when_mme_could_list_it(tmp_path):
    watched = [*states(["FRA"]), *states(["JPN"], role="observer")]
    ours = [
        engagement("later", states(("FRA", "JPN")), 2011),
        engagement("called-off", states(("FRA", "JPN")), 2000, status="cancelled"),
        engagement("watched", watched, 2000),
        engagement("talk", states(("FRA", "JPN")), 2000, instrument="dialogue"),
    ]
    found = compared(tmp_path / "store", register=ours, mme=[engagement("m", states(("FRA", "JPN")), 1999)])
    assert told(found, "exercises_in_mme") == (0, [])


def test_organizations_are_one_by_their_name_or_short_name(tmp_path):
    ours = [organisation("body", "The body", "ab", ("FRA", 1990, None)),
            organisation("other", "Another", "AN", ("FRA", 1990, None))]  # fmt: skip
    theirs = [organisation("igo/1", "Body of something (AB)", "AB", ("FRA", 1991, None))]
    found = compared(tmp_path / "store", register=ours, cow_igo=theirs)
    assert told(found, "members_in_cow_igo") == (1, [])


def test_a_member_is_matched_within_a_year(tmp_path):
    # The first four came in one year, two years, never and after the list; Monaco is in no organization of the list.
    ours = organisation("body", "The body", "AB", ("DEU", 1990, None), ("FRA", 1992, None), ("JPN", 1992, None),
                        ("USA", 1995, None), ("GBR", 2015, None), ("MCO", 1992, None))  # fmt: skip
    theirs = [
        organisation("igo/1", "The body", "AB", ("DEU", 1990, None), ("FRA", 1993, None), ("JPN", 1994, None)),
        organisation("igo/2", "A third", "TH", ("GBR", 1990, None), ("JPN", 1990, None), ("USA", 1990, None)),
    ]
    found = compared(tmp_path / "store", register=[ours], cow_igo=theirs)
    assert told(found, "members_in_cow_igo") == (4, [("body", "JPN", None, 1992), ("body", "USA", None, 1995)])


def test_a_member_that_joined_before_it_was_a_state_of_the_list_is_compared_from_then(tmp_path):
    # The list knows France from 1999 and Japan from 1990, by another body; Japan is in this one from then, and late.
    ours = organisation("body", "The body", "AB", ("DEU", 1971, None), ("FRA", 1971, None), ("JPN", 1971, None))
    theirs = [
        organisation("igo/1", "The body", "AB", ("DEU", 1971, None), ("FRA", 1999, None), ("JPN", 1995, None)),
        organisation("igo/2", "A third", "TH", ("JPN", 1990, None)),
    ]
    found = compared(tmp_path / "store", register=[ours], cow_igo=theirs)
    assert told(found, "members_in_cow_igo") == (3, [("body", "JPN", None, 1990)])


def test_members_are_compared_from_the_year_in_which_both_know_the_body(tmp_path):
    # The register dates it from a treaty of 1992: who was in by 2002 is matched, who had left before is not compared,
    # and who came back later came in then.
    ours = organisation("body", "The body", "AB", ("FRA", 1992, None), ("JPN", 1992, 1999), ("USA", 1992, 1999),
                        ("USA", 2006, None))  # fmt: skip
    theirs = organisation("igo/1", "The body", "AB", ("FRA", 2002, None), ("JPN", 2010, None), ("USA", 2002, 2011))
    found = compared(tmp_path / "store", register=[ours], cow_igo=[theirs])
    assert told(found, "members_in_cow_igo") == (2, [("body", "USA", None, 2006)])


def test_a_visit_is_matched_by_who_went_where_in_the_year(tmp_path):
    ours = [
        visit("to-washington", "JPN", "USA", 2000),
        visit("to-tokyo", "USA", "JPN", 2000),
        visit("to-paris", "USA", "FRA", 2000),
    ]
    theirs = [visit("v1", "JPN", "USA", 2000), visit("v2", "USA", "FRA", 2001)]
    found = compared(tmp_path / "store", register=ours, us_leader_travel=theirs)
    expected = [("to-paris", "FRA", "USA", 2000), ("to-tokyo", "JPN", "USA", 2000)]
    assert told(found, "visits_in_leader_travel") == (3, expected)


@pytest.mark.parametrize(
    "ours",
    [
        visit("of-a-minister", "JPN", "USA", 2000, level="minister"),
        visit("of-others", "JPN", "FRA", 2000),
        visit("not-held", "JPN", "USA", 2000, status="cancelled"),
        visit("after-the-list", "JPN", "USA", 2003),
    ],
    ids=lambda rows: rows["engagement"][0]["engagement"],
)
def test_a_visit_is_compared_only_when_the_list_could_have_it(tmp_path, ours):
    found = compared(tmp_path / "store", register=[ours], us_leader_travel=[visit("v", "FRA", "USA", 2002)])
    assert told(found, "visits_in_leader_travel") == (0, [])


def membership(state, first, last, source="cow_states", role="member"):
    """A spell of a state in the system of one of the two lists."""
    return {
        "state_membership": [
            {"system": source.removesuffix("_states"), "state": state, "code": 1, "role": role,
             "start_date": date(first, 5, 1), "end_date": day(last), "known_until": KNOWN_UNTIL}
        ]
    }  # fmt: skip


@pytest.mark.parametrize(("system", "source"), [("cow", "cow_states"), ("gw", "gw_states")])
def test_our_list_of_states_is_compared_with_the_published_one_year_by_year(tmp_path, monkeypatch, system, source):
    ours = [
        {"system": system, "state": state, "start_date": date(first, 2, 3), "end_date": day(last)}
        for state, first, last in (("FRA", 2014, None), ("DDR", 1988, 1990), ("JPN", 2015, None), ("USA", 2020, None))
    ]
    other = {"cow": "gw", "gw": "cow"}[system]
    monkeypatch.setattr("comity.store.checking.membership_rows", lambda: [*ours, ours[0] | {"system": other}])
    theirs = [
        membership("FRA", 2014, None, source),
        membership("DDR", 1988, 1991, source),
        membership("KEN", 2018, None, source),
        membership("FRA", 2000, None, source, "major_power"),
    ]
    found = compared(tmp_path / "store", **{source: theirs})
    # The list ends with 2018. In it alone are the East of 1991 and Kenya; Japan is in ours alone.
    differ = [("DDR", "DDR", None, 1991), *(("JPN", "JPN", None, year) for year in range(2015, 2019))]
    assert told(found, f"states_in_{system}") == (5 + 4 + 4 + 1, [*differ, ("KEN", "KEN", None, 2018)])
    assert told(found, f"states_in_{other}") == (0, [])
