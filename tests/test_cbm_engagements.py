"""Engagements of the register, of own records and of a store as activities: what is found, told and filled in."""

from __future__ import annotations

from datetime import date

import pytest

from brief_samples import MemoryStore, engagement, together
from cli_samples import strict
from comity.cbm import Activity, activities_of, check, recorded, stored
from comity.cbm.audit import exercises
from comity.cbm.engagements import plain_activity
from comity.errors import BadRequest
from comity.record import Shelf, own_shelf

NOTICE = "vd11.v.40_1.exercise"
SERIES = """
kind: series
name: Shield
instrument: exercise
domains: [land, air]
parties: [{party: POL, role: host}, DEU, {party: SWE, role: observer}, "organisation:nato"]
verification: unverified
summary: Exercises.
editions:
  - name: Shield 2026
    start_date: 2026-05-04
    end_date: 2026-05-15
    personnel_count: 9500
    verification: unverified
    summary: Held.
  - name: Shield 2028
    status: planned
    start_date: 2028-05
    personnel_count: 9500
    verification: unverified
    summary: To be held.
  - {name: Shield 2027, status: cancelled, start_date: 2027-05-03, verification: unverified, summary: Called off.}
  - {name: Hidden 2029, status: planned, start_date: 2029-05, label: owner, verification: unverified, summary: To be.}
"""
VISIT = """
kind: engagement
name: A call
instrument: port_call
start_date: 2026-06-01
parties: [FRA, {party: JPN, role: host}]
verification: unverified
summary: A visit.
"""
TALK = VISIT.replace("port_call", "dialogue")


@pytest.fixture
def shelf(tmp_path):
    for name, text in {"series/shield": SERIES, "series/sword": SERIES.replace("Shield 2026", "Sword 2026")}.items():
        path = tmp_path / f"{name}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    (tmp_path / "engagement").mkdir()
    (tmp_path / "engagement" / "a-call.yml").write_text(VISIT)
    (tmp_path / "engagement" / "a-talk.yml").write_text(TALK)
    return Shelf(tmp_path)


def names(found):
    return [where for where, _ in found]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("series/shield/shield-2026", ["shield/shield-2026"]),
        ("shield/shield-2026", ["shield/shield-2026"]),
        ("sword-2026", ["sword/sword-2026"]),  # the only edition of that name
        (
            "shield",
            ["shield/shield-2026", "shield/shield-2028", "shield/hidden-2029"],
        ),  # what was called off is not held
        ("shield/shield-2027", ["shield/shield-2027"]),  # but may be asked about
        ("engagement/a-call", ["a-call"]),
        ("a-call", ["a-call"]),
    ],
)
def test_an_address_finds_its_engagements(shelf, address, found):
    assert names(recorded(address, shelf, "owner")) == found


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("shild", "there is no record 'shild'; nearest is 'shield'"),
        ("sword-2025", "there is no record 'sword-2025'; nearest is 'sword-2026'"),
        ("shield/shield-2025", "'shield' has no edition 'shield-2025'; nearest is 'shield-2028'"),
        ("shield/x", "it has shield-2026, shield-2028"),
        ("shield-2028", "'shield-2028' is an edition of several series: shield/shield-2028, sword/shield-2028"),
        ("engagement/shield", "there is no engagement 'shield'; there is series/shield"),
    ],
)
def test_a_name_that_is_nearly_right_says_what_is_near(shelf, address, said):
    with pytest.raises(BadRequest) as caught:
        recorded(address, shelf, "owner")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_an_audience_may_not_see_is_not_there(shelf):
    assert names(recorded("shield", shelf, "public")) == ["shield/shield-2026", "shield/shield-2028"]
    with pytest.raises(BadRequest, match="no edition 'hidden-2029'"):
        recorded("shield/hidden-2029", shelf, "public")


def test_a_record_tells_hosts_parties_size_and_days_and_nothing_else(shelf):
    ((_, plain),) = recorded("shield/shield-2026", shelf, "owner")
    assert plain == {
        "type": "field_exercise",
        "name": "Shield 2026",
        "host": ["POL"],
        "parties": ["DEU"],
        "start": date(2026, 5, 4),
        "end": date(2026, 5, 15),
        "troops": 9500,
    }
    assert recorded("a-call", shelf, "owner")[0][1]["type"] == "naval_visit"


def test_a_day_known_to_the_month_is_judged_by_its_rules_and_counts_no_deadline(shelf):
    (planned,) = activities_of(recorded("shield/shield-2028", shelf, "owner"))
    row = check(planned)[0].by_rule[NOTICE]
    assert planned.day == date(2028, 5, 1)
    assert (row.triggered, row.due, row.missing) == (True, None, ("start",))
    assert check(planned)[0].by_rule["vd11.vii.calendar"].due == date(2027, 11, 15)  # the year is known


def test_keys_that_are_given_go_before_what_is_recorded(shelf):
    found = recorded("shield/shield-2028", shelf, "owner")
    (asked,) = activities_of(found, {"start": "2028-05-08", "troops": "8000", "tanks": "260", "host": ["POL", "DEU"]})
    assert (asked.hosts, asked.values["troops"], asked.values["tanks"]) == (("POL", "DEU"), 8000, 260)
    assert asked.day == date(2028, 5, 8)
    (bare,) = activities_of(found, {"troops": ""})
    assert "troops" not in bare.values
    with pytest.raises(BadRequest, match="shield/shield-2028: tropps: 'tropps' is no key of an activity; nearest is"):
        activities_of(found, {"tropps": "1"})


def test_what_is_no_military_activity_must_say_what_it_is(shelf):
    talk = recorded("a-talk", shelf, "owner")
    with pytest.raises(BadRequest, match="a-talk: type is not given"):
        activities_of(talk)
    assert activities_of(talk, {"type": "naval_visit"})[0].type == "naval_visit"


def test_the_store_and_the_record_give_one_activity(shelf):
    held = engagement("anakonda-2016", date(2016, 6, 7), ("POL:host", "DEU"), personnel_count=31000, domains=["land"])
    store = MemoryStore(together(held))
    ((where, plain),) = stored("anakonda-2016", store)
    (past,) = exercises(store)
    assert Activity.from_dict(plain, "") == past.activity.__class__.from_dict(plain, "")
    assert (past.activity.hosts, past.activity.values["troops"], past.activity.day) == (("POL",), 31000, plain["start"])
    assert stored(where, store) == [(where, plain)]
    assert stored("nothing", store) == []


def test_an_end_before_the_start_or_known_to_the_month_is_left_out():
    row = {"instrument": "exercise", "name": "x", "domains": [], "hosts": ["POL"], "parties": []}
    row |= {"start_date": date(2027, 5, 3), "start_precision": "day", "end_precision": "day"}
    assert "end" not in plain_activity(row | {"end_date": date(2027, 5, 1)})
    assert "end" not in plain_activity(row | {"end_date": date(2027, 5, 31), "end_precision": "month"})
    assert plain_activity(row | {"end_date": date(2027, 5, 9)})["end"] == date(2027, 5, 9)


# Commands


def test_the_shipped_register_suffices(run, tmp_path):
    home = tmp_path / "no-store"
    rows = strict(run("cbm", "check", "series/anakonda/anakonda-2016", "--json", home=home).stdout)
    found = {row["rule"]: row for row in rows}
    assert (found[NOTICE]["triggered"], found[NOTICE]["activity"]) == (True, "Anakonda 2016")
    assert "nearest is 'anakonda'" in run("cbm", "check", "anakondo", home=home).output
    assert recorded("anakonda/anakonda-2016", own_shelf(home), "public")


def test_files_and_records_mixed_are_a_list_of_lists(run, tmp_path):
    plan = tmp_path / "plan.yml"
    plan.write_text("{name: Plan, type: field_exercise, host: POL, start: 2016-09-01, troops: 9000}")
    found = strict(run("cbm", "check", plan, "anakonda/anakonda-2016", "--json").stdout)
    assert [rows[0]["activity"] for rows in found] == ["Plan", "Anakonda 2016"]
    assert all(isinstance(row, dict) for row in strict(run("cbm", "check", plan, "--json").stdout))
    both = strict(run("cbm", "check", "series/anakonda", "--json").stdout)
    assert len(both) > 2


def test_what_a_record_lacks_can_be_filled_in(run):
    named = ("cbm", "check", "anakonda/anakonda-2016", "--json")
    filled = ("--with", "tanks=0", "--with", "fixed_wing_sorties=250", "--with", "no_notice=false")
    before, after = ({row["rule"]: row for row in strict(run(*named, *more).stdout)} for more in ((), filled))
    assert before["vd11.v.40_1_2.air"]["triggered"] == "cannot_tell"
    assert after["vd11.v.40_1_2.air"]["triggered"] is True
    outside = strict(run(*named, "--with", "zone=outside_osce_csbm").stdout)
    assert {row["rule"]: row for row in outside}[NOTICE]["why"] == "outside zone"
    assert "is not KEY=VALUE" in run(*named, "--with", "troops").output
    assert "is given twice" in run(*named, "--with", "troops=1", "--with", "troops=2").output


def test_a_draft_and_a_calendar_take_records_too(run):
    made = strict(
        run("cbm", "draft", "anakonda/anakonda-2016", "--rule", NOTICE, "--with", "tanks=300", "--json").stdout
    )
    told = [text for point in made[0]["points"] for text in point["told"]]
    assert {"Anakonda 2016", "battle tanks: 300"} <= set(told)
    year = strict(run("cbm", "calendar", "POL", "2016", "--activities", "anakonda/anakonda-2016", "--json").stdout)
    assert NOTICE in {entry["rule"] for entry in year["entries"]}


def test_own_records_are_the_owner_s(run, tmp_path):
    (tmp_path / "records" / "series").mkdir(parents=True)
    (tmp_path / "records" / "series" / "own-shield.yml").write_text(SERIES)
    rows = strict(run("cbm", "check", "own-shield/shield-2026", "--json", home=tmp_path).stdout)
    assert NOTICE in {row["rule"] for row in rows if row["triggered"] is True}
    hidden = run("cbm", "check", "own-shield/shield-2026", home=tmp_path, before=("--audience", "public"))
    assert hidden.exit_code == 1
    assert "there is no record 'own-shield'" in hidden.output
