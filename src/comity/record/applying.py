"""A change of a folder of records, made whole or not at all, also when the process that makes it is killed.

All that a change writes, files and lines of the history, is gathered in a folder beside the records before any of it
takes its place. What an end without warning leaves there is told by every check, and the next change finishes it.
"""

from __future__ import annotations

import fcntl
import glob
import hashlib
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from comity.errors import RecordError

HISTORY_FILE = ".history.jsonl"
_PLAN = "plan.json"  # written last; a gathered change without it was never begun, or is finished
_LINES = "history"
_WAIT_SECONDS = 30.0
_PAUSE_SECONDS = 0.02


class _Piece(msgspec.Struct, frozen=True):
    """One file of a change: its place in the folder of records, whether it goes, and what stood there before."""

    file: str
    is_gone: bool
    before: str | None  # its hash; None where there was no file


class _Plan(msgspec.Struct, frozen=True):
    """A change that is gathered: its files under their numbers, and where its lines of the history begin."""

    pieces: list[_Piece]
    history_size: int


def write_files(texts: Mapping[Path, str | None], folder: Path, lines: bytes = b"") -> None:
    """Write files of a folder of records, remove those whose text is None, and tell it in the history: all or none.

    Whoever calls it holds the folder against other writers, and has finished what was cut off before.
    """
    half, begun, at = _beside(folder, f"{os.getpid()}.change"), _begun(folder), folder
    before: dict[Path, bytes | None] = {}
    try:
        half.mkdir(parents=True)
        for number, (path, text) in enumerate(texts.items()):
            at = path
            path.parent.mkdir(parents=True, exist_ok=True)
            before[path] = _content(path)
            (half / str(number)).write_text(text or "", encoding="utf-8")
        at = folder / HISTORY_FILE
        history = _content(at) or b""
        pieces = [
            _Piece(path.relative_to(folder).as_posix(), text is None, _hash(before[path]))
            for path, text in texts.items()
        ]
        # A line that a crash cut off stays as it is, and gets its line's end.
        (half / _LINES).write_bytes(b"\n" + lines if lines and history and not history.endswith(b"\n") else lines)
        (half / _PLAN).write_bytes(msgspec.json.encode(_Plan(pieces, len(history))))
        half.rename(begun)
    except OSError as problem:
        raise _refused(at, problem) from problem
    finally:
        _remove(half)
    _apply(folder, before)
    _remove(begun)


def finish(folder: Path) -> None:
    """Make whole what a change that was cut off left half written; whoever calls it holds the folder.

    A file that was changed by hand since is left alone, and RecordError says so.
    """
    begun, at = _begun(folder), folder
    for half in begun.parent.glob(f"{glob.escape(begun.stem)}.*.change"):
        _remove(half)
    plan = _plan(begun)
    try:
        for number, piece in enumerate(plan.pieces if plan else ()):
            at = folder / piece.file
            if _is_left(begun / str(number), at, piece) and _hash(_content(at)) != piece.before:
                raise RecordError(
                    f"{at}: was changed after a change of it was cut off; bring it back, or remove {begun} to leave "
                    "all as it is"
                )
        if plan is not None:
            lines, at = (begun / _LINES).read_bytes(), folder / HISTORY_FILE
            told = (_content(at) or b"")[plan.history_size :]
            _tell(at, lines[len(told) :] if lines.startswith(told) else lines)
            for number, piece in enumerate(plan.pieces):
                at = folder / piece.file
                _place(begun / str(number), at, piece)
    except OSError as problem:
        raise _refused(at, problem) from problem
    _remove(begun)


def unfinished(folder: Path) -> list[str]:
    """What a change that was cut off left half written, as one line; none while another process writes and ends."""
    deadline = time.monotonic() + _WAIT_SECONDS
    begun = _begun(folder)
    while (begun / _PLAN).exists() and _is_held(folder) and time.monotonic() < deadline:
        time.sleep(_PAUSE_SECONDS)
    plan = _plan(begun)
    if plan is None:
        return []
    left = sum(_is_left(begun / str(number), folder / piece.file, piece) for number, piece in enumerate(plan.pieces))
    return [
        f"{begun}: a change was cut off while it was written: {left} of {len(plan.pieces)} files are not yet as the "
        "history tells; `comity record check --finish` finishes it, and so does the next change"
    ]


def _apply(folder: Path, before: Mapping[Path, bytes | None]) -> None:
    """Make a change that is gathered; an error takes back what was done of it. `before` is what stood in each place."""
    begun, history, done = _begun(folder), folder / HISTORY_FILE, 0
    plan = _plan(begun)
    assert plan is not None
    is_new = not history.exists()
    at = history
    try:
        _tell(history, (begun / _LINES).read_bytes())
        for number, (path, piece) in enumerate(zip(before, plan.pieces, strict=True)):
            at = path
            _place(begun / str(number), path, piece)
            done = number + 1
    except BaseException as problem:
        with suppress(OSError):  # what cannot be taken back stays begun, and is told
            for number, path in enumerate([*before][:done]):
                _take_back(path, before[path], begun / str(number))
            if is_new:
                history.unlink(missing_ok=True)
            elif history.stat().st_size > plan.history_size:
                os.truncate(history, plan.history_size)
            _remove(begun)
        if isinstance(problem, OSError):
            raise _refused(at, problem) from problem
        raise


def _place(new: Path, path: Path, piece: _Piece) -> None:
    """Put one file in its place, or take it away; where that was done already nothing happens."""
    if piece.is_gone:
        path.unlink(missing_ok=True)
    elif new.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        new.replace(path)


def _is_left(new: Path, path: Path, piece: _Piece) -> bool:
    """Whether one file is not yet in its place, or not yet away."""
    return path.exists() if piece.is_gone else new.exists()


def _take_back(path: Path, before: bytes | None, new: Path) -> None:
    """Bring back what stood in a place; the new file returns to where the others wait, so that nothing is lost."""
    if before is not None:
        kept = new.with_name(f"{new.name}.before")
        kept.write_bytes(before)
        if path.exists():
            path.replace(new)
        kept.replace(path)
    elif path.exists():
        path.replace(new)


def _tell(history: Path, lines: bytes) -> None:
    """Lines at the end of the history, on the disk."""
    if lines:
        log = os.open(history, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            while lines:
                lines = lines[os.write(log, lines) :]
            os.fsync(log)
        finally:
            os.close(log)


def _beside(folder: Path, ending: str) -> Path:
    """A hidden place beside a folder, also beside one that is named `.` or by a link."""
    real = Path(os.path.realpath(folder))
    return real.parent / f".{real.name}.{ending}"


def _begun(folder: Path) -> Path:
    return _beside(folder, "unfinished")


def _plan(begun: Path) -> _Plan | None:
    try:
        return msgspec.json.decode((begun / _PLAN).read_bytes(), type=_Plan)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, msgspec.DecodeError) as problem:
        raise RecordError(f"{begun / _PLAN}: cannot be read: {problem}") from problem


def _is_held(folder: Path) -> bool:
    """Whether another process is writing to the folder now."""
    try:
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(held)
    return False


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _hash(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()


def _refused(at: Path, problem: OSError) -> RecordError:
    return RecordError(f"{at}: cannot be written: {problem.strerror or problem}")


def _remove(half: Path) -> None:
    """Take a gathered change away, its plan first."""
    with suppress(OSError):
        (half / _PLAN).unlink(missing_ok=True)
        for path in half.glob("*"):
            path.unlink()
        half.rmdir()
