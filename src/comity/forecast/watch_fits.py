"""The fits of a watch list: that of its own year, those of earlier years, and how their level follows what came."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from comity.forecast import fitting
from comity.forecast.features import PART, Features
from comity.forecast.fitting import MANY, Average, Learning, Model, chances, fit_models, often_known
from comity.forecast.level import Following, followed
from comity.forecast.listed import Flags, Floats, Numbers
from comity.forecast.regions import region_pairs
from comity.forecast.watch_refits import WORKERS, Tables
from comity.forecast.watch_rows import Prepared
from comity.forecast.watch_similar import spread

MODEL = "average"
BESIDE = ("base_rate", "peace_years", "decayed_history")
OF_BESIDE = ("since_met", "years_together", "onset_8_fade")  # the inputs that those learn from
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


def _asked(held: Prepared, year: int, wanted: tuple[str, ...] = ()) -> Fitted:
    """The rows of a fit, with no model yet; of the inputs learned from all that count, or the wanted ones of them."""
    kept, shift = held.learned(year)
    learned, ahead = np.flatnonzero(kept), np.flatnonzero(held.asked(year))
    chosen = often_known(*(_known(held, rows) for rows in (learned, ahead)))
    asked = held.made.at(ahead, chosen)
    names = tuple(name for name in asked.names if not wanted or name in wanted)
    return Fitted({}, _learning(held, learned, names), learned, asked, ahead, shift)


def _learning(held: Prepared, rows: Places, names: tuple[str, ...]) -> Learning:
    """What is learned from some rows, in the order given, by some inputs."""
    features = held.made.at(rows, [held.made.names.index(name) for name in names])
    return Learning(features, held.rows.y[rows], held.rows.is_quiet[rows], held.listing.seed)


def _known(held: Prepared, rows: Places) -> Floats:
    """Of what share of some rows each input is known."""
    places = list(range(len(held.made.names)))
    parts = (rows[start : start + PART] for start in range(0, len(rows), PART))
    missing = sum(np.isnan(held.made.at(part, places).x).sum(axis=0) for part in parts)
    share: Floats = 1 - missing / np.float64(len(rows))
    return share


def fits_of(held: Prepared, years: Iterable[int], step: Callable[[], None]) -> dict[int, Fitted]:
    """The fits of some years, each from rows whose outcome was known before it.

    Those of the list's own year and of the one before have all forests. The others are there to be scored, and have
    one. Two are made at a time; of very many rows the earlier years come first and the list's own then, so that no
    two tables of all of them are held.
    """
    own = held.listing.year
    before = sorted(set(years) - {own})
    if len(held.rows) >= MANY:
        made = _earlier(held, before, step) | {own: _own(held)}
        step()
        return leveled(held, made)
    with ThreadPoolExecutor(WORKERS) as pool:
        others = pool.submit(_earlier, held, before, step)
        made = {own: _own(held)}
        step()
        return leveled(held, made | others.result())


def _threads(held: Prepared) -> int:
    """On how many threads a fit is made: where no two are made at a time, on all."""
    return WORKERS if len(held.rows) >= MANY else 1


def _own(held: Prepared) -> Fitted:
    """The fit of the list's own year, with the tables that its refits go on from."""
    fit = _asked(held, held.listing.year)
    tables = Tables(fit.learning, len(fit.learning.y), _threads(held))
    return replace(_with(fit, tables.fit(fitting.frozen()["bags"])), tables=tables)


def _with(fit: Fitted, model: Average) -> Fitted:
    """A fit with the model of the list and those beside it."""
    return replace(fit, models={**fit_models(fit.learning, BESIDE), MODEL: model})


def _earlier(held: Prepared, years: list[int], step: Callable[[], None]) -> dict[int, Fitted]:
    """The fits of earlier years: the first by itself, the others from tables made of what the first knew.

    Those tables go once no later year can be fitted from them; it then has tables of its own.
    """
    fits = {year: _asked(held, year, OF_BESIDE) for year in years}
    tables: Tables | None = None
    rows: Places = np.zeros(0, dtype=np.int64)
    for place, (year, fit) in enumerate(fits.items()):
        bags = fitting.frozen()["bags"] if year == held.listing.year - 1 else 1
        if not place:
            tables, rows = _shared(held, fit, fits[years[-1]])
            model = tables.fit(bags)
        elif tables is not None and _is_from(tables, rows, fit):
            model = tables.again(np.isin(rows, fit.learned).astype(np.int64), held.listing.seed, bags)
        else:
            own = _learning(held, fit.learned, fit.asked.names)
            model = Tables(own, len(fit.learned), _threads(held)).fit(bags)
        if tables is not None and not any(_is_from(tables, rows, fits[later]) for later in years[place + 1 :]):
            tables = None
        fits[year] = forgotten(_with(fit, model))
        step()
    return fits


def _is_from(tables: Tables, rows: Places, fit: Fitted) -> bool:
    """Whether a fit can be made from tables of some rows: they hold what it learns from, by the same inputs."""
    return fit.asked.names == tables.rows.features.names and bool(np.isin(fit.learned, rows).all())


def forgotten(fit: Fitted) -> Fitted:
    """A fit without the rows it learned from, which take room and are not asked for again."""
    held = fit.learning
    blank = replace(held.features, x=held.features.x[:0].copy())
    return replace(fit, learning=Learning(blank, held.y[:0], held.is_quiet[:0], held.seed), tables=None)


def _shared(held: Prepared, first: Fitted, last: Fitted) -> tuple[Tables, Places]:
    """Tables of the rows of the last fit, those of the first before all others, and the place of each row.

    Of the rows of the first alone where the two do not have the same inputs.
    """
    rows, names = first.learned, first.asked.names
    if names == last.asked.names:
        rows = last.learned[np.argsort(~np.isin(last.learned, first.learned), kind="stable")]
    return Tables(_learning(held, rows, names), len(first.learned), _threads(held)), rows


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
        own.tables.forget()
    return spread(made)
