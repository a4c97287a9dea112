"""What changed between two networks, named in words: ties made and lost, states that rose and fell, blocs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from comity.network.graph import Layer, Network, Ties
from comity.network.places import Scores, degree

MOST_NAMED = 5


@dataclass(frozen=True)
class LayerChange:
    """What changed in one layer among the pairs known at both times, which `known_pair_count` counts.

    `made` and `lost` are pairs, those of the states with the most ties first; `degree_changes` are the states with more
    or fewer ties than before, the largest change first. `unknown_pair_count` counts pairs that were known at one time
    only, of which nothing is said. `tie_counts` are of the pairs known at both times.
    """

    layer: str
    tie_counts: tuple[int, int]
    made: tuple[tuple[str, str], ...]
    lost: tuple[tuple[str, str], ...]
    known_pair_count: int
    unknown_pair_count: int
    degree_changes: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Changes:
    """What changed from one network to a later one: members, and layer by layer."""

    years: tuple[tuple[int, int], tuple[int, int]]
    joined: tuple[str, ...]
    left: tuple[str, ...]
    layers: tuple[LayerChange, ...]

    def to_dict(self) -> dict[str, Any]:
        """The changes as plain values, for JSON."""
        return asdict(self) | {"sentences": self.sentences()}

    def sentences(self) -> list[str]:
        """The changes in words, the states as codes; a layer that nobody knows at both times is said to be so."""
        before, after = (_span(years) for years in self.years)
        said = [f"Between {before} and {after}:"]
        if self.joined:
            said.append(f"{_listed(self.joined)} came into the state system.")
        if self.left:
            said.append(f"{_listed(self.left)} left the state system.")
        for change in self.layers:
            said += _sentences(change)
        return said


def changes(before: Network, after: Network) -> Changes:
    """What changed from a network to a later one, in the layers that both have."""
    stayed = [state for state in before.states if state in set(after.states)]
    one, other = before.among(stayed), after.among(stayed)
    shared = [name for name in before.layers if name in after.layers]
    return Changes(
        (before.years, after.years),
        tuple(state for state in after.states if state not in set(before.states)),
        tuple(state for state in before.states if state not in set(after.states)),
        tuple(_layer_change(stayed, one.layers[name], other.layers[name]) for name in shared),
    )


def _layer_change(states: Sequence[str], before: Layer, after: Layer) -> LayerChange:
    known = ~np.isnan(before.weights) & ~np.isnan(after.weights)
    above = np.triu(np.ones(known.shape, dtype=bool), 1)
    was, now = before.tied & known, after.tied & known
    seen = ~np.isnan(before.weights) | ~np.isnan(after.weights)
    held = degree(was) + degree(now)  # how much a state counts in the layer: its ties at both times
    risen = (degree(now) - degree(was)).astype(int)
    order = sorted(range(len(states)), key=lambda row: (-abs(int(risen[row])), -held[row], states[row]))
    return LayerChange(
        before.name,
        (int(was.sum()) // 2, int(now.sum()) // 2),
        _pairs(states, now & ~was & above, held),
        _pairs(states, was & ~now & above, held),
        int(np.count_nonzero(known & above)),
        int(np.count_nonzero(seen & ~known & above)),
        tuple((states[row], int(risen[row])) for row in order if risen[row]),
    )


def _pairs(states: Sequence[str], chosen: Ties, held: Scores) -> tuple[tuple[str, str], ...]:
    """The chosen pairs, those of the most tied states first."""
    pairs = [(int(a), int(b)) for a, b in zip(*np.nonzero(chosen), strict=True)]
    pairs.sort(key=lambda pair: (*sorted(-held[row] for row in pair), *(states[row] for row in pair)))
    return tuple((states[a], states[b]) for a, b in pairs)


def _sentences(change: LayerChange) -> list[str]:
    was, now = change.tie_counts
    layer = change.layer.replace("_", " ")
    if not change.known_pair_count:
        return [f"{layer}: of no pair is it known at both times whether they were tied."]
    among = f"among {change.known_pair_count:,} pairs known at both times"
    said = [f"{layer}: {was:,} ties became {now:,} {among}; {len(change.made):,} made, {len(change.lost):,} lost."]
    named = (
        ("made", [f"{a}-{b}" for a, b in change.made]),
        ("lost", [f"{a}-{b}" for a, b in change.lost]),
        ("more ties", [f"{state} {by:+d}" for state, by in change.degree_changes if by > 0]),
        ("fewer ties", [f"{state} {by:+d}" for state, by in change.degree_changes if by < 0]),
    )
    said += [f"  {what}: {_listed(names)}." for what, names in named if names]
    if change.unknown_pair_count:
        pairs = "1 pair is" if change.unknown_pair_count == 1 else f"{change.unknown_pair_count:,} pairs are"
        said.append(f"  {pairs} known at one time only and not compared.")
    return said


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _span(years: tuple[int, int]) -> str:
    return str(years[0]) if years[0] == years[1] else f"{years[0]}-{years[1]}"
