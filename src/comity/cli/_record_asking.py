"""Asking a person for a record, one field at a time: an answer that means nothing is asked for again."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import click
import msgspec

from comity.errors import UnknownWord
from comity.record.evidence import SUPPORTED
from comity.record.phrases import SENTENCES, value_of, vocabulary
from comity.record.shape import Edition, Engagement, Evidence, Incident, Regime, Series
from comity.record.writing import EVIDENCE_FIELDS, FIELDS
from comity.vocab.words import vocabularies

# What is asked, where the name of the field does not say it.
_ASKED = {
    "name": "Name, in a few words",
    "summary": "Summary: one or two neutral sentences in your own words",
    "parties": "Who takes part, such as `PHL:host, USA` or `Japan:visitor:40`",
    "states": "States of the region",
    "partners": "States from outside that engage there",
    "start_date": "First day (2025-03-28, 2025-03 or 2025)",
    "end_date": "Last day",
    "known_until": "Last day for which you checked this",
    "personnel_count": "Number of people, all together",
    "location": "Where, in words",
    "latitude": "Latitude, degrees north",
    "longitude": "Longitude, degrees east",
    "frame": "Map: west, south, east, north in degrees",
    "standings": "How it stood, such as `in_force:1961..1999, suspended:2000..`",
    "regions": "Regions, by their identifiers",
    "cases": "Case studies, by their identifiers",
    "accounts": "How one side describes it, one neutral sentence",
    "turning_points": "A turning point, `YYYY: what happened`",
    "amount_usd": "Money, in US dollars",
    "url": "Address of a piece of evidence (https://…)",
    "date": "When it was published",
    "read": "When you read it",
    "supports": "Which fields it shows",
    "status": "How it stands",
    "product": "Text that was signed or agreed, by its title",
    "lessons": "Lessons: what to do again, or otherwise",
}
_UNASKED = (
    *("kind", "label", "start_precision", "end_precision", "evidence", "editions", "aliases", "verification"),
    *("access", "product", "lessons"),  # written later: when access changes, and when an engagement is closed
)
_PIECE = ("kind", "publisher", "title", "date", "read")
_NEED_START = (Edition, Engagement, Incident)

Answers = dict[str, Any]
Choices = Mapping[str, Sequence[str]]  # by field, the identifiers that it may name


def fields_asked(shape: type) -> list[str]:
    """The fields of a kind of record that a person is asked for, in their order."""
    own = {field.name for field in msgspec.structs.fields(shape)}
    return [name for name in FIELDS if name in own and name not in _UNASKED]


def ask_facts(shape: type, answers: Answers, fields: list[str], choices: Choices) -> None:
    """Ask for these fields and put what was answered into the answers; Enter leaves a field out that may be."""
    required = {field.name for field in msgspec.structs.fields(shape) if field.required}
    if shape in _NEED_START:
        required.add("start_date")
    if "parties" in fields and shape not in (Edition, Regime):
        required.add("parties")
    for field in fields:
        answers.pop(field, None)
        value = (
            _sentences(shape, field)
            if field in SENTENCES
            else ask_field(shape, field, field in required, choices=choices)
        )
        if value not in (None, []):
            answers[field] = value


def ask_evidence(answers: Answers) -> None:
    """Ask for pieces of evidence until there are no more, and conclude how far the record is verified."""
    filled = [field for field in SUPPORTED if answers.get(field) not in (None, [])]
    pieces: list[Answers] = []
    while piece := ask_piece(" (Enter when there is no more)" if pieces else " (Enter when there is none)"):
        piece["supports"] = ask_field(Evidence, "supports", True, ", ".join(filled))
        pieces.append({field: piece[field] for field in EVIDENCE_FIELDS if field in piece})
    kinds = {piece["kind"] for piece in pieces}
    answers["evidence"] = pieces
    answers["verification"] = "primary" if "primary" in kinds else "secondary" if kinds else "unverified"


def ask_piece(hint: str) -> Answers:
    """Ask for one piece of evidence but for what it supports; empty when there is none."""
    url = ask_field(Evidence, "url", False, hint=hint)
    if url is None:
        return {}
    piece = {"url": url}
    assumed = {"kind": "secondary", "read": datetime.now(UTC).date().isoformat()}
    for field in _PIECE:
        value = ask_field(Evidence, field, field != "date", assumed.get(field))
        if value is not None:
            piece[field] = value
    return piece


def ask_record(shape: type, preset: Mapping[str, Any], choices: Choices) -> Answers:
    """Ask for a whole record; `preset` holds what is known already."""
    answers = dict(preset)
    ask_facts(shape, answers, [field for field in fields_asked(shape) if field not in preset], choices)
    ask_evidence(answers)
    if shape is Series:
        answers["editions"] = []
        while click.confirm("Add an edition of it?", default=False, err=True):
            answers["editions"].append(ask_record(Edition, {}, choices))
    return answers


def ask_again(shape: type, answers: Answers, found: list[str], choices: Choices) -> None:
    """Show what is wrong with a record, and ask again for the fields that it names."""
    for problem in found:
        click.echo(f"  {problem}", err=True)
    named = [word for problem in found for word in re.findall(r"^(\w+(?:, \w+)*)", problem)]
    fields = [word for group in named for word in group.split(", ")]
    askable = [field for field in fields_asked(shape) if field in fields]
    ask_facts(shape, answers, askable, choices)
    if not askable or {"evidence", "verification"} & set(fields):
        ask_evidence(answers)


def ask_until(question: str, read: Callable[[str], Any], default: str | None = None) -> Any:
    """Ask until the answer can be read; what is wrong with one is said."""
    while True:
        text = click.prompt(
            question, default=default if default is not None else "", show_default=bool(default), err=True
        )
        try:
            return read(text.strip())
        except UnknownWord as error:
            click.echo(f"  {error}", err=True)


def ask_field(
    shape: type,
    field: str,
    is_required: bool,
    default: str | None = None,
    hint: str = "",
    choices: Choices | None = None,
) -> Any:
    """Ask for one field; None when it may be left out and Enter is all that is typed."""
    words = vocabulary(shape, field)
    known = vocabularies()[words] if words else dict.fromkeys((choices or {}).get(field, ()), "")
    question = _ASKED.get(field, field.replace("_", " ").capitalize()) + hint
    if known:
        question += f" ({', '.join(known)})" if len(known) <= 8 else " (? lists them)"

    def read(text: str) -> Any:
        if text == "?" and known:
            raise UnknownWord("\n    ".join(["these:", *(f"{word}: {known[word]}".rstrip(": ") for word in known)]))
        if not text and is_required:
            raise UnknownWord("this is needed")
        value = value_of(shape, field, text) if text else None
        for name in [] if words or not known or value is None else value if isinstance(value, list) else [value]:
            _check_known(name, known)
        return value

    return ask_until(question, read, default)


def _check_known(name: str, known: Mapping[str, str]) -> None:
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        raise UnknownWord(f"there is no record {name!r}" + (f"; nearest is {near[0]!r}" if near else ""))


def _sentences(shape: type, field: str) -> list[str]:
    """Sentences asked for one by one, until one is empty."""
    given: list[str] = []
    while (value := ask_field(shape, field, False, hint=" (Enter when there is no more)")) is not None:
        given += value
    return given
