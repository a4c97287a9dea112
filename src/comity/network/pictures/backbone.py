"""Which ties are drawn: how strong a pair is tied over all layers, and the strongest ties of a dense network.

The strongest are chosen as Serrano, Boguñá and Vespignani (2009) do: a tie stays when it carries more of the strength
of one of its two states than chance would give it. A tree of the strongest ties comes first, so that no state that is
tied stands alone and no part falls in two.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from comity.network.graph import Matrix, Network

MOST_TIES = 240  # more lines than that on one page are a cloud


def strength(network: Network) -> Matrix:
    """How strongly each pair is bound: over layers, log2(1 + weight / the layer's median weight); 0 without a tie.

    A layer that only says that a tie holds adds 1; one that counts adds more where it counts more.

    >>> from comity.network.graph import Layer
    >>> held = Layer("alliance", np.array([[0.0, 1.0], [1.0, 0.0]]))
    >>> strength(Network((2010, 2010), ("FRA", "USA"), {"alliance": held})).tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    total = np.zeros((len(network), len(network)))
    for layer in network.layers.values():
        if layer.sign > 0 and layer.tied.any():
            weights = np.where(layer.tied, layer.weights, 0.0)
            total += np.log2(1 + weights / np.median(weights[layer.tied]))
    return total


def backbone(weights: Matrix, most: int = MOST_TIES) -> tuple[tuple[int, int], ...]:
    """The pairs to draw, the strongest last so that they lie on top; all of them where there are no more than `most`.

    >>> backbone(np.array([[0.0, 2.0, 1.0], [2.0, 0.0, 3.0], [1.0, 3.0, 0.0]]), most=2)
    ((0, 1), (1, 2))
    """
    one, other = np.nonzero(np.triu(weights > 0, 1))
    if not len(one):
        return ()
    held = weights[one, other]
    # Rounded, so that the order does not hang on the last digit of a product.
    chance = np.round(surprise(weights)[one, other], 9)
    if len(one) > most:
        tree = _tree(one, other, held)
        order = sorted(range(len(one)), key=lambda tie: (not tree[tie], chance[tie], -held[tie], tie))
        kept = sorted(order[: max(most, int(tree.sum()))])
    else:
        kept = list(range(len(one)))
    kept.sort(key=lambda tie: (held[tie], tie))
    return tuple((int(one[tie]), int(other[tie])) for tie in kept)


def surprise(weights: Matrix) -> Matrix:
    """How likely a tie as strong is where strength is spread at random, for the end where it is less likely.

    >>> surprise(np.array([[0.0, 1.0, 1.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0]])).tolist()
    [[1.0, 0.5, 0.5], [0.5, 1.0, 1.0], [0.5, 1.0, 1.0]]
    """
    degree = (weights > 0).sum(axis=1)
    total = weights.sum(axis=1)
    share = weights / np.where(total > 0, total, 1.0)[:, None]
    of_one = np.where(weights > 0, (1 - np.minimum(share, 1.0)) ** np.maximum(degree - 1, 0)[:, None], 1.0)
    chance: Matrix = np.minimum(of_one, of_one.T)
    return chance


def _tree(one: Iterable[int], other: Iterable[int], held: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which ties make the strongest tree of each part (Kruskal)."""
    ends = list(zip(one, other, strict=True))
    root = {state: state for pair in ends for state in pair}

    def top(state: int) -> int:
        while root[state] != state:
            root[state] = root[root[state]]
            state = root[state]
        return state

    kept = np.zeros(len(ends), dtype=bool)
    for tie in np.lexsort((np.arange(len(ends)), -held)).tolist():
        a, b = top(ends[tie][0]), top(ends[tie][1])
        if a != b:
            root[a] = b
            kept[tie] = True
    return kept
