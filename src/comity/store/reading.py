"""Reading: one generation, opened for one audience, asked in SQL.

What an audience may see is decided here and nowhere else. A store that is open holds a DuckDB in memory
whose views name only the parts under labels this audience may see, and which may touch no file outside their
folders.
"""

from __future__ import annotations

import hashlib
import os
import stat
import weakref
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import msgspec

from comity.errors import BadRequest, QueryRefused, StoreError, UnknownWord
from comity.store.admit import admitted, first_line
from comity.store.lock import hold_generation
from comity.store.manifest import Manifest, Part, fingerprint
from comity.store.place import store_folder
from comity.store.views import Views
from comity.vocab.arrow import shape_hash
from comity.vocab.labels import may_see, read_audience
from comity.vocab.tables import tables

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from comity.sources.about import About
    from comity.vocab.coverage import Coverage

Answer = TypeVar("Answer")


def open_store(path: Path | None = None, audience: str = "owner", *, light: bool = False) -> Store:
    """The store's current generation as one audience may see it.

    The audience is `owner`, `public` or `nation:JPN+COMMUNITY`; the path defaults to `home() / "store"`. With
    `light`, the database is opened for the first question, and one thread answers: less work for few small questions.
    """
    try:
        read_audience(audience)
    except UnknownWord as problem:
        raise BadRequest(str(problem)) from problem
    root = store_folder(path)
    manifest, held = hold_generation(root)
    try:
        return Store(root, audience, manifest, held, light)
    except BaseException:
        os.close(held)
        raise


class Store:
    """One generation open for one audience; close it, or use it in a `with` block, to let its files go."""

    def __init__(self, root: Path, audience: str, manifest: Manifest, held: int, light: bool = False) -> None:
        self.audience = audience
        self.generation = manifest.generation
        self.folder = root
        labeled = tuple(part for part in manifest.parts if may_see(audience, part.label))
        self._withheld = {} if audience == "owner" else _not_for_others(manifest, labeled)
        self._parts = tuple(part for part in labeled if part.source not in self._withheld)
        self._manifest = manifest
        for part in self._parts:
            _check_part(root, part)
        self._views = Views(root, self._parts, light)
        if not light:
            self._views.open_all()  # what is damaged is told now
        self._release = weakref.finalize(self, os.close, held)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the generation go; a writer may now sweep it."""
        self._views.close()
        self._release()

    def ask(self, sql: str, parameters: dict[str, Any] | None = None) -> pa.Table:
        """The answer to one read-only SELECT; `$name` in it takes its value from the parameters.

        Anything else, and anything DuckDB cannot answer, raises QueryRefused with one line.
        """

        def taken(cursor: duckdb.DuckDBPyConnection, statement: duckdb.Statement) -> pa.Table:
            return cursor.sql(statement, params=parameters).to_arrow_table()

        return self._answer(sql, taken)

    def rows(self, sql: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """The same answer as plain Python values, a dict a row: for a few thousand rows it takes a third of the time.

        >>> import inspect
        >>> inspect.signature(Store.rows).parameters.keys() == inspect.signature(Store.ask).parameters.keys()
        True
        """

        def taken(cursor: duckdb.DuckDBPyConnection, statement: duckdb.Statement) -> list[dict[str, Any]]:
            answer = cursor.execute(statement, parameters)  # binds once, where a relation binds twice
            names = [column[0] for column in answer.description]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

        return self._answer(sql, taken)

    @cached_property
    def fingerprint(self) -> str:
        """A name for all that this audience sees: other rows, sources or words on a source give another."""
        return fingerprint(self._manifest, self.audience, self._parts)

    def _answer(self, sql: str, take: Callable[[duckdb.DuckDBPyConnection, duckdb.Statement], Answer]) -> Answer:
        """The answer to a question in the form in which it is taken."""
        import duckdb

        if not self._release.alive:
            raise QueryRefused("the store is closed")
        with self._views.cursor_for(sql) as cursor:
            statement = admitted(cursor, sql)
            try:
                return take(cursor, statement)
            except (duckdb.ParserException, duckdb.BinderException, duckdb.DataError) as problem:
                raise QueryRefused(first_line(problem)) from problem
            except duckdb.Error as problem:
                # The question may be wrong, or a part may have rotted under it; only the parts can tell.
                self.verify_parts()
                raise QueryRefused(first_line(problem)) from problem

    def verify_parts(self) -> None:
        """Read every visible part and compare it with its hash; StoreError names the first that is damaged."""
        for part in self._parts:
            verify_part(self.folder, part)

    def abouts(self) -> dict[str, About]:
        """What is known of each source of which this audience sees a row; the owner sees every source."""
        return dict(self._abouts)

    @cached_property
    def _abouts(self) -> dict[str, About]:
        """Read once: an open store never changes, and a brief or a panel asks about its sources a hundred times."""
        abouts = _visible_abouts(self.audience, self._manifest)
        return {source: about for source, about in abouts.items() if source not in self._withheld}

    def withheld(self) -> dict[str, str]:
        """Sources whose rows the owner alone may use, because their terms do not let them be passed on: their titles.

        A row of theirs that the owner labeled for others is left out all the same. The owner has none withheld.
        """
        return dict(self._withheld)

    def row_counts(self) -> dict[tuple[str, str], int]:
        """How many rows this audience sees, by table and source."""
        counts: dict[tuple[str, str], int] = {}
        for part in self._parts:
            place = (part.table, part.source)
            counts[place] = counts.get(place, 0) + part.rows
        return counts

    def coverage(self, kind: str) -> list[tuple[str, Coverage]]:
        """Every statement of a visible source about what it knows of one kind of fact."""
        return [
            (source, statement)
            for source, about in self._abouts.items()
            for statement in about.coverage
            if kind in statement.kinds
        ]


def _not_for_others(manifest: Manifest, labeled: tuple[Part, ...]) -> dict[str, str]:
    """The titles of the sources behind these parts whose rows may not be shown to anybody but the owner."""
    abouts = {source: _about(manifest, source) for source in sorted({part.source for part in labeled})}
    return {source: about.title for source, about in abouts.items() if about.user_supplied or not about.redistribute}


def _about(manifest: Manifest, source: str) -> About:
    from comity.sources.about import About

    try:
        return msgspec.json.decode(manifest.abouts[source], type=About)
    except msgspec.DecodeError as problem:
        raise StoreError(f"what the store says of {source} is damaged: {problem}; load it again") from problem


def _visible_abouts(audience: str, manifest: Manifest) -> dict[str, About]:
    """The sources this audience may know of; what counts or tells of hidden rows is taken out."""
    seen = {part.source for part in manifest.parts if may_see(audience, part.label)}
    partly = {part.source for part in manifest.parts if not may_see(audience, part.label)}
    abouts: dict[str, About] = {}
    for source in manifest.abouts:
        if source not in seen and audience != "owner":
            continue
        about = _about(manifest, source)
        if source in partly:
            about = msgspec.structs.replace(about, files=(), left_out={}, known_errors=(), fingerprint="")
        abouts[source] = about
    return abouts


def verify_part(root: Path, part: Part) -> None:
    """Read a part and compare it with its hash; StoreError says that it is damaged."""
    _check_part(root, part)
    path = part.path(root)
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != part.sha256:
            raise StoreError(f"{path} is damaged: its hash changed; load {part.source} again")


def _check_part(root: Path, part: Part) -> None:
    """Refuse a part that is gone, of another size, no plain file, or written for other columns."""
    path = part.path(root)
    try:
        found = path.lstat()
    except OSError as problem:
        raise StoreError(f"{path} is missing; load {part.source} again") from problem
    if not stat.S_ISREG(found.st_mode) or found.st_size != part.size:
        raise StoreError(f"{path} is damaged: {found.st_size} bytes, not {part.size}; load {part.source} again")
    if part.table not in tables() or part.shape != shape_hash(part.table):
        raise StoreError(f"{path} was written for other columns of {part.table}; load {part.source} again")
