"""Views made by hand, so that a test says what an index looks at and nothing else is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from comity.assess.view import SPAN, View

YEAR = 2010


@dataclass(frozen=True)
class Sketch(View):
    """A view of invented pairs: a measure that is not given is unknown; `listed` ones come from lists with gaps.

    `given` holds a measure, or a measure and its side as `arms_delivery_tiv_a_to_b`, as subjects × years; `near` holds
    what `around` answers.
    """

    given: Mapping[str, np.ndarray] = field(default_factory=dict)
    listed: frozenset[str] = frozenset()
    near: Mapping[str, np.ndarray] = field(default_factory=dict)
    state_columns: tuple[int, ...] = ()

    def of(self, name, side=""):
        key = f"{name}_{side}" if side else name
        return self.given.get(key, np.full((len(self), self.span), np.nan))

    def complete(self, name):
        if name in self.listed:
            return np.zeros((len(self), self.span), dtype=bool)
        return ~np.isnan(self.of(name))

    def sources(self, *names):
        return tuple(sorted(name for name in names if name in self.given))

    def is_hindsight(self, *names):
        return any("rivalry" in name or "claim" in name for name in names)

    def ask(self, name, sql):
        return self.of(name)

    def around(self, name, side=""):
        key = f"{name} {side}".strip()
        return self.near.get(key, np.full((len(self.own), 4, self.span), np.nan))

    @property
    def columns(self):
        return np.arange(len(self.own))


def sketch(given, listed=(), near=None, subjects=(("FIN", "NOR"),), year=YEAR):
    """A view in which each measure given is one row of years for a single pair, or a matrix."""
    made = {name: np.atleast_2d(np.asarray(values, dtype=np.float64)) for name, values in given.items()}
    return Sketch(None, subjects, year, SPAN, given=made, listed=frozenset(listed), near=near or {})


def years(*last):
    """Fifteen years: zeros, and then what is given."""
    return [0.0] * (SPAN - len(last)) + list(last)


def unknown(*last):
    """Fifteen years: unknown, and then what is given."""
    return [np.nan] * (SPAN - len(last)) + list(last)
