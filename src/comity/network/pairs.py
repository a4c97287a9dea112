"""What a network says of two states, and of how alike its layers are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from comity.network.graph import Matrix, Network, Ties

FARTHEST = 3


def distance(tied: Ties, farthest: int = FARTHEST) -> npt.NDArray[np.int64]:
    """The fewest ties that lead from each state to each other one, up to the farthest; 0 where it takes more.

    >>> distance(np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], dtype=bool))[0].tolist()
    [0, 1, 2]
    """
    step = tied.astype(np.float32)
    reached = np.eye(len(tied), dtype=bool)
    found = np.zeros(tied.shape, dtype=np.int64)
    walk = np.eye(len(tied), dtype=np.float32)
    for steps in range(1, farthest + 1):
        walk = ((walk @ step) > 0).astype(np.float32)
        new = (walk > 0) & ~reached
        found[new] = steps
        reached |= new
    return found


def multiplexity(network: Network, names: Iterable[str] = ()) -> Matrix:
    """In how many of the layers that bind each pair is known to be tied."""
    return network.binding(names)


def participation(network: Network, names: Iterable[str] = ()) -> npt.NDArray[np.float64]:
    """How evenly each state's ties are spread over the layers: 0 all in one, 1 the same number in each.

    The multiplex participation coefficient of Battiston, Nicosia and Latora (2014), of the layers that bind, all or
    those named; NaN for a state without ties, and 0 where one layer only binds.
    """
    chosen = [network.layer(name) for name in names] or list(network.layers.values())
    layers = [layer for layer in chosen if layer.sign > 0]
    degrees = np.array([layer.tied.sum(axis=1) for layer in layers], dtype=np.float64).reshape(-1, len(network))
    total = degrees.sum(axis=0)
    if len(layers) < 2:
        return np.where(total > 0, 0.0, np.nan)
    shares = np.divide(degrees, total, out=np.full(degrees.shape, np.nan), where=total > 0)
    evenness: npt.NDArray[np.float64] = len(layers) / (len(layers) - 1) * (1 - (shares**2).sum(axis=0))
    return evenness


def layer_likeness(network: Network) -> Mapping[tuple[str, str], float | None]:
    """How alike each two layers are: tied pairs of both over tied pairs of either, among pairs known in both.

    The Jaccard index; None where no pair is tied in either.
    """
    names = list(network.layers)
    found: dict[tuple[str, str], float | None] = {}
    above = np.triu_indices(len(network), 1)
    for number, one in enumerate(names):
        for other in names[number + 1 :]:
            a, b = network.layers[one].weights[above], network.layers[other].weights[above]
            known = ~np.isnan(a) & ~np.isnan(b)
            either = np.count_nonzero((a[known] > 0) | (b[known] > 0))
            found[one, other] = np.count_nonzero((a[known] > 0) & (b[known] > 0)) / either if either else None
    return found


def bridged(tied: Ties, blocs: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """How many pairs of states of two different blocs, not tied themselves, each state is tied to both of.

    The brokerage of Gould and Fernandez (1989) without direction, of all roles between blocs. `blocs` numbers each
    row's bloc, -1 for none; pairs with a state of no bloc do not count.
    """
    ties = tied.astype(np.float64)
    apart = (blocs[:, None] != blocs) & (blocs[:, None] >= 0) & (blocs >= 0) & ~tied
    # Of each state: the pairs among its partners that are apart.
    count: npt.NDArray[np.int64] = np.rint(((ties @ apart) * ties).sum(axis=1) / 2).astype(np.int64)
    return count
