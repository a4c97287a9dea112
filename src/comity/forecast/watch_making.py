"""Making a watch list: one fit for its year, refits that say how sure it is, and the lists of earlier years."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from comity.forecast import fitting
from comity.forecast.backtest import Progress, unseen
from comity.forecast.explain import Driver, Explained, explained
from comity.forecast.features import Features
from comity.forecast.fitting import Average, Learning
from comity.forecast.listed import Floats
from comity.forecast.months import MonthCases
from comity.forecast.scores import scores
from comity.forecast.watch import LEVEL, Basis, Pair, Similar, Tried, Watch
from comity.forecast.watch_fits import BESIDE, MODEL, Fitted, fits_of, spread_of
from comity.forecast.watch_known import Known
from comity.forecast.watch_rows import Listing, Prepared, prepared
from comity.forecast.watch_similar import nearest
from comity.forecast.watch_what_if import Told, told

if TYPE_CHECKING:
    from comity.panel.facts import Facts

DRAWS = 9  # refits beside the list's own: one more fit would lie within all of them nine times of eleven
EARLIER = 5  # lists of earlier years
EARLIER_OF_MONTHS = 3  # years whose twelve lists each are made
DRIVERS, SIMILAR = 8, 3


@dataclass(frozen=True)
class Making:
    """How a list is made: which product it is and on which day, what was known, and how many refits and earlier lists.

    `stamp` says of the data and the code what the list keeps of them: `fingerprint`, `versions`, `settings`, `titles`.
    """

    product: str
    made_on: date
    known: Known
    draws: int = DRAWS
    earlier: int = EARLIER
    stamp: Mapping[str, Any] = field(default_factory=dict)
    progress: Progress = unseen


@dataclass(frozen=True)
class Made:
    """A list with what it was made of: the model, what it learned from, its rows' inputs, and what a what-if needs.

    `moved` is what is added to the log odds that the model gives to each row.
    """

    watch: Watch
    model: Average
    learning: Learning
    asked: Features
    told: Told
    states: tuple[tuple[str, str], ...]
    moved: Floats


def make_list(store: Facts, listing: Listing, how: Making) -> Made:
    """The list of a year, from what was known before it, with its range, its reasons and how earlier ones did.

    Raises OutsideCoverage where the list of the target does not reach, BadRequest for a target that is none.
    """
    held = prepared(store, listing, how.known, how.progress)
    earlier = min(how.earlier, EARLIER_OF_MONTHS) if listing.month else how.earlier
    years = {listing.year, listing.year - 1, *range(held.known_to - earlier + 1, held.known_to + 1)}
    work = Steps(how.progress, len(years) + how.draws)
    fits = fits_of(held, years, work.step)
    held = held.without_inputs()
    return list_of(held, fits, how, work)


class Steps:
    """The fits of a list, counted as they are done."""

    def __init__(self, progress: Progress, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0
        progress("fits", 0, total)

    def step(self) -> None:
        """One more fit is done."""
        self.done += 1
        self.progress("fits", self.done, self.total)


def list_of(held: Prepared, fits: Mapping[int, Fitted], how: Making, work: Steps) -> Made:
    """The list of prepared rows from its fits: that of its own year, of the year before, and of years to be scored."""
    own, last = (_of_period(held, fits, held.listing.period - back) for back in (0, 1))
    low_high = spread_of(held, own, how.draws, work.step)
    pairs = _pairs(held, own, low_high, last)
    scored = record(held, {year: fit for year, fit in fits.items() if year <= held.known_to})
    watch = _watch(held, own, how, (pairs, *scored))
    states = tuple(held.names(own.rows))
    model = cast("Average", own.models[MODEL])
    return Made(watch, model, own.learning, own.asked, told(held, own.rows), states, own.moved)


def _of_period(held: Prepared, fits: Mapping[int, Fitted], period: int) -> Fitted:
    """The fit that foretells a year or a month, for its rows alone."""
    fit = fits[period // 12 if held.listing.month else period]
    return fit.among(held.period[fit.rows] == period)


def record(held: Prepared, fits: Mapping[int, Fitted]) -> tuple[tuple[Tried, ...], dict[str, dict[str, Any]]]:
    """How lists of earlier years did: each by itself, and the scores of all rows together by model."""
    tried: list[Tried] = []
    came: list[Floats] = []
    given: dict[str, list[Floats]] = {name: [] for name in (MODEL, *BESIDE)}
    for fit in (_of_period(held, fits, each) for year in sorted(fits) for each in _periods(held, year)):
        y = held.rows.y[fit.rows]
        is_known = ~np.isnan(y)
        chance = fit.chance()
        places = np.empty(len(y), dtype=np.int64)
        places[np.lexsort((fit.rows, -chance))] = np.arange(1, len(y) + 1)
        at = int(fit.rows[0]) if len(y) else 0
        kept = tuple(sorted(places[y == 1].tolist()))
        tried.append(Tried(int(held.rows.year[at]), len(y), kept, float(chance.sum()), _month(held, at)))
        came.append(y[is_known])
        for name, parts in given.items():
            parts.append(fit.chance(name)[is_known])
    if not came or not len(np.concatenate(came)):
        return tuple(tried), {}
    y = np.concatenate(came)
    counts = {"rows": len(y), "onsets": int(y.sum())}
    said = {name: scores(y, np.concatenate(parts)).to_dict() | counts for name, parts in given.items()}
    plain: dict[str, dict[str, Any]] = json.loads(json.dumps(said))  # numpy's numbers become Python's
    return tuple(tried), plain


def _periods(held: Prepared, year: int) -> range:
    """A year, or its months."""
    return range(year * 12, year * 12 + 12) if held.listing.month else range(year, year + 1)


def _month(held: Prepared, row: int) -> int:
    """The month of a row from 1 to 12, or 0 where rows are years."""
    return int(held.rows.month[row]) + 1 if isinstance(held.rows, MonthCases) else 0


def _pairs(held: Prepared, own: Fitted, low_high: tuple[Floats, Floats], last: Fitted) -> tuple[Pair, ...]:
    """The pairs of the list in order, each with its reasons."""
    rows, chance, states, pairs = own.rows, own.chance(), held.names(own.rows), held.rows.pair[own.rows].tolist()
    before = dict(zip(held.rows.pair[last.rows].tolist(), last.chance().tolist(), strict=True))
    model = cast("Average", own.models[MODEL])
    reasons = [
        _reason(with_level(each, own.shift, moved))
        for each, moved in zip(explained(model, own.asked), own.moved, strict=True)
    ]
    alike = _alike(held, own, model)
    fighting = held.facing.year == held.known_to
    count = len(held.rows.panel.rows.index.states)
    ongoing = set((held.facing.state_a[fighting] * count + held.facing.state_b[fighting]).tolist())
    made = []
    order: list[int] = np.lexsort((rows, -chance)).tolist()
    for place in order:
        low, high = (float(side[place]) for side in low_high)
        made.append(
            Pair(
                *states[place],
                chance=float(chance[place]),
                low=low,
                high=high,
                before=before.get(pairs[place]),
                is_ongoing=pairs[place] in ongoing,
                is_quiet=bool(held.rows.is_quiet[rows[place]]),
                similar=alike[place],
                **reasons[place],
            )
        )
    return tuple(made)


def _reason(reason: Explained) -> dict[str, Any]:
    """What a pair keeps of its reasons."""
    kept = {"drivers": tuple(reason.strongest(DRIVERS)), "groups": grouped(reason)}
    return kept | {"shared": reason.shared}


def with_level(reason: Explained, shift: float, moved: float) -> Explained:
    """The reasons of a row with what was added to its log odds: what all rows share, and its level as a reason."""
    level = float(moved) - shift
    more = (Driver(LEVEL, LEVEL, level, level, level),) if level else ()
    return Explained(reason.shared + shift, reason.drivers + more)


def grouped(reason: Explained) -> tuple[Driver, ...]:
    """What all inputs of each group add together, the most first."""
    sums: dict[str, list[float]] = {}
    for driver in reason.drivers:
        held = sums.setdefault(driver.group, [0.0, 0.0])
        held[0] += driver.logit
        held[1] += driver.trees
    made = [Driver(group, group, 1.0, *both) for group, both in sums.items()]
    return tuple(sorted(made, key=lambda each: (-abs(each.added), each.name)))


def _alike(held: Prepared, own: Fitted, model: Average) -> list[tuple[Similar, ...]]:
    pairs = held.rows.pair[own.rows], held.rows.pair[own.learned]
    found = nearest(model.logit, (own.asked, own.learning.features), pairs, SIMILAR)
    rows = own.learned[[row for near in found for row, _ in near]]
    month = held.rows.month[rows] + 1 if isinstance(held.rows, MonthCases) else np.zeros(len(rows), dtype=np.int64)
    parts = (held.names(rows), held.rows.year[rows].tolist(), (held.rows.y[rows] == 1).tolist(), month.tolist())
    apart = [each for near in found for _, each in near]
    made = [Similar(*states, year, came, far, at) for states, year, came, at, far in zip(*parts, apart, strict=True)]
    ends = np.cumsum([len(near) for near in found]).tolist()
    return [tuple(made[end - len(near) : end]) for near, end in zip(found, ends, strict=True)]


def _watch(
    held: Prepared,
    own: Fitted,
    how: Making,
    parts: tuple[tuple[Pair, ...], tuple[Tried, ...], dict[str, dict[str, Any]]],
) -> Watch:
    learned = held.rows.year[own.learned]
    basis = Basis(
        learned=(int(learned.min()), int(learned.max())),
        rows=len(own.learning.y),
        onsets=int(own.learning.y.sum()),
        known={source: year for source, year in held.known.last.items() if source in held.spoken},
        late={source: late for source, late in held.known.late.items() if late and source in held.spoken},
        fingerprint=how.stamp.get("fingerprint", ""),
        versions=dict(how.stamp.get("versions", {})),
        settings=how.stamp.get("settings", ""),
        settings_chosen=str(fitting.frozen()["chosen"]),
        seed=held.listing.seed,
        draws=how.draws,
        titles={source: name for source, name in how.stamp.get("titles", {}).items() if source in held.spoken},
    )
    target, facing = held.rows.target, held.facing
    head = (how.product, target.name, target.means, facing.source, facing.name, held.listing.year, how.made_on)
    tail = (held.listing.is_relevant, held.known_to, held.ends, held.late, held.unplaced)
    return Watch(*head, *tail, *parts, basis, held.listing.month)
