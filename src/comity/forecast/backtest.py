"""Backtests: fit on earlier years, forecast later ones, and say how good that was, against simple rules too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from comity.errors import BadRequest, OutsideCoverage
from comity.forecast.features import HINDSIGHT, Features, features
from comity.forecast.fitting import BASELINES, Learning, chances, fit_models, frozen, usable
from comity.forecast.level import Following, followed
from comity.forecast.listed import Flags, Floats
from comity.forecast.months import MonthCases, thinned
from comity.forecast.months_inputs import MonthTable, month_rows
from comity.forecast.regions import in_regions, region_pairs
from comity.forecast.scores import compare, reliability, scores, spreads
from comity.forecast.targets import Cases, Wanted, cases

if TYPE_CHECKING:
    from comity.panel.facts import Facts
    from comity.panel.systems import StateSystem

Progress = Callable[[str, int, int], None]
Made = TypeVar("Made", Features, MonthTable)
FOLLOWED = ("blend", "average")  # the model whose level follows what came: the first of these that there is
TRACKING = "tracking"  # what it is then called
UNITS = ("dyad_year", "dyad_month")
MOST_ROWS = 200_000  # so many rows are put into one table at a time


def unseen(_name: str, _done: int, _total: int) -> None:
    """Nobody looks at the work under way."""


@dataclass(frozen=True)
class Question:
    """What a backtest asks: what is foretold, from whose list, learned on which years and tried on which.

    With `is_rolling` each year is forecast by models fitted on all years before it, so that they grow with time. The
    `unit` is a pair and year, or a pair and month of those years.
    """

    target: str = "mid"
    source: str | None = None
    train: tuple[int, int] = (1946, 1990)
    test: tuple[int, int] = (1991, 2000)
    is_relevant: bool = True
    is_rolling: bool = False
    with_hindsight: bool = False
    without: tuple[str, ...] = ()
    seed: int = 0
    system: str | StateSystem = "cow"
    unit: str = "dyad_year"

    def check(self) -> None:
        """Raise BadRequest where a forecast would be tried on years it has learned from, or by what is no unit."""
        if self.unit not in UNITS:
            raise BadRequest(f"{self.unit!r} is no unit of forecasts; it is one of {', '.join(UNITS)}")
        if self.train[0] > self.train[1] or self.test[0] > self.test[1]:
            raise BadRequest("years run from the earlier to the later: A:B")
        if self.test[0] <= self.train[1]:
            raise BadRequest(
                f"the years tried begin in {self.test[0]}, but those learned from end in {self.train[1]}: "
                "a forecast is judged on later years only"
            )


@dataclass(frozen=True)
class Backtest:
    """The rows that were forecast, what came, and the chance that each model gave."""

    question: Question
    rows: Cases
    chance: dict[str, Floats]
    learned_rows: int
    learned_onsets: int
    left_out: int
    hindsight: tuple[str, ...] = ()  # the inputs that nobody could have told on the day

    @property
    def best(self) -> str:
        """The model with the best log score."""
        return min(self.chance, key=lambda name: scores(self.rows.y, self.chance[name]).log)

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values: scores of all models, of kinds of rows apart, and paired differences."""
        asked = self.question
        said: dict[str, Any] = {
            "target": asked.target,
            "source": self.rows.main.name,
            "train": asked.train,
            "test": asked.test,
            "relevant": asked.is_relevant,
            "rolling": asked.is_rolling,
            "unit": asked.unit,
            "hindsight": list(self.hindsight),
            "without": list(asked.without),
            "seed": asked.seed,
            "settings_chosen": str(frozen()["chosen"]),
            "learned_rows": self.learned_rows,
            "learned_onsets": self.learned_onsets,
            "left_out_unknown": self.left_out,
        }
        said |= {
            "years_tried": (int(self.rows.year.min()), int(self.rows.year.max())),
            "rows": len(self.rows),
            "onsets": int(self.rows.y.sum()),
            "models": self._models(self.rows, self.chance),
        }
        for name, spread in spreads(self.rows.y, self.chance, self.rows.pair).items():
            said["models"][name]["interval"] = spread
        said |= {"best": self.best, "subsets": self._subsets(), "regions": self._regions(), "paired": self.paired()}
        said["reliability"] = reliability(self.rows.y, self.chance[self.best])
        return said

    def paired(self) -> dict[str, Any]:
        """How much better the best model was than each baseline, with the interval by pairs drawn again.

        None where a score is not defined: there is no average precision without an onset.
        """
        best = self.best
        held = {}
        for name in BASELINES:
            if name != best:
                found = compare(self.rows.y, (self.chance[best], self.chance[name]), self.rows.pair)
                held[f"{best} over {name}"] = {score: _plain(each) for score, each in found.to_dict().items()}
        return held

    def _subsets(self) -> dict[str, Any]:
        """Scores of the rows of quiet pairs; and of onsets that were severe, those that were not left out."""
        y = self.rows.y
        kinds: dict[str, tuple[Flags, Floats]] = {"hard_onset": (self.rows.is_quiet, y)}
        for name, came in self.rows.marks.items():
            kinds[name] = (~np.isnan(came) & ((came == 1) | (y == 0)), came)
        return {name: self._part(kept, came) for name, (kept, came) in kinds.items() if kept.any()}

    def _regions(self) -> dict[str, Any]:
        """Scores of the rows of pairs within each region, and of those between two."""
        return {name: self._part(kept, self.rows.y) for name, kept in in_regions(self.rows).items()}

    def _part(self, kept: Flags, came: Floats) -> dict[str, Any]:
        part = replace(self.rows.among(kept), y=came[kept])
        models = self._models(part, {name: each[kept] for name, each in self.chance.items()})
        return {"rows": len(part), "onsets": int(part.y.sum()), "models": models}

    @staticmethod
    def _models(rows: Cases, chance: dict[str, Floats]) -> dict[str, Any]:
        return {name: scores(rows.y, each).to_dict() for name, each in chance.items()}


def _plain(estimate: dict[str, Any]) -> dict[str, Any]:
    """An estimate in which a number that is none is None."""
    return {name: value if np.isfinite(value) else None for name, value in estimate.items()}


def backtest(store: Facts, question: Question, progress: Progress = unseen) -> Backtest:
    """Fit all models on the years to learn from and forecast the years to try.

    Raises OutsideCoverage where the target is not known of any row of either.
    """
    question.check()
    progress("inputs", 0, 1)
    years = (question.train[0], question.test[1])
    rows, made = (prepared_months if question.unit == "dyad_month" else prepared)(store, question, years)
    progress("inputs", 1, 1)
    is_known = ~np.isnan(rows.y)
    year, begin = rows.year, question.test[0]
    is_tried = is_known & (year >= begin)
    _check_known(rows, is_known & (year <= question.train[1]), is_tried)
    origins = list(range(begin, question.test[1] + 1)) if question.is_rolling else [begin]
    odds: dict[str, Floats] = {}
    used: set[str] = set()
    for done, origin in enumerate(origins):
        progress("fits", done, len(origins))
        learned = is_known & (year < origin if question.is_rolling else year <= question.train[1])
        ahead = is_tried & (year == origin if question.is_rolling else year >= origin)
        if ahead.any():
            found, names = _forecast(rows, made, (learned, ahead), question.seed)
            used.update(names)
            for name, given in found.items():
                odds.setdefault(name, np.full(len(rows), np.nan))[ahead] = given
    progress("fits", len(origins), len(origins))
    learned = is_known & (year <= question.train[1])
    whole = {name: given[is_tried] for name, given in odds.items() if not np.isnan(given[is_tried]).any()}
    tried, left_out = rows.among(is_tried), int((~is_known & (year >= begin)).sum())
    first = next(name for name in FOLLOWED if name in whole)
    whole[TRACKING] = _tracked(whole[first], tried)
    chance = {name: chances(given) for name, given in whole.items()}
    wise = tuple(name for name, of in zip(made.names, made.groups, strict=True) if of in HINDSIGHT and name in used)
    return Backtest(question, tried, chance, int(learned.sum()), int(rows.y[learned].sum()), left_out, wise)


def prepared(store: Facts, question: Question, years: tuple[int, int]) -> tuple[Cases, Features]:
    """The rows of some years and their inputs."""
    wanted = Wanted(years, question.is_relevant, question.system)
    rows = cases(store, question.target, question.source, wanted)
    return rows, _asked(rows, features(store, rows, question.with_hindsight), question)


def prepared_months(store: Facts, question: Question, years: tuple[int, int]) -> tuple[Cases, MonthTable]:
    """The rows of the months of some years and their inputs."""
    wanted = Wanted(years, question.is_relevant, question.system)
    rows, made = month_rows(store, (question.target, question.source), wanted, question.with_hindsight)
    return rows, _asked(rows, made, question)


def _asked(rows: Cases, made: Made, question: Question) -> Made:
    """The inputs that a question leaves in."""
    if unknown := set(question.without) - set(made.groups):
        raise BadRequest(
            f"{sorted(unknown)[0]!r} is no group of inputs; there are {', '.join(sorted(set(made.groups)))}"
        )
    rows.panel.columns.clear()  # the inputs hold all that is needed
    return made.without(question.without)


def _forecast(
    rows: Cases, made: Features | MonthTable, parts: tuple[Flags, Flags], seed: int
) -> tuple[dict[str, Floats], tuple[str, ...]]:
    """The log odds that every model gives to some rows, learned from others, and the inputs that counted."""
    learned, ahead = parts
    thin, moved = thinned(rows, learned, seed)
    known, places = made.among(thin), np.flatnonzero(ahead)
    sample = np.zeros(len(rows), dtype=bool)
    sample[places[:: len(places) // MOST_ROWS + 1]] = True
    chosen = usable(known, made.among(sample))
    models = fit_models(Learning(known.only(chosen), rows.y[thin], rows.is_quiet[thin], seed))
    given: dict[str, list[Floats]] = {}
    for some in np.array_split(places, len(places) // MOST_ROWS + 1):
        part = np.zeros(len(rows), dtype=bool)
        part[some] = True
        asked = made.among(part).only(chosen)
        for name, model in models.items():
            given.setdefault(name, []).append(model.predictor(asked) + moved)
    return {name: np.concatenate(each) for name, each in given.items()}, tuple(made.names[place] for place in chosen)


def _tracked(odds: Floats, tried: Cases) -> Floats:
    """Log odds with the level moved to what came of earlier years, or months."""
    rule, year = Following(**frozen()["level"]), tried.year
    if isinstance(tried, MonthCases):
        rule, year = replace(rule, half_life=rule.half_life * 12), tried.step
    return followed(odds, tried.y, year, rule, region_pairs(tried))


def _check_known(rows: Cases, learned: Flags, tried: Flags) -> None:
    for what, part in (("to learn from", learned), ("to try", tried)):
        if not part.any():
            listed = rows.main
            raise OutsideCoverage(
                f"{listed.source} lists {rows.target.name} from {listed.first} to {listed.last}; "
                f"no year {what} is in it"
            )
