"""The manifest: what one generation consists of, as JSON.

A generation is a numbered, complete list of parts. Nothing outside the list belongs to the store, and
everything in the list was on the disk before the list was. Hence the two rules of writing: parts first, each
flushed to the disk under its final name; then the manifest, flushed and swapped in by one rename. A crash
before that rename leaves the old generation whole (and some unlisted files for the next writer to sweep);
after it, the new one.
"""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path

import msgspec

from comity.errors import StoreError, StoreMissing, UnknownWord
from comity.store.place import manifest_file, part_folder
from comity.vocab.labels import read_label

FORMAT = 1


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One Parquet file: the rows of one table, source and label; `shape` hashes the table's columns."""

    table: str
    source: str
    label: str
    file: str
    rows: int
    size: int
    sha256: str
    shape: str

    def __post_init__(self) -> None:
        read_label(self.label)
        if set(self.table + self.file) & set("/\\*?["):
            raise ValueError(f"{self.table}/{self.file} is no name of a part")

    def path(self, root: Path) -> Path:
        """Where the part lies; the label decides the folder, so rows cannot move between labels."""
        return part_folder(root, self.label, self.table) / self.file


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One generation: its number, when it was written, its parts, and the About of each source as JSON."""

    format: int = FORMAT
    generation: int = 0
    written_at: datetime | None = None
    parts: tuple[Part, ...] = ()
    abouts: dict[str, msgspec.Raw] = {}


class _Format(msgspec.Struct):
    """The one field every format has."""

    format: int


def read_manifest(root: Path, generation: int | None = None) -> Manifest:
    """The manifest readers open, or that of one kept generation; StoreMissing where there is no store."""
    path = manifest_file(root, generation)
    try:
        text = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise StoreMissing(f"there is no store at {root}; `comity load` makes one") from None
    except OSError as problem:
        raise StoreError(f"{path} cannot be read: {problem.strerror}") from problem
    try:
        written = msgspec.json.decode(text, type=_Format).format
        if written == FORMAT:
            return msgspec.json.decode(text, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, UnknownWord) as problem:
        raise StoreError(f"{path} is damaged: {problem}; remove the store and load again") from problem
    raise StoreError(f"{path} has format {written}, this comity reads format {FORMAT}; load into a new store")


def write_manifest(root: Path, manifest: Manifest) -> None:
    """Make a generation the one that readers open; the rename to `manifest.json` is the moment of commit.

    The numbered copy goes first and is flushed, because a reader that finds the number must find the copy.
    """
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    for path in (manifest_file(root, manifest.generation), manifest_file(root)):
        temporary = path.with_suffix(".tmp")
        with temporary.open("wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        flush_folder(root)


def fingerprint(manifest: Manifest, audience: str, seen: tuple[Part, ...]) -> str:
    """A name for what an audience sees of a generation: other parts, or other words on any source, give another.

    >>> one, other = (Manifest(abouts={"cow": msgspec.Raw(words)}) for words in (b'{"a":1}', b'{"a":2}'))
    >>> fingerprint(one, "owner", ()) == fingerprint(other, "owner", ())
    False
    """
    told = [audience, manifest.generation, [(part.table, part.label, part.file, part.sha256) for part in seen]]
    return hashlib.sha256(msgspec.json.encode([told, manifest.abouts])).hexdigest()


def flush_folder(folder: Path) -> None:
    """Make the names in a folder survive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
