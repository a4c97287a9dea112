"""Networks of a store: one for a year or a window, or one for each of many years from a single panel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from comity.errors import BadRequest
from comity.network.graph import Layer, Matrix, Network
from comity.network.layers import LayerKind, layer_kind
from comity.panel import panel
from comity.panel.measure import Column
from comity.panel.systems import StateSystem

if TYPE_CHECKING:
    from comity.panel import Panel
    from comity.panel.facts import Facts

USUAL = ("alliance", "exercise", "visit", "arms", "dispute")


def network(
    store: Facts, years: int | tuple[int, int], layers: Sequence[str] = USUAL, system: str | StateSystem = "cow"
) -> Network:
    """The network of a year or of a window of years: every member of the state system, tied or not.

    Over a window a counted layer adds its years up, and any other holds when it held in one of them; a pair is
    unknown when no year of it is known.
    """
    first, last = (years, years) if isinstance(years, int) else years
    asked = _Asked.of(store, (first, last), layers, system)
    return asked.network((first, last))


def networks(
    store: Facts, years: tuple[int, int], layers: Sequence[str] = USUAL, system: str | StateSystem = "cow"
) -> Iterator[Network]:
    """The network of each year in turn, made from one panel."""
    asked = _Asked.of(store, years, layers, system)
    for year in range(years[0], years[1] + 1):
        yield asked.network((year, year))


@dataclass(frozen=True)
class _Asked:
    """The pair-years of a request in the order of their years, and the weights of each layer in them."""

    panel: Panel
    order: Column
    starts: Column
    kinds: tuple[LayerKind, ...]
    weights: dict[str, Column]
    sources: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, store: Facts, years: tuple[int, int], layers: Sequence[str], system: str | StateSystem) -> _Asked:
        if not layers:
            raise BadRequest("a network has at least one layer")
        kinds = tuple(layer_kind(name) for name in dict.fromkeys(layers))
        pairs = panel(store, "dyad_year", years=years, system=system)
        order = np.argsort(pairs.rows.year.astype(np.int16), kind="stable")  # the radix sort of small numbers is fast
        count = pairs.rows.index.year_count
        starts = np.concatenate(([0], np.cumsum(np.bincount(pairs.rows.year, minlength=count))))
        weights, sources = {}, {}
        for kind in kinds:
            used: set[str] = set()
            weights[kind.name] = kind.weigh(lambda name, used=used: _column(pairs, name, used))[order]  # type: ignore[misc]
            sources[kind.name] = tuple(sorted(used))
        return cls(pairs, order, starts, kinds, weights, sources)

    def network(self, years: tuple[int, int]) -> Network:
        """The network of a window inside the years asked for."""
        rows = self.panel.rows
        first, last = (year - rows.index.first_year for year in years)
        part = slice(self.starts[first], self.starts[last + 1])
        a, b = rows.state_a[self.order[part]], rows.state_b[self.order[part]]  # type: ignore[index]
        is_member = np.zeros(len(rows.index.states), dtype=bool)
        is_member[a] = is_member[b] = True
        members = np.flatnonzero(is_member)
        number = np.zeros(len(is_member), dtype=np.intp)
        number[members] = np.arange(len(members))
        places = (number[a], number[b], len(members))
        layers = {
            kind.name: Layer(
                kind.name, _matrix(places, self.weights[kind.name][part], kind), kind.sign, self.sources[kind.name]
            )
            for kind in self.kinds
        }
        return Network(years, tuple(rows.index.states[member] for member in members), layers, rows.system.name)


def _column(pairs: Panel, name: str, used: set[str]) -> Column:
    """A measure of each pair-year, its two directions added: one that is known and not 0 is enough to tie."""
    pairs.add(name)
    sides = [column for key, column in pairs.columns.items() if column.measure.name == name]
    used.update(source for column in sides for source in column.filled.sources)
    values = [column.values().astype(np.float64) for column in sides]
    if len(values) == 1:
        return values[0]
    added: Column = np.where(np.isnan(values[0]) & np.isnan(values[1]), np.nan, np.nansum(values, axis=0))
    # One direction known to be 0 says nothing of the pair while the other is unknown.
    added[(added == 0) & (np.isnan(values[0]) | np.isnan(values[1]))] = np.nan
    return added


def _matrix(places: tuple[Column, Column, int], weights: Column, kind: LayerKind) -> Matrix:
    a, b, count = places
    cell = a * count + b
    made = np.full(count * count, np.nan)
    known = ~np.isnan(weights)
    cell, weights = cell[known], weights[known]
    # A window has a row for each year of a pair: what is known of it starts from nothing and is folded.
    made[cell] = 0.0
    (np.add if kind.is_counted else np.maximum).at(made, cell, weights)
    square = made.reshape(count, count)
    square = np.where(np.isnan(square), square.T, square)
    np.fill_diagonal(square, 0.0)
    return square
