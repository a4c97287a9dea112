"""Writing: one writer at a time puts new parts beside the old, then makes them the current generation."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from comity.errors import BadRequest, ContractBroken, StoreError, StoreMissing
from comity.store.check import checked_table
from comity.store.lock import drop_generation, writer_lock
from comity.store.manifest import Manifest, Part, flush_folder, read_manifest, write_manifest
from comity.store.place import part_folder, store_folder
from comity.store.reading import verify_part
from comity.vocab.arrow import shape_hash

if TYPE_CHECKING:
    import pyarrow as pa

    from comity.sources.about import About, Loaded

_SOURCE = re.compile("[a-z0-9][a-z0-9_-]{0,79}")
_NUMBERED = re.compile(r"manifest-(\d+)\.json")
_ROWS_IN_GROUP = 122_880  # DuckDB's own, so that it can skip and share out the groups of a large part


@contextmanager
def writing(path: Path | None = None, wait_seconds: float = 30.0) -> Iterator[Load]:
    """Hold the store's one writing place; leaving the block without an exception makes a new generation.

    A block that changed nothing writes nothing, except that a store that was not there is made. On an exception
    nothing changes for any reader. A second writer waits, then gets StoreBusy.
    """
    root = store_folder(path)
    with ExitStack() as held:
        with _disk(root):
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
            held.enter_context(writer_lock(root, wait_seconds))
            current = _current(root)
            _sweep(root, current)
        load = Load(root, current)
        yield load
        if load.has_changed or not current.generation:
            with _disk(root):
                write_manifest(root, load.manifest())


class Load:
    """One load under way: sources replaced or removed so far, seen by nobody until the block is left."""

    def __init__(self, root: Path, base: Manifest) -> None:
        self._root = root
        self._base = base
        self._parts = base.parts
        self._abouts = dict(base.abouts)
        self.has_changed = False

    def current(self, source: str, fingerprint: str) -> About | None:
        """What is known of a source that is here with this fingerprint, its parts in place; otherwise None."""
        from comity.sources.about import About

        try:
            about = msgspec.json.decode(self._abouts.get(source, b"null"), type=About | None)
            for part in self._parts:
                if part.source == source:
                    verify_part(self._root, part)
        except (msgspec.DecodeError, StoreError):
            return None  # what is damaged is loaded again
        return about if about and fingerprint and about.fingerprint == fingerprint else None

    def row_count(self, source: str) -> int:
        """How many rows of a source the store will hold."""
        return sum(part.rows for part in self._parts if part.source == source)

    def replace(self, loaded: Loaded) -> None:
        """Put a source's rows in place of all it had; after ContractBroken the load is as it was before."""
        source = loaded.about.source
        if not _SOURCE.fullmatch(source):
            raise ContractBroken(f"source {source!r} is not named in small letters, digits, - and _")
        checked = {name: checked_table(source, name, given) for name, given in loaded.tables.items()}
        with _disk(self._root):
            new = [part for name, rows in checked.items() for part in self._write(source, name, rows)]
        self._parts = tuple(part for part in self._parts if part.source != source) + tuple(new)
        self._abouts[source] = msgspec.Raw(msgspec.json.encode(loaded.about))
        self.has_changed = True

    def remove(self, source: str) -> None:
        """Take a source and all its rows out of the store."""
        if source not in self._abouts:
            known = ", ".join(sorted(self._abouts)) or "none"
            raise BadRequest(f"the store has no source {source!r}; it has {known}")
        self._parts = tuple(part for part in self._parts if part.source != source)
        del self._abouts[source]
        self.has_changed = True

    def manifest(self) -> Manifest:
        """The generation this load makes."""
        return Manifest(
            generation=self._base.generation + 1,
            written_at=datetime.now(UTC),
            parts=tuple(sorted(self._parts, key=lambda part: (part.table, part.source, part.label))),
            abouts=dict(sorted(self._abouts.items())),
        )

    def _write(self, source: str, name: str, rows: pa.Table) -> Iterator[Part]:
        import pyarrow.compute as pc

        labels = rows.column("label")
        for label in sorted(pc.unique(labels).to_pylist()):
            part = rows.filter(pc.equal(labels, label)).combine_chunks()
            yield _write_part(part_folder(self._root, label, name), (name, source, label), part)


def _write_part(folder: Path, place: tuple[str, str, str], rows: pa.Table) -> Part:
    """Write one part under a temporary name, flush it, and name it after its content."""
    import pyarrow.parquet as pq

    table, source, label = place
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f"{source}.tmp"
    pq.write_table(rows, temporary, compression="zstd", row_group_size=_ROWS_IN_GROUP)
    with temporary.open("rb+") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
        os.fsync(file.fileno())
    # An equal part may lie there already and be read; the swap puts the same bytes under the same name.
    final = temporary.replace(folder / f"{source}-{digest[:16]}.parquet")
    for changed in (folder, *folder.parents[:3]):
        flush_folder(changed)
    return Part(
        table=table,
        source=source,
        label=label,
        file=final.name,
        rows=rows.num_rows,
        size=size,
        sha256=digest,
        shape=shape_hash(table),
    )


def _current(root: Path) -> Manifest:
    """The generation to build on; a new store starts from an empty one that was never written."""
    try:
        return read_manifest(root)
    except StoreMissing:
        return Manifest()


def _sweep(root: Path, current: Manifest) -> None:
    """Remove what no kept generation names: parts of old generations and leftovers of loads that died.

    It runs before a load, never after it, so that what a commit replaces outlives that commit and the next.
    """
    named = {part.path(root) for manifest in _kept(root, current) for part in manifest.parts}
    parts = root / "parts"
    for folder, _, files in os.walk(parts, topdown=False):
        for path in (Path(folder, file) for file in files):
            if path not in named:
                path.unlink()
        if Path(folder) != parts and not any(Path(folder).iterdir()):
            Path(folder).rmdir()
    for leftover in root.glob("*.tmp"):
        leftover.unlink()


def _kept(root: Path, current: Manifest) -> list[Manifest]:
    """The generations whose parts stay: the current one, the one before it, and any that a reader holds."""
    kept = [current]
    for path in root.glob("manifest-*.json"):
        match = _NUMBERED.fullmatch(path.name)
        number = int(match[1]) if match else current.generation
        if number == current.generation - 1:
            kept.append(read_manifest(root, number))
        elif number != current.generation and (held := drop_generation(root, number)):
            kept.append(held)
    return kept


@contextmanager
def _disk(root: Path) -> Iterator[None]:
    """Say in one line what the disk refused."""
    try:
        yield
    except OSError as problem:
        reason = problem.strerror or problem
        raise StoreError(f"{problem.filename or root} cannot be written: {reason}") from problem
