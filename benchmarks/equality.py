"""Build a panel from the input tables of the R package peacesciencer, to be compared with what that package made.

    python benchmarks/equality.py --src DIR --panel relevant_directed -o F.parquet [--against REFERENCE.parquet]

DIR holds the package's data as Parquet tables. They are shown to comity as facts of `core` in the units of the tables,
and from there on everything is what serves users: the spines, the measures, the columns of a user's own. The names and
the order of the columns are the reference's, whose keys are 32-bit integers and all else double precision.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from comity.panel import Panel, StateSystem, panel
from comity.panel.systems import Spell
from reference_columns import COLUMNS, OWN
from reference_tables import ReferenceTables

YEARS = (1816, 2010)  # disputes, which the peace years need, are known to 2010
PANELS = {
    "relevant_directed": ("directed_dyad_year", True),
    "relevant_undirected": ("dyad_year", True),
    "all_directed": ("directed_dyad_year", False),
    "all_undirected": ("dyad_year", False),
    "state_year": ("state_year", False),
}
CHUNK = 131_072


def reference_panel(src: Path, name: str) -> Panel:
    """A panel of the reference, with its columns filled under comity's names or, as own columns, under its own."""
    unit, is_relevant = PANELS[name]
    tables = ReferenceTables(src)
    made = panel(tables, unit, years=YEARS, system=reference_system(src))
    if is_relevant:
        made.relevant("is_relevant_first")
    kind = "state_year" if unit == "state_year" else "pairs"
    needed = {measure for _, measure in COLUMNS[name]}
    for column, said in OWN[kind]:
        if column in needed:
            made.add(**{column: said})
    made.add(*dict.fromkeys(measure for _, measure in COLUMNS[name] if measure not in made.columns))
    return made


def reference_system(src: Path) -> StateSystem:
    """The state system of the reference: its members by number, and their capitals."""

    def capitals() -> list[Spell]:
        rows = pq.read_table(src / "cow_capitals.parquet").to_pylist()
        return [Spell(r["ccode"], r["stdate"].date(), r["enddate"].date(), (r["lat"], r["lng"])) for r in rows]

    rows = pq.read_table(src / "cow_states.parquet").to_pylist()
    spells = ([date(*(r[f"{edge}{part}"] for part in ("year", "month", "day"))) for edge in ("st", "end")] for r in rows)
    return StateSystem("cow", [Spell(r["ccode"], *ends, r["ccode"]) for r, ends in zip(rows, spells, strict=True)], capitals)


def batches(made: Panel, name: str) -> Any:
    """The rows of the panel a chunk at a time, under the reference's names and types."""
    keys = dict(zip(made.rows.key_names(), made.rows.key_arrays(), strict=True))
    for start in range(0, len(made), CHUNK):
        part = slice(start, start + CHUNK)
        columns = {"ccode" if len(keys) == 2 else f"ccode{n}": key[part] for n, key in enumerate(keys.values(), 1)}
        *_, last = columns
        columns = {("year" if each == last else each): key.cast(pa.int32()) for each, key in columns.items()}
        for column, measure in COLUMNS[name]:
            columns[column] = pa.array(made.columns[measure].values(part).astype(np.float64), from_pandas=True)
        yield pa.RecordBatch.from_pydict(columns)


def differences(made: pa.Table, reference: pa.Table) -> list[str]:
    """Every way in which two panels differ, in words; `capdist` may differ by 1e-9 km."""
    if made.column_names != reference.column_names:
        return [f"columns {made.column_names} against {reference.column_names}"]
    if made.num_rows != reference.num_rows:
        return [f"{made.num_rows} rows against {reference.num_rows}"]
    found = []
    for name in made.column_names:
        one, other = (table[name].to_numpy().astype(np.float64) for table in (made, reference))
        near = np.isclose(one, other, rtol=0, atol=1e-9) if "capdist" in name else one == other
        apart = np.flatnonzero(~(near | (np.isnan(one) & np.isnan(other))))
        if len(apart):
            where = made.select(range(3)).slice(int(apart[0]), 1).to_pylist()[0]
            found.append(f"{name}: {len(apart):,} rows differ, first {where}: {one[apart[0]]} against {other[apart[0]]}")
    return found


def main() -> None:
    """Build, write, and where a reference is given say how the two differ."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--src", type=Path, required=True, help="folder of the input tables")
    asked.add_argument("--panel", choices=PANELS, required=True)
    asked.add_argument("-o", "--out", type=Path, help="the Parquet file to write; without it the panel stays in memory")
    asked.add_argument("--against", type=Path, help="a reference panel to compare with")
    given = asked.parse_args()
    made = reference_panel(given.src, given.panel)
    held = list(batches(made, given.panel)) if given.against or not given.out else batches(made, given.panel)
    if given.out:
        writer = None
        for batch in held:
            writer = writer or pq.ParquetWriter(given.out, batch.schema, compression="zstd")
            writer.write_batch(batch)
        if writer:
            writer.close()
    print(f"{given.panel}: {len(made):,} rows, {len(COLUMNS[given.panel]) + len(made.rows.key_names())} columns")
    if given.against:
        found = differences(pa.Table.from_batches(held), pq.read_table(given.against))
        print("\n".join(found) or "equal")
        sys.exit(bool(found))


if __name__ == "__main__":
    main()
