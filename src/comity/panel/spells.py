"""What looks back along the rows of a state or a pair: time since an event, counts and decayed sums of the past.

Every function takes arrays sorted by unit (a state or a pair) and then by year, one entry a row, and `starts`, which
is true at the first row of each unit. NaN is null: what cannot be known because an earlier value is null is null.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.integer[Any]]


def unit_starts(*keys: Whole) -> Flags:
    """Which rows are the first of their unit, when the rows are sorted by these keys.

    >>> unit_starts(np.array([4, 4, 4, 7]), np.array([5, 5, 6, 6])).tolist()
    [True, False, True, True]
    """
    starts = np.zeros(len(keys[0]), dtype=bool)
    starts[:1] = True
    for key in keys:
        starts[1:] |= key[1:] != key[:-1]
    return starts


def years_since(event: Values, starts: Flags, years: Whole) -> Values:
    """Calendar years that lie between the last year with the event, or the unit's first year, and each row's year.

    The first row of a unit has 0, and so has the year after an event; the year of an event has the years that had
    gone by until then, for the event ends the wait that it is counted in. Years without a row count as well: the
    clock of a state that leaves and comes back runs on. Null once a value since the last known event is null.

    >>> one_pair = np.array([True, False, False, False])
    >>> years_since(np.array([0.0, 1.0, 0.0, 0.0]), one_pair, np.array([1950, 1951, 1952, 1960])).tolist()
    [0.0, 1.0, 0.0, 8.0]
    """
    last = _last_before(event > 0)
    first = _first_of_unit(starts)
    since = np.where(last >= first, years[last] + 1, years[first])
    return np.where(_is_known(event, np.maximum(last, first - 1)), years - since, np.nan)


def rows_since(event: Values, starts: Flags) -> Values:
    """Rows of the unit since the row after the last one with the event, or since its first row.

    This is how the R package peacesciencer counts peace: years without a row are not counted, and rows that a panel
    leaves out shorten the spell. The row of an event carries the count that it ends. Null once a value since the last
    known event is null.

    >>> rows_since(np.array([0.0, 0.0, 1.0, 0.0, 0.0]), np.array([True, False, False, False, False])).tolist()
    [0.0, 1.0, 2.0, 0.0, 1.0]
    """
    last = _last_before(event > 0)
    since = np.maximum(last + 1, _first_of_unit(starts))
    return np.where(_is_known(event, since - 1), np.arange(len(event)) - since, np.nan)


def past_sum(values: Values, starts: Flags) -> Values:
    """Sum of the values of all earlier rows of the unit, the row's own left out; null once one of them is null.

    >>> past_sum(np.array([1.0, 2.0, 0.0, 5.0]), np.array([True, False, False, True])).tolist()
    [0.0, 1.0, 3.0, 0.0]
    """
    known, first = np.nan_to_num(values), _first_of_unit(starts)
    before = np.cumsum(known) - known
    total: Values = before - before[first]
    # What is null now is null forever after: nothing later makes up for a value that nobody knows.
    return np.where(_is_known(values, first - 1), total, np.nan)


def decayed_sum(values: Values, starts: Flags, years: Whole, half_life: float) -> Values:
    """Sum of the row's own value and all earlier ones of the unit, each halved for every `half_life` years gone by.

    Null from the first value that is null.

    >>> one_unit = np.array([True, False, False])
    >>> decayed_sum(np.array([4.0, 0.0, 1.0]), one_unit, np.array([1990, 1992, 1994]), 2.0).tolist()
    [4.0, 2.0, 2.0]
    """
    total = values.astype(np.float64)
    if not len(total):
        return total
    kept = _kept(starts, years, half_life)
    order = np.argsort((years - years.min()).astype(np.int16), kind="stable")
    bounds = np.flatnonzero(np.diff(years[order], prepend=years[order[0]] - 1, append=years[order[-1]] + 1))
    for first, end in pairwise(bounds.tolist()):
        rows = order[first:end]
        rows = rows[~starts[rows]]
        total[rows] += kept[rows] * total[rows - 1]
    return total


def decayed_stock(values: Values, starts: Flags, years: Whole, half_life: float) -> Values:
    """The decayed sum of the unbroken run of known values that ends in each row.

    Where a value is null the stock is null, and it starts anew with the next known one: what a source that begins
    late, or has gaps, can say of the years it knows.

    >>> one_unit = np.array([True, False, False])
    >>> decayed_stock(np.array([8.0, np.nan, 1.0]), one_unit, np.array([2000, 2001, 2002]), 5.0).tolist()
    [8.0, nan, 1.0]
    """
    anew = starts.copy()
    anew[1:] |= np.isnan(values[:-1])
    return decayed_sum(values, anew, years, half_life)


def decayed_past(values: Values, starts: Flags, years: Whole, half_life: float) -> Values:
    """Sum of the values of all earlier rows of the unit, each halved for every `half_life` years gone by.

    The row's own value is left out, so that what happens in a year can be set against what went before it. Null once
    one of the values is null.

    >>> one_unit = np.array([True, False, False])
    >>> decayed_past(np.array([4.0, 0.0, 1.0]), one_unit, np.array([1990, 1992, 1994]), 2.0).tolist()
    [0.0, 2.0, 1.0]
    """
    past = np.zeros(len(values))
    past[1:] = decayed_sum(values, starts, years, half_life)[:-1]
    return np.where(starts, 0.0, past * _kept(starts, years, half_life))


def onset(ongoing: Values, starts: Flags, years: Whole) -> Values:
    """1 in a year in which something goes on that did not go on in the year before, else 0.

    A year before which the unit has no row of the year before begins anew. Null where the year itself is null, or
    where it goes on and the year before is null.

    >>> onset(np.array([1.0, 1.0, 0.0, 1.0]), np.array([True, False, False, False]), np.arange(4)).tolist()
    [1.0, 0.0, 0.0, 1.0]
    """
    before = np.zeros(len(ongoing))
    follows = ~starts[1:] & (np.diff(years) == 1)
    before[1:] = np.where(follows, ongoing[:-1], 0.0)
    return np.where(ongoing == 0, 0.0, ongoing * (1.0 - before))


def _kept(starts: Flags, years: Whole, half_life: float) -> Values:
    """For each row, the part that is left of what stood in the row before it of the unit."""
    gone = np.diff(years, prepend=years[:1])
    kept: Values = 0.5 ** (np.where(starts, 0, gone) / half_life)
    return kept


def _first_of_unit(starts: Flags) -> Whole:
    """For each row, the number of the first row of its unit."""
    return np.maximum.accumulate(np.where(starts, np.arange(len(starts)), 0))


def _is_known(values: Values, since: Whole) -> Flags:
    """Whether no value is null between the row numbered `since` and each row, both left out."""
    return _last_before(np.isnan(values)) <= since


def _last_before(marks: Flags) -> Whole:
    """For each row, the number of the last marked row before it, of any unit; −1 where there is none."""
    last = np.full(len(marks), -1, dtype=np.int64)
    last[1:] = np.maximum.accumulate(np.where(marks, np.arange(len(marks)), -1))[:-1]
    return last
