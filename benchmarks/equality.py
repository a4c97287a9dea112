"""Build a panel from the input tables of the R package peacesciencer, to be compared with what that package made.

    python benchmarks/equality.py --src DIR --panel relevant_directed -o F.parquet [--against REFERENCE.parquet]

DIR holds the package's data as Parquet tables. They are shown to comity as facts of `core` in the units of the tables,
and from there on everything is what serves users: the spines, the measures, the columns of a user's own. The names and
the order of the columns are the reference's, whose keys are 32-bit integers and all else double precision.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # nothing here multiplies matrices; threads only cost their start

import numpy as np
import pyarrow as pa
from reference_columns import COLUMNS, OWN
from reference_tables import ReferenceTables

from comity.panel import Panel, StateSystem, panel
from comity.panel.systems import Spell

YEARS = (1816, 2010)  # disputes, which the peace years need, are known to 2010
PANELS = {
    "relevant_directed": ("directed_dyad_year", True),
    "relevant_undirected": ("dyad_year", True),
    "all_directed": ("directed_dyad_year", False),
    "all_undirected": ("dyad_year", False),
    "state_year": ("state_year", False),
}
KEYS = {
    "state": "ccode",
    "state_a": "ccode1",
    "from_state": "ccode1",
    "state_b": "ccode2",
    "to_state": "ccode2",
    "year": "year",
}
CHUNK = 131_072


def reference_panel(src: Path, name: str) -> Panel:
    """A panel of the reference, with its columns filled under comity's names or, as own columns, under its own."""
    unit, is_relevant = PANELS[name]
    tables = ReferenceTables(src)
    made = panel(tables, unit, years=YEARS, system=reference_system(tables))
    if is_relevant:
        made.relevant("is_relevant_first")
    needed = {measure for _, measure in COLUMNS[name]}
    for column, said in OWN["state_year" if unit == "state_year" else "pairs"]:
        if column in needed:
            made.add(**{column: said})
    made.add(*dict.fromkeys(measure for _, measure in COLUMNS[name] if measure not in made.columns))
    return made


def reference_system(tables: ReferenceTables) -> StateSystem:
    """The state system of the reference: its members by number, and their capitals."""

    def capitals() -> list[Spell]:
        return [
            Spell(row["ccode"], row["stdate"].date(), row["enddate"].date(), (row["lat"], row["lng"]))
            for row in tables.ask("FROM cow_capitals").to_pylist()
        ]

    members = []
    for row in tables.ask("FROM cow_states").to_pylist():
        start, end = (date(*(row[f"{edge}{part}"] for part in ("year", "month", "day"))) for edge in ("st", "end"))
        members.append(Spell(row["ccode"], start, end, row["ccode"]))
    return StateSystem("cow", members, capitals)


def batches(made: Panel, name: str, src: Path) -> Iterator[pa.RecordBatch]:
    """The rows of the panel a chunk at a time, under the reference's names and types."""
    keys = dict(zip(made.rows.key_names(), made.rows.key_arrays(), strict=True))
    names = None
    if name == "state_year":
        names = {row["ccode"]: row["cw_name"] for row in ReferenceTables(src).ask("FROM cw_system").to_pylist()}
    for start in range(0, len(made), CHUNK):
        part = slice(start, start + CHUNK)
        columns: dict[str, pa.Array] = {}
        for key, array in keys.items():
            columns[KEYS[key]] = array[part].cast(pa.int32())
            if names and key == "state":
                columns["cw_name"] = pa.array([names[code] for code in array[part].to_pylist()], pa.large_string())
        for column, measure in COLUMNS[name]:
            values = made.columns[measure].values(part)
            columns[column] = pa.array(values, type=pa.float64(), from_pandas=True)
        yield pa.RecordBatch.from_pydict(columns)


def differences(made: pa.Table, reference: pa.Table) -> list[str]:
    """Every way in which two panels differ, in words; `capdist` may differ by 1e-9 km."""
    if made.column_names != reference.column_names:
        return [f"columns {made.column_names} against {reference.column_names}"]
    if made.num_rows != reference.num_rows:
        return [f"{made.num_rows} rows against {reference.num_rows}"]
    found = []
    for name in made.column_names:
        if pa.types.is_large_string(made.schema.field(name).type):
            found += [] if made[name].to_pylist() == reference[name].to_pylist() else [f"{name}: the texts differ"]
            continue
        one, other = (table[name].to_numpy().astype(np.float64) for table in (made, reference))
        near = np.isclose(one, other, rtol=0, atol=1e-9) if "capdist" in name else one == other
        apart = np.flatnonzero(~(near | (np.isnan(one) & np.isnan(other))))
        if len(apart):
            where, first = made.select(range(3)).slice(int(apart[0]), 1).to_pylist()[0], apart[0]
            found.append(f"{name}: {len(apart):,} rows differ, first {where}: {one[first]} against {other[first]}")
    return found


def width_of(made: Panel, name: str) -> int:
    """How many columns the reference has: keys, measures, and the names of single states."""
    return len(made.rows.key_names()) + len(COLUMNS[name]) + (name == "state_year")


def content_hash(table: pa.Table) -> str:
    """What the panel holds, whoever wrote it: the MD5 of all columns in order, each by name and values.

    Numbers are little-endian doubles, missing is −9e99 and −0 is 0, distances of capitals have 3 decimals; texts are
    joined by 0x1F.
    """
    import hashlib

    found = hashlib.md5(usedforsecurity=False)
    for name, column in zip(table.column_names, table.columns, strict=True):
        found.update(name.encode())
        if pa.types.is_large_string(column.type):
            found.update("\x1f".join(column.to_pylist()).encode())
            continue
        values = column.to_numpy().astype("<f8")
        values = np.round(values, 3) if "capdist" in name else values
        found.update((np.where(np.isnan(values), -9e99, values) + 0.0).astype("<f8").tobytes())
    return found.hexdigest()


def main() -> None:
    """Build, write, and where a reference is given say how the two differ."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--src", type=Path, required=True, help="folder of the input tables")
    asked.add_argument("--panel", choices=PANELS, required=True)
    asked.add_argument("-o", "--out", type=Path, help="the Parquet file to write; without it the panel stays in memory")
    asked.add_argument("--against", type=Path, help="a reference panel to compare with")
    asked.add_argument("--hash", action="store_true", help="say the content hash, to be compared with a reference's")
    given = asked.parse_args()
    made = reference_panel(given.src, given.panel)
    width = f"{given.panel}: {len(made):,} rows, {width_of(made, given.panel)} columns"
    if given.out:
        import pyarrow.parquet as pq

        rows = batches(made, given.panel, given.src)
        first = next(rows)
        keys = list(KEYS.values())  # readers look for states and years, as in comity's own files
        with pq.ParquetWriter(given.out, first.schema, compression="zstd", write_statistics=keys) as writer:
            for batch in chain([first], rows):
                writer.write_batch(batch)
        print(f"{width}, written to {given.out}")
    else:
        table = made.to_arrow()  # as a user has it, whole
        print(f"{width}, {table.nbytes / 2**20:,.0f} MiB")
    if given.hash:
        print(content_hash(pa.Table.from_batches(batches(made, given.panel, given.src))))
    if given.against:
        import pyarrow.parquet as pq

        found = differences(pa.Table.from_batches(batches(made, given.panel, given.src)), pq.read_table(given.against))
        print("\n".join(found) or "equal")
        sys.exit(bool(found))


if __name__ == "__main__":
    main()
