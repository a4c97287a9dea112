"""`comity network`: what it shows, what it writes, and one line for what it cannot do."""

from __future__ import annotations

import csv

import pytest

from cli_samples import strict

PLAIN = ["network", "2018", "--layers", "alliance,exercise"]


def test_a_network_in_words(run):
    done = run(*PLAIN, "--top", 3)
    assert (done.exit_code, done.stderr) == (0, "")
    lines = [line.split() for line in done.stdout.splitlines() if line.strip()]
    first_words = [words[0] for words in lines]
    assert first_words[:4] == ["layer", lines[1][0], "alliance", "exercise"]
    assert "density" in first_words
    table = first_words.index("state")
    assert len([words for words in lines[table + 2 :] if words[0] != "bloc"]) == 3
    assert "bloc 0 (" in done.stdout
    # A whole number is shown as one.
    assert all("." not in words[2] for words in lines[table + 2 : table + 5])


def test_a_network_in_json(run):
    done = run(*PLAIN, "--json", "--measures", "degree, closure")
    told = strict(done.stdout)
    assert (told["years"], told["system"]) == ([2018, 2018], "cow")
    assert [row["layer"] for row in told["layers"]] == ["alliance", "exercise"]
    assert set(told["states"][0]) == {"state", "bloc", "degree", "closure"}
    assert all(0 <= row["known_share"] <= 1 for row in told["layers"])
    # The register lists what it knows of: of most pairs it says nothing.
    assert all(row["known_share"] < 1 for row in told["layers"])


def test_only_the_states_that_are_named(run):
    told = strict(run(*PLAIN, "--states", "Philippines, USA,PHL,JPN", "--json").stdout)
    assert sorted(row["state"] for row in told["states"]) == ["JPN", "PHL", "USA"]
    alone = run(*PLAIN, "--states", "PHL")
    assert (alone.exit_code, alone.stderr) == (0, "")
    assert strict(run(*PLAIN, "--states", "PHL", "--json").stdout)["whole"]["states"] == 1


def test_a_layer_that_only_divides_is_shown_too(run):
    done = run("network", "2020:2024", "--layers", "incident")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "frustration_at_least" in done.stdout


def test_the_other_state_system(run):
    assert strict(run(*PLAIN, "--system", "gw", "--json").stdout)["system"] == "gw"


def test_layers_are_listed(run, tmp_path):
    done = run("network", "--list", home=tmp_path)  # needs no store
    assert done.exit_code == 0
    assert "Both states took part in a military exercise" in done.stdout
    rows = strict(run("network", "--list", "--json", home=tmp_path).stdout)
    assert {row["layer"]: row["ties"] for row in rows}["dispute"] == "divides"
    assert [row["layer"] for row in rows if row["hindsight"]] == ["rivalry"]


def test_what_changed_since(run):
    arguments = ["network", "2024", "--layers", "exercise", "--since", "2014"]
    said = run(*arguments).stdout.splitlines()
    assert said[0] == "Between 2014 and 2024:"
    assert said[1].startswith("exercise: ")
    told = strict(run(*arguments, "--json").stdout)
    assert told["sentences"] == said
    assert told["years"] == [[2014, 2014], [2024, 2024]]


@pytest.mark.parametrize("ending", ["csv", "json", "graphml"])
def test_a_file_is_written_and_said(run, tmp_path, ending):
    place = tmp_path / f"ties.{ending}"
    done = run(*PLAIN, "-o", place)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.startswith(f"{place}: ")
    assert "ties of" in done.stderr
    text = place.read_text(encoding="utf-8")
    if ending == "csv":
        rows = list(csv.DictReader(text.splitlines()))
        assert {row["layer"] for row in rows} == {"alliance", "exercise"}
        assert f": {len(rows):,} ties" in done.stderr
    if ending == "json":
        assert strict(text)["ties"]


WRONG = {
    "an unknown layer": (["2018", "--layers", "love"], "'love' is no layer; layers are alliance, defense, offense"),
    "an unknown measure": (["2018", "--measures", "love"], "'love' is no measure of networks; measures are degree"),
    "an unknown state": (["2018", "--states", "Atlantis"], "Atlantis"),
    "a state that is no more": (["2018", "--states", "GDR"], "GDR"),
    "years backwards": (["2018:2010"], "run backwards"),
    "years before all states": (["1700"], "are not within 1816 to 2100"),
    "since a later year": (["2010", "--since", "2018"], "--since names years before 2010, not 2018"),
    "since the same year": (["2010", "--since", "2010"], "--since names years before 2010, not 2010"),
    "since a year within": (["2000:2010", "--since", "2005"], "--since names years before 2000:2010, not 2005"),
    "another kind of file": (["2018", "-o", "ties.doc"], "written as .csv, .json, .graphml, not '.doc'"),
    "a picture of another kind": (["2018", "-o", "ties.pdf"], "its pictures are .svg, .png"),
    "a file without an ending": (["2018", "-o", "ties"], "not 'a file without an ending'"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_one_line(run, tmp_path, monkeypatch, case):
    monkeypatch.chdir(tmp_path)
    arguments, named = WRONG[case]
    done = run("network", *arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("Error: ")
    assert named in line
    assert list(tmp_path.iterdir()) == []


MISUSED = [
    [], ["soon"], ["2018", "--top", "0"], ["2018", "--system", "un"], ["2018", "--since", "x"],
    ["2018", "--since", "2010", "-o", "ties.csv"], ["2018", "--since", "2010", "--measures", "degree"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", MISUSED, ids=" ".join)
def test_what_is_misused_ends_with_exit_code_2(run, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    done = run("network", *arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith("Usage: ")
    assert list(tmp_path.iterdir()) == []


def test_help_shows_how_it_is_used(run):
    done = run("network", "--help")
    assert done.exit_code == 0
    assert "comity network 2018 --layers alliance,exercise" in done.stdout
