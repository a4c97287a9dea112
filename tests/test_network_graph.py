"""Layers and networks: unknown is not untied, layers of a sign are counted, and a part of a network is its part."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadRequest, UnknownWord
from comity.network import KINDS, Layer, Network, layer_kind
from comity.network.layers import known_best
from network_samples import NAMES, matrix, networks

NAN = float("nan")


def pairs(network):
    return combinations(range(len(network)), 2)


@given(networks())
def test_a_layer_counts_ties_and_what_is_known_of_pairs(network):
    for layer in network.layers.values():
        cells = [layer.weights[a, b] for a, b in pairs(network)]
        assert layer.tie_count == sum(cell > 0 for cell in cells)
        known = [not np.isnan(cell) for cell in cells]
        assert layer.known_share == pytest.approx(sum(known) / len(known) if known else 1.0)
        assert not layer.tied[np.isnan(layer.weights)].any()


@given(networks())
def test_layers_fold_by_their_sign(network):
    binding, dividing, signs = network.binding(), network.dividing(), network.signed()
    for a, b in pairs(network):
        bound = sum(network.layers[name].weights[a, b] > 0 for name in ("alliance", "visit"))
        divided = network.layers["dispute"].weights[a, b] > 0
        assert (binding[a, b], dividing[a, b]) == (bound, divided)
        assert signs[a, b] == (-1 if divided else 1 if bound else 0)
    assert (signs == signs.T).all()
    assert not signs.diagonal().any()


@given(networks(), st.lists(st.sampled_from(("alliance", "visit", "dispute")), min_size=1, unique=True))
def test_named_layers_alone_count_however_they_are_given(network, names):
    cut = Network(network.years, network.states, {name: network.layers[name] for name in names})
    for ask in ("binding", "dividing", "signed"):
        assert (getattr(network, ask)(names) == getattr(cut, ask)()).all()
        assert (getattr(network, ask)(name for name in names) == getattr(cut, ask)()).all()


@given(networks(), st.data())
def test_a_part_of_a_network_says_of_its_pairs_what_the_whole_says(network, data):
    kept = data.draw(st.lists(st.sampled_from(network.states), unique=True))
    part = network.among([*kept, *kept])
    assert part.states == tuple(kept)
    for name, layer in part.layers.items():
        assert (layer.sign, layer.sources) == (network.layers[name].sign, network.layers[name].sources)
        for a, b in pairs(part):
            whole = network.layers[name].weights[network.number(kept[a]), network.number(kept[b])]
            assert np.array_equal(layer.weights[a, b], whole, equal_nan=True)


def test_what_a_network_does_not_have_is_named():
    made = Network((1990, 1995), NAMES[:2], {"visit": Layer("visit", matrix(2, [(0, 1)]))})
    with pytest.raises(BadRequest, match="'arms' is no layer of this network; it has visit"):
        made.binding(["arms"])
    with pytest.raises(BadRequest, match=r"YUG was no member of the state system \(cow\) in 1990 to 1995"):
        made.among(["YUG"])
    with pytest.raises(BadRequest, match=r"in 1990$"):
        Network((1990, 1990), (), {}).number("YUG")
    with pytest.raises(UnknownWord, match="'love' is no layer; layers are alliance, defense"):
        layer_kind("love")


def test_every_layer_says_what_a_tie_means():
    assert {"alliance", "exercise", "visit", "arms", "training", "dispute", "rivalry"} <= KINDS.keys()
    for name, kind in KINDS.items():
        assert kind.name == name
        assert kind.means.endswith((".", ")"))
    assert {name for name, kind in KINDS.items() if kind.sign < 0} == {"dispute", "incident", "rivalry"}
    assert {name for name, kind in KINDS.items() if kind.is_hindsight} == {"rivalry"}


@given(st.lists(st.lists(st.sampled_from((0.0, 1.0, 4.0, NAN)), min_size=3, max_size=3), min_size=1, max_size=4))
def test_of_several_lists_one_that_knows_decides(lists):
    found = known_best(*map(np.array, lists))
    for row, cell in enumerate(found):
        known = [given_list[row] for given_list in lists if not np.isnan(given_list[row])]
        assert np.array_equal(cell, max(known) if known else NAN, equal_nan=True)


# What each layer makes of its measures; a column is of three pairs: tied, known to be untied, unknown.
COLUMN = np.array([1.0, 0.0, NAN])


@pytest.mark.parametrize("name", sorted(KINDS.keys() - {"presence"}))
def test_a_layer_ties_where_its_measures_do(name):
    assert np.array_equal(KINDS[name].weigh(lambda _: COLUMN), COLUMN, equal_nan=True)


def test_presence_needs_a_hundred_troops_a_base_or_forces():
    told = {
        "troop_count": np.array([99.0, 100.0, 5.0, NAN, NAN]),
        "has_base": np.array([NAN, 0.0, 1.0, NAN, NAN]),
        "has_forces_abroad": np.array([NAN, NAN, NAN, 1.0, NAN]),
    }
    found = KINDS["presence"].weigh(told.__getitem__)
    assert np.array_equal(found, [0.0, 1.0, 1.0, 1.0, NAN], equal_nan=True)
