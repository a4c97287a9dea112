"""The commands that answer with studies: what they refuse in one line, and what they print of what a study found."""

from __future__ import annotations

import json

import pytest

from comity.cli import _assess_expected, _network_studies
from comity.network.becoming import _studied
from comity.network.becoming_terms import TARGETS
from comity.network.foreshadow import Awaited, Foreshadow, Foretold
from comity.panel.scores import Estimate
from test_network_becoming import TRUTH, simulated

SURE = Estimate(0.7, 0.6, 0.8)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("assess", "--expected", "dialogue"), 1, "nothing is expected of instrument 'dialogue'"),
        (("assess", "--expected", "exercise", "--year", "2010"), 1, "where none took place"),
        (("assess", "JPN", "--expected", "exercise"), 2, "of two states"),
        (("assess", "--expected", "exercise", "--state", "JPN", "--region", "africa"), 2, "of a --region or of a"),
        (("assess", "JPN", "USA", "--state", "JPN"), 2, "--state goes with --expected"),
        (("network", "--becoming", "pact"), 1, "nothing is known of the first defense pact"),
        (("network", "--becoming", "war"), 2, "'war' is not one of"),
        (("network", "2010", "--becoming", "pact"), 2, "without years"),
        (("network", "--becoming", "pact", "--foreshadow"), 2, "each stand alone"),
        (("network", "--foreshadow", "--layers", "visit"), 1, "name at least two"),
    ],
)
def test_what_cannot_be_studied_is_said_in_one_line(run, arguments, code, said):
    """The register alone says of no year what did not happen, so that no study can be made of it."""
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (code, "")
    assert said in done.stderr.splitlines()[-1]


@pytest.fixture
def studied(monkeypatch):
    """Studies that are known beforehand in place of those of a store."""
    found = _studied(TARGETS["pact"], simulated(TRUTH, 1, last=2004), 2000, ())
    monkeypatch.setattr("comity.network.becoming.becoming", lambda *given, **more: found)
    pairs = (("exercise", "visit"), ("visit", "exercise"))
    rows = [
        Foretold(target, how, other if how != "all" else "", SURE, SURE, 2.0) for target, other in pairs for how in HOW
    ]
    awaited = tuple(Awaited(target, 100, 9, 100, 10, {}) for target, _ in pairs)
    table = Foreshadow(("exercise", "visit"), (1990, 1995), (1998, 2005), 3, awaited, tuple(rows))
    monkeypatch.setattr("comity.network.foreshadow.foreshadow", lambda *given, **more: table)
    return found, table


HOW = ("all", "alone", "all but")


def test_a_study_is_printed_whole(run, studied):
    found, table = studied
    shown = run("network", "--becoming", "pact").stdout
    assert all(effect.name in shown for effect in found.effects)
    assert f"{found.fitted.events:,} come to" in shown
    assert f"{found.gain['without engagement'].value:.6f}" in shown
    assert json.loads(run("network", "--becoming", "pact", "--json").stdout) == json.loads(json.dumps(found.to_dict()))
    shown = run("network", "--foreshadow").stdout
    assert "ties new in the next 3 years: fitted on 1990-1995, scored on 1998-2005" in shown
    assert shown.count("0.600 to 0.800") == 2
    assert json.loads(run("network", "--foreshadow", "--json").stdout)["table"] == table.table()


def test_the_other_answers_of_the_commands_stay(run):
    assert run("network", "--list").exit_code == 0
    for command, options in (("network", ("--becoming", "--foreshadow")), ("assess", ("--expected", "--state"))):
        helped = run(command, "--help").stdout
        assert all(option in helped for option in options)
    assert _assess_expected.SHOWN > 0
    assert set(TARGETS) == set(_network_studies.BECOMING)
