"""What is known of a loaded source: version, terms, coverage, files, and the rows that were left out and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from comity.vocab.coverage import Coverage

if TYPE_CHECKING:
    import pyarrow as pa


class FileRead(msgspec.Struct, frozen=True, kw_only=True):
    """One file as it was read: its name under the source's folder, hash, rows, and whether we reviewed that hash."""

    name: str
    sha256: str
    row_count: int
    is_reviewed: bool


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What the store keeps of a source beside its rows."""

    source: str
    title: str
    version: str
    publisher: str
    url: str
    citation: str
    terms: str
    redistribute: bool
    user_supplied: bool
    is_reviewed: bool
    coverage: tuple[Coverage, ...]
    published: date | None = None
    files: tuple[FileRead, ...] = ()
    left_out: dict[str, int] = {}
    known_errors: tuple[str, ...] = ()
    fingerprint: str = ""  # what the rows follow from; empty where it is not known, which equals nothing


@dataclass(frozen=True)
class Loaded:
    """A source ready for the store: what is known of it, and its rows by core table."""

    about: About
    tables: dict[str, pa.Table]
