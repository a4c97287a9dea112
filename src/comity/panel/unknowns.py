"""Flags and quotients of columns in which NaN is unknown; an answer is known as soon as what is known decides it."""

import numpy as np

from comity.panel.measure import Column


def whether(answer: Column, *known: Column) -> Column:
    """The answer as 1 or 0 where every column it rests on is known.

    >>> score = np.array([7.0, 3.0, np.nan])
    >>> whether(score >= 6, score).tolist()
    [1.0, 0.0, nan]
    """
    flags = answer.astype(np.float32)
    for column in known:
        flags[np.isnan(column)] = np.nan
    return flags


def both(one: Column, other: Column) -> Column:
    """Whether both hold: one that does not decides it, whatever the other is.

    >>> both(np.array([1.0, 0.0, 1.0]), np.array([1.0, np.nan, np.nan])).tolist()
    [1.0, 0.0, nan]
    """
    answer: Column = np.where((one == 0) | (other == 0), 0.0, np.minimum(one, other))
    return answer


def either(one: Column, other: Column) -> Column:
    """Whether at least one holds: one that does decides it, whatever the other is.

    >>> either(np.array([0.0, 1.0, 0.0]), np.array([0.0, np.nan, np.nan])).tolist()
    [0.0, 1.0, nan]
    """
    answer: Column = np.where((one == 1) | (other == 1), 1.0, np.maximum(one, other))
    return answer


def quotient(part: Column, whole: Column) -> Column:
    """The part over the whole, unknown where the whole is nothing.

    >>> quotient(np.array([1.0, 1.0, np.nan]), np.array([4.0, 0.0, 2.0])).tolist()
    [0.25, nan, nan]
    """
    found: Column = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return found
