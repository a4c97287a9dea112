"""Forecasts by month: rows and outcomes are a plain loop's, the future moves nothing, and thinning changes no odds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadRequest
from comity.forecast import fitting
from comity.forecast.backtest import Question, backtest
from comity.forecast.begun import begun
from comity.forecast.monthly import MonthAsked, month_forecast, month_forecasts
from comity.forecast.months import EVERY, by_month, thinned
from comity.forecast.months_inputs import month_rows
from comity.forecast.targets import Wanted, cases
from forecast_samples import STATES, SYSTEM, disputes, month_of, stored

ALL = Wanted((1970, 2000), is_relevant=False, system=SYSTEM)
TARGET = ("mid", "gml_mid")
ASKED = Question(train=(1970, 1990), test=(1991, 2000), is_relevant=False, system=SYSTEM, unit="dyad_month")
MONTH = MonthAsked(train=(1970, 1990), month=(1992, 5), is_relevant=False, system=SYSTEM)


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Small forests: what is tested here is not how good they are."""
    plain = {**fitting.frozen(), "bags": 1, "trees": 10}
    monkeypatch.setattr(fitting, "frozen", lambda: plain)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with stored(tmp_path_factory.mktemp("months"), disputes(), by_month=True) as made:
        yield made


@pytest.fixture(scope="module")
def told(store):
    return month_rows(store, TARGET, ALL)


def place(rows):
    names = rows.panel.rows.index.states
    return [(names[a], names[b]) for a, b in zip(rows.state_a, rows.state_b, strict=True)]


def test_a_row_is_an_onset_where_a_dispute_began_in_its_month(told):
    rows, _ = told
    began = {(one, other, year, month_of(each)) for each in disputes() for one, other, year in [each[:3]]}
    found = zip(place(rows), rows.year, rows.month, rows.y, strict=True)
    assert len(rows) == 31 * 12 * len(STATES) * (len(STATES) - 1) // 2
    assert all((y == 1) == ((*pair, year, month + 1) in began) for pair, year, month, y in found)
    assert rows.y.sum() == sum(1970 <= year <= 2000 for _, _, year, _ in began)


def test_quiet_pairs_are_so_until_something_begins_in_the_year(store, told):
    rows, table = told
    years = cases(store, *TARGET, ALL)
    started = {(one, other, year): month_of(each) for each in disputes() for one, other, year in [each[:3]]}
    for at, pair in enumerate(place(rows)):
        is_yet = started.get((*pair, rows.year[at]), 13) < rows.month[at] + 1
        assert rows.is_quiet[at] == (years.is_quiet[rows.of_year[at]] and not is_yet)
    whole = table.among(np.ones(len(rows), dtype=bool))
    assert np.array_equal(whole.column("met_in_decade") == 0, rows.is_quiet), "the specialist reads it from the inputs"


def test_what_began_before_the_month_is_that_of_a_plain_loop(told):
    rows, table = told
    whole, pairs = table.among(np.ones(len(rows), dtype=bool)), place(rows)
    for at in range(0, len(rows), 251):
        steps = [each[2] * 12 + month_of(each) - 1 for each in disputes() if each[:2] == pairs[at]]
        ago = [rows.step[at] - step for step in steps if step < rows.step[at]]
        faded = sum(0.5 ** (each / 3) for each in ago)
        assert whole.column("onset_quarter_fade")[at] == pytest.approx(np.log1p(faded), rel=1e-4, abs=1e-6)
        assert whole.column("past_onsets")[at] == pytest.approx(np.log1p(len(ago)), rel=1e-5)
        since = min(ago, default=2400) / 12
        assert whole.column("since_onset")[at] == pytest.approx(np.log(since), rel=1e-4, abs=1e-6)


def test_the_future_moves_no_input_of_a_month(tmp_path, told):
    """Other disputes from July 1985 on: what stands for July 1985 and before stays to the bit, and later rows move."""
    turn = 1985 * 12 + 6
    early = [each for each in disputes() if each[2] * 12 + month_of(each) - 1 < turn]
    other = early + [each for each in disputes(seed=8) if each[2] * 12 + month_of(each) - 1 >= turn]
    with stored(tmp_path, other, by_month=True) as changed:
        two = month_rows(changed, TARGET, ALL)
    kept = told[0].step <= turn
    one, later = told[1].among(kept), two[1].among(kept)
    assert one.names == later.names
    assert np.array_equal(one.x, later.x, equal_nan=True)
    assert not np.array_equal(told[1].among(~kept).x, two[1].among(~kept).x, equal_nan=True)


def test_months_of_a_year_that_alone_is_told_are_unknown_and_count_from_its_end(store, told):
    years = cases(store, *TARGET, ALL)
    begins = begun(store, years.main, years.panel.rows.index.states)
    at = int(np.flatnonzero(begins.step >= 1975 * 12)[0])
    step = begins.step.copy()
    step[at] = step[at] // 12 * 12 + 11
    is_told = np.arange(len(step)) != at
    rows = by_month(years, replace(begins, step=step, is_told=is_told))
    own = (rows.state_a == begins.state_a[at]) & (rows.state_b == begins.state_b[at])
    here = own & (rows.year == begins.step[at] // 12)
    assert np.isnan(rows.y[here]).all()
    assert here.sum() == 12
    assert not np.isnan(rows.y[~here]).any()
    assert np.array_equal(rows.y[~here], told[0].y[~here])


@given(st.integers(0, 1000))
def test_thinning_keeps_every_onset_and_a_twelfth_of_the_peace(told, seed):
    rows = told[0]
    learned = rows.year <= 1990
    thin, shift = thinned(rows, learned, seed)
    assert not (thin & ~learned).any()
    assert thin[learned & (rows.y == 1)].all()
    kept, peace = (thin & (rows.y == 0)).sum(), (learned & (rows.y == 0)).sum()
    assert shift == pytest.approx(np.log(kept / peace))
    assert np.exp(shift) == pytest.approx(1 / EVERY, rel=0.05)
    of_pair = np.bincount(rows.of_year[thin & (rows.y == 0)])
    assert of_pair.max() == 1


def test_the_base_rate_of_thinned_months_is_that_of_all(store, told):
    rows, _ = told
    found = backtest(store, ASKED).chance["base_rate"]
    assert found == pytest.approx(np.full(3360, rows.y[rows.year <= 1990].mean()))


def test_thinned_months_give_the_odds_that_all_months_give(told):
    """Forty worlds in which a logit of one input is right: on average its odds are found from one month in twelve."""
    rows, table = told
    whole = table.among(np.ones(len(rows), dtype=bool))
    truth, found = -3.5 + whole.column("onset_8_fade").astype(float), []
    for seed in range(40):
        y = (np.random.default_rng(seed).random(len(rows)) < 1 / (1 + np.exp(-truth))).astype(float)
        drawn = replace(rows, y=y)
        thin, shift = thinned(drawn, np.ones(len(rows), dtype=bool), seed)
        held = fitting.Learning(table.among(thin), y[thin], rows.is_quiet[thin])
        found.append(fitting.fit_models(held, ("decayed_history",))["decayed_history"].predictor(whole) + shift)
    assert np.mean(found, axis=0) == pytest.approx(truth, abs=0.08)


def test_a_backtest_by_month_answers_as_one_by_year_and_follows_months(store):
    found = backtest(store, ASKED)
    said = found.to_dict()
    assert said["unit"] == "dyad_month"
    assert said["rows"] == 280 * 12
    assert {"logit", "trees", "average", "tracking", "base_rate"} <= set(said["models"])
    base = found.chance.get("blend", found.chance["average"])
    ratio = found.chance["tracking"] / (1 - found.chance["tracking"]) / (base / (1 - base))
    assert ratio[found.rows.step == 1991 * 12] == pytest.approx(1)
    assert len(set(ratio.round(9).tolist())) > 100, "the level moves from month to month"


def test_no_chance_moves_when_what_comes_after_its_month_does(store, tmp_path):
    turn = 1996 * 12 + 4
    early = [each for each in disputes() if each[2] * 12 + month_of(each) - 1 < turn]
    other = early + [each for each in disputes(seed=21) if each[2] * 12 + month_of(each) - 1 >= turn]
    for is_rolling in (False, True):
        asked = replace(ASKED, is_rolling=is_rolling)
        one = backtest(store, asked)
        with stored(tmp_path / str(is_rolling), other, by_month=True) as changed:
            two = backtest(changed, asked)
        kept = one.rows.step <= turn
        for name in one.chance:
            assert np.array_equal(one.chance[name][kept], two.chance[name][kept]), name
        assert not np.array_equal(one.chance["logit"][~kept], two.chance["logit"][~kept])


def test_the_forecast_of_a_month_is_that_of_the_backtest(store):
    found = month_forecast(store, MONTH)
    tried = backtest(store, ASKED)
    here = tried.rows.step == 1992 * 12 + 4
    assert list(found.states) == place(tried.rows.among(here))
    assert found.chance() == pytest.approx(tried.chance["average"][here])
    assert np.array_equal(found.y, tried.rows.y[here])
    assert found.last == (2000, 12)
    several = month_forecasts(store, MONTH, ((1992, 5), (1993, 1)), ("average",))
    assert [each.month for each in several] == [(1992, 5), (1993, 1)]
    assert np.array_equal(several[0].chance(), found.chance())
    with pytest.raises(BadRequest, match="'blend' was not fitted"):
        several[0].chance("blend")


def test_a_list_that_ended_months_ago_is_told_as_late_where_it_is_learned_from(tmp_path, told):
    """The list ends in 1990 and July 1991 is asked: beginnings are those of seven months before, in every row."""
    ended = [each for each in disputes() if each[2] <= 1990]
    with stored(tmp_path, ended, by_month=True, known=(1960, 1990)) as store:
        late = month_rows(store, TARGET, replace(ALL, years=(1970, 1991)), ahead_of=1991 * 12 + 6)
        found = month_forecast(store, replace(MONTH, month=(1991, 7)))
    rows, table = late
    whole, plain = table.among(rows.step >= 0), told[1].among(told[0].step >= 0)
    value = dict(zip(zip(place(told[0]), told[0].step, strict=True), plain.column("onset_1_fade"), strict=True))
    for at in np.flatnonzero(rows.step <= 1991 * 12 + 6)[::101].tolist():
        before = (place(rows.among(np.arange(len(rows)) == at))[0], rows.step[at] - 6)
        if before in value:
            assert whole.column("onset_1_fade")[at] == value[before]
    assert np.isnan(found.y).all()
    assert "onset_1_fade" in found.asked.names
    assert not np.isnan(found.asked.column("since_onset")).any()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (replace(MONTH, month=(1990, 12)), "1990-12 is not after the years learned from, 1970 to 1990"),
        (replace(MONTH, month=(1992, 13)), "13 is no month"),
    ],
)
def test_a_month_that_was_learned_from_or_is_none_is_refused(store, asked, said):
    with pytest.raises(BadRequest, match=said):
        month_forecast(store, asked)


def test_what_is_no_unit_is_refused():
    with pytest.raises(BadRequest, match="'dyad_week' is no unit of forecasts"):
        replace(ASKED, unit="dyad_week").check()
