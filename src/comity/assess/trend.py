"""How a yearly series moves: its slope with a standard error, and the years in which its level changed."""

from __future__ import annotations

import numpy as np

from comity.assess.shape import Numbers

LEAST_YEARS = 5
LEAST_SIDE = 3  # years on each side of a change


def slopes(values: Numbers) -> tuple[Numbers, Numbers]:
    """The slope of each row on its years by least squares and its standard error; NaN with fewer than five known years.

    >>> slope, error = slopes(np.array([[0.0, 1.0, 2.0, 3.0, 4.0]]))
    >>> slope.tolist(), error.round(9).tolist()
    ([1.0], [0.0])
    """
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    enough = count >= LEAST_YEARS
    years = np.arange(values.shape[1], dtype=np.float64)
    safe = np.maximum(count, 1)
    time = np.where(known, years - ((known @ years) / safe)[:, None], 0.0)
    value = np.where(known, values - (np.where(known, values, 0.0).sum(axis=1) / safe)[:, None], 0.0)
    spread = np.maximum((time**2).sum(axis=1), 1e-12)
    slope = (time * value).sum(axis=1) / spread
    left = ((value - slope[:, None] * time) ** 2).sum(axis=1)
    error = np.sqrt(left / np.maximum(count - 2, 1) / spread)
    return np.where(enough, slope, np.nan), np.where(enough, error, np.nan)


def change_points(series: Numbers) -> list[int]:
    """Where the level of a series changes: the first place of each new level, by splitting while that pays.

    A split pays when it lowers the squared distance from the mean by more than a criterion of Schwarz asks for two more
    parameters. Three years stand on each side of a change.

    >>> change_points(np.array([0.0, 0.1, 0.0, 0.1, 5.0, 5.1, 5.0, 5.1]))
    [4]
    """
    return sorted(_split(series, 0))


def _split(series: Numbers, offset: int) -> list[int]:
    count = len(series)
    if count < 2 * LEAST_SIDE:
        return []
    places = range(LEAST_SIDE, count - LEAST_SIDE + 1)
    left = {at: _spread(series[:at]) + _spread(series[at:]) for at in places}
    at = min(left, key=lambda place: left[place])
    before, after = _spread(series), left[at]
    floor = 1e-6 * count  # a series without noise would make every split pay
    if count * np.log((before + floor) / (after + floor)) <= 2 * np.log(count):
        return []
    return [offset + at, *_split(series[:at], offset), *_split(series[at:], offset + at)]


def _spread(series: Numbers) -> float:
    return float(((series - series.mean()) ** 2).sum())
