"""Briefs on organizations: who is a member since when, which members fought, when a body was there."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief_body_samples import CLUB, WARS, asked, body, fought, joined, said, sentences, table
from brief_samples import TODAY, MemoryStore, engagement, together
from comity.brief import Chart, Note
from comity.brief.bodies import all_known_from, members_on, states_on, untold_on
from comity.brief.body_changes import membership_changes
from comity.brief.finding import Asked, read_subject
from comity.brief.sections.acts import what_was_done
from comity.brief.sections.membership import members
from comity.brief.sections.since import what_changed
from comity.record import load_register


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
    since = body(start_date=date(2018, 1, 1), start_precision="year")
    subject = asked(since, joined(("ISL", 2018, None), ("IRL", 2018, None), ("NZL", 2022, None)), since=2018)
    assert "It has 3 members; since 2016, Iceland and Ireland founded it and New Zealand joined." in said(subject)
    changes = {row.cells[1]: row.cells[2] for row in table(what_changed(subject), "Members that joined").rows}
    assert changes == {"Iceland": "founded it", "Ireland": "founded it", "New Zealand": "joined"}


def test_without_the_day_on_which_a_body_began_nobody_is_told_to_have_founded_it():
    spells = joined(("ISL", None, None), ("NZL", 2022, None))
    for began in ({}, {"start_date": date(2002, 2, 1), "start_precision": "day"}):
        text = said(asked(body(**began), spells))
        assert "It has 2 members, 1 of them without a listed day of entry; since 2016, New Zealand joined." in text


def test_a_state_that_left_and_came_back_joined_again():
    text = said(asked(body(), joined(("ISL", 2001, None), ("NZL", 2003, 2007), ("NZL", 2021, None))))
    assert "since 2016, New Zealand joined again." in text


STATES = ("ISL", "IRL", "NZL", "FJI", "TON", "NOR")
spells_ = st.lists(
    st.tuples(st.sampled_from(STATES), st.none() | st.integers(1990, 2024), st.none() | st.integers(1991, 2024)).filter(
        lambda spell: not (spell[1] and spell[2]) or spell[1] < spell[2]
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda spell: spell[0],
)


@settings(max_examples=12, deadline=None)
@given(spells_, st.none() | st.integers(1995, 2024))
def test_members_of_a_day_are_those_not_ended_and_those_of_whom_it_is_not_known_stand_apart(spells, year):
    subject = asked(body(start_date=date(1989, 1, 1)), joined(*spells), year=year)
    day = date(year, 12, 31) if year else TODAY
    held = {row["state"] for row in members_on(subject, day)}
    untold = {row["state"] for row in untold_on(subject, day)}
    last = {code: date(end, 6, 1) if end else date.max for code, _, end in spells}
    assert held == {
        code
        for code, start, end in spells
        if last[code] >= day and (date(start, 6, 1) if start else min(last[code], date(2025, 1, 1))) <= day
    }
    assert untold == {code for code, start, _ in spells if start is None and min(last[code], date(2025, 1, 1)) > day}
    if year is None:
        assert held == {code for code, _, end in spells if end is None}
        assert not untold
    known = all_known_from(subject)
    assert known is None or known > day or not untold or len(untold) * 10 <= len(spells)


def test_members_of_the_day_are_the_rows_without_an_end_in_every_body_of_the_register():
    loaded = load_register().tables
    tables = {name: loaded[name].to_pylist() for name in ("organisation", "organisation_member")}
    today = max(row["known_until"] for row in tables["organisation"])
    store = MemoryStore(together(engagement("of others", today, ("FJI", "TON")), tables), WARS)
    gone = {row["organisation"] for row in tables["organisation"] if row["end_date"] and row["end_date"] <= today}
    wrong = {}
    for key in {row["organisation"] for row in tables["organisation"]} - gone:
        rows = [row for row in tables["organisation_member"] if row["organisation"] == key]
        rows = [row for row in rows if row["party_kind"] == "state" and row["role"] == "member"]
        expected = {row["party"] for row in rows if row["end_date"] is None or row["end_date"] >= today}
        found = set(states_on(read_subject(store, (key,), Asked(None, None, today))))
        if found != expected:
            wrong[key] = found ^ expected
    assert wrong == {}


def test_before_the_first_day_that_is_known_it_is_said_that_members_are_not_known():
    parts = body(), joined(("ISL", None, None), ("IRL", None, 2015), ("NZL", 2005, None))
    text = said(asked(*parts, year=2010))
    assert "On 31 December 2010, 1 member is known; of 2 states more it is not known" in text
    blocks = members(asked(*parts, year=2010))
    assert not any(isinstance(block, Chart) for block in blocks)
    rows = {row.cells[0]: (row.cells[1], row.group) for row in table(blocks, "Who belongs").rows}
    assert rows["Iceland"] == ("not known", "Member, whether by 31 December 2010 not known")
    assert rows["New Zealand"] == ("1 Jun 2005", "Member")
    notes = [block.text for block in blocks if isinstance(block, Note)]
    assert notes == [
        "Of 2 memberships it is not told since when: how many members there were before 1 January 2025 is not known."
    ]
    later = asked(*parts)
    assert "It has 2 members, 1 of them without a listed day of entry" in said(later)
    checked = [row | {"known_until": date(2019, 1, 1)} for row in parts[1]["organisation_member"]]
    chart = next(b for b in members(asked(body(), {"organisation_member": checked})) if isinstance(b, Chart))
    assert (chart.years, chart.total(2018), chart.total(2019)) == ((2019, 2026), None, 2)


def test_another_list_of_the_same_body_tells_since_when_where_its_own_does_not():
    own = joined(("ISL", None, None), ("IRL", None, 2015), ("NZL", None, None))
    lists = together(
        body("igo/club", "Club of others", "CLUB", source="cow_igo"),
        joined(("ISL", 2002, None), ("IRL", 2002, 2015), ("NZL", 2002, 2009), item="igo/club", source="cow_igo"),
    )
    subject = asked(body(), own, lists)
    blocks = members(subject)
    since = {row.cells[0]: row.cells[1] for row in table(blocks, "Who belongs").rows}
    assert since == {"Iceland": "1 Jun 2002", "Ireland": "1 Jun 2002", "New Zealand": "not known"}
    assert "cow_igo" in table(blocks, "Who belongs").cites
    assert {row["state"] for row in members_on(subject, date(2010, 1, 1))} == {"ISL", "IRL"}
    assert {row["state"] for row in untold_on(subject, date(2010, 1, 1))} == {"NZL"}


def test_a_brief_on_states_since_a_year_tells_which_bodies_they_joined_and_left():
    """Whoever founded a body, or left with its end, did not join or leave it; other roles and earlier days are none."""
    parts = (body(start_date=date(2020, 6, 1), start_precision="day"),
        joined(("ISL", 2022, None), ("IRL", 2020, 2024), ("MLT", 2021, 2023), ("NOR", 2022, None)))  # fmt: skip
    told = {}
    for words in (("ISL",), ("IRL", "MLT"), ("IRL",)):
        (shown,) = (
            each for each in what_changed(asked(*parts, since=2020, words=words)) if "Memberships" in each.title
        )
        told[words] = [(row.cells[0], row.cells[1], row.cells[3]) for row in shown.rows]
        assert all(row.cells[2] == "The Invented Club" for row in shown.rows)
    assert told[("ISL",)] == [("1 Jun 2022", "Iceland", "joined")]
    assert told[("IRL", "MLT")] == [
        ("1 Jun 2024", "Ireland", "left"),
        ("1 Jun 2023", "Malta", "left"),
        ("1 Jun 2021", "Malta", "joined"),
        ("1 Jun 2020", "Ireland", "founded it"),
    ]
    assert not membership_changes(asked(*parts, since=2025, words=("ISL",)))
    assert not membership_changes(asked(*parts, words=("ISL",)))
