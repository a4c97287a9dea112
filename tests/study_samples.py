"""Invented pairs and their years, for tests of studies: matrices in place of a panel."""

from __future__ import annotations

import numpy as np

from comity.network.pair_years import PairYears

CODES = ("ARG", "BRA", "CHL", "COL", "CUB", "ECU", "FRA", "ITA", "JPN", "KEN", "MEX", "PER", "TUR", "USA")
RARE = {"is_defense_ally": 0.003, "agreement_count": 0.03, "framework_agreement_count": 0.03}


class Invented(PairYears):
    """All pairs of some states, with a matrix of each measure that is asked for, drawn by its name.

    `since` is the first column that is drawn by another seed: two worlds that differ from a year on and not before.
    """

    def __init__(self, years, seed=0, since=None, codes=CODES, held=None):
        object.__setattr__(self, "panel", None)
        self.__dict__.update(_years=np.arange(years[0], years[1] + 1), _codes=codes, seed=seed, since=since)
        self.__dict__.update(_a=np.triu_indices(len(codes), 1)[0], _b=np.triu_indices(len(codes), 1)[1])
        self.__dict__.update(held=held or {}, exists=np.ones((len(self._a), len(self._years)), dtype=bool))

    @property
    def years(self):
        return self._years

    @property
    def states(self):
        return self._codes

    @property
    def state_a(self):
        return self._a

    @property
    def state_b(self):
        return self._b

    def of(self, name):
        if name in self.held:
            return self.held[name].copy()
        values = self._drawn(name, 1)
        if self.since is not None:
            at = max(0, self.since - int(self.years[0]))
            values[:, at:] = self._drawn(name, 2)[:, at:]
        return values

    def column(self, name):
        return self.of(name).ravel()

    def matrix(self, values):
        return values.reshape(self.exists.shape)

    def of_states(self, name):
        return self.of(f"{name}_a") / 100, self.of(f"{name}_b") / 100

    def listed(self, sql):
        return self.of("listed") > 0

    def _drawn(self, name, world):
        shape = (len(self._a), len(self._years))
        # A column is drawn by its year, so that worlds of other first years agree where they meet.
        columns = [
            np.random.default_rng([self.seed, world, int(year), *name.encode()]).random(shape[0])
            for year in self._years
        ]
        drawn = np.column_stack(columns)
        if name in RARE:
            return (drawn < RARE[name]).astype(float)
        if name.startswith(("is_", "has_")) or name in ("listed", "dispute_ongoing"):
            return (drawn > 0.8).astype(float)
        if name.endswith("_count"):
            return np.floor(drawn * 3) * (drawn > 0.5)
        return 1 + 10 * drawn
