"""Where states stand: one place for each, which it keeps in the pictures of all years that are laid out together.

States that are tied to the same others stand together, and bloc beside bloc. What ties leave open, the map decides:
places begin at the capitals and stay turned as the map is, so that pictures of other years look alike as well. Stress
majorization (Gansner, Koren and North 2004) of those distances; then names are pushed apart until none touches another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from comity.network.blocs import communities
from comity.network.graph import Matrix, Network
from comity.network.pictures.backbone import strength
from comity.network.pictures.canvas import HEADING, INSIDE, MARGIN, text_width
from comity.network.pictures.spreading import Boxes, spread

NAMED = 24  # with no more states than that there is room for their names
_STEPS = 120
_BY_MAP, _BY_BLOC = 0.55, 0.45  # what the map and a shared bloc count beside ties, which count up to 1.4

Points = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Places:
    """The middle of every state's label in the picture, what the label says, and where the field of labels ends."""

    at: dict[str, tuple[float, float]]
    words: dict[str, str]
    size: float
    bottom: float

    def box(self, state: str) -> tuple[float, float, float, float]:
        """The label of a state: left, top, right and bottom."""
        (x, y), wide = self.at[state], label_width(self.words[state], self.size) / 2
        tall = label_height(self.size) / 2
        return x - wide, y - tall, x + wide, y + tall


def label_width(words: str, size: float) -> float:
    """How wide the white label of a state is."""
    return text_width(words, size, is_bold=True) + 7


def label_height(size: float) -> float:
    """How high the white label of a state is."""
    return size + 4


def layout(networks: Iterable[Network]) -> Places:
    """One place for every state that any of the networks ties; a state without a tie in all of them has none."""
    states, total = _together(networks)
    tied = np.flatnonzero((total > 0).any(axis=1))
    states, total = [states[row] for row in tied], total[np.ix_(tied, tied)]
    is_named = len(states) <= NAMED
    words = {state: name_of(state) if is_named else state for state in states}
    size = 12.0 if is_named else 11.0 if len(states) <= 90 else 10.0
    half = np.array([[label_width(words[state], size), label_height(size)] for state in states]).reshape(-1, 2) / 2
    low = (MARGIN + 8.0, HEADING + 14.0)
    high = (MARGIN + INSIDE - 8.0, low[1] + float(np.clip(360 + 2.2 * len(states), 380, 740)))
    blocs = np.full(len(states), -1)
    for bloc, rows in enumerate(communities(total).blocs):
        blocs[list(rows)] = bloc
    wanted = _framed(_stressed(states, total, blocs), low, high)
    middles = spread(Boxes(wanted, half, blocs, _gap(len(states))), low, high)
    at = {state: (round(float(x), 1), round(float(y), 1)) for state, (x, y) in zip(states, middles, strict=True)}
    bottom = max((y + label_height(size) / 2 for _, y in at.values()), default=low[1])
    return Places(at, words, size, bottom)


def _gap(count: int) -> tuple[float, float]:
    """The fewer states, the further apart, so that the line between two neighbors is seen."""
    share = 1 - min(count, 140) / 140
    return 5 + 34 * share, 4 + 20 * share


def _together(networks: Iterable[Network]) -> tuple[list[str], Matrix]:
    """All states of the networks in the order of their codes, and how strongly each pair is bound over all of them."""
    bound: dict[tuple[str, ...], Matrix] = {}
    for network in networks:
        # A pair that is only divided stands in the picture too, but is not drawn together.
        found = strength(network) + 1e-6 * (network.dividing() > 0)
        bound[network.states] = bound.get(network.states, 0) + found
    states = sorted({state for members in bound for state in members})
    row = {state: number for number, state in enumerate(states)}
    total = np.zeros((len(states), len(states)))
    for members, found in bound.items():
        rows = [row[state] for state in members]
        total[np.ix_(rows, rows)] += found
    return states, total


def name_of(code: str) -> str:
    """The short name of a state; a code that is no state is its own name."""
    from comity.vocab.states import states

    return states()[code].name if code in states() else code


def on_the_map(states: list[str]) -> Points:
    """The last capital of every state, the map cut in the Pacific; a code that is no state stands in the middle."""
    from comity.vocab.capitals import capitals

    last = {each.state: each for each in sorted(capitals(), key=lambda each: (each.state, each.start or date.min))}
    found = np.zeros((len(states), 2))
    for row, state in enumerate(states):
        if state in last:
            east = (last[state].longitude + 170 - 15) % 360 - 170
            found[row] = east / 90, -last[state].latitude / 55
    # No two places may be the same, or no direction would lead from one to the other.
    turn = np.arange(len(states)) * 2.399963  # the golden angle: a different direction for each
    return found + 0.01 * np.column_stack((np.cos(turn), np.sin(turn)))


def _stressed(states: list[str], total: Matrix, blocs: npt.NDArray[np.int64]) -> Points:
    """Places whose distances are those wanted, as nearly as a plane allows."""
    start = on_the_map(states)
    if len(states) < 3:
        return start
    away = np.hypot(*(start[:, None] - start[None]).transpose(2, 0, 1))
    apart = blocs[:, None] != blocs[None]
    wanted = _unlikeness(total) + _BY_MAP * away + _BY_BLOC * apart
    np.fill_diagonal(wanted, 1.0)
    weights = wanted**-1.0
    np.fill_diagonal(weights, 0.0)
    # The same matrix is solved in every step: its generalized inverse is made once.
    inverse = np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights)
    here = start.copy()
    for _ in range(_STEPS):
        gaps = np.hypot(*(here[:, None] - here[None]).transpose(2, 0, 1))
        pull = -weights * wanted / np.maximum(gaps, 1e-9)
        np.fill_diagonal(pull, 0.0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        here = inverse @ (pull @ here)
    return _turned(here, start)


def _unlikeness(total: Matrix) -> Matrix:
    """How differently two states are tied: 0 to the same others as strongly, the square root of 2 to no one alike.

    A state is counted as tied to itself as it is to its strongest partner, so that partners are alike.
    """
    own = total + np.diag(total.max(axis=1))
    profile = np.sqrt(own)
    profile /= np.maximum(np.linalg.norm(profile, axis=1), 1e-12)[:, None]
    found: Matrix = np.sqrt(np.maximum(2 - 2 * profile @ profile.T, 0.0))
    return found


def _turned(here: Points, model: Points) -> Points:
    """Places turned, but not bent, until they lie as the model's do (Procrustes)."""
    here, model = here - here.mean(axis=0), model - model.mean(axis=0)
    left, _, right = np.linalg.svd(here.T @ model)
    turned: Points = here @ (left @ right)
    return turned


def _framed(here: Points, low: tuple[float, float], high: tuple[float, float]) -> Points:
    """Places stretched over a frame, half by distance and half by rank: crowds are thinned and no corner is bare."""
    if not len(here):
        return here
    extent = np.ptp(here, axis=0)
    by_distance = (here - here.min(axis=0)) / np.where(extent > 0, extent, 1.0)
    # Rounded first, so that the ranks of places that are the same do not hang on the last digit.
    ranks = np.argsort(np.argsort(np.round(here, 6), axis=0, kind="stable"), axis=0)
    by_rank = ranks / max(len(here) - 1, 1)
    share = (by_distance + by_rank) / 2
    framed: Points = np.array(low) + 20 + share * (np.array(high) - np.array(low) - 40)
    return framed
