"""Lists that are kept: made once for the same data and code, equal to what was made, and anew when anything differs."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from comity.errors import BadRequest
from comity.forecast import watch_asking, watch_keeping
from comity.forecast.watch_asking import watch_list
from comity.forecast.watch_what_if import read_change
from forecast_samples import disputes
from watch_samples import TODAY, WISH, small, stored

AT_1990 = replace(WISH, year=1990, draws=0, earlier=0)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with stored(tmp_path_factory.mktemp("kept"), disputes()) as made:
        yield made


@pytest.fixture
def made(monkeypatch):
    """How often a list was made, from data whose fingerprint is known."""
    small(monkeypatch)
    counted = []
    given, stamp = watch_asking.make_list, watch_asking.stamp
    monkeypatch.setattr(watch_asking, "make_list", lambda *parts: counted.append(1) or given(*parts))
    monkeypatch.setattr(watch_asking, "stamp", lambda store: stamp(store) | {"fingerprint": "f" * 64})
    return counted


def test_a_second_list_is_the_first_one_from_the_folder(store, made, tmp_path):
    one = watch_list(store, AT_1990, TODAY, tmp_path)
    two = watch_list(store, AT_1990, TODAY.replace(month=7), tmp_path)
    assert len(made) == 1
    assert two.watch == replace(one.watch, made_on=TODAY.replace(month=7))
    change = [read_change("arms=5")]
    first = one.watch.pairs[0].states
    assert one.what_if(*first, change) == two.what_if(*first, change)
    assert two.what_if(*first, []).after == pytest.approx(one.watch.pairs[0].chance, abs=1e-12)


def test_another_question_or_other_data_make_another_list(store, made, tmp_path, monkeypatch):
    watch_list(store, AT_1990, TODAY, tmp_path)
    watch_list(store, replace(AT_1990, seed=1), TODAY, tmp_path)
    watch_list(store, replace(AT_1990, year=1991), TODAY, tmp_path)
    stamp = watch_asking.stamp
    monkeypatch.setattr(watch_asking, "stamp", lambda store: stamp(store) | {"fingerprint": "e" * 64})
    watch_list(store, AT_1990, TODAY, tmp_path)
    assert len(made) == 4


def test_only_so_many_are_kept(store, made, tmp_path, monkeypatch):
    monkeypatch.setattr(watch_keeping, "MOST_KEPT", 2)
    for year in (1988, 1989, 1990):
        watch_list(store, replace(AT_1990, year=year), TODAY, tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    watch_list(store, AT_1990, TODAY, tmp_path)
    assert len(made) == 3, "the newest was kept"


def test_a_damaged_list_is_made_anew_and_damaged_rows_are_named(store, made, tmp_path):
    watch_list(store, AT_1990, TODAY, tmp_path)
    folder = next(tmp_path.iterdir())
    (folder / "watch.json").write_bytes(b"{")
    kept = watch_list(store, AT_1990, TODAY, tmp_path)
    assert len(made) == 2
    kept = watch_list(store, AT_1990, TODAY, tmp_path)
    (folder / "rows.npz").write_bytes(b"no archive")
    with pytest.raises(BadRequest, match="is damaged"):
        kept.what_if(*kept.watch.pairs[0].states, [])
    shutil.rmtree(folder)


def test_without_a_fingerprint_nothing_is_kept(store, made, tmp_path, monkeypatch):
    monkeypatch.setattr(watch_asking, "stamp", lambda store: {"fingerprint": ""})
    watch_list(store, AT_1990, TODAY, tmp_path)
    watch_list(store, AT_1990, TODAY, tmp_path)
    assert len(made) == 2
    assert not list(tmp_path.iterdir())
