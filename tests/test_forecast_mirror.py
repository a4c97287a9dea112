"""On the publishers' own files: rows and onsets of the open benchmark, and baselines beaten on years not seen."""

from __future__ import annotations

import pytest

from comity.forecast.backtest import Question, backtest
from comity.forecast.targets import Wanted, cases
from comity.store import open_store
from source_mirror import loaded
from strategies import write_sources

SOURCES = ("atop", "contiguity", "cow_mid", "cow_states", "gml_mid", "icb", "nmc", "regime", "ucdp_acd")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    place = tmp_path_factory.mktemp("forecast") / "store"
    write_sources(place, *(loaded(source) for source in SOURCES))
    with open_store(place) as made:
        yield made


@pytest.mark.mirror
def test_the_open_benchmark_is_met_in_onsets_and_nearly_in_rows(store):
    """Published: 16,959 rows and 347 onsets of relevant pairs, 172,126 and 450 of all, in 1991 to 2000."""
    counts = []
    for is_relevant in (True, False):
        rows = cases(store, "mid", "cow_mid", Wanted((1991, 2000), is_relevant))
        counts.append((len(rows), int(rows.y.sum())))
    assert counts == [(16_961, 347), (172_126, 450)]


@pytest.mark.mirror
@pytest.mark.slow
def test_every_baseline_is_beaten_in_log_score_with_the_whole_interval(store):
    found = backtest(store, Question(source="gml_mid")).to_dict()
    assert found["best"] not in {"base_rate", "peace_years", "bremer", "decayed_history"}
    assert len(found["paired"]) == 4
    assert all(gain["log"]["low"] > 0 for gain in found["paired"].values())
