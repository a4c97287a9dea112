"""Models as files: they come back as they were, say what they learned from, and strangers' files run nothing."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace

import numpy as np
import pytest

from comity.errors import BadRequest
from comity.forecast import fitting
from comity.forecast.features import Features
from comity.forecast.fitting import BREMER, Learning, fit_models
from comity.forecast.keeping import fingerprint, load_model, save_model

NAMES = ("onset_8_fade", "since_met", "years_together", "met_in_decade", *BREMER)


@pytest.fixture
def rows(monkeypatch):
    """Rows of invented inputs, and small forests."""
    plain = {**fitting.frozen(), "bags": 1, "trees": 5}
    monkeypatch.setattr(fitting, "frozen", lambda: plain)
    random = np.random.default_rng(1)
    x = random.random((800, len(NAMES))).astype(np.float32) + 0.5
    x[:, 3] = random.random(800) < 0.5
    y = (random.random(800) < 0.1 + 0.2 * x[:, 0] ** 2).astype(float)
    return Learning(Features(NAMES, ("history",) * len(NAMES), x), y, x[:, 3] == 0)


def test_every_model_comes_back_as_it_was(rows, tmp_path):
    models = fit_models(rows)
    assert len(models) == 9
    for name, model in models.items():
        save_model(tmp_path / "model.json", name, model, rows)
        back, said = load_model(tmp_path / "model.json")
        assert np.array_equal(back.predictor(rows.features), model.predictor(rows.features))
        assert (said["model"], said["rows"], said["fingerprint"]) == (name, 800, fingerprint(rows))
        assert set(said["versions"]) == {"comity", "lightgbm", "numpy"}


def test_the_same_rows_and_seed_are_saved_to_the_same_bytes(rows, tmp_path):
    saved = []
    for seed in (0, 0, 7):
        seeded = replace(rows, seed=seed)
        save_model(tmp_path / "model.json", "blend", fit_models(seeded)["blend"], seeded)
        saved.append((tmp_path / "model.json").read_bytes())
    assert saved[0] == saved[1] != saved[2]


def test_the_specialist_speaks_for_quiet_pairs_alone(rows):
    models = fit_models(rows)
    special, usual = (models[name].predictor(rows.features) for name in ("specialist", "average"))
    assert np.array_equal(special[~rows.is_quiet], usual[~rows.is_quiet])
    assert (special[rows.is_quiet] != usual[rows.is_quiet]).any()


def test_the_blend_is_the_mean_of_what_learned_from_all_and_of_what_learned_apart(rows):
    """Of quiet pairs both halves are there twice; of the others the trees are those of all."""
    models = fit_models(rows)
    logit, trees, special, blend = (
        models[name].predictor(rows.features) for name in ("logit", "trees", "specialist", "blend")
    )
    quiet = rows.is_quiet
    assert blend[quiet] == pytest.approx(((logit + trees) / 2 + special)[quiet] / 2)
    active = models["blend"].active.predictor(rows.features)
    assert blend[~quiet] == pytest.approx((logit + 2 * trees + active)[~quiet] / 4)


def test_without_onsets_of_either_kind_nothing_is_learned_apart(rows):
    y = np.where(rows.is_quiet & (np.cumsum(rows.is_quiet & (rows.y > 0)) > 20), 0.0, rows.y)
    assert set(fit_models(Learning(rows.features, y, rows.is_quiet))) & {"specialist", "blend"} == set()


def test_the_logit_leaves_out_the_groups_it_is_told_to(rows, monkeypatch):
    held = Features(NAMES, ("history",) * (len(NAMES) - 1) + ("others",), rows.features.x)
    plain = {**fitting.frozen(), "logit_without": ["others"]}
    monkeypatch.setattr(fitting, "frozen", lambda: plain)
    models = fit_models(Learning(held, rows.y, rows.is_quiet))
    assert models["logit"].names == NAMES[:-1]
    assert models["trees"].names == NAMES


def test_a_fingerprint_changes_with_one_outcome(rows):
    y = rows.y.copy()
    y[5] = 1 - y[5]
    assert fingerprint(rows) == fingerprint(Learning(rows.features, rows.y.copy(), rows.is_quiet))
    assert fingerprint(rows) != fingerprint(Learning(rows.features, y, rows.is_quiet))


@pytest.mark.parametrize(
    "content",
    [
        pickle.dumps({"format": 1}),
        b"[]",
        b'{"format": 1}',
        json.dumps({"format": 9, "kind": "Constant", "fit": {}}).encode(),
        json.dumps({"format": 1, "kind": "System", "fit": {}}).encode(),
        json.dumps({"format": 1, "kind": "Constant", "fit": {"odds": "many"}}).encode(),
    ],
)
def test_a_file_that_is_no_model_is_refused(content, tmp_path):
    (tmp_path / "model.json").write_bytes(content)
    with pytest.raises(BadRequest, match=r"model\.json"):
        load_model(tmp_path / "model.json")
