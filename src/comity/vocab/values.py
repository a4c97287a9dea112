"""The values a table of `core` may hold: no null where none is allowed, finite numbers, words of the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.errors import ContractBroken, UnknownWord
from comity.vocab.tables import Column, table
from comity.vocab.words import check_word, words

if TYPE_CHECKING:
    import pyarrow as pa


def check_values(name: str, rows: pa.Table) -> None:
    """Refuse nulls where none are allowed, numbers that are not finite, and words outside the vocabulary."""
    import pyarrow.compute as pc

    for column in table(name).columns:
        values = rows.column(column.name)
        if values.null_count and not column.nullable:
            refuse(name, rows, pc.is_null(values), f"column {column.name} is null")
        if column.type == "number":
            refuse(name, rows, pc.invert(pc.is_finite(values)), f"column {column.name} is not a finite number")
        if column.type == "texts":
            values = pc.list_flatten(values)
        if column.words or column.type == "texts":
            _check_words(name, rows, column, set(pc.unique(values).to_pylist()))


def _check_words(name: str, rows: pa.Table, column: Column, found: set[str | None]) -> None:
    """Refuse a value outside the column's vocabulary, and null in a list, which holds known things only."""
    allowed: set[str | None] = set(words(column.words)) if column.words else found - {None}
    strange = found - allowed - (set() if column.type == "texts" else {None})
    if not strange:
        return
    for place, cell in enumerate(rows.column(column.name).to_pylist()):
        for value in cell or () if isinstance(cell, list) else (cell,):
            if value in strange:
                raise ContractBroken(f"{_place(name, rows, place)}: column {column.name}: {_fault(column, value)}")


def _fault(column: Column, value: str | None) -> str:
    if value is None:
        return "a list cannot hold null"
    try:
        return check_word(str(column.words), value)
    except UnknownWord as problem:
        return str(problem)


def refuse(name: str, rows: pa.Table, wrong: pa.ChunkedArray, reason: str) -> None:
    """Raise ContractBroken for the first row where `wrong` is true, if there is one."""
    import pyarrow.compute as pc

    place = pc.index(wrong, value=True).as_py()
    if place >= 0:
        raise ContractBroken(f"{_place(name, rows, place)}: {reason}")


def _place(name: str, rows: pa.Table, place: int) -> str:
    """How an error names one row: its source, table and row_ref."""
    source, row_ref = (rows.column(column)[place].as_py() for column in ("source", "row_ref"))
    return f"{source or 'no source'}: {name} {row_ref or 'without row_ref'}"
