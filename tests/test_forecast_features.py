"""Inputs of forecasts: nothing of a year enters its own forecast, and the past is what a plain loop makes of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from comity.errors import BadRequest
from comity.forecast.backtest import Question, prepared
from comity.forecast.features import features
from comity.forecast.past import past_inputs
from comity.forecast.targets import Wanted, cases
from forecast_samples import SYSTEM, disputes, stored

ALL = Wanted((1970, 2000), is_relevant=False, system=SYSTEM)


def told(tmp_path, held, wanted=ALL, **given):
    with stored(tmp_path, held, **given) as store:
        rows = cases(store, "mid", "gml_mid", wanted)
        return rows, features(store, rows)


def test_the_future_moves_no_input(tmp_path):
    """Disputes from 1985 on are others; inputs of rows up to 1985, which see 1984 at most, stay to the bit."""
    held = disputes()
    early = [each for each in held if each[2] < 1985]
    other = early + [each for each in disputes(seed=8) if each[2] >= 1985]
    rows, one = told(tmp_path / "one", held)
    _, two = told(tmp_path / "two", other)
    kept = rows.year <= 1985
    assert one.names == two.names
    assert np.array_equal(one.x[kept], two.x[kept], equal_nan=True)
    assert not np.array_equal(one.x[~kept], two.x[~kept], equal_nan=True), "and later rows do see the change"


def test_measures_of_states_are_those_of_the_year_before(tmp_path):
    """Capabilities that jump in 1985 show in rows of 1986 and not before."""
    _, plain = told(tmp_path / "plain", disputes())
    rows, jumped = told(tmp_path / "jumped", disputes(), jump=1985)
    moved = np.flatnonzero(plain.column("capability_gap") != jumped.column("capability_gap"))
    assert set(rows.year[moved].tolist()) == set(range(1986, 2001))


def test_the_pairs_past_is_that_of_a_plain_loop(tmp_path):
    held = disputes()
    rows, made = told(tmp_path, held)
    names = rows.panel.rows.index.states
    for row in range(0, len(rows), 37):
        pair = {names[rows.state_a[row]], names[rows.state_b[row]]}
        years = [each[2] for each in held if {each[0], each[1]} == pair and each[2] < rows.year[row]]
        faded = sum(0.5 ** ((rows.year[row] - year) / 8) for year in years)
        assert made.column("onset_8_fade")[row] == pytest.approx(np.log1p(faded), rel=1e-5)
        assert made.column("past_onsets")[row] == pytest.approx(np.log1p(len(years)), rel=1e-5)
        since = rows.year[row] - max(years) if years else 200
        assert made.column("since_met")[row] == pytest.approx(np.log(since), rel=1e-5)


def test_how_far_a_dispute_went_is_known_a_year_after_its_end(tmp_path):
    """It may have gone so far only in its last days, and that it was over shows half a year later."""
    rows, made = told(tmp_path, [("AUT", "BEL", 1980, 5, 1), ("AUT", "BEL", 1990, 2, 0)])
    names = rows.panel.rows.index.states
    own = (np.array(names)[rows.state_a] == "AUT") & (np.array(names)[rows.state_b] == "BEL")
    for name in ("force_8_fade", "fatal_15_fade"):
        first = rows.year[own & (made.column(name) > 0)]
        assert first.min() == 1982
        one, ten = (made.column(name)[own & (rows.year == year)][0] for year in (1982, 1992))
        assert np.expm1(ten) == pytest.approx(np.expm1(one) * 0.5 ** (10 / int(name.split("_")[1])), rel=1e-4)
    assert rows.year[own & (made.column("onset_8_fade") > 0)].min() == 1981


@pytest.mark.parametrize(("is_theirs", "name", "other"), [(1.0, "theirs", "joined"), (0.0, "joined", "theirs")])
def test_disputes_that_two_began_are_told_apart_from_those_that_one_joined(tmp_path, is_theirs, name, other):
    with stored(tmp_path, disputes()) as store:
        rows = cases(store, "mid", "gml_mid", ALL)
        found = past_inputs(rows, replace(rows.main, is_theirs=np.full(len(rows.main.year), is_theirs)))
        unknown = past_inputs(rows, replace(rows.main, is_theirs=np.full(len(rows.main.year), np.nan)))
    assert np.array_equal(found[f"{name}_8_fade"], found["onset_8_fade"])
    assert not found[f"{other}_8_fade"].any()
    assert {"theirs_8_fade", "joined_8_fade"} & set(unknown) == set()


def test_others_disputes_leave_out_those_of_the_pair(tmp_path):
    rows, made = told(tmp_path, [("AUT", "BEL", 1980, 3, 0)])
    names = rows.panel.rows.index.states
    found = {
        (names[a], names[b]): value
        for a, b, year, value in zip(
            rows.state_a, rows.state_b, rows.year, made.column("others_onset_8_high"), strict=True
        )
        if year == 1981
    }
    assert found["AUT", "BEL"] == 0
    assert found["AUT", "CHE"] == found["BEL", "CHE"] > 0
    assert found["CHE", "DNK"] == 0


def test_groups_can_be_left_out_and_unknown_ones_are_refused(tmp_path):
    asked = Question(train=(1970, 1985), test=(1986, 2000), is_relevant=False, system=SYSTEM)
    with stored(tmp_path, disputes()) as store:
        _, whole = prepared(store, asked, (1970, 2000))
        with pytest.raises(BadRequest, match="'weather' is no group of inputs"):
            prepared(store, Question(without=("weather",), system=SYSTEM, is_relevant=False), (1970, 2000))
    left = whole.without(["capability"])
    assert set(whole.groups) - set(left.groups) == {"capability"}
    assert all(np.array_equal(left.column(name), whole.column(name), equal_nan=True) for name in left.names)
