"""The command `comity cbm calendar`: whose year, which rules, and the days ahead of an alarm."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from cli_samples import strict
from comity.cli import main

PLAN = "type: field_exercise\nhost: POL\nzone: osce_csbm\nstart: 2027-05-03\ntroops: 14200\n"


@pytest.fixture
def calendar(tmp_path):
    (tmp_path / "plan.yml").write_text(PLAN, encoding="utf-8")

    def run(*words):
        home = {"COMITY_HOME": str(tmp_path / "no-store")}
        planned = ["--activities", str(tmp_path / "plan.yml")]
        return CliRunner(env=home).invoke(main, ["cbm", "calendar", *words, *planned])

    return run


def test_a_rule_that_is_named_is_entered_and_one_that_is_none_is_refused_with_the_nearest(calendar):
    entries = strict(calendar("POL", "2027", "--with", "vd11.vi.observation", "--json").output)["entries"]
    assert "vd11.vi.observation" in {entry["rule"] for entry in entries}
    answer = calendar("POL", "2027", "--with", "vd11.vi.observaton")
    assert answer.exit_code != 0
    assert "'vd11.vi.observaton' is no rule; nearest is 'vd11.vi.observation'" in answer.output


@pytest.mark.parametrize(("word", "year", "code"), [("DDR", "1989", "DDR"), ("Soviet Union", "1988", "RUS")])
def test_a_year_of_a_state_of_its_time(calendar, word, year, code):
    answer = calendar(word, year, "--json")
    assert (answer.exit_code, strict(answer.output)["state"]) == (0, code)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("DDR", "'DDR' names no state today; it named DDR from 1949-10-05 to 1990-10-02"),
        ("Atlantis", "'Atlantis' is no state comity knows"),
    ],
)
def test_a_year_of_no_state_is_refused(calendar, word, said):
    answer = calendar(word, "2027")
    assert answer.exit_code != 0
    assert said in answer.output


@pytest.mark.parametrize("lead", ["-1", "99999999999"])
def test_an_alarm_after_the_day_or_of_no_calendar_is_refused(calendar, tmp_path, lead):
    answer = calendar("POL", "2027", "--lead", lead, "-o", str(tmp_path / "x.ics"))
    assert answer.exit_code == 2
    assert f"{lead} is not in the range 0<=x<=3660" in answer.output
    assert not (tmp_path / "x.ics").exists()


def test_an_alarm_of_the_day_itself_says_today(calendar, tmp_path):
    assert calendar("POL", "2027", "--lead", "0", "--lead", "1", "-o", str(tmp_path / "x.ics")).exit_code == 0
    held = Calendar.from_ical((tmp_path / "x.ics").read_bytes())
    said = {str(alarm["description"]).partition(":")[0] for alarm in held.walk("VALARM")}
    assert said == {"Today", "In 1 day"}
