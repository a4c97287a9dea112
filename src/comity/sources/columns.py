"""A large file by column: the same checks as for rows, made on whole columns at once."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from comity.errors import ContractBroken, UnknownWord
from comity.sources.layout import Layout
from comity.vocab.states import find_state, state_from_code

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Columns:
    """The columns of a file as text; `places` are the numbers of the rows in the file, header included."""

    file: str
    table: pa.Table
    places: Numbers
    missing: frozenset[str]
    aliases: Mapping[str, str]

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return int(self.table.num_rows)

    def only(self, wanted: pa.ChunkedArray) -> Columns:
        """The rows for which a mask is true; null counts as false."""
        mask = np.asarray(pc.fill_null(wanted, fill_value=False))
        return replace(self, table=self.table.filter(pa.array(mask)), places=self.places[mask])

    def text(self, column: str) -> pa.ChunkedArray:
        """A column with outer blanks removed; a missing mark is null."""
        values = pc.utf8_trim_whitespace(self.table.column(column))
        marked = pc.is_in(values, value_set=pa.array(sorted(self.missing), pa.string()))
        return pc.if_else(marked, pa.scalar(None, pa.string()), values)

    def numbers(self, column: str) -> pa.ChunkedArray:
        """A column of numbers."""
        return self._cast(column, pa.float64(), "is not a number")

    def integers(self, column: str) -> pa.ChunkedArray:
        """A column of whole numbers."""
        return self._cast(column, pa.int64(), "is not a whole number")

    def flags(self, column: str) -> pa.ChunkedArray:
        """A column of 0 and 1 as false and true."""
        values = self.text(column)
        strange = pc.invert(pc.is_in(values, value_set=pa.array([None, "0", "1"], pa.string())))
        place = pc.index(strange, value=True).as_py()
        if place >= 0:
            raise self.broken(column, place, "is neither 0 nor 1")
        return pc.equal(values, "1")

    def states(self, column: str, system: str, year: str) -> pa.Array:
        """The states that hold a column's codes at their last member day of the year in another column."""

        def found(code: str, on: int) -> str:
            try:
                return state_from_code(system, int(code), on)
            except UnknownWord:
                if code not in self.aliases:
                    raise
                return find_state(self.aliases[code], on)

        codes, years = self.text(column).combine_chunks(), self.integers(year).combine_chunks()
        self._needed(column, codes)
        self._needed(year, years)
        pairs = pc.binary_join_element_wise(codes, pc.cast(years, pa.string()), "/").dictionary_encode()
        names = []
        for pair in pairs.dictionary.to_pylist():
            code, on = pair.split("/")
            try:
                names.append(found(code, int(on)))
            except (UnknownWord, ValueError) as error:
                place = pc.index(pairs.indices, len(names)).as_py()
                raise self.broken(column, place, f"is no {system} state code") from error
        return pa.array(names, pa.string()).take(pairs.indices)

    def refs(self, *columns: str) -> pa.Array:
        """The reference to keep with each fact: the file and the publisher's key in these columns, else the line."""
        if not columns:
            return pc.binary_join_element_wise(pa.scalar(f"{self.file}:"), self.lines(), "")
        parts = [self.table.column(column).combine_chunks() for column in columns]
        key = pc.binary_join_element_wise(*parts, "/") if len(parts) > 1 else parts[0]
        return pc.binary_join_element_wise(pa.scalar(f"{self.file}:"), key, "")

    def lines(self) -> pa.Array:
        """The number of each row in the file, as text."""
        return pc.cast(pa.array(self.places), pa.string())

    def broken(self, column: str, place: int, problem: str) -> ContractBroken:
        """The error that names a row, a column, its value and the problem."""
        value = self.table.column(column)[place].as_py()
        return ContractBroken(f"{self.file} row {self.places[place]}, column {column}: {value!r} {problem}")

    def _cast(self, column: str, wanted: pa.DataType, problem: str) -> pa.ChunkedArray:
        values = self.text(column)
        try:
            return pc.cast(values, wanted)
        except pa.ArrowInvalid as error:
            for place, value in enumerate(values.to_pylist()):
                try:
                    pc.cast(pa.scalar(value, pa.string()), wanted)
                except pa.ArrowInvalid:
                    raise self.broken(column, place, problem) from error
            raise

    def _needed(self, column: str, values: pa.Array) -> None:
        if values.null_count:
            raise self.broken(column, pc.index(pc.is_null(values), value=True).as_py(), "must not be missing")


def read_columns(name: str, content: bytes, delimiter: str, layout: Layout) -> Columns:
    """A delimited file in UTF-8 whose header was checked, by column; a row of another width is refused."""
    bad: list[str] = []

    def refuse(row: pyarrow.csv.InvalidRow) -> str:
        fields = f"{row.actual_columns} fields, the header has {row.expected_columns}"
        bad.append(f"row {row.number}: {row.text[:40]!r} has {fields}")
        return "skip"

    header = list(layout.fields)
    table = pyarrow.csv.read_csv(
        io.BytesIO(content),
        read_options=pyarrow.csv.ReadOptions(column_names=header, skip_rows=1, use_threads=False),
        parse_options=pyarrow.csv.ParseOptions(delimiter=delimiter, invalid_row_handler=refuse),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=False
        ),
    )
    if bad:
        raise ContractBroken(f"{name} {bad[0]}")
    places = np.arange(2, table.num_rows + 2, dtype=np.int64)
    return Columns(name, table, places, layout.missing, layout.aliases)
