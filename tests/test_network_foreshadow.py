"""Which ties foreshadow which: a planted lead is found, chance is not, and nothing looks past its own years."""

from __future__ import annotations

import json

import numpy as np
import pytest

from comity.errors import BadRequest
from comity.network import foreshadow_rows
from comity.network.foreshadow import foreshadow
from comity.network.foreshadow_rows import HORIZON, PAST, ties_of, waiting
from study_samples import Invented

LAYERS = ("exercise", "agreement", "visit")
YEARS = (1990, 2020)
CODES = tuple(f"S{number:02}" for number in range(30))


def world(seed=0, *, leads=True):
    """Exercises and visits by chance; agreements too or, where exercises lead to them, within three years of one."""
    random = np.random.default_rng(seed)
    pairs, years = len(CODES) * (len(CODES) - 1) // 2, YEARS[1] - YEARS[0] + 1
    exercise = (random.random((pairs, years)) < 0.03).astype(float)
    agreement = np.zeros((pairs, years))
    for year in range(1, years):
        lately = exercise[:, max(0, year - 3) : year].any(axis=1)
        chance = np.where(lately & leads, 0.1, 0.01)
        agreement[:, year] = np.maximum(agreement[:, year - 1], random.random(pairs) < chance)
    visit = (random.random((pairs, years)) < 0.03).astype(float)
    return {
        "exercise_count": exercise,
        "standing_agreement_count": agreement,
        "agreement_stock": agreement,
        "visit_count": visit,
    }


@pytest.fixture
def made(monkeypatch):
    def set_up(held):
        monkeypatch.setattr(foreshadow_rows, "pair_years", lambda store, years: Invented(years, codes=CODES, held=held))
        return held

    return set_up


def test_a_planted_lead_is_found_and_chance_is_not(made):
    made(world())
    found = foreshadow(None, LAYERS, YEARS, 2006)
    lead = found.of("agreement", "alone", "exercise")
    assert lead.area_under_curve.low > 0.55
    assert lead.odds_ratio > 2
    for target, predictor in (("agreement", "visit"), ("exercise", "visit"), ("visit", "exercise")):
        idle = found.of(target, "alone", predictor).area_under_curve
        assert idle.low < 0.53
        assert idle.high > 0.47
    [cell] = [cell for cell in found.table() if (cell["target"], cell["predictor"]) == ("agreement", "exercise")]
    assert cell["area_lost_without"] > 0.05
    assert len(found.table()) == len(LAYERS) * (len(LAYERS) - 1)
    json.dumps(found.to_dict())


def test_without_a_lead_nothing_is_found(made):
    made(world(1, leads=False))
    area = foreshadow(None, LAYERS, YEARS, 2006).of("agreement", "alone", "exercise").area_under_curve
    assert area.low < 0.52
    assert area.high > 0.48


def test_what_is_scored_is_never_fitted_on_and_the_fit_never_sees_later_years(made):
    """The late world is another: what was fitted, the odds ratios, must not move."""
    held = made(world())
    before = foreshadow(None, LAYERS, YEARS, 2006)
    other = world(5)
    at = 2006 - YEARS[0] + 1
    made({name: np.concatenate([values[:, :at], other[name][:, at:]], axis=1) for name, values in held.items()})
    after = foreshadow(None, LAYERS, YEARS, 2006)
    assert [row.odds_ratio for row in before.rows] == [row.odds_ratio for row in after.rows]
    assert [each.fitted_ties for each in before.awaited] == [each.fitted_ties for each in after.awaited]
    assert before.fitted_years == (1992, 2003)
    assert before.scored_years == (2006, 2017)
    assert [row.area_under_curve for row in before.rows] != [row.area_under_curve for row in after.rows]


def test_the_rows_are_those_of_a_plain_loop(made):
    held = made(world())
    pairs = waiting(ties_of(None, LAYERS, YEARS), "agreement", 2006)
    count = ties = 0
    agreement, exercise = held["agreement_stock"], held["exercise_count"]
    tied_years = 0
    for pair in range(len(agreement)):
        for year in range(2006 - YEARS[0], len(agreement[0]) - HORIZON):
            if agreement[pair, year] == 0:
                count += 1
                ties += agreement[pair, year + 1 : year + 1 + HORIZON].any()
                tied_years += exercise[pair, year + 1 - PAST : year + 1].sum()
    assert pairs.late.weight.sum() == count
    assert pairs.late.weight @ pairs.late.y == ties
    assert pairs.late.weight @ pairs.late.x[:, 0] == tied_years


def test_pairs_of_which_a_layer_is_unknown_are_left_out_and_counted(made):
    held = world()
    held["visit_count"][:20] = np.nan
    made(held)
    pairs = waiting(ties_of(None, LAYERS, YEARS), "agreement", 2006)
    assert set(pairs.left_out) == {"visit"}
    assert pairs.late.pair.min() >= 20


def test_a_layer_of_which_only_what_happened_is_listed_is_refused(made):
    held = world()
    held["visit_count"] = np.where(held["visit_count"] > 0, held["visit_count"], np.nan)
    made(held)
    with pytest.raises(BadRequest, match="too little is known"):
        foreshadow(None, LAYERS, YEARS, 2006)
    with pytest.raises(BadRequest, match="at least two"):
        foreshadow(None, ("visit", "visit"), YEARS, 2006)


def test_progress_is_told_to_the_end(made):
    made(world())
    seen = []
    foreshadow(None, LAYERS, YEARS, 2006, progress=lambda *told: seen.append(told))
    assert seen[0] == ("exercise", 0, 3)
    assert seen[-1][1:] == (3, 3)
