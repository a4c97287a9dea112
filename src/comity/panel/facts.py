"""Facts on a spine: what a measure's SQL lists, each fact with its row and its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from comity.errors import BadRequest
from comity.panel.letters import bytes_of, numbered
from comity.panel.listed import Stated, of_many
from comity.panel.measure import Measure
from comity.panel.spines import Places, Spine

if TYPE_CHECKING:
    from comity.sources.about import About
    from comity.vocab.coverage import Coverage


BATCH = 32_768  # facts at a time: what they need then fits the cache, and memory is not taken anew for each
OWN = "own"  # who speaks in a user's own SQL that names no source


class Facts(Protocol):
    """What a panel asks of a store."""

    def ask(self, sql: str, parameters: dict[str, Any] | None = None) -> pa.Table:
        """The answer to one SELECT over `core`."""

    def coverage(self, kind: str) -> list[tuple[str, Coverage]]:
        """What each source says it knows of a kind of fact."""

    def abouts(self) -> dict[str, About]:
        """What is known of each source."""


@dataclass(frozen=True)
class Listed:
    """Facts on the rows of a spine: their row, value, and number of the source among the names."""

    rows: Places
    values: npt.NDArray[np.float64]
    source: Places
    names: tuple[str, ...]

    def of(self, name: str) -> tuple[Places, npt.NDArray[np.float64]]:
        """The rows and values of one source."""
        if len(self.names) == 1:
            return self.rows, self.values
        mine = self.source == self.names.index(name)
        return self.rows[mine], self.values[mine]


def answered(sql: str, rows: Spine, store: Facts) -> pa.Table:
    """The answer to the SQL of a measure, for the years of a spine alone."""
    years = dict(zip(("first", "last"), rows.index.years, strict=True))
    return store.ask(f"SELECT * FROM ({sql}\n) WHERE year BETWEEN $first AND $last", years)  # noqa: S608 (a measure's)


def answered_together(stated: list[Stated], rows: Spine, store: Facts) -> dict[Stated, pa.Table]:
    """The answers to the SQL of several facts of one listing, read in one go."""
    answer = answered(of_many(stated), rows, store).combine_chunks()
    if not answer.num_rows:
        return dict.fromkeys(stated, answer)
    fact = answer["fact"].chunk(0)
    number = fact.indices.to_numpy()
    told = answer.drop_columns("fact")
    starts = np.flatnonzero(np.diff(number, prepend=-1))
    if len(starts) > len(np.unique(number[starts])):  # the facts do not come one after the other
        order = np.argsort(number, kind="stable")
        told, number = _in_order(told, order), number[order]
        starts = np.flatnonzero(np.diff(number, prepend=-1))
    parts = dict.fromkeys(stated, told.slice(0, 0))
    edges = pairwise([*starts.tolist(), len(number)])
    for place, (start, end) in zip(number[starts].tolist(), edges, strict=True):
        parts[stated[place]] = told.slice(start, end - start)
    return parts


def _in_order(table: pa.Table, order: npt.NDArray[np.intp]) -> pa.Table:
    """The rows of a table in another order; numbers without nulls need nothing of Arrow that is slow to import."""
    columns = []
    for column in table.combine_chunks().columns:
        held = column.chunk(0)
        if pa.types.is_primitive(held.type) and not held.null_count:
            held = pa.array(held.to_numpy(zero_copy_only=False)[order])
        elif isinstance(held, pa.DictionaryArray) and not held.null_count:
            held = pa.DictionaryArray.from_arrays(held.indices.to_numpy()[order], held.dictionary)
        elif _only_text(held) is None:
            held = held.take(pa.array(order))
        columns.append(held)
    return pa.Table.from_arrays(columns, table.column_names)


def listed(measure: Measure, rows: Spine, answer: pa.Table) -> Iterator[Listed]:
    """The facts of an SQL measure that lie on a spine, some at a time; those of other years or states fall away."""
    sides = _sides(measure)
    needed = {*sides, "year", "value", *(("month",) if rows.month is not None else ())}
    if missing := needed - set(answer.column_names):
        raise BadRequest(f"the SQL of {measure.name} yields no column {', '.join(sorted(missing))}")
    for part in answer.to_batches(max_chunksize=BATCH):
        states = [rows.index.state_numbers(part[name]) for name in sides]
        step = part["year"].to_numpy().astype(np.int32) - np.int32(rows.index.first_year)
        if rows.month is not None:
            step = step * np.int32(12) + part["month"].to_numpy().astype(np.int32) - np.int32(1)
        places = rows.rows_of(states[0], states[1] if len(states) > 1 else None, step)
        values = part["value"].to_numpy(zero_copy_only=False).astype(np.float64, copy=False)
        names, of_source = _by_source(part)
        if len(places) and places.min() < 0:
            on_spine = places >= 0
            places, values, of_source = places[on_spine], values[on_spine], of_source[on_spine]
        if len(places):
            yield Listed(places, values, of_source, names)


def _by_source(part: pa.RecordBatch) -> tuple[tuple[str, ...], Places]:
    """The sources that facts name, and the number of each row's; a user's own SQL need not name any."""
    if "source" not in part.schema.names:
        return (OWN,), np.zeros(part.num_rows, dtype=np.int32)
    source = part["source"]
    if not isinstance(source, pa.DictionaryArray):
        if (only := _only_text(source)) is not None:
            return (only,), np.zeros(part.num_rows, dtype=np.int32)
        if (few := numbered(source)) is not None:
            return few
        import pyarrow.compute as pc  # takes long to import, and nearly all facts have one of a few sources

        source = pc.dictionary_encode(source)
    return tuple(source.dictionary.to_pylist()), source.indices.to_numpy()


def _only_text(texts: pa.Array) -> str | None:
    """The one text that all of several rows hold, told from its bytes; None where they differ."""
    held = bytes_of(texts)
    if held is None:
        return None
    return str(texts[0].as_py()) if (held == held[0]).all() else None


def _sides(measure: Measure) -> tuple[str, ...]:
    """The columns in which the SQL of a measure names its states."""
    if measure.unit == "state_year":
        return ("state",)
    return ("from_state", "to_state") if measure.is_directed else ("state_a", "state_b")
