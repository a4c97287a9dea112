"""Publishers' files into the cache: from a local mirror laid out SOURCE/FILE, or from the publisher's own address."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from comity.errors import FileMissing, SourceError
from comity.sources.contract import PromisedFile, contract
from comity.sources.files import find_files


@dataclass(frozen=True)
class Fetched:
    """One file that was put into the cache."""

    source: str
    name: str
    byte_count: int
    is_reviewed: bool


def mirror_folder() -> Path | None:
    """The local mirror that COMITY_MIRROR names, if any; a folder that is not there is an error."""
    named = os.environ.get("COMITY_MIRROR")
    if not named:
        return None
    if not Path(named).is_dir():
        raise SourceError(f"COMITY_MIRROR names {named}, which is no folder")
    return Path(named)


def fetch_source(name: str, cache: Path, mirror: Path | None = None) -> Iterator[Fetched]:
    """Put the files of one source into `cache/NAME`, one at a time; each appears whole or not at all.

    Raises FileMissing when the mirror lacks a file, SourceError when the publisher cannot be reached.
    """
    promise = contract(name)
    if promise.user_supplied:
        raise SourceError(
            f"{name}: its maintainer asks that software not serve it; put your own copy into {cache / name}"
        )
    for promised in promise.files.values():
        if mirror is not None:
            yield from _copy(name, promised, mirror / name, cache / name)
        else:
            yield _download(name, promised, cache / name)


def _copy(name: str, promised: PromisedFile, folder: Path, target: Path) -> Iterator[Fetched]:
    if not folder.is_dir():
        raise FileMissing(f"{name}: the mirror {folder.parent} holds no folder {name}")
    for path in find_files(folder, promised):
        relative = path.relative_to(folder).as_posix()
        _place(target, relative, partial(shutil.copyfile, path))
        yield _fetched(name, target, relative, promised)


def _download(name: str, promised: PromisedFile, target: Path) -> Fetched:
    import httpx

    if promised.download is None or any(mark in promised.path for mark in "*?["):
        raise SourceError(
            f"{name}/{promised.path}: no address to fetch it from is known; use --from DIR with your own copy"
        )
    try:
        answer = httpx.get(promised.download, follow_redirects=True, timeout=60.0)
        answer.raise_for_status()
    except httpx.HTTPError as error:
        problem = " ".join(f"{type(error).__name__}: {error}".split())
        raise SourceError(f"{name}: {promised.download}: {problem}") from error
    content = _member(name, answer.content, promised) if promised.member else answer.content
    _place(target, promised.path, lambda half: half.write_bytes(content))
    return _fetched(name, target, promised.path, promised)


def _member(name: str, content: bytes, promised: PromisedFile) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read(promised.member or "")
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError) as error:
        raise SourceError(f"{name}: {promised.download} holds no {promised.member!r}: {error}") from error


def _place(target: Path, relative: str, write: Callable[[Path], object]) -> None:
    """Write beside the place and move into it, so that a broken fetch leaves no half file, and never outside."""
    path = target / relative
    if not path.resolve().is_relative_to(target.resolve()):
        raise SourceError(f"{target.name}/{relative}: lies outside the folder of the source")
    half = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(half)
        half.replace(path)
    except OSError as error:
        raise SourceError(f"{target.name}/{relative}: cannot be put into the cache: {error.strerror}") from error
    finally:
        half.unlink(missing_ok=True)


def _fetched(name: str, target: Path, relative: str, promised: PromisedFile) -> Fetched:
    content = (target / relative).read_bytes()
    reviewed = promised.sha256.get(relative) == hashlib.sha256(content).hexdigest()
    return Fetched(name, relative, len(content), reviewed)
