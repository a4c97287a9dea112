"""Results that take long to work out, kept beside the store for as long as its generation and this program last.

What is kept is what would be worked out again, so a brief has the same bytes with it and without it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from comity import __version__
from comity.brief.assessor import told_beside
from comity.brief.subject import Subject

if TYPE_CHECKING:
    from comity.store import Store

PICTURES = "pictures"  # the folder of kept pictures, which are of no one generation
_HEARERS: list[Callable[[str, Any], None]] = []
_ROOMS = ("assess", "forecast", "network", "panel", "vocab")


def kept(subject: Subject, name: str, work_out: Callable[[], Any]) -> Any:
    """A result as plain data: read where it was kept, otherwise worked out, and kept where that is asked for."""
    place = _place(subject, name)
    made = msgspec.json.decode(place.read_bytes()) if place is not None and place.is_file() else None
    if made is None:
        made = told_beside(subject, name)
    if made is None:
        made = json.loads(json.dumps(work_out()))
        if place is not None:
            _keep(place, made)
    for tell in _HEARERS:
        tell(name, made)
    return made


def kept_of_store(store: Store, shelf: Path | None, name: str, work_out: Callable[[], Any]) -> Any:
    """A result, as plain data, that is of no subject but of all the store holds; without a shelf it is worked out."""
    if shelf is None:
        return work_out()
    place = folder_beside(store, shelf) / f"{name}.json"
    if place.is_file():
        return msgspec.json.decode(place.read_bytes())
    made = work_out()
    _keep(place, made)
    return made


@contextmanager
def heard(tell: Callable[[str, Any], None]) -> Iterator[None]:
    """Tell each result by its name as soon as it is there, for as long as this lasts."""
    _HEARERS.append(tell)
    try:
        yield
    finally:
        _HEARERS.remove(tell)


def kept_only(subject: Subject, name: str) -> Any:
    """A result where it was kept, otherwise None: for what takes too long to work out for one brief."""
    place = _place(subject, name)
    return msgspec.json.decode(place.read_bytes()) if place is not None and place.is_file() else None


def keep(subject: Subject, name: str, made: Any) -> None:
    """Keep a result for the briefs to come."""
    place = _place(subject, name)
    if place is not None:
        _keep(place, made)


def _keep(place: Path, made: Any) -> None:
    """Write a result, and let go what was kept of other generations and programs."""
    # A folder that cannot be written costs time and changes no brief.
    with suppress(OSError):
        make_folder(place.parent)
        for other in place.parent.parent.iterdir():
            if _is_past(other.name, place.parent.name):
                shutil.rmtree(other, ignore_errors=True)
        held = place.with_suffix(".new")
        held.write_text(json.dumps(made), encoding="utf-8")
        held.replace(place)


def _is_past(other: str, this: str) -> bool:
    """Whether a folder is of another generation, or of this audience and another program.

    >>> _is_past("1-ab-cd", "2-ab-cd"), _is_past("2-ef-cd", "2-ab-cd"), _is_past("2-ab-gh", "2-ab-cd")
    (True, False, True)
    >>> _is_past("pictures", "2-ab-cd")
    False
    """
    if other == PICTURES:
        return False
    generation, audience, _ = this.split("-")
    held = other.split("-")
    return held[0] != generation or (held[1:2] == [audience] and other != this)


def folder_of(subject: Subject) -> Path | None:
    """The folder of the results of one generation, one audience, one program; None where none are kept."""
    return None if subject.shelf is None else folder_beside(subject.store, subject.shelf)


def folder_beside(store: Store, shelf: Path) -> Path:
    """The folder on a shelf of what was worked out of a store, as its audience sees it."""
    audience = sha256(store.audience.encode()).hexdigest()[:12]
    return shelf / f"{store.generation}-{audience}-{program_of(_ROOMS)}"


def make_folder(place: Path) -> None:
    """A folder that nobody else may look into: what is kept tells what the store tells."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.mkdir(exist_ok=True, mode=0o700)


def _place(subject: Subject, name: str) -> Path | None:
    folder = folder_of(subject)
    return None if folder is None else folder / f"{name}.json"


@cache
def program_of(rooms: tuple[str, ...], others: tuple[Path, ...] = ()) -> str:
    """A name for the rooms that work results out and other files, so that what another version kept is not read.

    >>> program_of(("brief",)) == program_of(("brief",)), program_of(("brief",)) == program_of(("vocab",))
    (True, False)
    """
    home = Path(__file__).parent.parent
    made = sha256(__version__.encode())
    for file in (*(file for room in rooms for file in _files(str(home / room))), *map(str, others)):
        held = os.stat(file)  # noqa: PTH116 (there are hundreds)
        made.update(f"{os.path.basename(file)} {held.st_size} {held.st_mtime_ns}".encode())  # noqa: PTH119
    return made.hexdigest()[:12]


def _files(folder: str) -> list[str]:
    """The files below a folder in order, without what Python makes of them."""
    found: list[str] = []
    with os.scandir(folder) as entries:
        for each in sorted(entries, key=lambda entry: entry.name):
            if not each.is_dir():
                found.append(each.path)
            elif each.name != "__pycache__":
                found += _files(each.path)
    return found
