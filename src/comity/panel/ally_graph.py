"""The network of allies in each year: partners two states share, and steps between them.

A tie that nobody knows may be there or not. So each question is asked twice, of the ties known to be there and of
those that may be, and is answered where both give the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from comity.panel.measure import Column
from comity.panel.spines import Spine

Matrix = npt.NDArray[np.float32]


def shared_partner_count(ties: Column, rows: Spine) -> Column:
    """How many states have a tie with both states of each row in its year; NaN where an unknown tie matters."""
    return _asked_of_each_year(lambda tied: tied @ tied, ties, rows)


def steps_apart(ties: Column, rows: Spine) -> Column:
    """The fewest ties that lead from one state of each row to the other, up to 3, and 0 where it takes more."""
    return _asked_of_each_year(_steps, ties, rows)


def _steps(tied: Matrix) -> Matrix:
    """The steps between each two states: a walk of two or three ties may repeat itself, but never beats a path."""
    by_two = (tied @ tied > 0).astype(np.float32)
    found: Matrix = np.select([tied > 0, by_two > 0, by_two @ tied > 0], [1, 2, 3], 0).astype(np.float32)
    return found


def _asked_of_each_year(answer: Callable[[Matrix], Matrix], ties: Column, rows: Spine) -> Column:
    assert rows.state_b is not None, "ties stand on a spine of pairs"
    found: Column = np.full(len(rows), np.nan)
    for cells in _cells_by_year(rows.year):
        known, possible = ties[cells] > 0, ties[cells] != 0  # NaN, the unknown, is not known and is possible
        a, b, count = _numbered(rows.state_a[cells], rows.state_b[cells], possible)
        certain = answer(_matrix(known, a, b, count))[a, b]
        at_most = certain if np.array_equal(known, possible) else answer(_matrix(possible, a, b, count))[a, b]
        found[cells] = np.where(certain == at_most, certain, np.nan)
    return found


def _numbered(a: Column, b: Column, possible: npt.NDArray[np.bool_]) -> tuple[Column, Column, int]:
    """The states renumbered, and how many numbers there are: those without any possible tie are all number 0."""
    tied = np.unique(np.concatenate((a[possible], b[possible])))
    number = np.zeros(max(a.max(), b.max()) + 1, dtype=np.intp)
    number[tied] = np.arange(1, len(tied) + 1)
    return number[a], number[b], len(tied) + 1


def _matrix(are_tied: npt.NDArray[np.bool_], a: Column, b: Column, count: int) -> Matrix:
    tied = np.zeros((count, count), dtype=np.float32)
    tied[a[are_tied], b[are_tied]] = tied[b[are_tied], a[are_tied]] = 1
    return tied


def _cells_by_year(year: Column) -> Iterator[Column]:
    """The rows of each year in turn."""
    order = np.argsort(year, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(year[order])) + 1) if len(order) else []
