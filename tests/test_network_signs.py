"""Structural balance: triads against counting, frustration against every division, chance against chance."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.network import against_chance, balance, signs, triads
from comity.network.signs import balance_share, frustration
from network_samples import matrix, relabeled, signed, symmetric


def triads_by_hand(graph):
    found = [
        graph[a, b] * graph[b, c] * graph[a, c]
        for a, b, c in combinations(range(len(graph)), 3)
        if graph[a, b] and graph[b, c] and graph[a, c]
    ]
    return sum(sign > 0 for sign in found), sum(sign < 0 for sign in found)


def frustration_by_hand(graph):
    """The ties that stand against the best of all divisions into two camps."""
    ties = [(a, b, graph[a, b]) for a, b in combinations(range(len(graph)), 2) if graph[a, b]]
    return min(
        sum((camps[a] == camps[b]) != (sign > 0) for a, b, sign in ties) for camps in product((0, 1), repeat=len(graph))
    )


@given(signed())
def test_triads_are_those_counted_one_by_one(graph):
    assert triads(graph) == triads_by_hand(graph)


@settings(max_examples=60)
@given(signed(), st.integers(0, 5))
def test_frustration_is_within_its_bounds(graph, seed):
    told, wanted = balance(graph, seed), frustration_by_hand(graph)
    assert told.frustration_low <= wanted <= told.frustration_high <= told.tie_count
    assert told.tie_count == np.count_nonzero(graph) // 2
    assert (told.balanced_count, told.unbalanced_count) == triads(graph)
    assert told.balanced_share == balance_share(graph)


@given(signed(), st.data())
def test_balance_does_not_depend_on_the_order_of_states(graph, data):
    order = data.draw(st.permutations(range(len(graph))))
    assert triads(relabeled(graph, order)) == triads(graph)


@given(signed(most=7), st.data())
def test_two_camps_that_change_sides_leave_balance_as_it_is(graph, data):
    """To turn all ties of a state around changes the sign of no triad and no frustration (Zaslavsky 1982)."""
    turned = np.array(data.draw(st.lists(st.sampled_from((-1.0, 1.0)), min_size=len(graph), max_size=len(graph))))
    other = graph * turned[:, None] * turned
    assert triads(other) == triads(graph)
    assert frustration_by_hand(other) == frustration_by_hand(graph)


@given(signed(), st.integers(1, 8), st.integers(0, 3))
def test_chance_deals_the_same_signs_to_the_same_ties(graph, draws, seed):
    told = against_chance(graph, draws, seed)
    if balance_share(graph) is None:
        assert told is None
        return
    assert told is not None
    assert told == against_chance(graph, draws, seed)
    assert 1 / (draws + 1) <= told.higher_share <= 1
    assert told.low <= told.mean + 1e-12
    assert told.mean <= told.high + 1e-12
    assert (told.observed, told.draws) == (balance_share(graph), draws)


def test_what_is_dealt_has_as_many_signs_on_the_same_ties(monkeypatch):
    graph = matrix(5, [(0, 1, 1), (1, 2, -1), (0, 2, 1), (2, 3, -1), (3, 4, 1), (2, 4, 1)])
    seen = []

    def watched(made):
        seen.append(made.copy())
        return balance_share(made)

    monkeypatch.setattr(signs, "balance_share", watched)
    against_chance(graph, draws=20)
    assert len(seen) == 21
    for dealt in seen:
        assert (dealt == dealt.T).all()
        assert (np.abs(dealt) == np.abs(graph)).all()
        assert dealt.sum() == graph.sum()
    assert len({dealt.tobytes() for dealt in seen}) > 10


def test_signs_of_chance_look_like_chance():
    """On random signs, the share of draws that are as balanced is uniform: under 0.1 in about one of ten cases."""
    random = np.random.default_rng(5)
    shares = []
    for _ in range(200):
        graph = symmetric(random.choice([-1.0, 1.0, 1.0], size=(12, 12)))
        told = against_chance(graph, draws=39, seed=int(random.integers(1 << 30)))
        shares.append(told.higher_share)
    for level in (0.1, 0.25, 0.5):
        # Exact where no two shares are equal, and else too careful; four standard errors of 200 cases.
        error = 4 * (level * (1 - level) / 200) ** 0.5
        assert level - error - 0.05 <= np.mean(np.array(shares) <= level) <= level + error


def test_two_camps_are_more_balanced_than_chance():
    camps = np.array([1.0] * 6 + [-1.0] * 5)
    graph = symmetric(camps[:, None] * camps)
    told = balance(graph)
    assert (told.balanced_share, told.frustration_low, told.frustration_high) == (1.0, 0, 0)
    chance = against_chance(graph, draws=99)
    assert chance is not None
    assert chance.higher_share == 0.01
    assert chance.high < 1


def test_a_tie_against_the_camps_frustrates_once():
    graph = matrix(4, [(0, 1, 1), (0, 2, 1), (1, 2, 1), (2, 3, -1), (0, 3, 1), (1, 3, 1)])
    assert triads(graph) == (2, 2)
    told = balance(graph)
    assert (told.frustration_low, told.frustration_high) == (1, 1)


def test_a_ring_without_triads_can_be_frustrated_too():
    ring = matrix(4, [(0, 1, 1), (1, 2, 1), (2, 3, 1), (3, 0, -1)])
    assert balance_share(ring) is None
    assert balance(ring).balanced_share is None
    assert frustration(ring) == frustration_by_hand(ring) == 1


def test_nothing_is_balanced_or_frustrated_without_ties():
    told = balance(np.zeros((3, 3)))
    assert (told.tie_count, told.frustration_low, told.frustration_high, told.balanced_share) == (0, 0, 0, None)
    assert triads(np.zeros((0, 0))) == (0, 0)


@pytest.mark.parametrize("size", [30, 60])
def test_a_planted_division_is_found(size):
    """Two camps with a tenth of the ties turned: the search finds a division at least as good as the planted one."""
    random = np.random.default_rng(size)
    camps = random.choice([-1.0, 1.0], size=size)
    turned = symmetric(random.random((size, size)) < 0.1).astype(bool)
    graph = symmetric(camps[:, None] * camps)
    graph[turned] *= -1
    assert 0 < frustration(graph) <= np.count_nonzero(turned) // 2
