"""Blocs: modularity and agreement by their definitions, planted blocs found, chance told by stability."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.network import communities
from comity.network.blocs import agreement_of, modularity
from network_samples import matrix, planted, relabeled, symmetric, tied

NAN = float("nan")
labels = st.integers(0, 8).flatmap(
    lambda size: st.tuples(
        *[st.lists(st.integers(-1, 3), min_size=size, max_size=size).map(lambda row: np.array(row, dtype=np.int64))] * 2
    )
)


def modularity_by_hand(strength, division, resolution):
    """Newman's sum over all pairs of rows: strength less what the strengths of both would give."""
    total = strength.sum()
    bloc = {row: number for number, rows in enumerate(division) for row in rows}
    score = 0.0
    for a in range(len(strength)):
        for b in range(len(strength)):
            if a in bloc and bloc.get(a) == bloc.get(b):
                score += strength[a, b] - resolution * strength[a].sum() * strength[b].sum() / total
    return score / total


@given(tied(), st.sampled_from((0.5, 1.0, 2.0)), st.data())
def test_modularity_by_the_formula(graph, resolution, data):
    strength = symmetric(graph * np.arange(1.0, graph.size + 1).reshape(graph.shape))
    named = data.draw(st.lists(st.integers(0, 2), min_size=len(graph), max_size=len(graph)))
    division = [[row for row, bloc in enumerate(named) if bloc == number] for number in range(3)]
    wanted = modularity_by_hand(strength, division, resolution) if graph.any() else 0.0
    assert modularity(strength, division, resolution) == pytest.approx(wanted, abs=1e-12)


@given(labels)
def test_agreement_by_counting_pairs(drawn):
    """The adjusted Rand index from the four counts of pairs: together in both, in one, in the other, in neither."""
    one, other = drawn
    rows = [row for row in range(len(one)) if one[row] >= 0 and other[row] >= 0]
    both = first = second = neither = 0
    for a, b in combinations(rows, 2):
        here, there = one[a] == one[b], other[a] == other[b]
        both += here and there
        first += here and not there
        second += there and not here
        neither += not (here or there)
    below = (both + first) * (first + neither) + (both + second) * (second + neither)
    wanted = 2 * (both * neither - first * second) / below if below else 1.0
    assert agreement_of(one, other) == pytest.approx(wanted)
    assert agreement_of(other, one) == pytest.approx(wanted)
    assert agreement_of(one, one) == 1.0


@given(tied(), st.integers(0, 3))
def test_blocs_divide_the_tied_states(graph, seed):
    found = communities(graph.astype(float), runs=3, seed=seed)
    assert sorted(row for bloc in found.blocs for row in bloc) == np.flatnonzero(graph.any(axis=1)).tolist()
    assert list(found.blocs) == sorted(found.blocs, key=lambda bloc: (-len(bloc), bloc))
    assert all(list(bloc) == sorted(bloc) for bloc in found.blocs)
    assert found.counts[0] <= len(found.blocs) <= found.counts[1]
    assert -1 <= found.stability <= 1
    if graph.any():
        assert found.modularity == pytest.approx(modularity_by_hand(graph.astype(float), found.blocs, 1.0))
    assert found == communities(graph.astype(float), runs=3, seed=seed)
    alone = communities(np.where(graph, 1.0, NAN), runs=3, seed=seed)
    assert alone == found  # an unknown pair is as one without a tie


@pytest.mark.parametrize("seed", [0, 7])
def test_planted_blocs_are_found_whatever_the_order_of_states(seed):
    graph = planted([7, 5, 4], bridges=[(0, 7), (3, 9), (8, 12)])
    found = communities(graph, seed=seed)
    assert found.blocs == (tuple(range(7)), tuple(range(7, 12)), tuple(range(12, 16)))
    assert (found.stability, found.counts) == (1.0, (3, 3))
    order = np.random.default_rng(seed).permutation(len(graph))
    moved = communities(relabeled(graph, order), seed=seed)
    assert {frozenset(int(order[row]) for row in bloc) for bloc in moved.blocs} == set(map(frozenset, found.blocs))


def test_strength_pulls_states_together():
    # A ring of four falls into the two pairs that are tied more strongly.
    ring = matrix(4, [(0, 1, 9), (1, 2, 1), (2, 3, 9), (3, 0, 1)])
    assert communities(ring).blocs == ((0, 1), (2, 3))


def test_a_higher_resolution_makes_more_blocs():
    graph = planted([6, 6], bridges=[(0, 6), (1, 7), (2, 8), (3, 9)])
    assert len(communities(graph, resolution=0.1).blocs) == 1
    assert len(communities(graph, resolution=4.0).blocs) > 2


def test_a_graph_without_blocs_is_less_stable_than_one_with():
    random = np.random.default_rng(3)
    by_chance = symmetric(random.random((60, 60)) < 0.1).astype(float)
    found = communities(by_chance)
    assert found.stability < 0.9
    assert found.stability < communities(planted([10] * 6)).stability == 1.0
    assert communities(by_chance, seed=100) == communities(by_chance, seed=100)


def test_without_ties_there_is_no_bloc():
    found = communities(np.zeros((4, 4)))
    assert (found.blocs, found.modularity, found.stability, found.counts) == ((), 0.0, 1.0, (0, 0))
    assert communities(np.zeros((0, 0))).blocs == ()


def test_one_run_agrees_with_itself():
    assert communities(planted([3, 3]), runs=1).stability == 1.0
