"""`comity assess` of one state, of an organization and of the world, on the shipped register alone."""

from __future__ import annotations

import json

import pytest


def answered(done):
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def test_a_state_is_assessed_and_what_no_list_tells_is_unknown(run):
    said = answered(run("assess", "viet nam", "--year", "2018", "--json"))
    assert (said["kind"], said["subject"], said["year"]) == ("state", ["VNM"], 2018)
    scores = {each["name"]: each for each in said["headlines"] + said["further"]}
    # The register alone lists; it knows no network of all states and no shares of deliveries.
    assert scores["position"]["score"] is None
    assert scores["position"]["coverage"] == 0
    assert scores["dependence"]["score"] is None
    assert 0 < scores["reach"]["score"] <= 1
    dialogue = next(part for part in scores["reach"]["parts"] if part["name"] == "dialogue")
    assert dialogue["is_from_list_with_gaps"]
    assert dialogue["age_years"] == 0
    assert "score" not in said["burden"][0]
    assert len(said["burden"]) > 3


def test_people_read_the_same(run):
    shown = run("assess", "VNM", "--year", "2018").output
    assert " VNM at the end of 2018 (the year asked for)" in shown
    assert "side by side; these are never added" in shown
    assert "or more" in shown
    assert "unknown" in shown


def test_an_organization_is_assessed_by_its_short_name(run):
    said = answered(run("assess", "nato", "--year", "2018", "--json"))
    assert said["kind"] == "organisation"
    assert said["name"] == "North Atlantic Treaty Organization"
    assert len(said["members"]) == 29
    assert "FIN" not in said["members"]
    assert said["member_counts"]["1949"] == 12
    shown = run("assess", "NATO", "--year", "2018").output
    assert "29 members by register" in shown
    assert "Listed acts of the body in ten years" in shown


def test_a_name_that_is_nothing_is_answered_with_near_ones(run):
    done = run("assess", "NATTO")
    assert done.exit_code == 1
    assert "nearest organizations: NATO" in done.output
    assert "Vietnam" in run("assess", "Vitnam").output


def test_a_code_of_a_state_that_is_also_a_short_name_is_not_guessed(run):
    done = run("assess", "AU")
    assert done.exit_code == 1
    assert "'AU' is a code of AUS and the short name of african-union" in done.output


def test_the_world_is_told_as_series_and_drawn(run, tmp_path):
    said = answered(run("assess", "--world", "--years", "2014:2016", "--json"))
    assert said["region"] is None
    (series,) = [each for each in said["series"] if each["name"] == "listed_exercise_count"]
    assert series["sources"] == ["register"]
    assert set(series["values"]) == {"2014", "2015", "2016"}
    picture = tmp_path / "world.svg"
    done = run("assess", "--world", "--years", "2014:2016", "--region", "south-china-sea", "-o", picture)
    assert done.exit_code == 0
    assert picture.read_text().startswith("<svg")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "name one or two subjects"),
        (("--world", "VNM"), "name one or two subjects"),
        (("VNM", "--region", "africa"), "go with --world"),
        (("--world", "-o", "world.gif"), "a picture ends in .svg or .png"),
        (("--world", "--region", "atlantis"), "is no region; regions are"),
        (("VNM", "--year", "1950"), "VNM was no member of the state system in 1950"),
        (("VNM", "--year", "2999"), "is not over"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_line(run, arguments, says):
    done = run("assess", *arguments)
    assert done.exit_code != 0
    assert says in done.output
