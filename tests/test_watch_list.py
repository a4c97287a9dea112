"""Watch lists: the future moves nothing, prevention only hides, the same seed makes the same list to the bit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadRequest, OutsideCoverage
from comity.forecast.features import Features
from comity.forecast.now import now_list
from comity.forecast.penalized import penalized_logit
from comity.forecast.replay import replay
from comity.forecast.watch import Tried, by_state
from comity.forecast.watch_asking import newest, watch_list
from comity.forecast.watch_similar import nearest, redrawn
from forecast_samples import STATES, disputes
from watch_samples import TODAY, WISH, listed, pair, small, stored

AT_1990 = replace(WISH, year=1990)
chances = st.lists(st.floats(0.0001, 0.99), min_size=1, max_size=12)


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    small(monkeypatch)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with stored(tmp_path_factory.mktemp("watch"), disputes()) as made:
        yield made


def other_future(year):
    return [each for each in disputes() if each[2] < year] + [each for each in disputes(seed=21) if each[2] >= year]


def test_a_list_does_not_move_when_the_future_does(store, tmp_path):
    one = watch_list(store, AT_1990, TODAY).watch
    with stored(tmp_path, other_future(1990)) as changed:
        two = watch_list(changed, AT_1990, TODAY).watch
    assert len(one.pairs) == 28
    assert (one.pairs, one.tried, one.scores) == (two.pairs, two.tried, two.scores)
    with stored(tmp_path / "past", other_future(1985)) as changed:
        assert watch_list(changed, AT_1990, TODAY).watch.pairs != one.pairs, "and the past does move it"


def test_a_replay_does_not_move_when_what_was_not_out_yet_does(store, tmp_path):
    """No release here is dated, so each source is taken to be a year late: of 1989 nothing was known on 1990-01-01."""
    one = replay(store, WISH, date(1990, 1, 1))
    assert one.watch.known_to == 1988
    assert one.watch.late == 1
    with stored(tmp_path, other_future(1989)) as changed:
        two = replay(changed, WISH, date(1990, 1, 1))
    assert one.watch.pairs == two.watch.pairs
    assert one.hindsight != two.hindsight, "while hindsight saw 1989"
    assert set(one.scores) == {"replay", "hindsight"}
    assert one.came == tuple(sorted((a, b) for a, b, year, *_ in disputes() if year == 1990))
    assert "assumed" in one.assumptions()


def test_the_list_for_the_year_to_come_looks_as_far_ahead_as_data_are_old(store):
    made = now_list(store, WISH, date(2002, 6, 1)).watch
    assert (made.product, made.year, made.known_to, made.late) == ("now", 2003, 2000, 2)
    assert made.is_current
    assert "looks 3 years ahead" in made.standing()
    assert made.basis.learned[1] == 2000
    assert [each.year for each in made.tried] == list(range(1993, 2001))
    with pytest.raises(BadRequest, match="name none"):
        now_list(store, AT_1990, TODAY)


def test_the_newest_list_is_taken_and_said_not_to_be_for_today(store):
    assert newest(store, None, None) == ("mid", "gml_mid", 2000)
    made = watch_list(store, WISH, date(2026, 11, 23)).watch
    assert made.year == 2001
    assert not made.is_current
    assert made.standing() == (
        "The newest list of disputes (gml_mid) ends in 2000; this is a list for 2001, not for today."
    )
    assert "made with hindsight" in watch_list(store, AT_1990, TODAY).watch.standing()
    assert "not for today" not in watch_list(store, WISH, TODAY).watch.standing()


def test_what_cannot_be_listed_is_refused(store):
    with pytest.raises(OutsideCoverage, match="no loaded source lists crisis"):
        watch_list(store, replace(WISH, target="crisis"), TODAY)
    with pytest.raises(BadRequest, match="none for 6"):
        watch_list(store, replace(WISH, horizon=6), TODAY)
    with pytest.raises(BadRequest, match="of a month, not of a year"):
        watch_list(store, replace(AT_1990, horizon=1), TODAY)
    with pytest.raises(BadRequest, match="looks one month ahead"):
        watch_list(store, replace(WISH, month=(1990, 3)), TODAY)
    with pytest.raises(BadRequest, match="no year and no month"):
        replay(store, replace(WISH, horizon=1), date(1990, 1, 1))
    with pytest.raises(OutsideCoverage, match="nothing after 2001 can be replayed"):
        replay(store, WISH, date(2010, 1, 1))


def test_every_pair_has_its_reasons_and_the_chance_lies_in_its_range(store):
    made = watch_list(store, AT_1990, TODAY).watch
    given = [each.chance for each in made.pairs]
    assert given == sorted(given, reverse=True)
    for each in made.pairs:
        assert each.low <= each.chance <= each.high
        odds = np.log(each.chance / (1 - each.chance))
        assert each.shared + sum(group.added for group in each.groups) == pytest.approx(odds, abs=1e-6)
        assert each.drivers
        assert {driver.name for driver in each.groups} >= {"history", "structure", "capability"}
        assert len(each.similar) == 3
        assert all(set(case.states) != set(each.states) and case.year < 1990 for case in each.similar)
    held = {(frozenset(each[:2]), each[2]) for each in disputes()}
    assert all(
        case.came == ((frozenset(case.states), case.year) in held) for each in made.pairs for case in each.similar
    )
    ongoing = {frozenset(each[:2]) for each in disputes() if each[2] == 1989}
    assert {frozenset(each.states) for each in made.pairs if each.is_ongoing} == ongoing


def test_earlier_lists_are_held_against_what_came(store):
    made = watch_list(store, AT_1990, TODAY).watch
    assert [each.year for each in made.tried] == [1988, 1989]
    onsets = [sum(year == each.year for *_, year, _, _ in disputes()) for each in made.tried]
    assert [len(each.places) for each in made.tried] == onsets
    assert made.hits(28)["hits"] == sum(onsets)
    assert made.scores["average"]["onsets"] == sum(onsets)


def test_the_same_seed_makes_the_same_list_to_the_bit_and_another_other_ranges(store):
    one, two = (msgspec.json.encode(watch_list(store, AT_1990, TODAY).watch) for _ in range(2))
    assert one == two
    other = watch_list(store, replace(AT_1990, seed=5), TODAY).watch
    assert msgspec.json.decode(msgspec.json.encode(other), type=type(other)) == other
    assert [each.low for each in other.pairs] != [each["low"] for each in msgspec.json.decode(one)["pairs"]]


@given(st.lists(st.tuples(st.floats(0.001, 0.99), st.booleans()), max_size=20))
def test_prevention_only_hides(given_pairs):
    names = [(one, other) for one in STATES for other in STATES if one < other]
    pairs = [pair(*names[place], chance, is_ongoing=flag) for place, (chance, flag) in enumerate(given_pairs)]
    made = listed(pairs)
    left, hidden = made.prevention()
    assert left == tuple(each for each in made.pairs if not each.is_ongoing)
    assert hidden == sum(flag for _, flag in given_pairs)


@given(chances)
def test_a_states_chance_is_that_of_at_least_one_pair(drawn):
    others = list(STATES)[1 : 1 + len(drawn)]
    pairs = tuple(pair("AUT", other, chance) for other, chance in zip(others, drawn, strict=False))
    risk = next(each for each in by_state(pairs) if each.state == "AUT")
    assert risk.chance == pytest.approx(1 - np.prod([1 - each.chance for each in pairs]))
    assert max(each.chance for each in pairs) == risk.likeliest_chance <= risk.chance + 1e-12


@given(st.sets(st.integers(1, 100)), st.integers(0, 120))
def test_hits_are_the_onsets_at_the_first_places(places, count):
    assert Tried(2000, 100, tuple(sorted(places)), 1.0).hits(count) == len([each for each in places if each <= count])


@given(st.lists(st.integers(0, 6), min_size=1, max_size=40), st.integers(0, 99))
def test_pairs_are_drawn_with_all_their_rows(labels, seed):
    pairs = np.array(labels)
    rows = redrawn(pairs, np.random.default_rng(seed))
    drawn = pairs[rows]
    for label in set(labels):
        whole = int((pairs == label).sum())
        assert (drawn == label).sum() % whole == 0
    times = [int((drawn == label).sum() / (pairs == label).sum()) for label in set(labels)]
    assert sum(times) == len(set(labels))


def test_the_nearest_rows_are_those_of_a_plain_search():
    random = np.random.default_rng(4)
    x = random.normal(size=(300, 4)).astype(np.float32)
    held = Features(("a", "b", "c", "d"), ("g",) * 4, x)
    logit = penalized_logit((random.random(300) < 0.3).astype(float), held, 1.0)
    asked, whole = held.among(np.arange(300) < 5), held
    label = random.integers(0, 60, size=300)
    found = nearest(logit, (asked, whole), (label[:5], label), 3)
    parts = logit.contributions(whole)[:, :-1]
    for row, near in enumerate(found):
        apart = np.sqrt(((parts - parts[row]) ** 2).sum(axis=1))
        best = sorted(apart[label == each].min() for each in set(label.tolist()) - {int(label[row])})[:3]
        assert [each for _, each in near] == pytest.approx(best, abs=1e-3)
        assert all(label[place] != label[row] for place, _ in near)
