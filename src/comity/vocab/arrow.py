"""The Arrow shape of each table of `core`, and rows brought into it."""

from __future__ import annotations

import hashlib
import numbers
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from comity.errors import ContractBroken
from comity.vocab.tables import Column, table

if TYPE_CHECKING:
    import pyarrow as pa

Row = Mapping[str, Any]


@cache
def core_schema(name: str) -> pa.Schema:
    """The Arrow schema of one table of `core`, provenance last.

    >>> core_schema("dispute").field("start_date").type
    DataType(date32[day])
    """
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "texts": pa.list_(pa.string()),
    }
    columns = table(name).columns
    return pa.schema([pa.field(column.name, types[column.type], column.nullable) for column in columns])


@cache
def shape_hash(name: str) -> str:
    """A short hash of a table's columns and types, to tell parts written for another shape of the table."""
    shape = [(column.name, column.type) for column in table(name).columns]
    return hashlib.sha256(repr(shape).encode()).hexdigest()[:16]


def to_table(name: str, rows: Iterable[Row]) -> pa.Table:
    """Rows as an Arrow table of one table of `core`; a key left out is unknown, a list left out is empty.

    A name, type, null or word that the table does not allow raises ContractBroken with its source, row_ref,
    column and value.

    >>> to_table("mission", []).num_rows
    0
    """
    import pyarrow as pa

    from comity.vocab.values import check_values

    listed = list(rows)
    names = frozenset(table(name).column_names)
    for row in listed:
        if not row.keys() <= names:
            extra = min(row.keys() - names)
            raise ContractBroken(f"{_place(name, row)}: there is no column {extra!r} (value {row[extra]!r})")
    arrays = [_array(name, column, listed) for column in table(name).columns]
    made = pa.Table.from_arrays(arrays, schema=core_schema(name))
    check_values(name, made)
    return made


def filled_table(name: str, facts: pa.Table, given: Mapping[str, str]) -> pa.Table:
    """Facts made by column as a table of `core`: `given` fills whole columns. What is left out is null, a list empty.

    Raises ContractBroken when a column is unknown or missing, or holds a null or a word that the table does not allow.
    """
    import pyarrow as pa

    from comity.vocab.values import check_values

    schema = core_schema(name)
    strange = sorted(set(facts.column_names) - set(schema.names))
    if strange:
        raise ContractBroken(f"{given.get('source')}: {name} has no column {strange[0]!r}")
    arrays = []
    for field in schema:
        if field.name in facts.column_names:
            arrays.append(facts.column(field.name).cast(field.type).combine_chunks())
        elif field.name in given:
            arrays.append(pa.repeat(pa.scalar(given[field.name], field.type), facts.num_rows))
        elif pa.types.is_list(field.type):
            starts = pa.repeat(pa.scalar(0, pa.int32()), facts.num_rows + 1)
            arrays.append(pa.ListArray.from_arrays(starts, pa.nulls(0, field.type.value_type), type=field.type))
        else:
            arrays.append(pa.nulls(facts.num_rows, field.type))
    made = pa.Table.from_arrays(arrays, schema=schema)
    check_values(name, made)
    return made


def _array(name: str, column: Column, rows: list[Row]) -> pa.Array:
    """One column; the types are looked at as a set, so that the usual case costs one pass in C."""
    import pyarrow as pa

    left_out: list[str] | None = [] if column.type == "texts" else None
    values = [row.get(column.name, left_out) for row in rows]
    wanted = core_schema(name).field(column.name).type
    if _are_kind(values, column.type):
        try:
            return pa.array(values, type=wanted)
        except (pa.ArrowException, OverflowError, UnicodeError):
            pass  # the value Arrow cannot hold is found and named below
    for row, value in zip(rows, values, strict=True):
        if not _is_held(value, column.type, wanted):
            raise ContractBroken(f"{_place(name, row)}: column {column.name} is {value!r}, not {column.type}")
    raise AssertionError(f"{name}.{column.name}: each value fits, but not all of them")


def _is_kind(kind: type, wanted: str) -> bool:
    """Whether values of this Python type may stand in a column; numpy's numbers count as numbers."""
    if kind is type(None):
        return True
    if issubclass(kind, bool):
        return wanted == "boolean"
    allowed: dict[str, tuple[type, ...]] = {
        "text": (str,),
        "integer": (numbers.Integral,),
        "number": (numbers.Real,),
        "texts": (list, tuple),
    }
    # A datetime is a date to Python, but to store it as one would drop its hours in silence.
    return kind is date if wanted == "date" else issubclass(kind, allowed.get(wanted, ()))


def _are_kind(values: list[Any], wanted: str) -> bool:
    if not all(_is_kind(kind, wanted) for kind in set(map(type, values))):
        return False
    items = chain.from_iterable(filter(None, values)) if wanted == "texts" else ()
    return all(issubclass(kind, str) for kind in set(map(type, items)))


def _is_held(value: object, kind: str, wanted: pa.DataType) -> bool:
    """Whether one value fits; Arrow refuses a number that is too large and a text that is not Unicode."""
    import pyarrow as pa

    if not _are_kind([value], kind):
        return False
    try:
        pa.array([value], type=wanted)
    except (pa.ArrowException, OverflowError, UnicodeError):
        return False
    return True


def _place(name: str, row: Row) -> str:
    return f"{row.get('source') or 'no source'}: {name} {row.get('row_ref') or 'without row_ref'}"
