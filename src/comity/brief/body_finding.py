"""Which organization words mean, which there are, which are like words that mean none, and from when each was there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from comity.brief.wording import day_text, long_day
from comity.errors import BadRequest

if TYPE_CHECKING:
    from comity.store import Store

Row = dict[str, Any]
SHORTEST = 4  # letters of a word by which a body may be known; `of` and `the` are in every name
RARE = 3  # in so many names or fewer, a word says which body is meant
_FIRST = """
    SELECT coalesce(body.start_date, CASE WHEN bool_and(member.start_date IS NOT NULL) THEN min(member.start_date) END)
               AS day,
           coalesce(body.start_precision, 'day') AS precision
    FROM core.organisation AS body LEFT JOIN core.organisation_member AS member USING (organisation, source)
    WHERE organisation = $organisation AND source = $source GROUP BY body.start_date, body.start_precision
"""


def body_named(store: Store, text: str) -> Row | None:
    """The organization a text names: one of the register before one that only a published list has."""
    from comity.assess.membership import find_body, named_bodies

    # To look for names like it takes long, and that of a pair would be thrown away.
    if not named_bodies(store, text):
        return None
    body = find_body(store, text)
    return {
        "organisation": body.organisation,
        "name": body.name,
        "short_name": body.short_name,
        "source": body.source,
    }


def known_bodies(store: Store) -> Iterator[Row]:
    """Every organization that a brief can be about, each once, by the source that knows it best, in order."""
    from comity.assess.membership import each_body

    for body in sorted(each_body(store), key=lambda body: (body.source != "register", body.organisation)):
        yield {"organisation": body.organisation, "name": body.name, "short_name": body.short_name}


def bodies_sharing_a_word(store: Store, text: str) -> list[str]:
    """Organizations that share with a text a word which few names have: `Warsaw Pact` is not spelled like its own name.

    Each is told by its name and by what a brief takes.
    """
    names = {f"{row['name']} ({row['organisation']})": _words(row) for row in known_bodies(store)}
    often = Counter(word for held in names.values() for word in held)
    asked = sorted((often[word], word) for word in _split(text) if 0 < often[word] <= RARE)
    return list(dict.fromkeys(name for _, word in asked for name, held in names.items() if word in held))


def refuse_before(store: Store, row: Row, as_of: date) -> None:
    """Refuse a day before an organization was there, saying from when it is listed."""
    found = store.rows(_FIRST, {"organisation": row["organisation"], "source": row["source"]})
    if found and found[0]["day"] is not None and as_of < found[0]["day"]:
        name, first = row["short_name"] or row["name"], day_text(found[0]["day"], found[0]["precision"])
        raise BadRequest(f"{name} did not exist yet on {long_day(as_of)}: it is listed from {first} on")


def _words(row: Row) -> set[str]:
    return {word for name in (row["name"], row["short_name"]) if name for word in _split(name)}


def _split(text: str) -> set[str]:
    words = "".join(char if char.isalnum() else " " for char in text.casefold()).split()
    return {word for word in words if len(word) >= SHORTEST}
