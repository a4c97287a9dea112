"""Scores, coverage and ranges: the unknown lowers coverage and never a score, and a list with gaps only raises."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess_samples import sketch, unknown, years
from comity.assess import index_kinds, limit_kinds
from comity.assess.ranking import area
from comity.assess.scoring import amount, decayed, evenness, latest, saturating
from comity.assess.sensitivity import scores_under_other_weights, share_above
from comity.assess.shape import MOST_HEADLINES, Index, Part, counted, index_kind, mean_score
from comity.assess.trend import change_points, slopes
from comity.errors import BadRequest, UnknownWord

scores = st.one_of(st.none(), st.floats(0, 1))
drawn_parts = st.lists(st.tuples(scores, st.floats(0.1, 5), st.booleans()), min_size=1, max_size=6)


def made(drawn):
    """Parts of one subject: score or None, weight, whether from a list with gaps."""
    return [
        Part(
            f"part {number}",
            np.array([0.0]),
            np.array([np.nan if score is None else score]),
            weight,
            "",
            np.array([2000.0]),
            is_listed=np.array([is_listed]),
        )
        for number, (score, weight, is_listed) in enumerate(drawn)
    ]


def by_hand(drawn):
    """The best weighted mean over every choice of listed parts, with all sure ones; None where nothing is known."""
    sure = [(score, weight) for score, weight, is_listed in drawn if score is not None and not is_listed]
    listed = [(score, weight) for score, weight, is_listed in drawn if score is not None and is_listed]
    choices = chain.from_iterable(combinations(listed, size) for size in range(len(listed) + 1))
    means = [
        sum(score * weight for score, weight in chosen) / sum(weight for _, weight in chosen)
        for chosen in ([*sure, *some] for some in choices)
        if chosen
    ]
    return max(means, default=None)


@given(drawn_parts)
def test_a_score_is_the_best_mean_over_what_lists_with_gaps_may_leave_out(drawn):
    found = mean_score(made(drawn))[0]
    expected = by_hand(drawn)
    assert np.isnan(found) if expected is None else found == pytest.approx(expected)


@given(drawn_parts)
def test_a_score_lies_between_what_the_unknown_could_make_of_it(drawn):
    index = Index("", "", tuple(made(drawn)))
    if not np.isnan(index.score[0]):
        assert index.least[0] - 1e-12 <= index.score[0] <= index.most[0] + 1e-12
    known = sum(weight for score, weight, _ in drawn if score is not None)
    assert index.coverage[0] == pytest.approx(known / sum(weight for _, weight, _ in drawn))


@given(drawn_parts, st.data())
def test_to_learn_from_a_list_with_gaps_never_lowers_a_score(drawn, data):
    unknown_parts = [number for number, (score, _, is_listed) in enumerate(drawn) if score is None and is_listed]
    if not unknown_parts:
        return
    chosen = data.draw(st.sampled_from(unknown_parts))
    learned = [(data.draw(st.floats(0, 1)), *rest[1:]) if n == chosen else rest for n, rest in enumerate(drawn)]
    before, after = Index("", "", tuple(made(drawn))), Index("", "", tuple(made(learned)))
    assert np.isnan(before.score[0]) or after.score[0] >= before.score[0] - 1e-12
    assert after.coverage[0] > before.coverage[0]
    assert after.least[0] >= before.least[0] - 1e-12


def test_a_part_that_would_lower_the_score_is_said_not_to_count():
    parts = made([(0.5, 1, False), (0.3, 1, True), (0.9, 1, True)])
    assert counted(parts)[:, 0].tolist() == [True, False, True]


@given(drawn_parts, st.integers(0, 5), st.floats(0, 1))
def test_more_of_a_part_never_lowers_a_score(drawn, number, more):
    number %= len(drawn)
    score, *rest = drawn[number]
    if score is None:
        return
    raised = [*drawn]
    raised[number] = (score + (1 - score) * more, *rest)
    assert mean_score(made(raised))[0] >= mean_score(made(drawn))[0] - 1e-12


def test_there_are_at_most_eight_headlines_with_a_place_left_for_the_latent_one():
    headlines = [kind.name for kind in index_kinds("pair") if kind.is_headline]
    ours = [name for name in headlines if name != "cooperation"]
    assert ours == [
        *("intensity", "depth", "breadth", "balance", "steadiness", "interoperability", "tension"),
    ]
    assert len(ours) < MOST_HEADLINES
    assert len(headlines) <= MOST_HEADLINES


def test_the_four_limits_of_the_mission_come_first():
    assert [kind.name for kind in limit_kinds("pair")] == [
        *("divergent_interests", "miscalculation_risk", "resources", "political_incompatibility"),
        *("sovereignty_concerns", "lack_of_transparency"),
    ]


def test_an_index_that_is_none_is_named_with_those_there_are():
    with pytest.raises(UnknownWord, match="'warmth' is no index of a pair; indices are intensity, depth"):
        index_kind("pair", "warmth")


@given(st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=15, max_size=15))
def test_an_amount_is_known_where_complete_lists_hold_most_of_its_weight_or_a_list_names_something_new(row):
    values = [np.nan if value is None else float(value) for value in row]
    found = amount(sketch({"visit_count": values}), "visit_count", 1.0)
    weights = 0.5 ** np.arange(14, -1, -1)
    share = sum(weight for weight, value in zip(weights, row, strict=True) if value is not None) / weights.sum()
    is_new = any(value for value in row[-3:] if value is not None)
    assert np.isnan(found.value[0]) == (share <= 0.5 and not is_new)
    assert found.is_listed[0] == (share <= 0.5)
    if not np.isnan(found.value[0]):
        assert found.value[0] == pytest.approx(decayed(np.array([values]), 1.0)[0])


def test_a_list_with_gaps_never_makes_sure_however_much_it_lists():
    assert amount(sketch({"visit_count": years(*[1] * 15)}, ["visit_count"]), "visit_count", 1.0).is_listed[0]


def test_a_value_of_long_ago_has_faded_into_the_unknown():
    assert np.isnan(amount(sketch({"visit_count": [9.0] + [np.nan] * 14}), "visit_count", 1.0).value[0])


def test_small_things():
    assert latest(np.array([[np.nan, 2.0, np.nan]]), np.array([1.0, 2.0, 3.0]))[1].tolist() == [2.0]
    assert saturating(np.array([0.0, 5.0]), 5.0).tolist() == [0.0, 0.5]
    assert np.isnan(evenness(np.array([np.nan]), np.array([1.0]))[0])
    assert np.isnan(decayed(np.array([unknown()]), 1.0)[0])


@given(st.lists(st.floats(-5, 5), min_size=5, max_size=12))
def test_a_slope_and_its_error_are_those_of_least_squares(series):
    values = np.array([series])
    slope, error = slopes(values)
    time = np.arange(len(series))
    expected, covariance = np.polyfit(time, series, 1, cov="unscaled")
    left = series - np.polyval(expected, time)
    assert slope[0] == pytest.approx(expected[0], abs=1e-9)
    assert error[0] == pytest.approx(np.sqrt(left @ left / (len(series) - 2) * covariance[0, 0]), abs=1e-9)


def test_a_short_series_has_no_slope():
    assert np.isnan(slopes(np.array([[1.0, np.nan, 2.0, 3.0, 4.0]]))[0][0])


def test_a_level_that_changes_is_found_and_noise_is_not():
    steady = np.random.default_rng(1).normal(size=15)
    assert change_points(steady) == []
    assert change_points(np.concatenate([steady, steady + 9])) == [15]
    assert change_points(np.zeros(15)) == []


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=2, max_size=25))
def test_an_area_is_the_share_of_pairs_of_rows_in_the_right_order(rows):
    score, outcome = np.array([row[0] for row in rows], dtype=float), np.array([row[1] for row in rows])
    if outcome.all() or not outcome.any():
        with pytest.raises(BadRequest, match="an area needs rows in which it happened"):
            area(score, outcome, np.arange(len(rows)), (2, 1))
        return
    gaps = score[outcome][:, None] - score[~outcome][None, :]
    found = area(score, outcome, np.arange(len(rows)), (20, 1))
    assert found.area == pytest.approx(((gaps > 0) + 0.5 * (gaps == 0)).mean())
    assert found.base_rate == pytest.approx(outcome.mean())


def test_rows_of_one_pair_are_drawn_together():
    # One pair alone tells nothing of others: its many rows must not make the interval narrow.
    many = np.repeat([0, 1], 50)
    wide = area(np.tile([0.0, 1.0], 50), np.tile([False, True], 50), many, (200, 1))
    assert (wide.low, wide.area, wide.high) == (1.0, 1.0, 1.0)
    mixed = area(1.0 - many + np.tile([0, 2], 50), np.tile([False, True], 50), many, (200, 1))
    assert mixed.low <= mixed.area <= mixed.high


def test_other_weights_are_drawn_alike_and_rank_what_is_better_in_all_parts_above():
    parts = tuple(
        Part(name, np.zeros(2), np.array(held), 1.0, "", np.zeros(2))
        for name, held in (("a", [0.9, 0.1]), ("b", [0.5, 0.4]))
    )
    index = Index("", "", parts)
    first, second = (scores_under_other_weights(index, 50, seed=3) for _ in range(2))
    assert np.array_equal(first, second)
    assert share_above(first, 0, 1) == 1.0
    assert share_above(first, 1, 0) == 0.0
    assert share_above(first, 0, 0) == 0.5
