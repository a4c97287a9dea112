"""A panel: a spine and the columns added to it, each with the sources it used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from comity.errors import BadRequest, OutsideCoverage
from comity.panel.columns import Column
from comity.panel.describing import Request, schema_of, used_sources
from comity.panel.facts import Facts
from comity.panel.fill import Filled
from comity.panel.ground import Ground, gathered
from comity.panel.naming import Named, measure_for, wanted
from comity.panel.naming import columns as columns_of
from comity.panel.own import listed_twice, own_measure, own_values
from comity.panel.sidecar import write_sidecar
from comity.panel.spines import Spine, spine
from comity.panel.systems import StateSystem
from comity.panel.writing import GROUP_ROWS, write_batches


@dataclass
class Panel:
    """The rows of a unit and the columns filled so far; `add` and `relevant` return the panel, so that calls chain."""

    ground: Ground
    columns: dict[str, Column] = field(default_factory=dict)
    request: Request = field(default_factory=Request)

    @property
    def rows(self) -> Spine:
        """The spine: which states and years the rows are."""
        return self.ground.rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        """A key or a column of the panel as a numpy array; NaN is null."""
        if name in self.columns:
            return self.columns[name].values()
        if name not in self.rows.key_names():
            has = ", ".join([*self.rows.key_names(), *self.columns])
            raise BadRequest(f"{name!r} is no column of this panel; it has {has}")
        key: npt.NDArray[Any] = self.rows.keys()[name]
        return key

    def add(self, *asked: str | Callable[[Panel], Any], **own: str | Callable[[Panel], Any]) -> Panel:
        """Fill columns and return the panel.

        A name is that of a measure, of one of its columns, of a topic, or `all`. Columns of your own come by keyword:
        `add(is_close="SELECT state_a, state_b, year, value FROM …")` from SQL over the store (from_state and to_state
        instead give two columns where pairs have no direction), or
        `add(gap=lambda panel: panel["cinc_share_a"] - panel["cinc_share_b"])` from the columns there are, as numpy
        arrays in which NaN is null. A function given without a keyword returns a dict of columns.

        Raises BadRequest for a name that is none, OutsideCoverage where nothing was known by the day of `as_of`.
        """
        self.ground.expect(
            [column.measure for name in asked if isinstance(name, str) for column in wanted(self.rows.unit, name)]
        )
        for each in asked:
            if callable(each):
                made = each(self)
                if not isinstance(made, Mapping):
                    raise BadRequest(
                        f"a function given without a name returns a dict of columns, not {type(made).__name__}"
                    )
                for name, values in made.items():
                    self._add_own(name, values)
                continue
            for column in wanted(self.rows.unit, each):
                self._add(column, is_named=each.startswith(column.measure.name))
            self.request.measures.append(each)
        for name, given in own.items():
            self._add_own(name, given(self) if callable(given) else given)
        return self

    def relevant(self, by: str = "is_relevant") -> Panel:
        """Keep the politically relevant pairs, contiguous ones (types 1 to 5) and those with a major power.

        `by` may name another flag of pairs: `is_relevant_first` is the rule of the R package peacesciencer. Raises
        OutsideCoverage when relevance cannot be told because no source covers a pair.
        """
        if self.rows.state_b is None:
            raise BadRequest("only pairs of states can be politically relevant; use dyad_year")
        relevance = self._column(Named(by, measure_for("dyad_year", by), 0)).values()
        if len(unknown := np.flatnonzero(np.isnan(relevance))):
            raise OutsideCoverage(self._why_unknown(unknown))
        kept = relevance > 0
        self.ground = self.ground.keep(self.rows.keep(kept))
        self.columns = {name: column.keep(kept) for name, column in self.columns.items()}
        self.request.is_relevant = True
        return self

    def as_of(self, day: date) -> Panel:
        """Hear only sources that were published by a day, where a source says when it was; return the panel.

        It must be said before the first column is added and before the rows are cut to relevant pairs.
        """
        if self.columns or self.request.is_relevant:
            raise BadRequest("the day as of which a panel stands is said before its first column is added or rows cut")
        self.ground = replace(self.ground, as_of=day, filled={})
        return self

    def schema(self) -> pa.Schema:
        """The columns of the panel as an Arrow table has them, with what each means and who speaks in it."""
        return schema_of(self.ground, self.columns, self.request)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows of the panel, as many at a time as a file groups, so that no column is held twice."""
        schema = self.schema()
        for start in range(0, len(self), GROUP_ROWS):
            part = slice(start, start + GROUP_ROWS)
            arrays = [*self.rows.key_arrays(part), *(column.array(part) for column in self.columns.values())]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    def to_arrow(self) -> pa.Table:
        """The panel as an Arrow table: keys, then columns; null is unknown."""
        # Whole columns, not batches: memory taken in large pieces is taken many times faster.
        arrays = [*self.rows.key_arrays(), *(column.array() for column in self.columns.values())]
        return pa.Table.from_arrays(arrays, schema=self.schema())

    def to_pandas(self) -> Any:
        """The panel as a pandas data frame; needs pandas."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """The panel as a polars data frame; needs polars."""
        import polars

        return polars.from_arrow(self.to_arrow())

    def citations(self) -> dict[str, dict[str, str]]:
        """How to cite each source that speaks in the panel, its version, and on what terms it may be used."""
        return {
            about.source: {"citation": about.citation, "version": about.version, "terms": about.terms}
            for about in used_sources(self.ground, self.columns)
        }

    def write(self, path: Path) -> None:
        """Write the panel to a .parquet, .csv or .dta file, and beside it what it is and whom to cite.

        The side-car, `NAME.README.md` and `NAME.bib`, names exactly the sources that speak in the panel.
        """
        schema = self.schema()
        write_sidecar(schema, path, write_batches(schema, self.batches(), path))

    def _add(self, column: Named, is_named: bool) -> None:
        made = self._column(column)
        if is_named and made.filled.silenced and np.isnan(made.values()).all():
            raise OutsideCoverage(_too_early(column.name, made.filled, self.ground))
        self.columns[column.name] = made

    def _why_unknown(self, unknown: npt.NDArray[np.int64]) -> str:
        """Why relevance cannot be told: a list that is not loaded, or a pair that none covers."""
        loaded = self.ground.store.abouts()
        if missing := [source for source in ("contiguity", "cow_states") if source not in loaded]:
            return f"relevance needs {' and '.join(missing)}, not loaded; run `comity load {' '.join(missing)}`"
        one, other, year = (key[unknown[0]] for key in list(self.rows.keys().values())[:3])
        count = f"{len(unknown):,} of {len(self.rows):,} rows"
        return f"no contiguity data cover {one} and {other} in {year}; relevance is unknown in {count}"

    def _column(self, column: Named) -> Column:
        home, filled = self.ground.fill(column.measure)
        at = self.ground.onto(column.measure, home, self.rows)[column.side]
        if at is not None and len(at) and at.min() < 0:
            return Column(column.measure, replace(filled, values=gathered(filled.values, at)))
        return Column(column.measure, filled, at)

    def _add_own(self, name: str, given: Any) -> None:
        if name in self.rows.key_names():
            raise BadRequest(f"{name!r} is a key of the panel; call the column something else")
        if isinstance(given, str):
            measure, answer = own_measure(name, given, self.rows, self.ground.store)
            self.ground.know(measure, answer)
            sides = columns_of(self.rows.unit, measure)
            if self.rows.unit == "directed_dyad_year":
                sides = sides[:1]  # each direction has a row of its own
            for side in sides:
                self.columns[side.name] = self._column(side)
            filled = self.columns[sides[0].name].filled
            if len(filled.sources) == 1 and filled.fact_count > np.count_nonzero(~np.isnan(filled.values)):
                self.columns = {key: column for key, column in self.columns.items() if column.measure is not measure}
                raise BadRequest(listed_twice(name, answer))
        else:
            measure, values = own_values(name, given, len(self))
            self.columns[name] = Column(measure, Filled(values))


def panel(
    store: Facts, unit: str, *, years: tuple[int, int], states: tuple[str, ...] = (), system: str | StateSystem = "cow"
) -> Panel:
    """A panel without measures yet: every state or pair of a state system in the years asked for, both included.

    With `states` named, the states themselves or the pairs with at least one of them.
    """
    from comity.vocab.states import state  # only where states are named

    named = tuple(state(code).code for code in states)
    return Panel(Ground(store, spine(unit, system, years, named), named))


def _too_early(name: str, filled: Filled, ground: Ground) -> str:
    abouts = [ground.store.abouts()[source] for source in filled.silenced]
    said = ", ".join(f"{about.source} {about.version} on {about.published}" for about in abouts)
    return f"{name} could not be known on {ground.as_of}: its sources were published later ({said})"
