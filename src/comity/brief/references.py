"""The numbered list of what a brief rests on. A number is given where a reader first meets the source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity import __version__
from comity.brief.blocks import Block, citations
from comity.brief.evidence import Book, book
from comity.brief.subject import Subject
from comity.brief.wording import day_text
from comity.errors import ComityError
from comity.vocab.register import SOURCE as REGISTER

if TYPE_CHECKING:
    from comity.sources.about import About

LEDGER = "comity:evidence"
STATES = "comity:states"


@dataclass(frozen=True)
class Reference:
    """One numbered line of the list: a published source, or a piece of evidence of the register."""

    number: int
    key: str
    is_source: bool
    title: str
    text: str
    detail: str
    url: str | None


def numbered(subject: Subject, blocks: Iterable[Block]) -> tuple[Reference, ...]:
    """Every citation of the blocks once, in the order of first use."""
    keys = dict.fromkeys(key for block in blocks for key in citations(block))
    held = book(subject)
    return tuple(_reference(number, key, subject.abouts, held) for number, key in enumerate(keys, start=1))


def _reference(number: int, key: str, abouts: dict[str, About], held: Book) -> Reference:
    if key in abouts:
        about = abouts[key]
        state = "" if about.is_reviewed else " This release was not reviewed."
        terms = f"Version {about.version}. Terms: {about.terms.rstrip('.')}.{state}"
        return Reference(number, key, True, source_name(key, about.title), about.citation, terms, linkable(about.url))
    if (piece := held.piece(key)) is not None:
        days = [
            f"{word} {day_text(day)}"
            for word, day in (("published", piece.published_date), ("read", piece.read_date))
            if day is not None
        ]
        text = f"{piece.publisher}. {piece.title.rstrip('.')}."
        return Reference(
            number, key, False, piece.title, text, ", ".join([piece.evidence_kind, *days]), linkable(piece.url)
        )
    if key == LEDGER:
        text = "comity. The ledger of evidence: claims on what engagement changes, estimates, and verdicts by rule."
        terms = f"Version {__version__}, shipped with the program. `comity evidence` shows every claim"
        return Reference(number, key, True, "the ledger of evidence", text, terms, None)
    if key == STATES:
        text = "comity. The list of states: members of the systems of Correlates of War and Gleditsch and Ward, by day."
        terms = f"Version {__version__}, shipped with the program"
        return Reference(number, key, True, "the list of states", text, terms, None)
    raise ComityError(f"brief on {subject_words(abouts)}: the citation {key!r} is neither a loaded source nor evidence")


def source_name(source: str, title: str) -> str:
    """What a source is called in running text."""
    return "the register" if source == REGISTER else title


def subject_words(abouts: dict[str, About]) -> str:
    """The loaded sources, for an error."""
    return ", ".join(sorted(abouts)) or "an empty store"


def linkable(url: str) -> str | None:
    """The address when a browser may follow it as a link; any other text is not made one.

    >>> linkable("javascript:alert(1)") is None
    True
    """
    return url if url.startswith(("https://", "http://")) else None
