"""Many fits to one table: they differ in which rows count, and how often, so what they share is made once.

Refits with the pairs drawn anew say how much a chance hangs on which pairs there happened to be: a pair that is drawn
twice counts twice. Lists of later years differ from that of the first by the years that were learned from since.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from comity.errors import BadRequest
from comity.forecast import fitting
from comity.forecast.fitting import Average, Learning
from comity.forecast.forest import Forest, known_direction
from comity.forecast.listed import Floats, Numbers
from comity.forecast.penalized import Penalized, penalized_logit, standardized
from comity.forecast.watch_similar import redrawn

if TYPE_CHECKING:
    from lightgbm import Dataset

WORKERS = 2  # fits at a time, each on one thread
MOST_STEPS, CLOSE = 30, 1e-4  # of a logit that begins near its end
PART = 20_000  # rows that are worked on at a time
DISTINCT = 0.6  # of the rows, fewer than which no drawing with replacement takes
Columns = npt.NDArray[np.float32]


class Tables:
    """The rows of many fits, their inputs standardized for the logit and in bins for the trees.

    Both as the first so many rows, those `known`, have them: nothing is taken from rows that come later. A fit has the
    same bits on any number of threads.
    """

    def __init__(self, rows: Learning, known: int, threads: int = 1) -> None:
        settings, part = fitting.frozen(), rows.features
        if known < len(rows.y):
            part = replace(part, x=part.x[:known])
        self.rows, self.known = rows, known
        self.logit = penalized_logit(rows.y[:known], part, settings["penalty"], settings["logit_without"])
        self.forests = _Forests(rows, known, threads)

    @cached_property
    def logits(self) -> Logits:
        """The rows as the logit of the first has them."""
        return Logits(self.rows, self.logit)

    def forget(self) -> None:
        """Let go of the tables, which take much room, when no refit is to come."""
        self.__dict__.pop("logits", None)
        self.forests.forget()

    def fit(self, bags: int) -> Average:
        """The fit of the first rows: their logit, and so many forests."""
        first = (np.arange(len(self.rows.y)) < self.known).astype(np.int64)
        return Average(self.logit, self.forests.again(first, self.rows.seed, bags))

    def again(self, times: Numbers, seed: int, bags: int = 1) -> Average:
        """A logit and so many forests of rows that count so many times each."""
        return Average(self.logits.again(times), self.forests.again(times, seed, bags))

    def redrawn(self, pair: Numbers, draws: int, told: Callable[[Average], Floats]) -> list[Floats]:
        """What is told of each of so many refits with the pairs drawn anew."""
        random, _ = np.random.default_rng(self.rows.seed), self.logits  # made before two ask for it at once
        self.forests.threads = 1  # for two are grown at a time
        times = [np.bincount(redrawn(pair, random), minlength=len(pair)) for _ in range(draws)]
        with ThreadPoolExecutor(WORKERS) as pool:
            return list(
                pool.map(lambda place: told(self.again(times[place], self.rows.seed + 1 + place)), range(draws))
            )


class Logits:
    """A logit, estimated again with other weights of its rows."""

    def __init__(self, rows: Learning, first: Penalized) -> None:
        self.fit, held = first, rows.features
        places = [held.names.index(name) for name in first.names]
        width = 1 + len(first.names) + len(first.unknown)
        self.columns: Columns = np.empty((len(held.x), width), dtype=np.float32)
        for part in _parts(len(held.x)):
            self.columns[part] = standardized(held.x[part][:, places], first)
        self.y = rows.y.astype(np.float32)
        self.penalty = np.full(width, fitting.frozen()["penalty"], dtype=float)
        self.penalty[0] = 0.0

    def again(self, times: Numbers) -> Penalized:
        """The estimate when each row counts so many times, by Newton's steps from that of the first."""
        rows = np.flatnonzero(times)
        weight, found = times[rows].astype(np.float32), self.fit.weights.copy()
        for _ in range(MOST_STEPS):
            slope, bend = -self.penalty * found, np.diag(self.penalty)
            for part in _parts(len(rows)):
                x = self.columns[rows[part]]
                chance = 1 / (1 + np.exp(-(x @ found.astype(np.float32))))
                slope += x.T @ (weight[part] * (self.y[rows[part]] - chance))
                x *= np.sqrt(weight[part] * chance * (1 - chance))[:, None]
                bend += x.T @ x
            change = np.linalg.solve(bend, slope)
            found += change
            if np.abs(change).max() < CLOSE:
                parts = (self.fit.mean, self.fit.deviation, self.fit.unknown, self.fit.unknown_scale)
                return Penalized(self.fit.names, *parts, found)
        raise BadRequest(f"no estimate was found in {MOST_STEPS} steps; look for inputs that are nearly alike")


def _parts(count: int) -> list[slice]:
    """Rows some at a time, so that what is worked on stays small."""
    return [slice(start, start + PART) for start in range(0, count, PART)]


class _Forests:
    """One forest, grown again with other weights of its rows."""

    def __init__(self, rows: Learning, known: int, threads: int) -> None:
        import lightgbm

        settings, held, self.threads = fitting.frozen(), rows.features, threads
        self.names, self.trees = held.names, settings["trees"]
        self.given: dict[str, Any] = {
            "objective": "binary",
            "verbose": -1,
            "num_threads": threads,
            "deterministic": True,
            "force_col_wise": True,
            "monotone_constraints": [known_direction(name) for name in held.names],
            **settings["tree"],
        }
        # Inputs that no leaf of a refit could tell apart are left out; its leaves have the fewest rows.
        self.least = min(self.given["min_data_in_leaf"], max(known // 20, 1))
        self.given["min_data_in_leaf"] = max(round(self.least * DISTINCT), 1)
        self.held: Dataset = lightgbm.Dataset(held.x[:known], rows.y[:known], params=self.given, free_raw_data=False)
        self.held.construct()
        if known < len(rows.y):
            self.held = lightgbm.Dataset(held.x, rows.y, reference=self.held, params=self.given).construct()

    def forget(self) -> None:
        """Let go of the rows."""
        self.__dict__.pop("held", None)

    def again(self, times: Numbers, seed: int, bags: int) -> Forest:
        """Forests of rows that count so many times; a leaf needs as much weight as one of the list's."""
        import lightgbm

        rows = np.flatnonzero(times)
        whole = float(times.sum())
        least = max(round(self.least * len(rows) / whole), self.given["min_data_in_leaf"])
        drawn = self.held
        if whole != len(times) or len(rows) < len(times):
            drawn = self.held.subset(rows.tolist()).construct()
            drawn.set_weight(times[rows].astype(float))
        given = {**self.given, "min_data_in_leaf": least, "num_threads": self.threads}
        grown = (
            lightgbm.train({**given, "seed": seed + bag}, drawn, num_boost_round=self.trees) for bag in range(bags)
        )
        return Forest(self.names, tuple(str(each.model_to_string()) for each in grown))
