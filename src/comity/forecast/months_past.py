"""What had begun by the end of the month before: the walk of the pasts of pairs, in months.

It tells beginnings alone, of the pair, of the two states and of the world. Everything else that a forecast by month
knows stands at the end of the last finished year.
"""

from __future__ import annotations

import numpy as np

from comity.forecast.begun import Begun
from comity.forecast.listed import Floats, Numbers
from comity.forecast.months import MonthCases
from comity.forecast.past import LONGEST, ONSET_HALF_LIVES, Square, Tied, count_both, two_sides

FADES = {"quarter": 3.0} | {str(years): 12.0 * years for years in ONSET_HALF_LIVES}  # half-lives in months
TOTALS = ("quarter", "1", "8")  # of which those of the two states with others are told
LATE = "1"  # of what neighbors and allies began of late
NEVER = -(10**6)


def month_past(rows: MonthCases, begins: Begun, around: tuple[str, ...]) -> dict[str, Floats]:
    """What had begun by the end of the month before each row, by the names that the same has by year.

    Nothing begun in a month or later enters its rows. NaN where the list had ended before the month before.
    """
    count = len(rows.panel.rows.index.states)
    faded = {name: np.zeros((count, count), dtype=np.float32) for name in FADES}
    last, past = np.full((count, count), NEVER, dtype=np.int64), np.zeros((count, count), dtype=np.float32)
    ties = {name: Tied.of(rows, name) for name in around}
    told: dict[str, Floats] = {}
    order = np.argsort(rows.step, kind="stable")
    steps = rows.step[order]
    for step in range(begins.first, int(steps[-1]) + 1 if len(steps) else begins.first):
        start, end = np.searchsorted(steps, (step, step + 1))
        if end > start and step - 1 <= begins.last:
            at = order[start:end]
            pairs = rows.state_a[at], rows.state_b[at]
            found = _own(faded, (last, past), pairs, step)
            found |= _around(faded, pairs, {name: tie.square(step // 12 - 1) for name, tie in ties.items()})
            for name, values in found.items():
                told.setdefault(name, np.full(len(rows), np.nan, dtype=np.float32))[at] = values
        part = slice(*np.searchsorted(begins.step, (step, step + 1)))
        one, other = begins.state_a[part], begins.state_b[part]
        every = np.ones(len(one), dtype=bool)
        for name, square in faded.items():
            count_both(square, one, other, every)
            np.multiply(square, np.float32(0.5 ** (1 / FADES[name])), out=square)
        count_both(past, one, other, every)
        last[one, other] = last[other, one] = step
    return told


def _own(
    faded: dict[str, Square], kept: tuple[Numbers, Square], pairs: tuple[Numbers, Numbers], step: int
) -> dict[str, Floats]:
    last, past = kept
    found = {f"onset_{name}_fade": np.log1p(square[pairs].astype(float)) for name, square in faded.items()}
    since = (step - last[pairs]) / 12
    found["since_onset"] = np.log(np.minimum(since, LONGEST))
    found["onset_last_year"] = (since <= 1).astype(float)
    found["past_onsets"] = np.log1p(past[pairs].astype(float))
    found["began_this_year"] = (last[pairs] >= step // 12 * 12).astype(float)
    return found


def _around(faded: dict[str, Square], pairs: tuple[Numbers, Numbers], ties: dict[str, Square]) -> dict[str, Floats]:
    found: dict[str, Floats] = {}
    for name in TOTALS:
        square = faded[name]
        total = square.sum(axis=1)
        found |= two_sides(f"others_onset_{name}", total[pairs[0]] - square[pairs], total[pairs[1]] - square[pairs])
    for name, tie in ties.items():
        crossed = tie @ faded[LATE]
        found[f"{name}_against_of_late"] = np.log1p((crossed[pairs] + crossed[pairs[::-1]]).astype(float))
    found["world_quarter"] = np.full(len(pairs[0]), np.log1p(float(faded["quarter"].sum()) / 2))
    return found
