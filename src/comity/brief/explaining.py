"""What a numbered part of a brief rests on: how it follows, the questions asked, and the rows they gave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.brief.basis import Basis, Query
from comity.brief.blocks import Block, Figure, Sentence
from comity.brief.composing import Brief, Numbered
from comity.brief.wording import counted, plain
from comity.errors import BadRequest

MOST_ROWS = 40


def explained(brief: Brief, number: int) -> dict[str, Any]:
    """The basis of the numbered statement, figure or block as plain data; BadRequest says which numbers there are."""
    if not 1 <= number <= len(brief.numbered):
        raise BadRequest(f"this brief has no number {number}; they run from 1 to {len(brief.numbered)}")
    part = brief.numbered[number - 1]
    basis = part.basis or _of_words(part)
    return {
        "number": number,
        "part": headline(part),
        "sources": [brief.names.get(key, key) for key in part.cites],
        "how": basis.how,
        "values": _values(basis),
        "queries": [_query(query) for query in basis.queries],
        "rows": list({repr(row): {key: _plain(value) for key, value in row.items()} for row in basis.rows}.values()),
    }


def explain_text(brief: Brief, number: int, most: int = MOST_ROWS) -> str:
    """The same as text: what it says, how it follows, the questions, and the rows, the first `most` of them."""
    return "\n".join(plain(line) for line in _lines(explained(brief, number), most)) + "\n"


def headline(part: Numbered) -> str:
    """What a numbered part says in one line."""
    if isinstance(part, Sentence):
        return part.text
    if isinstance(part, Figure):
        return f"{'not known' if part.value is None else part.value} {part.unit} ({part.detail})"
    return part.title or getattr(part, "text", part.kind)


def _lines(told: dict[str, Any], most: int) -> Iterator[str]:
    yield f"#{told['number']}  {told['part']}"
    yield f"Sources: {'; '.join(told['sources'])}"
    yield f"How: {told['how']}"
    for name, value in told["values"].items():
        yield f"  {name} = {value}"
    for place, query in enumerate(told["queries"], start=1):
        yield ""
        yield f"Question {place}:"
        yield from (f"  {line}" for line in query["text"].splitlines())
        yield from (f"    ${name} = {_short(value)}" for name, value in query["parameters"].items())
    rows = told["rows"]
    yield ""
    yield counted(len(rows), "row") + (":" if rows else ".")
    for row in rows[:most]:
        yield "  " + " · ".join(f"{key}={_short(value)}" for key, value in row.items())
    if len(rows) > most:
        yield f"  … {len(rows) - most} more with --json"


def _values(basis: Basis) -> dict[str, Any]:
    """The numbers worked out, by name; a name that several have gets a count."""
    found: dict[str, Any] = {}
    for name, value in basis.values:
        place = name
        while place in found:
            place = f"{place}+"
        found[place] = _plain(value)
    return found


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 160 else f"{text[:157]}..."


def _of_words(part: Numbered) -> Basis:
    """A part that works nothing out: words on what the sources say they cover."""
    assert isinstance(part, Block | Sentence | Figure)
    return Basis("These words follow from what each cited source says it covers: `comity sources`.")


def _query(query: Query) -> dict[str, Any]:
    return {"text": query.text, "parameters": {name: _plain(value) for name, value in query.parameters}}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return value
