"""Why a chance is what it is: what each input adds to it, by the logit exactly and by the trees as SHAP values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from comity.forecast.features import Features
from comity.forecast.fitting import Average

PART = 1_000  # rows that are taken apart at a time
SLIGHT = 0.02  # log odds, below which an input says nothing worth a word


@dataclass(frozen=True)
class Driver:
    """What one input adds to the log odds of one row, by each of the two models and on average.

    `value` is the input as the models see it, None where it is unknown.
    """

    name: str
    group: str
    value: float | None
    logit: float
    trees: float

    @property
    def added(self) -> float:
        """What it adds to the average of both."""
        return (self.logit + self.trees) / 2

    @property
    def agrees(self) -> bool:
        """Whether both models say that it leads the same way; one that says next to nothing does not disagree."""
        return self.logit * self.trees > 0 or min(abs(self.logit), abs(self.trees)) < SLIGHT

    def words(self) -> str:
        """The driver as a phrase.

        >>> Driver("since_met", "history", 0.0, 0.8, 0.4).words()
        'since met raises it (odds x1.8)'
        >>> Driver("arms", "arms", None, -0.3, 0.2).words()
        'arms (unknown): the two models disagree (odds x0.7 and x1.2)'
        """
        name = self.name.replace("_", " ") + (" (unknown)" if self.value is None else "")
        if not self.agrees:
            return f"{name}: the two models disagree (odds x{np.exp(self.logit):.1f} and x{np.exp(self.trees):.1f})"
        return f"{name} {'raises' if self.added > 0 else 'lowers'} it (odds x{np.exp(self.added):.1f})"

    def to_dict(self) -> dict[str, Any]:
        """The driver as plain values."""
        return asdict(self) | {"added": self.added, "agrees": self.agrees, "words": self.words()}


@dataclass(frozen=True)
class Explained:
    """The chance of one row in log odds: what all rows share, and what each input adds. The parts sum to the whole."""

    shared: float
    drivers: tuple[Driver, ...]

    @property
    def odds(self) -> float:
        """The log odds of the row."""
        return self.shared + sum(driver.added for driver in self.drivers)

    def strongest(self, count: int = 5) -> list[Driver]:
        """The inputs that add or take away most."""
        return sorted(self.drivers, key=lambda driver: -abs(driver.added))[:count]


def explain(model: Average, features: Features) -> list[Explained]:
    """Every row's chance taken apart.

    What an input adds is said of the models, not of the world: it is no effect of changing it.
    """
    return list(explained(model, features))


def explained(model: Average, features: Features) -> Iterator[Explained]:
    """The same row after row, so that what all inputs add need not be held of all rows at once."""
    for start in range(0, len(features.x), PART):
        part = Features(features.names, features.groups, features.x[start : start + PART])
        yield from _explained(model, part)


def _explained(model: Average, features: Features) -> list[Explained]:
    names = model.trees.names  # the logit may know fewer; what it does not know adds nothing in it
    known, shap = model.logit.contributions(features), model.trees.contributions(features)
    exact = np.zeros_like(shap)
    exact[:, [*(names.index(name) for name in model.logit.names), len(names)]] = known
    places = [features.names.index(name) for name in names]
    told = []
    for row in range(len(features.x)):
        drivers = tuple(
            Driver(name, features.groups[place], _value(features.x[row, place]), float(one), float(other))
            for name, place, one, other in zip(names, places, exact[row, :-1], shap[row, :-1], strict=True)
        )
        told.append(Explained(float(exact[row, -1] + shap[row, -1]) / 2, drivers))
    return told


def _value(value: np.float32) -> float | None:
    return None if np.isnan(value) else float(value)
