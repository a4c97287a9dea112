"""Write a panel to a file: Parquet, CSV or Stata's format. The same table makes the same bytes.

A file appears whole or not at all. Parquet and CSV are written as the batches come, so a panel need never be in memory
as a whole; Stata's format says the number of rows and the width of text first, so its batches are gathered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from comity.errors import BadRequest
from comity.record.whole_files import whole_file

GROUP_ROWS = 131_072
CODEC = "zstd"

Batches = Iterable[pa.RecordBatch]


def write_table(table: pa.Table, path: Path) -> None:
    """Write a table to a file whose name ends in .parquet, .csv or .dta."""
    write_batches(table.schema, table.to_batches(), path)


def write_batches(schema: pa.Schema, batches: Batches, path: Path) -> int:
    """Write batches of rows, in their order, to a file whose name ends in .parquet, .csv or .dta; answers the rows."""
    if path.suffix not in WRITERS:
        *others, last = WRITERS
        raise BadRequest(f"{path.name}: a panel is written to {', '.join(others)} or {last}")
    with whole_file(path) as file:
        return WRITERS[path.suffix](schema, batches, file)


def _write_parquet(schema: pa.Schema, batches: Batches, file: BinaryIO) -> int:
    import pyarrow.parquet

    rows = 0
    # Readers look for states and years; the least and largest value of every other column would cost a fifth more.
    keys = [field.name for field in schema if not field.nullable]
    with pyarrow.parquet.ParquetWriter(file, schema, compression=CODEC, write_statistics=keys) as writer:
        for group in row_groups(schema, batches):
            writer.write_table(group, row_group_size=GROUP_ROWS)
            rows += group.num_rows
    return rows


def _write_csv(schema: pa.Schema, batches: Batches, file: BinaryIO) -> int:
    """Flags as 0 and 1, as every statistics program reads them; null as an empty cell."""
    import pyarrow.csv

    plain = pa.schema([pa.field(field.name, _plain(field.type)) for field in schema])
    rows = 0
    with pyarrow.csv.CSVWriter(file, plain) as writer:
        for batch in batches:
            cast = [values.cast(held) for values, held in zip(batch.columns, plain.types, strict=True)]
            writer.write_batch(pa.RecordBatch.from_arrays(cast, schema=plain))
            rows += batch.num_rows
    return rows


def _write_stata(schema: pa.Schema, batches: Batches, file: BinaryIO) -> int:
    from comity.panel.stata import write_stata

    table = pa.Table.from_batches(batches, schema)
    write_stata(table, file)
    return int(table.num_rows)


WRITERS: dict[str, Callable[[pa.Schema, Batches, BinaryIO], int]] = {
    ".parquet": _write_parquet,
    ".csv": _write_csv,
    ".dta": _write_stata,
}


def row_groups(schema: pa.Schema, batches: Batches) -> Iterator[pa.Table]:
    """Rows in tables of one contiguous row group each, so that bytes do not depend on how the rows came."""
    waiting: list[pa.RecordBatch] = []
    free = GROUP_ROWS
    for batch in batches:
        start = 0
        while start < batch.num_rows:
            part = batch.slice(start, free)
            waiting.append(part)
            start += part.num_rows
            free -= part.num_rows
            if not free:
                yield pa.Table.from_batches(waiting, schema).combine_chunks()
                waiting, free = [], GROUP_ROWS
    if waiting:
        yield pa.Table.from_batches(waiting, schema).combine_chunks()


def _plain(held: pa.DataType) -> pa.DataType:
    if pa.types.is_dictionary(held):
        return _plain(held.value_type)
    return pa.int8() if pa.types.is_boolean(held) else held
