"""Making a watch list: one fit for its year, refits that say how sure it is, and the lists of earlier years."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from comity.forecast import fitting
from comity.forecast.backtest import Progress, unseen
from comity.forecast.explain import Driver, Explained, explain
from comity.forecast.features import Features
from comity.forecast.fitting import Average, Learning, Model, chances, fit_models, usable
from comity.forecast.forest import forest
from comity.forecast.listed import Floats
from comity.forecast.penalized import penalized_logit
from comity.forecast.scores import scores
from comity.forecast.watch import Basis, Pair, Similar, Tried, Watch
from comity.forecast.watch_known import Known
from comity.forecast.watch_rows import Listing, Prepared, prepared
from comity.forecast.watch_similar import nearest, redrawn, spread
from comity.forecast.watch_what_if import Told, told

if TYPE_CHECKING:
    from comity.panel.facts import Facts

MODEL = "average"
BESIDE = ("base_rate", "peace_years", "decayed_history")
DRAWS = 9  # refits beside the list's own: one more fit would lie within all of them nine times of eleven
EARLIER = 5  # lists of earlier years
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
    """A list with what it was made of: the model, what it learned from, its rows' inputs, and what a what-if needs."""

    watch: Watch
    model: Average
    learning: Learning
    asked: Features
    told: Told
    states: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Fitted:
    """Models fitted for one year's list, what they learned from, and the inputs of the rows of that year."""

    models: dict[str, Model]
    learning: Learning
    asked: Features
    rows: np.ndarray[tuple[int], np.dtype[np.intp]]

    def chance(self, name: str = MODEL) -> Floats:
        """The chance of each row of the year."""
        return chances(self.models[name].predictor(self.asked))


def make_list(store: Facts, listing: Listing, how: Making) -> Made:
    """The list of a year, from what was known before it, with its range, its reasons and how earlier ones did.

    Raises OutsideCoverage where the list of the target does not reach, BadRequest for a target that is none.
    """
    how.progress("inputs", 0, 1)
    held = prepared(store, listing, how.known)
    how.progress("inputs", 1, 1)
    years = [listing.year, listing.year - 1, *range(held.known_to - how.earlier + 1, held.known_to + 1)]
    fits: dict[int, Fitted] = {}
    for year in dict.fromkeys(years):
        how.progress("fits", len(fits), len(set(years)) + how.draws)
        fits[year] = fitted(held, year)
    return list_of(held, fits, how)


def list_of(held: Prepared, fits: Mapping[int, Fitted], how: Making) -> Made:
    """The list of prepared rows from its fits: that of its own year, of the year before, and of years to be scored."""
    own, last = fits[held.listing.year], fits[held.listing.year - 1]
    pairs = _pairs(held, own, _range(held, own, how, len(fits)), last)
    scored = record(held, {year: fit for year, fit in fits.items() if year <= held.known_to})
    watch = _watch(held, own, how, (pairs, *scored))
    states = tuple(held.name(row) for row in own.rows.tolist())
    return Made(watch, cast("Average", own.models[MODEL]), own.learning, own.asked, told(held, own.rows), states)


def fitted(held: Prepared, year: int) -> Fitted:
    """The models of a list for one year, from rows whose outcome was known before it."""
    learned, rows = held.learned(year), np.flatnonzero(held.rows.year == year)
    known, asked = held.made.among(learned), held.made.among(held.rows.year == year)
    chosen = usable(known, asked)
    learning = Learning(known.only(chosen), held.rows.y[learned], held.rows.is_quiet[learned], held.listing.seed)
    return Fitted(fit_models(learning, (*BESIDE, MODEL)), learning, asked.only(chosen), rows)


def record(held: Prepared, fits: Mapping[int, Fitted]) -> tuple[tuple[Tried, ...], dict[str, dict[str, Any]]]:
    """How lists of earlier years did: each by itself, and the scores of all rows together by model."""
    tried: list[Tried] = []
    came: list[Floats] = []
    given: dict[str, list[Floats]] = {name: [] for name in (MODEL, *BESIDE)}
    for year in sorted(fits):
        fit = fits[year]
        y = held.rows.y[fit.rows]
        is_known = ~np.isnan(y)
        chance = fit.chance()
        places = np.empty(len(y), dtype=np.int64)
        places[np.lexsort((fit.rows, -chance))] = np.arange(1, len(y) + 1)
        tried.append(Tried(year, len(y), tuple(sorted(places[y == 1].tolist())), float(chance.sum())))
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


def _range(held: Prepared, own: Fitted, how: Making, done: int) -> tuple[Floats, Floats]:
    """The range of the fit and of refits in which pairs are drawn anew, each with one forest."""
    learned = np.flatnonzero(held.learned(held.listing.year))
    random = np.random.default_rng(held.listing.seed)
    drawn = [redrawn(held.rows.pair[learned], random) for _ in range(how.draws)]
    made = [own.chance()]
    with ThreadPoolExecutor(2) as pool:
        for place, odds in enumerate(pool.map(lambda draw: _refitted(own, *draw), enumerate(drawn))):
            how.progress("fits", done + place, done + how.draws)
            made.append(chances(odds))
    how.progress("fits", done + how.draws, done + how.draws)
    return spread(made)


def _refitted(own: Fitted, number: int, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Floats:
    settings, whole = fitting.frozen(), own.learning
    part = replace(whole.features, x=whole.features.x[rows])
    y = whole.y[rows]
    logit = penalized_logit(y, part.without(settings.get("logit_without", ())), settings["penalty"])
    trees = forest(y, part, {**settings, "bags": 1}, whole.seed + 1 + number)
    return Average(logit, trees).predictor(own.asked)


def _pairs(held: Prepared, own: Fitted, spread_of: tuple[Floats, Floats], last: Fitted) -> tuple[Pair, ...]:
    """The pairs of the list in order, each with its reasons."""
    rows, chance = own.rows, own.chance()
    before = dict(zip(held.rows.pair[last.rows].tolist(), last.chance().tolist(), strict=True))
    model = cast("Average", own.models[MODEL])
    reasons = explain(model, own.asked)
    alike = _alike(held, own, model)
    fighting = held.facing.year == held.facing.last
    count = len(held.rows.panel.rows.index.states)
    ongoing = set((held.facing.state_a[fighting] * count + held.facing.state_b[fighting]).tolist())
    made = []
    for place in np.lexsort((rows, -chance)).tolist():
        row, pair = int(rows[place]), int(held.rows.pair[rows[place]])
        low, high = (float(side[place]) for side in spread_of)
        made.append(
            Pair(
                *held.name(row),
                chance=float(chance[place]),
                low=low,
                high=high,
                before=before.get(pair),
                is_ongoing=pair in ongoing,
                is_quiet=bool(held.rows.is_quiet[row]),
                drivers=tuple(reasons[place].strongest(DRIVERS)),
                groups=grouped(reasons[place]),
                similar=alike[place],
            )
        )
    return tuple(made)


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
    learned = np.flatnonzero(held.learned(held.listing.year))
    pairs = held.rows.pair[own.rows], held.rows.pair[learned]
    found = nearest(model.logit, (own.asked, own.learning.features), pairs, SIMILAR)
    year, y = held.rows.year, held.rows.y
    return [
        tuple(
            Similar(*held.name(int(learned[row])), int(year[learned[row]]), bool(y[learned[row]] == 1), apart)
            for row, apart in near
        )
        for near in found
    ]


def _watch(
    held: Prepared,
    own: Fitted,
    how: Making,
    parts: tuple[tuple[Pair, ...], tuple[Tried, ...], dict[str, dict[str, Any]]],
) -> Watch:
    learned = held.rows.year[held.learned(held.listing.year)]
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
    return Watch(*head, *tail, *parts, basis)
