"""Files that people asked for, written whole or not at all: a full disk leaves the file that was there before.

Every command that writes a file writes it through here. What is no plain file, such as a pipe or `/dev/stdout`, is
written to as it comes, for nothing stands there that could be lost.
"""

from __future__ import annotations

import errno
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from comity.errors import BadRequest

_NAME_KEPT = 40  # letters of a file's name in that of its half; with all of them the longest names would not fit


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name only when it is complete; a failure leaves what was there before.

    A link stays a link, and a file keeps its permissions. BadRequest names the file that cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                yield file
            return
        target = Path(os.path.realpath(path))
        half = _half(target)
        try:
            with half.open("wb") as file:
                _take_permissions(target, file)
                yield file
            half.replace(target)
        finally:
            half.unlink(missing_ok=True)
    except BrokenPipeError:
        raise  # the reader of the answer has gone, which is no error
    except OSError as problem:
        raise BadRequest(f"{path} cannot be written: {problem.strerror or problem}") from problem


def write_whole(path: Path, content: str | bytes) -> None:
    r"""Write a text (UTF-8) or bytes to a file, whole or not at all; BadRequest names a file that cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder) / "note.txt", "Côte")
    ...     (Path(folder) / "note.txt").read_bytes()
    b'C\xc3\xb4te'
    """
    with whole_file(path) as file:
        file.write(content.encode() if isinstance(content, str) else content)


def _take_permissions(target: Path, file: BinaryIO) -> None:
    if target.exists():
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        os.fchmod(file.fileno(), target.stat().st_mode & 0o7777)


def _half(target: Path) -> Path:
    """Where a file is written before it takes its name: beside it, so that the renaming cannot fail half way."""
    told_apart = f"{zlib.crc32(os.fsencode(target.name)):08x}"
    return target.with_name(f".{target.name[:_NAME_KEPT]}.{told_apart}.{os.getpid()}.partial")
