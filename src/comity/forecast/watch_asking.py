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
from comity.panel.systems import LAST_YEAR
from comity.vocab.dates import check_year

if TYPE_CHECKING:
    from comity.panel.facts import Facts
    from comity.panel.systems import StateSystem

HORIZONS = (12, 1)  # months; there is no list for another


@dataclass(frozen=True)
class Wish:
    """What is asked of a list, with None where the newest is meant.

    `month` is a year and a month of 1 to 12, for a list of one month.
    """

    target: str | None = None
    source: str | None = None
    year: int | None = None
    is_relevant: bool = True
    seed: int = 0
    draws: int = DRAWS
    earlier: int = EARLIER
    system: str | StateSystem = "cow"
    horizon: int = 12
    month: tuple[int, int] | None = None

    def check(self) -> None:
        """Raise BadRequest for a horizon of which there is no list, or a year where a month is meant."""
        if self.horizon not in HORIZONS:
            raise BadRequest(
                f"there are lists 12 months ahead, for a calendar year, and 1 month ahead; none for {self.horizon}"
            )
        if self.horizon == 1 and self.year is not None:
            raise BadRequest("a list one month ahead is of a month, not of a year: name one as 2011-01, or none")
        if self.month is not None and self.horizon != 1:
            raise BadRequest("a list of a month looks one month ahead; take the horizon 1")
        if self.month is not None:
            check_year(self.month[0], LAST_YEAR, "a list of")


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


def listing_of(store: Facts, wish: Wish) -> tuple[Listing, Known]:
    """The list that is meant, by default for the first year or month after the newest list, and what is heard for it.

    Raises BadRequest for a horizon of which there is no list.
    """
    wish.check()
    target, source, last = newest(store, wish.target, wish.source)
    year, month = wish.month or (wish.year or last + 1, 1 if wish.horizon == 1 else 0)
    listing = Listing(target, source, year, wish.is_relevant, wish.seed, wish.system, month)
    known = Known.before(year, horizons(store.abouts().values()))
    if month > 1:
        held = listed(store, source, ())
        known = known.within(year, held.source, held.last)
    return listing, known


def watch_list(
    store: Facts, wish: Wish, made_on: date, folder: Path | None = None, progress: Progress = unseen
) -> Kept:
    """The list of pairs to watch: for the year or month asked, or the first after the newest list of disputes.

    With every source as it is loaded, up to the year before. A list that was made of the same data by the same code
    is taken from the folder, where one is given. Raises OutsideCoverage where no list reaches.
    """
    listing, known = listing_of(store, wish)
    how = Making("list", made_on, known, wish.draws, wish.earlier, stamp(store), progress)
    return kept_list(folder, (listing, how), lambda: make_list(store, listing, how))


def first_whole_year(day: date) -> int:
    """The first calendar year that begins on a day or after it.

    >>> first_whole_year(date(2008, 1, 1)), first_whole_year(date(2008, 1, 2))
    (2008, 2009)
    """
    return day.year if (day.month, day.day) == (1, 1) else day.year + 1


def first_whole_month(day: date) -> tuple[int, int]:
    """The first calendar month that begins on a day or after it.

    >>> first_whole_month(date(2026, 12, 1)), first_whole_month(date(2026, 12, 2))
    ((2026, 12), (2027, 1))
    """
    after = day.year * 12 + day.month - (day.day == 1)
    return after // 12, after % 12 + 1
