"""On the publishers' own files: the newest list, said to be old, with pairs that everyone would expect near its top."""

from __future__ import annotations

from datetime import date

import pytest

from comity.forecast.watch_asking import Wish, watch_list
from comity.store import open_store
from source_mirror import loaded
from strategies import write_sources

SOURCES = ("contiguity", "cow_states", "gml_mid", "nmc", "ucdp_acd")


@pytest.mark.mirror
@pytest.mark.slow
def test_the_newest_list_is_of_conflicts_and_begins_with_pairs_that_have_fought(tmp_path):
    place = tmp_path / "store"
    write_sources(place, *(loaded(source) for source in SOURCES))
    with open_store(place) as store:
        kept = watch_list(store, Wish(draws=0, earlier=1), date(2026, 11, 23))
    made = kept.watch
    assert (made.target, made.source, made.year) == ("conflict", "ucdp_acd", made.known_to + 1)
    assert not made.is_current
    assert "not for today" in made.standing()
    assert made.basis.late["contiguity"] == made.known_to - 2016
    assert {("IND", "PAK"), ("CHN", "IND")} <= {each.states for each in made.pairs[:20]}
    for pair in made.pairs[:3]:
        assert kept.what_if(*pair.states, []).after == pytest.approx(pair.chance, abs=1e-9)
