"""The fits of a list: the level follows what came, and what is shared between fits changes none of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from comity.forecast import fitting
from comity.forecast import replay as replay_room
from comity.forecast.features import Features
from comity.forecast.fitting import Learning, chances
from comity.forecast.forest import forest
from comity.forecast.penalized import penalized_logit
from comity.forecast.replay import replay
from comity.forecast.watch_fits import MODEL, fits_of, spread_of
from comity.forecast.watch_known import Known, horizons
from comity.forecast.watch_refits import Logits, Tables
from comity.forecast.watch_rows import Listing, prepared
from forecast_samples import SYSTEM, disputes
from watch_samples import TODAY, WISH, small, stored


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    small(monkeypatch)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with stored(tmp_path_factory.mktemp("fits"), disputes()) as made:
        yield made


@pytest.fixture(scope="module")
def rows():
    random = np.random.default_rng(6)
    x = random.normal(size=(900, 4)).astype(np.float32)
    x[random.random(900) < 0.1, 2] = np.nan
    y = (random.random(900) < chances(1.5 * x[:, 0] - 1)).astype(float)
    held = Features(("a", "b", "c", "d_fade"), ("g",) * 4, x)
    return Learning(held, y, np.zeros(900, dtype=bool))


def logit_of(rows):
    return penalized_logit(rows.y, rows.features, fitting.frozen()["penalty"])


def test_a_refit_of_all_rows_once_is_the_fit_itself(rows):
    logit, tables = logit_of(rows), Tables(rows, 900)
    again = tables.again(np.ones(900, dtype=np.int64), 0)
    assert np.array_equal(tables.fit(1).logit.weights, logit.weights)
    assert again.logit.weights == pytest.approx(logit.weights, abs=1e-3)
    grown = forest(rows.y, rows.features, {**fitting.frozen(), "bags": 1}, 0)
    assert again.trees.predictor(rows.features) == pytest.approx(grown.predictor(rows.features), abs=1e-6)


def test_a_row_that_counts_twice_is_as_two_rows(rows):
    times = np.random.default_rng(1).integers(0, 3, size=900)
    place = np.repeat(np.arange(900), times)
    drawn = Learning(replace(rows.features, x=rows.features.x[place]), rows.y[place], rows.is_quiet[place])
    one = Logits(rows, logit_of(rows)).again(times)
    two = Logits(drawn, logit_of(rows)).again(np.ones(len(place), dtype=np.int64))
    assert one.weights == pytest.approx(two.weights, abs=1e-3)


def test_an_earlier_fit_does_not_move_with_rows_that_come_after_it(rows):
    """Bins and scales are those of the first rows, so a later row that does not count cannot be seen."""
    times = (np.arange(900) < 700).astype(np.int64)
    other = rows.features.x.copy()
    other[700:] = other[700:] * 9 + 3
    told = [
        Tables(replace(rows, features=replace(rows.features, x=x)), 600).again(times, 0).predictor(rows.features)
        for x in (rows.features.x, other)
    ]
    assert np.array_equal(*told)


def test_the_level_follows_what_came_of_the_lists_before(store):
    listing = Listing("mid", "gml_mid", 1990, is_relevant=False, system=SYSTEM)
    held = prepared(store, listing, Known.before(1990, horizons(store.abouts().values())))
    fits = fits_of(held, {1988, 1989, 1990}, lambda: None)
    assert not fits[1988].level.any(), "no list came before it"
    rule = fitting.frozen()["level"]
    fade, came, told = 0.5 ** (1 / rule["half_life"]), 0.0, 0.0
    for year in (1988, 1989):
        plain = chances(fits[year].models[MODEL].predictor(fits[year].asked))
        came, told = (came + held.rows.y[fits[year].rows].sum()) * fade, (told + plain.sum()) * fade
    # All states of this world lie in one region, so its own move comes on top of that of all.
    whole = np.log((came + rule["doubt"]) / (told + rule["doubt"]))
    assert np.sign(fits[1990].level) == pytest.approx(np.sign(whole))
    assert np.all(np.abs(fits[1990].level) >= abs(whole) - 1e-9)
    assert len(np.unique(fits[1990].level.round(9))) == 1


def test_a_list_that_looks_farther_ahead_or_of_a_month_keeps_its_level(store):
    ends = horizons(store.abouts().values())
    late = prepared(
        store, Listing("mid", "gml_mid", 1992, False, 0, SYSTEM), Known.before(1992, ends | {"gml_mid": 1989})
    )
    month = prepared(store, Listing("mid", "gml_mid", 1990, False, 0, SYSTEM, 1), Known.before(1990, ends))
    assert (late.late, month.late) == (2, 0)
    for held in (late, month):
        fits = fits_of(held, {held.listing.year - 3, held.listing.year - 1, held.listing.year}, lambda: None)
        assert all(not fit.level.any() for fit in fits.values())


def test_a_second_replay_is_the_first_one_from_the_folder(store, tmp_path, monkeypatch):
    made = []
    stamp, given = replay_room.stamp, replay_room.prepared
    monkeypatch.setattr(replay_room, "stamp", lambda held: stamp(held) | {"fingerprint": "f" * 64})
    monkeypatch.setattr(replay_room, "prepared", lambda *parts: made.append(1) or given(*parts))
    day = TODAY.replace(year=1990, month=1)
    one, two = (replay(store, WISH, day, tmp_path) for _ in range(2))
    assert one == two
    assert len(made) == 2, "once for the day, and once for hindsight"
    replay(store, WISH, day.replace(year=1989), tmp_path)
    assert len(made) == 4


def test_very_many_rows_are_fitted_one_after_the_other_and_give_the_same_bits(store, monkeypatch):
    ends = horizons(store.abouts().values())
    held = prepared(store, Listing("mid", None, 2001, False, 0, SYSTEM), Known.before(2001, ends))
    years = {1997, 1998, 1999, 2000, 2001}
    whole = fits_of(held, years, lambda: None)
    monkeypatch.setattr("comity.forecast.watch_fits.MANY", 1)
    apart = fits_of(held, years, lambda: None)
    assert set(whole) == set(apart) == years
    for year in years:
        assert np.array_equal(whole[year].chance(), apart[year].chance())
        assert np.array_equal(whole[year].chance("peace_years"), apart[year].chance("peace_years"))
    assert np.array_equal(whole[2001].learning.features.x, apart[2001].learning.features.x, equal_nan=True)


def test_tables_that_are_let_go_have_been_used_for_all_refits(store):
    ends = horizons(store.abouts().values())
    held = prepared(store, Listing("mid", None, 2001, False, 0, SYSTEM), Known.before(2001, ends))
    own = fits_of(held, {2000, 2001}, lambda: None)[2001]
    low, high = spread_of(held, own, 3, lambda: None)
    assert (low <= own.chance()).all()
    assert (own.chance() <= high).all()
    assert (low < high).any()
    assert "held" not in vars(own.tables.forests)
