"""Places for the nodes of a picture: the same ties always give the same picture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from comity.network.folding import Tie

if TYPE_CHECKING:
    import rustworkx

_INNER = 0.45  # how far from the middle the center's states stand

Position = tuple[float, float]


def layout(ties: Iterable[Tie], blocs: Sequence[Sequence[str]], center: Sequence[str] = ()) -> dict[str, Position]:
    """A place on the unit circle for every state, bloc after bloc; states named as the center stand inside it.

    Within a bloc the states that share most stand side by side. A state without a tie has its place as well.

    >>> layout([], [["PHL", "VNM"], ["USA"]])["PHL"]
    (0.0, -1.0)
    """
    import rustworkx

    near = _nearness(ties)
    ordered: list[str] = []
    for bloc in blocs:
        ordered += _ordered([state for state in bloc if state not in center], near, ordered)
    around = rustworkx.circular_layout(_nodes(len(ordered)))
    places = {state: _turned(around[number]) for number, state in enumerate(ordered)}
    within = rustworkx.circular_layout(_nodes(len(center)))
    # The center lies on a level line, so that its states are read from left to right.
    places |= {
        state: _rounded(-float(within[number][0]) * _INNER, float(within[number][1]) * _INNER)
        for number, state in enumerate(center)
    }
    return places


def _nodes(count: int) -> rustworkx.PyGraph[int, None]:
    import rustworkx

    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph()
    graph.add_nodes_from(list(range(count)))
    return graph


def _turned(place: Sequence[float]) -> Position:
    """A quarter turn: the first state stands on top, and the others follow as a clock runs (y grows downward)."""
    return _rounded(float(place[1]), -float(place[0]))


def _rounded(x: float, y: float) -> Position:
    # Adding zero turns -0.0 into 0.0, so that the picture's text does not depend on the sign of nothing.
    return round(float(x), 6) + 0.0, round(float(y), 6) + 0.0


def _nearness(ties: Iterable[Tie]) -> dict[frozenset[str], int]:
    near: dict[frozenset[str], int] = defaultdict(int)
    for tie in ties:
        near[frozenset((tie.state_a, tie.state_b))] += tie.weight
    return near


def _ordered(bloc: list[str], near: dict[frozenset[str], int], before: list[str]) -> list[str]:
    """The bloc as a chain: each next state is the one nearest to the last, by weight and then by name."""
    left = sorted(bloc)
    chain: list[str] = []
    while left:
        last = (before + chain)[-1:]
        nearest = min(left, key=lambda state: (-near.get(frozenset((*last, state)), 0), state))
        chain.append(nearest)
        left.remove(nearest)
    return chain
