"""What is made of a check: a year of duties, a calendar file, a draft notification, a page."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import docx
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from cbm_samples import STATES, WORDS, activities
from comity.cbm import Activity, check, load_regimes, yearly_duties
from comity.cbm.agenda import agenda
from comity.cbm.draft import draft, draft_text
from comity.cbm.draft_word import draft_document
from comity.cbm.groups import groups, others
from comity.cbm.ics import calendar_file
from comity.cbm.page import calendar_page, check_page
from comity.errors import BadRequest

DAY = date(2027, 1, 15)
SHIELD = {"type": "field_exercise", "name": "Shield", "host": "POL", "parties": ["DEU"], "place": "A range"}
SHIELD |= {"start": "2027-05-03", "end": "2027-05-14", "troops": 14200, "tanks": 180}
plans = st.lists(activities(), max_size=3)
states = st.sampled_from(STATES)
years = st.integers(1975, 2036)


def checked(*raws, **options):
    return check([Activity.from_dict(raw) for raw in raws], as_of=DAY, **options)


# Agenda


@settings(max_examples=60)
@given(plans, states, years)
def test_a_year_holds_the_days_of_its_year_in_order_and_no_number_from_memory(raws, state, year):
    made = agenda(state, year, checked(*raws))
    assert all(entry.day.year == year for part in (made.entries, made.aids, made.stopped) for entry in part)
    assert [entry.day for entry in made.entries] == sorted(entry.day for entry in made.entries)
    assert all(not entry.row.is_reading_aid and not entry.row.is_stopped for entry in made.entries)
    assert all(entry.row.is_reading_aid for entry in made.aids)
    assert all(entry.row.is_stopped and entry.row.binding == "none" for entry in made.stopped)
    assert all(not entry.row.is_stopped for entry in made.untold)
    assert all(state in entry.row.obliged for part in (made.entries, made.aids, made.stopped) for entry in part)


@settings(max_examples=40)
@given(plans, states, years)
def test_a_rule_that_is_named_moves_from_the_aids_to_the_entries_and_nothing_else_does(raws, state, year):
    found = checked(*raws)
    plain = agenda(state, year, found)
    named = agenda(state, year, found, named=[entry.row.rule for entry in plain.aids])
    assert named.aids == ()
    assert Counter(e.row.rule for e in named.entries) == Counter(e.row.rule for e in plain.entries + plain.aids)
    assert (named.stopped, named.untold) == (plain.stopped, plain.untold)


def test_no_triggered_duty_with_a_day_in_the_year_is_lost():
    found = checked(SHIELD)
    made = agenda("POL", 2027, found)
    shown = {entry.row.rule for part in (made.entries, made.aids, made.stopped) for entry in part if entry.activity}
    owed = {row.rule for row in found[0].triggered if row.due and row.due.year == 2027 and "POL" in row.obliged}
    assert owed == shown >= {"vd11.v.40_1.exercise", "vd11.vi.observation"}
    assert "vd11.v.40_1.exercise" in {entry.row.rule for entry in made.entries}
    assert "vd11.vi.observation" in {entry.row.rule for entry in made.aids}  # its day is from memory
    assert not {"vd11.v.40_1.exercise"} & {entry.row.rule for entry in agenda("DEU", 2027, found).entries}


def test_what_a_state_no_longer_gives_stands_apart():
    made = agenda("RUS", 2027)
    assert "vd11.i.aemi" in {entry.row.rule for entry in made.stopped}
    assert "vd11.i.aemi" not in {entry.row.rule for entry in (*made.entries, *made.aids, *made.untold)}


def test_what_may_be_due_in_another_year_is_not_of_this_one():
    unsure = SHIELD | {"troops": None, "tanks": None}
    of = {year: {entry.row.rule for entry in agenda("POL", year, checked(unsure)).untold} for year in (2026, 2027)}
    assert "vd11.v.40_1.exercise" in of[2027] - of[2026]


def test_other_yearly_duties_can_be_given():
    held = yearly_duties("POL", 2027, as_of=date(2027, 12, 14))
    found = {entry.row.rule: entry.row.days_left for entry in agenda("POL", 2027, yearly=held).entries}
    assert found["vd11.i.aemi"] == 1
    assert agenda("POL", 2027, yearly=()).to_dict()["entries"] == []


# Calendar file


@settings(max_examples=25)
@given(plans, states, years, st.lists(st.integers(0, 90), max_size=3, unique=True))
def test_a_calendar_file_has_each_entry_once_with_its_alarms(raws, state, year, leads):
    made = agenda(state, year, checked(*raws))
    written = calendar_file(made, leads, DAY)
    assert written == calendar_file(made, leads, DAY)
    events = Calendar.from_ical(written).walk("VEVENT")
    assert sorted((str(one["summary"]), one.decoded("dtstart")) for one in events) == sorted(
        (entry.title, entry.row.due) for entry in made.entries
    )
    assert len({str(one["uid"]) for one in events}) == len(events)
    for one in events:
        assert sorted(alarm.decoded("trigger") for alarm in one.walk("VALARM")) == sorted(
            timedelta(days=-lead) for lead in leads
        )


def test_two_plans_without_a_name_on_one_day_are_two_events():
    plan = {key: value for key, value in SHIELD.items() if key != "name"}
    events = Calendar.from_ical(calendar_file(agenda("POL", 2027, checked(plan, plan)))).walk("VEVENT")
    notices = [str(one["uid"]) for one in events if "40_1.exercise" in str(one["uid"])]
    assert len(set(notices)) == len(notices) == 2


def test_an_event_says_to_whom_and_how_it_stands():
    events = Calendar.from_ical(calendar_file(agenda("POL", 2027, checked(SHIELD)), [1, 7])).walk("VEVENT")
    told = next(str(one["description"]) for one in events if "40_1" in str(one["uid"]))
    assert "To: all other participating States by OSCE Communications Network" in told
    assert "Binding: political. Status: eroded." in told
    alarms = [str(alarm["description"]) for one in events for alarm in one.walk("VALARM")]
    assert {text.split(":")[0] for text in alarms} == {"In 1 day", "In 7 days"}


# Draft


RULES = {rule: held for rule, held in load_regimes().rules.items() if held.rule.content}


@settings(max_examples=60)
@given(activities())
def test_a_draft_asks_what_the_rule_asks_in_its_order_and_guesses_nothing(raw):
    activity = Activity.from_dict(raw)
    for row in check([activity])[0].rows:
        if row.rule not in RULES:
            continue
        made = draft(row, activity)
        assert [point.asked for point in made.points] == list(RULES[row.rule].rule.content)
        assert [point.number for point in made.points] == list(range(1, len(made.points) + 1))
        text = draft_text(made)
        assert text.count("[MISSING]") == len(made.missing)
        assert [line for line in text.splitlines() if re.match(r"\d+\. ", line)] == [
            f"{point.number}. {point.asked}" for point in made.points
        ]
        for point in made.points:
            assert len(set(point.told)) == len(point.told)


def test_an_activity_that_says_nothing_leaves_every_number_and_date_open():
    activity = Activity.from_dict({"type": "field_exercise", "host": "POL"})
    made = draft(check([activity])[0].by_rule["vd11.v.40_1.exercise"], activity)
    told = {point.asked: point.told for point in made.points if point.told}
    assert all(text.startswith("Poland") for texts in told.values() for text in texts), told
    for word in ("tanks", "troops", "date", "area", "sorties"):
        asked = [point.asked for point in made.points if word in point.asked]
        assert asked
        assert set(asked) <= set(made.missing), word


def test_a_draft_of_a_full_activity_holds_its_numbers():
    found = checked(SHIELD)[0]
    text = draft_text(draft(found.by_rule["vd11.v.40_1.exercise"], found.activity))
    for told in ("14,200", "180", "start: 2027-05-03", "Due: 2027-03-22", "Shield", "From: Poland"):
        assert told in text
    assert "points are missing" in text


def test_a_word_within_another_word_is_not_asked_for():
    activity = Activity.from_dict(SHIELD | {"start": "2027-05-03"})
    row = next(iter(check([activity])[0].rows))
    asked = ("maritime relationship", "update of policy", "number of tanks")
    held = replace(row.held, rule=msgspec.structs.replace(row.held.rule, content=asked))
    points = draft(msgspec.structs.replace(row, held=held), activity).points
    assert [bool(point.told) for point in points] == [False, False, True]


def test_a_draft_opens_as_a_word_document_with_gaps_in_bold():
    found = checked(SHIELD)[0]
    made = draft(found.by_rule["vd11.v.40_1.exercise"], found.activity)
    document = docx.Document(io.BytesIO(draft_document(made)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts == [line.strip() for line in draft_text(made).splitlines() if line]
    bold = [p for p in document.paragraphs if p.runs and p.runs[0].bold and p.text == "[MISSING]"]
    assert len(bold) == len(made.missing) > 0


def test_a_rule_without_points_has_no_draft():
    found = checked(SHIELD)[0]
    row = next(row for row in found.rows if not row.held.rule.content)
    with pytest.raises(BadRequest, match="lists no points"):
        draft(row, found.activity)


# Page


@settings(max_examples=60)
@given(activities())
def test_every_row_is_in_one_group_of_the_page(raw):
    rows = check([Activity.from_dict(raw)])[0].rows
    grouped = [row.rule for group in groups(rows) for row in group.rows] + [row.rule for row in others(rows)]
    assert Counter(grouped) == Counter(row.rule for row in rows)
    duties = next((group.rows for group in groups(rows) if group.key == "duties"), ())
    assert all(row.is_binding and not row.is_stopped for row in duties)


@settings(max_examples=20)
@given(plans.filter(bool))
def test_a_page_shows_every_rule_and_fetches_nothing(raws):
    found = checked(*raws)
    page = check_page(found, DAY)
    assert page == check_page(found, DAY)
    for one in found:
        assert all(f"<code>{row.rule}</code>" in page for row in one.rows)
    assert_alone(page)


def assert_alone(page):
    """A page has no script, and names an outside address in links alone."""
    assert not re.search(r"<(script|link|iframe|img|object|embed)\b|@import|url\(|\bsrc=|\bon\w+=\"", page)
    assert all(mark == 'href="' for mark in re.findall(r'(\S{0,6}?)https?://[^"<\s]+(?=")', page))


HOSTILE = "\"><script>alert(1)</script>&<b x='"


def test_hostile_text_is_escaped_on_every_page():
    found = checked(SHIELD | {"name": HOSTILE, "place": HOSTILE})
    for page in (check_page(found, DAY), calendar_page(agenda("POL", 2027, found), DAY)):
        assert "<script" not in page
        assert "<b x=" not in page
        assert "&lt;script&gt;" in page


def test_a_page_says_what_is_from_memory_and_what_is_late():
    page = check_page(check([Activity.from_dict(SHIELD)], as_of=date(2027, 3, 24)), date(2027, 3, 24))
    assert "2 days late" in page
    assert '<span class="badge memory" title="K-hi">from memory, likely</span>' in page
    assert page.count('scope="col"') == 4 * page.count("<table>") + 2 * page.count('<table class="plain">')
    assert page.count("<h1") == 1


def test_a_calendar_page_has_each_entry_and_stands_alone():
    made = agenda("RUS", 2027, checked(SHIELD))
    page = calendar_page(made, DAY)
    parts = (made.entries, made.aids, made.stopped, made.untold)
    assert all(f"<code>{entry.row.rule}</code>" in page for part in parts for entry in part)
    assert 'class="stopped"' in page
    assert_alone(page)


def test_every_kind_of_activity_can_be_put_on_a_page():
    for kind in WORDS.activities:
        assert_alone(check_page(checked({"type": kind, "host": "POL", "start": "2027-05-03"}), DAY))
