"""Briefs on organizations: when members fought each other, when a body was there, whose part is suspended, its work."""

from __future__ import annotations

from datetime import date

import pytest

from brief_samples import TODAY, MemoryStore, covered, engagement, incident, together
from comity.brief import Chart, Judgements, Note, Table
from comity.brief.body_burden import burden
from comity.brief.body_operations import operations
from comity.brief.finding import Asked, known_subjects, read_subject
from comity.brief.sections.acts import what_was_done
from comity.brief.sections.judgements import key_judgements
from comity.brief.sections.membership import how_it_holds, members
from comity.brief.sections.since import what_changed
from comity.brief.sections.tension import disputes_and_incidents
from comity.errors import BadRequest

WARS = {"wars": (covered(("conflict",), "complete", 1946, 2022),)}
LATE = engagement("of others", date(2026, 1, 5), ("FJI", "TON"))  # so that the store knows of this year


def body(item="club", name="The Invented Club", short_name="CLUB", **more):
    row = {"organisation": item, "name": name, "short_name": short_name, "organisation_kind": "forum"}
    return {"organisation": [row | {"known_until": date(2025, 1, 1), "verification": "primary"} | more]}


def joined(*spells, item="club", source="register"):
    row = {"organisation": item, "party_kind": "state", "role": "member", "known_until": date(2025, 1, 1)}
    row |= {"start_precision": "day", "end_precision": "day", "source": source}
    return {
        "organisation_member": [
            row | {"party": code, "start_date": date(start, 6, 1), "end_date": end and date(end, 6, 1)}
            for code, start, end in spells
        ]
    }


def fought(one, two, *years):
    row = {"fact": "interstate_conflict", "from_state": one, "to_state": two, "item": "1", "value": 1.0}
    return {"dyad_year_fact": [row | {"year": year, "source": "wars"} for year in years]}


def suspension(by, of, day, kind="suspended"):
    row = {"item": "club", "core_table": "organisation", "date": day, "precision": "day", "change_kind": kind}
    row |= {
        "access_kind": "membership",
        "by_party": by,
        "of_parties": [of],
        "reason": "Said so.",
        "verification": "secondary",
    }
    return {"access_change": [row | {"by_kind": "state" if by.isupper() else "organisation"}]}


def asked(*parts, year=None, since=None, words=("club",)):
    return read_subject(MemoryStore(together(LATE, *parts), WARS), words, Asked(year, since, TODAY))


def sentences(subject):
    return [each for block in key_judgements(subject) if isinstance(block, Judgements) for each in block.sentences]


def said(subject):
    return " ".join(each.text for each in sentences(subject))


def table(blocks, title):
    return next(block for block in blocks if isinstance(block, Table) and block.title.startswith(title))


CLUB = (body(), joined(("ISL", 2001, None), ("IRL", 2001, 2015), ("NZL", 2020, None)))


def test_members_that_fought_are_named_with_the_years_in_which_both_were_members():
    # Ireland left in 2015 and New Zealand came in 2020: only these years of each pair are of two members.
    wars = (fought("IRL", "ISL", 1999, 2014, 2015, 2016), fought("ISL", "NZL", 2019, 2021, 2022))
    text = said(asked(*CLUB, *wars))
    assert (
        "Iceland and New Zealand in 2021–2022; Ireland and Iceland in 2014–2015, each while both were members" in text
    )
    assert "Invented wars tells of 2001–2022" in text


@pytest.mark.parametrize(("year", "span"), [(None, "2001–2022"), (2010, "2001–2010")])
def test_that_no_members_fought_is_said_of_the_years_of_the_list(year, span):
    found = next(
        each for each in sentences(asked(*CLUB, fought("FJI", "TON", 2005), year=year)) if "armed" in each.text
    )
    assert found.text.startswith(
        f"No two members were in armed conflict with each other while both were members in {span}"
    )
    assert found.basis.bears(found.text)
    assert found.confidence == ("high" if year else "moderate")


def test_one_pair_that_fought_is_told_without_a_rate():
    found = next(each for each in sentences(asked(*CLUB, fought("ISL", "NZL", 2022))) if "armed" in each.text)
    assert found.text.startswith("Iceland and New Zealand were in armed conflict with each other in 2022, while both")
    assert found.basis.bears(found.text)


def test_a_body_that_ended_is_told_first_and_its_chart_ends_with_it():
    gone = body(end_date=date(2015, 6, 1), end_precision="day", start_date=date(2001, 6, 1), start_precision="day")
    subject = asked(gone, joined(("ISL", 2001, 2015), ("IRL", 2001, 2015), ("NZL", 2004, None)))
    first = sentences(subject)[0]
    assert first.text == "It ended on 1 June 2015; its last listed members were Ireland, Iceland and New Zealand."
    assert first.basis.bears(first.text)
    chart = next(block for block in members(subject) if isinstance(block, Chart))
    assert (chart.years, chart.total(2014), chart.total(2015)) == ((2001, 2015), 3, 0)
    assert chart.title.endswith("2001–2015, when it ended")
    assert "It has" not in said(subject)
    subject = asked(gone, joined(("ISL", 2001, 2015)), engagement("drill", date(2012, 1, 5), ("club", "ISL")))
    assert next(block for block in what_was_done(subject) if isinstance(block, Chart)).years == (2012, 2015)


def test_members_of_a_list_that_ends_early_are_told_as_of_its_end():
    old = [row | {"known_until": date(2014, 12, 31)} for row in joined(("ISL", 2001, None))["organisation_member"]]
    assert "It had 1 member when the list of them was last checked, in 2014." in said(
        asked(body(), {"organisation_member": old})
    )


def test_a_state_that_is_gone_is_no_member():
    assert "It has 1 member;" in said(asked(body(), joined(("DDR", 1955, None), ("ISL", 2001, None))))


def test_founders_founded_and_later_members_joined():
    subject = asked(body(), joined(("ISL", 2018, None), ("IRL", 2018, None), ("NZL", 2022, None)), since=2018)
    assert "It has 3 members; since 2016, Ireland and Iceland founded it and New Zealand joined." in said(subject)
    changes = {row.cells[1]: row.cells[2] for row in table(what_changed(subject), "Members that joined").rows}
    assert changes == {"Iceland": "founded it", "Ireland": "founded it", "New Zealand": "joined"}


def test_a_member_whose_part_is_suspended_is_told_until_it_is_given_back():
    own = suspension("NZL", "organisation:club", date(2024, 2, 2))
    by_body = suspension("club", "ISL", date(2023, 3, 3))
    subject = asked(*CLUB, own, by_body, since=2022)
    text = said(subject)
    assert (
        "New Zealand (2 Feb 2024) suspended its own part; the body suspended the part of Iceland (3 Mar 2023);" in text
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
