"""Backtests: later years only, the shape of the answer, and forecasts that the future cannot move."""

from __future__ import annotations

import json

import numpy as np
import pytest

from comity.errors import BadRequest, OutsideCoverage
from comity.forecast import fitting
from comity.forecast.ablation import ablation
from comity.forecast.backtest import Question, backtest
from comity.forecast.fitting import BASELINES
from comity.forecast.level import Following, followed
from forecast_samples import SYSTEM, disputes, stored

ASKED = Question(train=(1970, 1990), test=(1991, 2000), is_relevant=False, system=SYSTEM)
MODELS = {*BASELINES, "logit", "trees", "average", "tracking"}


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Small forests: what is tested here is not how good they are."""
    plain = {**fitting.frozen(), "bags": 1, "trees": 10}
    monkeypatch.setattr(fitting, "frozen", lambda: plain)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with stored(tmp_path_factory.mktemp("forecast"), disputes()) as made:
        yield made


def test_the_answer_has_the_shape_that_is_promised(store):
    found = backtest(store, ASKED)
    said = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert said["rows"] == len(found.rows) == 280
    assert said["onsets"] == found.rows.y.sum()
    assert set(said["models"]) >= MODELS
    assert {"log", "brier", "ap", "auc", "precision_at"} <= set(said["models"]["logit"])
    assert all(
        made["interval"][score][0] <= made[score] <= made["interval"][score][1]
        for name, made in said["models"].items()
        for score in ("log", "brier")
    )
    assert {name: part["rows"] for name, part in said["regions"].items()} == {"Europe": 280}
    assert said["best"] == min(said["models"], key=lambda name: said["models"][name]["log"])
    assert set(said["subsets"]) == {"hard_onset", "force", "fatal"}
    assert said["subsets"]["hard_onset"]["rows"] == found.rows.is_quiet.sum()
    assert {name.split(" over ")[1] for name in said["paired"]} == set(BASELINES) - {said["best"]}


def test_scores_do_not_move_when_the_future_does(store, tmp_path):
    """Other disputes from 1996 on: every chance given to 1991 to 1996 stays, fixed and rolling."""
    early = [each for each in disputes() if each[2] < 1996]
    other = early + [each for each in disputes(seed=21) if each[2] >= 1996]
    for is_rolling in (False, True):
        asked = Question(**{**vars(ASKED), "is_rolling": is_rolling})
        one = backtest(store, asked)
        with stored(tmp_path / str(is_rolling), other) as changed:
            two = backtest(changed, asked)
        kept = one.rows.year <= 1996
        for name in MODELS:
            assert np.array_equal(one.chance[name][kept], two.chance[name][kept]), name
        assert not np.array_equal(one.chance["logit"][~kept], two.chance["logit"][~kept])


def test_a_rolling_backtest_learns_as_it_goes_and_begins_like_a_fixed_one(store):
    fixed, rolling = backtest(store, ASKED), backtest(store, Question(**{**vars(ASKED), "is_rolling": True}))
    first = fixed.rows.year == 1991
    for name in MODELS:
        assert rolling.chance[name][first] == pytest.approx(fixed.chance[name][first])
    assert len(set(rolling.chance["base_rate"].tolist())) > 1
    assert len(set(fixed.chance["base_rate"].tolist())) == 1


def test_tracking_begins_as_the_models_say_and_then_follows_what_came(store):
    """The world's disputes are foretold by a logit whose level is moved; the first year is not, and later ones are."""
    found = backtest(store, ASKED)
    base = found.chance.get("blend", found.chance["average"])
    moved, first = found.chance["tracking"], found.rows.year == 1991
    assert moved[first] == pytest.approx(base[first])
    for year in range(1992, 2001):
        here, past = found.rows.year == year, found.rows.year < year
        ratio = (moved / (1 - moved) / (base / (1 - base)))[here]
        assert ratio == pytest.approx(ratio[0]), "all lie in one region, so that all move alike"
    weight = 0.5 ** ((2000 - found.rows.year[past]) / 3)
    world = (weight @ found.rows.y[past] + 15) / (weight @ base[past] + 15)
    own = followed(np.log(base / (1 - base)), found.rows.y, found.rows.year, Following(3, 15))
    foretold = (1 / (1 + np.exp(-own)))[past]
    assert ratio[0] == pytest.approx(world * (weight @ found.rows.y[past] + 20) / (weight @ foretold + 20))


def test_the_same_seed_gives_the_same_chances(store):
    one, two = backtest(store, ASKED), backtest(store, ASKED)
    assert all(np.array_equal(one.chance[name], two.chance[name]) for name in one.chance)


def test_years_that_were_learned_from_are_not_tried(store):
    with pytest.raises(BadRequest, match="judged on later years only"):
        backtest(store, Question(train=(1970, 1995), test=(1991, 2000), system=SYSTEM))
    with pytest.raises(BadRequest, match="from the earlier to the later"):
        backtest(store, Question(train=(1990, 1970), test=(1991, 2000), system=SYSTEM))


def test_years_without_a_list_are_refused_and_unknown_rows_counted(tmp_path):
    with stored(tmp_path, disputes(), known=(1960, 1995)) as store:
        found = backtest(store, ASKED)
        assert found.left_out == 5 * 28
        assert found.rows.year.max() == 1995
        with pytest.raises(OutsideCoverage, match="gml_mid lists mid from 1960 to 1995"):
            backtest(store, Question(train=(1970, 1995), test=(1996, 2000), is_relevant=False, system=SYSTEM))


def test_years_without_an_onset_have_scores_as_far_as_they_are_defined(tmp_path):
    quiet = [each for each in disputes() if each[2] < 1998]
    with stored(tmp_path, quiet) as store:
        said = backtest(store, Question(**{**vars(ASKED), "test": (1998, 2000)})).to_dict()
    json.dumps(said, allow_nan=False)
    assert said["onsets"] == 0
    assert all(gain["ap"] == {"value": None, "low": None, "high": None} for gain in said["paired"].values())
    assert all(gain["log"]["low"] <= gain["log"]["value"] <= gain["log"]["high"] for gain in said["paired"].values())


def test_an_ablation_compares_with_and_without_each_group_and_all(store):
    found = ablation(store, ASKED, ("capability", "neighborhood"))
    assert [each.groups for each in found] == [("capability",), ("neighborhood",), ("capability", "neighborhood")]
    assert all(each.known == 1 for each in found)
    assert all(each.gain.log.low <= each.gain.log.value <= each.gain.log.high for each in found)
    with pytest.raises(BadRequest, match="'exercise' is no group of inputs"):
        ablation(store, ASKED, ("exercise",))
