"""Blocs with a history: which bloc of a year continues which of the year before, and which were born, merged or split.

Matching as in Greene, Doyle and Cunningham (2010): two blocs are linked when they share at least a given part of the
states that are in either (the Jaccard index). A line of blocs keeps its name along its strongest links.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from comity.network.blocs import Communities, communities
from comity.network.graph import Network

Members = frozenset[str]
LINKED = 0.3  # what two blocs of neighboring years share at least, to be linked


@dataclass(frozen=True)
class Bloc:
    """A bloc in one year; blocs of one `line` are one bloc with a history."""

    line: int
    year: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Turn:
    """Something that happened to a line: born, ended, merged into another, or split from another."""

    year: int
    happened: str
    line: int
    other: int | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class History:
    """The blocs of every year, what happened to them, and the year's division with its stability."""

    blocs: tuple[Bloc, ...]
    turns: tuple[Turn, ...]
    divisions: tuple[tuple[int, Communities], ...]


def bloc_history(networks: Iterable[Network], layers: Sequence[str] = (), linked: float = LINKED) -> History:
    """Blocs year by year. A year without a tie ends every line."""
    lines = _Lines(linked)
    divisions = []
    for network in networks:
        found = communities(network.binding(layers))
        year = network.years[1]
        divisions.append((year, found))
        lines.take(year, [frozenset(network.states[row] for row in bloc) for bloc in found.blocs])
    return History(tuple(lines.blocs), tuple(lines.turns), tuple(divisions))


class _Lines:
    """The lines so far, and how those of the last year stood."""

    def __init__(self, linked: float) -> None:
        self.linked = linked
        self.blocs: list[Bloc] = []
        self.turns: list[Turn] = []
        self._last: dict[int, Members] = {}
        self._count = 0

    def take(self, year: int, blocs: list[Members]) -> None:
        """Link a year's blocs to those of the year before, strongest link first."""
        links = sorted(
            (
                (-share, line, number)
                for line, before in self._last.items()
                for number, now in enumerate(blocs)
                if (share := _shared(before, now)) >= self.linked
            ),
        )
        continues: dict[int, int] = {}
        for _, line, number in links:
            if line not in continues.values() and number not in continues:
                continues[number] = line
        found: dict[int, Members] = {}
        for number, members in enumerate(blocs):
            if number not in continues:
                continues[number] = self._begin(year, members)
            found[continues[number]] = members
        for line, before in self._last.items():
            if line not in found:
                self._end(year, line, before, found)
        self.blocs += [Bloc(line, year, tuple(sorted(members))) for line, members in sorted(found.items())]
        self._last = found

    def _begin(self, year: int, members: Members) -> int:
        """A line begins: from a bloc that held most of its states in the year before, or out of none."""
        parent = _holder(members, self._last)
        line, self._count = self._count, self._count + 1
        self.turns.append(Turn(year, "born" if parent is None else "split", line, parent, tuple(sorted(members))))
        return line

    def _end(self, year: int, line: int, before: Members, found: dict[int, Members]) -> None:
        heir = _holder(before, found)
        self.turns.append(Turn(year, "ended" if heir is None else "merged", line, heir, tuple(sorted(before))))


def _shared(one: Members, other: Members) -> float:
    return len(one & other) / len(one | other)


def _holder(members: Members, among: dict[int, Members]) -> int | None:
    """The line that holds more than half of these states, if any does."""
    held = {line: len(members & others) for line, others in among.items()}
    best = min(held, key=lambda line: (-held[line], line), default=None)
    return best if best is not None and held[best] * 2 > len(members) else None


def renumbered(history: History) -> History:
    """The same history with lines numbered by how long they last, the longest 0: numbers a reader can remember."""
    length: dict[int, int] = {}
    for bloc in history.blocs:
        length[bloc.line] = length.get(bloc.line, 0) + 1
    order = {line: number for number, line in enumerate(sorted(length, key=lambda line: (-length[line], line)))}
    return History(
        tuple(replace(bloc, line=order[bloc.line]) for bloc in history.blocs),
        tuple(
            replace(turn, line=order[turn.line], other=None if turn.other is None else order[turn.other])
            for turn in history.turns
        ),
        history.divisions,
    )
