"""Channels and past exercises read from a store, and the commands on activities, as they are meant to be used."""

from __future__ import annotations

from datetime import date, timedelta

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from brief_samples import MemoryStore, channel, engagement, together
from cli_samples import strict
from comity.cbm.audit import exercises, judged, tallies
from comity.cbm.lines import channels, health

DAY = date(2026, 6, 30)
PLAN = """
name: Shield
type: field_exercise
host: POL
start: 2027-05-03
end: 2027-05-14
troops: 14200
"""
NOTICE = "vd11.v.40_1.exercise"

# Channels


def store_of(*parts):
    return MemoryStore(together(*parts))


def test_channels_come_in_the_order_to_try_them():
    store = store_of(
        channel("silent", ("IND", "PAK"), status="dormant", last_used_date=date(2026, 6, 1)),
        channel("unknown", ("IND", "PAK"), status="unknown"),
        channel("old", ("IND", "PAK"), known_until=date(2019, 1, 1)),
        channel("used", ("IND", "PAK"), last_used_date=date(2026, 5, 1)),
        channel("ended", ("IND", "PAK"), end_date=date(2020, 1, 1)),
        channel("later", ("IND", "PAK"), start_date=date(2026, 7, 1)),
        channel("other", ("IND", "CHN")),
    )
    found = channels(store, ("PAK", "IND"), DAY)
    assert [line.name for line in found] == ["Used", "Old", "Unknown", "Silent", "Ended"]
    assert [line.status for line in found][-1] == "closed"
    assert found[0].parties == ("IND", "PAK")
    assert found[0].health == "said to be active, used 60 days ago; last checked 486 days ago"
    assert {line.name for line in channels(store, ["CHN"], DAY)} == {"Other"}
    assert channels(store, ["CHN", "PAK"], DAY) == ()


days = st.none() | st.dates(date(1960, 1, 1), date(2030, 1, 1))


@given(st.sampled_from(["active", "dormant", "suspended", "closed", "unknown"]), days, days)
def test_a_channel_is_called_active_only_when_it_was_checked_within_a_year(status, used, checked):
    said = health(status, used, checked, DAY)
    is_recent = checked is not None and checked >= DAY - timedelta(days=365)
    assert said.startswith("active") == (status == "active" and is_recent)
    assert ("no use known" in said) == (used is None)
    assert ("checked" in said) == (not is_recent)


# Past exercises


def held(*named, **more):
    parts = [engagement(name, date(2016, 6, 7), ("POL:host", "DEU"), **given) for name, given in named]
    return list(judged(exercises(store_of(*parts), **more)))


def by_name(found, rule=NOTICE):
    return {one.past.engagement: one.row for one in found if one.row.rule == rule}


def test_past_exercises_are_judged_by_what_is_known_of_their_size():
    found = held(("unsized", {}), ("big", {"personnel_count": 31000}), ("near", {"personnel_count": 8900}))
    rows = by_name(found)
    assert [rows[name].triggered for name in ("unsized", "big")] == [None, True]
    assert "troops" in rows["unsized"].missing
    assert rows["big"].due == date(2016, 4, 26)
    assert (rows["near"].triggered, rows["near"].margin, rows["near"].flag) == (None, 100, "near_threshold")
    assert [one.past.engagement for one in found if one.row.rule == NOTICE and one.is_near] == ["near"]
    assert all(not one.row.is_stopped and one.row.binding != "voluntary" for one in found)


def test_the_tally_counts_what_it_could_speak_of():
    parts = [
        engagement("unsized", date(2016, 6, 7), ("POL:host", "DEU")),
        engagement("big", date(2016, 6, 7), ("POL:host", "DEU"), personnel_count=31000),
        engagement("near", date(2016, 6, 7), ("POL:host", "DEU"), personnel_count=8900),
        engagement("abroad", date(2016, 6, 7), ("JPN:host", "POL"), personnel_count=31000),
        engagement("planned", date(2016, 6, 7), ("POL:host",), status="planned"),
        engagement("visit", date(2016, 6, 7), ("POL:host", "DEU"), instrument="visit"),
    ]
    made = {tally.rule: tally for tally in tallies(judged(exercises(store_of(*parts))))}
    tally = made[NOTICE]
    assert (tally.exercises, tally.triggered, tally.near, tally.untold) == (3, 1, 1, 2)
    assert tally.untold_share == 2 / 3
    assert all(one.triggered + one.untold <= one.exercises for one in made.values())


def test_each_is_judged_by_the_rules_of_its_day():
    parts = [engagement(f"y{year}", date(year, 6, 7), ("POL:host",), personnel_count=31000) for year in (1981, 1995)]
    found = {(one.past.engagement, one.row.rule) for one in judged(exercises(store_of(*parts))) if one.row.triggered}
    assert {("y1981", "hfa1975.manoeuvres"), ("y1995", "vd94.notify")} <= found
    assert not [rule for _, rule in found if rule.startswith("vd11")]


def test_years_limit_what_is_judged():
    parts = [engagement(f"y{year}", date(year, 6, 7), ("POL:host",)) for year in (2001, 2005, 2009)]
    found = list(exercises(store_of(*parts), (2002, 2008)))
    assert [one.engagement for one in found] == ["y2005"]


@pytest.mark.parametrize(("precision", "due"), [("day", "2016-04-26"), ("month", None), ("year", None)])
def test_no_day_is_due_for_an_exercise_whose_day_is_not_known(precision, due):
    found = held(("big", {"personnel_count": 31000, "start_precision": precision}))
    assert [one.to_dict()["due"] for one in found if one.row.rule == NOTICE] == [due]


def test_ships_and_aircraft_alone_are_of_their_kind():
    kinds = {
        "field_exercise": [[], ["land"], ["sea", "air", "land"], ["sea", "amphibious"], ["logistics"]],
        "naval_exercise": [["sea"], ["sea", "air"], ["sea", "information"]],
        "air_exercise": [["air"]],
        "cxp_or_ctx": [["cyber"]],
    }
    for kind, held_domains in kinds.items():
        parts = [engagement(f"e{n}", DAY, ("POL:host",), domains=one) for n, one in enumerate(held_domains)]
        assert {one.activity.type for one in exercises(store_of(*parts))} == {kind}


# Commands


@pytest.fixture
def plan(tmp_path):
    file = tmp_path / "plan.yml"
    file.write_text(PLAN)
    return file


def test_a_check_is_written_as_a_page(run, plan, tmp_path):
    out = tmp_path / "page.html"
    done = run("cbm", "check", plan, "-o", out, "--as-of", "2027-01-01")
    assert done.exit_code == 0, done.output
    page = out.read_text()
    assert "<h1" in page
    assert NOTICE in page
    assert "80 days left" in page
    refused = run("cbm", "check", plan, "-o", tmp_path / "page.pdf")
    assert refused.exit_code == 2
    assert "a page is written to .html" in refused.output


def test_a_calendar_is_shown_and_written(run, plan, tmp_path):
    made = strict(run("cbm", "calendar", "POL", "2027", "--activities", plan, "--json").stdout)
    assert {entry["rule"]: entry["day"] for entry in made["entries"]}[NOTICE] == "2027-03-22"
    out = tmp_path / "year.ics"
    assert run("cbm", "calendar", "POL", "2027", "--activities", plan, "-o", out, "--lead", "3").exit_code == 0
    assert len(Calendar.from_ical(out.read_bytes()).walk("VALARM")) == len(made["entries"])
    page = tmp_path / "year.html"
    assert run("cbm", "calendar", "POL", "2027", "--activities", plan, "-o", page).exit_code == 0
    assert all(entry["rule"] in page.read_text() for entry in made["entries"])
    named = strict(run("cbm", "calendar", "POL", "2027", "--with", "hcoc.annual", "--json").stdout)
    assert "hcoc.annual" in {entry["rule"] for entry in named["entries"]}
    assert run("cbm", "calendar", "POL", "2027", "-o", tmp_path / "year.txt").exit_code == 2
    assert "POL in 2027" in run("cbm", "calendar", "POL", "2027").output


def test_a_draft_is_shown_and_written(run, plan, tmp_path):
    made = strict(run("cbm", "draft", plan, "--rule", NOTICE, "--json").stdout)
    assert [point["number"] for point in made[0]["points"]] == list(range(1, len(made[0]["points"]) + 1))
    assert "[MISSING]" in run("cbm", "draft", plan).output
    out = tmp_path / "notice.docx"
    assert run("cbm", "draft", plan, "--rule", NOTICE, "-o", out).exit_code == 0
    assert "Draft notification under Vienna Document 2011" in docx.Document(out).paragraphs[0].text
    refused = run("cbm", "draft", plan, "--rule", "ind_pak.1991.naval")
    assert refused.exit_code != 0
    assert "could not apply to Shield" in refused.output
    small = tmp_path / "small.yml"
    small.write_text("{type: flight, host: NRU, start: 2027-01-01}")
    assert "no rule asks for a notice" in run("cbm", "draft", small).output


def test_channels_are_listed_for_one_state_and_between_two(run):
    both = strict(run("cbm", "channels", "IND", "Pakistan", "--json").stdout)
    assert both
    assert all({"IND", "PAK"} <= set(line["parties"]) for line in both)
    one = strict(run("cbm", "channels", "IND", "--json").stdout)
    assert {line["name"] for line in both} <= {line["name"] for line in one}
    assert "In the order to try them" in run("cbm", "channels", "IND", "PAK").output
    assert "there may still be one" in run("cbm", "channels", "NRU", "BOL").output
    assert run("cbm", "channels", "IND", "PAK", "CHN").exit_code == 2


def test_an_audit_shows_the_share_that_cannot_be_told(run):
    made = strict(run("cbm", "audit", "--since", "2012", "--until", "2021", "--json").stdout)
    tally = next(one for one in made if one["rule"] == NOTICE)
    assert 0 < tally["triggered"] < tally["exercises"]
    assert tally["untold_share"] == tally["untold"] / tally["exercises"]
    rows = strict(run("cbm", "audit", "--since", "2012", "--until", "2021", "--rule", NOTICE, "--json").stdout)
    assert len(rows) == tally["triggered"] + tally["near"]
    assert "cannot be told" in run("cbm", "audit", "--since", "2020", "--until", "2020").output
    assert "is no rule" in run("cbm", "audit", "--rule", "vd11.none").output
