"""Which list is meant where less is said: the target whose data are newest, and the first year after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from comity.errors import BadRequest, OutsideCoverage
from comity.forecast.backtest import Progress, unseen
from comity.forecast.listed import listed
from comity.forecast.targets import TARGETS, find_target
from comity.forecast.watch_keeping import Kept, kept_list, stamp
from comity.forecast.watch_known import Known, horizons
from comity.forecast.watch_making import DRAWS, EARLIER, Making, make_list
from comity.forecast.watch_rows import Listing

if TYPE_CHECKING:
    from comity.panel.facts import Facts
    from comity.panel.systems import StateSystem

HORIZON = 12  # months; there is no list for another


@dataclass(frozen=True)
class Wish:
    """What is asked of a list, with None where the newest is meant."""

    target: str | None = None
    source: str | None = None
    year: int | None = None
    is_relevant: bool = True
    seed: int = 0
    draws: int = DRAWS
    earlier: int = EARLIER
    system: str | StateSystem = "cow"


def ends(store: Facts) -> dict[str, int]:
    """The last year of each list of disputes, crises or conflicts that is loaded."""
    found = {}
    for name in dict.fromkeys(name for target in TARGETS.values() for name in target.lists):
        try:
            found[name] = listed(store, name, ()).last
        except OutsideCoverage:
            continue  # not loaded
    return found


def newest(store: Facts, target: str | None, source: str | None) -> tuple[str, str, int]:
    """The target, the list it is taken from and that list's last year: the newest of those that are not named.

    Raises OutsideCoverage where no list that would do is loaded.
    """
    names = [target] if target else list(TARGETS)
    if target:
        find_target(target, source)  # refuses what is none
    held = ends(store)
    known = [
        (held[each], -place, name, each)
        for place, name in enumerate(names)
        for each in TARGETS[name].lists
        if each in held and source in (None, each)
    ]
    if not known:
        wanted = " or ".join(TARGETS[target].lists) if target else "gml_mid, icb or ucdp_acd"
        raise OutsideCoverage(
            f"no loaded source lists {target or 'what could be foretold'}; run `comity load {wanted}`"
        )
    last, _, name, chosen = max(known, key=lambda each: each[:2])
    return name, chosen, last


def listing_of(store: Facts, wish: Wish) -> Listing:
    """The list that is meant: by default for the first year after the newest list."""
    target, source, last = newest(store, wish.target, wish.source)
    return Listing(target, source, wish.year or last + 1, wish.is_relevant, wish.seed, wish.system)


def watch_list(
    store: Facts, wish: Wish, made_on: date, folder: Path | None = None, progress: Progress = unseen
) -> Kept:
    """The list of pairs to watch: for the year asked, or the first after the newest list of disputes or conflicts.

    With every source as it is loaded, up to the year before. A list that was made of the same data by the same code
    is taken from the folder, where one is given. Raises OutsideCoverage where no list reaches.
    """
    listing = listing_of(store, wish)
    known = Known.before(listing.year, horizons(store.abouts().values()))
    how = Making("list", made_on, known, wish.draws, wish.earlier, stamp(store), progress)
    return kept_list(folder, (listing, how), lambda: make_list(store, listing, how))


def first_whole_year(day: date) -> int:
    """The first calendar year that begins on a day or after it.

    >>> first_whole_year(date(2008, 1, 1)), first_whole_year(date(2008, 1, 2))
    (2008, 2009)
    """
    return day.year if (day.month, day.day) == (1, 1) else day.year + 1


def check_horizon(months: int) -> None:
    """Raise BadRequest for a horizon of which there is no list."""
    if months != HORIZON:
        raise BadRequest(f"there are lists {HORIZON} months ahead, for a calendar year; none for {months}")
