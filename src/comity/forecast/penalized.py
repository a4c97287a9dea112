"""A logit whose coefficients are held near zero, so that many inputs that say much the same do no harm."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from comity.errors import BadRequest
from comity.forecast.features import Features, Table
from comity.forecast.listed import Floats, Numbers

MOST_STEPS, HALVINGS, CLOSE = 60, 40, 1e-7
MANY, EVERY, ROUGH = 5_000, 5, 1e-2  # of so many rows every fifth gives the start, until steps are so small
PART = 20_000  # rows that are worked on at a time
LARGE, WORKERS = 150_000, 2  # from so many rows on, of which no two fits are made at a time, so many parts are
Made = TypeVar("Made")
FARTHEST = 5.0  # standard deviations; an input farther out counts as this far, so that no one row rules
# An unknown value is a sign of its own where this share of the fitted rows is unknown, and weighs half as much.
LEAST_UNKNOWN, OF_UNKNOWN = 0.005, 0.5


@dataclass(frozen=True)
class Penalized:
    """A fitted logit: how inputs are made comparable, and what each adds to the log odds.

    `unknown` are the places of the inputs whose being unknown is an input too.
    """

    names: tuple[str, ...]
    mean: Floats
    deviation: Floats
    unknown: Numbers
    unknown_scale: Floats
    weights: Floats

    def predictor(self, features: Features) -> Floats:
        """The log odds of each row."""
        chosen = features.x[:, [features.names.index(name) for name in self.names]]
        odds: Floats = standardized(chosen, self) @ self.weights
        return odds

    def contributions(self, features: Features) -> Floats:
        """What each input adds to each row's log odds, against a row of average inputs; the last is the constant.

        They sum to the predictor exactly. What an unknown value adds stands with its input.
        """
        chosen = features.x[:, [features.names.index(name) for name in self.names]]
        parts = standardized(chosen, self) * self.weights
        count = len(self.names)
        added = parts[:, 1 : count + 1].copy()
        added[:, self.unknown] += parts[:, count + 1 :]
        return np.column_stack([added, parts[:, 0]])

    def to_dict(self) -> dict[str, Any]:
        """The fit as plain values."""
        return {"names": list(self.names)} | {
            name: getattr(self, name).tolist() for name in ("mean", "deviation", "unknown", "unknown_scale", "weights")
        }

    @classmethod
    def from_dict(cls, held: dict[str, Any]) -> Penalized:
        """A fit from plain values."""
        numbers = {
            name: np.array(held[name], dtype=float) for name in ("mean", "deviation", "unknown_scale", "weights")
        }
        return cls(names=tuple(held["names"]), unknown=np.array(held["unknown"], dtype=np.int64), **numbers)


def penalized_logit(y: Floats, features: Features, penalty: float, without: Iterable[str] = ()) -> Penalized:
    """The logit that is likeliest less `penalty` / 2 times the sum of its squared coefficients, the constant free.

    Inputs are standardized on the rows given; unknown values stand at the mean. Newton's method with halved steps.
    The groups of inputs in `without` are left out.
    Raises BadRequest where all outcomes are alike.
    """
    if not 0 < y.mean() < 1:
        raise BadRequest("nothing can be learned where every outcome is alike; take more years")
    left = set(without)
    places = [place for place, group in enumerate(features.groups) if group not in left]
    blank = _prepared(features, places)
    x = standardized(features.x, blank, places)
    weights = _newton(y, x, penalty)
    return Penalized(blank.names, blank.mean, blank.deviation, blank.unknown, blank.unknown_scale, weights)


def _prepared(features: Features, places: list[int]) -> Penalized:
    x = features.x
    missing = _summed(lambda part: np.isnan(_some(x, part, places)).sum(axis=0, dtype=float), x)
    held, share = np.maximum(len(x) - missing, 1), missing / len(x)
    mean = _summed(lambda part: np.nansum(_some(x, part, places), axis=0, dtype=np.float64), x) / held
    deviation = np.sqrt(_summed(lambda part: np.nansum((_some(x, part, places) - mean) ** 2, axis=0), x) / held)
    deviation[deviation <= 1e-9] = 1.0
    often = np.flatnonzero((share >= LEAST_UNKNOWN) & (share < 1))
    kinds = {np.packbits(np.isnan(x[:, places[place]])).tobytes(): place for place in often[::-1]}  # many go together
    unknown = np.sort(np.array(list(kinds.values()), dtype=np.int64))
    scale = np.sqrt(share * (1 - share))[unknown] / OF_UNKNOWN
    names = tuple(features.names[place] for place in places)
    return Penalized(names, mean, deviation, unknown, scale, np.zeros(0))


def standardized(x: Table, fit: Penalized, places: list[int] | None = None) -> Floats:
    """The columns that the coefficients belong to: a constant, the inputs, and which of them are unknown.

    `places` are those of the inputs among the columns, all of them where none are given.
    """
    count = len(fit.names)
    made = np.empty((len(x), 1 + count + len(fit.unknown)))
    made[:, 0] = 1.0

    def fill(part: slice) -> None:
        held = _some(x, part, places or list(range(count)))
        inside = made[part, 1 : count + 1]
        np.subtract(held, fit.mean, out=inside)
        inside /= fit.deviation
        np.clip(inside, -FARTHEST, FARTHEST, out=inside)
        made[part, count + 1 :] = np.isnan(held[:, fit.unknown]) / fit.unknown_scale
        np.nan_to_num(inside, copy=False, nan=0.0)

    _each(fill, x)
    return made


def _parts(x: Table | Floats) -> Iterator[slice]:
    """The rows in parts, so that what is made of them need not be held of all at once."""
    return (slice(start, start + PART) for start in range(0, len(x), PART))


def _each(work: Callable[[slice], Made], x: Table | Floats) -> list[Made]:
    """What is made of each part of the rows, in their order; of very many rows two parts at a time."""
    if len(x) < LARGE:
        return list(map(work, _parts(x)))
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(work, _parts(x)))


def _summed(work: Callable[[slice], Floats], x: Table | Floats) -> Floats:
    """The sum of what is made of each part, added up in their order: the same bits however many are made at a time."""
    return np.asarray(sum(_each(work, x)))


def _some(x: Table, part: slice, places: list[int]) -> Table:
    """Some rows and columns, one row after the other."""
    return x[part] if len(places) == x.shape[1] else np.ascontiguousarray(x[part][:, places])


def _curvature(x: Floats, weight: Floats) -> Floats:
    """The sum over rows of the products of their columns, each row weighed."""

    def product(part: slice) -> Floats:
        root = x[part] * np.sqrt(weight[part])[:, None]
        squared: Floats = root.T @ root  # a product with itself costs half
        return squared

    return _summed(product, x)


def _newton(y: Floats, x: Floats, penalty: float) -> Floats:
    """The coefficients: first roughly, from some of the rows, then from all."""
    start = np.zeros(x.shape[1])
    start[0] = np.log(y.mean() / (1 - y.mean()))
    some = slice(None, None, EVERY)
    if len(y) > MANY and 0 < y[some].mean() < 1:
        start = _climbed(y[some], x[some], (penalty / EVERY, ROUGH), start)
    return _climbed(y, x, (penalty, CLOSE), start)


def _climbed(y: Floats, x: Floats, rule: tuple[float, float], found: Floats) -> Floats:
    """Newton's steps from a start; `rule` is the penalty and how small the last step shall be."""
    penalty, close = rule
    held = np.full(x.shape[1], penalty)
    held[0] = 0.0
    predictor = x @ found

    def likelihood(weights: Floats, odds: Floats) -> float:
        return float(y @ odds - np.logaddexp(0.0, odds).sum() - held @ weights**2 / 2)

    best = likelihood(found, predictor)
    for _ in range(MOST_STEPS):
        chance = np.exp(predictor - np.logaddexp(0.0, predictor))
        slope = x.T @ (y - chance) - held * found
        change = np.linalg.solve(_curvature(x, chance * (1 - chance)) + np.diag(held), slope)
        moved, size = x @ change, 1.0
        for _ in range(HALVINGS):
            tried = likelihood(found + size * change, predictor + size * moved)
            if tried >= best - abs(best) * 1e-14:
                break
            size /= 2
        found, predictor, best = found + size * change, predictor + size * moved, tried
        if np.abs(size * change).max() < close:
            return found
    raise BadRequest(f"no estimate was found in {MOST_STEPS} steps; look for inputs that are nearly alike")
