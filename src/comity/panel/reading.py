"""Read a panel that was written to Parquet, whole or only some of its columns."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

import pyarrow as pa

from comity.errors import BadRequest
from comity.panel.metadata import is_panel


def read_panel(path: Path, columns: Iterable[str] | None = None) -> pa.Table:
    """A stored panel as an Arrow table, with everything it says of itself.

    With `columns` named, these alone are read, in the order asked for. The file is mapped into memory, so a few columns
    of a large panel take about as long as they are large.
    """
    import pyarrow.parquet

    try:
        path.open("rb").close()  # the system's own words for a file that is not there
        with pyarrow.parquet.ParquetFile(path, memory_map=True) as file:
            schema = _without_marks(file.schema_arrow)
            if not is_panel(schema):
                raise BadRequest(f"{path} is no panel that comity wrote: it does not say what it is made from")
            wanted = None if columns is None else _known(schema, columns, path)
            table = file.read(columns=wanted)
    except OSError as problem:
        raise BadRequest(f"{path} cannot be read: {problem.strerror or problem}") from problem
    except pa.ArrowInvalid as problem:
        raise BadRequest(f"{path} is no Parquet file, and a stored panel is one") from problem
    chosen = schema if wanted is None else pa.schema([schema.field(name) for name in wanted], schema.metadata)
    return pa.Table.from_arrays([table.column(name) for name in chosen.names], schema=chosen)


def _known(schema: pa.Schema, columns: Iterable[str], path: Path) -> list[str]:
    """The columns asked for, each once, or BadRequest with the nearest names."""
    wanted = list(dict.fromkeys([columns] if isinstance(columns, str) else columns))
    for name in wanted:
        if name not in schema.names:
            near = get_close_matches(name, schema.names, n=3, cutoff=0.5) or schema.names[:3]
            raise BadRequest(f"{path.name} has no column {name!r}; the nearest are {', '.join(near)}")
    return wanted


def _without_marks(schema: pa.Schema) -> pa.Schema:
    """The schema as it was written: Parquet adds the number of each field to what the field says."""
    fields = []
    for field in schema:
        said = {key: value for key, value in (field.metadata or {}).items() if not key.startswith(b"PARQUET:")}
        fields.append(field.with_metadata(said or None))
    return pa.schema(fields, metadata=schema.metadata)
