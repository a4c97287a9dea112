"""What stands under a picture: the layers and how they are drawn, the blocs, and how much is known, from where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from comity.network.blocs import Communities
from comity.network.graph import Layer, Network
from comity.network.pictures.backbone import strength
from comity.network.pictures.canvas import INSIDE, MARGIN, number, paragraph, text, text_width
from comity.network.pictures.style import BLOCS, INK, MUTED, PAPER, stroke_of, tint

SYSTEMS = {"cow": "Correlates of War", "gw": "Gleditsch and Ward"}
LEAST_BLOC = 3  # two states that share a tie are no bloc
_FIRST = 5  # so many states of a bloc are named
Part = tuple[str, float]  # what is drawn, and how high it is


def years_of(years: tuple[int, int]) -> str:
    """A year, or a window of years, in words.

    >>> years_of((2010, 2010)), years_of((1990, 2010))
    ('2010', '1990–2010')
    """
    return str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"


def share_of(share: float) -> str:
    """A share as a whole percentage; what is more than none is not said to be none, nor less than all to be all.

    >>> [share_of(share) for share in (0, 0.001, 0.07, 0.9999, 1)]
    ['0 %', 'under 1 %', '7 %', '99 %', '100 %']
    """
    if 0 < share < 0.01:
        return "under 1 %"
    return f"{min(round(share * 100), 99) if share < 1 else 100} %"


def plain(name: str) -> str:
    """The name of a layer in words.

    >>> plain("information_sharing")
    'information sharing'
    """
    return name.replace("_", " ")


def counted(count: int, one: str, many: str = "") -> str:
    """A count and its noun.

    >>> counted(1, "tie"), counted(3967, "tie")
    ('1 tie', '3,967 ties')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def layer_legend(layers: Iterable[Layer], top: float) -> Part:
    """A line of each layer as it is drawn, its ties, and of how many pairs it is known whether they are tied."""
    parts, x, y = [], float(MARGIN), top + 13
    for layer in layers:
        said = f"{counted(layer.tie_count, 'tie')}, {share_of(layer.known_share)} of pairs known"
        if not layer.known_share:
            said = "unknown"
        name = plain(layer.name)
        wide = 42 + text_width(name, 12, is_bold=True) + 7 + text_width(said, 11) + 26
        if x > MARGIN and x + wide > MARGIN + INSIDE + 26:
            x, y = float(MARGIN), y + 20
        color, dash = stroke_of(layer.name)
        look = f'stroke="{color}" stroke-width="2.4"' + (f' stroke-dasharray="{dash}"' if dash else "")
        parts.append(f'<path d="M{number(x)} {number(y - 4)}h34" {look}/>')
        parts.append(text((x + 42, y), name, 12, font_weight="700"))
        parts.append(text((x + 49 + text_width(name, 12, is_bold=True), y), said, 11, fill=MUTED))
        x += wide
    return "".join(parts), y + 8 - top


def sources_line(networks: Sequence[Network]) -> str:
    """Where the ties are from, when, and among which states."""
    sources = sorted({source for network in networks for layer in network.layers.values() for source in layer.sources})
    system = SYSTEMS.get(networks[0].system, networks[0].system)
    years = years_of((networks[0].years[0], networks[-1].years[1]))
    return f"Sources: {', '.join(sources) or 'none that knows these years'}. Years: {years}. States: {system}."


def foot(top: float, parts: Iterable[str]) -> Part:
    """Paragraphs one under the other."""
    drawn, y = [], top
    for said in parts:
        shape, tall = paragraph((MARGIN, y), said)
        drawn.append(shape)
        y += tall + 3
    return "".join(drawn), y - top


def stacked(top: float, makers: Iterable[Callable[[float], Part]]) -> Part:
    """Parts one under the other, each made for where it begins, and where the last one ends."""
    drawn, y = [], top
    for make in makers:
        shape, tall = make(y)
        drawn.append(shape)
        y += tall + 6 if tall else 0
    return "".join(drawn), y


def blocs_of(division: Communities) -> list[tuple[int, ...]]:
    """The blocs that are shown as such."""
    return [bloc for bloc in division.blocs if len(bloc) >= LEAST_BLOC]


def bloc_legend(network: Network, division: Communities, top: float) -> Part:
    """The letter of each bloc, how many states it has, and those that are tied most inside it."""
    shapes, x, y = [], float(MARGIN), top + 10
    inside, blocs = strength(network), blocs_of(division)
    if not blocs:
        return "", 0.0
    for bloc, rows in enumerate(blocs):
        held = np.round(inside[np.ix_(rows, rows)].sum(axis=1), 9)
        first = [network.states[rows[place]] for place in np.argsort(-held, kind="stable")[:_FIRST]]
        said = f"{len(rows)} states: {' '.join(first)}{' …' if len(rows) > _FIRST else ''}"
        wide = 42 + text_width(said, 11) + 24
        if x > MARGIN and x + wide > MARGIN + INSIDE + 24:
            x, y = float(MARGIN), y + 22
        color, pill = (
            BLOCS[bloc % len(BLOCS)],
            f'<rect x="{number(x)}" y="{number(y - 9)}" width="34" height="18" rx="9"',
        )
        shapes.append(f'{pill} fill="{tint(color, 0.16)}"/>{badge((x + 9, y), bloc)}{text((x + 42, y + 4), said, 11)}')
        x += wide
    how = "Blocs have more ties inside than chance would give (Leiden; three states or more)"
    said, tall = foot(y + 14, [f"{how}; agreement of ten runs {division.stability:.2f} of 1."])
    return "".join(shapes) + said, y + 14 + tall - top


def letter_of(bloc: int) -> str:
    """The letter that names a bloc: A is the largest, and AA follows Z.

    >>> letter_of(0), letter_of(25), letter_of(26)
    ('A', 'Z', 'AA')
    """
    return (letter_of(bloc // 26 - 1) if bloc >= 26 else "") + chr(ord("A") + bloc % 26)


def badge(place: tuple[float, float], bloc: int, color: str = "") -> str:
    """The letter of a bloc in a ring of its color."""
    x, y = place
    letter = letter_of(bloc)
    ring = f'r="8.5" fill="{PAPER}" stroke="{color or BLOCS[bloc % len(BLOCS)]}" stroke-width="2"'
    said = text((x, y + 4), letter, 11 if len(letter) == 1 else 8.5, fill=INK, font_weight="700", anchor="middle")
    return f'<circle cx="{number(x)}" cy="{number(y)}" {ring}/>{said}'
