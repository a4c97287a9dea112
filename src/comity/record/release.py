"""The register as one release: every table as CSV and Parquet, what they mean, how to cite them, and checksums.

The same records make the same bytes, so that anybody can make a release again and compare.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.errors import BadRequest
from comity.record.register import CITATION, TERMS, VERSION, load_register, read_register
from comity.record.sheets import write_sheet
from comity.record.shelf import seen_by
from comity.vocab.register import SOURCE
from comity.vocab.tables import table

if TYPE_CHECKING:
    import pyarrow as pa

    from comity.sources.about import About


@dataclass(frozen=True)
class Released:
    """What went into a release: rows by table, and rows that are not public and stayed out."""

    rows: dict[str, int]
    withheld: int


def write_release(folder: Path, records: Path | None = None) -> Released:
    """Write the public rows of a register (default: the shipped one) as a release into a new folder, whole or not."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadRequest(f"{folder} is there already and not empty; a release is written into a new folder")
    loaded = load_register(records)
    public = {name: rows.filter(_is_public(rows)) for name, rows in loaded.tables.items()}
    counts = {name: rows.num_rows for name, rows in public.items()}
    released = Released(counts, sum(rows.num_rows for rows in loaded.tables.values()) - sum(counts.values()))
    half = folder.with_name(f".{folder.name}.{os.getpid()}.partial")
    try:
        (half / "tables").mkdir(parents=True)
        for name, rows in public.items():
            _write_table(half / "tables" / name, rows)
        write_sheet(seen_by("public", read_register(records)), half / "register.csv")
        _write_texts(half, loaded.about, released)
        half.replace(folder)
    except OSError as problem:
        raise BadRequest(f"{problem.filename or folder} cannot be written: {problem.strerror or problem}") from problem
    finally:
        _remove(half)
    return released


def _is_public(rows: pa.Table) -> pa.Array:
    import pyarrow.compute as pc

    return pc.equal(rows.column("label"), "public")


def _write_table(path: Path, rows: pa.Table) -> None:
    import pyarrow.parquet as pq

    pq.write_table(rows.combine_chunks(), path.with_suffix(".parquet"), compression="zstd")
    _write_csv(path.with_suffix(".csv"), rows.column_names, map(dict.values, rows.to_pylist()))


def _write_csv(path: Path, columns: list[str], rows: Any) -> None:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    path.write_bytes(file.getvalue().encode())


def _cell(value: Any) -> str:
    """Null as nothing, a list as JSON, a date as ISO text."""
    if value is None:
        return ""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else str(value)


def _write_texts(folder: Path, about: About, released: Released) -> None:
    from comity.sources.citing import bibtex_entry

    columns = [
        (name, column.name, column.type, column.means) for name in released.rows for column in table(name).columns
    ]
    _write_csv(folder / "columns.csv", ["table", "column", "type", "means"], columns)
    (folder / "citation.bib").write_text(bibtex_entry(SOURCE, about) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(_readme(about, released.rows), encoding="utf-8")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}" for path in files]
    (folder / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")


def _readme(about: About, rows: Mapping[str, int]) -> str:
    coverage = about.coverage[0]
    counted = "\n".join(f"| `{name}` | {count:,} |" for name, count in rows.items())
    return f"""# The comity register of military diplomacy, version {VERSION}

Facts of military diplomacy written and checked by the comity project, each with its evidence. The newest piece of
evidence was read on {coverage.end}. What the register does not list may have happened all the same: no count here is
a count of all there was.

## Files

- `tables/NAME.csv` and `tables/NAME.parquet`: the tables below, the same rows in both. In CSV an empty cell is unknown
  and a list is written as JSON (`["sea", "air"]`).
- `register.csv`: the same records as one flat sheet, a row for each record and each edition of a series;
  `comity record import` reads it.
- `columns.csv`: what each column means.
- `citation.bib`: the citation for BibTeX.
- `SHA256SUMS`: checksums; `sha256sum -c SHA256SUMS` checks that nothing was changed.

| table | rows |
| - | - |
{counted}

## License and citation

{TERMS} (https://creativecommons.org/licenses/by/4.0/): use it for anything, and name its source:

> {CITATION}
"""


def _remove(folder: Path) -> None:
    with suppress(OSError):
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        folder.rmdir()
