"""What-if: no change changes nothing, a change goes through the inputs themselves, and unknown is not zero."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.brief.watch_text import what_if_lines
from comity.errors import BadRequest
from comity.forecast.features import Features
from comity.forecast.fitting import Average, chances, frozen
from comity.forecast.forest import forest
from comity.forecast.lagged import GROUPS
from comity.forecast.penalized import penalized_logit
from comity.forecast.watch_what_if import INSTRUMENTS, Told, read_change, what_if

NAMES, ROWS = ("exercises", "exercises_of_late", "exercises_change"), 400


class Past:
    """Exercise counts by years back, as a group of inputs asks for them."""

    def __init__(self, told):
        self.told = told

    def of(self, name, years=1):
        return self.told[f"{name}:{years}"][0]

    def recent(self, name, years=5):
        held = np.stack([self.of(name, back) for back in range(1, years + 1)])
        return np.where(np.isnan(held).all(axis=0), np.nan, np.nansum(held, axis=0))


@pytest.fixture(scope="module")
def world():
    random = np.random.default_rng(2)
    told = {f"exercise_count:{back}": (random.integers(0, 5, ROWS).astype(float),) for back in range(1, 6)}
    told["exercise_count:1"][0][7] = np.nan
    made = GROUPS["exercise"](Past(told))
    distance = random.normal(size=ROWS)
    x = np.column_stack([*(made[name] for name in NAMES), distance]).astype(np.float32)
    held = Features((*NAMES, "distance"), ("exercise",) * 3 + ("structure",), x)
    y = (random.random(ROWS) < chances(np.nan_to_num(made["exercises"]) - 1)).astype(float)
    trees = forest(y, held, {**frozen(), "bags": 1, "trees": 30})
    return Average(penalized_logit(y, held, 1.0), trees), held, Told(told)


@given(row=st.integers(0, ROWS - 1).filter(lambda row: row != 7))
def test_no_change_changes_nothing(world, row):
    model, held, told = world
    found = what_if(model, held, told, row, [read_change("exercise=+0")])
    assert found.before == found.after
    assert found.inputs == {}


@given(row=st.integers(0, ROWS - 1).filter(lambda row: row != 7), added=st.integers(1, 9))
def test_a_change_moves_the_inputs_made_of_it_and_no_other(world, row, added):
    model, held, told = world
    found = what_if(model, held, told, row, [read_change(f"exercise=+{added}")])
    assert set(found.inputs) == set(NAMES)
    now = told.values["exercise_count:1"][0][row]
    assert found.inputs["exercises"] == pytest.approx((np.log1p(now), np.log1p(now + added)), rel=1e-5)
    assert found.after > found.before, "in this world those who exercise more dispute more"
    same = what_if(model, held, told, row, [read_change(f"exercise={now + added:g}")])
    assert same.after == found.after
    assert told.values["exercise_count:1"][0][row] == now, "what was told is not written to"


def test_nothing_is_added_to_what_is_unknown(world):
    model, held, told = world
    with pytest.raises(BadRequest, match="is not known, so nothing can be added"):
        what_if(model, held, told, 7, [read_change("exercise=+1")])
    assert what_if(model, held, told, 7, [read_change("exercise=1")]).inputs["exercises"][0] is None


def test_an_instrument_without_an_input_is_said_to_be_one(world):
    model, held, told = world
    found = what_if(model, held, told, 3, [read_change("visit=+1")])
    assert found.unknown == ("visit",)
    assert found.before == found.after


@pytest.mark.parametrize("text", ["exercise", "exercise=three", "exercise=+-1", "war=+1", "exercise=1e3"])
def test_what_is_no_change_is_refused(text):
    with pytest.raises(BadRequest, match=r"no change|cannot be changed"):
        read_change(text)


def test_every_instrument_names_a_group_of_inputs():
    assert all(group in GROUPS for group, _ in INSTRUMENTS.values())


@given(row=st.integers(0, ROWS - 1).filter(lambda row: row != 7), amount=st.integers(0, 10))
def test_what_no_pair_of_the_list_has_is_told_as_such(world, row, amount):
    model, held, told = world
    most = max(np.nanmax(sides[0]) for sides in told.values.values())
    found = what_if(model, held, told, row, [read_change(f"exercise={amount}")])
    assert found.beyond == ({"exercise": (amount, most)} if amount > most else {})
    said = "\n".join(what_if_lines(found, {}))
    assert ("more than any pair of this list has (4)" in said) == (amount > most)
