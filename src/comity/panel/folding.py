"""Folding pairs into states: what all the pairs of a state come to in each year."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from comity.panel.spines import Spine

Values = npt.NDArray[np.float64]


def fold(to_a: Values, to_b: Values, pairs: Spine, rows: Spine, how: Literal["sum", "min", "max"]) -> Values:
    """What the pairs of each state come to: `to_a` is what each pair gives to its first state, `to_b` to its second.

    A sum is null where any pair of the state is null, since unknown is not zero; a smallest or largest value is that
    of the known pairs, and null where there is none. A state without pairs has a sum of zero.
    """
    at = np.concatenate([rows.rows_under(pairs, "a"), rows.rows_under(pairs, "b")])
    values = np.concatenate([to_a, to_b]).astype(np.float64)
    values, at = values[at >= 0], at[at >= 0]
    if how == "sum":
        known = ~np.isnan(values)
        total = np.bincount(at[known], weights=values[known], minlength=len(rows))
        return np.where(np.bincount(at[~known], minlength=len(rows)) > 0, np.nan, total)
    found = np.full(len(rows), np.nan)
    (np.fmin if how == "min" else np.fmax).at(found, at, values)
    return found
