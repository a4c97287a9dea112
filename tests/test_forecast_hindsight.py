"""Inputs in hindsight: they enter only when asked for, and nothing else lets a later year into a forecast."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import BadRequest
from comity.forecast import fitting
from comity.forecast.backtest import Question, backtest, prepared
from comity.forecast.features import HINDSIGHT, features
from comity.forecast.listed import listed
from comity.forecast.past import over_the_turn
from comity.forecast.targets import Wanted, cases
from fact_samples import complete, one_source, opened
from forecast_samples import STATES, SYSTEM, disputes, world

ASKED = Question(train=(1970, 1990), test=(1991, 2000), is_relevant=False, system=SYSTEM)
NAME, TURN = "ongoing_at_turn", 1985


def rivals():
    """One rivalry of the world, from 1975 to 1990."""
    spell = {"start_date": date(1975, 1, 1), "end_date": date(1990, 12, 31), "known_until": date(2000, 12, 31)}
    row = {"rivalry": "1", "rivalry_kind": "strategic", "state_a": "AUT", "state_b": "BEL"} | spell
    held = {"rivalry": [row | {"start_precision": "year", "end_precision": "year"}]}
    return one_source(held, complete("rivalry", 1900, 2000), name="rivals")


def lasting(source, years):
    """The list with some of its disputes, by number, going on for so many years more."""

    def longer(table, rows):
        if table != "dyad_year_fact":
            return rows
        going = [row for row in rows if row["fact"] == "dispute_ongoing" and row["item"] in years]
        return rows + [row | {"year": row["year"] + 1 + more} for row in going for more in range(years[row["item"]])]

    return source.changed(longer)


@contextmanager
def stored(place, held, years=None):
    """A store of the world with disputes, some of which go on into later years, and one rivalry."""
    *rest, last = world(held)
    with opened(place, *rest, lasting(last, years or {}), rivals()) as store:
        yield store


@pytest.fixture(autouse=True)
def small(monkeypatch):
    plain = {**fitting.frozen(), "bags": 1, "trees": 10}
    monkeypatch.setattr(fitting, "frozen", lambda: plain)


def from_the_turn(held, seed):
    """The same disputes before the turn of the year, and others after it."""
    return [each for each in held if each[2] < TURN] + [each for each in disputes(seed) if each[2] >= TURN]


def test_a_later_year_moves_nothing_but_what_went_on_over_the_turn(tmp_path):
    """Two disputes of 1984 are seen to go on in 1985 in one world and not in the other; all later disputes differ."""
    held = disputes()
    late = {f"d{place}": 1 for place, each in enumerate(held) if each[2] == TURN - 1}
    assert late
    found = []
    for name, part, years in (("one", held, {}), ("two", from_the_turn(held, 8), late)):
        with stored(tmp_path / name, part, years) as store:
            rows = cases(store, "mid", "gml_mid", Wanted((1970, 2000), is_relevant=False, system=SYSTEM))
            found.append([features(store, rows, with_hindsight) for with_hindsight in (False, True)])
    (plain, wise), (plain_then, wise_then) = found
    kept = rows.year <= TURN
    assert plain.names == plain_then.names
    assert NAME not in plain.names
    assert np.array_equal(plain.x[kept], plain_then.x[kept], equal_nan=True)
    moved = [
        name
        for name in wise.names
        if not np.array_equal(wise.column(name)[kept], wise_then.column(name)[kept], equal_nan=True)
    ]
    assert moved == [NAME]
    at = np.flatnonzero(wise.column(NAME) != wise_then.column(NAME))
    assert set(rows.year[at[kept[at]]].tolist()) == {TURN}, "nor do rows before the turn see it"


@settings(max_examples=6)
@given(st.dictionaries(st.integers(0, 60).map(lambda number: f"d{number}"), st.integers(1, 3), max_size=12))
def test_what_goes_on_is_that_of_a_plain_loop(tmp_path_factory, years):
    held = disputes()
    with stored(tmp_path_factory.mktemp("hindsight"), held, years) as store:
        rows = cases(store, "mid", "gml_mid", Wanted((1955, 2000), is_relevant=False, system=SYSTEM))
        found = over_the_turn(rows, listed(store, "gml_mid", rows.panel.rows.index.states))
    places, expected = list(STATES), {}
    for number, (one, other, year, *_) in enumerate(held):
        for more in range(years.get(f"d{number}", 0)):
            expected[one, other, year + 1 + more] = 1.0
    names = rows.panel.rows.index.states
    for row, value in enumerate(found.tolist()):
        pair = sorted((names[rows.state_a[row]], names[rows.state_b[row]]), key=places.index)
        if rows.year[row] <= 1960:
            assert np.isnan(value), "of years before the list nothing is known"
        else:
            assert value == expected.get((*pair, int(rows.year[row])), 0.0)


def test_without_hindsight_every_chance_stays_to_the_bit(tmp_path):
    """Groups in hindsight that are all left out leave what is made without asking for any."""
    with stored(tmp_path, disputes(), {"d3": 2, "d9": 1}) as store:
        plain = backtest(store, ASKED)
        wise = Question(**{**vars(ASKED), "with_hindsight": True})
        out = backtest(store, Question(**{**vars(wise), "without": ("rivalry", "ongoing")}))
    assert plain.hindsight == out.hindsight == ()
    assert all(np.array_equal(plain.chance[name], out.chance[name]) for name in plain.chance)


def test_groups_in_hindsight_are_told_apart_and_named(tmp_path):
    years = {f"d{place}": 1 for place in range(0, 60, 2)}
    wise = Question(**{**vars(ASKED), "with_hindsight": True})
    with stored(tmp_path, disputes(), years) as store:
        for left, names in ((("rivalry",), [NAME]), (("ongoing",), ["rivalry"]), ((), ["rivalry", NAME])):
            asked = Question(**{**vars(wise), "without": left})
            _, made = prepared(store, asked, (1970, 2000))
            assert [name for name, group in zip(made.names, made.groups, strict=True) if group in HINDSIGHT] == names
            said = json.loads(json.dumps(backtest(store, asked).to_dict(), allow_nan=False))
            assert set(said["hindsight"]) <= set(names)
            assert (NAME in said["hindsight"]) == (NAME in names)
            assert said["without"] == list(left)
        with pytest.raises(BadRequest, match="'rivalry' is no group of inputs"):
            prepared(store, Question(**{**vars(ASKED), "without": ("rivalry",)}), (1970, 2000))
        months = backtest(store, Question(**{**vars(wise), "unit": "dyad_month"}))
    assert NAME in months.hindsight


def test_the_list_of_crises_tells_nothing_of_what_goes_on(tmp_path):
    crises = one_source({"dyad_year_fact": crisis_rows(disputes())}, complete("crisis_dyad", 1960, 2000), name="icb")
    with opened(tmp_path, *world(disputes()), crises) as store:
        rows = cases(store, "crisis", "icb", Wanted((1970, 2000), is_relevant=False, system=SYSTEM))
        made = features(store, rows, with_hindsight=True)
    assert rows.y.sum() > 0
    assert not {"ongoing", "rivalry", "claims"} & set(made.groups)


def crisis_rows(held):
    """The disputes as if they were crises."""
    return [
        {"fact": fact, "from_state": pair[0], "to_state": pair[1], "year": year, "item": f"c{number}", "value": 1.0}
        for number, (one, other, year, *_) in enumerate(held)
        for pair in ((one, other), (other, one))
        for fact in ("crisis_onset", "crisis_ongoing")
    ]
