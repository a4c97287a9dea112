"""What a measure is: a short SQL text that yields sparse keyed facts, or a function of other measures.

An SQL measure yields `state, year, value, source`, or for pairs `state_a, state_b, year, value, source` (with
`from_state, to_state` when it has a direction, and with `month` when its unit is the month). A source that is complete
for the measure's kind decides the cells it covers: a fact where it lists one, zero where it does not. Elsewhere
positive-only sources give the facts they list; everything else is null.

A computed measure is a function of the columns it names in `of`, as numpy arrays in which NaN is null. It may have a
parameter `rows` for the spine its values lie on, and one named `pairs` when it folds pairs into states.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from typing import Any, Literal

import numpy.typing as npt

from comity.errors import BadRequest
from comity.panel.listed import Stated

TYPES = ("flag", "count", "number", "category")
Over = Literal["cells", "rows", "years", "history"]
Column = npt.NDArray[Any]


@dataclass(frozen=True)
class Measure:
    """One column a panel can have.

    `kind` is the kind of fact whose coverage turns absence into zero; None for numbers, where absence is never zero.
    `is_directed` says that the value runs from one state to the other. `of` names the measures a computed measure
    takes, in the order of its arguments: one of a single state gives two arguments (of the first state, of the
    second), and so does a directed one (from the first to the second, and back). `over` says on which rows it is
    computed: `cells`, value by value; `rows`, the rows of the panel itself; `years`, every state or pair of the
    panel's years; `history`, the same since 1816. `is_hindsight` marks what was coded looking back, with knowledge
    of what came after the year.
    """

    name: str
    unit: str
    type: str
    measured_in: str
    kind: str | None
    function: Callable[..., Any]
    of: tuple[str, ...] = ()
    is_directed: bool = False
    over: Over = "cells"
    is_hindsight: bool = False

    @property
    def means(self) -> str:
        """What the measure means: its docstring."""
        return inspect.cleandoc(self.function.__doc__ or "")

    @cached_property
    def topic(self) -> str:
        """What it is about: the module it stands in."""
        return self.function.__module__.rpartition(".")[2]

    @cached_property
    def sql(self) -> str | None:
        """The SQL text of the measure, or None for one that is computed."""
        if self.of or self.parameters:
            return None
        text: str = self.function()
        return text if isinstance(text, Stated) else inspect.cleandoc(text)

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The names of the function's parameters."""
        return tuple(inspect.signature(self.function).parameters)


_registry: dict[tuple[str, str], Measure] = {}


def measure(
    *,
    unit: str,
    type: str,  # noqa: A002 (the word the design uses)
    measured_in: str,
    kind: str | None = None,
    **more: Any,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a function a measure of a panel; its name is the column's name, its docstring the column's meaning.

    `more` is what else a `Measure` has: of, is_directed, over, is_hindsight.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        name = function.__name__
        assert type in TYPES, f"{name}: {type!r} is no type of measure"
        assert (unit, name) not in _registry, f"{name} is defined twice for {unit}"
        _registry[unit, name] = Measure(name, unit, type, measured_in, kind, function, **more)
        return function

    return register


@cache
def known_measures(unit: str) -> dict[str, Measure]:
    """Every measure of a unit by name; those of single states also fill panels of pairs, one column a side.

    >>> known_measures("dyad_year")["contiguity_type"].type
    'category'
    """
    folder = importlib.import_module("comity.panel.measures")
    for module in pkgutil.iter_modules(folder.__path__):
        importlib.import_module(f"{folder.__name__}.{module.name}")
    return {name: found for (of_unit, name), found in sorted(_registry.items()) if of_unit == unit}


def find_measure(unit: str, name: str) -> Measure:
    """One measure of a unit, or BadRequest with the names nearest to the one asked for."""
    known = known_measures(unit)
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=3, cutoff=0.5) or sorted(known, key=lambda each: name not in each)[:3]
    raise BadRequest(
        f"{name!r} is no measure of {unit}; the nearest are {', '.join(near)} (`comity panel --list` shows all)"
    )
