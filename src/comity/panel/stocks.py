"""Decayed stocks: what is left in a year of everything that went before."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.integer]
Values = npt.NDArray[np.float64]


def decayed_stock(counts: Values, keys: tuple[Places | None, ...], year: Places, half_life: float) -> Values:
    """What is left in each row of the counts of its years so far: the sum of count × 0.5^(years since / half-life).

    The count of the year itself is in it whole. The rows are sorted by `keys` (the state, or the two states of a pair;
    None says nothing) and then by `year`; NaN is unknown. A stock starts with the first known year, as if nothing had
    been before, so it is too small at first. It is NaN where its own year is unknown and starts anew with the next
    known one. Years that are not among the rows, because a state was not a member, add nothing, and the stock goes on
    decaying through them.

    >>> decayed_stock(np.array([4.0, 0.0, np.nan, 1.0]), (np.zeros(4, int),), np.array([2000, 2005, 2006, 2007]), 5)
    array([ 4.,  2., nan,  1.])
    """
    stock = counts.astype(np.float64)
    kept = _kept(stock, keys, year, half_life)
    going_on = np.flatnonzero(kept)
    by_year = going_on[np.argsort(year[going_on], kind="stable")]
    # A year needs only the year before it, so one step per year does all pairs at once.
    for rows in np.split(by_year, np.flatnonzero(np.diff(year[by_year])) + 1):
        stock[rows] += stock[rows - 1] * kept[rows]
    return stock


def _kept(counts: Values, keys: tuple[Places | None, ...], year: Places, half_life: float) -> Values:
    """The share of the row before that each row keeps; 0 where a stock starts, and where it is unknown."""
    kept = np.zeros(len(counts))
    known = ~np.isnan(counts)
    same = known[1:] & known[:-1]
    for key in (key for key in keys if key is not None):
        same &= key[1:] == key[:-1]
    passed = (year[1:] - year[:-1])[same]
    kept[1:][same] = np.exp2(-passed / half_life)
    return kept
