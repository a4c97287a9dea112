"""Scores equal scikit-learn's on small cases, and intervals of differences hold what they promise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn import metrics

from comity.errors import BadRequest
from comity.forecast.fitting import chances
from comity.forecast.scores import LISTED, compare, reliability, scores, spreads

cells = st.lists(
    st.tuples(st.booleans(), st.sampled_from([0.02, 0.1, 0.3, 0.3001, 0.7, 0.95])), min_size=2, max_size=40
)


@given(cells)
def test_scores_are_scikit_learns(rows):
    y, chance = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    assume(0 < y.sum() < len(y))
    found = scores(y, chance)
    assert found.log == pytest.approx(metrics.log_loss(y, chance))
    assert found.brier == pytest.approx(metrics.brier_score_loss(y, chance))
    assert found.average_precision == pytest.approx(metrics.average_precision_score(y, chance))
    assert found.area == pytest.approx(metrics.roc_auc_score(y, chance))
    assert found.skill == pytest.approx(metrics.r2_score(y, chance))
    assert (found.rows, found.onsets) == (len(y), y.sum())


@given(st.integers(0, 10_000))
def test_precision_and_recall_of_the_first_rows_are_those_of_a_sorted_list(seed):
    random = np.random.default_rng(seed)
    chance = random.permutation(400) / 400
    y = (random.random(400) < chance**3).astype(float)
    y[0] = 1.0
    found, ordered = scores(y, chance), y[np.argsort(-chance)]
    for count in LISTED:
        assert found.precision_at[count] == pytest.approx(ordered[:count].mean())
        assert found.recall_at[count] == pytest.approx(ordered[:count].sum() / y.sum())


def test_rows_that_tie_for_the_last_places_of_a_list_share_them():
    """Of 100 rows of one chance, half of them events, a list of 50 holds 25."""
    y = np.tile([0.0, 1.0], 50)
    assert scores(y, np.full(100, 0.5)).precision_at == {50: 0.5, 100: 0.5, 200: 0.5}


def test_outcomes_that_are_unknown_and_empty_tables_are_refused():
    with pytest.raises(BadRequest, match="outcomes are 0 or 1"):
        scores(np.array([0.0, np.nan]), np.array([0.1, 0.2]))
    with pytest.raises(BadRequest, match="no rows"):
        scores(np.array([]), np.array([]))


def test_a_reliability_table_holds_every_row_once_and_the_true_chances_of_a_simulation():
    random = np.random.default_rng(5)
    chance = random.beta(0.3, 6, 60_000)
    y = (random.random(60_000) < chance).astype(float)
    table = reliability(y, chance)
    assert sum(row["rows"] for row in table) == len(y)
    foretold = [row["foretold"] for row in table]
    assert foretold == sorted(foretold)
    for row in table:
        assert row["came"] == pytest.approx(row["foretold"], abs=4 * np.sqrt(row["foretold"] / row["rows"]))


def simulated(random, pairs=150, years=10):
    """Outcomes that hang together within pairs, the forecast that knows the pair's chance and one that does not."""
    of_pair = random.normal(-3, 1.2, pairs)
    knows = np.repeat(chances(of_pair), years)
    guesses = np.repeat(chances(of_pair + random.normal(0, 0.6, pairs)), years)
    return (random.random(pairs * years) < knows).astype(float), knows, guesses, np.repeat(np.arange(pairs), years)


@pytest.mark.slow
def test_the_interval_of_a_difference_holds_the_truth_nineteen_times_in_twenty():
    """200 worlds; the truth is the mean difference over 20,000 pairs of the same kind."""
    random = np.random.default_rng(11)
    y, knows, guesses, pair = simulated(random, pairs=20_000)
    truth = compare(y, (knows, guesses), pair, draws=2).log.value
    held = 0
    for _ in range(200):
        y, knows, guesses, pair = simulated(random)
        found = compare(y, (knows, guesses), pair, draws=200).log
        held += found.low <= truth <= found.high
    assert 0.88 <= held / 200 <= 0.99


def test_intervals_of_scores_hold_them_and_are_wider_when_pairs_are_fewer():
    random = np.random.default_rng(4)
    width = {}
    for pairs in (100, 1600):
        y, knows, _, pair = simulated(random, pairs=pairs)
        low, high = spreads(y, {"knows": knows}, pair)["knows"]["log"]
        assert low <= scores(y, knows).log <= high
        width[pairs] = high - low
    assert width[1600] < width[100] / 2
    assert spreads(y[:10], {"knows": knows[:10]}, pair[:10]) == {}


def test_a_score_that_no_draw_defines_has_no_interval():
    y, pair = np.zeros(40), np.repeat(np.arange(4), 10)
    found = spreads(y, {"all": np.full(40, 0.1)}, pair)["all"]
    assert found["ap"] is None
    assert found["auc"] is None
    assert found["log"] == pytest.approx([-np.log(0.9)] * 2)


def test_a_forecast_is_no_better_than_itself_and_the_reverse_of_worse():
    random = np.random.default_rng(2)
    y, knows, guesses, pair = simulated(random)
    same = compare(y, (knows, knows), pair)
    assert (same.log.value, same.brier.low, same.average_precision.high) == (0.0, 0.0, 0.0)
    there, back = compare(y, (knows, guesses), pair), compare(y, (guesses, knows), pair)
    assert there.log.value == pytest.approx(-back.log.value)
    assert there.log.low == pytest.approx(-back.log.high)
