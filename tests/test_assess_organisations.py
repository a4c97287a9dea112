"""Organizations: who was a member when, how tied members are to each other and to others, and what is not known."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess_state_samples import SketchedTies, body, exercises
from comity.assess.membership import Spell, each_body, find_body, members_in, untold_in
from comity.assess.organisation_measures import conflict
from comity.assess.organisations import assess_organisation
from comity.errors import BadRequest, UnknownWord
from comity.vocab.states import members
from panel_samples import opened

CLUB = (
    ("FRA", date(1949, 4, 4), None),
    ("GBR", date(1949, 4, 4), date(2007, 6, 30)),
    ("USA", date(1949, 4, 4), None),
    ("POL", date(1999, 3, 12), None),
)
INSIDE = ("FRA", "POL", "USA")
days = st.dates(date(1990, 1, 1), date(2005, 12, 31))
spells = st.lists(
    st.builds(
        lambda state, span: Spell(state, span[0], span[1], date(2005, 12, 31)),
        st.sampled_from(("FRA", "POL", "USA")),
        st.tuples(days, st.none() | days).filter(lambda span: span[1] is None or span[0] <= span[1]),
    ),
    max_size=5,
).map(tuple)


def measured(told, group, name):
    return next(each for each in told.groups[group] if each.name == name)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A club of three in 2008, of which two exercised together and one with a state that is no member."""
    acts = exercises((2006, ("FRA", "POL")), (2008, ("FRA", "BRA")), (2001, ("POL", "USA")))
    other = body("igo/club", "CLUB", CLUB[:3], source="cow_igo")
    with opened(tmp_path_factory, [body(members=CLUB), acts, other]) as store:
        yield assess_organisation(store, "the club", 2008)


@given(spells, st.integers(1989, 2007))
def test_a_member_of_a_year_is_one_of_any_of_its_days(held, year):
    expected = {each.state for each in held if each.start.year <= year and (each.end is None or each.end.year >= year)}
    assert set(members_in(held, year)) == expected


def test_a_member_without_a_day_of_entry_is_one_from_the_day_of_checking_and_before_that_it_is_not_known():
    held = (
        Spell("FRA", None, None, date(2005, 12, 31)),
        Spell("POL", None, date(2001, 5, 1), date(2005, 12, 31)),
        Spell("USA", date(1990, 1, 1), None, date(2005, 12, 31)),
    )
    told = {year: (members_in(held, year), untold_in(held, year)) for year in (1989, 1995, 2001, 2003, 2005, 2008)}
    assert told == {
        1989: ((), ("FRA", "POL")),
        1995: (("USA",), ("FRA", "POL")),
        2001: (("POL", "USA"), ("FRA",)),
        2003: (("USA",), ("FRA",)),
        2005: (("FRA", "USA"), ()),
        2008: (("FRA", "USA"), ()),
    }


def test_nothing_is_measured_of_a_year_in_which_it_is_not_known_who_was_a_member(tmp_path_factory):
    spells = (("FRA", None, None), ("USA", None, None), ("POL", date(1999, 3, 12), None))
    with opened(tmp_path_factory, [body(members=spells)]) as store:
        told = assess_organisation(store, "club", 2008)
        assert (told.members, told.members_untold, told.groups) == (("POL",), ("FRA", "USA"), {})
        assert told.to_dict()["members_untold"] == ["FRA", "USA"]
        assert [each for each in told.changes() if each["state"] != "POL"] == []
    other = body("igo/club", "CLUB", CLUB, source="cow_igo")
    with opened(tmp_path_factory, [body(members=spells), other]) as store:
        told = assess_organisation(store, "club", 2008)
        assert (told.members, told.members_untold) == (INSIDE, ())
        assert told.member_counts()[1949] == 2
        assert told.groups


def test_members_over_time_and_what_another_list_says(told):
    assert told.members == INSIDE
    counts = told.member_counts()
    assert (counts[1949], counts[1998], counts[1999], counts[2007], counts[2008]) == (3, 3, 4, 4, 3)
    assert told.changes()[-2:] == [
        {"year": 1999, "state": "POL", "change": "joined"},
        {"year": 2007, "state": "GBR", "change": "left"},
    ]
    assert told.otherwise == {"cow_igo": {"names_too": [], "does_not_name": ["POL"]}}


def test_the_share_of_pairs_that_exercise_inside_and_with_others(told):
    inside = measured(told, "ties_inside", "exercise")
    assert inside.value == pytest.approx(1 / 3)  # the exercise of 2001 is more than five years ago
    assert inside.listed_count == 1
    assert inside.known_share == 1.0
    assert inside.latest_year == 2008
    outside = measured(told, "openness", "exercise")
    others = len(members("cow", 2008)) - len(INSIDE)
    assert outside.value == pytest.approx(1 / (3 * others), rel=0.02)  # pairs of states that were born since 1999 too
    assert outside.listed_count == 1


def test_what_no_list_tells_of_is_unknown(told):
    said = told.to_dict()
    for group in said["measures"].values():
        for each in group:
            if each["name"] != "exercise":
                assert each["value"] is None
                assert each["known_share"] == 0.0
                assert each["listed_count"] in (None, 0)
    assert {borne["value"] for state in said["burden_by_member"].values() for borne in state.values()} == {None}
    assert said["listed_acts_of_ten_years"] == {}


@settings(max_examples=6)
@given(st.lists(st.sets(st.sampled_from((*INSIDE, "BRA", "IND")), min_size=2, max_size=4), max_size=4))
def test_inner_ties_are_those_of_counting_pairs_and_outsiders_change_nothing(tmp_path_factory, held):
    acts = [(2008, sorted(who)) for who in held]
    with opened(tmp_path_factory, [body(members=CLUB), exercises(*acts, (2008, ("BRA", "IND")))]) as store:
        made = measured(assess_organisation(store, "CLUB", 2008), "ties_inside", "exercise")
    tied = [pair for pair in combinations(INSIDE, 2) if any(set(pair) <= who for who in held)]
    assert made.value == pytest.approx(len(tied) / 3)
    assert made.listed_count == len(tied)


def test_only_years_in_which_both_were_members_count_for_conflict_among_them():
    states, last = ("FRA", "GBR", "USA"), 2010
    wars = np.zeros((3, 3, 10))
    for year in (2003, 2008):  # the United States came in 2006, so that only the second is of two members
        wars[0, 2, year - 2001] = wars[2, 0, year - 2001] = 1.0
    ties = SketchedTies(pairs=None, subjects=states, year=last, given={"interstate_conflict_ongoing": wars})
    since = {"FRA": 1949, "GBR": 1949, "USA": 2006}
    held = tuple(Spell(state, date(since[state], 1, 1), None, date(last, 12, 31)) for state in states)
    told = {each.name: each for each in conflict(ties, held)}["interstate_conflict_ongoing"]
    assert told.listed_count == 1
    assert told.value == pytest.approx(1000 * 1 / (10 + 5 + 5))
    assert "of 2001–2010 in which both were members" in told.means


def test_each_body_is_told_once_and_no_membership_outlasts_the_body_or_the_state(tmp_path_factory):
    spells = tuple((code, date(1955, 1, 1), None) for code in ("DDR", "POL"))
    gone = body("igo/pact", "PACT", spells, source="cow_igo")
    with opened(tmp_path_factory, [body(members=CLUB), body("igo/club", "CLUB", CLUB, source="cow_igo")]) as store:
        assert [(each.organisation, each.source) for each in each_body(store)] == [("club", "register")]
    with opened(tmp_path_factory, [gone]) as store:
        assert assess_organisation(store, "PACT", 2008).members == ("POL",)


def test_a_list_that_may_leave_out_gives_a_count_and_no_share(tmp_path_factory):
    acts = exercises((2008, ("FRA", "POL")), complete=False)
    with opened(tmp_path_factory, [body(members=CLUB), acts]) as store:
        made = measured(assess_organisation(store, "club", 2008), "ties_inside", "exercise")
    assert np.isnan(made.value)
    assert made.listed_count == 1
    assert made.known_share == pytest.approx(1 / 3)


def test_a_body_is_found_by_identifier_short_name_or_name_and_the_register_goes_first(tmp_path_factory):
    with opened(tmp_path_factory, [body("igo/club", "CLUB", CLUB, source="cow_igo"), body(members=CLUB)]) as store:
        for text in ("club", "CLUB", "The club", "igo/club"):
            assert find_body(store, text).name.startswith("The ")
        found = find_body(store, "CLUB")
        assert (found.source, found.organisation, found.others) == ("register", "club", (("cow_igo", "igo/club"),))
        with pytest.raises(UnknownWord, match=r"'clubb' is no organization that is loaded; nearest: (CLUB|club)"):
            find_body(store, "clubb")


def test_a_year_before_its_first_member_is_refused(tmp_path_factory):
    with opened(tmp_path_factory, [body(members=CLUB)]) as store:
        with pytest.raises(BadRequest, match="The club had no member that is listed in 1948"):
            assess_organisation(store, "club", 1948)
        with pytest.raises(BadRequest, match="is not over"):
            assess_organisation(store, "club", 2999)
