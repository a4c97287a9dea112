"""What facts rest on, as keys that a brief turns into numbers.

The key of a published source is its name. The key of a piece of evidence is its address and title, so that a page that
supports several facts has one number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from comity.brief.facts import Fact
from comity.brief.keeping import kept
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


class Book:
    """Every piece of evidence in a store, and the pieces that each fact has; a piece is made when it is asked for."""

    def __init__(self, told: dict[str, Any]) -> None:
        self._pieces: list[list[Any]] = told["pieces"]
        self._by_fact = {(source, table, item): places for source, table, item, places in told["facts"]}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {self._key(place): place for place in range(len(self._pieces))}

    def piece(self, key: str) -> Piece | None:
        """The piece of evidence that a key names; None where it names none."""
        place = self._places.get(key)
        if place is None:
            return None
        url, title, publisher, kind, *days = self._pieces[place]
        published, read = (None if day is None else date.fromisoformat(day) for day in days)
        return Piece(url, title, publisher, kind, published, read)

    def of(self, source: str, table: str, item: str) -> tuple[str, ...]:
        """The keys of the evidence of one row of a table, that of first hand before other; empty where it has none."""
        return tuple(self._key(place) for place in self._by_fact.get((source, table, item), ()))

    def refs(self, fact: Fact) -> tuple[str, ...]:
        """What a fact rests on: its evidence, that of its series, or else the source that lists it."""
        keys = self.of(fact.source, fact.table, fact.item)
        if not keys and fact.row.get("series"):
            keys = self.of(fact.source, "series", fact["series"])
        return keys or (fact.source,)

    def _key(self, place: int) -> str:
        url, title, *_ = self._pieces[place]
        return f"{url} {title}"


_BOOKS: WeakKeyDictionary[Store, Book] = WeakKeyDictionary()
_ALL = """
    SELECT DISTINCT source, core_table, item, url, title, publisher, evidence_kind, published_date, read_date
    FROM core.evidence ORDER BY ALL
"""


def book(subject: Subject) -> Book:
    """The evidence in the subject's store; read once, because a store that is open never changes."""
    found = _BOOKS.get(subject.store)
    if found is None:
        found = _BOOKS[subject.store] = Book(kept(subject, "evidence", lambda: _read(subject)))
    return found


def refs(subject: Subject, fact: Fact) -> tuple[str, ...]:
    """What one fact rests on."""
    return book(subject).refs(fact)


def all_refs(subject: Subject, facts: Iterable[Fact]) -> tuple[str, ...]:
    """What some facts rest on, each key once."""
    return tuple(dict.fromkeys(key for fact in facts for key in refs(subject, fact)))


def _read(subject: Subject) -> dict[str, Any]:
    """Every piece once, and of every fact the places of its pieces, those of first hand first: plain data to keep."""
    places: dict[str, int] = {}
    pieces: list[tuple[str | None, ...]] = []
    by_fact: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for row in subject.ask(_ALL):
        key = f"{row['url']} {row['title']}"
        if key not in places:
            places[key] = len(pieces)
            days = (row[name].isoformat() if row[name] else None for name in ("published_date", "read_date"))
            pieces.append((row["url"], row["title"], row["publisher"], row["evidence_kind"], *days))
        held = by_fact[row["source"], row["core_table"], row["item"]]
        if places[key] not in held:
            held.append(places[key])
    facts = [(*fact, sorted(held, key=lambda place: pieces[place][3] != "primary")) for fact, held in by_fact.items()]
    return {"pieces": pieces, "facts": facts}
