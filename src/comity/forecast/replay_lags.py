"""How late each source is: from the last day it knows to the day on which that could be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import quantiles
from typing import TYPE_CHECKING, Any

from comity.forecast.watch_known import whole_year
from comity.sources.contract import contract, source_names
from comity.vocab.register import OWN_SOURCE, SOURCE

if TYPE_CHECKING:
    from comity.sources.about import About

UNHEARD = 0  # the last year of a source that a replay does not hear


@dataclass(frozen=True)
class Lag:
    """How many days a source is late and how that is known: `stated`, `release` or `assumed`."""

    source: str
    days: int
    known_by: str

    def words(self) -> str:
        """The lag as a phrase.

        >>> Lag("nmc", 730, "assumed").words()
        'nmc 2.0 years (assumed)'
        """
        return f"{self.source} {self.days / 365.25:.1f} years" + (" (assumed)" if self.known_by == "assumed" else "")

    def to_dict(self) -> dict[str, Any]:
        """The lag as plain values."""
        return {"source": self.source, "days": self.days, "known_by": self.known_by}


def release_lags(abouts: Iterable[About]) -> dict[str, Lag]:
    """The lag of each source but the register, whose facts were gathered long after.

    `release_lag_days` of its contract where that is stated; otherwise from the last day that the loaded release covers
    to the day it came out. Of a source whose release is not dated it is assumed: three quarters of the sources with a
    known one are quicker. Between two releases a source is later still, so a replay knows rather too much.
    """
    found: dict[str, Lag] = {}
    undated = []
    for about in sorted(abouts, key=lambda each: each.source):
        if about.source in (SOURCE, OWN_SOURCE) or not about.coverage:
            continue
        stated = contract(about.source).release_lag_days if about.source in source_names() else None
        end = max(each.end for each in about.coverage)
        if stated is not None:
            found[about.source] = Lag(about.source, stated, "stated")
        elif about.published is not None:
            found[about.source] = Lag(about.source, max((about.published - end).days, 0), "release")
        else:
            undated.append(about.source)
    days = sorted(lag.days for lag in found.values())
    slow = int(quantiles(days, n=4)[2]) if len(days) > 1 else (days or [365])[0]
    return found | {source: Lag(source, slow, "assumed") for source in undated}


def known_on(day: date, lags: dict[str, Lag], ends: dict[str, int]) -> dict[str, int]:
    """The last whole year that could be known of each source on a day; a source without a lag is not heard.

    >>> known_on(date(2008, 1, 1), {"nmc": Lag("nmc", 400, "release")}, {"nmc": 2022, "register": 2026})
    {'nmc': 2005, 'register': 0}
    """
    return {
        source: min(end, whole_year(day - timedelta(days=lags[source].days))) if source in lags else UNHEARD
        for source, end in ends.items()
    }
