"""A second, nearer map where the marks of the first lie so close together that they cover what is below them."""

from __future__ import annotations

from collections.abc import Sequence

from comity.brief.blocks import Block, Map, Panel, Shade
from comity.brief.facts import Fact, sources_of
from comity.brief.knowledge import latest
from comity.brief.mapping import classes_in, frame_of, is_within, points
from comity.brief.projection import Frame
from comity.brief.resting import rests_on
from comity.brief.subject import Subject
from comity.brief.wording import counted, years_text
from comity.vocab.geometry.outlines import ATTRIBUTION, EDITION

_LEAST = 5  # incidents with a position; fewer are told better by the table
_NEARER = 4  # how many times wider the first map is at least


def close_up(
    subject: Subject, frame: Frame, shades: tuple[Shade, ...], own: tuple[str, ...], facts: tuple[Sequence[Fact], ...]
) -> list[Block]:
    """The map around most incidents, where all but a few lie in a small part of a frame; `facts` ends with these.

    It shades states as the first map does and marks what lies in its own frame.
    """
    recent, lately = facts
    placed = [fact for fact in lately if fact["latitude"] is not None]
    if len(placed) < _LEAST:
        return []
    near = frame_of((), points(placed, "incident", frame))
    if (near[2] - near[0]) * _NEARER > frame[2] - frame[0]:
        return []
    return [_map(subject, shades, own, (recent, placed), (near, frame))]


def _map(
    subject: Subject,
    shades: tuple[Shade, ...],
    own: tuple[str, ...],
    facts: tuple[Sequence[Fact], ...],
    frames: tuple[Frame, Frame],
) -> Map:
    """The nearer map of engagements and incidents with a position; the second frame is that of the first map."""
    near, wide = frames
    recent, placed = facts
    acts = [fact for fact in recent if fact["latitude"] is not None and _is_in(near, fact)]
    incidents = [fact for fact in placed if _is_in(near, fact)]
    marks = (*points(acts, "engagement", near), *points(incidents, "incident", near))
    shown = [*acts, *incidents]
    years = years_text(subject.window)
    return Map(
        title=f"Where most incidents were, {years}",
        frame=near,
        panels=(Panel(years, shades, marks),),
        classes=classes_in(shades, wide),
        unit="engagements",
        named=(),
        own=own,
        description=f"A part of the map above, in which {len(incidents)} of the {counted(len(placed), 'incident')} "
        f"with a position lie. Shades and marks are as there. {ATTRIBUTION}.",
        cites=sources_of(shown),
        as_of=latest(shown),
        basis=rests_on(
            "Incidents and engagements whose position lies in the frame.",
            shown,
            window=list(subject.window),
            incidents=len(incidents),
            placed=len(placed),
            frame=list(near),
            geometry=EDITION,
        ),
    )


def _is_in(frame: Frame, fact: Fact) -> bool:
    return is_within(frame, fact["longitude"], fact["latitude"])
