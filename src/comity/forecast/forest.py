"""Gradient-boosted trees, several forests with seeds of their own, whose log odds are averaged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.errors import BadRequest
from comity.forecast.features import Features, Table
from comity.forecast.listed import Floats

if TYPE_CHECKING:
    from lightgbm import Booster

WORKERS = (
    2  # forests grown at a time, each on one thread: the same bits on any machine, and no thread waits for another
)
# Inputs of which it is known which way they lead: more and later disputes never make a new one less likely.
RISING, FALLING = ("_fade", "past_onsets"), ("since_met", "since_onset")


@dataclass(frozen=True)
class Forest:
    """Fitted forests as the library's own text, which holds numbers only and runs nothing when read."""

    names: tuple[str, ...]
    texts: tuple[str, ...]

    def predictor(self, features: Features) -> Floats:
        """The log odds of each row, the mean of all forests."""
        x = self._inputs(features)
        odds: Floats = np.mean([grown.predict(x, raw_score=True, num_threads=1) for grown in self._grown], axis=0)
        return odds

    def contributions(self, features: Features) -> Floats:
        """What each input adds to each row's log odds (SHAP values); the last is what all rows share."""
        x = self._inputs(features)
        added: Floats = np.mean([grown.predict(x, pred_contrib=True, num_threads=1) for grown in self._grown], axis=0)
        return added

    def to_dict(self) -> dict[str, Any]:
        """The forests as plain values."""
        return {"names": list(self.names), "texts": list(self.texts)}

    @classmethod
    def from_dict(cls, held: dict[str, Any]) -> Forest:
        """Forests from plain values."""
        return cls(tuple(held["names"]), tuple(held["texts"]))

    def _inputs(self, features: Features) -> Table:
        return features.x[:, [features.names.index(name) for name in self.names]]

    @cached_property
    def _grown(self) -> list[Booster]:
        from lightgbm import Booster
        from lightgbm.basic import LightGBMError

        try:
            return [Booster(model_str=text) for text in self.texts]
        except LightGBMError as error:
            raise BadRequest(f"the forests of this model cannot be read: {error}") from error


def forest(y: Floats, features: Features, settings: Mapping[str, Any], seed: int = 0) -> Forest:
    """Grow forests on rows; the same rows and seed give the same bits.

    Raises BadRequest where all outcomes are alike.
    """
    if not 0 < y.mean() < 1:
        raise BadRequest("nothing can be learned where every outcome is alike; take more years")
    import lightgbm

    tree = settings["tree"]
    # A forest of few rows needs smaller leaves, or it could not split at all.
    least = int(min(tree["min_data_in_leaf"], max(len(y) // 20, 1)))
    given = {
        "objective": "binary",
        "verbose": -1,
        "num_threads": 1,
        "deterministic": True,
        "force_col_wise": True,  # half the time, since each tree looks at a quarter of the inputs
        "monotone_constraints": [known_direction(name) for name in features.names],
        **tree,
        "min_data_in_leaf": least,
    }
    held = lightgbm.Dataset(features.x, y, params=given).construct()  # sorted into bins once, for all forests
    grown = (
        lightgbm.train({**given, "seed": seed + bag}, held, num_boost_round=settings["trees"])
        for bag in range(settings["bags"])
    )
    return Forest(features.names, tuple(str(each.model_to_string()) for each in grown))


def known_direction(name: str) -> int:
    """1 where more of an input may only raise a chance, -1 where it may only lower it, 0 where either may be."""
    return 1 if name.endswith(RISING) else -1 if name.endswith(FALLING) else 0
