"""The network as states and the lines between them: layers by color, blocs by hull, the strongest ties when dense."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from comity.network.blocs import Communities, communities
from comity.network.graph import Matrix, Network
from comity.network.pictures.backbone import MOST_TIES, backbone, strength
from comity.network.pictures.bloc_shapes import bloc_shape, letter_places
from comity.network.pictures.canvas import HEADING, INSIDE, MARGIN, heading, number, page, text, wrapped
from comity.network.pictures.captions import (
    badge,
    bloc_legend,
    blocs_of,
    counted,
    foot,
    layer_legend,
    sources_line,
    stacked,
    years_of,
)
from comity.network.pictures.curves import bend_around, curve
from comity.network.pictures.places import Places, label_width, layout
from comity.network.pictures.style import BLOCS, FAINT, MUTED, PAPER, RULE, stroke_of

_MOST_DIVIDED = 120
_CROWD = 120  # with more pairs than that lines are thin and faint by strength and length
_FAR = 260.0
_WIDTHS = (0.9, 1.2, 1.6, 1.7)  # of the weakest third, the next, the strongest, and of what divides


@dataclass(frozen=True)
class Drawn:
    """A network with what its picture shows of it."""

    network: Network
    places: Places
    most: int = MOST_TIES

    @cached_property
    def strength(self) -> Matrix:
        """How strongly each pair is bound."""
        return strength(self.network)

    @cached_property
    def division(self) -> Communities:
        """The blocs of the year."""
        return communities(self.network.binding())

    @cached_property
    def bound(self) -> tuple[tuple[int, int], ...]:
        """The pairs whose ties are drawn, the strongest last."""
        return backbone(self.strength, self.most)

    @cached_property
    def divided(self) -> tuple[tuple[int, int], ...]:
        """The divided pairs that are drawn, those divided most of all first to stay."""
        many = np.triu(self.network.dividing(), 1)
        pairs = list(zip(*(each.tolist() for each in np.nonzero(many)), strict=True))
        return tuple(sorted(pairs, key=lambda pair: (-many[pair], pair))[:_MOST_DIVIDED][::-1])

    @cached_property
    def bloc_of(self) -> dict[str, int]:
        """The bloc of each state that is in one of at least three."""
        blocs = enumerate(blocs_of(self.division))
        return {self.network.states[row]: number for number, bloc in blocs for row in bloc}

    @cached_property
    def standing(self) -> list[str]:
        """The states with a tie, which stand in the field; the others are named below it."""
        any_tie = (self.network.binding() + self.network.dividing()) > 0
        return [self.network.states[row] for row in np.flatnonzero(any_tie.any(axis=1))]


def draw_node_link(network: Network, places: Places | None = None, most: int = MOST_TIES) -> str:
    """The picture as SVG; states stand where `places` says, so that pictures of several years can be laid side by side.

    >>> from comity.network.graph import Layer
    >>> held = Layer("alliance", np.array([[0.0, 1.0], [1.0, 0.0]]))
    >>> "France" in draw_node_link(Network((2010, 2010), ("FRA", "USA"), {"alliance": held}))
    True
    """
    drawn = Drawn(network, places or layout([network]), most)
    under = _under(drawn)
    below, bottom = stacked(
        drawn.places.bottom + 26,
        (
            lambda top: _apart(drawn, top),
            lambda top: layer_legend(network.layers.values(), top),
            lambda top: bloc_legend(network, drawn.division, top),
            lambda top: foot(top, _notes(drawn)),
        ),
    )
    title = f"Ties between states, {years_of(network.years)}"
    parts = [heading(title, under), _hulls(drawn), _lines(drawn), _labels(drawn), _letters(drawn), below]
    return page(title, f"{under} {' '.join(_notes(drawn))}", bottom + 8, parts)


def _under(drawn: Drawn) -> str:
    """How many of the ties are drawn."""
    bound = int(np.count_nonzero(drawn.strength)) // 2
    divided = int(np.count_nonzero(drawn.network.dividing())) // 2
    said = []
    for shown, count, what in ((len(drawn.bound), bound, "bound"), (len(drawn.divided), divided, "divided")):
        if shown < count:
            said.append(f"the strongest {shown:,} of {count:,} {what} pairs")
        elif count:
            said.append(counted(count, f"{what} pair"))
    listed = " and ".join(said) or "no tie is known"
    return f"{listed[0].upper()}{listed[1:]} of {counted(len(drawn.network), 'state')}."


def _notes(drawn: Drawn) -> list[str]:
    bound = int(np.count_nonzero(drawn.strength)) // 2
    found = [
        "A pair of which nothing is known is drawn like one without a tie; the shares above say how many are known."
    ]
    if len(drawn.bound) < bound:
        found[0] = (
            "Drawn are the strongest ties that join all states, then those that carry more of a state’s ties than "
            "chance would give them (disparity filter). " + found[0]
        )
    return [*found, sources_line([drawn.network])]


def _hulls(drawn: Drawn) -> str:
    members: dict[int, list[str]] = defaultdict(list)
    for state, bloc in drawn.bloc_of.items():
        members[bloc].append(state)
    shapes = []
    if len(members) == 1 and len(drawn.bloc_of) == len(drawn.standing):
        return ""  # one bloc of everybody needs no hull
    for bloc, held in members.items():
        others = [drawn.places.at[state] for state in drawn.standing if drawn.bloc_of.get(state) != bloc]
        wide = [label_width(drawn.places.words[state], drawn.places.size) for state in held]
        marks = [(drawn.places.at[state], width) for state, width in zip(held, wide, strict=True)]
        shapes.append(bloc_shape(marks, others, BLOCS[bloc % len(BLOCS)]))
    return f'<g fill="none" stroke-linecap="round" stroke-linejoin="round">{"".join(shapes)}</g>'


def _lines(drawn: Drawn) -> str:
    """Lines of one look in one path; the strongest pairs last, and what divides above what binds."""
    paths: dict[tuple[int, bool, str], list[str]] = defaultdict(list)
    is_crowded = len(drawn.bound) > _CROWD
    for pairs, sign in ((drawn.bound, 1), (drawn.divided, -1)):
        layers = [layer for layer in drawn.network.layers.values() if layer.sign == sign]
        for rank, (a, b) in enumerate(pairs):
            held = [layer.name for layer in layers if layer.tied[a, b]]
            third = 3 if sign < 0 else 3 * rank // len(pairs)
            one, other = (drawn.network.states[end] for end in (a, b))
            bend = 0.0 if is_crowded and sign > 0 else bend_around(drawn.places, drawn.standing, (one, other))
            ends = drawn.places.at[one], drawn.places.at[other]
            is_short = float(np.hypot(*np.subtract(*ends))) <= _FAR
            for strand, name in enumerate(held):
                # The lines of one pair lie side by side.
                away = (strand - (len(held) - 1) / 2) * (2.0 if is_crowded else 3.0)
                paths[third, is_short, name].append(curve(ends, away, bend))
    shapes = [_lines_of(look, made, is_crowded) for look, made in sorted(paths.items(), key=lambda held: held[0][:2])]
    return f'<g fill="none">{"".join(shapes)}</g>'


def _lines_of(look: tuple[int, bool, str], made: list[str], is_crowded: bool) -> str:
    """One path; in a crowd weak lines and long ones step back, so that the others are seen through them."""
    third, is_short, name = look
    color, dash = stroke_of(name)
    wide, thick = (_WIDTHS[third], (0.45, 0.6, 0.85, 0.9)[third]) if is_crowded else (1.7, 0.9)
    thick *= 1.0 if is_short or not is_crowded else 0.6
    broken = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{"".join(made)}" stroke="{color}" stroke-width="{wide}" stroke-opacity="{thick:.2f}"{broken}/>'


def _labels(drawn: Drawn) -> str:
    shapes = []
    reach = np.round(drawn.strength.sum(axis=1), 9)
    strong = set(np.argsort(-reach, kind="stable")[: max(6, len(drawn.standing) // 6)].tolist())
    for state in drawn.standing:
        left, top, right, bottom = drawn.places.box(state)
        bloc = drawn.bloc_of.get(state)
        edge = FAINT if bloc is None else BLOCS[bloc % len(BLOCS)]
        is_strong = drawn.network.states.index(state) in strong
        shapes.append(
            f'<rect x="{number(left)}" y="{number(top)}" width="{number(right - left)}" '
            f'height="{number(bottom - top)}" rx="4" fill="{PAPER}" stroke="{edge}" '
            f'stroke-width="{1.6 if is_strong else 0.9}"/>'
            + text(
                ((left + right) / 2, bottom - (drawn.places.size * 0.3 + 1)),
                drawn.places.words[state],
                drawn.places.size,
                anchor="middle",
                font_weight="700" if is_strong else "400",
            )
        )
    return "".join(shapes)


def _letters(drawn: Drawn) -> str:
    boxes = [drawn.places.box(state) for state in drawn.standing]
    members: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for state, bloc in drawn.bloc_of.items():
        members[bloc].append(drawn.places.at[state])
    found = letter_places(members, boxes, (MARGIN, HEADING, MARGIN + INSIDE, drawn.places.bottom + 20))
    return "".join(badge(place, bloc) for bloc, place in found.items())


def _apart(drawn: Drawn, top: float) -> tuple[str, float]:
    """The states without a tie, set apart in rows."""
    alone = [state for state in drawn.network.states if state not in set(drawn.standing)]
    if not alone:
        return f'<path d="M{MARGIN} {number(top)}h{INSIDE}" stroke="{RULE}"/>', 14
    said = f"{counted(len(alone), 'state')} without a known tie:"
    lines = wrapped(f"{said} {' '.join(alone)}", 11, INSIDE)
    shapes = [f'<path d="M{MARGIN} {number(top)}h{INSIDE}" stroke="{RULE}"/>']
    shapes += [text((MARGIN, top + 20 + 15 * row), line, 11, fill=MUTED) for row, line in enumerate(lines)]
    return "".join(shapes), 15.0 * len(lines) + 22
