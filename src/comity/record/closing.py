"""Closing what was planned, under way or in force: how it came out, written into the record or over a shipped one.

What was recorded before and is now told otherwise loses the evidence it had; where nothing else supports what is told
now, the record is marked unverified.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from comity.errors import BadRequest, RecordError
from comity.record.evidence import SUPPORTED, tried, unsupported
from comity.record.finding import Found, find, with_edition_at
from comity.record.history import Change, FieldChange, field_changes
from comity.record.parties import as_party, slug
from comity.record.reading import Filed
from comity.record.shape import (
    Agreement,
    Channel,
    Edition,
    Engagement,
    Evidence,
    Organisation,
    Party,
    Presence,
    Programme,
    Series,
)
from comity.record.shelf import Shelf
from comity.record.writing import record_text
from comity.vocab.dates import dated
from comity.vocab.register import OVERRIDES

# How each kind of record may be closed.
CLOSINGS: Mapping[type, tuple[str, ...]] = {
    Engagement: ("completed", "cancelled", "postponed"),
    Edition: ("completed", "cancelled", "postponed"),
    Programme: ("completed", "cancelled"),
    Agreement: ("terminated", "superseded"),
    Channel: ("closed",),
    Presence: ("terminated",),
    Organisation: ("terminated",),
}
_NOT_HELD = ("cancelled", "postponed")  # these need no last day
_EDITION = re.compile(r"^editions\[\d+\]\.")
_FIELDS = ("end_date", "note")  # what may be told at any close, and of an engagement
_FIELDS_HELD = (*_FIELDS, "start_date", "parties", "personnel_count", "outcome", "product", "lessons")


@dataclass(frozen=True, kw_only=True)
class Closing:
    """How something came out; what is not told stays as it is recorded."""

    status: str | None = None  # only what is closed again may leave it out
    fields: Mapping[str, Any] = field(default_factory=dict)  # plain values by field, such as end_date or outcome
    personnel: Mapping[str, int] = field(default_factory=dict)  # number of people, by party
    evidence: Mapping[str, Any] | None = None  # one piece, without what it supports


@dataclass(frozen=True)
class Closed:
    """What a close-out changes: the file, its text, and the record or edition before and after."""

    path: Path
    text: str
    change: Change

    @property
    def fields(self) -> dict[str, FieldChange]:
        """What changed, by field."""
        return dict(field_changes(self.change)).get(self.change.identifier, {})


def closings(content: Any, name: str) -> tuple[str, ...]:
    """The words with which a record or edition may be closed; BadRequest where it has no end to be told."""
    if type(content) in CLOSINGS:
        return CLOSINGS[type(content)]
    if isinstance(content, Series):
        raise BadRequest(f"{name!r} is a series; close one of its editions, written {name}/EDITION")
    raise BadRequest(f"{name!r} is of kind {content.__struct_config__.tag}, which is not closed")


def fields_told(content: Any) -> tuple[str, ...]:
    """The fields that may be told when a record or edition is closed."""
    return _FIELDS_HELD if isinstance(content, Engagement | Edition) else _FIELDS


def is_closed(content: Any) -> bool:
    """Whether a record or edition says how it ended; what was postponed is open."""
    if isinstance(content, Presence | Organisation):
        return content.end_date is not None
    return content.status in {*CLOSINGS[type(content)]} - {"postponed"}


def close(shelf: Shelf, name: str, closing: Closing, *, today: date, again: bool = False) -> Closed:
    """What closing a record or edition changes, checked against the whole register; nothing is written.

    What is closed already is refused unless it is closed `again`; what ships is closed in a record of the shelf's own.
    """
    found = find(shelf.found()[0], name)
    check_open(found.content, name, again)
    _check_told(found.content, name, closing, again)
    after = _as_closed(found, closing)
    _check_end(name, closing, after, today)
    made, after = _filed(shelf, found, _with_evidence(found.content, after, closing.evidence))
    wrong = [problem.split(": ", 1)[1] for problem in shelf.new_problems([made])]
    if wrong:
        raise RecordError(f"{name}: {_EDITION.sub('', wrong[0])}")
    before = found.content
    if isinstance(before, Edition):  # whose label may have been that of its series, which is its own now
        before = msgspec.structs.replace(before, label=after.label)
    return Closed(shelf.folder / made.file, record_text(made.content, shelf.label), Change(name, before, after))


def check_open(content: Any, name: str, again: bool = False) -> None:
    """Refuse what has no end to be told, and, unless it is closed again, what is closed."""
    closings(content, name)
    if is_closed(content) and not again:
        raise BadRequest(f"{name!r} is closed already ({getattr(content, 'status', 'ended')}); --again closes it anew")


def _check_told(content: Any, name: str, closing: Closing, again: bool) -> None:
    allowed = closings(content, name)
    if closing.status is None and not (again and is_closed(content)):
        raise BadRequest(f"{name!r}: --status is missing: {', '.join(allowed)}")
    if closing.status not in (None, *allowed):
        raise BadRequest(f"{name!r}: --status {closing.status!r} is not one of {', '.join(allowed)}")
    for day in ("start_date", "end_date"):
        for problem in tried(day, partial(dated, closing.fields.get(day) or "2000")):
            raise BadRequest(f"{name!r}: {problem}")
    told = [*closing.fields, *(["personnel_count"] if closing.personnel else [])]
    strange = [field for field in told if field not in fields_told(content)]
    if strange:
        raise BadRequest(
            f"{name!r}: {strange[0]} is not told when this is closed, only {', '.join(fields_told(content))}"
        )


def _as_closed(found: Found, closing: Closing) -> Any:
    """The record or edition with what is told now."""
    before = found.content
    types = {field.name: field.type for field in msgspec.structs.fields(type(before))}
    told = {field: msgspec.convert(value, types[field]) for field, value in closing.fields.items()}
    if closing.status is not None and "status" in types:
        told["status"] = closing.status
    if closing.personnel:
        parties = told.get("parties") or before.parties or getattr(found.item.content, "parties", [])
        told["parties"] = _counted(parties, closing.personnel)
    edges = [edge for edge in ("start", "end") if f"{edge}_date" in told]
    return msgspec.structs.replace(before, **told, **{f"{edge}_precision": None for edge in edges})


def _counted(parties: list[str | Party], personnel: Mapping[str, int]) -> list[str | Party]:
    """The parties, with the number of people of those of whom it is told."""
    absent = [name for name in personnel if name not in {as_party(given).party for given in parties}]
    if absent:
        raise BadRequest(f"--personnel {absent[0]}: does not take part; --parties names all who did")
    return [
        msgspec.structs.replace(as_party(given), personnel_count=personnel[as_party(given).party])
        if as_party(given).party in personnel
        else given
        for given in parties
    ]


def _check_end(name: str, closing: Closing, after: Any, today: date) -> None:
    """What has ended has a last day, and that has come."""
    if closing.status in _NOT_HELD:
        return
    if after.end_date is None:
        raise BadRequest(f"{name!r}: --end is missing: the last day, such as {today} or {today:%Y-%m}")
    if dated(after.end_date).day > today:
        raise BadRequest(f"{name!r}: --end {after.end_date} has not come; what was done is told when it is over")


def _with_evidence(before: Any, after: Any, given: Mapping[str, Any] | None) -> Any:
    """The record with evidence for no more than it shows, and verified no further than that."""
    changed = [field for field in SUPPORTED if getattr(after, field, None) != getattr(before, field, None)]
    pieces = {}
    for piece in after.evidence:
        kept = [field for field in piece.supports if field not in changed]
        if kept:
            pieces[piece.url, piece.title] = msgspec.structs.replace(piece, supports=kept)
    if given is not None:
        bare = unsupported(msgspec.structs.replace(after, evidence=[*pieces.values()]))
        told = [field for field in bare if field in (*changed, *fields_told(after))]
        supports = [*(["status"] if hasattr(after, "status") else []), *told]
        piece = msgspec.convert(dict(given) | {"supports": supports}, Evidence)
        held = pieces.get((piece.url, piece.title))
        if held:
            piece = msgspec.structs.replace(piece, supports=[*dict.fromkeys([*held.supports, *supports])])
        pieces[piece.url, piece.title] = piece
    after = msgspec.structs.replace(after, evidence=[*pieces.values()], **_known(after))
    return msgspec.structs.replace(after, verification=_verified(before, after))


def _known(after: Any) -> dict[str, str]:
    """That something ended is known until then at least."""
    known, end = getattr(after, "known_until", None), after.end_date
    if known is None or end is None:
        return {}
    return {"known_until": max((known, end), key=lambda text: dated(text, "end").day)}


def _verified(before: Any, after: Any) -> str:
    """How far the record is verified: as before, but not where something lacks evidence, and again where none does."""
    if unsupported(after) or not after.evidence:
        return "unverified"
    if before.verification == "unverified" and not unsupported(before):
        return "unverified"  # for a reason that a page does not mend
    is_primary = any(piece.kind == "primary" for piece in after.evidence)
    return "primary" if is_primary and before.verification != "secondary" else "secondary"


def _filed(shelf: Shelf, found: Found, after: Any) -> tuple[Filed, Any]:
    """The shelf's own record as it stands after the close, and what was closed in it."""
    item = found.item
    own = next((each for each in shelf.own() if each.identifier == item.identifier), None)
    if found.place is None:
        if own is None:
            after = msgspec.structs.replace(after, label=shelf.label)
        return Filed(item.identifier, own.file if own else f"{OVERRIDES}/{item.file}", after), after
    whole: Any = own.content if own else msgspec.structs.replace(item.content, label=shelf.label, editions=[])
    places = {slug(edition.name): place for place, edition in enumerate(whole.editions)}
    place = places.get(slug(after.name))
    if place is None:  # shipped, and closed here for the first time: its label is that of the own series
        after = msgspec.structs.replace(after, label=None)
    whole = with_edition_at(whole, len(whole.editions) if place is None else place, after)
    return Filed(item.identifier, own.file if own else f"{OVERRIDES}/{item.file}", whole), after
