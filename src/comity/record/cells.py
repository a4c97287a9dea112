"""One row of a sheet as a record or an edition, with every cell that is wrong.

A row with wrong cells still makes a record where it can, without them, so that the rest of it is checked in one round
with them; such a record is never written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

import msgspec

from comity.errors import UnknownWord
from comity.record.phrases import value_of
from comity.record.shape import AnyRecord, Edition, Evidence
from comity.record.sheets import SheetRow, evidence_column
from comity.record.writing import EVIDENCE_FIELDS
from comity.vocab.dates import dated

SHAPES: Mapping[str, type] = {str(shape.__struct_config__.tag): shape for shape in get_args(AnyRecord)}
EVIDENCE = re.compile(r"evidence_([1-9][0-9]?)_(" + "|".join(EVIDENCE_FIELDS) + ")")
_STAND_INS = {"verification": "unverified"}  # for what is missing or wrong; else a text that means nothing


@dataclass(frozen=True)
class CellProblem:
    """What is wrong with one cell: its row as a spreadsheet counts, its column, its value."""

    row: int
    column: str
    value: str
    problem: str


@dataclass
class ReadRow:
    """A row as it was read: what its cells make, None where they make nothing, and everything wrong with them."""

    row: SheetRow
    content: Any = None
    problems: list[CellProblem] = field(default_factory=list)

    def wrong(self, column: str, problem: str) -> None:
        """Say that a cell is wrong."""
        self.problems.append(CellProblem(self.row.number, column, self.row.cells.get(column, ""), problem))

    def is_told(self, column: str) -> bool:
        """Whether a cell was said to be wrong."""
        return any(wrong.column == column for wrong in self.problems)


def read_row(row: SheetRow, label: str) -> ReadRow:
    """What a row's cells make, and everything wrong with them; `label` is that of a record whose row names none."""
    read, kind = ReadRow(row), row.cells.get("kind", "")
    shape = Edition if kind == "edition" else SHAPES.get(kind)
    if shape is None:
        read.wrong("kind", f"not one of edition, {', '.join(SHAPES)}")
        return read
    made: dict[str, Any] = {} if shape is Edition else {"label": label, "kind": kind}
    pieces = _read_cells(read, shape, made)
    made["evidence"] = [_typed(read, Evidence, piece, number) for number, piece in sorted(pieces.items())]
    read.content = None if None in made["evidence"] else _typed(read, shape, made)
    return read


def _read_cells(read: ReadRow, shape: type, made: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """Read the cells of a row into `made`; answers the pieces of evidence by their numbers."""
    pieces: dict[int, dict[str, Any]] = {}
    fields = set(shape.__struct_fields__)  # type: ignore[attr-defined]
    on = _on(read.row)
    for column, text in read.row.cells.items():
        piece = EVIDENCE.fullmatch(column)
        name = piece[2] if piece else column
        if column in ("kind", "identifier") or (column == "series" and shape is Edition):
            continue
        if not piece and name not in fields:
            read.wrong(column, f"a record of kind {read.row.cells['kind']} has no {column}")
            continue
        place = pieces.setdefault(int(piece[1]), {}) if piece else made
        try:
            place[name] = value_of(Evidence if piece else shape, name, text, on)
        except UnknownWord as error:
            read.wrong(column, str(error))
    return pieces


def _on(row: SheetRow) -> date | int | None:
    """The day or year of what a row tells, on which the names of states in it mean what they meant then."""
    for column in ("start_date", "signed_date"):
        try:
            found = dated(row.cells.get(column, ""))
        except UnknownWord:
            continue
        return found.day.year if found.precision == "year" else found.day
    return None


def _typed(read: ReadRow, shape: type, made: dict[str, Any], piece: int | None = None) -> Any:
    """Plain values as their shape; a field that is missing is a problem of its column, and something stands in."""
    for given in msgspec.structs.fields(shape):
        if not given.required or given.name in made:
            continue
        if str(given.type).startswith("list") and piece is None:
            made[given.name] = []
            continue
        column = evidence_column(piece, given.name) if piece else given.name
        if not read.is_told(column):
            read.wrong(column, "missing")
        is_list = str(given.type).startswith("list")
        made[given.name] = [] if is_list else 0.0 if given.type is float else _STAND_INS.get(given.name, "?")
    try:
        return msgspec.convert(made, shape)
    except msgspec.ValidationError as error:
        if not read.problems:
            place = re.search(r"at `\$\.(\w+)", str(error))
            read.wrong(place[1] if place else "identifier", str(error))
        return None
