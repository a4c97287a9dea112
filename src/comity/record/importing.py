"""Records from a sheet: every row read and checked before anything is written, and every problem with its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import msgspec

from comity.errors import UnknownWord
from comity.record.history import Change
from comity.record.parties import as_party, slug
from comity.record.phrases import IDENTIFIER, value_of
from comity.record.reading import Filed
from comity.record.shape import AnyRecord, Edition, Evidence, Fact, Series
from comity.record.sheets import PLAIN_COLUMNS, SheetRow, evidence_column, read_sheet
from comity.record.shelf import Shelf
from comity.record.writing import EVIDENCE_FIELDS, record_text

SHAPES: Mapping[str, type] = {str(shape.__struct_config__.tag): shape for shape in get_args(AnyRecord)}
_EVIDENCE = re.compile(r"evidence_([1-9][0-9]?)_(" + "|".join(EVIDENCE_FIELDS) + ")")


@dataclass(frozen=True)
class CellProblem:
    """What is wrong with one cell: its row as a spreadsheet counts, its column, its value."""

    row: int
    column: str
    value: str
    problem: str


@dataclass
class Imported:
    """What a sheet would change: texts by file, and what each row comes to; or everything wrong with it."""

    texts: dict[Path, str | None] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


class _Import:
    """One import under way: what lies on the shelf, and what the rows so far make of it."""

    def __init__(self, shelf: Shelf, replaces: bool) -> None:
        self.shelf = shelf
        self.replaces = replaces
        self.own = {item.identifier: item for item in shelf.own()}
        self.made: dict[str, AnyRecord] = {}
        self.rows: dict[str, SheetRow] = {}  # by identifier, an edition's with its series
        self.answer = Imported()

    def wrong(self, row: SheetRow, column: str, problem: str) -> None:
        self.answer.problems.append(CellProblem(row.number, column, row.cells.get(column, ""), problem))

    def settle(self, row: SheetRow, name: str, old: Any, new: Any) -> Any:
        """What stands after a row: what it says, or what stood there where both say the same."""
        self.rows[name] = row
        if old is None:
            self.answer.added.append(name)
        elif _same(old, new):
            self.answer.unchanged.append(name)
            return old
        elif self.replaces:
            self.answer.changed.append(name)
        else:
            self.wrong(
                row, "identifier", f"{name!r} is there already and differs; --replace puts this row in its place"
            )
        return new


def import_sheet(path: Path, shelf: Shelf, replaces: bool = False) -> Imported:
    """What a sheet would add to a shelf, or change there when it may; nothing is written.

    With problems the answer has no texts: a sheet is imported whole or not at all.
    """
    columns, rows = read_sheet(path)
    work = _Import(shelf, replaces)
    header = SheetRow(1, {name: name for name in columns})
    for number, name in enumerate(columns):
        if name not in PLAIN_COLUMNS and not _EVIDENCE.fullmatch(name):
            work.wrong(header, name, "there is no such column; `comity record export` writes them all")
        elif name in columns[:number]:
            work.wrong(header, name, "the column is there twice")
    for row in [] if work.answer.problems else sorted(rows, key=lambda row: row.cells.get("kind") == "edition"):
        _read_row(work, row)
    if not work.answer.problems:
        _check(work)
    work.answer.problems.sort(key=lambda wrong: wrong.row)
    if not work.answer.problems:
        work.answer.texts = dict(_texts(work))
        work.answer.changes = [
            Change(name, work.own[name].content if name in work.own else None, work.made[name])
            for name in _touched(work)
        ]
    return work.answer


def _read_row(work: _Import, row: SheetRow) -> None:
    kind = row.cells.get("kind", "")
    if kind != "edition" and kind not in SHAPES:
        work.wrong(row, "kind", f"not one of edition, {', '.join(SHAPES)}")
        return
    content = _content(work, row, Edition if kind == "edition" else SHAPES[kind])
    if isinstance(content, Edition):
        _place_edition(work, row, content)
    elif content is not None:
        _place_record(work, row, content)


def _place_record(work: _Import, row: SheetRow, content: AnyRecord) -> None:
    name = row.cells.get("identifier", "")
    if not IDENTIFIER.fullmatch(name):
        work.wrong(row, "identifier", "not written in small letters, digits and single hyphens")
        return
    if name in work.rows:
        work.wrong(row, "identifier", f"also that of row {work.rows[name].number}")
        return
    item = work.own.get(name)
    if item is not None and item.kind != row.cells["kind"]:
        work.wrong(row, "kind", f"{name!r} is there already and is of kind {item.kind}")
        return
    old = item.content if item else None
    if isinstance(content, Series) and isinstance(old, Series):
        content = msgspec.structs.replace(content, editions=old.editions)
    work.made[name] = work.settle(row, name, old, content)


def _place_edition(work: _Import, row: SheetRow, edition: Edition) -> None:
    series = row.cells.get("series", "")
    name = f"{series}/{slug(edition.name)}"
    whole = work.made.get(series) or (work.own[series].content if series in work.own else None)
    if not isinstance(whole, Series):
        work.wrong(row, "series", "there is no such series in the sheet or the folder")
    elif row.cells.get("identifier", name) != name:
        work.wrong(row, "identifier", f"the name of the edition makes it {name!r}; leave the cell empty")
    elif name in work.rows:
        work.wrong(row, "name", f"also that of row {work.rows[name].number}")
    else:
        places = {slug(held.name): place for place, held in enumerate(whole.editions)}
        place = places.get(slug(edition.name), len(whole.editions))
        old = whole.editions[place] if place < len(whole.editions) else None
        editions = [*whole.editions[:place], work.settle(row, name, old, edition), *whole.editions[place + 1 :]]
        work.made[series] = msgspec.structs.replace(whole, editions=editions)


def _content(work: _Import, row: SheetRow, shape: type) -> Any:
    """The record or edition that a row's cells make; None when a cell is wrong."""
    fields = {given.name: given for given in msgspec.structs.fields(shape)}
    before = len(work.answer.problems)
    made: dict[str, Any] = {} if shape is Edition else {"label": work.shelf.label, "kind": row.cells["kind"]}
    pieces: dict[int, dict[str, Any]] = {}
    for column, text in row.cells.items():
        piece = _EVIDENCE.fullmatch(column)
        name = piece[2] if piece else column
        if column in ("kind", "identifier") or (column == "series" and shape is Edition):
            continue
        if not piece and name not in fields:
            work.wrong(row, column, f"a record of kind {row.cells['kind']} has no {column}")
            continue
        try:
            value = value_of(Evidence if piece else shape, name, text)
        except UnknownWord as error:
            work.wrong(row, column, str(error))
            continue
        (pieces.setdefault(int(piece[1]), {}) if piece else made)[name] = value
    made["evidence"] = [_typed(work, row, Evidence, piece, number) for number, piece in sorted(pieces.items())]
    for name, given in fields.items():
        if given.required and str(given.type).startswith("list"):
            made.setdefault(name, [])
    content = _typed(work, row, shape, made)
    return content if len(work.answer.problems) == before else None


def _typed(work: _Import, row: SheetRow, shape: type, made: dict[str, Any], piece: int | None = None) -> Any:
    """Plain values as their shape; a field that is missing is a problem of its column."""
    told = {wrong.column for wrong in work.answer.problems if wrong.row == row.number}
    missing = False
    for given in msgspec.structs.fields(shape):
        column = evidence_column(piece, given.name) if piece else given.name
        if given.required and given.name not in made:
            missing = True
            if column not in told:
                work.wrong(row, column, "missing")
    if missing or None in made.get("evidence", []):
        return None
    try:
        return msgspec.convert(made, shape)
    except msgspec.ValidationError as error:
        place = re.search(r"at `\$\.(\w+)", str(error))
        work.wrong(row, place[1] if place else "identifier", str(error))
        return None


def _check(work: _Import) -> None:
    """Check what the rows make against everything else on the shelf."""
    filed = [Filed(name, _file(work, name, content), content) for name, content in work.made.items()]
    of_file = {item.file: item for item in filed}
    for line in work.shelf.new_problems(filed):
        file, _, problem = line.partition(": ")
        if file not in of_file:
            first = next(iter(work.rows.values()))
            work.wrong(first, "identifier", line)
            continue
        row, problem = _row_of(work, of_file[file], problem)
        where = re.match(r"(?:(evidence)(?:\[(\d+)\])?\.?)?(\w*)", problem)
        assert where is not None
        name = where[3] if where[3] in PLAIN_COLUMNS else "identifier"
        column = evidence_column(int(where[2] or 0) + 1, where[3] or "supports") if where[1] else name
        work.wrong(row, column, problem)


def _row_of(work: _Import, item: Filed, problem: str) -> tuple[SheetRow, str]:
    """The row that a problem of a record stems from, and the problem without the place of the edition."""
    place = re.match(r"editions\[(\d+)\]\.", problem)
    if place and isinstance(item.content, Series):
        name = f"{item.identifier}/{slug(item.content.editions[int(place[1])].name)}"
        return work.rows.get(name) or next(iter(work.rows.values())), problem[place.end() :]
    names = [name for name in work.rows if name.split("/")[0] == item.identifier]
    return work.rows[item.identifier if item.identifier in work.rows else names[0]], problem


def _texts(work: _Import) -> Iterator[tuple[Path, str]]:
    for name in _touched(work):
        content = work.made[name]
        yield work.shelf.folder / _file(work, name, content), record_text(content, work.shelf.label)


def _touched(work: _Import) -> list[str]:
    """The records that the sheet adds or changes, or of which it adds or changes an edition."""
    touched = {name.split("/")[0] for name in (*work.answer.added, *work.answer.changed)}
    return [name for name in work.made if name in touched]


def _file(work: _Import, name: str, content: AnyRecord) -> str:
    return work.own[name].file if name in work.own else f"{content.__struct_config__.tag}/{name}.yml"


def _same(one: Any, other: Any) -> bool:
    """Whether two records say the same; a series is looked at without its editions, whose rows are their own."""

    def said(content: Any) -> Any:
        if isinstance(content, Fact):
            content = msgspec.structs.replace(content, parties=[*map(as_party, content.parties)])
        return msgspec.structs.replace(content, editions=[]) if isinstance(content, Series) else content

    return bool(said(one) == said(other))
