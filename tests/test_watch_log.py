"""The log of lists: only ever added to, a changed line is seen, and what has come due is scored as by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadRequest
from comity.forecast.log import log_list, read_log, score_log
from forecast_samples import STATES, SYSTEM, disputes
from watch_samples import listed, pair, stored

PAIRS = [(one, other) for one in STATES for other in STATES if one < other]
HELD = disputes()


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with stored(tmp_path_factory.mktemp("log"), HELD) as made:
        yield made


def some_list(year=1999, chance=0.1, **given):
    return listed([pair(*each, chance) for each in PAIRS], year=year, **given)


@given(years=st.lists(st.integers(1990, 2030), min_size=1, max_size=6))
def test_what_stands_in_the_log_stays_to_the_byte(years, tmp_path_factory):
    file = tmp_path_factory.mktemp("log") / "log.jsonl"
    before = b""
    for year in years:
        log_list(file, some_list(year))
        now = file.read_bytes()
        assert now.startswith(before)
        assert now.count(b"\n") == before.count(b"\n") + 1
        before = now
    assert [entry.year for entry in read_log(file)] == years


@pytest.mark.parametrize("change", ["alter", "remove", "break"])
def test_a_changed_or_missing_line_is_named_and_nothing_is_added(tmp_path, change):
    file = tmp_path / "log.jsonl"
    for chance in (0.1, 0.2, 0.3):
        log_list(file, some_list(chance=chance))
    lines = file.read_bytes().splitlines(keepends=True)
    if change == "alter":
        lines[0] = lines[0].replace(b"0.1", b"0.9")
    elif change == "remove":
        del lines[1]
    else:
        lines[1] = b"{}\n"
    file.write_bytes(b"".join(lines))
    with pytest.raises(BadRequest, match="line 2"):
        read_log(file)
    with pytest.raises(BadRequest, match="line 2"):
        log_list(file, some_list())
    assert file.read_bytes() == b"".join(lines)


def test_a_list_that_is_due_is_scored_as_by_hand(store, tmp_path):
    file = tmp_path / "log.jsonl"
    rising = [pair(*each, 0.02 + place / 100) for place, each in enumerate(PAIRS)]
    log_list(file, listed(rising[:-1], year=1999), datetime(1998, 12, 1, tzinfo=UTC))
    log_list(file, some_list(2005), datetime(2001, 1, 1, tzinfo=UTC))
    log_list(file, some_list(1999), datetime(2001, 1, 1, tzinfo=UTC))
    log_list(file, some_list(2000, target="crisis", list_name="icb"))
    due, later, late, other = score_log(store, file, SYSTEM)
    came = {frozenset(each[:2]) for each in HELD if each[2] == 1999}
    y = np.array([frozenset(each.states) in came for each in rising[:-1]], dtype=float)
    chance = np.array([each.chance for each in rising[:-1]])
    assert due.is_due
    assert due.entry.is_ahead
    assert (due.rows, due.onsets, due.onsets + due.unlisted) == (27, int(y.sum()), len(came))
    assert due.scores["brier"] == pytest.approx(float(((y - chance) ** 2).mean()))
    assert due.scores["log"] == pytest.approx(float(-np.log(np.where(y == 1, chance, 1 - chance)).mean()))
    assert due.base_rate["log"] == pytest.approx(
        float(-np.log(np.where(y == 1, chance.mean(), 1 - chance.mean())).mean())
    )
    first = [place for place in np.argsort(-chance)[:20] if y[place]]
    assert due.hits[20] == len(first)
    assert not later.is_due
    assert not other.is_due, "its list is not loaded"
    assert late.is_due
    assert not late.entry.is_ahead, "it was logged when its year was over"
    assert late.to_dict()["is_ahead"] is False
    assert "pairs" not in due.to_dict()["list"]


def test_there_is_nothing_to_score_without_a_log(store, tmp_path):
    assert score_log(store, tmp_path / "none.jsonl", SYSTEM) == []
