"""The models that forecast, from knowing only the base rate to the average of a logit and of boosted trees."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import yaml

from comity.errors import BadRequest
from comity.forecast.features import Features
from comity.forecast.forest import Forest, forest
from comity.forecast.listed import Flags, Floats
from comity.forecast.penalized import Penalized, penalized_logit

LEAST_ONSETS = 30  # of quiet pairs or of the others, below which no model is fitted to either apart
MANY = 150_000  # rows, of which no two fits are made at a time
LIGHT = 1e-3  # a penalty that moves nothing that the rows tell, for models of few inputs
BREMER = (
    *("land_border", "near_by_sea", "majors", "capability_gap", "polity_low", "joint_democracy", "is_defense_ally"),
    *("soldiers_low", "income_low"),
)
APART = ("specialist", "blend")  # models that need fits to quiet pairs alone
BASELINES = ("base_rate", "peace_years", "bremer", "decayed_history")


class Model(Protocol):
    """What forecasts: a fitted model that gives the log odds of rows."""

    def predictor(self, features: Features) -> Floats:
        """The log odds of each row."""

    def to_dict(self) -> dict[str, Any]:
        """The model as plain values."""


@dataclass(frozen=True)
class Learning:
    """Rows to learn from: their inputs, outcomes and which are of quiet pairs, and the seed of what is drawn."""

    features: Features
    y: Floats
    is_quiet: Flags
    seed: int = 0


@dataclass(frozen=True)
class Constant:
    """The same log odds for every row."""

    odds: float

    def predictor(self, features: Features) -> Floats:
        """The log odds of each row."""
        return np.full(len(features.x), self.odds)

    def to_dict(self) -> dict[str, Any]:
        """The model as plain values."""
        return {"odds": self.odds}


@dataclass(frozen=True)
class Derived:
    """A logit of a few inputs made from those there are."""

    name: str
    logit: Penalized

    def predictor(self, features: Features) -> Floats:
        """The log odds of each row."""
        return self.logit.predictor(_DERIVED[self.name](features))

    def to_dict(self) -> dict[str, Any]:
        """The model as plain values."""
        return {"name": self.name, "logit": self.logit.to_dict()}


@dataclass(frozen=True)
class Average:
    """The mean of the log odds of a logit and of trees."""

    logit: Penalized
    trees: Forest

    def predictor(self, features: Features) -> Floats:
        """The log odds of each row."""
        return (self.logit.predictor(features) + self.trees.predictor(features)) / 2

    def to_dict(self) -> dict[str, Any]:
        """The model as plain values."""
        return {"logit": self.logit.to_dict(), "trees": self.trees.to_dict()}


@dataclass(frozen=True)
class Specialist:
    """An average for all pairs, and another one that learned from quiet pairs alone and speaks for them."""

    usual: Average
    quiet: Average

    def predictor(self, features: Features) -> Floats:
        """The log odds of each row."""
        is_quiet = features.column("met_in_decade") == 0
        return np.where(is_quiet, self.quiet.predictor(features), self.usual.predictor(features))

    def to_dict(self) -> dict[str, Any]:
        """The model as plain values."""
        return {"usual": self.usual.to_dict(), "quiet": self.quiet.to_dict()}


@dataclass(frozen=True)
class Blend:
    """The mean log odds of an average and of models that learned from quiet pairs and from the others apart.

    Of pairs that are not quiet only a logit of their own is blended in: trees tell them apart by themselves.
    """

    usual: Average
    quiet: Average
    active: Penalized

    def predictor(self, features: Features) -> Floats:
        """The log odds of each row."""
        logit, trees = self.usual.logit.predictor(features), self.usual.trees.predictor(features)
        is_quiet = features.column("met_in_decade") == 0
        apart = np.where(is_quiet, self.quiet.predictor(features), (self.active.predictor(features) + trees) / 2)
        return ((logit + trees) / 2 + apart) / 2

    def to_dict(self) -> dict[str, Any]:
        """The model as plain values."""
        return {"usual": self.usual.to_dict(), "quiet": self.quiet.to_dict(), "active": self.active.to_dict()}


@cache
def frozen() -> dict[str, Any]:
    """The settings that were chosen on early years and left alone, with the date of the choice.

    >>> frozen()["chosen_on"]
    [1946, 1990]
    """
    held: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("frozen.yml").read_text(encoding="utf-8"))
    return held


def usable(fitted: Features, forecast: Features) -> list[int]:
    """The places of the inputs that are known often enough both where one learns and where one forecasts."""
    return often_known(known_share(fitted), known_share(forecast))


def known_share(features: Features) -> Floats:
    """Of what share of the rows each input is known."""
    share: Floats = 1 - np.isnan(features.x).mean(axis=0)
    return share


def often_known(fitted: Floats, forecast: Floats) -> list[int]:
    """The places of the inputs that are known often enough, from the share of rows where each is; see `usable`."""
    return [int(place) for place in np.flatnonzero(np.minimum(fitted, forecast) >= frozen()["least_known"])]


def _peace(features: Features) -> Features:
    """The cubic of the years of peace, in decades."""
    met = np.exp(features.column("since_met").astype(float)) - 1
    together = np.nan_to_num(np.expm1(features.column("years_together").astype(float)))
    decades = np.minimum(met, together) / 10
    x = np.column_stack([decades, decades**2, decades**3]).astype(np.float32)
    return Features(("peace", "peace_squared", "peace_cubed"), ("history",) * 3, x)


def _bremer(features: Features) -> Features:
    """Contiguity, power, regimes, alliance, arms and income, as in the study of dangerous dyads; and years of peace."""
    held = features.only([features.names.index(name) for name in BREMER if name in features.names])
    peace = _peace(features)
    return Features(held.names + peace.names, held.groups + peace.groups, np.hstack([held.x, peace.x]))


def _decayed(features: Features) -> Features:
    """The pair's own disputes, each fading with a half-life of eight years."""
    return features.only([features.names.index("onset_8_fade")])


_DERIVED: dict[str, Callable[[Features], Features]] = {
    "peace_years": _peace,
    "bremer": _bremer,
    "decayed_history": _decayed,
}


def fit_models(rows: Learning, wanted: tuple[str, ...] = ()) -> dict[str, Model]:
    """Every model, or those wanted, fitted on the same rows.

    The specialist and the blend are left out where quiet pairs or the others had too few onsets to learn from.
    """
    made: dict[str, Model] = {"base_rate": Constant(_odds(rows.y))}
    for name, derive in _DERIVED.items():
        if wanted and name not in wanted:
            continue
        made[name] = Derived(name, penalized_logit(rows.y, derive(rows.features), LIGHT))
    if not wanted or {"logit", "trees", "average", *APART} & set(wanted):
        made |= _averages(rows, not wanted or bool(set(APART) & set(wanted)))
    return {name: made[name] for name in made if not wanted or name in wanted}


def _averages(rows: Learning, with_apart: bool) -> dict[str, Model]:
    """The average and its two parts, the specialist and the blend.

    The two averages are fitted at the same time, but of very many rows one after the other, which takes less memory.
    """
    settings, quiet = frozen(), rows.is_quiet
    calm, warm = _part(rows, quiet), _part(rows, ~quiet)
    with ThreadPoolExecutor(2 if len(rows.y) < MANY else 1) as pool:
        waited = pool.submit(_average, rows, settings, settings["penalty"])
        special = None
        if with_apart and min(calm.y.sum(), warm.y.sum()) >= LEAST_ONSETS:
            special = pool.submit(_average, calm, settings, settings["quiet_penalty"])
            active = _logit(warm, settings, settings["active_penalty"])
        usual = waited.result()
        made: dict[str, Model] = {"logit": usual.logit, "trees": usual.trees, "average": usual}
        if special is None:
            return made
        return made | {
            "specialist": Specialist(usual, special.result()),
            "blend": Blend(usual, special.result(), active),
        }


def _part(rows: Learning, kept: Flags) -> Learning:
    return Learning(rows.features.among(kept), rows.y[kept], rows.is_quiet[kept], rows.seed)


def _average(rows: Learning, settings: dict[str, Any], penalty: float) -> Average:
    return Average(_logit(rows, settings, penalty), forest(rows.y, rows.features, settings, rows.seed))


def _logit(rows: Learning, settings: dict[str, Any], penalty: float) -> Penalized:
    return penalized_logit(rows.y, rows.features, penalty, settings["logit_without"])


def _odds(y: Floats) -> float:
    if not 0 < y.mean() < 1:
        raise BadRequest("nothing can be learned where every outcome is alike; take more years")
    return float(np.log(y.mean() / (1 - y.mean())))


def chances(predictor: Floats) -> Floats:
    """Log odds as chances.

    >>> chances(np.array([0.0])).tolist()
    [0.5]
    """
    chance: Floats = np.exp(predictor - np.logaddexp(0.0, predictor))
    return chance
