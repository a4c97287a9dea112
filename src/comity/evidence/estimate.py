"""Estimates: what one design says of one claim on one sample, with everything a verdict looks at."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from math import isfinite
from typing import Any

import msgspec

from comity.errors import BadRequest


@dataclass(frozen=True)
class Placebo:
    """A coefficient that would be zero if the design were right: of a lead, or of a treatment that never was."""

    name: str
    coefficient: float
    standard_error: float
    p_value: float


@dataclass(frozen=True)
class Specification:
    """The same question asked with another set of choices: its coefficient and 95 % interval."""

    name: str
    coefficient: float
    low: float
    high: float


@dataclass(frozen=True)
class Balance:
    """How far treated and other rows lie apart in one control, in standard deviations, before and after weighing."""

    name: str
    before: float
    after: float


@dataclass(frozen=True)
class Estimate:
    """What one design says of one claim on one sample.

    `standard_error`, `low`, `high` (95 %) and `p_value` are those the verdict uses: of panels of pairs, clustered by
    pair and by both states. `errors` holds every kind that was computed. `unit` says in words what one unit of the
    coefficient means, `relative_effect` the same as a share of what would have been (-0.2: a fifth fewer).
    `treated` counts treated rows, `events` rows in which the outcome is not zero; `years` are the first and the last.
    `excluded` counts rows left out, by reason. `minimum_detectable_effect` is the smallest true coefficient that a
    two-sided test at 5 % finds with a chance of 80 %. `bias` says which way the estimate probably errs. Designs that
    weigh rows give their `balance`, those that follow a treatment over years the `course` of the effect after it.
    `not_computed` names the placebos that were asked for and could not be computed. `clusters` says on how many
    clusters the estimate rests (`footing_of`): none for designs of a single case, None where it is not told. `is_trace`
    says that the outcome is a trace of what the claim speaks of.
    """

    claim: str
    design: str
    name: str
    outcome: str
    treatment: str
    coefficient: float
    standard_error: float
    errors: Mapping[str, float]
    low: float
    high: float
    p_value: float
    unit: str
    relative_effect: float | None
    observations: int
    treated: int
    events: int
    years: tuple[int, int]
    excluded: Mapping[str, int]
    placebo: tuple[Placebo, ...]
    robustness_value: float | None
    minimum_detectable_effect: float | None
    bias: str
    specifications: tuple[Specification, ...]
    sources: tuple[str, ...]
    specification_hash: str
    balance: tuple[Balance, ...] = ()
    course: tuple[Placebo, ...] = ()
    not_computed: tuple[str, ...] = ()
    clusters: Mapping[str, float] | None = None
    is_trace: bool = False

    def __post_init__(self) -> None:
        for word, broken in _promises(self):
            if broken:
                raise BadRequest(f"estimate {self.claim} {self.design} {self.name}: {word}")

    def to_dict(self) -> dict[str, Any]:
        """The estimate as plain values, fit for JSON."""
        made: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return made

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> Estimate:
        """The estimate of plain values; BadRequest names a key that is missing, not known or not of its kind.

        >>> from comity.evidence.estimate import Estimate
        >>> Estimate.from_dict({"claim": "C06"})
        Traceback (most recent call last):
        comity.errors.BadRequest: estimate C06: has no bias, coefficient, design, errors, events, excluded, ...
        """
        name = given.get("claim", "of no claim")
        _keys(given, cls, f"estimate {name}")
        for key, kind in _PARTS.items():
            if isinstance(parts := given.get(key, ()), list | tuple):
                for place, held in enumerate(parts, start=1):
                    _keys(held, kind, f"estimate {name}: {key} {place}")
        try:
            return msgspec.convert(dict(given), cls)
        except msgspec.ValidationError as error:
            raise BadRequest(f"estimate {name}: {error}") from error


_PARTS = {"placebo": Placebo, "specifications": Specification, "balance": Balance, "course": Placebo}


def _promises(estimate: Estimate) -> list[tuple[str, bool]]:
    """What every estimate promises, and whether this one breaks it."""
    numbers = (estimate.coefficient, estimate.standard_error, estimate.low, estimate.high, estimate.p_value)
    extra = (estimate.relative_effect, estimate.robustness_value, estimate.minimum_detectable_effect)
    if not all(map(isfinite, (*numbers, *(value for value in extra if value is not None)))):
        return [("a number is not finite", True)]
    return [
        ("the standard error is below 0", estimate.standard_error < 0),
        ("the coefficient lies outside its interval", not estimate.low <= estimate.coefficient <= estimate.high),
        ("the p-value is not between 0 and 1", not 0 <= estimate.p_value <= 1),
        ("a count is below 0", min(estimate.treated, estimate.events, *estimate.excluded.values(), 0) < 0),
        ("more rows are treated, or have the event, than there are", _more_than_rows(estimate)),
        ("the last year is before the first", estimate.years[1] < estimate.years[0]),
        ("a placebo has no error, so it was not computed", not all(map(is_computed, estimate.placebo))),
    ]


def is_computed(placebo: Placebo) -> bool:
    """Whether a placebo says anything: its numbers are finite and its error is above nothing.

    >>> is_computed(Placebo("lead 1", 0.1, 0.0, 1.0))
    False
    """
    numbers = (placebo.coefficient, placebo.standard_error, placebo.p_value)
    return all(map(isfinite, numbers)) and placebo.standard_error > 0


def _more_than_rows(estimate: Estimate) -> bool:
    return max(estimate.treated, estimate.events) > estimate.observations


def _keys(given: object, kind: Any, where: str) -> None:
    """That a mapping has the fields of a shape and no other."""
    if not isinstance(given, Mapping):
        raise BadRequest(f"{where}: is {type(given).__name__}, not keys and values")
    fields = dataclasses.fields(kind)
    if missing := sorted(field.name for field in fields if field.default is MISSING and field.name not in given):
        raise BadRequest(f"{where}: has no {', '.join(missing)}")
    if unknown := sorted(set(given) - {field.name for field in fields}):
        raise BadRequest(f"{where}: {', '.join(map(repr, unknown))} is no part of it")


def specification_hash(specification: Mapping[str, Any]) -> str:
    """A fingerprint of a specification that is the same on every machine and changes with every choice in it.

    >>> specification_hash({"outcome": "mid_onset", "years": [1973, 2010]})[:12]
    '59708edfee66'
    >>> specification_hash({"b": 1, "a": 2}) == specification_hash({"a": 2, "b": 1})
    True
    """
    text = json.dumps(specification, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
