"""A publisher's rows, each value read by its type; what is not understood names file, row, column and value."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from comity.errors import AmbiguousWord, ContractBroken, UnknownWord
from comity.sources.columns import Columns
from comity.sources.layout import Layout
from comity.vocab.dates import Dated, dated, dated_parts
from comity.vocab.states import find_state, find_territory, state_from_code


@dataclass(slots=True, eq=False)
class Row:
    """One row of a publisher's file; `place` is its line counted as a person would, header included."""

    layout: Layout
    place: int
    values: list[str]
    is_used: bool = False  # a fact refers to the row, or it was left out under a rule

    @property
    def file(self) -> str:
        """The name of the file under the source's folder."""
        return self.layout.file

    def has(self, column: str) -> bool:
        """Whether this release of the file has the column."""
        return column in self.layout.fields

    def plain(self, column: str) -> str:
        """The value as it stands in the file."""
        return self.values[self.layout.fields[column]]

    def text(self, column: str) -> str | None:
        """The value with outer blanks removed; a missing mark is null."""
        value = self.values[self.layout.fields[column]].strip()
        return None if value in self.layout.missing else value

    def needed(self, column: str) -> str:
        """The value of a column that may not be missing."""
        value = self.text(column)
        if value is None:
            raise self.broken(column, "must not be missing")
        return value

    def integer(self, column: str) -> int | None:
        """A whole number; `3.0` counts as 3."""
        value = self.values[self.layout.fields[column]]
        if value.isdigit() and value.isascii() and value not in self.layout.missing:
            return int(value)  # nearly every call ends here, so this comes before all else
        number = self.number(column)
        if number is None:
            return None
        if not number.is_integer():
            raise self.broken(column, "is not a whole number")
        return int(number)

    def needed_integer(self, column: str) -> int:
        """A whole number that may not be missing."""
        value = self.integer(column)
        if value is None:
            raise self.broken(column, "must not be missing")
        return value

    def number(self, column: str) -> float | None:
        """A number; what only Python would read as one (`nan`, `1_000`) is none."""
        value = self.text(column)
        if value is None:
            return None
        try:
            number = float(value)
        except ValueError as error:
            raise self.broken(column, "is not a number") from error
        if not math.isfinite(number) or "_" in value:
            raise self.broken(column, "is not a number")
        return number

    def needed_number(self, column: str) -> float:
        """A number that may not be missing."""
        value = self.number(column)
        if value is None:
            raise self.broken(column, "must not be missing")
        return value

    def flag(self, column: str) -> bool | None:
        """0 or 1 as false or true."""
        value = self.text(column)
        if value not in (None, "0", "1"):
            raise self.broken(column, "is neither 0 nor 1")
        return None if value is None else value == "1"

    def state(self, column: str, system: str, on: int | date) -> str:
        """The state that holds this code of a system on a date, or at its last member day of a year."""
        code = self.needed_integer(column)
        try:
            return state_from_code(system, code, on)
        except UnknownWord as error:
            alias = self.layout.aliases.get(self.needed(column))
            if alias is None:
                raise self.broken(column, f"is no {system} state code") from error
            return find_state(alias, on)

    def listed(self, column: str) -> list[str]:
        """The values of a column that holds a list between commas; none when it is missing."""
        return [part.strip() for part in (self.text(column) or "").split(",") if part.strip()]

    def listed_states(self, column: str, system: str, on: int | date, no_states: Collection[str] = ()) -> list[str]:
        """The states that hold the codes listed in a column; codes that stand for no state are passed over."""
        found = []
        for code in self.listed(column):
            if code in no_states:
                continue
            try:
                found.append(state_from_code(system, int(code), on))
            except (UnknownWord, ValueError) as error:
                raise self.broken(column, f"lists {code!r}, which is no {system} state code") from error
        return found

    def listed_state(self, column: str, name: str, on: int | date) -> str:
        """The state that one name in a column's list means on a date; an alias helps where the name alone does not."""
        problem: UnknownWord | None = None
        for wording in filter(None, (name, self.layout.aliases.get(name))):
            try:
                return find_state(wording, on)
            except UnknownWord as error:
                problem = problem or error
        raise self.broken(column, f"names {name!r}: {problem}")

    def party(self, columns: tuple[str, ...], on: int | date) -> tuple[str, str]:
        """Kind and code of the state or territory named on a date, by the first column that is understood.

        A value that is understood in none of the columns may have an alias in the contract.
        """
        names = [self.needed(column) for column in columns]
        aliases = [self.layout.aliases[name] for name in names if name in self.layout.aliases]
        problems = []
        for name in names + aliases:
            try:
                return "state", find_state(name, on)
            except AmbiguousWord as error:
                problems.append(str(error))
                continue
            except UnknownWord as error:
                problems.append(str(error))
            try:
                return "territory", find_territory(name)
            except UnknownWord:
                continue  # the refusal as a state says more
        raise self.broken(columns[0], f"is nobody comity knows: {problems[0]}")

    def date(self, column: str, edge: str = "start") -> Dated | None:
        """A date written `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
        value = self.text(column)
        try:
            return None if value is None else dated(value, edge)
        except UnknownWord as error:
            raise self.broken(column, str(error)) from error

    def date_parts(self, columns: tuple[str, str, str], edge: str = "start") -> Dated | None:
        """A date in three columns: year, month, day; a missing month or day lowers the precision."""
        year, month, day = (self.integer(column) for column in columns)
        if year is None:
            return None
        try:
            return dated_parts(year, month, day, edge)
        except UnknownWord as error:
            raise self.broken(columns[0], str(error)) from error

    def broken(self, column: str, problem: str) -> ContractBroken:
        """The error that names this row, a column, its value and the problem."""
        return ContractBroken(f"{self.file} row {self.place}, column {column}: {self.plain(column)!r} {problem}")

    def ref(self, *columns: str) -> str:
        """The reference to keep with a fact: the file and the publisher's key in these columns, else the line."""
        self.is_used = True
        if not columns:
            return f"{self.file}:{self.place}"
        return f"{self.file}:{'/'.join([self.values[self.layout.fields[column]] for column in columns])}"


class Raw:
    """The files of one source, read and checked, and the count of rows a reader leaves out."""

    def __init__(
        self, source: str, tables: dict[str, list[Row]], large: dict[str, list[Columns]] | None = None
    ) -> None:
        self.source = source
        self.left_out: Counter[str] = Counter()
        self._tables = tables
        self._large = large or {}

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of one promised file, or of all files of its family."""
        return iter(self._tables[name])

    def columns(self, name: str) -> list[Columns]:
        """The columns of a large file, or of each large file of a family."""
        return self._large[name]

    def has(self, name: str) -> bool:
        """Whether a promised file, which may be absent, was there and has rows."""
        return bool(self._tables.get(name)) or any(columns.row_count for columns in self._large.get(name, []))

    def years(self, name: str, column: str) -> set[int]:
        """The years that a column of one promised file names."""
        found = {row.integer(column) for row in self._tables[name]}
        for columns in self._large.get(name, []):
            found |= set(columns.integers(column).unique().to_pylist())
        return {year for year in found if year is not None}

    def leave_out(self, row: Row, reason: str) -> None:
        """Count a row that no fact is made of, under the rule that says why."""
        row.is_used = True
        self.left_out[f"{_family(row.file)}: {reason}"] += 1

    def leave_out_value(self, row: Row, reason: str) -> None:
        """Count a value within a row that no fact is made of, apart from whole rows."""
        self.left_out[f"{_family(row.file)}, values: {reason}"] += 1

    def keep(self, columns: Columns, wanted: pa.ChunkedArray, reason: str) -> Columns:
        """The rows of a large file that are wanted; the others are counted under the reason."""
        kept = columns.only(wanted)
        if kept.row_count < columns.row_count:
            self.left_out[f"{_family(columns.file)}: {reason}"] += columns.row_count - kept.row_count
        return kept

    def leave_out_values(self, columns: Columns, count: int, reason: str) -> None:
        """Count values in rows of a large file that no fact is made of."""
        if count:
            self.left_out[f"{_family(columns.file)}, values: {reason}"] += count

    def check_used(self) -> None:
        """Every row is referred to by a fact or was left out under a rule; the first that is neither is an error."""
        for rows in self._tables.values():
            for row in rows:
                if not row.is_used:
                    raise ContractBroken(f"{row.file} row {row.place}: no fact is made of it and no rule leaves it out")


def column_parties(columns: Columns, column: str, on: int | date) -> tuple[pa.Array, pa.Array]:
    """Kinds and codes of the states and territories named in a column of a large file, as `Row.party` reads them."""
    layout = Layout(columns.file, {column: 0}, columns.missing, columns.aliases)
    names = columns.table.column(column).combine_chunks().dictionary_encode()
    found = []
    for number, name in enumerate(names.dictionary.to_pylist()):
        place = pc.index(names.indices, number).as_py()
        found.append(Row(layout, int(columns.places[place]), [name]).party((column,), on))
    kinds, codes = (pa.array([party[part] for party in found], pa.string()) for part in (0, 1))
    return kinds.take(names.indices), codes.take(names.indices)


def _family(file: str) -> str:
    return file.split("/", maxsplit=1)[0]
