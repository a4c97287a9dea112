"""The columns of a regression: plain ones, or plain ones beside a constant of its own for each level of a grouping.

The columns of levels are never written out: a year in which a row does not lie adds nothing to any sum.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol, Self

import numpy as np
import numpy.typing as npt

from comity.errors import BadRequest

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Design(Protocol):
    """What a fit asks of its columns."""

    @property
    def width(self) -> int:
        """How many columns there are, levels among them."""

    def __len__(self) -> int: ...

    def among(self, rows: Flags) -> Self:
        """The columns of some rows."""

    def scaled(self) -> tuple[Self, Floats]:
        """The columns with a largest value of 1, and what each was divided by."""

    def times(self, coefficients: Floats) -> Floats:
        """The columns times coefficients: one number a row."""

    def sums(self, values: Floats) -> Floats:
        """Each column times a value of each row, added up."""

    def crossed(self, weight: Floats) -> Floats:
        """Each column times each other and a weight of each row, added up."""

    def sums_by(self, values: Floats, labels: Labels, count: int) -> Floats:
        """The sums of the rows of each label."""

    def squares(self, matrix: Floats) -> Floats:
        """Of each row, its columns times a matrix times its columns."""

    def dependent(self) -> Labels:
        """The columns that are zero or combinations of those before."""


@dataclass(frozen=True)
class Plain:
    """Columns as they are."""

    x: Floats

    def __len__(self) -> int:
        return len(self.x)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return int(self.x.shape[1])

    def among(self, rows: Flags) -> Plain:
        """The columns of some rows."""
        return Plain(self.x[rows])

    def scaled(self) -> tuple[Plain, Floats]:
        """The columns with a largest value of 1, and what each was divided by."""
        largest = np.abs(self.x).max(axis=0)
        scale = np.where(largest > 0, largest, 1.0)
        return Plain(self.x / scale), scale

    def times(self, coefficients: Floats) -> Floats:
        """The columns times coefficients: one number a row."""
        return self.x @ coefficients

    def sums(self, values: Floats) -> Floats:
        """Each column times a value of each row, added up."""
        return self.x.T @ values

    def crossed(self, weight: Floats) -> Floats:
        """Each column times each other and a weight of each row, added up."""
        return (self.x * weight[:, None]).T @ self.x

    def sums_by(self, values: Floats, labels: Labels, count: int) -> Floats:
        """The sums of the rows of each label."""
        return np.column_stack([np.bincount(labels, column * values, minlength=count) for column in self.x.T])

    def squares(self, matrix: Floats) -> Floats:
        """Of each row, its columns times a matrix times its columns."""
        found: Floats = np.einsum("ij,ij->i", self.x @ matrix, self.x)
        return found

    def dependent(self) -> Labels:
        """The columns that are zero or combinations of those before."""
        apart = np.abs(np.diag(np.linalg.qr(self.x, mode="r")))
        lengths = np.linalg.norm(self.x, axis=0)
        return np.flatnonzero(apart <= len(self.x) * np.finfo(float).eps * lengths)


@dataclass(frozen=True)
class Leveled:
    """A constant for each level, then plain columns; `level` is the number of each row's level, from 0."""

    level: Labels
    count: int
    plain: Plain

    def __len__(self) -> int:
        return len(self.level)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return self.count + self.plain.width

    def among(self, rows: Flags) -> Leveled:
        """The columns of some rows."""
        return replace(self, level=self.level[rows], plain=self.plain.among(rows))

    def scaled(self) -> tuple[Leveled, Floats]:
        """The columns with a largest value of 1, and what each was divided by."""
        plain, scale = self.plain.scaled()
        return replace(self, plain=plain), np.append(np.ones(self.count), scale)

    def times(self, coefficients: Floats) -> Floats:
        """The columns times coefficients: one number a row."""
        return coefficients[self.level] + self.plain.times(coefficients[self.count :])

    def sums(self, values: Floats) -> Floats:
        """Each column times a value of each row, added up."""
        return np.append(np.bincount(self.level, values, minlength=self.count), self.plain.sums(values))

    def crossed(self, weight: Floats) -> Floats:
        """Each column times each other and a weight of each row, added up."""
        own = np.diag(np.bincount(self.level, weight, minlength=self.count))
        beside = self.plain.sums_by(weight, self.level, self.count)
        return np.block([[own, beside], [beside.T, self.plain.crossed(weight)]])

    def sums_by(self, values: Floats, labels: Labels, count: int) -> Floats:
        """The sums of the rows of each label."""
        cells = np.bincount(labels * self.count + self.level, values, minlength=count * self.count)
        return np.column_stack([cells.reshape(count, self.count), self.plain.sums_by(values, labels, count)])

    def squares(self, matrix: Floats) -> Floats:
        """Of each row, its columns times a matrix times its columns."""
        own, beside, rest = matrix[: self.count, : self.count], matrix[: self.count, self.count :], self.plain
        both = 2 * np.einsum("ij,ij->i", beside[self.level], rest.x)
        found: Floats = np.diag(own)[self.level] + both + rest.squares(matrix[self.count :, self.count :])
        return found

    def dependent(self) -> Labels:
        """The columns that are zero or combinations of those before."""
        size = np.bincount(self.level, minlength=self.count)
        mean = self.plain.sums_by(np.ones(len(self)), self.level, self.count) / np.maximum(size, 1)[:, None]
        within = Plain(self.plain.x - mean[self.level])
        # A column that is the same throughout each level is left with rounding alone.
        flat = np.abs(within.x).max(axis=0) <= 1e-12 * np.maximum(np.abs(self.plain.x).max(axis=0), 1e-300)
        found = np.union1d(within.dependent(), np.flatnonzero(flat))
        return np.append(np.flatnonzero(size == 0), self.count + found)


def design_of(x: npt.ArrayLike, levels: npt.ArrayLike | None = None) -> Plain | Leveled:
    """The columns of `x`, beside a constant for each level where levels are given.

    Raises BadRequest for anything but rows by columns of known values, and levels numbered from 0.
    """
    columns = np.asarray(x, dtype=float)
    if columns.ndim != 2:
        raise BadRequest(f"x is rows by columns, not {columns.shape}")
    if len(unknown := np.flatnonzero(~np.isfinite(columns).all(axis=0))):
        named = ", ".join(map(str, unknown))
        raise BadRequest(f"columns {named} of x hold unknown or infinite values; keep the rows in which all are known")
    if levels is None:
        return Plain(columns)
    level = np.asarray(levels)
    if level.shape != (len(columns),) or level.dtype.kind != "i" or (len(level) and level.min() < 0):
        raise BadRequest("levels are one number from 0 a row")
    return Leveled(level.astype(np.int64), int(level.max(initial=-1)) + 1, Plain(columns))
