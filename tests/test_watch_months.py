"""Lists of a month: the months to come move nothing, the log scores them by month, and they say what they are for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.forecast.log import log_list, score_log
from comity.forecast.now import now_list
from comity.forecast.watch import period_words
from comity.forecast.watch_asking import first_whole_month, watch_list
from forecast_samples import SYSTEM, disputes, month_of
from watch_samples import TODAY, WISH, small, stored

MONTHLY = replace(WISH, horizon=1)
AT_JUNE = replace(MONTHLY, month=(1990, 6))


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    small(monkeypatch)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with stored(tmp_path_factory.mktemp("months"), disputes(), by_month=True) as made:
        yield made


@pytest.fixture(scope="module")
def june(store):
    with pytest.MonkeyPatch.context() as patched:
        small(patched)
        return watch_list(store, AT_JUNE, TODAY).watch


def before(*month):
    return [each for each in disputes() if (each[2], month_of(each)) < month]


def test_a_list_of_a_month_does_not_move_when_that_month_and_later_ones_do(store, june, tmp_path):
    after = [each for each in disputes(seed=21) if (each[2], month_of(each)) >= (1990, 6)]
    with stored(tmp_path, before(1990, 6) + after, by_month=True) as changed:
        two = watch_list(changed, AT_JUNE, TODAY).watch
    assert len(june.pairs) == 28
    assert (june.pairs, june.tried, june.scores) == (two.pairs, two.tried, two.scores)
    with stored(tmp_path / "past", before(1990, 3) + after, by_month=True) as changed:
        assert watch_list(changed, AT_JUNE, TODAY).watch.pairs != june.pairs, "and the months before it do move it"


def test_a_list_of_a_month_says_what_it_is_for_and_what_its_change_is_against(june):
    assert (june.period, june.period_before, june.known_to, june.late) == ("June 1990", "May 1990", 1989, 0)
    assert june.standing() == (
        "The list of disputes (gml_mid) is heard to May 1990, though it ends in 2000; this is a list for June 1990, "
        "made with hindsight, not for today."
    )
    assert all(each.before is not None for each in june.pairs)


def test_its_chances_are_of_a_month_and_its_reasons_add_up_to_them(store, june):
    whole = watch_list(store, replace(WISH, year=1990), TODAY).watch
    assert 4 < sum(each.chance for each in whole.pairs) / sum(each.chance for each in june.pairs) < 36
    for each in june.pairs:
        assert each.low <= each.chance <= each.high
        odds = np.log(each.chance / (1 - each.chance))
        assert each.shared + sum(group.added for group in each.groups) == pytest.approx(odds, abs=1e-6)
        assert all(1 <= case.month <= 12 for case in each.similar)


def test_the_lists_of_earlier_months_are_held_against_what_came(june):
    assert [(each.year, each.month) for each in june.tried] == [
        (year, month) for year in (1988, 1989) for month in range(1, 13)
    ]
    came = [sum((each[2], month_of(each)) == (tried.year, tried.month) for each in disputes()) for tried in june.tried]
    assert [len(each.places) for each in june.tried] == came
    assert june.scores["average"]["onsets"] == sum(came)


def test_the_newest_and_the_month_to_come(store):
    newest = watch_list(store, MONTHLY, date(2026, 11, 23)).watch
    assert newest.standing() == (
        "The newest list of disputes (gml_mid) ends in 2000; this is a list for January 2001, not for today."
    )
    assert newest.period_before == "December 2000"
    now = now_list(store, MONTHLY, date(2002, 6, 2)).watch
    assert (now.product, now.period, now.known_to, now.is_current) == ("now", "July 2002", 2000, True)
    assert "looks 19 months ahead" in now.standing()
    assert {driver.name for pair in now.pairs for driver in pair.groups} >= {"history"}
    assert now.basis.late["gml_mid"] == 2, "told so late that all is heard up to the month"
    assert now.basis.learned[1] == 2000


def test_a_logged_month_is_scored_by_what_came_in_it(store, june, tmp_path):
    file = tmp_path / "log.jsonl"
    log_list(file, june, datetime(1990, 5, 31, tzinfo=UTC))
    log_list(file, replace(june, month=7), datetime(1990, 8, 1, tzinfo=UTC))
    due, late = score_log(store, file, SYSTEM)
    came = {frozenset(each[:2]) for each in disputes() if (each[2], month_of(each)) == (1990, 6)}
    assert (due.rows, due.onsets, due.unlisted) == (28, len(came), 0)
    y = np.array([frozenset(each.states) in came for each in june.pairs], dtype=float)
    chance = np.array([each.chance for each in june.pairs])
    assert due.scores["brier"] == pytest.approx(float(((y - chance) ** 2).mean()))
    assert due.entry.is_ahead
    assert not late.entry.is_ahead, "it was logged when its month was over"


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_the_first_whole_month_begins_on_the_day_or_next(day):
    year, month = first_whole_month(day)
    assert 0 <= (date(year, month, 1) - day).days <= 30
    assert period_words(year, month).endswith(str(year))
