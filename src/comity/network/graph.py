"""What every measure, picture and index of networks is computed on: states, and matrices of ties layer by layer.

A matrix says of each pair what is known. NaN is a pair of which nothing is known; it is not a pair without a tie.
Graph measures need an answer for each pair: `tied` takes the ties that are known to be there, and `known_share` says
how much of the layer stands behind that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from comity.errors import BadRequest

Matrix = npt.NDArray[np.float64]
Ties = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Layer:
    """One kind of tie among the states: a symmetric n × n matrix of weights, NaN where nothing is known.

    `sign` is 1 for ties that bind and -1 for ties that divide. A weight of 0 is a pair known to have no tie. The
    diagonal is 0.
    """

    name: str
    weights: Matrix
    sign: int = 1
    sources: tuple[str, ...] = ()

    @cached_property
    def tied(self) -> Ties:
        """Which pairs are known to be tied.

        >>> Layer("visit", np.array([[0.0, np.nan], [np.nan, 0.0]])).tied.any()
        np.False_
        """
        tied: Ties = self.weights > 0
        return tied

    @property
    def known_share(self) -> float:
        """The share of pairs of which it is known whether they are tied; 1 when there is no pair.

        >>> Layer("visit", np.array([[0.0, np.nan], [np.nan, 0.0]])).known_share
        0.0
        """
        above = self.weights[np.triu_indices(len(self.weights), 1)]
        return float(1 - np.isnan(above).mean()) if len(above) else 1.0

    @property
    def tie_count(self) -> int:
        """How many pairs are known to be tied."""
        return int(np.count_nonzero(self.tied)) // 2


@dataclass(frozen=True)
class Network:
    """The states that were members of the system in the years, and their layers; row i of a matrix is `states[i]`."""

    years: tuple[int, int]
    states: tuple[str, ...]
    layers: Mapping[str, Layer]
    system: str = "cow"

    def __len__(self) -> int:
        return len(self.states)

    def layer(self, name: str) -> Layer:
        """The layer of a name; BadRequest names the layers there are."""
        if name not in self.layers:
            raise BadRequest(f"{name!r} is no layer of this network; it has {', '.join(self.layers)}")
        return self.layers[name]

    def number(self, state: str) -> int:
        """The row of a state; BadRequest for one that was no member in the years."""
        if state not in self.states:
            first, last = self.years
            when = str(first) if first == last else f"{first} to {last}"
            raise BadRequest(f"{state} was no member of the state system ({self.system}) in {when}")
        return self.states.index(state)

    def binding(self, names: Iterable[str] = ()) -> Matrix:
        """In how many of the layers that bind each pair is known to be tied; all of them, or those named.

        >>> one = Layer("alliance", np.array([[0.0, 1.0], [1.0, 0.0]]))
        >>> Network((2000, 2000), ("FRA", "USA"), {"alliance": one}).binding().tolist()
        [[0.0, 1.0], [1.0, 0.0]]
        """
        return self._folded(names, 1)

    def dividing(self, names: Iterable[str] = ()) -> Matrix:
        """In how many of the layers that divide each pair is known to be tied."""
        return self._folded(names, -1)

    def signed(self, names: Iterable[str] = ()) -> Matrix:
        """1 for a pair that a layer binds, -1 for one that a layer divides, whatever binds it; 0 for others."""
        asked = tuple(names)  # both sides ask for them
        return np.where(self.dividing(asked) > 0, -1.0, np.where(self.binding(asked) > 0, 1.0, 0.0))

    def among(self, states: Iterable[str]) -> Network:
        """The network of these states alone, each once, in the order given."""
        kept = [self.number(state) for state in dict.fromkeys(states)]
        cut = {
            name: Layer(name, layer.weights[np.ix_(kept, kept)], layer.sign, layer.sources)
            for name, layer in self.layers.items()
        }
        return Network(self.years, tuple(self.states[number] for number in kept), cut, self.system)

    def _folded(self, names: Iterable[str], sign: int) -> Matrix:
        chosen = [self.layer(name) for name in names] or list(self.layers.values())
        count = np.zeros((len(self), len(self)))
        for layer in chosen:
            if layer.sign == sign:
                count += layer.tied
        return count
