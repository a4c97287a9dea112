"""One record, or one edition of a series, found by the name that a person gives it: IDENTIFIER or SERIES/EDITION."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from comity.errors import BadRequest
from comity.record.parties import slug
from comity.record.reading import Filed
from comity.record.shape import Edition, Series


@dataclass(frozen=True)
class Found:
    """A record, and the place of the edition in it when one is meant."""

    item: Filed
    place: int | None

    @property
    def name(self) -> str:
        """The name by which it is found again."""
        return self.item.identifier if self.place is None else f"{self.item.identifier}/{slug(self.content.name)}"

    @property
    def content(self) -> Any:
        """What the name means: the edition, or the record as a whole."""
        whole = self.item.content
        return whole.editions[self.place] if self.place is not None and isinstance(whole, Series) else whole


def find(filed: Iterable[Filed], name: str) -> Found:
    """The record or edition of this name; BadRequest when there is none."""
    whole, _, part = name.partition("/")
    item = next((item for item in filed if item.identifier == whole), None)
    if item is None:
        raise BadRequest(f"there is no record {whole!r}; `comity record list` names them")
    if not part:
        return Found(item, None)
    places = [place for place, held in enumerate(getattr(item.content, "editions", [])) if slug(held.name) == part]
    if not places:
        raise BadRequest(f"the record {whole!r} has no edition {part!r}")
    return Found(item, places[0])


def with_edition_at(series: Any, place: int, edition: Edition | None) -> Any:
    """A series with the edition at a place put in, or taken out; a place past the last adds it."""
    editions = [*series.editions[:place], *([edition] if edition else []), *series.editions[place + 1 :]]
    return msgspec.structs.replace(series, editions=editions)
