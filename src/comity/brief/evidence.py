"""What facts rest on, as keys that a brief turns into numbers.

The key of a published source is its name. The key of a piece of evidence is its address and title, so that a page that
supports several facts has one number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from comity.brief.facts import Fact
from comity.brief.subject import Subject
from comity.store import Store


@dataclass(frozen=True, order=True)
class Piece:
    """One piece of evidence: a page or text that somebody published."""

    url: str
    title: str
    publisher: str
    evidence_kind: str
    published_date: date | None
    read_date: date | None

    @property
    def key(self) -> str:
        """What a citation of it says."""
        return f"{self.url} {self.title}"


@dataclass(frozen=True)
class Book:
    """Every piece of evidence in a store, by key and by the fact it supports."""

    pieces: dict[str, Piece]
    by_fact: dict[tuple[str, str, str], tuple[str, ...]]

    def refs(self, fact: Fact) -> tuple[str, ...]:
        """What a fact rests on: its evidence, that of its series, or else the source that lists it."""
        keys = self.by_fact.get((fact.source, fact.table, fact.item), ())
        if not keys and fact.row.get("series"):
            keys = self.by_fact.get((fact.source, "series", fact["series"]), ())
        return keys or (fact.source,)


_BOOKS: WeakKeyDictionary[Store, Book] = WeakKeyDictionary()


def book(subject: Subject) -> Book:
    """The evidence in the subject's store; read once, because a store that is open never changes."""
    found = _BOOKS.get(subject.store)
    if found is None:
        found = _BOOKS[subject.store] = _read(subject)
    return found


def refs(subject: Subject, fact: Fact) -> tuple[str, ...]:
    """What one fact rests on."""
    return book(subject).refs(fact)


def all_refs(subject: Subject, facts: Iterable[Fact]) -> tuple[str, ...]:
    """What some facts rest on, each key once."""
    return tuple(dict.fromkeys(key for fact in facts for key in refs(subject, fact)))


def _read(subject: Subject) -> Book:
    rows = subject.ask(
        "SELECT DISTINCT source, core_table, item, url, title, publisher, evidence_kind, published_date, read_date "
        "FROM core.evidence ORDER BY ALL"
    )
    pieces: dict[str, Piece] = {}
    by_fact: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in rows:
        place = (row.pop("source"), row.pop("core_table"), row.pop("item"))
        piece = Piece(**row)
        pieces.setdefault(piece.key, piece)
        if piece.key not in by_fact[place]:
            by_fact[place].append(piece.key)
    primary_first = {
        place: tuple(sorted(keys, key=lambda key: pieces[key].evidence_kind != "primary"))
        for place, keys in by_fact.items()
    }
    return Book(pieces, primary_first)
