"""The fits of a watch list: that of its own year, those of earlier years, and how their level follows what came."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from comity.forecast import fitting
from comity.forecast.features import Features
from comity.forecast.fitting import Average, Learning, Model, chances, fit_models, usable
from comity.forecast.level import Following, followed
from comity.forecast.listed import Flags, Floats, Numbers
from comity.forecast.regions import region_pairs
from comity.forecast.watch_refits import WORKERS, Tables
from comity.forecast.watch_rows import Prepared
from comity.forecast.watch_similar import spread

MODEL = "average"
BESIDE = ("base_rate", "peace_years", "decayed_history")
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Fitted:
    """Models fitted for one year, what they learned from, and the inputs of the rows they foretell.

    What a fit learned from that is only scored is not kept.

    `learned` and `rows` are the places of the rows learned from and foretold. `shift` is to be added to the log odds of
    every model, for the months of peace that were left out; `level` to those of each row by the model of the list.
    `tables` are what refits go on from.
    """

    models: dict[str, Model]
    learning: Learning
    learned: Places
    asked: Features
    rows: Places
    shift: float = 0.0
    level: Floats = field(default_factory=lambda: np.zeros(0))
    tables: Tables | None = None

    @property
    def moved(self) -> Floats:
        """What is added to the log odds that the model of the list gives to each row."""
        return self.shift + (self.level if len(self.level) else np.zeros(len(self.rows)))

    def chance(self, name: str = MODEL) -> Floats:
        """The chance of each row."""
        return chances(self.models[name].predictor(self.asked) + (self.moved if name == MODEL else self.shift))

    def among(self, kept: Flags) -> Fitted:
        """The same fit for some of its rows."""
        level = self.level[kept] if len(self.level) else self.level
        return replace(self, asked=self.asked.among(kept), rows=self.rows[kept], level=level)


def _asked(held: Prepared, year: int) -> Fitted:
    """The rows of a fit, with no model yet."""
    (kept, shift), ahead = held.learned(year), held.asked(year)
    known, asked = held.made.among(kept), held.made.among(ahead)
    chosen = usable(known, asked)
    learning = Learning(known.only(chosen), held.rows.y[kept], held.rows.is_quiet[kept], held.listing.seed)
    return Fitted({}, learning, np.flatnonzero(kept), asked.only(chosen), np.flatnonzero(ahead), shift)


def fits_of(held: Prepared, years: Iterable[int], step: Callable[[], None]) -> dict[int, Fitted]:
    """The fits of some years, two at a time, each from rows whose outcome was known before it.

    Those of the list's own year and of the one before have all forests. The others are there to be scored, and have
    one.
    """
    own = held.listing.year
    with ThreadPoolExecutor(WORKERS) as pool:
        others = pool.submit(_earlier, held, sorted(set(years) - {own}), step)
        made = {own: _own(held)}
        step()
        return leveled(held, made | others.result())


def _own(held: Prepared) -> Fitted:
    """The fit of the list's own year, with the tables that its refits go on from."""
    fit = _asked(held, held.listing.year)
    tables = Tables(fit.learning, len(fit.learning.y))
    return replace(_with(fit, tables.fit(fitting.frozen()["bags"])), tables=tables)


def _with(fit: Fitted, model: Average) -> Fitted:
    """A fit with the model of the list and those beside it."""
    return replace(fit, models={**fit_models(fit.learning, BESIDE), MODEL: model})


def _earlier(held: Prepared, years: list[int], step: Callable[[], None]) -> dict[int, Fitted]:
    """The fits of earlier years: the first by itself, the others from tables made of what the first knew."""
    made: dict[int, Fitted] = {}
    tables: Tables | None = None
    for year in years:
        fit = _asked(held, year)
        bags = fitting.frozen()["bags"] if year == held.listing.year - 1 else 1
        if not made:
            tables, places = _shared(fit, _asked(held, years[-1]))
            model = tables.fit(bags)
        elif (
            tables is not None
            and np.isin(fit.learned, places).all()
            and fit.learning.features.names == tables.rows.features.names
        ):
            model = tables.again(np.isin(places, fit.learned).astype(np.int64), held.listing.seed, bags)
        else:
            model = Tables(fit.learning, len(fit.learning.y)).fit(bags)
        made[year] = _forgotten(_with(fit, model))
        step()
    return made


def _forgotten(fit: Fitted) -> Fitted:
    """A fit without the rows it learned from, which take room and are not asked for again."""
    held = fit.learning
    blank = replace(held.features, x=held.features.x[:0].copy())
    return replace(fit, learning=Learning(blank, held.y[:0], held.is_quiet[:0], held.seed))


def _shared(first: Fitted, last: Fitted) -> tuple[Tables, Places]:
    """Tables of the rows of the last fit, those of the first before all others, and the place of each row.

    Of the rows of the first alone where the two do not have the same inputs.
    """
    held, known = last.learning, len(first.learning.y)
    if first.learning.features.names != held.features.names:
        return Tables(first.learning, known), first.learned
    order = np.argsort(~np.isin(last.learned, first.learned), kind="stable")
    ordered = replace(held.features, x=held.features.x[order])
    return Tables(Learning(ordered, held.y[order], held.is_quiet[order], held.seed), known), last.learned[order]


def leveled(held: Prepared, fits: Mapping[int, Fitted]) -> dict[int, Fitted]:
    """The fits with the level of each moved to what came of those before it, where that was found to help.

    That is where whole years are foretold from the year before. Of lists that look farther ahead it was tried on the
    early years too, and did not help; of months it was not tried.
    """
    if held.late or held.listing.month:
        return dict(fits)
    rule, region = Following(**fitting.frozen()["level"]), region_pairs(held.rows)
    odds = np.full(len(held.rows), np.nan)
    for fit in fits.values():
        odds[fit.rows] = fit.models[MODEL].predictor(fit.asked)
    made: dict[int, Fitted] = {}
    for year, fit in fits.items():
        earlier = [fits[each].rows for each in sorted(fits) if each < year and each <= held.known_to]
        rows: Numbers = np.concatenate([*earlier, fit.rows])
        came = np.where(held.rows.year[rows] < year, held.rows.y[rows], np.nan)
        after = followed(odds[rows], came, held.rows.year[rows], rule, region[rows])
        level = after[len(rows) - len(fit.rows) :] - odds[fit.rows]
        made[year] = replace(fit, level=level)
    return made


def spread_of(held: Prepared, own: Fitted, draws: int, step: Callable[[], None]) -> tuple[Floats, Floats]:
    """The lowest and the highest chance of each row by a fit and by refits with the pairs drawn anew."""
    made = [own.chance()]
    if draws and own.tables is not None:

        def told(model: Average) -> Floats:
            step()
            return chances(model.predictor(own.asked) + own.moved)

        made += own.tables.redrawn(held.rows.pair[own.learned], draws, told)
    return spread(made)
