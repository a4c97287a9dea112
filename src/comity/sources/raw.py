"""A publisher's rows as they stand, each value read by its type; what is not understood names file, row, column, value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from comity.errors import ContractBroken, UnknownWord
from comity.vocab.dates import Dated, dated, dated_parts
from comity.vocab.states import find_state, state_from_code


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a publisher's file; `place` is its number counted as a person would, header included."""

    file: str
    place: int
    fields: dict[str, int]
    values: list[str]
    missing: frozenset[str]

    def text(self, column: str) -> str | None:
        """The value with outer blanks removed; a missing mark is null."""
        value = self.values[self.fields[column]].strip()
        return None if value in self.missing else value

    def needed(self, column: str) -> str:
        """The value of a column that may not be missing."""
        value = self.text(column)
        if value is None:
            raise self.broken(column, "must not be missing")
        return value

    def integer(self, column: str) -> int | None:
        """A whole number; `3.0` counts as 3."""
        value = self.number(column)
        if value is None:
            return None
        if value != int(value):
            raise self.broken(column, "is not a whole number")
        return int(value)

    def needed_integer(self, column: str) -> int:
        """A whole number that may not be missing."""
        self.needed(column)
        value = self.integer(column)
        assert value is not None
        return value

    def number(self, column: str) -> float | None:
        """A number."""
        value = self.text(column)
        if value is None:
            return None
        try:
            return float(value)
        except ValueError as error:
            raise self.broken(column, "is not a number") from error

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
            return _state_from_code(system, code, on)
        except UnknownWord as error:
            raise self.broken(column, f"is no {system} code in {on}") from error

    def state_named(self, column: str, on: int | date) -> str:
        """The state that bears this name on a date."""
        name = self.needed(column)
        try:
            return _find_state(name, on)
        except UnknownWord as error:
            raise self.broken(column, str(error)) from error

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
        value = self.values[self.fields[column]]
        return ContractBroken(f"{self.file} row {self.place}, column {column}: {value!r} {problem}")

    def ref(self, *columns: str) -> str:
        """The reference to keep with a fact: the file and the publisher's key in these columns."""
        return f"{self.file}:{'/'.join(self.values[self.fields[column]] for column in columns)}"


class Raw:
    """The files of one source, read and checked, and the count of rows a reader leaves out."""

    def __init__(self, source: str, tables: dict[str, list[Row]]) -> None:
        self.source = source
        self.left_out: Counter[str] = Counter()
        self._tables = tables

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of one promised file, or of all files of its family."""
        return iter(self._tables[name])

    def leave_out(self, row: Row, reason: str) -> None:
        """Count a row that no fact is made of, under the rule that says why."""
        self.left_out[f"{row.file.split('/')[0]}: {reason}"] += 1


@cache
def _state_from_code(system: str, code: int, on: int | date) -> str:
    return state_from_code(system, code, on)


@cache
def _find_state(name: str, on: int | date) -> str:
    return find_state(name, on)
