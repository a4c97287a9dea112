"""Estimating what each instrument tells of closeness, by expectation and maximization on the grid."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from comity.assess.latent import GRID, Items, filtered, likelihood, log_chances, start
from comity.assess.shape import Numbers

ROUNDS = 60
SLOPES = (0.1, 8.0)  # steeper than 8 is a step between two points of the grid
SETTLED = 1e-8
CLOSE = 1e-3  # a round that moves no parameter by more is the last
STEPS_TRIED = (0.1, 0.15, 0.2, 0.3)


def fit(
    years: Sequence[Numbers], names: tuple[str, ...], step: float, said: Callable[[int, float], None] | None = None
) -> tuple[Items, float]:
    """The items under which the ties are most likely, and the log likelihood, for a given yearly step.

    Pairs with the same ties in all years are taken once and counted: most pairs have none. All items share one
    discrimination (Rasch 1960): left free, the instrument that changes least, the alliance, would be closeness itself.
    """
    stacked = np.stack(years, axis=1)
    alike, found_count = np.unique(np.where(np.isnan(stacked), -1, stacked), axis=0, return_counts=True)
    count = found_count.astype(np.float64)
    held = np.where(alike < 0, np.nan, alike)
    each = [held[:, year] for year in range(held.shape[1])]
    items = Items(names, np.full(len(names), 1.5), _first_difficulty(held, count), step)
    for number in range(ROUNDS):
        tied, seen = _expected(each, items, count)
        found = _maximized(items, tied, seen)
        moved = float(
            max(
                np.abs(found.discrimination - items.discrimination).max(),
                np.abs(found.difficulty - items.difficulty).max(),
            )
        )
        items = found
        if said:
            said(number, moved)
        if moved < CLOSE:
            break
    return items, log_likelihood(each, items, count)


def log_likelihood(years: Sequence[Numbers], items: Items, count: Numbers | None = None) -> float:
    """How likely the ties of all years are: the sum over pairs of the log of each year's chance given those before."""
    weights = np.tile(start(), (len(years[0]), 1))
    counted = np.ones(len(years[0])) if count is None else count
    total = 0.0
    for number, ties in enumerate(years):
        before = weights @ items.moves if number else weights
        logs = log_chances(ties, items)
        highest = logs.max(axis=1, keepdims=True)
        joint = before * np.exp(logs - highest)
        chance = joint.sum(axis=1)
        total += float(counted @ (np.log(chance) + highest[:, 0]))
        weights = joint / chance[:, None]
    return total


def _first_difficulty(held: Numbers, count: Numbers) -> Numbers:
    known = ~np.isnan(held)
    share = (np.where(known, held, 0) * count[:, None, None]).sum(axis=(0, 1)) / np.maximum(
        (known * count[:, None, None]).sum(axis=(0, 1)), 1
    )
    share = np.clip(share, 1e-4, 1 - 1e-4)
    found: Numbers = -np.log(share / (1 - share)) / 1.5
    return found


def _expected(years: Sequence[Numbers], items: Items, count: Numbers) -> tuple[Numbers, Numbers]:
    """For each item and point of the grid: how many ties and how many known pair-years are expected there."""
    forward = filtered(years, items)
    back = np.ones_like(forward[-1].weights)
    tied, seen = np.zeros((len(items.names), len(GRID))), np.zeros((len(items.names), len(GRID)))
    for number in range(len(years) - 1, -1, -1):
        ties = years[number]
        weights = forward[number].weights * back
        weights = weights / weights.sum(axis=1, keepdims=True) * count[:, None]
        tied += (ties == 1).T.astype(np.float64) @ weights
        seen += (~np.isnan(ties)).T.astype(np.float64) @ weights
        back = (likelihood(ties, items) * back) @ items.moves.T
        back = back / back.max(axis=1, keepdims=True)
    return tied, seen


def _maximized(items: Items, tied: Numbers, seen: Numbers) -> Items:
    """One slope for all items and a place for each, by Newton's method on the expected counts."""
    count = len(items.names)
    slope, place = float(items.discrimination[0]), items.difficulty.copy()
    for _ in range(50):
        chance = np.exp(-np.logaddexp(0.0, -slope * (GRID[None, :] - place[:, None])))
        missed, weight = tied - seen * chance, seen * chance * (1 - chance)
        # The parameters are the slope and, for each item, the intercept -slope * place.
        gradient = np.concatenate(([(missed * GRID).sum()], missed.sum(axis=1)))
        information = np.diag(np.concatenate(([(weight * GRID**2).sum()], weight.sum(axis=1))))
        information[0, 1:] = information[1:, 0] = (weight * GRID).sum(axis=1)
        change = np.clip(np.linalg.solve(information, gradient), -1.0, 1.0)
        intercept = -slope * place + change[1:]
        slope = float(np.clip(slope + change[0], *SLOPES))
        place = -intercept / slope
        if np.abs(change).max() < SETTLED:
            break
    return Items(items.names, np.full(count, slope), place, items.step)
