"""What the lists of claims leave out: where the register looks, and areas in dispute on the map that none holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from comity.brief.basis import Basis, Query, query_of
from comity.brief.blocks import Block, Note
from comity.brief.facts import Fact
from comity.brief.keeping import kept
from comity.brief.mapping import is_within
from comity.brief.subject import Subject, once
from comity.brief.wording import listed
from comity.vocab.register import SOURCE as REGISTER

if TYPE_CHECKING:
    from comity.vocab.geometry.areas import DisputedArea

_FEW = 4  # of more regions those without a claim are told, if they are the fewer
_LOOKED_AT = """
    SELECT name, region IN (SELECT unnest(regions) FROM core.territorial_claim WHERE source = $register) AS is_held
    FROM core.region ORDER BY ALL
"""


def unlisted(subject: Subject, held: Sequence[Fact]) -> list[Block]:
    """Where the register collects claims, and the subject's disputed areas of the map that are not among some facts.

    Nothing where the register is not loaded or holds no claim of a region.
    """
    regions, others, query = _looked_at(subject)
    areas = [area for area in areas_of(subject) if not any(_is_of(area, fact) for fact in held)]
    if not regions or (held and not areas and subject.kind == "region"):
        return []
    text = f"The register holds some of the best-known claims of {_regions_text(regions, others)}."
    if areas:
        where = "In dispute on the map, whose lines are of today, and not among the claims told of here"
        text += f" {where}: {_told(areas)}."
    rows = tuple({"name": area.name, "claims": list(area.claims)} for area in areas)
    maps = Query("comity.vocab.geometry.areas.disputed_areas()")
    how = "Regions with claims of the register and without; then areas of the map that the subject’s states claim."
    basis = Basis(how, (query, maps), rows, (("regions", list(regions)), ("others", list(others))))
    return [Note(text=text, cites=(REGISTER,), as_of="map as shipped with this version", basis=basis)]


def areas_of(subject: Subject) -> list[DisputedArea]:
    """The disputed areas of the map that a state claims, both of a pair, or any of a region within its frame."""
    from comity.vocab.geometry.areas import disputed_areas

    asked = set(subject.partners if subject.kind == "comparison" else subject.states)
    if subject.kind == "pair":
        return [area for area in disputed_areas() if asked <= set(area.claims)]
    return [area for area in disputed_areas() if asked & set(area.claims) and _is_inside(subject, area)]


@once
def _looked_at(subject: Subject) -> tuple[tuple[str, ...], tuple[str, ...], Query]:
    """The regions with claims in the register, and those without: kept beside the store, as every brief asks."""
    given = {"register": REGISTER}
    found: list[tuple[str, bool]] = kept(
        subject,
        "regions-of-claims",
        lambda: [(row["name"], row["is_held"]) for row in subject.ask(_LOOKED_AT, **given)],
    )
    held, others = (tuple(name for name, is_held in found if is_held is wanted) for wanted in (True, False))
    return held, others, query_of(_LOOKED_AT, given)


def _regions_text(held: Sequence[str], others: Sequence[str]) -> str:
    """Some regions in words, the shorter way.

    >>> _regions_text(["East", "West"], ["North"])
    'East and West'
    >>> _regions_text(list("ABCDEF"), ["North"])
    'most of its regions (none of these: North)'
    """
    if len(held) <= max(_FEW, len(others)):
        return listed(held)
    return f"most of its regions (none of these: {listed(others)})" if others else "all its regions"


def _is_inside(subject: Subject, area: DisputedArea) -> bool:
    return subject.frame is None or is_within(subject.frame, *area.at)


def _is_of(area: DisputedArea, fact: Fact) -> bool:
    """Whether a listed claim is to an area: all its claimants are parties, and its name is one of the area's."""
    return set(area.claims) <= {party.code for party in fact.parties} and area.is_named(fact["name"])


def _told(areas: Sequence[DisputedArea]) -> str:
    """The areas by name, parted by semicolons, for their names hold commas.

    >>> from comity.vocab.geometry.areas import disputed_areas
    >>> _told([area for area in disputed_areas() if area.unit in ("CRM", "ABY")])
    'Crimea (Russia, Ukraine); Abyei (South Sudan, Sudan)'
    """
    return "; ".join(area.name for area in areas)
