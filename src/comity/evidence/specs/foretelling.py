"""Studies of what a forecast gains from inputs: the room of forecasts is asked, with them, without them, dealt anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from comity.errors import BadRequest
from comity.evidence.designs.ablation import DEALT, EVENT, SEED, WITHOUT
from comity.evidence.sample import Flags, Floats, Sample
from comity.evidence.specs.study import Study

if TYPE_CHECKING:
    from comity.forecast.features import Features
    from comity.forecast.targets import Cases
    from comity.panel.facts import Facts

PAST = frozenset({"history", "structure"})  # the groups of inputs that tell a pair's own past, and where the two lie
Model = Literal["average", "logit", "trees"]


@dataclass(frozen=True, kw_only=True)
class Ablation(Study):
    """A study whose rows are forecasts of pairs and years that the models have not seen.

    `groups` are the inputs asked about, `learned` the years the models learn from, `years` those they are tried on.
    With `is_past_alone` all else they are given is the pair's own past and where the two lie. `model` is the one
    compared, `is_quiet` keeps the pairs without a dispute in ten years.
    """

    groups: tuple[str, ...]
    learned: tuple[int, int]
    listed: str = "gml_mid"
    is_past_alone: bool = False
    model: Model = "average"
    is_quiet: bool = False

    def told(self) -> dict[str, Any]:
        """Everything that was chosen, those of the forecast among it."""
        chosen: dict[str, Any] = {"groups": list(self.groups), "learned": list(self.learned), "listed": self.listed}
        chosen |= {"is_past_alone": self.is_past_alone, "model": self.model, "is_quiet": self.is_quiet}
        return super().told() | chosen


@dataclass(eq=False)
class Foretold:
    """The forecasts of one span of years: rows and inputs made once, each fit made once."""

    rows: Cases
    inputs: Features
    learned: Flags
    tried: Flags
    seed: int
    fits: dict[tuple[Any, ...], dict[Model, Floats]] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Facts, listed: str, learned: tuple[int, int], last: int) -> Foretold:
        """The rows of years to learn from and to try, from a store."""
        from comity.forecast.backtest import Question, prepared

        asked = Question(source=listed, train=learned, test=(learned[1] + 1, last))
        rows, inputs = prepared(store, asked, (learned[0], last))
        known = ~np.isnan(rows.y)
        return cls(rows, inputs, known & (rows.year <= learned[1]), known & (rows.year > learned[1]), asked.seed)

    @cached_property
    def y(self) -> Floats:
        """Whether the event came, of the rows tried."""
        return self.rows.y[self.tried]

    def surprise(self, model: Model, groups: frozenset[str], dealt: frozenset[str] = frozenset()) -> Floats:
        """The surprise of each row tried under a forecast that is given some groups of inputs, some dealt anew."""
        from comity.panel.scores import log_losses

        key = (groups, dealt)
        if key not in self.fits:
            self.fits[key] = self._fitted(groups, dealt)
        return log_losses(self.y, self.fits[key][model])

    def _fitted(self, groups: frozenset[str], dealt: frozenset[str]) -> dict[Model, Floats]:
        from comity.forecast.fitting import Average, Learning, chances, fit_models, usable

        made = self._dealt_anew(dealt).without(set(self.inputs.groups) - groups)
        known, asked = made.among(self.learned), made.among(self.tried)
        chosen = usable(known, asked)
        known, asked = known.only(chosen), asked.only(chosen)
        quiet = self.rows.is_quiet[self.learned]
        fitted = fit_models(Learning(known, self.rows.y[self.learned], quiet, self.seed), ("average",))["average"]
        assert isinstance(fitted, Average)
        logit, trees = fitted.logit.predictor(asked), fitted.trees.predictor(asked)
        return {"average": chances((logit + trees) / 2), "logit": chances(logit), "trees": chances(trees)}

    def _dealt_anew(self, groups: frozenset[str]) -> Features:
        """The inputs with those of some groups given to other rows of the same year, all of a row together."""
        if not groups:
            return self.inputs
        places = np.array(self.places(groups))
        random, x = np.random.default_rng(SEED), self.inputs.x.copy()
        for year in np.unique(self.rows.year):
            rows = np.flatnonzero(self.rows.year == year)
            x[np.ix_(rows, places)] = self.inputs.x[np.ix_(random.permutation(rows), places)]
        return replace(self.inputs, x=x)

    def places(self, groups: frozenset[str]) -> list[int]:
        """Where the inputs of some groups stand; BadRequest for a group of which nothing is known."""
        if odd := sorted(groups - set(self.inputs.groups)):
            raise BadRequest(f"{odd[0]!r} is no group of inputs that is known of any row")
        return [place for place, group in enumerate(self.inputs.groups) if group in groups]


def foretold_sample(study: Ablation, held: Foretold) -> Sample:
    """The rows tried, with what the log score of each gains by the inputs asked about."""
    asked = frozenset(study.groups)
    places = held.places(asked)
    else_ = PAST if study.is_past_alone else frozenset(held.inputs.groups) - asked
    without = held.surprise(study.model, else_)
    known = held.inputs.x[held.tried][:, places]
    columns = {WITHOUT: without, EVENT: held.y}
    if not study.is_past_alone:  # which is but a further specification, and needs no placebo of its own
        columns[DEALT] = without - held.surprise(study.model, else_ | asked, asked)
    rows = held.rows.among(held.tried)
    sample = Sample(
        question=study.question,
        y=without - held.surprise(study.model, else_ | asked),
        d=(np.nan_to_num(known) != 0).any(axis=1).astype(np.float64),
        x=np.column_stack(list(columns.values())),
        names=tuple(columns),
        unit=rows.pair,
        year=rows.year,
        state_a=rows.state_a,
        state_b=rows.state_b,
        excluded=_left_out(held),
    )
    first, last = study.years
    sample = sample.among((sample.year >= first) & (sample.year <= last), f"outside {first} to {last}")
    if study.is_quiet:
        quiet = rows.is_quiet[(rows.year >= first) & (rows.year <= last)]
        sample = sample.among(quiet, "a dispute within ten years")
    return sample


def _left_out(held: Foretold) -> Mapping[str, int]:
    unknown = int(np.isnan(held.rows.y).sum())
    return {"learned from": int(held.learned.sum())} | ({"outcome unknown": unknown} if unknown else {})
