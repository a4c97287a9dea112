"""The command line: every command answers in words and in JSON, and what is wrong is one line and an exit code."""

from __future__ import annotations

import click
import pytest

from cli_samples import NEEDS_DATA, USED, WRITES, strict
from comity.cli import main


@pytest.mark.parametrize("name", USED)
def test_every_command_answers_in_words_and_in_json(run, register_home, tmp_path, name):
    home = tmp_path if name in WRITES else register_home
    words = run(*USED[name], home=home, before=["--quiet"])
    assert (words.exit_code, words.stderr) == (0, "")
    assert len(words.stdout.strip()) > 10
    answer = run(*USED[name], "--json", home=home, before=["--quiet"])
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert strict(answer.stdout)


def test_no_command_is_left_out_here():
    context = click.Context(main)
    commands = set(main.list_commands(context))
    assert commands == {name.split()[0] for name in USED} | set(NEEDS_DATA)
    for name in commands:
        assert main.get_command(context, name).get_short_help_str(), name


def test_the_list_of_commands_says_what_each_command_says_of_itself(run):
    context = click.Context(main)
    listed = " ".join(run("--help").stdout.split())
    for name in main.list_commands(context):
        told = main.get_command(context, name).get_short_help_str(40).removesuffix("...")
        assert f"{name} {told}" in listed


@pytest.mark.parametrize("name", [*USED, ""])
def test_every_command_helps(run, name):
    done = run(*[word for word in name.split() if word != "register"], "--help")
    assert done.exit_code == 0
    assert done.stdout.startswith("Usage:")


# What is wrong.

WRONG = {
    "a bad SELECT": (["ask", "SELECT nothing FROM core.engagement"], "nothing"),
    "no SELECT at all": (["ask", "COPY core.engagement TO 'x.csv'"], "ask takes one SELECT"),
    "a write inside a SELECT": (["ask", "WITH x AS (COPY core.place TO 'x.csv') SELECT 1"], "SELECT"),
    "a file named as a table": (["ask", "SELECT * FROM '/etc/passwd'"], "there is no table"),
    "two statements": (["ask", "SELECT 1; SELECT 2"], "not 2 statements"),
    "one name for two columns": (["ask", "SELECT 1 AS a, 2 AS a", "--json"], "two columns are named 'a'"),
    "a date without an end": (["ask", "SELECT 'infinity'::DATE AS a"], "ask for it as text: a::VARCHAR"),
    "a date before Christ": (["ask", "SELECT [DATE '0044-03-15 (BC)'] AS a"], "outside the years 1 to 9999"),
    "a number JSON cannot say": (["ask", "SELECT 'nan'::DOUBLE AS a", "--json"], "not finite"),
    "an unknown subject": (["brief", "Atlantis", "USA"], "Atlantis"),
    "an unknown source to cite": (["cite", "atlas"], "'atlas' is not a source"),
    "an unknown source to load": (["load", "atlas"], "'atlas' is not a source"),
    "an unknown source to fetch": (["fetch", "atlas"], "'atlas' is not a source"),
    "a source that steps out": (["fetch", "../atop"], "'../atop' is not a source"),
    "a source that is not in the cache": (["load", "atop"], "atop/atop5_1a.csv: not there"),
    "a source that is not loaded": (["sources", "atop"], "'atop' is not loaded; loaded are register"),
    "an unknown measure": (["panel", "dyad_year", "--years", "2000", "--measures", "love"], "'love' is no measure"),
    "an unknown state": (["panel", "state_year", "--years", "2000", "--states", "Atlantis"], "Atlantis"),
    "years backwards": (["panel", "state_year", "--years", "2001:2000"], "run backwards"),
    "years before all states": (["panel", "state_year", "--years", "0:2000"], "are not within 1816 to 2100"),
    "relevance nobody knows": (["panel", "dyad_year", "--years", "2000", "--relevant"], "relevance needs"),
    "a panel of another kind of file": (["panel", "state_year", "--years", "2000", "-o", "x.doc"], "or .dta"),
    "a panel in no folder": (["panel", "state_year", "--years", "2000", "-o", "no/x.csv"], "cannot be written"),
    "a brief in no folder": (["brief", "PHL", "CHN", "-o", "no/x.html"], "no/x.html cannot be written: No such file"),
    "a record that is not there": (["record", "show", "nothing"], "there is no record 'nothing'"),
    "a kind of record that is not": (["record", "list", "--kind", "incidents"], "'incidents' is not one of"),
    "a region that is not": (["record", "list", "--region", "moon"], "'moon' is not one of "),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_one_line_and_exit_code_1(run, case):
    arguments, named = WRONG[case]
    done = run(*arguments, before=["--quiet"])
    assert (done.exit_code, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("Error: ")
    assert named in line


MISUSED = [
    [], ["fly"], ["ask"], ["panel", "dyad_year"], ["panel", "pair_year", "--years", "2000"], ["fetch"],
    ["panel", "state_year", "--years", "two"], ["panel", "state_year", "--years", "²"],
    ["panel", "state_year", "--years", "2000:20000"], ["brief"], ["brief", "PHL", "CHN", "-o", "x.doc"],
    ["brief", "PHL", "CHN", "--year", "soon"], ["record", "list", "--folder", "/nowhere"], ["sources", "a", "b"],
    ["fetch", "--all", "--from", "/nowhere"], ["check", "--fast"], ["load", "--wait", "long"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", MISUSED, ids=" ".join)
def test_a_command_that_is_misused_ends_with_exit_code_2(run, arguments):
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith("Usage: ")


def test_an_unknown_audience_is_refused(run):
    done = run("check", before=["--audience", "friends"])
    assert (done.exit_code, len(done.stderr.splitlines())) == (1, 1)
    assert "friends" in done.stderr


def test_without_a_store_each_command_says_how_to_make_one(run, tmp_path):
    for name in ("ask", "brief", "check", "panel", "sources"):
        done = run(*USED[name], home=tmp_path)
        assert done.exit_code == 1
        assert done.stderr.splitlines()[-1].endswith("`comity load` makes one")
    assert run("doctor", home=tmp_path).exit_code == 0
