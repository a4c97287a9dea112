"""Whether a record's evidence is whole, and supports what the record states."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from comity.errors import UnknownWord
from comity.record.shape import CaseStudy, Evidence, Fact, Place, Region
from comity.vocab.dates import dated
from comity.vocab.words import check_word

# Fields that state a fact about the world: each must be supported by a piece of evidence when it is filled.
SUPPORTED = (
    "summary",
    "parties",
    "start_date",
    "end_date",
    "signed_date",
    "location",
    "personnel_count",
    "injured_count",
    "killed_count",
    "obligations",
    "last_used_date",
    "amount_usd",
    "standings",
    "outcome",
    "product",
    "access",
)


def evidence_problems(where: str, fact: Fact | Place | Region | CaseStudy) -> Iterator[str]:
    """Each piece is whole and names fields of the fact, and each filled field that states a fact has a piece."""
    for number, piece in enumerate(fact.evidence):
        yield from _piece_problems(f"{where}evidence[{number}].", piece, fact)
    kinds = {piece.kind for piece in fact.evidence}
    if fact.verification == "primary" and "primary" not in kinds:
        yield f"{where}verification: 'primary' needs evidence of kind primary"
    if fact.verification == "secondary" and not kinds:
        yield f"{where}verification: 'secondary' needs evidence"
    if fact.verification != "unverified" and isinstance(fact, Fact):
        bare = unsupported(fact)
        if bare:
            yield f"{where}evidence: nothing supports {', '.join(bare)}"


def unsupported(fact: Fact) -> list[str]:
    """The filled fields of a fact that state something about the world and that no piece of evidence supports."""
    backed = {field for piece in fact.evidence for field in piece.supports}
    # That nobody is named needs no page to show it.
    filled = [field for field in SUPPORTED if getattr(fact, field, None) not in (None, [], ["unknown"])]
    return [field for field in filled if field not in backed]


def _piece_problems(where: str, piece: Evidence, fact: Fact | Place | Region | CaseStudy) -> Iterator[str]:
    yield from tried(where + "kind", partial(check_word, "evidence kinds", piece.kind))
    if not piece.url.startswith(("https://", "http://", "doi:", "urn:")):
        yield f"{where}url: {piece.url!r} is not an address"
    for field in ("publisher", "title"):
        if not getattr(piece, field).strip():
            yield f"{where}{field}: {getattr(piece, field)!r} is empty"
    if not piece.supports:
        yield f"{where}supports: names no field"
    yield from (
        f"{where}supports: the fact has no field {name!r}"
        for name in piece.supports
        if name not in fact.__struct_fields__
    )
    for field in ("date", "read"):
        text = getattr(piece, field)
        if text is not None:
            yield from tried(where + field, partial(dated, text))


def tried(where: str, check: Callable[[], object]) -> Iterator[str]:
    """What a check of the vocabulary says of one field, if it refuses the value."""
    try:
        check()
    except UnknownWord as error:
        yield f"{where}: {error}"
