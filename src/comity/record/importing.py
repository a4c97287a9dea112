"""Records from a sheet: every row read and checked before anything is written, and every problem with its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from comity.record.applying import unfinished
from comity.record.cells import EVIDENCE, SHAPES, CellProblem, ReadRow, read_row
from comity.record.history import Change
from comity.record.parties import as_party, slug
from comity.record.phrases import identifier_problem
from comity.record.reading import Filed
from comity.record.register import refuse
from comity.record.shape import AnyRecord, Edition, Fact, Series
from comity.record.sheets import PLAIN_COLUMNS, SheetRow, evidence_column, other_sheets, read_sheet
from comity.record.shelf import Shelf
from comity.record.timing import ahead_problems
from comity.record.writing import record_text

__all__ = ["SHAPES", "CellProblem", "Imported", "import_sheet"]


@dataclass
class Imported:
    """What a sheet would change: texts by file, and what each row comes to; or everything wrong with it."""

    texts: dict[Path, str | None] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    sheets_not_read: list[str] = field(default_factory=list)  # of a workbook: those after the first that hold anything


class _Import:
    """One import under way: what lies on the shelf, and what the rows so far make of it."""

    def __init__(self, shelf: Shelf, replaces: bool) -> None:
        self.shelf = shelf
        self.replaces = replaces
        self.own = {item.identifier: item for item in shelf.own()}
        self.shipped = {item.identifier: item for item in shelf.shipped()}
        self.made: dict[str, AnyRecord] = {}
        self.rows: dict[str, ReadRow] = {}  # by identifier, an edition's with its series
        self.answer = Imported()

    def settle(self, read: ReadRow, name: str, old: Any, new: Any) -> Any:
        """What stands after a row: what it says, or what stood there where both say the same."""
        if read.problems:
            return new  # nothing will be written; it is there to be checked
        if old is None:
            self.answer.added.append(name)
        elif _same(old, new):
            self.answer.unchanged.append(name)
            return old
        elif self.replaces:
            self.answer.changed.append(name)
        else:
            read.wrong("identifier", f"{name!r} is there already and differs; --replace puts this row in its place")
        return new

    def stays(self, read: ReadRow, name: str, shipped: Any) -> None:
        """A row of what ships: it is left alone where it says the same, and refused where it does not."""
        if read.problems:
            return
        if _same(shipped, read.content):
            self.answer.unchanged.append(name)
        else:
            read.wrong(
                "identifier",
                f"{name!r} is the name of a shipped record and differs from it; what ships with comity is not changed "
                "here; in a checkout, say --folder records",
            )


def import_sheet(path: Path, shelf: Shelf, replaces: bool = False) -> Imported:
    """What a sheet would add to a shelf, or change there when it may; nothing is written.

    With problems the answer has no texts: a sheet is imported whole or not at all.
    """
    refuse(unfinished(shelf.folder))
    columns, rows = read_sheet(path)
    work = _Import(shelf, replaces)
    header = ReadRow(SheetRow(1, {name: name for name in columns}))
    for number, name in enumerate(columns):
        if name not in PLAIN_COLUMNS and not EVIDENCE.fullmatch(name):
            header.wrong(name, "there is no such column; `comity record export` writes them all")
        elif name in columns[:number]:
            header.wrong(name, "the column is there twice")
    read = [header]
    if not header.problems:
        for row in sorted(rows, key=lambda row: row.cells.get("kind") == "edition"):
            read.append(_place_row(work, row))
        _check(work)
    work.answer.sheets_not_read = other_sheets(path)
    work.answer.problems = sorted((wrong for each in read for wrong in each.problems), key=lambda wrong: wrong.row)
    if not work.answer.problems:
        work.answer.texts = dict(_texts(work))
        work.answer.changes = [
            Change(name, work.own[name].content if name in work.own else None, work.made[name])
            for name in _touched(work)
        ]
    return work.answer


def _place_row(work: _Import, row: SheetRow) -> ReadRow:
    name = row.cells.get("identifier", "")
    shipped = name in work.shipped and name not in work.own
    read = read_row(row, work.shipped[name].content.label if shipped else work.shelf.label)
    if row.cells.get("kind") == "edition":
        _place_edition(work, read)
    elif row.cells.get("kind") in SHAPES:
        _place_record(work, read, name)
    return read


def _place_record(work: _Import, read: ReadRow, name: str) -> None:
    item = work.own.get(name) or work.shipped.get(name)
    problem = identifier_problem(name)
    if problem is None and name in work.rows:
        problem = f"also that of row {work.rows[name].row.number}"
    if problem is not None:
        read.wrong("identifier", problem)
        name = f"row-{read.row.number}"  # the rest of the row is checked all the same
    elif item is not None and item.kind != read.row.cells["kind"]:
        read.wrong("kind", f"{name!r} is there already and is of kind {item.kind}")
    work.rows[name] = read
    if read.content is None:
        return
    if problem is None and item is not None and name not in work.own:
        work.stays(read, name, item.content)
        return
    old = item.content if item and problem is None else None
    content = read.content
    if isinstance(content, Series) and isinstance(old, Series):
        content = msgspec.structs.replace(content, editions=old.editions)
    work.made[name] = work.settle(read, name, old, content)


def _place_edition(work: _Import, read: ReadRow) -> None:
    row, edition = read.row, read.content
    series = row.cells.get("series", "")
    own, shipped = (items[series].content if series in items else None for items in (work.own, work.shipped))
    whole = work.made.get(series) or own
    if not isinstance(whole or shipped, Series) and series not in work.rows:
        read.wrong("series", "there is no such series in the sheet or the folder")
    if edition is None or read.is_told("name") or read.is_told("series"):
        return
    name = f"{series}/{slug(edition.name)}"
    if row.cells.get("identifier", name) != name:
        read.wrong("identifier", f"the name of the edition makes it {name!r}; leave the cell empty")
    elif name in work.rows:
        read.wrong("name", f"also that of row {work.rows[name].row.number}")
    else:
        work.rows[name] = read
        _settle_edition(work, read, name, whole, shipped)


def _settle_edition(work: _Import, read: ReadRow, name: str, whole: Any, shipped: Any) -> None:
    """Put an edition into its series, or leave alone what ships."""
    series, _, part = name.partition("/")
    beneath = {slug(held.name): held for held in getattr(shipped, "editions", ())}
    if not isinstance(whole, Series):
        if isinstance(shipped, Series):
            work.stays(read, name, beneath.get(part))
        return
    places = {slug(held.name): place for place, held in enumerate(whole.editions)}
    place = places.get(part, len(whole.editions))
    if part not in places and part in beneath and _same(beneath[part], read.content, shipped.label):
        work.stays(read, name, read.content)  # as it shows through from beneath
        return
    old = whole.editions[place] if part in places else None
    editions = [*whole.editions[:place], work.settle(read, name, old, read.content), *whole.editions[place + 1 :]]
    work.made[series] = msgspec.structs.replace(whole, editions=editions)


def _check(work: _Import) -> None:
    """Check what the rows make against everything else on the shelf; what a wrong cell brings about is not told."""
    filed = [Filed(name, _file(work, name, content), content) for name, content in work.made.items()]
    of_file = {item.file: item for item in filed}
    told = {name: {wrong.column for wrong in read.problems} for name, read in work.rows.items()}
    is_right = not any(told.values())
    ahead = [line for name in _touched(work, everything=not is_right) for line in _ahead(work, name)]
    for line in [*work.shelf.new_problems(filed), *ahead]:
        file, _, problem = line.partition(": ")
        if file not in of_file:
            if is_right:
                next(iter(work.rows.values())).wrong("identifier", line)
            continue
        name, problem = _row_of(work, of_file[file], problem)
        where = re.match(r"(?:(evidence)(?:\[(\d+)\])?\.?)?(\w*)", problem)
        assert where is not None
        named = where[3] if where[3] in PLAIN_COLUMNS else "identifier"
        column = evidence_column(int(where[2] or 0) + 1, where[3] or "supports") if where[1] else named
        if not _follows(work, told[name], column, problem):
            work.rows[name].wrong(column, problem)


def _follows(work: _Import, told: set[str], column: str, problem: str) -> bool:
    """Whether a problem is there only because of a cell that was said to be wrong."""
    missing = re.search(r"there is no record '([^']*)'", problem)
    if column in told or (missing and missing[1] in work.rows):
        return True
    is_of_evidence = column == "verification" or "nothing supports" in problem
    return is_of_evidence and any(name.startswith("evidence_") or name in problem for name in told)


def _row_of(work: _Import, item: Filed, problem: str) -> tuple[str, str]:
    """The name of the row that a problem of a record stems from, and the problem without the place of the edition."""
    place = re.match(r"editions\[(\d+)\]\.", problem)
    if place and isinstance(item.content, Series):
        name = f"{item.identifier}/{slug(item.content.editions[int(place[1])].name)}"
        return name if name in work.rows else next(iter(work.rows)), problem[place.end() :]
    names = [name for name in work.rows if name.split("/")[0] == item.identifier]
    return item.identifier if item.identifier in work.rows else names[0], problem


def _ahead(work: _Import, name: str) -> list[str]:
    """What the rows of a record tell as done before its day; what stood there already is not told again."""
    before = set(ahead_problems(work.own[name])) if name in work.own else set()
    made = Filed(name, _file(work, name, work.made[name]), work.made[name])
    return [line for line in ahead_problems(made) if line not in before]


def _texts(work: _Import) -> Iterator[tuple[Path, str]]:
    for name in _touched(work):
        content = work.made[name]
        yield work.shelf.folder / _file(work, name, content), record_text(content, work.shelf.label)


def _touched(work: _Import, everything: bool = False) -> list[str]:
    """The records that the sheet adds or changes, or of which it adds or changes an edition; or all it has rows of."""
    if everything:
        return [*work.made]
    touched = {name.split("/")[0] for name in (*work.answer.added, *work.answer.changed)}
    return [name for name in work.made if name in touched]


def _file(work: _Import, name: str, content: AnyRecord) -> str:
    return work.own[name].file if name in work.own else f"{content.__struct_config__.tag}/{name}.yml"


def _same(one: Any, other: Any, label: str | None = None) -> bool:
    """Whether two records say the same; a series is looked at without its editions, whose rows are their own.

    `label` is that of the series which an edition without one of its own has.
    """

    def said(content: Any) -> Any:
        if isinstance(content, Fact):
            content = msgspec.structs.replace(content, parties=[*map(as_party, content.parties)])
        if isinstance(content, Edition):
            content = msgspec.structs.replace(content, label=content.label or label)
        return msgspec.structs.replace(content, editions=[]) if isinstance(content, Series) else content

    return bool(said(one) == said(other))
