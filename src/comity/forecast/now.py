"""The list for the first whole year or month to come, from the newest that is loaded: it looks as far as data are old.

Where the list of the target ended years ago, the models learn to look so many years ahead, and the lists of earlier
years that are scored beside it looked as far. What happened since enters only where other sources tell of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from comity.errors import BadRequest
from comity.forecast.backtest import Progress, unseen
from comity.forecast.watch_asking import Wish, first_whole_month, first_whole_year, listing_of
from comity.forecast.watch_keeping import Kept, kept_list, stamp
from comity.forecast.watch_making import Making, make_list

if TYPE_CHECKING:
    from comity.panel.facts import Facts

EARLIER = 8  # lists of earlier years that looked as far ahead: its own backtest


def now_list(store: Facts, wish: Wish, today: date, folder: Path | None = None, progress: Progress = unseen) -> Kept:
    """The list for the first whole year, or month, from today on, each source as late as it is loaded.

    Raises BadRequest where a year or month is named, OutsideCoverage where the list of the target is too old for it.
    """
    if wish.year is not None or wish.month is not None:
        raise BadRequest("a list for now has the year or month to come; name none, or ask without --now")
    ahead = {"month": first_whole_month(today)} if wish.horizon == 1 else {"year": first_whole_year(today)}
    listing, known = listing_of(store, replace(wish, **ahead))
    how = Making("now", today, known, wish.draws, max(wish.earlier, EARLIER), stamp(store), progress)
    return kept_list(folder, (listing, how), lambda: make_list(store, listing, how))
