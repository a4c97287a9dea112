"""How far an activity is from a threshold."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Gap(msgspec.Struct, frozen=True, gc=False):
    """The distance to a threshold: in the measure's unit, and as a share of the threshold.

    >>> Gap("troops", 200, 13000).relative < Gap("tanks", 20, 300).relative
    True
    """

    measure: str
    margin: float
    threshold: float
    is_rung: bool = False  # counted in rungs of a ladder, which say less than a number does

    @property
    def relative(self) -> float:
        """The distance as a share of the threshold."""
        return self.margin / (abs(self.threshold) or 1.0)


def nearest(gaps: Iterable[Gap | None]) -> Gap | None:
    """The gap that is the smallest share of its threshold, a number before a rung; None when there is none."""
    found: Gap | None = None
    for gap in gaps:
        if gap is not None and (found is None or (gap.is_rung, gap.relative) < (found.is_rung, found.relative)):
            found = gap
    return found


def widest(gaps: Iterable[Gap | None]) -> Gap | None:
    """The gap that is the largest share of its threshold, a number before a rung; None when there is none."""
    found: Gap | None = None
    for gap in gaps:
        if gap is not None and (found is None or (found.is_rung, gap.relative) > (gap.is_rung, found.relative)):
            found = gap
    return found
