"""Blocs over time as streams: a band for each bloc, as high as it has states, and the states that move."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np

from comity.errors import BadRequest
from comity.network.graph import Network
from comity.network.history import LINKED, History, bloc_history
from comity.network.pictures.canvas import HEADING, INSIDE, MARGIN, hatch, heading, number, page, text, text_width
from comity.network.pictures.captions import (
    LEAST_BLOC,
    Part,
    badge,
    foot,
    plain,
    sources_line,
    stacked,
    years_of,
)
from comity.network.pictures.places import on_the_map
from comity.network.pictures.style import BLOCS, FAINT, INK, MUTED, RULE, stroke_of, tint

FEW, ALONE = -1, -2  # the bands of blocs of two, and of states without a known tie
_MOST_COLUMNS = 31
_TALL, _GAP, _BAR, _LEFT = 520.0, 7.0, 5.0, 120.0
_LANE = 9.0
Spot = tuple[int, int]  # a column and a line


@dataclass(frozen=True)
class Streams:
    """The networks of the years, the blocs' history, and which years are columns."""

    networks: tuple[Network, ...]
    history: History
    columns: tuple[int, ...]

    @cached_property
    def of_state(self) -> list[dict[str, int]]:
        """The line of each state in each column."""
        lines: dict[int, dict[str, int]] = defaultdict(dict)
        for bloc in self.history.blocs:
            for state in bloc.members:
                lines[bloc.year][state] = bloc.line if len(bloc.members) >= LEAST_BLOC else FEW
        members = {network.years[1]: network.states for network in self.networks}
        return [{state: lines[year].get(state, ALONE) for state in members[year]} for year in self.columns]

    @cached_property
    def sizes(self) -> dict[Spot, int]:
        """How many states stand at each spot."""
        return Counter((column, line) for column, held in enumerate(self.of_state) for line in held.values())

    @cached_property
    def ranked(self) -> list[int]:
        """The lines of blocs, those with most states over the columns first; their rank is their letter and color."""
        total: Counter[int] = Counter()
        for (_, line), size in self.sizes.items():
            total[line] += size if line >= 0 else 0
        return sorted((line for line in total if line >= 0), key=lambda line: (-total[line], line))

    @cached_property
    def order(self) -> list[int]:
        """All lines from the top down: as their states lie on the map from west to east, and those in no bloc last."""
        states = sorted({state for held in self.of_state for state in held})
        east = dict(zip(states, on_the_map(states)[:, 0].tolist(), strict=True))
        found: dict[int, list[float]] = defaultdict(list)
        for held in self.of_state:
            for state, line in held.items():
                found[line].append(east[state])
        return [*sorted(self.ranked, key=lambda line: (round(float(np.mean(found[line])), 6), line)), FEW, ALONE]

    @cached_property
    def unit(self) -> float:
        """How high one state is."""
        whole = max((sum(1 for _ in held) for held in self.of_state), default=1)
        bands = max((len(set(held.values())) for held in self.of_state), default=1)
        return (_TALL - _GAP * bands) / max(whole, 1)

    def x(self, column: int) -> float:
        """Where the bar of a column begins."""
        first, last = self.columns[0], self.columns[-1]
        return MARGIN + _LEFT + (self.columns[column] - first) * (INSIDE - _LEFT - _BAR - 10) / max(last - first, 1)

    @cached_property
    def tops(self) -> dict[Spot, float]:
        """Where each band begins in each column; all columns end on the same base."""
        found: dict[Spot, float] = {}
        for column in range(len(self.columns)):
            y = HEADING + 10 + _TALL
            for line in reversed(self.order):
                if size := self.sizes.get((column, line), 0):
                    y -= size * self.unit
                    found[column, line] = y
                    y -= _GAP
        return found

    def color(self, line: int) -> str:
        """The color of a line: the eight largest blocs have one of their own."""
        rank = self.ranked.index(line) if line >= 0 else len(BLOCS)
        return BLOCS[rank] if rank < len(BLOCS) else FAINT


def draw_streams(networks: Sequence[Network]) -> str:
    """The streams as SVG: blocs by the layers that bind, one network for each year.

    >>> from comity.network.graph import Layer
    >>> held = Layer("alliance", np.ones((3, 3)) - np.eye(3))
    >>> years = [Network((year, year), ("FRA", "GBR", "USA"), {"alliance": held}) for year in (2009, 2010)]
    >>> "Blocs, 2009–2010" in draw_streams(years)
    True
    """
    if not networks:
        raise BadRequest("blocs over time have at least one year")
    streams = _streams(networks)
    title = f"Blocs, {years_of((networks[0].years[0], networks[-1].years[1]))}"
    under = _under(streams)
    notes = [_how(streams), sources_line(networks)]
    base = HEADING + 10 + _TALL
    below, bottom = stacked(
        base + 8,
        (
            lambda top: _axis(streams, top),
            lambda top: _known(streams, top),
            lambda top: _legend(streams, top),
            lambda top: foot(top, notes),
        ),
    )
    parts = [heading(title, under), _ribbons(streams), _bars(streams), _names(streams), below]
    return page(title, f"{under} {' '.join(notes)}", bottom + 6, parts, hatch("unknown"))


def _streams(networks: Sequence[Network]) -> Streams:
    years = [network.years[1] for network in networks]
    many = min(len(years), _MOST_COLUMNS)
    chosen = {round(place * (len(years) - 1) / max(many - 1, 1)) for place in range(many)}
    columns = tuple(years[place] for place in sorted(chosen))
    return Streams(tuple(networks), bloc_history(networks), columns)


def _under(streams: Streams) -> str:
    names = [plain(layer.name) for layer in streams.networks[0].layers.values() if layer.sign > 0]
    return f"A band is a bloc, as high as it has states; ribbons are states that move. Bound by {', '.join(names)}."


def _how(streams: Streams) -> str:
    happened = Counter(turn.happened for turn in streams.history.turns)
    told = ", ".join(f"{happened[word]:,} {word}" for word in ("born", "split", "merged", "ended") if happened[word])
    years = [network.years[1] for network in streams.networks]
    shown = "every year" if len(streams.columns) == len(years) else f"{len(streams.columns)} of {len(years)} years"
    stability = np.mean([division.stability for _, division in streams.history.divisions])
    return (
        f"Blocs (Leiden) of neighboring years are one when they share at least {LINKED:g} of their states; "
        f"{told or 'none changed'}, counting every year; drawn: {shown}. "
        f"Mean agreement of ten runs {stability:.2f} of 1. "
        "From the top the blocs lie as their states do from west to east."
    )


def _ribbons(streams: Streams) -> str:
    """What flows from each column to the next: within a bloc in its color, between blocs paler."""
    shapes = []
    place = {line: number for number, line in enumerate(streams.order)}
    for column, (before, after) in enumerate(zip(streams.of_state, streams.of_state[1:], strict=False)):
        flows = Counter((before[state], after[state]) for state in before if state in after)
        left = {line: streams.tops[column, line] for line in set(before.values())}
        right = {line: streams.tops[column + 1, line] for line in set(after.values())}
        arrive = {}
        for pair in sorted(flows, key=lambda pair: (place[pair[1]], place[pair[0]])):
            arrive[pair] = right[pair[1]]
            right[pair[1]] += flows[pair] * streams.unit
        for pair in sorted(flows, key=lambda pair: (place[pair[0]], place[pair[1]])):
            high = flows[pair] * streams.unit
            path = _ribbon((streams.x(column) + _BAR, streams.x(column + 1)), (left[pair[0]], arrive[pair]), high)
            left[pair[0]] += high
            stays = pair[0] == pair[1]
            share = (0.32 if stays else 0.22) if pair[0] >= 0 else (0.14 if stays else 0.2)
            shapes.append((not stays, f'<path d="{path}" fill="{tint(streams.color(pair[0]), share)}"/>'))
    # What moves lies above what stays, a little through each other.
    stay = "".join(shape for moves, shape in shapes if not moves)
    move = "".join(shape for moves, shape in shapes if moves)
    return f'{stay}<g fill-opacity="0.75">{move}</g>'


def _ribbon(across: tuple[float, float], tops: tuple[float, float], high: float) -> str:
    (x1, x2), (y1, y2) = across, tops
    middle = number((x1 + x2) / 2)
    one, two, three, four = (number(y) for y in (y1, y2, y2 + high, y1 + high))
    return (
        f"M{number(x1)} {one}C{middle} {one} {middle} {two} {number(x2)} {two}V{three}"
        f"C{middle} {three} {middle} {four} {number(x1)} {four}z"
    )


def _bars(streams: Streams) -> str:
    shapes = []
    for (column, line), top in streams.tops.items():
        fill = f'fill="{streams.color(line)}"' if line >= 0 else f'fill="{tint(FAINT, 0.6 if line == FEW else 0.3)}"'
        high = streams.sizes[column, line] * streams.unit
        shapes.append(
            f'<rect x="{number(streams.x(column))}" y="{number(top)}" width="{_BAR:g}" height="{number(high)}" {fill}/>'
        )
    return "".join(shapes)


def _first_states(streams: Streams, line: int, count: int = 4) -> list[str]:
    """The states that are most often in a line, those with most ties in the last year first among equals."""
    often = Counter(state for held in streams.of_state for state, own in held.items() if own == line)
    degree: Counter[str] = Counter()
    for network in streams.networks[-1:] + streams.networks[:1]:
        for row, state in enumerate(network.states):
            degree[state] += int(network.binding()[row].sum())
    return sorted(often, key=lambda state: (-often[state], -degree[state], state))[:count]


def _names(streams: Streams) -> str:
    """Letters where a bloc is first high enough for one, and again at the end; names of the two bands of no bloc."""
    shapes: list[str] = []
    taken: list[tuple[float, float]] = []
    for rank, line in enumerate(streams.ranked):
        highs = [streams.sizes.get((column, line), 0) * streams.unit for column in range(len(streams.columns))]
        held = [column for column, high in enumerate(highs) if high >= 12] or [highs.index(max(highs))]
        for column in dict.fromkeys([*held[:1], *held[-1:]]):
            x = streams.x(column) + (_BAR + 12 if column < len(streams.columns) - 1 else -12)
            y = streams.tops[column, line] + streams.sizes[column, line] * streams.unit / 2
            if all(abs(x - other[0]) > 20 or abs(y - other[1]) > 20 for other in taken):
                taken.append((x, y))
                shapes.append(badge((x, y), rank, streams.color(line)))
    for line, said in ((FEW, "in pairs only"), (ALONE, "no known tie")):
        if size := streams.sizes.get((0, line), 0):
            middle = streams.tops[0, line] + size * streams.unit / 2 + 4
            shapes.append(text((streams.x(0) - 8, middle), said, 11, fill=MUTED, anchor="end"))
    return "".join(shapes)


def _axis(streams: Streams, top: float) -> Part:
    """The years of the columns, as many as have room."""
    shapes, last = [], streams.x(len(streams.columns) - 1) + 100
    # From the last year back, so that the latest one is always named.
    for column in reversed(range(len(streams.columns))):
        x = streams.x(column) + _BAR / 2
        if last - x >= 36:
            shapes.append(text((x, top + 10), str(streams.columns[column]), 11, fill=MUTED, anchor="middle"))
            last = x
    return "".join(shapes), 16.0


def _known(streams: Streams, top: float) -> Part:
    """How many pairs of each layer are known in each year: full color is all, hatched is next to none."""
    shapes = [text((MARGIN, top + 11), "Pairs known", 12, font_weight="700", fill=INK)]
    layers = [layer for layer in streams.networks[0].layers.values() if layer.sign > 0]
    years = [network.years[1] for network in streams.networks]
    first, last = streams.x(0), streams.x(len(streams.columns) - 1) + _BAR
    wide = (last - first) / len(years)
    for lane, layer in enumerate(layers):
        y = top + 18 + lane * (_LANE + 5)
        shapes.append(text((MARGIN, y + _LANE - 1), plain(layer.name), 11, fill=MUTED))
        shares = [round(network.layer(layer.name).known_share, 2) for network in streams.networks]
        for share, places in groupby(range(len(shares)), key=shares.__getitem__):
            held = list(places)
            fill = "url(#unknown)" if not share else tint(stroke_of(layer.name).color, 0.15 + 0.85 * share)
            x, across = number(first + held[0] * wide), number(len(held) * wide)
            shapes.append(f'<rect x="{x}" y="{number(y)}" width="{across}" height="{_LANE:g}" fill="{fill}"/>')
        shapes.append(
            f'<rect x="{number(first)}" y="{number(y)}" width="{number(last - first)}" height="{_LANE:g}" '
            f'fill="none" stroke="{RULE}" stroke-width="0.8"/>'
        )
    return "".join(shapes), 22 + len(layers) * (_LANE + 5)


def _legend(streams: Streams, top: float) -> Part:
    """The letter of each large bloc, when it was, and the states that are most often in it."""
    shapes, x, y = [], float(MARGIN), top + 10
    for rank, line in enumerate(streams.ranked[: 2 * len(BLOCS)]):
        years = [streams.columns[column] for column in range(len(streams.columns)) if (column, line) in streams.sizes]
        said = f"{years_of((years[0], years[-1]))}: {' '.join(_first_states(streams, line))} …"
        wide = 26 + text_width(said, 11) + 22
        if x > MARGIN and x + wide > MARGIN + INSIDE + 22:
            x, y = float(MARGIN), y + 22
        shapes.append(badge((x + 9, y), rank, streams.color(line)) + text((x + 26, y + 4), said, 11))
        x += wide
    return "".join(shapes), y + 14 - top if streams.ranked else 0.0
