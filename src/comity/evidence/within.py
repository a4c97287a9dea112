"""Columns less what belongs to a unit or to a year: exact for two groupings, without ever writing out a dummy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.evidence.sample import Floats, Numbers, Sample

SAME = 1e-9  # the share of a column's length below which nothing of it is its own


@dataclass(frozen=True, eq=False)
class Effects:
    """A level for each unit and one for each year, under weights of rows.

    What years add beyond units solves one small system, a row for each year; so two groupings need no iteration.
    """

    units: Numbers
    years: Numbers
    weight: Floats
    mass: Floats
    cells: Floats
    inverse: Floats

    @classmethod
    def of(cls, sample: Sample, weight: Floats | None = None) -> Effects:
        """The effects of a sample's units and years."""
        return cls.between(sample.units, sample.years, np.ones(len(sample)) if weight is None else weight)

    @classmethod
    def between(cls, units: Numbers, years: Numbers, weight: Floats) -> Effects:
        """The effects of two groupings; the second has the fewer labels."""
        cells = np.bincount(units.of * years.total + years.of, weight, minlength=units.total * years.total)
        cells = cells.reshape(units.total, years.total)
        mass = cells.sum(axis=1)
        shares = cells / mass[:, None]
        system = np.diag(cells.sum(axis=0)) - cells.T @ shares
        return cls(units, years, weight, mass, shares, np.linalg.pinv(system, hermitian=True))

    @property
    def freedom(self) -> int:
        """How many levels are told apart."""
        return self.units.total + int(np.linalg.matrix_rank(self.inverse, hermitian=True))

    def without(self, columns: Floats) -> Floats:
        """Each column less its levels of units and of years."""
        if columns.ndim == 2:
            return np.column_stack([self.without(column) for column in columns.T]) if columns.size else columns
        swept = columns - self._unit_means(columns)[self.units.of]
        sums = np.bincount(self.years.of, self.weight * swept, minlength=self.years.total)
        levels = self.inverse @ sums
        made: Floats = swept - levels[self.years.of] + (self.cells @ levels)[self.units.of]
        return made

    def _unit_means(self, column: Floats) -> Floats:
        sums = np.bincount(self.units.of, self.weight * column, minlength=self.units.total)
        return np.asarray(sums / self.mass)


def own_columns(columns: Floats, given: Floats) -> list[int]:
    """Which columns have something of their own: not absorbed by levels, no combination of the columns before.

    `columns` are less their levels, `given` as they were; a column is judged against its own length.
    """
    kept: list[int] = []
    basis = np.empty((len(columns), 0))
    for place in range(columns.shape[1]):
        column = columns[:, place]
        rest = column - basis @ (basis.T @ column)
        rest -= basis @ (basis.T @ rest)  # once more: the first pass leaves rounding behind
        if (length := np.linalg.norm(rest)) > SAME * np.linalg.norm(given[:, place]):
            kept.append(place)
            basis = np.column_stack([basis, rest / length])
    return kept
