"""The share of what happened that is listed, for each state and year of a stretch, from the nearest pool that tells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from comity.panel.capture import Captured, Numbers
from comity.panel.stretches import Stretch, pooled, windowed

Regions = list[tuple[str, frozenset[str]]]  # the smallest first
OF_STATE, OF_STATE_YEARS, OF_ALL, OF_ALL_YEARS = "state", "state, all years", "all states", "all states, all years"


@dataclass
class Shares:
    """The share and its interval for states (rows) and years (columns); NaN is unknown.

    `pool` says over what the overlap was counted; it is None where nothing was, or a list declares itself complete.
    """

    share: Numbers
    low: Numbers
    high: Numbers
    pool: npt.NDArray[np.object_]

    @classmethod
    def unknown(cls, shape: tuple[int, int]) -> Shares:
        """Nothing known yet."""
        share, low, high = (np.full(shape, np.nan) for _ in range(3))
        return cls(share, low, high, np.full(shape, None, dtype=object))

    def take(self, found: Captured, pool: str, inside: npt.NDArray[np.bool_] | None = None) -> None:
        """Take an estimate where there is none yet, for all states or those inside a pool."""
        values = [np.broadcast_to(each, self.share.shape) for each in (found.share, found.share_low, found.share_high)]
        chosen = np.isnan(self.share) & ~np.isnan(values[0])
        if inside is not None:
            chosen &= inside[:, np.newaxis]
        for held, value in zip((self.share, self.low, self.high), values, strict=True):
            held[chosen] = value[chosen]
        self.pool[chosen] = pool

    def declare(self) -> None:
        """Where nothing is compared, a list that holds itself complete is believed."""
        chosen = np.isnan(self.share)
        for held in (self.share, self.low, self.high):
            held[chosen] = 1.0


def shares_of(stretch: Stretch, names: tuple[str, ...], regions: Regions) -> Shares:
    """The share known of each state in each year of a stretch.

    The overlap is counted over the state within two years; where too little stands on both lists, over the smallest
    region that names the state and then larger ones, over all states, and last over all years of the stretch.
    """
    counts = stretch.counts_of(names)[:3]
    shares = Shares.unknown((len(names), counts.shape[2]))
    if stretch.is_compared:
        shares.take(pooled(windowed(counts)), OF_STATE)
        for region, states in () if stretch.scope else regions:
            inside = np.array([name in states for name in names], dtype=bool)
            if inside.any():
                shares.take(pooled(windowed(stretch.counts(stretch.involving(states)))), region, inside)
        if not stretch.scope:
            shares.take(pooled(windowed(stretch.counts())), OF_ALL)
        shares.take(pooled(stretch.counts().sum(axis=1)), OF_STATE_YEARS if stretch.scope else OF_ALL_YEARS)
    if stretch.is_complete:
        shares.declare()
    return shares
