"""Briefs on organizations: troops of members against members, texts, what they did, whose part is suspended."""

from __future__ import annotations

from datetime import date

import pytest

from brief_body_samples import CLUB, LATE, asked, body, fought, joined, said, sent, sentences, suspension, table
from brief_samples import TODAY, MemoryStore, agreement, covered, engagement, incident, together
from comity.brief import Note
from comity.brief.access_changes import changes
from comity.brief.body_burden import burden
from comity.brief.body_operations import operations
from comity.brief.finding import Asked, known_subjects, read_subject
from comity.brief.sections.body_work import body_work
from comity.brief.sections.membership import how_it_holds, members
from comity.brief.sections.since import what_changed
from comity.brief.sections.tension import disputes_and_incidents
from comity.errors import BadRequest


def test_troops_of_one_member_against_another_are_told_as_such():
    text = said(asked(*CLUB, sent("ISL", "IRL", 2012, 2013, 2020), fought("FJI", "TON", 2005)))
    assert (
        "Troops of members fought others, while both were members: Iceland against the government of Ireland in "
        "2012–2013." in text
    )
    text = said(asked(*CLUB, fought("IRL", "ISL", 2012), sent("ISL", "IRL", 2012)))
    assert "Troops of members" not in text


def test_a_war_of_states_that_may_have_been_members_is_told_as_that():
    parts = body(start_date=date(2000, 1, 1)), joined(("ISL", None, None), ("IRL", 2001, None))
    found = next(each for each in sentences(asked(*parts, fought("IRL", "ISL", 1990, 2012))) if "fought" in each.text)
    assert found.text.startswith(
        "Of these that fought it is not known whether both were members then: Ireland and Iceland in 2012."
    )
    assert found.basis.bears(found.text)


def test_texts_of_all_members_say_nothing_of_pairs_and_texts_of_two_do():
    both = agreement("of two", ("ISL", "IRL"))
    everyone = agreement("of all", ("ISL", "IRL", "NZL"))
    three = body(), joined(("ISL", 2001, None), ("IRL", 2001, None), ("NZL", 2001, None))
    assert "Of the 3 pairs" not in said(asked(*three, everyone))
    found = next(each for each in sentences(asked(*three, everyone, both)) if "pairs of its" in each.text)
    assert found.text.startswith("Of the 3 pairs of its members, 1 is listed with a text of the two alone")
    assert found.basis.bears(found.text)


def test_what_all_members_did_and_met_is_told_of_a_small_body_alone():
    three = body(start_date=date(2018, 1, 1)), joined(*((code, 2018, None) for code in ("ISL", "IRL", "NZL")))
    codes = ("ISL", "IRL", "NZL")
    parts = (
        engagement("tri", date(2022, 3, 3), codes),
        engagement("early", date(2017, 3, 3), codes),
        engagement("wide", date(2023, 3, 3), (*codes, "FJI", "TON", "NOR")),
        engagement("own", date(2023, 4, 3), (*codes, "club")),
        incident("raid", date(2024, 5, 5), ("FJI:actor", "ISL:affected", "IRL:affected")),
        incident("one", date(2024, 6, 6), ("FJI:actor", "ISL:affected")),
        body("old", "Old Body", "OLD"),
        joined(*((code, 2001, 2020) for code in codes), item="old"),
    )
    subject = asked(*three, *parts)
    text = said(subject)
    assert "all its members together, the body itself not named as a party, in 2017–2026: Tri (3 Mar 2022)." in text
    shown = table(body_work(subject), "Engagements of all its members together, 2017–2026")
    assert [row.cells for row in shown.rows] == [("3 Mar 2022", "Tri", "exercise")]
    assert "The register lists 1 incident that touched most of its members in 2017–2026: Raid (5 May 2024)." in text
    assert "All its members left another body on one day: Old Body (1 June 2020)." in text
    assert all(each.basis.bears(each.text) for each in sentences(subject))


def test_an_operation_begun_before_the_window_is_told_beside_what_began_in_it():
    led = ("club:organiser", "ISL")
    old = engagement("old", date(2011, 3, 3), led, instrument="operation", status="ongoing", purposes=["warfighting"])
    over = engagement("over", date(2011, 3, 3), led, instrument="operation", purposes=["warfighting"],
                      end_date=date(2012, 1, 1), end_precision="day")  # fmt: skip
    text = said(asked(*CLUB, old, over, engagement("new", date(2022, 3, 3), ("club", "ISL"))))
    assert "begun in 2017–2026" in text
    assert "; 1 operation begun earlier ran on into these years." in text


def test_what_one_member_did_to_the_access_of_another_is_told_of_a_small_body():
    three = body(), joined(*((code, 2018, None) for code in ("ISL", "IRL", "NZL")))
    change = {"item": "x", "core_table": "engagement", "date": date(2020, 1, 1), "precision": "day"}
    change |= {"change_kind": "suspended", "access_kind": "overflight", "by_kind": "state", "by_party": "ISL"}
    change |= {"reason": "Said so.", "verification": "secondary"}
    rows = [change | {"of_parties": ["NZL"]}, change | {"of_parties": ["ISL"], "item": "own"}]
    assert [row["item"] for row in changes(asked(*three, {"access_change": rows}))[0]] == ["x"]


def test_a_member_whose_part_is_suspended_is_told_until_it_is_given_back():
    own = suspension("NZL", "organisation:club", date(2024, 2, 2))
    by_body = suspension("club", "ISL", date(2023, 3, 3))
    subject = asked(*CLUB, own, by_body, since=2022)
    text = said(subject)
    assert (
        "New Zealand (2 Feb 2024) suspended its own participation; the body suspended the participation of Iceland"
        " (3 Mar 2023);" in text
    )
    rows = {row.cells[0]: row.cells[-1] for row in table(members(subject), "Who belongs").rows}
    assert rows == {"Iceland": "3 Mar 2023", "New Zealand": "2 Feb 2024", "Ireland": None}
    changed = table(what_changed(subject), "Members that joined or left since 2022, or whose part was suspended")
    assert [row.cells for row in changed.rows] == [
        ("2 Feb 2024", "New Zealand", "part suspended"),
        ("3 Mar 2023", "Iceland", "part suspended"),
    ]
    back = suspension("NZL", "organisation:club", date(2025, 5, 5), "restored")
    assert "suspended" not in said(asked(*CLUB, own, back))
    assert "suspended" not in said(asked(*CLUB, own, year=2023))


def test_the_summary_of_a_body_stands_before_its_members_but_not_before_it_was_written():
    told = body(summary="A club that slept from 2008 to 2017.")
    notes = [
        [block.text for block in members(asked(told, CLUB[1], year=year)) if isinstance(block, Note)]
        for year in (None, 2020)
    ]
    assert notes == [["A club that slept from 2008 to 2017."], []]


def test_a_gap_of_a_published_list_is_said_to_be_perhaps_one_of_the_list():
    twice = (("ISL", 2001, 2005), ("ISL", 2009, None), ("IRL", 2001, None))
    parts = body(source="cow_igo"), joined(*twice, source="cow_igo")
    assert "a gap of the list and no withdrawal" in table(members(asked(*parts)), "Who belongs").note
    assert not table(members(asked(body(), joined(*twice))), "Who belongs").note


def test_what_members_bear_is_of_the_last_year_of_each_list_and_names_every_member():
    fact = {"fact": "military_expenditure_gdp_share", "state": "ISL", "item": "", "source": "wars"}
    facts = {"state_year_fact": [fact | {"year": 2018, "value": 0.01}, fact | {"year": 2024, "value": 0.025}]}
    (found,) = burden(asked(*CLUB, facts))
    assert [row.cells[:3] for row in found.rows] == [("Iceland", "2.5%", "2024"), ("New Zealand", None, None)]
    assert "Of 1 member no list tells." in found.note
    assert burden(asked(*CLUB)) == []


def test_operations_are_those_of_the_body_and_not_events_in_them():
    led = ("club:organiser", "ISL")
    mandated = engagement("patrol", date(2019, 5, 5), led, instrument="operation", purposes=["maritime_security"])
    parts = (
        mandated,
        engagement(
            "war", date(2011, 3, 3), led, instrument="operation", end_date=date(2011, 9, 9), end_precision="day"
        ),
        engagement("school", date(2015, 1, 1), led, instrument="training", status="ongoing"),
        engagement("medals", date(2020, 1, 1), led, instrument="operation"),
        engagement("ship", date(2020, 2, 2), led, instrument="operation", purposes=["warfighting"], level="working"),
        engagement("leaving", date(2020, 3, 3), ("club", "ISL"), instrument="peacekeeping"),
    )
    (found,) = operations(asked(*CLUB, *parts))
    assert [row.cells[2] for row in found.rows] == ["Patrol", "School", "War"]
    assert "Not listed here: 3 entries on one state’s part" in found.note
    assert operations(asked(*CLUB)) == []


def test_absence_is_said_of_the_body_and_not_of_its_members():
    inside = incident("clash", date(2024, 5, 5), ("ISL:actor", "NZL:affected"))
    known = {"register": (covered(("incident",), "incomplete", 1945, 2026),)}
    subject = read_subject(MemoryStore(together(LATE, *CLUB, inside), known), ("club",), Asked(None, None, TODAY))
    notes = [block.text for block in disputes_and_incidents(subject) if isinstance(block, Note)]
    assert any("No incident of the organization itself is listed by the register." in text for text in notes)


def test_a_day_before_the_body_was_there_is_refused():
    with pytest.raises(BadRequest, match="CLUB did not exist yet on 31 December 1999: it is listed from 1 Jun 2001 on"):
        asked(*CLUB, year=1999)


PACT = body("igo/wpact", "Warsaw Treaty Organization", "WPact", source="cow_igo", end_date=date(1991, 12, 31))


@pytest.mark.parametrize("words", [("Warsaw", "Pact"), ("Warsaw Pact",)])
def test_a_body_known_by_another_name_is_offered_by_the_word_they_share(words):
    with pytest.raises(BadRequest, match=r"nearest: Warsaw Treaty Organization \(igo/wpact\)"):
        asked(PACT, words=words)


def test_every_body_that_is_accepted_is_listed_once():
    other = body("igo/club", "Club of others", "CLUB", source="cow_igo")
    store = MemoryStore(together(LATE, *CLUB, other, PACT))
    found = [key for kind, key, _ in known_subjects(store) if kind == "organisation"]
    assert found == ["club", "igo/wpact"]


def test_a_body_without_members_of_the_state_system_is_told_without_measures():
    subject = asked(PACT, joined(("DDR", 1955, None), item="igo/wpact", source="cow_igo"), words=("WPACT",))
    assert how_it_holds(subject) == []
    assert sentences(subject)[0].text.startswith("It ended on 31 December 1991")
