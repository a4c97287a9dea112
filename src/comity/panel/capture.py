"""How many things happened, from how far two lists of them overlap: capture and recapture.

Two lists that were made apart catch the same things only by chance. The fewer of the things of one list the other has
too, the more there must be that neither has.

The size is Chapman's. Its interval is that of the share of the shorter list which the longer one has too, by Wilson's
score: it stays wide where everything on a short list is on the long one, where intervals from a variance shrink to one
number. D. G. Chapman (1951), Some properties of the hypergeometric distribution with applications to zoological
censuses, University of California Publications in Statistics 1: 131-160. E. B. Wilson (1927), Probable inference, the
law of succession, and statistical inference, Journal of the American Statistical Association 22: 209-212.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

# With fewer than seven things on both lists the size comes out too small more often than one may bear: D. S. Robson
# and H. A. Regier (1964), Sample size in Petersen mark-recapture experiments, Transactions of the American Fisheries
# Society 93: 215-226.
LEAST_OVERLAP = 7
_NORMAL_95 = 1.959963984540054


@dataclass(frozen=True)
class Captured:
    """How many things there were by two lists: those listed, the size, and the 95 % interval of the size."""

    listed: Numbers
    size: Numbers
    low: Numbers
    high: Numbers

    @property
    def share(self) -> Numbers:
        """How much of what happened is listed; NaN where the overlap does not carry an estimate."""
        return _over(self.listed, self.size)

    @property
    def share_low(self) -> Numbers:
        """The lower end of the interval of the share."""
        return _over(self.listed, self.high)

    @property
    def share_high(self) -> Numbers:
        """The upper end of the interval of the share."""
        return _over(self.listed, self.low)


def chapman(first: npt.ArrayLike, second: npt.ArrayLike, both: npt.ArrayLike, least: int = LEAST_OVERLAP) -> Captured:
    """How many things there are, from the counts of two lists and of what stands on both.

    N = (first + 1)(second + 1)/(both + 1) - 1, which has no bias when the two counts add up to N or more. It holds
    when the lists were made apart, nothing is matched wrongly, and on at least one list everything had the same
    chance to be. Lists that look at the same things (positive dependence) give too small a size. With fewer than
    `least` things on both lists the answer is NaN, which is unknown.

    >>> found = chapman(100, 100, 10)
    >>> round(float(found.size)), round(float(found.share), 2)
    (926, 0.21)
    >>> [round(float(end)) for end in (found.low, found.high)]
    [574, 1811]
    """
    one, two, shared = (np.asarray(counts, dtype=np.float64) for counts in (first, second, both))
    listed = one + two - shared
    size = (one + 1) * (two + 1) / (shared + 1) - 1
    longer, shorter = np.maximum(one, two), np.minimum(one, two)
    rare, often = _wilson(shared, shorter)
    low, high = np.maximum(_over(longer, often), listed), _over(longer, rare)
    is_known = shared >= least
    size, low, high = (np.where(is_known, value, np.nan) for value in (size, np.minimum(low, size), high))
    return Captured(listed, size, low, np.maximum(high, size))


def _wilson(found: Numbers, tried: Numbers) -> tuple[Numbers, Numbers]:
    """The 95 % interval of a share."""
    square = _NORMAL_95**2
    middle = found + square / 2
    reach = _NORMAL_95 * np.sqrt(found * (tried - found) / np.maximum(tried, 1) + square / 4)
    return (middle - reach) / (tried + square), (middle + reach) / (tried + square)


def _over(part: Numbers, whole: Numbers) -> Numbers:
    found: Any = np.divide(part, whole, out=np.full(np.broadcast(part, whole).shape, np.nan), where=whole > 0)
    return np.asarray(found, dtype=np.float64)
