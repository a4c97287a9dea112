"""Access refused, lost, restricted or given back: what an entry must satisfy, its row in `core`, and its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from functools import partial
from typing import Any

from comity.errors import UnknownWord
from comity.record.evidence import tried
from comity.record.parties import named
from comity.record.shape import AccessChange, AnyRecord, Opening
from comity.vocab.dates import dated
from comity.vocab.words import check_word

_BETWEEN = " | "
_PARTS = ("date", "change", "by", "of", "what", "reason")


def access_problems(content: Opening, organisations: Collection[str]) -> Iterator[str]:
    """Everything wrong with the changes of access that a record states, one line each."""
    for number, entry in enumerate(content.access):
        at = f"access[{number}]."
        yield from tried(at + "date", partial(dated, entry.date))
        yield from tried(at + "change", partial(check_word, "access changes", entry.change))
        yield from tried(at + "what", partial(check_word, "access kinds", entry.what))
        for field, names in (("by", [entry.by]), ("of", entry.of)):
            yield from _party_problems(at + field, names, organisations)
        if not entry.of:
            yield f"{at}of: names nobody; whose access it is must be said, if only `unknown`"
        if not entry.reason.strip():
            yield f"{at}reason: {entry.reason!r} is empty; say in one sentence what happened"
    told = Counter((entry.date, entry.change, entry.by, entry.what) for entry in content.access)
    yield from (f"access: {' '.join(key)} is there twice" for key, count in told.items() if count > 1)


def access_rows(content: AnyRecord, identifier: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """One row of `core.access_change` for each change of access that a record states."""
    if not isinstance(content, Opening):
        return
    for entry in content.access:
        when, who = dated(entry.date), named(entry.by)
        yield (
            "access_change",
            {
                "item": identifier,
                "core_table": str(content.__struct_config__.tag),
                "date": when.day,
                "precision": when.precision,
                "change_kind": entry.change,
                "access_kind": entry.what,
                "by_kind": who.kind,
                "by_party": who.code,
                "of_parties": list(entry.of),
                "reason": entry.reason,
                "regions": content.regions,
                "cases": content.cases,
                "verification": content.verification,
            },
        )


def access_text(entry: AccessChange) -> str:
    """A change of access on one line; `read_access` gives the same again.

    >>> entry = AccessChange(date="2022", change="ended", by="MLI", of=["FRA"], what="basing", reason="It asked.")
    >>> access_text(entry)
    '2022 | ended | MLI | FRA | basing | It asked.'
    """
    return _BETWEEN.join((entry.date, entry.change, entry.by, ", ".join(entry.of), entry.what, entry.reason))


def read_access(text: str) -> dict[str, Any]:
    """The entry that a line means, as plain values; a line with too few parts raises UnknownWord.

    >>> read_access("2022 | ended | MLI | FRA, DEU | basing | It asked.")["of"]
    ['FRA', 'DEU']
    """
    parts = [part.strip() for part in text.split("|", len(_PARTS) - 1)]
    if len(parts) < len(_PARTS):
        raise UnknownWord(f"{text!r} is not written like 2022-05 | ended | MLI | FRA | basing | One sentence.")
    made: dict[str, Any] = dict(zip(_PARTS, parts, strict=True))
    return made | {"of": [name.strip() for name in made["of"].split(",") if name.strip()]}


def _party_problems(where: str, names: list[str], organisations: Collection[str]) -> Iterator[str]:
    for name in names:
        yield from tried(where, partial(named, name))
        kind, _, code = name.partition(":")
        if kind == "organisation" and code not in organisations:
            yield f"{where}: there is no record {code!r}"
    yield from (f"{where}: {name!r} is there twice" for name, count in Counter(names).items() if count > 1)
