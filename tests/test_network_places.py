"""Where states stand: every measure against its definition written out, on every small graph that is drawn."""

from __future__ import annotations

from collections import deque
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.network import PLACES, Layer, Network, bridged, distance, layer_likeness, participation
from comity.network.pairs import multiplexity
from comity.network.places import components
from network_samples import NAMES, matrix, networks, relabeled, tied, ties


def partners(graph, state):
    return [other for other in range(len(graph)) if graph[state, other]]


def steps_from(graph, start):
    """How many ties lead to each state that can be reached."""
    found, waiting = {start: 0}, deque([start])
    while waiting:
        state = waiting.popleft()
        for other in partners(graph, state):
            if other not in found:
                found[other] = found[state] + 1
                waiting.append(other)
    return found


def parts(graph):
    """The connected parts with a tie."""
    return {frozenset(steps_from(graph, state)) for state in range(len(graph))} - {
        frozenset([state]) for state in range(len(graph))
    }


@given(tied(), st.data())
def test_places_move_with_the_states(graph, data):
    order = data.draw(st.permutations(range(len(graph))))
    for name, score in PLACES.items():
        moved = score(relabeled(graph, order))
        np.testing.assert_allclose(moved, score(graph)[list(order)], atol=1e-9, err_msg=name)


@given(tied())
def test_a_state_without_ties_has_no_place(graph):
    alone = ~graph.any(axis=1)
    for name, score in PLACES.items():
        told = score(graph)
        assert told.shape == (len(graph),)
        assert np.isnan(told[alone]).all() if name == "constraint" else not told[alone].any()
        assert np.isfinite(told[~alone]).all()


@given(tied())
def test_degree_triangles_and_closure(graph):
    count, triangles, closed = (PLACES[name](graph) for name in ("degree", "triangle_count", "closure"))
    for state in range(len(graph)):
        near = partners(graph, state)
        both = [graph[a, b] for a, b in combinations(near, 2)]
        assert count[state] == len(near)
        assert triangles[state] == sum(both)
        assert closed[state] == pytest.approx(sum(both) / len(both) if both else 0.0)


def shortest(graph, start, end):
    """Every shortest path between two states, found by trying every order of the states between them."""
    for length in range(len(graph) - 1):
        between = [state for state in range(len(graph)) if state not in (start, end)]
        found = [
            middle
            for middle in permutations(between, length)
            if all(graph[a, b] for a, b in zip((start, *middle), (*middle, end), strict=True))
        ]
        if found:
            return found
    return []


@given(tied(most=6))
def test_betweenness_counts_shortest_paths(graph):
    wanted = np.zeros(len(graph))
    for start, end in combinations(range(len(graph)), 2):
        paths = shortest(graph, start, end)
        for middle in paths:
            for state in middle:
                wanted[state] += 1 / len(paths)
    np.testing.assert_allclose(PLACES["betweenness"](graph), wanted, atol=1e-9)


@given(tied())
def test_core_number_by_peeling(graph):
    wanted = np.zeros(len(graph))
    for least in range(1, len(graph)):
        left = set(range(len(graph)))
        while weak := {state for state in left if sum(graph[state, other] for other in left) < least}:
            left -= weak
        wanted[list(left)] = least
    assert PLACES["core_number"](graph).tolist() == wanted.tolist()


@given(tied())
def test_eigenvector_is_one_of_each_part(graph):
    told = PLACES["eigenvector"](graph)
    for part in map(sorted, parts(graph)):
        inner, own = graph[np.ix_(part, part)].astype(float), told[part]
        assert own.max() == pytest.approx(1.0)
        assert (own > 0).all()
        # A positive eigenvector of a connected graph is the leading one, by the theorem of Perron and Frobenius.
        step = inner @ own
        np.testing.assert_allclose(step, step[own.argmax()] * own, atol=1e-9)


@given(tied())
def test_pagerank_is_where_walking_settles(graph):
    told = PLACES["pagerank"](graph)
    for part in map(sorted, parts(graph)):
        inner = graph[np.ix_(part, part)].astype(float)
        share = np.full(len(part), 1 / len(part))
        for _ in range(200):
            share = 0.15 / len(part) + 0.85 * (inner / inner.sum(axis=0)) @ share
        np.testing.assert_allclose(told[part], share, atol=1e-9)
        assert told[part].sum() == pytest.approx(1.0)


@given(tied())
def test_constraint_by_the_formula_of_burt(graph):
    def spent(a, b):
        return graph[a, b] / len(partners(graph, a))

    told = PLACES["constraint"](graph)
    for state in range(len(graph)):
        near = partners(graph, state)
        wanted = sum(
            (spent(state, other) + sum(spent(state, third) * spent(third, other) for third in near if third != other))
            ** 2
            for other in near
        )
        assert told[state] == pytest.approx(wanted) if near else np.isnan(told[state])


@given(tied())
def test_components_are_what_can_be_reached(graph):
    found = components(graph)
    assert {frozenset(map(int, rows)) for rows in found} == {
        frozenset(steps_from(graph, state)) for state in range(len(graph))
    }
    assert found == sorted(found, key=lambda rows: (-len(rows), rows[0]))


@given(tied(), st.integers(0, 5))
def test_distance_counts_the_steps(graph, farthest):
    found = distance(graph, farthest)
    for state in range(len(graph)):
        reached = steps_from(graph, state)
        wanted = [reached[other] if reached.get(other, 99) <= farthest else 0 for other in range(len(graph))]
        assert found[state].tolist() == wanted


@given(tied(), st.data())
def test_a_bridge_joins_two_blocs_that_are_not_tied(graph, data):
    size = len(graph)
    blocs = np.array(data.draw(st.lists(st.integers(-1, 2), min_size=size, max_size=size)), dtype=np.int64)
    wanted = [
        sum(
            not graph[a, b] and blocs[a] != blocs[b] and min(blocs[a], blocs[b]) >= 0
            for a, b in combinations(partners(graph, state), 2)
        )
        for state in range(size)
    ]
    assert bridged(graph, blocs).tolist() == wanted


@given(networks(layers=(("alliance", 1), ("visit", 1), ("arms", 1), ("dispute", -1))))
def test_participation_says_how_evenly_ties_are_spread(network):
    told = participation(network)
    for state in range(len(network)):
        counts = [int(network.layers[name].tied[state].sum()) for name in ("alliance", "visit", "arms")]
        if not sum(counts):
            assert np.isnan(told[state])
            continue
        wanted = 3 / 2 * (1 - sum((count / sum(counts)) ** 2 for count in counts))
        assert told[state] == pytest.approx(wanted)
    # A layer that divides is no part of it, named or not; one layer is spread over nothing.
    turned = participation(network, ["visit", "arms", "alliance", "dispute"])  # another order moves the last digit
    np.testing.assert_allclose(turned, told, rtol=1e-12, atol=1e-12)
    alone = np.where(network.layers["visit"].tied.any(axis=1), 0.0, np.nan)
    assert np.array_equal(participation(network, ["visit"]), alone, equal_nan=True)
    np.testing.assert_array_equal(participation(network, ["dispute"]), np.full(len(network), np.nan))


@given(networks())
def test_layers_are_alike_by_the_pairs_known_in_both(network):
    found = layer_likeness(network)
    assert list(found) == [("alliance", "visit"), ("alliance", "dispute"), ("visit", "dispute")]
    for (one, other), share in found.items():
        both = either = 0
        for a, b in combinations(range(len(network)), 2):
            here, there = network.layers[one].weights[a, b], network.layers[other].weights[a, b]
            if not (np.isnan(here) or np.isnan(there)):
                both += here > 0 and there > 0
                either += here > 0 or there > 0
        assert share is None if not either else share == pytest.approx(both / either)


def test_multiplexity_counts_layers():
    layers = {name: Layer(name, matrix(3, [(0, 1, 5.0)])) for name in ("visit", "arms")}
    made = Network((2000, 2000), NAMES[:3], layers)
    assert multiplexity(made).tolist() == [[0, 2, 0], [2, 0, 0], [0, 0, 0]]
    assert multiplexity(made, ["arms"]).max() == 1


# Known cases. Golden values are those of python-igraph 1.0.0, Graph(n, edges): betweenness(), coreness(), constraint(),
# transitivity_local_undirected(mode="zero"), and pagerank() and eigenvector_centrality() of each connected part.
GOLDEN = {
    "kite of Krackhardt": {
        "betweenness": [0.833333333, 0.833333333, 0, 3.666666667, 0, 8.333333333, 8.333333333, 14, 8, 0],
        "core_number": [3, 3, 3, 3, 3, 3, 3, 2, 1, 1],
        "closure": [0.666666667, 0.666666667, 1, 0.533333333, 1, 0.5, 0.5, 0.333333333, 0, 0],
        "constraint": [
            0.541197917,
            0.541197917,
            0.664135802,
            0.470169753,
            0.664135802,
            0.445088889,
            0.445088889,
            0.431111111,
            0.5,
            1,
        ],
        "eigenvector": [
            0.732212316,
            0.732212316,
            0.594225773,
            1,
            0.594225773,
            0.826763808,
            0.826763808,
            0.407176902,
            0.099940541,
            0.023207425,
        ],
        "pagerank": [
            0.101919913,
            0.101919913,
            0.079418114,
            0.147147916,
            0.079418114,
            0.128906928,
            0.128906928,
            0.095248287,
            0.085693956,
            0.051419931,
        ],
    },
    "two parts and a state alone": {
        "betweenness": [0, 0, 2, 0, 0, 1, 0, 0],
        "core_number": [2, 2, 2, 1, 1, 1, 1, 0],
        "closure": [1, 1, 0.333333333, 0, 0, 0, 0, 0],
        "constraint": [1.006944444, 1.006944444, 0.611111111, 1, 1, 0.5, 1, float("nan")],
        "eigenvector": [0.85463768, 0.85463768, 1, 0.460811127, 0.707106781, 1, 0.707106781, 0],
        "pagerank": [0.245927819, 0.245927819, 0.366735867, 0.141408496, 0.256756757, 0.486486486, 0.256756757, 0],
    },
    "ring with a chord": {
        "betweenness": [3.333333333, 0.833333333, 0.833333333, 3.333333333, 0.833333333, 0.833333333],
        "core_number": [2, 2, 2, 2, 2, 2],
        "closure": [0, 0, 0, 0, 0, 0],
        "constraint": [0.333333333, 0.5, 0.5, 0.333333333, 0.5, 0.5],
        "eigenvector": [1, 0.707106781, 0.707106781, 1, 0.707106781, 0.707106781],
        "pagerank": [0.208029197, 0.145985401, 0.145985401, 0.208029197, 0.145985401, 0.145985401],
    },
}
KITE = [(0, 1), (0, 2), (0, 3), (0, 5), (1, 3), (1, 4), (1, 6), (2, 3), (2, 5), (3, 4), (3, 5), (3, 6), (4, 6), (5, 6),
        (5, 7), (6, 7), (7, 8), (8, 9)]  # fmt: skip
GRAPHS = {
    "kite of Krackhardt": (10, KITE),
    "two parts and a state alone": (8, [(0, 1), (1, 2), (2, 0), (2, 3), (4, 5), (5, 6)]),
    "ring with a chord": (6, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 0), (0, 3)]),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_places_are_those_igraph_gives(name):
    graph = ties(*GRAPHS[name])
    for measure, wanted in GOLDEN[name].items():
        np.testing.assert_allclose(PLACES[measure](graph), wanted, atol=1e-9, err_msg=measure)


def test_the_middle_of_a_star_stands_between_all():
    star = ties(5, [(0, other) for other in range(1, 5)])
    assert PLACES["betweenness"](star).tolist() == [6, 0, 0, 0, 0]
    assert PLACES["core_number"](star).tolist() == [1] * 5
    assert PLACES["constraint"](star).tolist() == [0.25, 1, 1, 1, 1]
