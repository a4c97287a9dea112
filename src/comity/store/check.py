"""What a table must be before the store takes it: columns, types, nulls, words, labels, source and key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.errors import ContractBroken, UnknownWord
from comity.vocab.arrow import core_schema
from comity.vocab.labels import read_label
from comity.vocab.tables import table
from comity.vocab.values import check_values, refuse

if TYPE_CHECKING:
    import pyarrow as pa


def checked_table(source: str, name: str, given: pa.Table) -> pa.Table:
    """The table in key order and exactly of its shape, or ContractBroken naming the row and value."""
    import pyarrow.compute as pc

    _check_columns(source, name, given)
    check_values(name, given)
    rows = given.cast(core_schema(name))
    refuse(name, rows, pc.not_equal(rows.column("source"), source), f"column source is not {source!r}")
    _check_labels(name, rows)
    # `source` is now one value; with a unique key the order is fixed, and so is every byte of the file.
    key = [column for column in table(name).key if column != "source"]
    ordered = rows.sort_by([(column, "ascending") for column in key]).combine_chunks()
    _check_key(name, ordered, key)
    return ordered


def _check_columns(source: str, name: str, given: pa.Table) -> None:
    try:
        wanted = core_schema(name)
    except UnknownWord as problem:
        raise ContractBroken(f"{source}: {problem}") from problem
    if given.column_names != wanted.names:
        missing = [column for column in wanted.names if column not in given.column_names]
        extra = [column for column in given.column_names if column not in wanted.names]
        detail = f"missing {missing}, unknown {extra}" if missing or extra else "in another order, or repeated"
        raise ContractBroken(f"{source}: the columns of {name} are not those of core.{name}: {detail}")
    for field in wanted:
        found = given.schema.field(field.name).type
        if not _is_same_type(found, field.type):
            raise ContractBroken(f"{source}: {name} column {field.name} is {found}, not {field.type}")


def _is_same_type(found: pa.DataType, wanted: pa.DataType) -> bool:
    """Whether two types are one; the name Arrow gives to the items of a list does not matter."""
    import pyarrow as pa

    if pa.types.is_list(found) and pa.types.is_list(wanted):
        return bool(found.value_type == wanted.value_type)
    return bool(found == wanted)


def _check_labels(name: str, rows: pa.Table) -> None:
    import pyarrow.compute as pc

    labels = rows.column("label")
    for label in pc.unique(labels).to_pylist():
        try:
            read_label(label)
        except UnknownWord as problem:
            refuse(name, rows, pc.equal(labels, label), str(problem))


def _check_key(name: str, ordered: pa.Table, key: list[str]) -> None:
    """Refuse a repeated key; in key order a repeat equals the row before it (null equals null here)."""
    import pyarrow.compute as pc

    if ordered.num_rows < 2:
        return
    repeated = None
    for column in key:
        values = ordered.column(column)
        before, after = values.slice(0, ordered.num_rows - 1), values.slice(1)
        equal = pc.fill_null(pc.equal(before, after), fill_value=False)
        equal = pc.or_(equal, pc.and_(pc.is_null(before), pc.is_null(after)))
        repeated = equal if repeated is None else pc.and_(repeated, equal)
    place = pc.index(repeated, value=True).as_py()
    if place >= 0:
        pair = ordered.slice(place, 2).to_pylist()
        value = ", ".join(f"{column}={pair[0][column]}" for column in key)
        refs = " and ".join(row["row_ref"] for row in pair)
        raise ContractBroken(f"{pair[0]['source']}: {name} has the key {value} twice: {refs}")
