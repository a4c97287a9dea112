"""Words that must not mislead: leaders of one, articles, horizons, notes under charts, acts toward a body."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from brief_body_samples import CLUB
from brief_samples import REGISTER_COVERAGE, TODAY, MemoryStore, covered, engagement, incident, together
from comity.brief import body_judgements, case_judgements, region_judgements
from comity.brief.access_changes import changes
from comity.brief.blocks import Chart, Note
from comity.brief.criticism import points
from comity.brief.knowledge import horizon
from comity.brief.sections import membership
from comity.brief.sections.side_by_side import side_by_side
from comity.brief.subject import Subject
from comity.brief.wording import pair_name
from comity.record import SOURCE as REGISTER

CASE = {"case_study": "the-pacts", "name": "The pacts", "parties": ["ISL", "IRL", "NZL"], "verification": "secondary"}
CASE |= {"turning_points": [], "summary": "Sovereignty"}


def case_of(*rows):
    store = MemoryStore(together({"case_study": [CASE]}, *rows), {REGISTER: REGISTER_COVERAGE})
    given = {"store": store, "kind": "case", "title": "", "as_of": TODAY, "key": "the-pacts", "states": ("ISL",)}
    return Subject(partners=("IRL", "NZL"), **given)


def act(name, year, *parties, **more):
    return incident(name, date(year, 1, 1), parties, cases=["the-pacts"], **more)


def test_critics_are_told_who_acted_against_the_first_and_when():
    rows = [
        act("new", 2021, "IRL:actor", "ISL:affected"),
        act("old", 1994, "IRL:actor", "ISL:affected"),
        act("own", 2021, "ISL:actor", "IRL:affected"),
        act("for another", 2022, "NZL:actor", "PRT:affected"),
    ]
    (point,) = points(case_of(*rows))
    said = "In 1 incident of the case in 2017–2026 another of its states acted against Iceland: Ireland (1)."
    assert point.data.endswith(said)
    assert point.basis.bears(said)


@pytest.mark.parametrize(
    ("kinds", "end"),
    [
        (["other"] * 3, "in 2017–2026, most with Ireland (3) on the other side."),
        (["standoff"], "in 2017–2026."),
        (
            ["standoff"] * 3 + ["seizure"],
            ", most often of the kind standoff (3), most with Ireland (4) on the other side.",
        ),
        (["standoff"] * 2, ", all of the kind standoff, most with Ireland (2) on the other side."),
    ],
)
def test_a_kind_is_named_only_where_it_leads_and_says_something(kinds, end):
    rows = [act(f"{kind} {n}", 2021, "IRL:actor", "ISL:affected", incident_kind=kind) for n, kind in enumerate(kinds)]
    told = [each.text for each in case_judgements.sentences(case_of(*rows)) if "incident" in each.text]
    assert [text.endswith(end) for text in told] == [True]


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ({"peacekeeping": 1}, "in 2017–2026."),
        ({"exercise": 5}, "in 2017–2026, all of the kind exercise."),
        ({"exercise": 9, "operation": 1, "training": 1}, "in 2017–2026, most often exercise (9)."),
    ],
)
def test_an_instrument_of_a_body_is_named_only_where_it_leads(words, end):
    done = [engagement(f"{word} {n}", date(2021, 1, 1 + n), ("club",), instrument=word)
            for word, count in words.items() for n in range(count)]  # fmt: skip
    subject = Subject(store=MemoryStore(together(*CLUB, *done), {REGISTER: REGISTER_COVERAGE}), kind="organisation",
        title="", states=(), as_of=TODAY, key="club")  # fmt: skip
    assert body_judgements._acts(subject).text.endswith(end)


def test_names_that_take_an_article_have_one():
    assert pair_name("ARE", "DJI") == "the United Arab Emirates and Djibouti"
    assert pair_name("COD", "VAT") == "the Democratic Republic of the Congo and the Holy See"


@pytest.mark.parametrize(("first", "said"), [(1, "sources reach to 2026"), (1816, "sources cover 1816–2026")])
def test_a_source_that_begins_with_a_founding_long_ago_does_not_begin_a_span(first, said):
    store = MemoryStore(
        together({"case_study": [CASE]}), {REGISTER: (covered(("visit",), "positive_only", first, 2026),)}
    )
    given = {"store": store, "kind": "case", "title": "", "as_of": TODAY, "key": "the-pacts", "states": ("ISL",)}
    assert horizon(Subject(partners=("IRL",), **given), (REGISTER,)) == said


@pytest.mark.parametrize(("count", "is_told"), [(2, False), (3, True)])
def test_two_sides_of_few_incidents_are_no_judgement(monkeypatch, count, is_told):
    monkeypatch.setattr(region_judgements, "between", lambda *_: Counter({("IRL", "ISL"): count}))
    subject = case_of(*(act(f"act {n}", 2021, "IRL:actor", "ISL:affected") for n in range(5)))
    assert ("the two sides" in region_judgements._friction(subject).text) is is_told


def test_under_a_chart_of_acts_that_ran_for_years_it_says_so():
    more = {"instrument": "operation", "end_date": date(2022, 2, 2), "end_precision": "day"}
    store = MemoryStore(together(engagement("watch", date(2020, 2, 2), ("USA", "PHL"), **more)),
        {REGISTER: REGISTER_COVERAGE})  # fmt: skip
    given = {"store": store, "kind": "comparison", "title": "", "as_of": TODAY, "region": "hills"}
    blocks = side_by_side(Subject(states=("USA", "CHN"), partners=("PHL", "VNM"), **given))
    after = next(two for one, two in pairwise(blocks) if isinstance(one, Chart))
    assert isinstance(after, Note)
    assert "for years is in each of them" in after.text


def test_conflict_among_members_says_per_what_and_over_which_years():
    span = "in 1,000 pair-years of 2009–2018 in which both were members"
    measures = [{"means": f"new militarized disputes among members, {span}"}, {"means": "incidents that lists name"}]
    told = {"measures": {"conflict_inside": measures}}
    assert membership._per_what(told) == f" Disputes and armed conflicts are counted {span}."
    assert membership._per_what({"measures": {}}) == ""


@pytest.mark.parametrize(
    ("by", "members", "count"),
    [("IRL", ("IRL", "ISL"), 1), ("IRL", ("IRL", "NZL"), 0), ("NZL", ("IRL", "ISL", "NZL"), 0)],
)
def test_what_one_of_two_did_to_its_part_of_a_body_of_both_is_between_them(by, members, count):
    change = {"item": "club", "core_table": "organisation", "date": date(2024, 2, 1), "precision": "month"}
    change |= {"change_kind": "suspended", "access_kind": "membership", "by_kind": "state", "by_party": by}
    change |= {"of_parties": ["organisation:club"], "reason": "r", "source": REGISTER, "verification": "secondary"}
    spell = {"organisation": "club", "party_kind": "state", "role": "member", "start_date": date(1994, 4, 20)}
    spell |= {"known_until": date(2026, 1, 31)}
    held = [spell | {"party": code, "start_precision": "day", "source": REGISTER} for code in members]
    store = MemoryStore({"access_change": [change], "organisation_member": held}, {REGISTER: REGISTER_COVERAGE})
    given = {"store": store, "kind": "pair", "title": "", "as_of": TODAY}
    assert len(changes(Subject(states=("IRL", "ISL"), **given))[0]) == count
