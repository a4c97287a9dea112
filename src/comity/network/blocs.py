"""Blocs: groups of states with more ties inside than one would expect, how sure the division is, and their history.

Leiden (Traag, Waltman and van Eck 2019) on modularity. It depends on chance, so it runs under several seeds; the
division that agrees best with the others is taken, and the agreement is told. States without ties are in no bloc.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from comity.network.graph import Matrix

Division = tuple[tuple[int, ...], ...]
RUNS = 10


@dataclass(frozen=True)
class Communities:
    """A division of the tied states into blocs, the largest first, each a tuple of rows in rising order.

    `modularity` is Newman's of the division; `stability` is the mean agreement of the runs' divisions with each other
    (adjusted Rand index: 1 the same, 0 no more than chance); `counts` is the fewest and the most blocs of any run.
    """

    blocs: Division
    modularity: float
    stability: float
    counts: tuple[int, int]


def communities(weights: Matrix, resolution: float = 1.0, runs: int = RUNS, seed: int = 0) -> Communities:
    """The blocs of a matrix of ties; weights above 0 count as strength, NaN and 0 as none.

    >>> apart = np.kron(np.eye(2), np.ones((3, 3))) - np.eye(6)
    >>> communities(apart).blocs, communities(apart).stability
    (((0, 1, 2), (3, 4, 5)), 1.0)
    """
    from graspologic_native import leiden

    strength = np.where(weights > 0, weights, 0.0)
    one, other = np.nonzero(np.triu(strength, 1))
    if not len(one):
        return Communities((), 0.0, 1.0, (0, 0))
    edges = [(str(a), str(b), float(strength[a, b])) for a, b in zip(one.tolist(), other.tolist(), strict=True)]
    found = [_ordered(leiden(edges, resolution=resolution, seed=seed + run)[1]) for run in range(runs)]
    labels = [_labels(division, len(weights)) for division in found]
    agreement = np.ones((runs, runs))
    for first, second in combinations(range(runs), 2):
        agreement[first, second] = agreement[second, first] = (
            1.0 if found[first] == found[second] else agreement_of(labels[first], labels[second])
        )
    sums = agreement.sum(axis=1)
    best = max(range(runs), key=lambda run: (round(float(sums[run]), 9), -run))
    pairs = runs * (runs - 1)
    return Communities(
        found[best],
        modularity(strength, found[best], resolution),
        float((agreement.sum() - runs) / pairs) if pairs else 1.0,
        (min(map(len, found)), max(map(len, found))),
    )


def modularity(strength: Matrix, division: Iterable[Sequence[int]], resolution: float = 1.0) -> float:
    """Newman's modularity of a division: the share of strength inside the blocs beyond what their totals would give.

    >>> apart = np.kron(np.eye(2), np.ones((3, 3))) - np.eye(6)
    >>> round(modularity(apart, [(0, 1, 2), (3, 4, 5)]), 6)
    0.5
    """
    total = strength.sum()
    if not total:
        return 0.0
    score = 0.0
    for bloc in division:
        rows = list(bloc)
        inside = strength[np.ix_(rows, rows)].sum() / total
        score += inside - resolution * (strength[rows].sum() / total) ** 2
    return float(score)


def agreement_of(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> float:
    """The adjusted Rand index (Hubert and Arabie 1985) of two divisions given as labels; rows below 0 are left out.

    >>> agreement_of(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0]))
    1.0
    """
    held = (one >= 0) & (other >= 0)
    table = np.zeros((one.max(initial=0) + 1, other.max(initial=0) + 1))
    np.add.at(table, (one[held], other[held]), 1)
    both = _pairs(table).sum()
    of_one, of_other, all_pairs = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum(), _pairs(table.sum())
    if all_pairs == 0:
        return 1.0
    expected = of_one * of_other / all_pairs
    most = (of_one + of_other) / 2
    return 1.0 if most == expected else float((both - expected) / (most - expected))


def _pairs(count: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return count * (count - 1) / 2


def _labels(division: Division, count: int) -> npt.NDArray[np.int64]:
    labels = np.full(count, -1)
    for number, bloc in enumerate(division):
        labels[list(bloc)] = number
    return labels


def _ordered(found: dict[str, int]) -> Division:
    blocs: dict[int, list[int]] = {}
    for row, bloc in found.items():
        blocs.setdefault(bloc, []).append(int(row))
    return tuple(sorted((tuple(sorted(rows)) for rows in blocs.values()), key=lambda rows: (-len(rows), rows)))
