"""Two records of one thing made one: what the one lacks it takes from the other, and both keep their evidence.

Where the two contradict each other nothing is merged: a person decides which is right, and corrects one first. What
they tell in different words stays in those of the record that is kept, and the note has the words of the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from comity.errors import BadRequest
from comity.record.finding import Found, find, with_edition_at
from comity.record.history import Change
from comity.record.parties import as_party, slug
from comity.record.phrases import DATES, text_of
from comity.record.reading import Filed
from comity.record.shape import Edition, Evidence, Party
from comity.record.shelf import Shelf
from comity.record.writing import record_text

_WORDED = ("short_name", "summary", "outcome", "product", "lessons")  # what may be told in different words
_KEPT = ("name", *_WORDED)  # in the words of the record that is kept
_UNITED = (
    "obligations",
    "domains",
    "purposes",
    "regions",
    "cases",
    "aliases",
    "accounts",
    "states",
    "partners",
    "access",
)
_RANKS = ("unverified", "secondary", "primary")
_OF_SERIES = ("regions", "cases", "label")  # what an edition takes from its series


@dataclass(frozen=True)
class Merged:
    """What a merge changes: texts by file, None for one that goes; or why the two cannot be merged."""

    texts: dict[Path, str | None]
    contradictions: list[str]
    changes: tuple[Change, ...] = ()


def merge(shelf: Shelf, keep: str, drop: str) -> Merged:
    """Merge the record `drop` into the record `keep`; each may be an edition, written SERIES/EDITION."""
    filed = shelf.read()
    one, other = find(filed, keep), find(filed, drop)
    for side in (one, other):
        shelf.writable(side.item)
    if keep == drop or (other.place is None and one.item is other.item):
        raise BadRequest(f"{drop!r} cannot be merged into {keep!r}, which is part of it or the same")
    is_held = isinstance(one.content, Edition) or isinstance(other.content, Edition)
    kinds = {"engagement" if side.place is not None else side.item.kind for side in (one, other)}
    if len(kinds) > 1:
        raise BadRequest(f"{keep!r} and {drop!r} are of different kinds: {', '.join(sorted(kinds))}")
    wrong = [*_contradictions(one.content, other.content), *_wording_contradictions(one.content, other.content)]
    wrong += _series_contradictions(one, other) if is_held else []
    if wrong:
        return Merged({}, wrong)
    contents = _contents(one, other)
    changed = [Filed(item.identifier, item.file, contents[item.identifier]) for item in (one.item, other.item)
               if item.identifier in contents]  # fmt: skip
    gone = set() if other.item.identifier in contents else {other.item.identifier}
    wrong = shelf.new_problems(changed, gone)
    if wrong:
        return Merged({}, wrong)
    texts: dict[Path, str | None] = {shelf.writable(item): record_text(item.content, shelf.label) for item in changed}
    told = tuple(Change(item.identifier, item.content, contents.get(item.identifier))
                 for item in {side.item.identifier: side.item for side in (one, other)}.values())  # fmt: skip
    return Merged(texts | {shelf.writable(other.item): None for _ in gone}, [], told)


def _contents(one: Found, other: Found) -> dict[str, Any]:
    """The records as they stand after the merge, by identifier; one that goes is not among them."""
    joined: Any = _joined(one.content, other.content, other.name)
    if one.place is None:
        contents: dict[str, Any] = {one.item.identifier: joined}
    else:
        contents = {one.item.identifier: with_edition_at(one.item.content, one.place, joined)}
    if other.place is not None:
        whole = contents.get(other.item.identifier, other.item.content)
        contents[other.item.identifier] = with_edition_at(whole, other.place, None)
    return contents


def _series_contradictions(one: Found, other: Found) -> Iterator[str]:
    """What an edition cannot hold for itself and its series does not say either."""
    for field in _OF_SERIES:
        kept, gone = (
            (getattr(side.content, field, None) or getattr(side.item.content, field)) for side in (one, other)
        )
        is_lost = gone != kept if field == "label" else not set(gone) <= set(kept)
        if is_lost and (one.place is not None or field == "label"):
            yield f"{field}: {text_of(kept) or 'none'} and {text_of(gone)}"
    if one.place is not None and getattr(other.content, "access", []):
        yield f"access: an edition has none of its own; move it from {other.item.identifier!r} to the series first"


def _contradictions(one: Any, other: Any, where: str = "") -> Iterator[str]:
    """Fields in which the two say what cannot both be true, one line each."""
    for field in one.__struct_fields__:
        kept, gone = getattr(one, field), _of(other, field)
        if field in (*_KEPT, *_UNITED, "note", "verification", "evidence", "known_until", "label"):
            if field == "label" and not isinstance(one, Edition) and not isinstance(other, Edition) and kept != gone:
                yield f"{where}{field}: {kept} and {gone}"
        elif field == "editions":
            yield from _edition_contradictions(kept, gone)
        elif field == "parties":
            yield from _party_contradictions(where, kept, gone)
        elif _finer(field, kept, gone) is None and kept != gone and not _is_nothing(kept) and not _is_nothing(gone):
            yield f"{where}{field}: {text_of(kept)} and {text_of(gone)}"


def _wording_contradictions(one: Any, other: Any) -> Iterator[str]:
    """What is told in different words, of a kind of record without a note that could have those of the other."""
    for field in () if hasattr(one, "note") else _WORDED:
        kept, gone = getattr(one, field, None), _of(other, field)
        if _is_said_otherwise(kept, gone):
            yield f"{field}: {kept} and {gone}"


def _edition_contradictions(kept: list[Edition], gone: list[Edition]) -> Iterator[str]:
    by_name = {slug(edition.name): edition for edition in kept}
    for edition in gone:
        if slug(edition.name) in by_name:
            yield from _contradictions(by_name[slug(edition.name)], edition, f"{edition.name}: ")


def _party_contradictions(where: str, kept: list[str | Party], gone: list[str | Party]) -> Iterator[str]:
    """Each party that both name once must play one part; several rows of one party are several spells."""
    ours, theirs = map(as_party, kept), [*map(as_party, gone)]
    for party in ours:
        same = [each for each in theirs if each.party == party.party]
        for each in same if len(same) == 1 else []:
            roles = {party.role, each.role} - {"participant"}
            if len(roles) > 1:
                yield f"{where}parties: {party.party} as {party.role} and as {each.role}"
            counts = (party.personnel_count, each.personnel_count)
            if None not in counts and counts[0] != counts[1]:
                yield f"{where}parties: {party.party} with {counts[0]} people and with {counts[1]}"


def _joined(one: Any, other: Any, name: str) -> Any:
    """The one with what the other, of this name, says more, or in other words."""
    changes = {field: _joined_field(field, getattr(one, field), _of(other, field)) for field in one.__struct_fields__}
    if "editions" in changes:
        changes["editions"] = _joined_editions(one.editions, other.editions, name)
    otherwise = [
        f'{field} "{_of(other, field)}"'
        for field in _WORDED
        if _is_said_otherwise(getattr(one, field, None), _of(other, field))
    ]
    if otherwise and hasattr(one, "note"):
        changes["note"] = " ".join(filter(None, (changes["note"], f"Merged from {name}: {'; '.join(otherwise)}")))
    if isinstance(one, Edition):
        changes["label"] = one.label
    return msgspec.structs.replace(one, **changes)


def _joined_field(field: str, kept: Any, gone: Any) -> Any:
    if field in _JOINED:
        return _JOINED[field](kept, gone or [])
    if field in _UNITED:
        return [*kept, *(value for value in gone or [] if value not in kept)]
    if _is_nothing(kept) or _is_nothing(gone):
        return gone if _is_nothing(kept) else kept
    if field == "verification":
        return max(kept, gone, key=_RANKS.index)
    if field == "note" and kept != gone:
        return f"{kept} {gone}"
    return _finer(field, kept, gone) or kept


def _joined_evidence(kept: list[Evidence], gone: list[Evidence]) -> list[Evidence]:
    """Both lists; a page that both name is one piece that supports what either says."""
    joined = {(piece.url, piece.title): piece for piece in kept}
    for piece in gone:
        held = joined.get((piece.url, piece.title))
        supports = dict.fromkeys([*(held.supports if held else []), *piece.supports])
        joined[piece.url, piece.title] = msgspec.structs.replace(held or piece, supports=[*supports])
    return [*joined.values()]


def _is_said_otherwise(kept: str | None, gone: str | None) -> bool:
    """Whether the other's words say what those that are kept do not have."""
    return bool(kept and gone and " ".join(gone.split()) not in " ".join(kept.split()))


def _joined_editions(kept: list[Edition], gone: list[Edition], name: str) -> list[Edition]:
    joined = {slug(edition.name): edition for edition in kept}
    for edition in gone:
        held = joined.get(slug(edition.name))
        joined[slug(edition.name)] = _joined(held, edition, f"{name}/{slug(edition.name)}") if held else edition
    return sorted(joined.values(), key=lambda edition: edition.start_date or "")


def _joined_parties(kept: list[str | Party], gone: list[str | Party]) -> list[str | Party]:
    """Every party of either; what one says more of a party that both name is kept."""
    joined: list[str | Party] = []
    theirs = [*map(as_party, gone)]
    for given in kept:
        party = as_party(given)
        same = [each for each in theirs if each.party == party.party]
        if len(same) == 1:
            more = {name: getattr(party, name) or getattr(same[0], name) for name in Party.__struct_fields__}
            more["role"] = same[0].role if party.role == "participant" else party.role
            party = Party(**more)
        joined.append(given if party == as_party(given) else party)
    named = {as_party(given).party for given in kept}
    return joined + [given for given in gone if as_party(given).party not in named]


_JOINED: Mapping[str, Callable[[Any, Any], Any]] = {
    "evidence": _joined_evidence,
    "parties": _joined_parties,
}


def _of(content: Any, field: str) -> Any:
    """What the other record says in a field; an edition and an engagement do not have quite the same fields."""
    return getattr(content, field, None)


def _finer(field: str, kept: Any, gone: Any) -> str | None:
    """The more exact of two dates that can both be true; the later of two days until which something is known."""
    if field not in DATES or not kept or not gone:
        return None
    if field == "known_until":
        return str(max(kept, gone))
    shorter, longer = sorted((kept, gone), key=len)
    return str(longer) if longer.startswith(shorter) else None


def _is_nothing(value: Any) -> bool:
    return value is None or value == []
