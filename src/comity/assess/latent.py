"""How close two states cooperate, as one latent quantity behind all instruments, with its uncertainty.

A dynamic item-response model. In each year a tie by instrument i is there with the odds exp(a_i (θ - b_i)), where θ is
the pair's closeness, b_i how close a pair must be for the tie to be as likely as not, and a_i how sharply the tie tells
closeness. θ moves from year to year by steps of a normal distribution. θ is looked at on a grid, so that the filter is
exact but for the grid: no sampling, no approximation of its shape (Martin and Quinn 2002 estimate a like model by
sampling). What is unknown is left out of the odds and widens the interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from comity.assess.shape import Numbers
from comity.errors import BadRequest

GRID = np.linspace(-3.0, 5.0, 65)
CENTRAL = (0.05, 0.95)  # the interval that is told holds the middle nine tenths


@dataclass(frozen=True)
class Items:
    """The instruments and what each tells: discrimination a > 0, difficulty b, and the yearly step of closeness."""

    names: tuple[str, ...]
    discrimination: Numbers
    difficulty: Numbers
    step: float

    @cached_property
    def odds(self) -> Numbers:
        """The log odds of a tie at each point of the grid: items × grid."""
        odds: Numbers = self.discrimination[:, None] * (GRID[None, :] - self.difficulty[:, None])
        return odds

    @cached_property
    def chances(self) -> Numbers:
        """The chance of a tie at each point of the grid: items × grid."""
        chance: Numbers = np.exp(-np.logaddexp(0.0, -self.odds))
        return chance

    @cached_property
    def moves(self) -> Numbers:
        """The chance of moving from one point of the grid (row) to another (column) in a year."""
        weight = np.exp(-0.5 * ((GRID[None, :] - GRID[:, None]) / self.step) ** 2)
        moved: Numbers = weight / weight.sum(axis=1, keepdims=True)
        return moved

    def without(self, name: str) -> Items:
        """The items but one, to foretell the one from the others."""
        kept = [number for number, each in enumerate(self.names) if each != name]
        if len(kept) == len(self.names):
            raise BadRequest(f"{name!r} is no item; items are {', '.join(self.names)}")
        return Items(
            tuple(self.names[number] for number in kept),
            self.discrimination[kept],
            self.difficulty[kept],
            self.step,
        )


@dataclass(frozen=True)
class Closeness:
    """What is known of θ in a year: for each pair a distribution over the grid, pairs × grid."""

    weights: Numbers
    items: Items

    @property
    def mean(self) -> Numbers:
        """The expected closeness, in standard deviations of the pairs of all years; 0 is an average pair."""
        found: Numbers = self.weights @ GRID
        return found

    @property
    def deviation(self) -> Numbers:
        """The standard deviation of what closeness may be."""
        spread: Numbers = np.sqrt(np.maximum(self.weights @ GRID**2 - self.mean**2, 0.0))
        return spread

    @property
    def score(self) -> Numbers:
        """The expected share of the instruments by which such a pair is tied, from 0 to 1."""
        found: Numbers = self.weights @ self.items.chances.mean(axis=0)
        return found

    def interval(self) -> tuple[Numbers, Numbers]:
        """The shares of the instruments between which nine tenths of what is possible lie."""
        so_far = np.cumsum(self.weights, axis=1)
        share = self.items.chances.mean(axis=0)
        low, high = (share[np.minimum((so_far < part).sum(axis=1), len(GRID) - 1)] for part in CENTRAL)
        return low, high

    def chance_of(self, item: Numbers) -> Numbers:
        """The chance of a tie with these chances on the grid."""
        found: Numbers = self.weights @ item
        return found


def start() -> Numbers:
    """What is thought of a pair of which nothing is known: a standard normal distribution on the grid."""
    weight = np.exp(-0.5 * GRID**2)
    found: Numbers = weight / weight.sum()
    return found


def log_chances(ties: Numbers, items: Items) -> Numbers:
    """The log of how likely a year's ties are at each point of the grid: pairs × grid, from pairs × items with NaN."""
    tied, apart = (ties == 1).astype(np.float64), (ties == 0).astype(np.float64)
    logs: Numbers = -(tied @ np.logaddexp(0.0, -items.odds)) - apart @ np.logaddexp(0.0, items.odds)
    return logs


def likelihood(ties: Numbers, items: Items) -> Numbers:
    """How likely a year's ties are at each point of the grid, the likeliest point of each pair having 1."""
    logs = log_chances(ties, items)
    scaled: Numbers = np.exp(logs - logs.max(axis=1, keepdims=True))
    return scaled


def filtered(years: Sequence[Numbers], items: Items) -> list[Closeness]:
    """Closeness after each year, knowing that year and those before: `years` are matrices of pairs × items.

    >>> items = Items(("pact",), np.array([2.0]), np.array([0.0]), 0.3)
    >>> first, second = filtered([np.array([[1.0]]), np.array([[1.0]])], items)
    >>> bool(0 < first.mean[0] < second.mean[0])
    True
    """
    found: list[Closeness] = []
    weights = np.tile(start(), (len(years[0]), 1)) if len(years) else np.empty((0, len(GRID)))
    for number, ties in enumerate(years):
        weights = (weights @ items.moves if number else weights) * likelihood(ties, items)
        weights = weights / weights.sum(axis=1, keepdims=True)
        found.append(Closeness(weights, items))
    return found


def smoothed(years: Sequence[Numbers], items: Items) -> list[Closeness]:
    """Closeness in each year, knowing all years: for looking back, never for forecasts."""
    forward = filtered(years, items)
    back = np.ones_like(forward[-1].weights)
    found = []
    for number in range(len(years) - 1, -1, -1):
        weights = forward[number].weights * back
        found.append(Closeness(weights / weights.sum(axis=1, keepdims=True), items))
        back = (likelihood(years[number], items) * back) @ items.moves.T
        back = back / back.max(axis=1, keepdims=True)
    return found[::-1]
