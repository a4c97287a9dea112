"""What the lists of claims leave out: where the register looks, and areas in dispute on the map that none holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from comity.brief.basis import Basis, Query, query_of
from comity.brief.blocks import Block, Note
from comity.brief.facts import Fact
from comity.brief.keeping import kept
from comity.brief.subject import Subject, once
from comity.brief.wording import listed
from comity.vocab.register import SOURCE as REGISTER

if TYPE_CHECKING:
    from comity.vocab.geometry.areas import DisputedArea

_WORD = re.compile(r"\w{4,}")
_LOOKED_AT = """
    SELECT DISTINCT region.name FROM (
        SELECT DISTINCT unnest(regions) AS region FROM core.territorial_claim WHERE source = $register)
    JOIN core.region AS region USING (region) ORDER BY ALL
"""


def unlisted(subject: Subject, held: Sequence[Fact]) -> list[Block]:
    """Where the register collects claims, and the subject's disputed areas of the map that are not among some facts.

    Nothing where the register is not loaded or holds no claim of a region.
    """
    regions, query = _looked_at(subject)
    areas = [area for area in areas_of(subject) if not any(_is_of(area, fact) for fact in held)]
    if not regions or (held and not areas and subject.kind == "region"):
        return []
    text = f"The register collects claims in these regions alone: {listed(regions)}."
    if areas:
        where = "In dispute on the map, whose lines are of today, and not among the claims told of here"
        text += f" {where}: {_told(areas)}."
    rows = tuple({"name": area.name, "claims": list(area.claims)} for area in areas)
    maps = Query("comity.vocab.geometry.areas.disputed_areas()")
    how = "The regions of the register’s claims; then the areas of the shipped map that the subject’s states claim."
    basis = Basis(how, (query, maps), rows, (("regions", list(regions)),))
    return [Note(text=text, cites=(REGISTER,), as_of="map as shipped with this version", basis=basis)]


def areas_of(subject: Subject) -> list[DisputedArea]:
    """The disputed areas of the map that a state claims, both of a pair, or any of a region within its frame."""
    from comity.vocab.geometry.areas import disputed_areas

    asked = set(subject.partners if subject.kind == "comparison" else subject.states)
    if subject.kind == "pair":
        return [area for area in disputed_areas() if asked <= set(area.claims)]
    return [area for area in disputed_areas() if asked & set(area.claims) and _is_inside(subject, area)]


@once
def _looked_at(subject: Subject) -> tuple[tuple[str, ...], Query]:
    """The regions of the register's claims, kept beside the store: every brief asks for them."""
    given = {"register": REGISTER}
    names: list[str] = kept(subject, "claim-regions", lambda: [row["name"] for row in subject.ask(_LOOKED_AT, **given)])
    return tuple(names), query_of(_LOOKED_AT, given)


def _is_inside(subject: Subject, area: DisputedArea) -> bool:
    if subject.frame is None:
        return True
    west, south, east, north = subject.frame
    longitude, latitude = area.at
    is_between = west <= longitude <= east if west <= east else longitude >= west or longitude <= east
    return is_between and south <= latitude <= north


def _is_of(area: DisputedArea, fact: Fact) -> bool:
    """Whether a listed claim is to an area: all its claimants are parties, and its name shares a word with it."""
    if not set(area.claims) <= {party.code for party in fact.parties}:
        return False
    words = {word.casefold() for word in _WORD.findall(area.name.partition("(")[0])}
    return bool(words & {word.casefold() for word in _WORD.findall(fact["name"])})


def _told(areas: Sequence[DisputedArea]) -> str:
    """The areas by name, parted by semicolons, for their names hold commas.

    >>> from comity.vocab.geometry.areas import disputed_areas
    >>> _told([area for area in disputed_areas() if area.unit in ("CRM", "ABY")])
    'Crimea (Russia, Ukraine); Abyei (South Sudan, Sudan)'
    """
    return "; ".join(area.name for area in areas)
