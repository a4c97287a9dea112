"""Numbers by year out of whole columns: what readers of wide tables share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from comity.errors import AmbiguousWord, UnknownWord
from comity.sources.columns import Columns
from comity.sources.raw import Row
from comity.vocab.states import find_state, states


def columns_of(rows: Iterable[Row]) -> list[Columns]:
    """Rows that were checked one by one, by column; one part for each layout, as files of a family may differ."""
    parts: dict[int, list[Row]] = {}
    for row in rows:
        row.is_used = True  # from here on `Raw.keep` counts what is left out
        parts.setdefault(id(row.layout), []).append(row)
    return [_columns(part) for part in parts.values()]


def named_states(columns: Columns, column: str, year: str) -> pa.Array:
    """The states that a column's names mean in the year of another column.

    A name that means none then may have an alias: another name, or a state's code, which holds in any year.
    """
    names, years = columns.text(column).combine_chunks(), columns.text(year).combine_chunks()
    pairs = pc.binary_join_element_wise(names, years, "\n").dictionary_encode()
    found: list[str] = []
    for pair in pairs.dictionary.to_pylist():
        name, on = pair.split("\n")
        try:
            found.append(_named(name, columns.aliases.get(name), int(on)))
        except (AmbiguousWord, UnknownWord, ValueError) as error:
            place = pc.index(pairs.indices, len(found)).as_py()
            raise columns.broken(column, place, f"is no state comity knows: {error}") from error
    return pa.array(found, pa.string()).take(pairs.indices)


def fact_tables(base: pa.Table, facts: Mapping[str, pa.ChunkedArray], item: str = "") -> Iterator[pa.Table]:
    """One table for each fact: the rows of `base` where its number is known, with the fact's name, item and value.

    >>> base = pa.table({"state": ["USA", "CAN"], "year": [1920, 1920], "row_ref": ["f:1", "f:2"]})
    >>> [made] = fact_tables(base, {"cinc_share": pa.chunked_array([[None, 0.5]])})
    >>> made.select(["state", "fact", "value"]).to_pylist()
    [{'state': 'CAN', 'fact': 'cinc_share', 'value': 0.5}]
    """
    for fact, values in facts.items():
        is_known = pc.is_valid(values)
        kept = base.filter(is_known)
        made = {"fact": fact, "item": item}
        for column, text in made.items():
            kept = kept.append_column(column, pa.repeat(pa.scalar(text), kept.num_rows))
        yield kept.append_column("value", pc.cast(values.filter(is_known), pa.float64()))


def says_anything(columns: Columns, names: Sequence[str]) -> pa.ChunkedArray:
    """For each row, whether any of these columns holds a value."""
    return reduce(pc.or_, [pc.is_valid(columns.text(name)) for name in names])


def scaled(values: pa.ChunkedArray, factor: int) -> pa.ChunkedArray:
    """Numbers in a smaller unit, without the noise that binary fractions would add.

    >>> scaled(pa.chunked_array([[8.039, None]]), 1000).to_pylist()
    [8039.0, None]
    """
    return pc.round(pc.multiply(values, float(factor)), ndigits=6)


def _named(name: str, alias: str | None, year: int) -> str:
    try:
        return find_state(name, year)
    except (AmbiguousWord, UnknownWord):
        if alias is None:
            raise
        return alias if alias in states() else find_state(alias, year)


def _columns(rows: list[Row]) -> Columns:
    layout = rows[0].layout
    by_column = zip(*(row.values for row in rows), strict=True)
    table = pa.table(
        {name: pa.array(values, pa.string()) for name, values in zip(layout.fields, by_column, strict=True)}
    )
    places = np.array([row.place for row in rows], dtype=np.int64)
    return Columns(layout.file, table, places, layout.missing, layout.aliases)
