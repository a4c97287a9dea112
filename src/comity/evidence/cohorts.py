"""Units treated from a year on against units not treated yet, cohort by cohort and year by year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from comity.errors import BadRequest
from comity.evidence.sample import Flags, Floats, Labels, Sample

NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, eq=False)
class Table:
    """Outcomes by unit and year (NaN where there is no row), and the year from which each unit is treated."""

    outcomes: Floats
    since: Labels
    first_year: int


@dataclass(frozen=True, eq=False)
class Cell:
    """One cohort in one year: what its units gained since the year before treatment, and what others gained."""

    after: int
    treated: Labels
    controls: Labels
    gains: Floats
    other_gains: Floats


def treated_since(sample: Sample) -> Sample:
    """The sample with treatment lasting from its first year; units treated from their first row are left out, counted.

    What was before their first row is unknown, so nothing says what changed.
    """
    first_row = _least(sample, np.ones(len(sample), dtype=bool))
    since = _least(sample, sample.d != 0)
    usable = sample.among((since > first_row)[sample.units.of], "treated from the first year")
    if len(usable) < 2:
        raise BadRequest(f"question {sample.question.claim} {sample.question.name}: no unit begins to be treated")
    return replace(usable, d=(usable.year >= _least(usable, usable.d != 0)[usable.units.of]).astype(float))


def _least(sample: Sample, rows: Flags) -> Labels:
    """The first year of each unit among some rows; NEVER if it has none."""
    years = np.full(sample.units.total, NEVER)
    np.minimum.at(years, sample.units.of[rows], sample.year[rows])
    return years


def table_of(sample: Sample) -> Table:
    """The outcomes of a sample by unit and year."""
    first = int(sample.year.min())
    outcomes = np.full((sample.units.total, int(sample.year.max()) - first + 1), np.nan)
    outcomes[sample.units.of, sample.year - first] = sample.y
    return Table(outcomes, _least(sample, sample.d != 0), first)


def cells(table: Table, before: int) -> Iterator[Cell]:
    """Every cohort in every year from `before` years ahead of its treatment on; the year just before is the base.

    Controls are units treated later than both the year and the base, or never.
    """
    last = table.first_year + table.outcomes.shape[1] - 1
    for cohort in np.unique(table.since[table.since <= last]):
        base = int(cohort) - 1
        gained = table.outcomes - table.outcomes[:, [base - table.first_year]]
        known = np.isfinite(gained)
        for year in range(max(table.first_year, int(cohort) - before), last + 1):
            if year == base:
                continue
            column = year - table.first_year
            treated = np.flatnonzero(known[:, column] & (table.since == cohort))
            waiting = known[:, column] & (table.since > max(year, base)) & (table.since != cohort)
            controls = np.flatnonzero(waiting)
            if len(treated):
                gains = gained[treated, column], gained[controls, column]
                yield Cell(year - int(cohort), treated, controls, *gains)


class Gathered:
    """Cells averaged, each treated unit and year counting once, with what each unit adds to the average."""

    def __init__(self, units: int) -> None:
        self.rows = 0
        self.total = 0.0
        self.times = np.zeros(units)
        self.added = np.zeros(units)

    def add(self, cell: Cell) -> None:
        """Take in one cell."""
        usual = cell.other_gains.mean()
        apart = cell.gains - usual
        self.rows += len(apart)
        self.total += float(apart.sum())
        self.times[cell.treated] += 1
        self.added[cell.treated] += apart
        self.added[cell.controls] -= (cell.other_gains - usual) * len(apart) / len(cell.controls)

    @property
    def effect(self) -> float:
        """The average effect."""
        return self.total / self.rows

    @property
    def influence(self) -> Floats:
        """What each unit adds to the average; the sizes of cohorts are estimated too, so they add as well."""
        made: Floats = (self.added - self.effect * self.times) / self.rows
        return made
