"""The tables of `core` as Arrow: the schema of each, and rows turned into it with every value checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pyarrow as pa

from comity.errors import ContractBroken, UnknownWord
from comity.vocab.tables import Column, table
from comity.vocab.words import check_word

_TYPES = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "texts": pa.list_(pa.string()),
}


@cache
def core_schema(name: str) -> pa.Schema:
    """The Arrow schema of a table of `core`."""
    columns = table(name).columns
    return pa.schema([pa.field(column.name, _TYPES[column.type], column.nullable) for column in columns])


def to_table(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows as an Arrow table; a field left out is null, a list left out is empty.

    Raises ContractBroken naming the source's row, the column and the value that does not fit.
    """
    shape = table(name)
    held = list(rows)
    allowed = set(shape.column_names)
    for row in held:
        if not row.keys() <= allowed:
            raise ContractBroken(f"{_where(name, row)}: {sorted(row.keys() - allowed)[0]!r} is no column")
    arrays = [_array(name, column, held) for column in shape.columns]
    return pa.Table.from_arrays(arrays, schema=core_schema(name))


def _array(name: str, column: Column, rows: list[Mapping[str, Any]]) -> pa.Array:
    empty: Any = [] if column.type == "texts" else None
    values = [row.get(column.name, empty) for row in rows]
    if not column.nullable and None in values:
        raise ContractBroken(
            f"{_where(name, rows[values.index(None)])}, column {column.name}: must not be null"
        )
    try:
        array = pa.array(values, type=_TYPES[column.type])
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
        raise _misfit(name, column, rows, values) from error
    if column.words:
        _check_words(name, column, rows, values)
    return array


def _misfit(name: str, column: Column, rows: list[Mapping[str, Any]], values: list[Any]) -> ContractBroken:
    for row, value in zip(rows, values, strict=True):
        try:
            pa.array([value], type=_TYPES[column.type])
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
            return ContractBroken(
                f"{_where(name, row)}, column {column.name}: {value!r} is not {column.type}"
            )
    return ContractBroken(f"{name}, column {column.name}: the values are not all {column.type}")


def _check_words(name: str, column: Column, rows: list[Mapping[str, Any]], values: list[Any]) -> None:
    assert column.words is not None
    good: set[str] = set()
    for row, value in zip(rows, values, strict=True):
        for word in value if isinstance(value, list | tuple) else (value,):
            if word is None or word in good:
                continue
            try:
                good.add(check_word(column.words, word))
            except UnknownWord as error:
                raise ContractBroken(f"{_where(name, row)}, column {column.name}: {error}") from error


def _where(name: str, row: Mapping[str, Any]) -> str:
    return f"{row.get('source', '?')} {row.get('row_ref', '?')} in {name}"
