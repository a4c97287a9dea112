"""The designs: each is one function from a sample to an estimate, and says what it assumes and how it errs."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import ParamSpec

from comity.errors import UnknownWord
from comity.evidence.estimate import Estimate

Given = ParamSpec("Given")


@dataclass(frozen=True)
class Design:
    """A design as it is declared: its name, what it means, what it assumes, what it is for, which way it errs."""

    name: str
    estimate: Callable[..., Estimate]
    means: str
    assumes: str
    serves: str
    errs: str


_DESIGNS: dict[str, Design] = {}


def design(*, assumes: str, serves: str, errs: str) -> Callable[[Callable[Given, Estimate]], Callable[Given, Estimate]]:
    """Declare a function as a design; its name and the first line of its docstring are the design's."""

    def declare(estimate: Callable[Given, Estimate]) -> Callable[Given, Estimate]:
        name = estimate.__name__
        assert name not in _DESIGNS, f"design {name!r} is declared twice"
        means = (estimate.__doc__ or "").strip().split("\n")[0]
        _DESIGNS[name] = Design(name, estimate, means, assumes, serves, errs)
        return estimate

    return declare


@cache
def known_designs() -> tuple[Design, ...]:
    """Every declared design in the order of names.

    >>> [design.name for design in known_designs()][:2]
    ['discrete_time_hazard', 'double_machine_learning']
    """
    from comity.evidence import designs

    for module in pkgutil.iter_modules(designs.__path__):
        importlib.import_module(f"{designs.__name__}.{module.name}")
    return tuple(_DESIGNS[name] for name in sorted(_DESIGNS))


def find_design(name: str) -> Design:
    """The design of a name; UnknownWord names the designs there are."""
    if name not in _DESIGNS:
        known_designs()
    if name not in _DESIGNS:
        raise UnknownWord(f"{name!r} is no design; designs are {', '.join(sorted(_DESIGNS))}")
    return _DESIGNS[name]
