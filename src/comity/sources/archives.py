"""Members of a downloaded zip: found by the name or pattern that a contract gives, and unpacked within a bound.

The names inside an archive are the publisher's, or somebody else's. They are compared, and their last part may name
a file of a family; no path is ever made of them.
"""

from __future__ import annotations

import errno
import lzma
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from comity.errors import SourceError
from comity.sources.contract import PromisedFile

_PIECE = 1024 * 1024
_SHOWN = 5
# What Python's zip reader raises for an archive that is cut, spoiled, locked with a password or of a strange kind.
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, ValueError)


@contextmanager
def open_archive(path: Path, origin: str) -> Iterator[zipfile.ZipFile]:
    """A downloaded zip; whatever is wrong with it or with a member is one SourceError that names its origin."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (*_DAMAGE, OSError) as error:
        if isinstance(error, OSError) and error.errno not in (errno.EINVAL, None):
            raise  # the disk's problem; a zip that points outside itself, or is spoiled bzip2, has no other number
        raise SourceError(f"{origin}: the zip cannot be used: {' '.join(str(error).split())}") from error


def found_members(archive: zipfile.ZipFile, promised: PromisedFile) -> dict[str, zipfile.ZipInfo]:
    """Where each promised member goes under the source's folder; for a pattern, the last part of its name decides."""
    is_pattern = any(mark in promised.path for mark in "*?[")
    places: dict[str, zipfile.ZipInfo] = {}
    for member in archive.infolist():
        last = PurePosixPath(member.filename).name
        place = (PurePosixPath(promised.path).parent / last).as_posix() if is_pattern else promised.path
        if not member.is_dir() and _fits(member.filename, promised.member or "") and _fits(place, promised.path):
            places[place] = member
    if not places and not promised.is_optional:
        names = [member.filename for member in archive.infolist()]
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        held = ", ".join(map(repr, names[:_SHOWN])) or "nothing"
        raise zipfile.BadZipFile(f"it holds no {promised.member!r}, but {held}{more}")
    return places


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, most_bytes: int) -> None:
    """Write one member to a path; one that is larger than allowed is refused, and none grows beyond what it says."""
    if member.file_size > most_bytes:
        size = member.file_size
        raise zipfile.BadZipFile(f"{member.filename!r} unpacks to {size} bytes; allowed are {most_bytes}")
    with archive.open(member) as packed, target.open("wb") as file:
        shutil.copyfileobj(packed, file, _PIECE)


def _fits(name: str, pattern: str) -> bool:
    """Whether a name is the one meant, or fits the pattern; a star does not reach into other folders."""
    if name == pattern:
        return True
    parts, patterns = name.split("/"), pattern.split("/")
    return len(parts) == len(patterns) and all(map(fnmatchcase, parts, patterns))
