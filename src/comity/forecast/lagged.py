"""Measures of a panel as they stood one year before each row, and how they had changed by then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from comity.forecast.listed import Floats, Numbers
from comity.forecast.targets import Cases
from comity.panel.naming import wanted

Inputs = dict[str, Floats]
Group = Callable[["Lagged"], Inputs]
GROUPS: dict[str, Group] = {}


def inputs(name: str) -> Callable[[Group], Group]:
    """Enter a function as the inputs of a group; its docstring says what they are."""

    def enter(group: Group) -> Group:
        GROUPS[name] = group
        return group

    return enter


@dataclass
class Lagged:
    """The panel of some rows, read one year and more before each."""

    rows: Cases
    _held: dict[str, tuple[npt.NDArray[np.float32], ...]] = field(default_factory=dict)

    def sides(self, name: str, years: int = 1) -> tuple[Floats, ...]:
        """The columns of a measure so many years before each row; NaN where the pair was none then."""
        if name not in self._held:
            panel = self.rows.panel
            columns = [each.name for each in wanted("dyad_year", name)]
            panel.add(name)
            self._held[name] = tuple(panel[column].astype(np.float32) for column in columns)
            for column in columns:
                del panel.columns[column]
        at = self._at(years)
        return tuple(np.where(at >= 0, values[at], np.nan).astype(float) for values in self._held[name])

    def forget(self) -> None:
        """Let go of the measures that were read, which hold a number for each row of the panel."""
        self._held.clear()

    def of(self, name: str, years: int = 1) -> Floats:
        """A measure of pairs so many years before; the two directions of a directed one added, where one is known."""
        sides = self.sides(name, years)
        if len(sides) == 1:
            return sides[0]
        unknown = np.isnan(sides[0]) & np.isnan(sides[1])
        return np.where(unknown, np.nan, np.nansum(sides, axis=0))

    def lower(self, name: str, years: int = 1) -> Floats:
        """The lower of what the two states have."""
        return np.minimum(*self.sides(name, years))

    def higher(self, name: str, years: int = 1) -> Floats:
        """The higher of what the two states have."""
        return np.maximum(*self.sides(name, years))

    def recent(self, name: str, years: int = 5) -> Floats:
        """The sum over so many years before; unknown where none of them is known."""
        told = np.stack([self.of(name, back) for back in range(1, years + 1)])
        return np.where(np.isnan(told).all(axis=0), np.nan, np.nansum(told, axis=0))

    def _at(self, years: int) -> Numbers:
        if years == 1:
            return self.rows.before
        return self._earlier.setdefault(years, self._found(years))

    @cached_property
    def _earlier(self) -> dict[int, Numbers]:
        return {}

    def _found(self, years: int) -> Numbers:
        spine, row = self.rows.panel.rows, self.rows.row
        assert spine.state_b is not None
        found = spine.rows_of(spine.state_a[row], spine.state_b[row], spine.year[row] - np.int32(years))
        return found.astype(np.int64)
