"""What a measure is: a short SQL text that yields sparse keyed facts, or a function of other measures.

An SQL measure yields `state_a, state_b, year, value, source` (or `state, year, value, source`). A source
that is complete for the measure's kind decides the cells it covers: a fact where it lists one, zero where it does not.
Elsewhere positive-only sources give the facts they list; everything else is null.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy.typing as npt

from comity.errors import BadRequest

TYPES = ("flag", "count", "number", "category")


@dataclass(frozen=True)
class Measure:
    """One column a panel can have.

    `kind` is the kind of fact whose coverage turns absence into zero; None for numbers, where absence is never zero.
    `of` names the measures a computed measure takes, in the order of its arguments.
    """

    name: str
    unit: str
    type: str
    measured_in: str
    kind: str | None
    function: Callable[..., Any]
    of: tuple[str, ...] = ()

    @property
    def means(self) -> str:
        """What the measure means: its docstring."""
        return inspect.cleandoc(self.function.__doc__ or "")

    @property
    def sql(self) -> str | None:
        """The SQL text of the measure, or None for one computed from others."""
        return None if self.of else inspect.cleandoc(self.function())


_registry: dict[tuple[str, str], Measure] = {}


def measure(
    *,
    unit: str,
    type: str,  # noqa: A002 (the word the design uses)
    measured_in: str,
    kind: str | None = None,
    of: tuple[str, ...] = (),
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a function a measure of a panel; its name is the column's name, its docstring the column's meaning."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        name = function.__name__
        assert type in TYPES, f"{name}: {type!r} is no type of measure"
        assert (unit, name) not in _registry, f"{name} is defined twice for {unit}"
        _registry[unit, name] = Measure(name, unit, type, measured_in, kind, function, of)
        return function

    return register


@cache
def known_measures(unit: str) -> dict[str, Measure]:
    """Every measure of a unit by name.

    >>> known_measures("dyad_year")["contiguity_type"].type
    'category'
    """
    folder = importlib.import_module("comity.panel.measures")
    for module in pkgutil.iter_modules(folder.__path__):
        importlib.import_module(f"{folder.__name__}.{module.name}")
    return {name: found for (of_unit, name), found in sorted(_registry.items()) if of_unit == unit}


def find_measure(unit: str, name: str) -> Measure:
    """One measure of a unit, or BadRequest with those there are."""
    found = known_measures(unit)
    if name not in found:
        raise BadRequest(f"{name!r} is no measure of {unit}; there are {', '.join(found)}")
    return found[name]


Column = npt.NDArray[Any]
