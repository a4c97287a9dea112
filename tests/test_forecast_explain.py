"""Why a chance is what it is: the parts sum to the whole, and the two models may disagree."""

from __future__ import annotations

import numpy as np
import pytest

from comity.forecast.explain import Driver, explain
from comity.forecast.features import Features
from comity.forecast.fitting import Average, chances, frozen
from comity.forecast.forest import forest
from comity.forecast.penalized import penalized_logit


@pytest.fixture
def fitted():
    random = np.random.default_rng(3)
    x = random.normal(size=(1000, 3)).astype(np.float32)
    x[::7, 2] = np.nan
    y = (random.random(1000) < chances(x[:, 0].astype(float) * 2 - 1)).astype(float)
    held = Features(("strong", "idle", "patchy"), ("a", "b", "c"), x)
    trees = forest(y, held, {**frozen(), "bags": 2, "trees": 40})
    return Average(penalized_logit(y, held, 1.0), trees), held


def test_the_parts_sum_to_the_log_odds_of_the_average(fitted):
    model, held = fitted
    rows = held.among(np.arange(1000) < 40)
    for told, odds in zip(explain(model, rows), model.predictor(rows), strict=True):
        assert told.odds == pytest.approx(odds, abs=1e-6)


def test_inputs_that_the_logit_does_not_know_are_told_by_the_trees_alone(fitted):
    model, held = fitted
    y = (np.random.default_rng(5).random(1000) < 0.3).astype(float)
    fewer = Average(penalized_logit(y, held.without(["a"]), 1.0), model.trees)
    rows = held.among(np.arange(1000) < 40)
    for told, odds in zip(explain(fewer, rows), fewer.predictor(rows), strict=True):
        assert told.odds == pytest.approx(odds, abs=1e-6)
        assert [each.name for each in told.drivers] == ["strong", "idle", "patchy"]
        assert told.drivers[0].logit == 0
        assert told.drivers[1].logit != 0


def test_what_matters_comes_first_and_the_unknown_has_no_value(fitted):
    model, held = fitted
    rows = held.among((np.abs(held.x[:, 0]) > 1) & np.isnan(held.x[:, 2]))
    for row, told in enumerate(explain(model, rows)):
        first = told.strongest(1)[0]
        assert first.name == "strong"
        assert (first.added > 0) == (rows.x[row, 0] > 0)
        assert next(each for each in told.drivers if each.name == "patchy").value is None


def test_models_that_lead_apart_are_said_to_disagree():
    assert not Driver("a", "g", 1.0, 0.5, -0.4).agrees
    assert Driver("a", "g", 1.0, 0.5, -0.01).agrees
    assert "disagree" in Driver("a", "g", 1.0, 0.5, -0.4).words()
