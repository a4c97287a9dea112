"""Similar rows are those of a plain search, and tables read in parts are those read whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.forecast import features as features_room
from comity.forecast import months_inputs, watch_similar
from comity.forecast import penalized as penalized_room
from comity.forecast.explain import explain, explained
from comity.forecast.features import Features
from comity.forecast.fitting import Average, frozen
from comity.forecast.forest import forest
from comity.forecast.months_inputs import MonthTable
from comity.forecast.penalized import Penalized, penalized_logit
from comity.forecast.watch_similar import nearest

COUNT = 4
MODEL = Penalized(
    tuple("abcd"), np.zeros(COUNT), np.ones(COUNT), np.array([3]), np.ones(1), np.array([0, 2, 1, -1, 3, 1])
)


def table(random, rows):
    x = random.integers(-3, 4, size=(rows, COUNT)).astype(np.float32)  # whole numbers: sums are exact, and many tie
    x[random.random(rows) < 0.1, 3] = np.nan
    return Features(tuple("abcd"), ("g", "g", "h", "h"), x)


def plainly(asked, held, pair, count):
    one, other = (MODEL.contributions(each)[:, :-1] for each in (asked, held))
    found = []
    for row in range(len(one)):
        apart = np.sqrt(((other - one[row]) ** 2).sum(axis=1))
        taken = {}
        for at in np.lexsort((np.arange(len(other)), apart)).tolist():
            if pair[1][at] != pair[0][row]:
                taken.setdefault(int(pair[1][at]), (at, float(apart[at])))
        found.append(list(taken.values())[:count])
    return found


@settings(max_examples=25)
@given(st.integers(0, 2**30), st.integers(1, 700), st.integers(1, 40), st.integers(1, 4), st.booleans())
def test_the_nearest_are_those_of_a_plain_search(seed, rows, pairs, count, is_small):
    """Also where few pairs fill all places near by, and where rows are compared a few at a time."""
    random = np.random.default_rng(seed)
    asked, held = table(random, 9), table(random, rows)
    pair = random.integers(0, pairs, size=9), np.sort(random.integers(0, pairs, size=rows))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"BLOCK": 4, "TILE": 64, "PART": 50, "FIRST": 2, "FARTHER": 3}.items() if is_small else ():
            patch.setattr(watch_similar, name, value)
        found = nearest(MODEL, (asked, held), pair, count)
    for near, plain in zip(found, plainly(asked, held, pair, count), strict=True):
        assert [at for at, _ in near] == [at for at, _ in plain]
        assert [apart for _, apart in near] == pytest.approx([apart for _, apart in plain], abs=1e-4)


def test_rows_taken_by_their_places_are_those_among_which_they_are(monkeypatch):
    random = np.random.default_rng(4)
    held = table(random, 300)
    kept = random.random(300) < 0.5
    months = MonthTable(held, {"b": random.random(500), "new": random.random(500)}, random.integers(0, 300, 500))
    of_months = random.random(500) < 0.5
    whole = held.among(kept), months.among(of_months)
    for room in (features_room, months_inputs):
        monkeypatch.setattr(room, "PART", 7)
    for made, flags, wanted in ((held, kept, whole[0]), (months, of_months, whole[1])):
        for places in ([0, 1, 3], [2], [3, 1]):
            some = made.at(np.flatnonzero(flags), places)
            assert (some.names, some.groups) == (wanted.only(places).names, wanted.only(places).groups)
            assert np.array_equal(some.x, wanted.only(places).x, equal_nan=True)
    assert np.array_equal(whole[1].column("b"), months.months["b"][of_months].astype(np.float32)), "the month's own"


def test_a_logit_without_groups_is_that_of_a_table_without_them(monkeypatch):
    random = np.random.default_rng(2)
    held, y = table(random, 400), (random.random(400) < 0.3).astype(float)
    monkeypatch.setattr(penalized_room, "PART", 60)
    one, two = penalized_logit(y, held, 5.0, ("h",)), penalized_logit(y, held.without(("h",)), 5.0)
    assert one.names == two.names == ("a", "b")
    assert np.array_equal(one.weights, two.weights)


def test_reasons_told_in_parts_are_those_told_at_once(monkeypatch):
    random = np.random.default_rng(3)
    held, y = table(random, 400), (random.random(400) < 0.3).astype(float)
    model = Average(penalized_logit(y, held, 5.0), forest(y, held, {**frozen(), "bags": 1, "trees": 5}))
    whole = explain(model, held)
    monkeypatch.setattr("comity.forecast.explain.PART", 33)
    assert list(explained(model, held)) == whole
    assert len(whole) == 400
