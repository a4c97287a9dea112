"""A store as it was heard: what comes later is not in it, and what is late is late by the same years everywhere."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadRequest
from comity.forecast.features import features
from comity.forecast.replay_lags import Lag, known_on, release_lags
from comity.forecast.targets import Wanted, cases
from comity.forecast.watch_known import MOST_LATE, Heard, Known, horizons, whole_year
from fact_samples import complete
from forecast_samples import SYSTEM, disputes
from strategies import about
from watch_samples import stored

WANTED = Wanted((1970, 1990), is_relevant=False, system=SYSTEM)
sources = st.dictionaries(st.sampled_from(["nmc", "atop", "mme", "icb"]), st.integers(1900, 2030))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with stored(tmp_path_factory.mktemp("known"), disputes()) as made:
        yield made


@given(sources, st.integers(1950, 2030))
def test_nothing_is_heard_of_the_year_and_every_lag_is_to_the_year_before(ends, year):
    known = Known.before(year, ends)
    for source, end in ends.items():
        assert known.last[source] == min(end, year - 1)
        lag = year - 1 - known.last[source]
        assert known.late[source] == (lag if lag <= MOST_LATE else 0)


@given(st.dates(date(1900, 1, 1), date(2030, 12, 31)))
def test_a_whole_year_has_ended(day):
    year = whole_year(day)
    assert date(year, 12, 31) <= day < date(year + 1, 12, 31)


def test_a_store_heard_to_its_end_and_without_lag_is_the_store(store):
    plain = cases(store, "mid", "gml_mid", WANTED)
    heard = Heard(store, Known(horizons(store.abouts().values())))
    same = cases(heard, "mid", "gml_mid", WANTED)
    assert np.array_equal(plain.y, same.y)
    one, two = features(store, plain), features(heard, same)
    assert one.names == two.names
    assert np.array_equal(one.x, two.x, equal_nan=True)
    assert {"gml_mid", "nmc", "contiguity"} <= heard.spoken


def test_what_is_late_is_told_as_many_years_later(store):
    plain = cases(store, "mid", "gml_mid", WANTED)
    heard = Heard(store, Known({"nmc": 1990, "gml_mid": 1985}, {"nmc": 3, "gml_mid": 4}))
    late = cases(heard, "mid", "gml_mid", WANTED)
    assert late.main.last == 1989
    one, two = features(store, plain), features(heard, late)
    for name, years in (("capability_gap", 3), ("onset_8_fade", 4), ("past_onsets", 4)):
        then = dict(zip(zip(plain.pair.tolist(), plain.year.tolist(), strict=True), one.column(name), strict=True))
        now = zip(late.pair.tolist(), late.year.tolist(), two.column(name), strict=True)
        compared = [(value, then[pair, year - years]) for pair, year, value in now if (pair, year - years) in then]
        assert len(compared) > 100
        assert all(value == pytest.approx(other, abs=1e-6) for value, other in compared)


def test_a_source_is_unknown_after_the_year_to_which_it_is_heard(store):
    heard = Heard(store, Known({"nmc": 1980}))
    rows = cases(heard, "mid", "gml_mid", WANTED)
    gap = features(heard, rows).column("capability_gap")
    assert not np.isnan(gap[rows.year <= 1981]).any()
    assert np.isnan(gap[rows.year > 1981]).all()


def test_a_question_that_names_no_source_is_refused(store):
    with pytest.raises(BadRequest, match="names one source"):
        Heard(store, Known({})).ask("SELECT 1 AS year")


def test_lags_are_those_stated_those_of_the_release_or_assumed():
    span = {"coverage": (complete("dispute", 1900, 2000),)}
    abouts = [
        about("cow_mid", published=date(2025, 1, 1), **span),  # its contract states the lag of the disputes
        about("nmc", published=date(2001, 12, 31), **span),
        about("quick", published=date(2001, 1, 10), **span),
        about("gml_mid", **span),
        about("register", published=date(2001, 1, 1), **span),
    ]
    lags = release_lags(abouts)
    assert set(lags) == {"cow_mid", "nmc", "quick", "gml_mid"}
    assert (lags["nmc"].days, lags["quick"].days) == (365, 10)
    assert (lags["cow_mid"].known_by, lags["nmc"].known_by, lags["gml_mid"].known_by) == (
        "stated",
        "release",
        "assumed",
    )
    assert lags["quick"].days < lags["gml_mid"].days <= lags["cow_mid"].days


@given(st.integers(0, 4000), st.dates(date(1950, 1, 1), date(2030, 1, 1)), st.integers(1940, 2030))
def test_on_no_day_is_more_known_than_was_out_by_then(days, day, end):
    known = known_on(day, {"nmc": Lag("nmc", days, "release")}, {"nmc": end})["nmc"]
    assert known <= end
    assert known == end or (day - date(known, 12, 31)).days >= days
