"""Where each state stands among its ties: one function for each measure, on the matrix of who is tied to whom.

Every function takes an n × n matrix of truths, symmetric and false on the diagonal, and gives n numbers. A state
without ties has 0 in all of them but `constraint`, where it has none (NaN): there 0 would be the best place.
Betweenness and core numbers are rustworkx's; the rest is linear algebra.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from comity.network.graph import Ties

if TYPE_CHECKING:
    import rustworkx

Scores = npt.NDArray[np.float64]
Score = Callable[[Ties], Scores]
PLACES: dict[str, Score] = {}


def place(score: Score) -> Score:
    """Make a function a measure of where a state stands, under its own name."""
    PLACES[score.__name__] = score
    return score


def graph_of(tied: Ties) -> rustworkx.PyGraph[Any, Any]:
    """The ties as a graph of rustworkx, whose nodes are the rows; it is shared, so do not change it."""
    return _graph(len(tied), np.packbits(tied).tobytes())


@lru_cache(maxsize=4)  # several measures are asked of one network in a row
def _graph(count: int, packed: bytes) -> rustworkx.PyGraph[Any, Any]:
    import rustworkx

    held = np.frombuffer(packed, dtype=np.uint8)
    tied = np.unpackbits(held, count=count * count).reshape(count, count)
    graph: rustworkx.PyGraph[Any, Any] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(count))
    graph.extend_from_edge_list(list(zip(*(rows.tolist() for rows in np.nonzero(np.triu(tied, 1))), strict=True)))
    return graph


@place
def degree(tied: Ties) -> Scores:
    """With how many states the state is tied.

    >>> degree(np.array([[False, True], [True, False]])).tolist()
    [1.0, 1.0]
    """
    count: Scores = tied.sum(axis=1).astype(np.float64)
    return count


@place
def betweenness(tied: Ties) -> Scores:
    """Through how many shortest paths between two others the state lies, paths of a pair counting as one together.

    Freeman's betweenness (1977), not normalized; each pair is counted once.
    """
    import rustworkx

    found: Any = rustworkx.betweenness_centrality(graph_of(tied), normalized=False, parallel_threshold=len(tied) + 1)
    return np.fromiter((found[row] for row in range(len(tied))), dtype=np.float64, count=len(tied))


@place
def core_number(tied: Ties) -> Scores:
    """The largest k for which the state belongs to a group whose members all have k ties within the group.

    Batagelj and Zaversnik (2003).
    """
    import rustworkx

    found: Any = rustworkx.core_number(graph_of(tied))
    return np.fromiter((found[row] for row in range(len(tied))), dtype=np.float64, count=len(tied))


@place
def triangle_count(tied: Ties) -> Scores:
    """In how many triangles of three states, each tied to the others, the state stands."""
    count = tied.astype(np.float32)
    found: Scores = ((count @ count) * count).sum(axis=1, dtype=np.float64) / 2
    return found


@place
def closure(tied: Ties) -> Scores:
    """The share of pairs of the state's partners that are themselves tied; 0 with fewer than two partners.

    The local clustering coefficient of Watts and Strogatz (1998).
    """
    partners = degree(tied)
    pairs = partners * (partners - 1) / 2
    share: Scores = np.divide(triangle_count(tied), pairs, out=np.zeros(len(tied)), where=pairs > 0)
    return share


@place
def eigenvector(tied: Ties) -> Scores:
    """How well tied the states are that the state is tied to, from 0 to 1, the best placed of a component having 1.

    The leading eigenvector of each connected component (Bonacich 1972). On a graph of several components the leading
    vector of the whole is not unique, or is 0 for all but one; so each component stands for itself.
    """
    found = np.zeros(len(tied))
    for members in components(tied):
        if len(members) > 1:
            values, vectors = np.linalg.eigh(tied[np.ix_(members, members)].astype(np.float64))
            leading = np.abs(vectors[:, np.argmax(values)])
            found[members] = leading / leading.max()
    return found


@place
def pagerank(tied: Ties) -> Scores:
    """The share of time that a walk along ties spends with the state, adding up to 1 in each connected component.

    Page and others (1998) with damping 0.85; solved exactly, component by component, so that states in different
    components are not compared with each other. A state without ties has 0.
    """
    found = np.zeros(len(tied))
    for members in components(tied):
        if len(members) > 1:
            inner = tied[np.ix_(members, members)].astype(np.float64)
            walk = inner / inner.sum(axis=0)
            count = len(members)
            found[members] = np.linalg.solve(np.eye(count) - 0.85 * walk, np.full(count, 0.15 / count))
    return found


@place
def constraint(tied: Ties) -> Scores:
    """How far the state's partners are tied to each other, so that it bridges little: Burt's constraint (1992).

    1 for a state with a single partner; the lower, the more the state stands between others. NaN without ties.
    """
    partners = degree(tied)
    spent = np.divide(tied, partners[:, None], out=np.zeros(tied.shape), where=partners[:, None] > 0)
    found: Scores = (((spent + spent @ spent) ** 2) * tied).sum(axis=1)
    return np.where(partners > 0, found, np.nan)


def components(tied: Ties) -> list[npt.NDArray[np.int64]]:
    """The rows of each connected component, the largest first and then by the first row."""
    import rustworkx

    found = [np.array(sorted(rows)) for rows in rustworkx.connected_components(graph_of(tied))]
    return sorted(found, key=lambda rows: (-len(rows), int(rows[0])))
