"""The commands `comity cbm check` and `comity cbm rules`: what they show, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli_samples import strict
from comity.cbm import load_regimes
from comity.cli import _cbm_check, main

PRINTED = Path(__file__).parent / "cbm" / "printed.yml"
GOLDEN = Path(__file__).parent / "golden" / "cbm-check.txt"
KEYS = {"rule", "triggered", "due", "margin", "missing", "violations", "status", "binding", "shown_as", "why"}
ONE = "type: naval_exercise\nhost: PAK\nships_ge_frigate: 5\nenters_other_eez: true\nstart: 2027-03-01\n"


def run(*arguments):
    home = {"COMITY_HOME": str(PRINTED.parent / "no-store")}  # what is checked here needs none
    return CliRunner(env=home).invoke(main, ["cbm", *map(str, arguments)])


def test_what_a_file_of_activities_brings_about(golden):
    answer = run("check", PRINTED, "--as-of", "2026-11-23").output
    if golden:
        GOLDEN.write_text(answer)
    assert answer == GOLDEN.read_text()


def test_one_activity_is_a_list_of_rows(tmp_path):
    (tmp_path / "one.yml").write_text(ONE)
    rows = strict(run("check", tmp_path / "one.yml", "--as-of", "2027-01-01", "--json").output)
    naval = next(row for row in rows if row["rule"] == "ind_pak.1991.naval")
    assert (naval["triggered"], naval["margin"]) == (False, 1)
    assert all(row.keys() >= KEYS for row in rows)


def test_several_activities_are_a_list_of_such_lists():
    lists = strict(run("check", PRINTED, "--json").output)
    assert len(lists) == 9
    assert {row["activity"] for row in lists[0]} == {"big NATO exercise in Poland"}
    assert "cannot_tell" in {row["triggered"] for rows in lists for row in rows}


def test_a_list_of_one_is_still_a_list(tmp_path):
    (tmp_path / "list.yml").write_text("activities:\n  - " + ONE.replace("\n", "\n    "))
    assert len(strict(run("check", tmp_path / "list.yml", "--json").output)) == 1


def test_every_rule_that_does_not_apply_is_shown_when_asked():
    short, whole = (run("check", PRINTED, *more).output for more in ((), ("--all",)))
    assert "more do not apply; --all shows why" in short
    assert "outside zone" in whole
    assert "--all shows why" not in whole


def test_a_place_tells_of_the_zone(tmp_path):
    there = "type: field_exercise\nhost: RUS\ntroops: 14000\nstart: 2027-09-01\nlat: {}\nlon: {}\n"
    found = {}
    for name, latitude, longitude in (("west", 54.71, 20.51), ("east", 55.03, 82.92)):
        (tmp_path / name).write_text(there.format(latitude, longitude))
        rows = strict(run("check", tmp_path / name, "--json").output)
        found[name] = next(row["triggered"] for row in rows if row["rule"] == "vd11.v.40_1.exercise")
    assert found == {"west": True, "east": False}


def test_on_a_terminal_a_rule_has_two_lines(monkeypatch):
    monkeypatch.setattr(_cbm_check, "is_terminal", lambda: True)
    lines = run("check", PRINTED, "--as-of", "2026-11-23").output.splitlines()
    at = lines.index(" vd11.v.40_1.exercise  POL  2027-03-22, 119 days left")
    assert lines[at + 1].rstrip() == "     notify by 2027-03-22 (eroded): troops 14200 >= 9000"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("type: exercise\n", "plan.yml: activity: type: 'exercise' is no activity"),
        (ONE + "mood: good\n", "plan.yml: activity: mood: 'mood' is no key of an activity"),
        ("- name: a\n  activity: {type: flight}\n  color: red\n", "plan.yml: a: 'color' stands beside activity"),
        ("- 7\n", "plan.yml: entry 1: '7' is not a mapping of keys"),
        ("", "plan.yml: no activity in it"),
        ("type: [", "plan.yml: line "),
    ],
)
def test_what_is_wrong_is_one_line_and_exit_code_1(tmp_path, text, said):
    (tmp_path / "plan.yml").write_text(text)
    answer = run("check", tmp_path / "plan.yml")
    assert (answer.exit_code, answer.output.count("\n")) == (1, 1)
    assert said in answer.output


def test_a_day_that_is_none_is_misuse():
    assert run("check", PRINTED, "--as-of", "soon").exit_code == 2
    assert run("check", "no-such-file.yml").exit_code == 2
    assert run("no-such-command").exit_code == 2


def test_the_regimes_are_listed_and_the_rules_of_one_shown():
    listed = strict(run("rules", "--json").output)
    assert {row["name"] for row in listed} == set(load_regimes().regimes)
    shown = run("rules", "india_pakistan_1991").output
    assert "ind_pak.1991.naval" in shown
    assert "30 days before start" in shown
    assert "stimson.org" in shown
    (rule,) = strict(run("rules", "ind_pak.1991.naval", "--json").output)
    assert (rule["binding"], rule["obliged"]) == ("legal", "conducting_state")
    assert rule["content"]
    wrong = run("rules", "ind_pak_1991")
    assert (wrong.exit_code, wrong.output.count("\n")) == (1, 1)
    assert "nearest is 'india_pakistan_1991'" in wrong.output
