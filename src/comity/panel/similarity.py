"""How alike the portfolios of states are: S, Cohen's kappa and Scott's pi for every pair at once.

A portfolio is what one state holds with each other state (or on each vote), on a scale from 0 to `top`. With x and y
the portfolios of two states, w the weights of what they are compared on, and sums over what is known of both:

    S      1 - 2 sum(w d) / (sum(w) d_max), d = |x - y| or (x - y)^2, d_max its largest value on the scale
    kappa  1 - sum(w (x - y)^2) / D, D what is expected when each draws from its own portfolio by chance
    pi     1 - sum(w (x - y)^2) / D, D what is expected when both draw from the two portfolios pooled

S is of Signorino and Ritter (1999), International Studies Quarterly 43:115-144; kappa of Cohen (1960, 1968) and pi of
Scott (1955), both with squared distances as Haege (2011), Political Analysis 19:287-305, takes them. The denominators
are those of his replication files: sum(x^2) + sum(y^2) - 2 sum(x) sum(y) / n, and sum(x^2) + sum(y^2) -
(sum(x) + sum(y))^2 / 2n. He weights S alone; here every sum may be weighted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from comity.panel.spines import Places, Spine

Values = npt.NDArray[np.float64]
Weights = tuple[Values, Values] | None
# Below this share of the sums it is taken from, a difference is what rounding leaves of zero.
NOTHING = 1e-12


@dataclass(frozen=True)
class Portfolios:
    """The portfolios of states, one a row: whole numbers from 0 to `top`, NaN where a pair is not to be compared."""

    ties: Values
    top: int
    weights: Values

    @cached_property
    def _known(self) -> npt.NDArray[np.bool_]:
        return ~np.isnan(self.ties)

    @cached_property
    def _filled(self) -> Values:
        return np.where(self._known, self.ties, 0.0)

    def _over_common(self, values: Values) -> Values:
        """Sums of a state's values (zero where unknown) over what is also known of the other, for every pair."""
        weighted = values * self.weights
        sums = np.repeat(weighted.sum(axis=1)[:, None], len(values), axis=1)
        # States with holes are few, and only toward them is a sum not over all that the state itself knows.
        holed = np.flatnonzero(~self._known.all(axis=1))
        sums[:, holed] = _product(weighted, self._known[holed].astype(np.float64))
        return sums

    @cached_property
    def weight(self) -> Values:
        """The weight of all that both states are compared on."""
        return self._over_common(self._known.astype(np.float64))

    @cached_property
    def total(self) -> Values:
        """The sum of the state's own portfolio, state of the row against state of the column."""
        return self._over_common(self._filled)

    @cached_property
    def squares(self) -> Values:
        """The sum of squares of both portfolios."""
        own = self._over_common(self._filled**2)
        return own + own.T

    def squared_distance(self) -> Values:
        """The sum of (x - y)^2, from the squares and one matrix product."""
        return np.maximum(self.squares - 2.0 * _product(self._filled * self.weights, self._filled), 0.0)

    def absolute_distance(self) -> Values:
        """The sum of |x - y|: the number of steps of the scale that one of the two has reached and the other not."""
        reached = np.hstack([self._filled >= step for step in range(1, self.top + 1)]).astype(np.float64)
        both = _product(reached * np.tile(self.weights, self.top), reached)
        return np.maximum(self.total + self.total.T - 2.0 * both, 0.0)


def s_absolute(portfolios: Portfolios) -> Values:
    """S with absolute distances, from -1 (opposite) to 1 (the same).

    The two states stand the whole scale apart toward two of three others, so S is 1 - 2 * 6 / 9.

    >>> ties = np.array([[3.0, 0.0, 1.0], [0.0, 3.0, 1.0]])
    >>> s_absolute(Portfolios(ties, 3, np.ones(3))).round(3).tolist()
    [[1.0, -0.333], [-0.333, 1.0]]
    """
    return _s(portfolios.absolute_distance(), portfolios.weight * portfolios.top)


def s_squared(portfolios: Portfolios) -> Values:
    """S with squared distances, from -1 (opposite) to 1 (the same)."""
    return _s(portfolios.squared_distance(), portfolios.weight * portfolios.top**2)


def kappa(portfolios: Portfolios) -> Values:
    """Cohen's kappa with squared distances: 1 the same, 0 what each one's own habit of holding ties gives by chance.

    Null where chance leaves no distance: both portfolios hold one and the same value throughout.
    """
    return _corrected(portfolios, 2.0 * _over(portfolios.total * portfolios.total.T, portfolios.weight))


def pi(portfolios: Portfolios) -> Values:
    """Scott's pi with squared distances: 1 the same, 0 what the habit the two share gives by chance; null as kappa."""
    both = portfolios.total + portfolios.total.T
    return _corrected(portfolios, _over(both**2, portfolios.weight) / 2.0)


def _s(distance: Values, largest: Values) -> Values:
    return 1.0 - 2.0 * _over(distance, largest)


def _corrected(portfolios: Portfolios, by_chance: Values) -> Values:
    expected = portfolios.squares - by_chance
    expected = np.where(expected > NOTHING * portfolios.squares, expected, 0.0)
    return 1.0 - _over(portfolios.squared_distance(), expected)


def _product(left: Values, right: Values) -> Values:
    """The matrix product of the left with the right turned over, a few rows at a time.

    OpenBLAS starts its threads for products of more than 2^18 steps, and in thousands of products of this size they
    cost more than all the sums.
    """
    product = np.empty((len(left), len(right)))
    step = max(1, 2**18 // max(1, right.size))
    for start in range(0, len(left), step):
        np.matmul(left[start : start + step], right.T, out=product[start : start + step])
    return product


def _over(part: Values, whole: Values) -> Values:
    """The quotient, NaN where the whole is zero."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


def similarity_by_year(
    index: Callable[[Portfolios], Values], ties: Values, rows: Spine, top: int, weights: Weights = None
) -> Values:
    """An index on every row of a spine of pairs that holds all pairs of its years.

    The portfolio of a state is its ties to every member of the year, itself included, at the top of the scale. Two
    states that were never members on the same day have no tie to speak of: for pairs with one of them the other is
    left out. A tie that is unknown makes every value of its two states unknown. So does a weight for the whole year,
    because leaving a state out would count it as nothing. `weights` are those of the first and of the second state.
    """
    values = np.full(len(rows), np.nan)
    assert rows.state_b is not None
    for cells in _years(rows.year):
        one, other, count = _numbered(rows.state_a.take(cells), rows.state_b.take(cells))
        weight = np.ones(count)
        if weights is not None:
            weight[one], weight[other] = weights[0].take(cells), weights[1].take(cells)
        tie = ties.take(cells)
        is_unknown = np.zeros(count, dtype=bool)
        is_unknown[one[np.isnan(tie)]] = is_unknown[other[np.isnan(tie)]] = True
        if is_unknown.all() or np.isnan(weight).any():
            continue
        matrix = np.full((count, count), np.nan)
        there, back = one * count + other, other * count + one
        matrix.ravel()[there] = matrix.ravel()[back] = tie
        np.fill_diagonal(matrix, top)
        found = index(Portfolios(matrix, top, weight))
        found[is_unknown] = found[:, is_unknown] = np.nan
        values[cells] = found.take(there)
    return values


def _years(year: Places) -> Iterator[npt.NDArray[np.intp]]:
    """The rows of each year that has any."""
    if not len(year):
        return
    # Numbers of two bytes are sorted by their digits, several times as fast.
    order = np.argsort(year.astype(np.int16), kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(year[order])) + 1)


def _numbered(state_a: Places, state_b: Places) -> tuple[Places, Places, int]:
    """The states of one year numbered without gaps, in order, and how many they are."""
    is_there = np.zeros(max(state_a.max(), state_b.max()) + 1, dtype=bool)
    is_there[state_a] = is_there[state_b] = True
    number = np.cumsum(is_there) - 1
    return number.take(state_a), number.take(state_b), int(is_there.sum())
