"""Whole briefs as text, kept beside the store: whoever asks exactly the same again is answered without a question.

A text is found again by what decides every byte of it: what its audience sees of the store, what was prepared of it,
the request, the day, the form it is written in, and the program with the libraries that write. Anything else, and a
text that is not whole, is composed anew. The folder may be deleted at any time.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from comity.brief.keeping import folder_beside, make_folder, program_of

if TYPE_CHECKING:
    from comity.store import Store

MOST_KEPT = 60  # a page with its pictures has up to a megabyte
_ENDING = ".text"
_PREPARED = ("expected-*", "outlook-*")  # what a brief tells only where it was worked out ahead
_LIBRARIES = ("duckdb", "jinja2", "numpy", "pyarrow", "rich", "vl_convert")


@dataclass(frozen=True, kw_only=True)
class Request:
    """One brief as it was asked for: the words, the options that choose what it says, and the form.

    `form` is the format and all else that the text depends on, such as the width of a terminal.
    """

    words: tuple[str, ...]
    options: tuple[tuple[str, str | int | None], ...]
    today: date
    form: tuple[str | int | bool, ...]


def kept_document(store: Store, shelf: Path | None, request: Request, write: Callable[[], str]) -> str:
    """The text of a brief: read where it was kept on the shelf, otherwise written, and kept there."""
    if shelf is None:
        return write()
    folder = folder_beside(store, shelf)
    place = folder / f"{_name(store, request, _prepared(folder))}{_ENDING}"
    found = _read(place)
    if found is None:
        found = write()
        _keep(place, found)
    return found


def _name(store: Store, request: Request, prepared: str) -> str:
    """A name for all that decides the text; the audience is in the fingerprint, and once more in the folder."""
    told = f"{store.audience} {store.fingerprint} {prepared} {_program()} {request!r}"
    return sha256(told.encode()).hexdigest()[:40]


def _read(place: Path) -> str | None:
    """A kept text; None where there is none that is whole: its first line is the hash of the rest."""
    with suppress(OSError, UnicodeDecodeError):
        mark, _, text = place.read_bytes().partition(b"\n")
        if mark.decode() == sha256(text).hexdigest():
            return text.decode("utf-8")
    return None


def _keep(place: Path, text: str) -> None:
    # A folder that cannot be written costs time and changes no brief.
    with suppress(OSError):
        make_folder(place.parent)
        held = sorted(place.parent.glob(f"*{_ENDING}"), key=lambda each: each.stat().st_mtime_ns)
        for old in held[: max(len(held) - MOST_KEPT + 1, 0)]:
            old.unlink(missing_ok=True)
        written = text.encode("utf-8")
        new = place.with_suffix(".new")
        new.write_bytes(sha256(written).hexdigest().encode() + b"\n" + written)
        new.replace(place)


def _prepared(folder: Path) -> str:
    """A name for what was worked out ahead: with it, or with more of it, a brief tells more."""
    found = sorted(path for pattern in _PREPARED for path in folder.glob(pattern))
    return " ".join(f"{path.name} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in found)


@cache
def _program() -> str:
    """A name for all that decides how a text is composed and written: our rooms, their words, and the libraries."""
    from comity.vocab.words import words_page

    home = Path(__file__).parent.parent
    rooms = tuple(sorted(each.name for each in home.iterdir() if each.is_dir() and each.name != "__pycache__"))
    libraries = [Path(found.origin) for name in _LIBRARIES if (found := find_spec(name)) and found.origin]
    return f"{program_of(rooms, (words_page(), *sorted(home.glob('*.py')), *libraries))} {sys.version}"
