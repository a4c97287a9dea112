"""The DuckDB behind an open store: in memory, shut in to the visible folders, with a view for each table of `core`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from comity.errors import StoreError
from comity.store.admit import first_line
from comity.store.manifest import Part
from comity.store.place import label_folder
from comity.vocab.register import OVERRIDES, OWN_SOURCE, SOURCE
from comity.vocab.tables import Table, tables

if TYPE_CHECKING:
    import duckdb

_SQL_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "texts": "VARCHAR[]",
}
_SETTINGS: dict[str, Any] = {
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
    # A folder for rows that do not fit in memory would be one more folder that DuckDB may read and write.
    "temp_directory": "",
}


class Views:
    """The tables of `core` that these parts make, each a view that is made when a question first names its table.

    With `light`, one thread answers: less work for few small questions.
    """

    def __init__(self, root: Path, parts: tuple[Part, ...], light: bool) -> None:
        self._root = root
        self._parts = parts
        self._settings = _SETTINGS | {"threads": 1} if light else _SETTINGS
        self._waiting = dict(tables())
        self._making = Lock()

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB in memory, shut in to the folders of these parts for good."""
        import duckdb

        folders = sorted({f"{self._root / 'parts' / label_folder(part.label)}{os.sep}" for part in self._parts})
        connection = duckdb.connect(":memory:", config=self._settings)
        connection.execute("CREATE SCHEMA core")
        connection.execute(f"SET allowed_directories = {_listed(folders)}")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        return connection

    def cursor_for(self, sql: str) -> duckdb.DuckDBPyConnection:
        """A cursor for which every table that a question may name is there."""
        asked = sql.lower()
        if "information_schema" in asked:
            self.open_all()
        if any(name in asked for name in tuple(self._waiting)):
            self._make(name for name in tables() if name in asked)
        return self.connection.cursor()

    def open_all(self) -> None:
        """Make every view; StoreError says which folder holds a part that cannot be read."""
        self._make(tables())

    def close(self) -> None:
        """Let the files go."""
        if "connection" in self.__dict__:
            self.connection.close()

    def _make(self, names: Iterable[str]) -> None:
        """Make the views that are not there yet; threads that ask at once make each one once."""
        with self._making:
            for name in names:
                if name in self._waiting:
                    self._make_view(name)
                    del self._waiting[name]

    def _make_view(self, name: str) -> None:
        import duckdb

        table = tables()[name]
        of_table = [part for part in self._parts if part.table == name]
        own = [str(part.path(self._root)) for part in of_table if part.source == OWN_SOURCE]
        text = _view(table, [str(part.path(self._root)) for part in of_table])
        if own:
            text = f"SELECT * FROM ({text}) AS t WHERE {_not_replaced(table, own)}"  # noqa: S608 - quoted
        try:
            self.connection.execute(f"CREATE VIEW core.{name} AS {text}")
        except duckdb.Error as problem:
            raise StoreError(f"a part of {self._root} is damaged: {first_line(problem)}; load it again") from problem


def _view(table: Table, files: list[str]) -> str:
    """The SELECT behind one table: its parts, or no rows of the right types."""
    if files:
        names = ", ".join(f'"{name}"' for name in table.column_names)
        return f"SELECT {names} FROM read_parquet({_listed(files)}, hive_partitioning = false)"  # noqa: S608 - quoted
    columns = ", ".join(f'NULL::{_SQL_TYPES[column.type]} AS "{column.name}"' for column in table.columns)
    return f"SELECT {columns} WHERE false"


def _not_replaced(table: Table, own: list[str]) -> str:
    """Whether a row is none of the shipped register in whose place a record of the user's own stands."""
    item = ("core_table", "item") if "core_table" in table.key else table.key[1:2]
    same = " AND ".join(f'o."{name}" = t."{name}"' for name in item)
    return f"""
        t.source <> '{SOURCE}' OR NOT EXISTS (
            SELECT 1 FROM read_parquet({_listed(own)}, hive_partitioning = false) AS o
            WHERE {same} AND starts_with(o.row_ref, '{OVERRIDES}/'))
    """  # noqa: S608 - quoted


def _listed(texts: list[str]) -> str:
    """Texts as a list in SQL; DuckDB takes no parameters in CREATE VIEW and SET."""
    return "[" + ", ".join("'" + text.replace("'", "''") + "'" for text in texts) + "]"
