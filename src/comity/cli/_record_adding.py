"""Adding a record: asked for, shown, checked against the whole register, and only then written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from comity.cli._record_asking import Answers, ask_again, ask_record, ask_until
from comity.errors import BadRequest, UnknownWord
from comity.record.history import Change, changing, finish_cut_off
from comity.record.importing import SHAPES
from comity.record.parties import slug
from comity.record.phrases import identifier, identifier_problem
from comity.record.reading import Filed
from comity.record.shape import AnyRecord, Edition, Engagement, Incident, Series
from comity.record.shelf import Shelf
from comity.record.timing import ahead_problems
from comity.record.writing import record_text, with_edition
from comity.vocab.words import words

# Fields that name other records, and the kind of those.
_NAMED = {
    "regions": "region",
    "cases": "case_study",
    "place": "place",
    "agreement": "agreement",
    "replaces": "agreement",
}
_ACTS = (Engagement, Incident)  # single acts, whose identifier carries their date


def add_record(shelf: Shelf, kind: str) -> Path:
    """Ask for a record of one kind, or for an engagement of one instrument, and write its file."""
    preset: Answers = {}
    if kind not in SHAPES and kind in words("instruments"):
        preset, kind = {"instrument": kind}, "engagement"
        click.echo(
            "A new holding of something that recurs is an edition: `comity record add edition SERIES`.", err=True
        )
    if kind not in SHAPES:
        raise BadRequest(
            f"{kind!r} is neither a kind of record nor an instrument: edition, {', '.join(sorted(SHAPES))}"
        )
    finish_cut_off(shelf.folder)
    shape, filed = SHAPES[kind], [*shelf.shipped(), *shelf.own()]
    taken = {item.identifier for item in filed}
    choices = {name: [item.identifier for item in filed if item.kind == named] for name, named in _NAMED.items()}
    answers = ask_record(shape, preset, choices)
    name = _identifier(shape, answers, taken)
    while True:
        content: AnyRecord = msgspec.convert({"kind": kind, "label": shelf.label} | answers, shape)
        made = Filed(name, f"{kind}/{name}.yml", content)
        found = _own_problems(shelf, made)
        if not found:
            break
        ask_again(shape, answers, found, choices)
    return _written(shelf, made, record_text(content, shelf.label), Change(name, None, content))


def add_edition(shelf: Shelf, series: str) -> Path:
    """Ask for one more edition of a series, and write it at the end of its file."""
    finish_cut_off(shelf.folder)
    item = next((item for item in (*shelf.own(), *shelf.shipped()) if item.identifier == series), None)
    if item is None or not isinstance(item.content, Series):
        raise BadRequest(f"there is no series {series!r}; `comity record list --kind series` names them")
    path, before = shelf.writable(item), item.content
    answers = ask_record(Edition, {}, {})
    while True:
        edition = msgspec.convert(answers, Edition)
        filed = Filed(series, item.file, msgspec.structs.replace(before, editions=[*before.editions, edition]))
        place = f"editions[{len(before.editions)}]."
        found = [problem.removeprefix(place) for problem in _own_problems(shelf, filed)]
        if not found:
            break
        ask_again(Edition, answers, found, {})
    whole = record_text(filed.content, shelf.label)
    text = with_edition(path.read_text(encoding="utf-8"), edition) or whole
    shown = record_text(msgspec.structs.replace(filed.content, editions=[edition]))
    return _written(shelf, filed, text, Change(series, before, filed.content), shown=shown)


def _own_problems(shelf: Shelf, filed: Filed) -> list[str]:
    found = [*shelf.new_problems([filed]), *ahead_problems(filed)]
    return [problem.removeprefix(f"{filed.file}: ") for problem in found]


def _identifier(shape: type, answers: dict[str, Any], taken: set[str]) -> str:
    """The identifier that the name proposes, or the one that is typed instead."""

    def read(text: str) -> str:
        problem = identifier_problem(text)
        if problem is not None:
            raise UnknownWord(f"{text!r}: {problem}" if len(text) < 100 else problem)
        if text in taken:
            raise UnknownWord(f"there is a record {text!r} already")
        return text

    proposed = identifier(answers["name"], answers.get("start_date") if shape in _ACTS else None)
    return str(ask_until("Identifier, which never changes", read, proposed or slug(shape.__name__)))


def _written(shelf: Shelf, filed: Filed, text: str, change: Change, shown: str = "") -> Path:
    path = shelf.folder / filed.file
    click.echo(shown or text, err=True)
    click.confirm(f"Write {path}?", default=True, abort=True, err=True)
    with changing(shelf.folder) as write:
        write({path: text}, "add", [change])
    return path
