"""Small invented networks for the tests of networks: random ties, random layers, and known shapes."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from comity.network import Layer, Network

NAMES = ("AUS", "BRA", "CAN", "DNK", "EGY", "FRA", "GBR", "HUN", "IND", "JPN")


def matrix(size, edges, value=1.0):
    """A symmetric matrix with a value at each edge, or the value that an edge brings as its third."""
    made = np.zeros((size, size))
    for a, b, *own in edges:
        made[a, b] = made[b, a] = own[0] if own else value
    return made


def ties(size, edges):
    """The same as truths."""
    return matrix(size, edges) > 0


def symmetric(made):
    """The upper half of a square on both sides of an empty diagonal."""
    upper = np.triu(made, 1)
    return upper + upper.T


def _square(size, elements, dtype):
    return arrays.arrays(dtype, (size, size), elements=elements).map(symmetric)


@st.composite
def tied(draw, most=7):
    """Which of up to some states are tied, with few ties or many."""
    size = draw(st.integers(0, most))
    likely = draw(st.sampled_from(([False, True], [False, False, False, True], [False, True, True, True])))
    return draw(_square(size, st.sampled_from(likely), np.bool_))


@st.composite
def signed(draw, most=8):
    """A signed network of up to some states."""
    size = draw(st.integers(0, most))
    signs = draw(st.sampled_from(([-1.0, 0.0, 1.0], [-1.0, 0.0, 1.0, 1.0, 1.0], [-1.0, 1.0])))
    return draw(_square(size, st.sampled_from(signs), np.float64))


weights = st.sampled_from((0.0, 0.0, 1.0, 2.0, 3.5, float("nan")))


@st.composite
def networks(draw, most=6, layers=(("alliance", 1), ("visit", 1), ("dispute", -1))):
    """A network of up to some states with these layers; weights may be unknown."""
    size = draw(st.integers(1, most))
    made = {}
    for name, sign in layers:
        drawn = draw(arrays.arrays(np.float64, (size, size), elements=weights))
        made[name] = Layer(name, mirrored(drawn), sign, ("invented",))
    return Network((2000, 2000), NAMES[:size], made)


def mirrored(drawn):
    """The upper half, unknown cells too, on both sides of an empty diagonal."""
    made = np.zeros_like(drawn)
    for a, b in combinations(range(len(drawn)), 2):
        made[a, b] = made[b, a] = drawn[a, b]
    return made


def relabeled(made, order):
    """The same matrix with its rows in another order."""
    return made[np.ix_(order, order)]


def planted(sizes, bridges=()):
    """Cliques of these sizes, one after the other, and single ties between them."""
    edges, start = list(bridges), 0
    for size in sizes:
        edges += combinations(range(start, start + size), 2)
        start += size
    return matrix(start, edges)
