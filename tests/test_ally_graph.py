"""The graph of allies against every world that may be, each tried out by plain loops."""

from __future__ import annotations

from itertools import combinations, pairwise, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.panel import ally_graph, spine

SMALL_WORLD = spine("dyad_year", "cow", (1816, 1817))
SMALL_WORLD = SMALL_WORLD.keep((SMALL_WORLD.state_a < 5) & (SMALL_WORLD.state_b < 5))
ties = st.lists(
    st.sampled_from((0.0, 0.0, 0.0, 1.0, 1.0, np.nan)), min_size=len(SMALL_WORLD), max_size=len(SMALL_WORLD)
).map(np.array)


def shared(tied, a, b):
    """The states that have a tie with both."""
    return sum({a, c} in tied and {b, c} in tied for c in set().union(*tied) - {a, b})


def steps(tied, a, b):
    """The length of the shortest path, by trying all paths."""
    others = set().union(*tied) - {a, b}
    for length in (1, 2, 3):
        for between in permutations(others, length - 1):
            way = (a, *between, b)
            if all({one, other} in tied for one, other in pairwise(way)):
                return length
    return 0


def answers(drawn, rows, question):
    """What each row may be when every unknown tie is there or is not, in every combination."""
    found = []
    for year in np.unique(rows.year):
        here = np.flatnonzero(rows.year == year)
        pairs = [frozenset((rows.state_a[row], rows.state_b[row])) for row in here]
        sure = [pair for pair, tie in zip(pairs, drawn[here], strict=True) if tie == 1]
        unknown = [pair for pair, tie in zip(pairs, drawn[here], strict=True) if np.isnan(tie)]
        worlds = [
            {*sure, *(pair for pair, is_there in zip(unknown, choice, strict=True) if is_there)}
            for choice in product((False, True), repeat=len(unknown))
        ]
        found += [(row, {question(tied, *pair) for tied in worlds}) for row, pair in zip(here, pairs, strict=True)]
    return found


@pytest.mark.parametrize(
    ("measured", "question"), [(ally_graph.shared_partner_count, shared), (ally_graph.steps_apart, steps)]
)
@settings(max_examples=40)
@given(drawn=ties)
def test_a_value_stands_where_every_world_that_may_be_gives_it(measured, question, drawn):
    few = drawn.copy()
    few[np.flatnonzero(np.isnan(drawn))[5:]] = 0.0  # every unknown tie doubles the worlds
    found = measured(few, SMALL_WORLD)
    for row, possible in answers(few, SMALL_WORLD, question):
        wanted = possible.pop() if len(possible) == 1 else np.nan
        np.testing.assert_equal(found[row], wanted)


@given(drawn=ties, seed=st.randoms(use_true_random=False))
def test_the_order_of_rows_is_nothing_to_the_graph(drawn, seed):
    order = list(range(len(SMALL_WORLD)))
    seed.shuffle(order)
    shuffled = SMALL_WORLD.keep(np.array(order))
    for measured in (ally_graph.shared_partner_count, ally_graph.steps_apart):
        np.testing.assert_equal(measured(drawn[order], shuffled), measured(drawn, SMALL_WORLD)[order])


def test_the_graph_of_a_world_without_rows_is_empty():
    nothing = SMALL_WORLD.keep(np.zeros(len(SMALL_WORLD), dtype=bool))
    assert len(ally_graph.steps_apart(np.array([]), nothing)) == 0


def test_allies_of_allies_are_two_steps_apart():
    """A chain of four states in one year: each step is one more, and the ends share no ally."""
    chain = {frozenset((0, 1)), frozenset((1, 2)), frozenset((2, 3))}
    rows = SMALL_WORLD.keep(SMALL_WORLD.year == 0)
    places = [frozenset(pair) for pair in zip(rows.state_a.tolist(), rows.state_b.tolist(), strict=True)]
    tied = np.array([float(pair in chain) for pair in places])
    apart = dict(zip(places, ally_graph.steps_apart(tied, rows), strict=True))
    common = dict(zip(places, ally_graph.shared_partner_count(tied, rows), strict=True))
    assert {pair: apart[pair] for pair in map(frozenset, combinations(range(4), 2))} == {
        frozenset((0, 1)): 1, frozenset((1, 2)): 1, frozenset((2, 3)): 1,
        frozenset((0, 2)): 2, frozenset((1, 3)): 2, frozenset((0, 3)): 3,
    }  # fmt: skip
    assert apart[frozenset((0, 4))] == 0
    assert [common[frozenset(pair)] for pair in ((0, 2), (1, 3), (0, 3), (0, 1))] == [1, 1, 0, 0]
