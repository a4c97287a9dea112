"""The history of a folder of records: every change made through comity, one line of JSON each, added at the end.

The file lies hidden among the records. A line is on the disk before the change it tells of is made, and goes again
when the change fails, so that no change is missing (`comity.record.applying`). Writers wait for each other, so that no
line is lost.
"""

from __future__ import annotations

import fcntl
import getpass
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args, get_origin

import msgspec

from comity.errors import RecordError
from comity.record.applying import HISTORY_FILE, finish, unfinished, write_files
from comity.record.parties import slug
from comity.record.shape import AnyRecord, Edition

# Lists that a record of each kind must have, though they may be empty: an empty list is told like none.
_NEEDED: dict[str, dict[str, list[Any]]] = {
    str(shape.__struct_config__.tag): {
        each.name: [] for each in msgspec.structs.fields(shape) if each.required and get_origin(each.type) is list
    }
    for shape in get_args(AnyRecord)
}
_WAIT_SECONDS = 30.0
_PAUSE_SECONDS = 0.02


class FieldChange(msgspec.Struct, frozen=True):
    """What a field held before a change and after it; null where it was left out."""

    before: Any = msgspec.field(name="from")
    after: Any = msgspec.field(name="to")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One change of one record or edition: when (UTC), by which command, by whom, and what changed."""

    time: str
    command: str
    who: str
    record: str
    changes: dict[str, FieldChange]


@dataclass(frozen=True)
class Change:
    """A record or edition before and after a change; None before it was there, or after it has gone."""

    identifier: str
    before: AnyRecord | Edition | None
    after: AnyRecord | Edition | None


@dataclass(frozen=True)
class History:
    """The entries of a history, the newest last, and the numbers of the lines that cannot be read."""

    entries: list[Entry] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)


Write = Callable[[Mapping[Path, str | None], str, Sequence[Change]], None]


@contextmanager
def changing(folder: Path) -> Iterator[Write]:
    """Hold a folder of records against other writers; what it gives writes texts of files and tells the history.

    It is called with the texts by file, the command, and what changed. What an earlier change that was cut off left
    half written is finished first. A folder that was made for this and holds nothing at the end goes again.
    """
    made: list[Path] = []
    try:
        for path in (*reversed(folder.parents), folder):
            if not path.exists():
                path.mkdir(exist_ok=True)
                made.append(path)
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as problem:
        raise RecordError(f"{folder}: cannot be written: {problem.strerror or problem}") from problem
    try:
        _wait_for(held, folder)
        finish(folder)
        yield lambda texts, command, changes: write_files(texts, folder, _lines(command, changes))
    finally:
        os.close(held)
        with suppress(OSError):
            for path in reversed(made):
                path.rmdir()


def finish_cut_off(folder: Path) -> None:
    """Finish a change that was cut off while it was written, where there is one."""
    if unfinished(folder):
        with changing(folder):
            pass


def read_history(folder: Path, name: str | None = None) -> History:
    """The changes of one record with its editions, of one edition, or of all; a line cut off is told by its number."""
    path = folder / HISTORY_FILE
    try:
        lines = path.read_bytes().split(b"\n") if path.exists() else []
    except OSError as problem:
        raise RecordError(f"{path}: cannot be read: {problem.strerror or problem}") from problem
    found = History()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = msgspec.json.decode(line, type=Entry)
        except msgspec.DecodeError:
            found.unreadable.append(number)
            continue
        if name is None or entry.record == name or entry.record.startswith(f"{name}/"):
            found.entries.append(entry)
    return found


def replayed(entries: Iterable[Entry], base: AnyRecord | None = None) -> AnyRecord | None:
    """The record that the changes of it make, one after the other, of what it was before; None when it has gone."""
    whole: dict[str, Any] = {}
    editions: dict[str, dict[str, Any]] = {}
    if base is not None:
        whole, editions = _parts(base)
    for entry in entries:
        _, _, part = entry.record.partition("/")
        fields = editions.setdefault(part, {}) if part else whole
        for name, change in entry.changes.items():
            fields[name] = change.after
            if change.after is None:
                del fields[name]
    if not whole:
        return None
    if whole["kind"] == "series":
        whole["editions"] = [fields for fields in editions.values() if fields]
    content: AnyRecord = msgspec.convert(_NEEDED[whole["kind"]] | whole, type=AnyRecord)
    return content


def field_changes(change: Change) -> Iterator[tuple[str, dict[str, FieldChange]]]:
    """What changed, by record and field; each edition of a series is told apart from the series."""
    (old, old_editions), (new, new_editions) = _parts(change.before), _parts(change.after)
    told = {change.identifier: (old, new)}
    for part in dict.fromkeys([*old_editions, *new_editions]):
        told[f"{change.identifier}/{part}"] = (old_editions.get(part, {}), new_editions.get(part, {}))
    for name, (before, after) in told.items():
        fields = {
            key: FieldChange(before.get(key), after.get(key))
            for key in dict.fromkeys([*before, *after])
            if before.get(key) != after.get(key)
        }
        if fields:
            yield name, fields


def who_changes() -> str:
    """Who makes a change: COMITY_USER, or else the name under which one is logged in."""
    try:
        return os.environ.get("COMITY_USER") or getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        return f"user {os.getuid()}"


def _parts(content: AnyRecord | Edition | None) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The fields of a record that say something, and those of its editions by name."""
    if content is None:
        return {}, {}
    plain = _said(msgspec.to_builtins(content))
    return plain, {slug(edition["name"]): _said(edition) for edition in plain.pop("editions", [])}


def _said(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if value not in (None, [])}


def _lines(command: str, changes: Sequence[Change]) -> bytes:
    now, who = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), who_changes()
    entries = [
        Entry(time=now, command=command, who=who, record=name, changes=fields)
        for change in changes
        for name, fields in field_changes(change)
    ]
    return b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries)


def _wait_for(held: int, folder: Path) -> None:
    deadline = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            if time.monotonic() >= deadline:
                told = f"{folder}: another process is writing there; waited {_WAIT_SECONDS:g} seconds"
                raise RecordError(told) from problem
            time.sleep(_PAUSE_SECONDS)
        else:
            return
