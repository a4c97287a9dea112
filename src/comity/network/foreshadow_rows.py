"""The pair-years in which a tie of one layer may be new, with the ties of the other layers as they stood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from comity.errors import BadRequest
from comity.network.layers import layer_kind
from comity.network.pair_years import LEAST_KNOWN, Matrix, Numbers, pair_years, within

if TYPE_CHECKING:
    from comity.panel.facts import Facts

HORIZON = 3  # years ahead in which a new tie counts
PAST = 3  # years in which counted ties, such as exercises, are looked back on


@dataclass(frozen=True)
class Ties:
    """Of each pair and year, the ties of each layer: for counted layers in how many of the last years, else 0 or 1."""

    layers: tuple[str, ...]
    years: Numbers
    past: dict[str, Matrix]
    now: dict[str, Matrix]
    exists: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Part:
    """Pair-years of one span, those of a pair that are alike made one with their number as weight."""

    x: Matrix
    y: npt.NDArray[np.float64]
    pair: Numbers
    weight: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Waiting:
    """The pair-years that wait for a tie of one layer: early ones to fit on and late ones to score on."""

    target: str
    early: Part
    late: Part
    left_out: dict[str, int]


def ties_of(store: Facts, layers: tuple[str, ...], years: tuple[int, int]) -> Ties:
    """The ties of some layers; of years in which most pairs are unknown, none is known."""
    pairs = pair_years(store, years)
    exists = pairs.exists
    past, now = {}, {}
    for name in layers:
        kind = layer_kind(name)
        weights = pairs.matrix(kind.weigh(pairs.column))
        weights[:, (~np.isnan(weights)).sum(axis=0) < LEAST_KNOWN * exists.sum(axis=0)] = np.nan
        now[name] = np.where(np.isnan(weights), np.nan, weights > 0)
        past[name] = within(np.where(exists, weights, 0.0), PAST) if kind.is_counted else now[name]
    return Ties(layers, pairs.years, past, now, exists)


def waiting(ties: Ties, target: str, until: int) -> Waiting:
    """The pair-years without a tie of a layer, and whether one came in the years ahead."""
    came = _ahead(ties.now[target])
    is_asked = ties.exists & (ties.past[target] == 0) & ~np.isnan(came) & _is_known_span(ties)[None, :]
    row, column = np.nonzero(is_asked)
    x = np.column_stack([ties.past[name][row, column] for name in ties.layers])
    unknown = np.isnan(x)
    left_out = {name: int(count) for name, count in zip(ties.layers, unknown.sum(axis=0), strict=True) if count}
    known, year = ~unknown.any(axis=1), ties.years[column]
    y = came[row, column]
    parts = [
        _collapsed(x[kept], y[kept], row[kept]) for kept in (known & (year <= until - HORIZON), known & (year >= until))
    ]
    for part, when in zip(parts, (f"by {until}", f"after {until}"), strict=True):
        if not (part.y > 0).any() or not (part.y == 0).any():
            raise BadRequest(
                f"too little is known of new ties of layer {target!r} {when} beside {len(ties.layers) - 1} others"
            )
    return Waiting(target, parts[0], parts[1], left_out)


def _is_known_span(ties: Ties) -> npt.NDArray[np.bool_]:
    """Years that have a whole past and a whole future among the years asked for."""
    place = np.arange(len(ties.years))
    known: npt.NDArray[np.bool_] = (place >= PAST - 1) & (place < len(place) - HORIZON)
    return known


def _ahead(now: Matrix) -> Matrix:
    """Whether a tie comes in the years ahead: unknown where none is known to and one year is unknown.

    >>> _ahead(np.array([[0.0, 0.0, 1.0, 0.0, 0.0, np.nan]])).tolist()
    [[1.0, 1.0, nan, nan, nan, nan]]
    """
    padded = np.concatenate([now[:, 1:], np.full((len(now), HORIZON), np.nan)], axis=1)
    windows = np.lib.stride_tricks.sliding_window_view(padded, HORIZON, axis=1)
    some, whole = (windows > 0).any(axis=2), ~np.isnan(windows).any(axis=2)
    return np.where(some, 1.0, np.where(whole, 0.0, np.nan))


def _collapsed(x: Matrix, y: npt.NDArray[np.float64], pair: Numbers) -> Part:
    _, first, counts = np.unique(numbered(np.column_stack([pair, y, x])), return_index=True, return_counts=True)
    return Part(x[first], y[first], pair[first], counts.astype(np.float64))


def numbered(rows: Matrix) -> Numbers:
    """One number for each row of whole numbers, of which all but the first are at most `PAST`, in the rows' order.

    >>> numbered(np.array([[2.0, 0.0, 1.0], [0.0, 3.0, 2.0]])).tolist()
    [33, 14]
    """
    whole = rows.astype(np.int64)
    code = whole[:, 0]
    for column in whole.T[1:]:
        code = code * (PAST + 1) + column
    return code
