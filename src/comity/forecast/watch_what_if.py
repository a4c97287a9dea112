"""What a forecast would say if two states had done more or less together: the same model, other inputs.

A forecast is no effect: that pairs which exercise together dispute less often does not say that an exercise prevents
a dispute. So nothing here claims that it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.errors import BadRequest
from comity.forecast.features import Features
from comity.forecast.fitting import Average, chances
from comity.forecast.lagged import GROUPS, Lagged
from comity.forecast.listed import Floats
from comity.forecast.watch_rows import Prepared

# Of each instrument: its group of inputs, and the measure that is changed.
INSTRUMENTS = {
    "exercise": ("exercise", "exercise_count"),
    "agreement": ("agreement", "agreement_stock"),
    "arms_transfer": ("arms", "arms_delivery_tiv"),
    "visit": ("visit", "visit_count"),
    "presence": ("presence", "troop_count"),
}
OTHER_WORDS = {"arms": "arms_transfer", "troops": "presence", "basing": "presence", "visits": "visit"}
_ASKED = re.compile(r"([a-z_]+)=([+-]?)([0-9]+(?:\.[0-9]+)?)")


@dataclass(frozen=True)
class Change:
    """One thing changed in the last year known: an instrument, and what is added to its amount, or put in its place."""

    instrument: str
    amount: float
    is_added: bool

    def to(self, value: float) -> float:
        """The amount after the change; never below none."""
        return max(value + self.amount, 0.0) if self.is_added else self.amount

    def words(self) -> str:
        """The change as it was asked for."""
        return f"{self.instrument}={self.amount:+g}" if self.is_added else f"{self.instrument}={self.amount:g}"


def read_change(text: str) -> Change:
    """A change as one writes it: `exercise=+3` adds three, `exercise=3` makes it three.

    >>> read_change("visit=+2").to(1.0), read_change("arms=0").instrument
    (3.0, 'arms_transfer')
    """
    found = _ASKED.fullmatch(text)
    if not found:
        raise BadRequest(f"{text!r} is no change; write exercise=+3 to add three, exercise=3 to make it three")
    name = OTHER_WORDS.get(found[1], found[1])
    if name not in INSTRUMENTS:
        raise BadRequest(f"{found[1]!r} cannot be changed in a forecast; that can {', '.join(INSTRUMENTS)}")
    return Change(name, float(found[3]) * (-1 if found[2] == "-" else 1), bool(found[2]))


@dataclass(frozen=True)
class Told:
    """The amounts from which the inputs of engagement are made, for the rows of a list: by measure and years before."""

    values: Mapping[str, tuple[Floats, ...]]

    def key(self, name: str, years: int) -> str:
        """The name under which the amounts of a measure so many years before are kept."""
        return f"{name}:{years}"


class _Noted(Lagged):
    """A past that notes which amounts it was asked for."""

    def __init__(self, rows: Any) -> None:
        super().__init__(rows)
        self.noted: dict[str, tuple[Floats, ...]] = {}

    def sides(self, name: str, years: int = 1) -> tuple[Floats, ...]:
        found = super().sides(name, years)
        self.noted[f"{name}:{years}"] = found
        return found


class _Kept(Lagged):
    """A past made of amounts that were noted, some of them changed."""

    def __init__(self, values: Mapping[str, tuple[Floats, ...]]) -> None:
        self.values = values

    def sides(self, name: str, years: int = 1) -> tuple[Floats, ...]:
        return self.values[f"{name}:{years}"]


def told(held: Prepared, rows: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Told:
    """The amounts of engagement of the rows of a list, as the groups of inputs ask for them."""
    chosen = np.zeros(len(held.rows), dtype=bool)
    chosen[rows] = True
    noted = _Noted(held.rows.among(chosen))
    for group, _ in INSTRUMENTS.values():
        GROUPS[group](noted)
    return Told(noted.noted)


@dataclass(frozen=True)
class Moved:
    """The model of a list with what is added to the log odds of one of its rows."""

    model: Average
    by: float

    def predictor(self, features: Features) -> Floats:
        """The log odds of each row."""
        return self.model.predictor(features) + self.by


@dataclass(frozen=True)
class WhatIf:
    """The chance of a pair as it is, and with things changed; and what the list knows of each thing.

    `unknown` are the changes of which the forecast holds no input, so that it cannot say anything of them; `beyond`
    are those that make more than any pair of the list has in a year, with both amounts: no model has seen the like.
    """

    before: float
    after: float
    changes: tuple[str, ...]
    inputs: dict[str, tuple[float | None, float | None]]
    unknown: tuple[str, ...]
    beyond: dict[str, tuple[float, float]]

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values."""
        moved = {name: list(both) for name, both in self.inputs.items()}
        return {
            "before": self.before,
            "after": self.after,
            "changes": list(self.changes),
            "inputs": moved,
            "unknown": list(self.unknown),
            "beyond": {name: list(both) for name, both in self.beyond.items()},
        }


def what_if(model: Average | Moved, asked: Features, told: Told, row: int, changes: Iterable[Change]) -> WhatIf:
    """The chance of a row before and after some changes of its last known year.

    Raises BadRequest where something is added to an amount that is not known of the pair: unknown is not zero.
    """
    changes = tuple(changes)
    one = Features(asked.names, asked.groups, asked.x[row : row + 1])
    moved = asked.x[row : row + 1].copy()
    unknown: list[str] = []
    beyond: dict[str, tuple[float, float]] = {}
    values = {name: tuple(side[row : row + 1].copy() for side in sides) for name, sides in told.values.items()}
    for change in changes:
        group, measure = INSTRUMENTS[change.instrument]
        names = [name for name, of in zip(asked.names, asked.groups, strict=True) if of == group]
        if not names or f"{measure}:1" not in values:
            unknown.append(change.instrument)
            continue
        total, most = _changed(values, measure, change), _most(told, measure)
        if total > most:
            beyond[change.instrument] = (total, most)
        for name, made in GROUPS[group](_Kept(values)).items():
            if name in names:
                moved[0, asked.names.index(name)] = made[0]
    after = Features(asked.names, asked.groups, moved)
    before, then = (float(chances(model.predictor(each))[0]) for each in (one, after))
    differ = np.flatnonzero((one.x[0] != moved[0]) & ~(np.isnan(one.x[0]) & np.isnan(moved[0])))
    inputs = {asked.names[place]: (_plain(one.x[0, place]), _plain(moved[0, place])) for place in differ.tolist()}
    return WhatIf(before, then, tuple(change.words() for change in changes), inputs, tuple(unknown), beyond)


def _most(told: Told, measure: str) -> float:
    """The largest amount of a measure that any pair of the list has in one of the years it tells of; 0 where none."""
    years = [
        np.nan_to_num(np.stack(sides)).sum(0) for name, sides in told.values.items() if name.split(":")[0] == measure
    ]
    return max((float(held.max()) for held in years if held.size), default=0.0)


def _changed(values: dict[str, tuple[Floats, ...]], measure: str, change: Change) -> float:
    """Change the amount of the last year known, and give it; of two directions the first side takes it all."""
    sides = [side.copy() for side in values[f"{measure}:1"]]
    known = [float(side[0]) for side in sides if not np.isnan(side[0])]
    if not known and change.is_added:
        raise BadRequest(
            f"{measure.replace('_', ' ')} of the two is not known, so nothing can be added to it; "
            f"say {change.instrument}={abs(change.amount):g} to set it"
        )
    total = change.to(sum(known))
    for place, side in enumerate(sides):
        side[0] = total if place == 0 else 0.0
    values[f"{measure}:1"] = tuple(sides)
    return total


def _plain(value: np.float32) -> float | None:
    return None if np.isnan(value) else float(value)
