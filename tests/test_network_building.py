"""Networks of a store: they say of each pair what the panel says, a window folds its years, unknown stays unknown."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from comity.errors import BadRequest, UnknownWord
from comity.network import network, networks
from comity.panel import StateSystem, panel
from comity.panel.systems import Spell
from comity.vocab.coverage import Coverage
from panel_samples import YEARS, Sample, opened, worlds
from test_network_hyperedges import act, took_part

LAYERS = ("alliance", "exercise", "visit", "dialogue", "dispute", "agreement")
COUNTED = ("exercise", "visit", "dialogue")
# Of each layer the measures it is made of; where a measure has a direction, both columns.
MADE_OF = {
    "exercise": "exercise_count", "visit": "visit_count", "dialogue": "dialogue_count", "dispute": "dispute_ongoing",
}  # fmt: skip
slow = settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
ALL = StateSystem("invented", [Spell(code, date(1816, 1, 1), None, code) for code in ("DEU", "FRA", "JPN", "USA")])


def known_of(store, system, measure):
    """What the panel knows of a measure: a number for each pair and year, the directions added."""
    rows = panel(store, "dyad_year", years=YEARS, system=system).add(measure).to_arrow().to_pylist()
    found = {}
    for row in rows:
        sides = [value for name, value in row.items() if name.startswith(measure)]
        known = [value for value in sides if value is not None]
        if len(known) == len(sides) or any(known):
            found[row["state_a"], row["state_b"], row["year"]] = float(sum(known))
    return found


@slow
@given(worlds())
def test_a_network_says_of_each_pair_what_the_panel_says(tmp_path_factory, world):
    system, given_samples = world
    with opened(tmp_path_factory, given_samples) as store:
        window = network(store, YEARS, LAYERS, system)
        yearly = list(networks(store, YEARS, LAYERS, system))
        one = network(store, YEARS[0], LAYERS, system)
        told = {layer: known_of(store, system, measure) for layer, measure in MADE_OF.items()}
        members = panel(store, "dyad_year", years=YEARS, system=system).to_arrow().to_pylist()
    assert [made.years for made in yearly] == [(year, year) for year in range(YEARS[0], YEARS[1] + 1)]
    assert_same(one, yearly[0])
    for made in (window, *yearly):
        within = [row for row in members if made.years[0] <= row["year"] <= made.years[1]]
        assert list(made.states) == sorted({row[side] for row in within for side in ("state_a", "state_b")})
        for name, layer in made.layers.items():
            assert np.array_equal(layer.weights, layer.weights.T, equal_nan=True)
            assert not layer.weights.diagonal().any()
            if name in told:
                assert np.array_equal(layer.weights, folded(made, name, told[name]), equal_nan=True)


def folded(made, name, told):
    """The matrix of a layer, made by loops."""
    wanted = np.full((len(made), len(made)), np.nan)
    np.fill_diagonal(wanted, 0.0)
    for (one, other, year), value in told.items():
        if made.years[0] <= year <= made.years[1]:
            a, b = made.number(one), made.number(other)
            so_far = 0.0 if np.isnan(wanted[a, b]) else wanted[a, b]
            wanted[a, b] = wanted[b, a] = so_far + value if name in COUNTED else max(so_far, value)
    return wanted


def assert_same(one, other):
    assert (one.years, one.states, one.system) == (other.years, other.states, other.system)
    assert list(one.layers) == list(other.layers)
    for name, layer in one.layers.items():
        assert np.array_equal(layer.weights, other.layers[name].weights, equal_nan=True), name


@slow
@given(worlds())
def test_a_source_of_something_else_changes_nothing(tmp_path_factory, world):
    system, given_samples = world
    talk = act("talk", took_part("FRA", "USA"), instrument="dialogue")
    other = Sample(
        "unrelated",
        (Coverage(kinds=("dialogue",), completeness="complete", start=date(1980, 1, 1), end=date(1999, 12, 31)),),
        {"engagement": [talk[0]], "engagement_party": talk[1]},
    )
    names = ("alliance", "exercise", "visit", "dispute")
    with opened(tmp_path_factory, given_samples) as store:
        before = network(store, YEARS, names, system)
    with opened(tmp_path_factory, [*given_samples, other]) as store:
        after = network(store, YEARS, names, system)
    assert_same(before, after)
    assert [layer.sources for layer in before.layers.values()] == [layer.sources for layer in after.layers.values()]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """One source that knows every exercise from 1989 to 1991, and one that lists some dialogues."""
    acts = [
        act("a", took_part("FRA", "USA"), start=date(1989, 1, 1)),
        act("b", took_part("FRA", "USA", "JPN"), start=date(1990, 1, 1)),
        act("c", took_part("FRA", "USA"), instrument="dialogue"),
    ]
    rows = {
        "engagement": [row for row, _ in acts],
        "engagement_party": [row for _, members in acts for row in members],
    }
    known = (
        Coverage(kinds=("exercise",), completeness="complete", start=date(1989, 1, 1), end=date(1991, 12, 31)),
        Coverage(kinds=("dialogue",), completeness="positive_only", start=date(1989, 1, 1), end=date(1991, 12, 31)),
    )
    with opened(tmp_path_factory, [Sample("alpha", known, rows)]) as made:
        yield made


def cell(made, layer, one, other):
    return made.layers[layer].weights[made.number(one), made.number(other)]


def test_a_year_counts_and_knows(store):
    made = network(store, 1990, ["exercise", "dialogue"], ALL)
    assert made.states == ("DEU", "FRA", "JPN", "USA")
    assert cell(made, "exercise", "FRA", "USA") == cell(made, "exercise", "USA", "JPN") == 1
    assert cell(made, "exercise", "DEU", "USA") == 0
    assert cell(made, "dialogue", "FRA", "USA") == 1
    # No list of dialogues is complete: a pair in none is unknown, not untied.
    assert np.isnan(cell(made, "dialogue", "DEU", "USA"))
    assert made.layers["exercise"].known_share == 1
    assert made.layers["dialogue"].known_share == pytest.approx(1 / 6)
    assert {name: layer.sources for name, layer in made.layers.items()} == dict.fromkeys(
        ("exercise", "dialogue"), ("alpha",)
    )


def test_a_window_adds_counts_and_is_unknown_only_where_every_year_is(store):
    made = network(store, (1989, 1995), ["exercise"], ALL)
    assert cell(made, "exercise", "FRA", "USA") == 2
    assert cell(made, "exercise", "DEU", "USA") == 0
    after = network(store, (1992, 1995), ["exercise", "dispute"], ALL)
    for layer in after.layers.values():
        assert (layer.known_share, layer.tie_count) == (0, 0)


def test_a_layer_asked_twice_is_there_once_and_in_the_order_asked(store):
    assert list(network(store, 1990, ["dispute", "exercise", "dispute"], ALL).layers) == ["dispute", "exercise"]


def test_other_codes_make_the_same_network(store, tmp_path_factory):
    """States under other codes, in another order, have the same ties."""
    new = {"FRA": "USA", "USA": "DEU", "JPN": "FRA", "DEU": "JPN"}
    moved = Sample("alpha", (store.coverage("exercise")[0][1],), {
        table: [row | ({"party": new[row["party"]]} if "party" in row else {}) for row in rows]
        for table, rows in {
            "engagement": [act("b", took_part("FRA", "USA", "JPN"))[0]],
            "engagement_party": act("b", took_part("FRA", "USA", "JPN"))[1],
        }.items()
    })  # fmt: skip
    with opened(tmp_path_factory, [moved]) as other:
        made, again = network(store, 1990, ["exercise"], ALL), network(other, 1990, ["exercise"], ALL)
    order = [new[state] for state in made.states]
    back = again.among(order)
    assert np.array_equal(back.layers["exercise"].weights, made.layers["exercise"].weights, equal_nan=True)


def test_what_cannot_be_asked_is_refused(store):
    with pytest.raises(UnknownWord, match="'love' is no layer"):
        network(store, 1990, ["love"], ALL)
    with pytest.raises(BadRequest, match="at least one layer"):
        network(store, 1990, [], ALL)
    with pytest.raises(BadRequest, match="run backwards"):
        network(store, (1991, 1990), ["exercise"], ALL)
