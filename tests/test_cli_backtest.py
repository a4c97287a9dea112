"""The command `comity backtest` on an invented world of the real state system, and what it refuses."""

from __future__ import annotations

import json

import pytest

from comity.cli import backtest as command
from comity.forecast import fitting
from comity.forecast.backtest import Question
from fact_samples import opened
from forecast_samples import SYSTEM, disputes, world

YEARS = ("--train", "1970:1990", "--test", "1991:2000")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    place = tmp_path_factory.mktemp("backtest")
    with opened(place, *world(disputes())):
        return place


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Small forests, and the eight states of the invented world."""
    plain = {**fitting.frozen(), "bags": 1, "trees": 5}
    monkeypatch.setattr(fitting, "frozen", lambda: plain)
    given = command._tried
    monkeypatch.setattr(
        command, "_tried", lambda settings, asked: given(settings, Question(**{**vars(asked), "system": SYSTEM}))
    )


def test_json_holds_what_is_promised(run, home):
    done = run("backtest", "--target", "mid", "--source", "gml_mid", *YEARS, "--all", "--json", home=home)
    said = json.loads(done.stdout)
    assert {"rows", "onsets", "models", "best", "subsets", "paired"} <= set(said)
    assert said["rows"] == 280
    assert "forecasting mid in 1991 to 2000" in done.stderr


def test_months_are_asked_for_by_their_unit(run, home):
    asked = ("backtest", *YEARS, "--all", "--unit", "dyad_month")
    said = json.loads(run(*asked, "--json", home=home).stdout)
    assert (said["unit"], said["rows"]) == ("dyad_month", 280 * 12)
    assert "pair-months of 1991 to 2000" in run(*asked, home=home).stdout


def test_years_beyond_the_list_are_told_as_left_out(run, home):
    asked = ("backtest", "--train", "1970:1990", "--test", "1991:2020", "--all")
    said = json.loads(run(*asked, "--json", home=home).stdout)
    assert (said["test"], said["left_out_unknown"] > 0) == ([1991, 2020], True)
    first, last = said["years_tried"]
    assert (first, last < 2020) == (1991, True)
    told = run(*asked, home=home).stdout
    assert f"pair-years of 1991 to {last}; best" in told
    assert f"Left out: {said['left_out_unknown']} pair-years of 1991 to 2020 of which gml_mid does not tell." in told
    assert "Left out" not in run("backtest", *YEARS, "--all", home=home).stdout


def test_tables_name_every_model_and_the_best(run, home):
    done = run("backtest", *YEARS, "--relevant", home=home, before=("--quiet",))
    assert done.exit_code == 0, done.output
    assert not done.stderr
    assert "politically relevant pairs" in done.stdout
    for name in ("base_rate", "peace_years", "bremer", "decayed_history", "logit", "trees", "average", "hard_onset"):
        assert name in done.stdout


def test_inputs_in_hindsight_are_named_where_they_are_asked_for(run, home):
    asked = ("backtest", *YEARS, "--all")
    plain, wise = (run(*asked, *more, home=home).stdout for more in ((), ("--hindsight",)))
    line = "With inputs that nobody could have told on the day: ongoing_at_turn."
    assert line not in plain
    assert line in wise
    said = json.loads(run(*asked, "--hindsight", "--without", "ongoing", "--json", home=home).stdout)
    assert (said["hindsight"], said["without"]) == ([], ["ongoing"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--train", "1970:1995"), "judged on later years only"),
        (("--target", "war"), "'war' is no target"),
        (("--source", "icb"), "mid is not taken from 'icb'"),
        (("--target", "crisis"), "run `comity load icb`"),
        (("--without", "weather", *YEARS, "--all"), "'weather' is no group of inputs"),
        (("--log", "--rolling"), "as they were made; it does not go with --rolling"),
        (("--log", "--json", "--all"), "it does not go with --relevant"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(run, home, arguments, said):
    done = run("backtest", *arguments, home=home)
    assert done.exit_code == 1
    assert said in done.stderr.splitlines()[-1]
