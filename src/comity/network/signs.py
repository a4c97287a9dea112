"""Structural balance: whether friends of friends are friends, and how far from chance that is.

Heider (1946), Cartwright and Harary (1956). A triad of three signed ties is balanced when the product of its signs is
positive.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.network.graph import Matrix


@dataclass(frozen=True)
class Balance:
    """Balanced and unbalanced triads, and the fewest ties that would have to change sign, as far as it is known.

    At least `frustration_low` ties must change, since so many unbalanced triads share no tie; `frustration_high` are
    enough, since a division of the states into two camps was found that leaves no more.
    """

    balanced_count: int
    unbalanced_count: int
    tie_count: int
    frustration_low: int
    frustration_high: int

    @property
    def balanced_share(self) -> float | None:
        """The share of triads that are balanced; None without a triad."""
        triads = self.balanced_count + self.unbalanced_count
        return self.balanced_count / triads if triads else None


@dataclass(frozen=True)
class AgainstChance:
    """The balanced share beside what it is when the same signs stand on the same ties in random order."""

    observed: float
    mean: float
    deviation: float
    low: float
    high: float
    higher_share: float
    draws: int


def triads(signed: Matrix) -> tuple[int, int]:
    """How many triads of three signed ties are balanced, and how many are not.

    >>> triads(np.array([[0, 1, 1], [1, 0, -1], [1, -1, 0]]))
    (0, 1)
    """
    # float32 holds whole numbers exactly to 16.7 million; a product of three rows of signs stays far below.
    signs = signed.astype(np.float32)
    ties = np.abs(signs)
    difference = round(float(((signs @ signs) * signs).sum(dtype=np.float64)) / 6)
    total = round(float(((ties @ ties) * ties).sum(dtype=np.float64)) / 6)
    return (total + difference) // 2, (total - difference) // 2


def balance(signed: Matrix, seed: int = 0) -> Balance:
    """The balance of a signed network: 1 for a tie that binds, -1 for one that divides, 0 for none."""
    balanced, unbalanced = triads(signed)
    ties = int(np.count_nonzero(signed)) // 2
    return Balance(balanced, unbalanced, ties, _disjoint_unbalanced(signed), frustration(signed, seed=seed))


def against_chance(signed: Matrix, draws: int = 200, seed: int = 0) -> AgainstChance | None:
    """The balanced share against the same signs dealt anew to the same ties; None where there is no triad.

    `higher_share` is the share of draws, with the observed one among them, in which the share is at least as high.
    """
    observed = balance_share(signed)
    if observed is None:
        return None
    random = np.random.default_rng(seed)
    one, other = np.nonzero(np.triu(signed, 1))
    signs = signed[one, other]
    shares = np.empty(draws)
    dealt = np.zeros_like(signed)
    for draw in range(draws):
        dealt[one, other] = dealt[other, one] = random.permutation(signs)
        shares[draw] = balance_share(dealt)
    higher = (1 + np.count_nonzero(shares >= observed - 1e-12)) / (draws + 1)
    low, high = np.quantile(shares, [0.025, 0.975])
    return AgainstChance(
        observed, float(shares.mean()), float(shares.std()), float(low), float(high), float(higher), draws
    )


def balance_share(signed: Matrix) -> float | None:
    """The share of triads that are balanced; None without a triad."""
    balanced, unbalanced = triads(signed)
    return balanced / (balanced + unbalanced) if balanced + unbalanced else None


def frustration(signed: Matrix, starts: int = 20, seed: int = 0) -> int:
    """How few ties were found to stand against a division into two camps: binding across, or dividing within.

    An upper bound of the frustration index (Harary 1959), from repeated local search: states change camps as long as
    that helps. The index itself cannot be computed fast on any graph.
    """
    random = np.random.default_rng(seed)
    held = np.flatnonzero(signed.any(axis=1))
    signs = signed[np.ix_(held, held)].astype(np.float64)
    best = int(np.count_nonzero(np.triu(signs, 1) < 0))
    for _ in range(starts if best else 0):
        best = min(best, _settled(signs, random.choice([-1.0, 1.0], size=len(signs))))
    return best


def _settled(signs: Matrix, camp: Matrix) -> int:
    pull = signs @ camp
    while True:
        gain = pull * camp
        worst = int(np.argmin(gain))
        if gain[worst] >= 0:
            return round(float(np.abs(signs).sum() - camp @ signs @ camp) / 4)
        camp[worst] = -camp[worst]
        pull += 2 * camp[worst] * signs[:, worst]


def _disjoint_unbalanced(signed: Matrix) -> int:
    """How many unbalanced triads are found that share no tie, each of which needs a change of its own."""
    left = np.array(signed, dtype=np.int8)
    count = 0
    for a, b in zip(*np.nonzero(np.triu(signed < 0, 1)), strict=True):
        if not left[a, b]:
            continue
        third = np.flatnonzero(left[a] * left[b] * left[a, b] < 0)
        if len(third):
            c = int(third[0])
            left[a, b] = left[b, a] = left[a, c] = left[c, a] = left[b, c] = left[c, b] = 0
            count += 1
    return count
