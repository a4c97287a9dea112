"""A panel: a spine and the measures added to it, each with the sources it used."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from comity.errors import BadRequest, OutsideCoverage
from comity.panel.fill import Filled, fill
from comity.panel.measure import Measure, find_measure, known_measures
from comity.panel.spines import Spine, spine
from comity.vocab.states import major_powers, state

if TYPE_CHECKING:
    from comity.store import Store

_ARROW = {"flag": pa.bool_(), "count": pa.int32(), "category": pa.int8(), "number": pa.float64()}


@dataclass
class Panel:
    """The rows of a unit and the columns filled so far; `add` returns the panel itself, so that calls chain."""

    store: Store
    rows: Spine
    columns: dict[str, Filled] = field(default_factory=dict)

    def add(self, *names: str) -> Panel:
        """Fill measures; `all` means every measure of the unit."""
        wanted = list(known_measures(self.rows.unit)) if names == ("all",) else list(names)
        found = [find_measure(self.rows.unit, name) for name in wanted]
        for measure in found:
            self.columns[measure.name] = fill(measure, self.rows, self.store)
        return self

    def keep_relevant(self) -> Panel:
        """Keep the politically relevant pairs: contiguous ones (types 1 to 5) and those with a major power.

        Raises OutsideCoverage when that cannot be told because no contiguity data cover a pair.
        """
        if self.rows.unit != "dyad_year":
            raise BadRequest("only pairs of states can be politically relevant; use dyad_year")
        kept = _is_relevant(self.rows, self.store)
        self.rows = self.rows.keep(kept)
        self.columns = {name: Filled(column.values[kept], column.sources) for name, column in self.columns.items()}
        return self

    def to_arrow(self) -> pa.Table:
        """The panel as an Arrow table: keys, then measures; null is unknown.

        The metadata of a column names its sources; that of the table says of each how to cite it and on what terms
        it may be used.
        """
        keys = self.rows.keys()
        arrays = [pa.array(values) for values in keys.values()]
        fields = [pa.field(name, array.type, nullable=False) for name, array in zip(keys, arrays, strict=True)]
        for name, filled in self.columns.items():
            measure = find_measure(self.rows.unit, name)
            arrays.append(_array(measure, filled))
            fields.append(pa.field(name, _ARROW[measure.type], metadata={"sources": ",".join(filled.sources)}))
        metadata = {"citations": json.dumps(self.citations(), ensure_ascii=False)}
        return pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=metadata))

    def citations(self) -> dict[str, dict[str, str]]:
        """How to cite each source that speaks in the panel, its version, and on what terms it may be used."""
        abouts = self.store.abouts()
        used = sorted({source for filled in self.columns.values() for source in filled.sources})
        return {
            about.source: {"citation": about.citation, "version": about.version, "terms": about.terms}
            for about in (abouts[source] for source in used)
        }

    def to_pandas(self) -> Any:
        """The panel as a pandas data frame; needs pandas."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """The panel as a polars data frame; needs polars."""
        import polars

        return polars.from_arrow(self.to_arrow())

    def write(self, path: Path) -> None:
        """Write the panel to a file whose name ends in .parquet or .csv; the file appears whole or not at all."""
        if path.suffix not in (".parquet", ".csv"):
            raise BadRequest(f"{path.name}: a panel is written to .parquet or .csv")
        half = path.with_name(f".{path.name}.partial")
        try:
            with half.open("wb") as file:
                if path.suffix == ".parquet":
                    import pyarrow.parquet

                    pyarrow.parquet.write_table(self.to_arrow(), file, compression="zstd")
                else:
                    import pyarrow.csv

                    pyarrow.csv.write_csv(self.to_arrow(), file)
            half.replace(path)
        except OSError as problem:
            raise BadRequest(f"{path} cannot be written: {problem.strerror}") from problem
        finally:
            half.unlink(missing_ok=True)


def panel(
    store: Store, unit: str, *, years: tuple[int, int], system: str = "cow", states: tuple[str, ...] = ()
) -> Panel:
    """A panel without measures yet: every state or pair of a state system in the years asked for, both included.

    With `states` named, the states themselves or the pairs with at least one of them.
    """
    return Panel(store, spine(unit, system, years, tuple(state(code).code for code in states)))


def _is_relevant(rows: Spine, store: Store) -> npt.NDArray[np.bool_]:
    if not store.coverage("contiguity"):
        raise OutsideCoverage("no contiguity data are loaded, so relevance is unknown; run `comity load contiguity`")
    contiguity = fill(find_measure("dyad_year", "contiguity_type"), rows, store).values
    major = _majors(rows)
    assert rows.state_b is not None
    has_major = major[rows.state_a, rows.year] | major[rows.state_b, rows.year]
    unknown = np.flatnonzero(np.isnan(contiguity) & ~has_major)
    if len(unknown):
        place = unknown[0]
        pair = " and ".join(rows.index.states[side[place]] for side in (rows.state_a, rows.state_b))
        year = rows.index.first_year + rows.year[place]
        raise OutsideCoverage(
            f"no contiguity data cover {pair} in {year}; relevance is unknown in {len(unknown):,} of {len(rows):,} rows"
        )
    return (contiguity > 0) | has_major


def _majors(rows: Spine) -> npt.NDArray[np.bool_]:
    """Which states were major powers on any day of a year, of the shape (states, years)."""
    first, count = rows.index.first_year, rows.index.year_count
    major = np.zeros(rows.is_member.shape, dtype=bool)
    for spell in major_powers():
        last = count - 1 if spell.end is None else spell.end.year - first
        if spell.state in rows.index.states and last >= 0:
            major[rows.index.states.index(spell.state), max(spell.start.year - first, 0) : last + 1] = True
    return major


def _array(measure: Measure, filled: Filled) -> pa.Array:
    mask = np.isnan(filled.values)
    if measure.type == "number":
        return pa.array(filled.values, mask=mask)
    whole = np.where(mask, 0, filled.values)
    return pa.array(whole.astype(bool if measure.type == "flag" else np.int64), mask=mask).cast(_ARROW[measure.type])
