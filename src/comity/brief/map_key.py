"""What the colors and marks of a map mean: its shades as a list of words, the rest as a line below the picture.

A list can show a color but no form; so what differs by form (a circle, an outline, hatching) is explained in the
picture itself, and looks the same on a page, on paper and in a document.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from comity.brief.blocks import Map
from comity.brief.map_marks import MARKS, TINY, has_room, mark_size, tiny_seen
from comity.brief.map_style import CONTESTED, FONT, HATCH, LAND, LEAST_LETTERS, OUTLINE, fill_of, shade
from comity.brief.mapping import marked
from comity.brief.palette import INK, MUTED
from comity.brief.projection import Frame, Projection
from comity.brief.wording import plain, sentence_start
from comity.vocab.geometry.locating import unit_at
from comity.vocab.geometry.outlines import SEA, world
from comity.vocab.states import state

LINE = 21.0  # the height of a line of the key
_ABOVE = 9.0  # the room between the map and its key
_BETWEEN, _AFTER_FORM = 20.0, 6.0
_LETTER = 0.53  # how wide a letter is, in parts of its height
_NEAR_DEGREES, _LOOKS = 30.0, 30
_STEPS = (5, 10, 20, 50, 100, 200, 500, 1000)
_WORDS = {"engagement": "engagements", "incident": "incidents", "place": "named features"}


@dataclass(frozen=True)
class Piece:
    """One part of an entry: a form as SVG around its own middle, or words where it is none; and how wide it is."""

    wide: float
    form: str = ""
    text: str = ""


Entry = tuple[Piece, ...]


def map_legend(block: Map) -> list[tuple[str, str]]:
    """The words and colors of all the shades a map may take; nothing where it shades no state."""
    entries: list[tuple[str, str]] = []
    if not _has_others(block.frame, block.own):
        return entries
    for place, least in enumerate(block.classes):
        above = block.classes[place + 1] - 1 if place + 1 < len(block.classes) else None
        span = f"{least:,}" if above == least else f"{least:,} or more" if above is None else f"{least:,}–{above:,}"
        entries.append((span if entries else sentence_start(f"{block.unit}: {span}"), shade(block, least)))
    return [*entries, ("none listed", LAND)] if entries else []


@lru_cache(maxsize=64)
def _has_others(frame: Frame, own: tuple[str, ...]) -> bool:
    """Whether there is land in a frame besides that of some states, which bears no shade; a wide frame always has."""
    west, south, east, north = frame
    if not own or east - west > _NEAR_DEGREES:
        return True
    steps = [(number + 0.5) / _LOOKS for number in range(_LOOKS)]
    looks = ((south + (north - south) * up, west + (east - west) * along) for up in steps for along in steps)
    units = {unit_at(round(latitude, 2), round((longitude + 180) % 360 - 180, 2)) for latitude, longitude in looks}
    return any(not set(world().units[unit].claims) <= {*own} for unit in units if unit != SEA)


def key_entries(block: Map, projection: Projection, seen: Collection[str], hatch: str) -> list[Entry]:
    """What a map shows besides its shades, each with its form.

    `seen` are the colors of land in the picture; `hatch` names the pattern of disputed land where any is in sight.
    """
    entries: list[Entry] = []
    line = f'stroke="{INK}" stroke-width="{OUTLINE}"'
    own = {code: fill_of(block, code, 0) for code in block.own}
    entries += [(_swatch(fill, line), _words(state(code).name)) for code, fill in own.items() if fill in seen]
    if hatch:
        dashed = f'stroke="{INK}" stroke-width="0.9" stroke-dasharray="3 2.5"'
        entries.append((_swatch(f"url(#{hatch})", dashed), _words("disputed")))
    whats = marked((point for panel in block.panels for point in panel.points), block.frame)
    entries += [_of_marks(block, what) for what in _WORDS if what in whats and has_room(block, projection)]
    if tiny_seen(block, projection):
        fill = shade(block, block.classes[len(block.classes) // 2]) if block.classes else LAND
        form = f'<path d="{_outline("square", TINY)}" fill="{fill}" stroke="{MUTED}" stroke-width="0.8"/>'
        entries.append((Piece(_across(TINY), form), _words("state too small to be shaded")))
    return entries


def key_svg(entries: Sequence[Entry], top: float, width: float) -> tuple[str, float]:
    """The entries below a map whose foot is at `top`, each a picture of its own, in lines of a width; their height."""
    if not entries:
        return "", 0.0
    parts: list[str] = []
    across, line = 0.0, 0
    for entry in entries:
        wide = sum(piece.wide for piece in entry) + _AFTER_FORM * (len(entry) - 1)
        if across and across + wide > width:
            across, line = 0.0, line + 1
        size = f'width="{wide + 2:.1f}" height="{LINE:g}"'
        at = f'x="{across:.1f}" y="{top + _ABOVE + line * LINE:.1f}"'
        parts.append(f'<svg class="entry" {at} {size} overflow="visible">{"".join(_drawn(entry, 1, LINE / 2))}</svg>')
        across += wide + _BETWEEN
    return "".join(parts), _ABOVE + (line + 1) * LINE


def hatching(name: str) -> str:
    """The pattern of disputed land, to be defined once in a picture."""
    lines = f'<path d="M0 5L5 0M-1 1L1 -1M4 6L6 4" stroke="{HATCH}" stroke-width="1"/>'
    ground = f'<rect width="5" height="5" fill="{CONTESTED}"/>'
    box = 'width="5" height="5" patternUnits="userSpaceOnUse"'
    return f'<defs><pattern id="{name}" {box}>{ground}{lines}</pattern></defs>'


def _drawn(entry: Entry, left: float, middle: float) -> Iterator[str]:
    for piece in entry:
        if piece.form:
            yield f'<g transform="translate({left + piece.wide / 2:.1f} {middle:.1f})">{piece.form}</g>'
        else:
            style = f'font-family="{escape(FONT)}" font-size="{LEAST_LETTERS}" fill="{MUTED}"'
            yield f'<text x="{left:.1f}" y="{middle + 3.7:.1f}" {style}>{escape(piece.text)}</text>'
        left += piece.wide + _AFTER_FORM


def _words(text: str) -> Piece:
    told = plain(text)
    return Piece(len(told) * _LETTER * LEAST_LETTERS, text=told)


def _swatch(fill: str, line: str) -> Piece:
    return Piece(15.0, f'<rect x="-7" y="-5" width="14" height="10" fill="{fill}" {line}/>')


def _of_marks(block: Map, what: str) -> Entry:
    """A mark with what it stands for; where marks differ in size, a small and a large one with their numbers."""
    shape, color = MARKS[what]
    counts = [point.count for panel in block.panels for point in panel.points if point.what == what]
    most = max(counts)
    sizes = [1, max((step for step in _STEPS if step <= most), default=most)] if most > 1 else [most]
    pieces: list[Piece] = []
    for count in sizes:
        area = mark_size(block, what, count)
        form = f'<path d="{_outline(shape, area)}" fill="{color}" stroke="#ffffff" stroke-width="0.9"/>'
        pieces.append(Piece(_across(area), form))
        if len(sizes) > 1:
            pieces.append(_words(f"{count:,}"))
    return (*pieces, _words(_WORDS[what]))


def _across(area: float) -> float:
    return math.sqrt(area) + 3


def _outline(shape: str, area: float) -> str:
    """A form of an area in square pixels around 0, as the charting library draws it."""
    if shape == "circle":
        radius = math.sqrt(area) / 2
        arc = f"A{radius:.1f} {radius:.1f} 0 1 1"
        return f"M{-radius:.1f} 0{arc} {radius:.1f} 0{arc} {-radius:.1f} 0Z"
    half = math.sqrt(area) / 2
    if shape == "square":
        return f"M{-half:.1f} {-half:.1f}H{half:.1f}V{half:.1f}H{-half:.1f}Z"
    if shape == "triangle-up":
        return f"M{-half:.1f} {half * 0.87:.1f}H{half:.1f}L0 {-half * 0.87:.1f}Z"
    return f"M0 {-half:.1f}L{half:.1f} 0L0 {half:.1f}L{-half:.1f} 0Z"
