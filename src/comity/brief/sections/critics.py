"""What critics point to in a case, and which data speak to each point: none is a verdict."""

from __future__ import annotations

from comity.brief.basis import joined
from comity.brief.blocks import Block, Column, Row, Table
from comity.brief.criticism import points
from comity.brief.knowledge import horizon
from comity.brief.registry import section
from comity.brief.subject import Subject


@section("What critics point to", order=66, kinds=("case",))
def critics(subject: Subject) -> list[Block]:
    """Each point that the record of the case names beside the data that speak to it; nothing where it names none."""
    found = tuple(points(subject))
    if not found:
        return []
    cites = tuple(sorted({key for point in found for key in point.cites}))
    return [
        Table(
            title="Points of criticism, and the data there are",
            columns=(Column("Worry"), Column("What the data say", "words"), Column("What they do not say", "words")),
            rows=tuple(Row(cells=(point.worry, point.data, point.missing), refs=point.cites) for point in found),
            note="The points are those that the record of the case names. A number here neither bears a worry out nor "
            "removes it.",
            null_means="nothing in the loaded sources",
            cites=cites,
            as_of=horizon(subject, cites),
            basis=joined(point.basis for point in found),
        )
    ]
