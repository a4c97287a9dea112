"""Downloading one file: asked for again where that helps, gone on with where it broke off, and never half for whole.

What has come so far lies in `.NAME.partial`, and beside it, in `.NAME.partial.etag`, the address and the publisher's
mark of that version of the file. A part without a mark is begun again: nobody could tell what it is a part of.
"""

from __future__ import annotations

import os
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

from comity import __version__
from comity.errors import SourceError
from comity.sources.manner import Manner

if TYPE_CHECKING:
    import httpx

_OWN_COPY = "give your own copy with --from DIR"
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")
_PAGE = re.compile(rb"\s*(<!doctype html|<html\b)", re.IGNORECASE)
_NO_CHAIN = (20, 21)  # OpenSSL's numbers for a certificate whose issuer was not sent and is not known here


class _PassingProblem(SourceError):
    """A problem that may be gone at the next try, and how long the publisher asks to wait for it, if he does."""

    def __init__(self, reason: str, asked_seconds: float | None = None) -> None:
        super().__init__(reason)
        self.asked_seconds = asked_seconds


@dataclass(frozen=True)
class _Part:
    """What has come of a file so far."""

    file: Path

    @property
    def note(self) -> Path:
        """The file that holds the address and the publisher's mark."""
        return self.file.with_name(f"{self.file.name}.etag")

    def mark(self, url: str) -> str | None:
        """The publisher's mark of the version this is a part of; None where the part cannot be gone on with."""
        if not (self.file.is_file() and self.file.stat().st_size and self.note.is_file()):
            return None
        address, _, mark = self.note.read_text(encoding="utf-8").partition("\n")
        return mark if address == url else None

    def begin(self, url: str, mark: str | None) -> None:
        """Forget what has come, and note what comes now."""
        self.drop()
        if mark:
            self.note.write_text(f"{url}\n{mark}", encoding="utf-8")

    def drop_unmarked(self, url: str) -> None:
        """Remove a part that no next download can go on with."""
        if self.mark(url) is None:
            self.drop()

    def drop(self) -> None:
        """Remove the part and its note."""
        self.file.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)


def part_of(path: Path) -> Path:
    """Where the part of a file lies while it comes.

    >>> part_of(Path("atop/members.csv")).name
    '.members.csv.partial'
    """
    return path.with_name(f".{path.name}.partial")


def drop_part(part: Path) -> None:
    """Remove a part that is of no more use, and what was noted of it."""
    _Part(part).drop()


def kept_bytes(folder: Path) -> int:
    """How many bytes lie under a folder in parts that a next download goes on with."""
    parts = (note.with_suffix("") for note in folder.rglob(".*.partial.etag"))
    return sum(part.stat().st_size for part in parts if part.is_file())


def open_client(timeout_seconds: float) -> httpx.Client:
    """What speaks to publishers; the bytes are wanted as they lie there, so that a part can be gone on with."""
    import httpx

    headers = {"User-Agent": f"comity/{__version__}", "Accept-Encoding": "identity"}
    return httpx.Client(headers=headers, timeout=timeout_seconds, follow_redirects=True)


def download(url: str, path: Path, manner: Manner) -> Path:
    """Bring what lies at an address beside a path, whole; the caller moves it to its place or drops it.

    Raises SourceError with one line when the publisher cannot be reached, refuses, or sends something else.
    """
    part = _Part(part_of(path))
    with ExitStack() as undo:
        undo.callback(part.drop_unmarked, url)
        try:
            _ask_patiently(url, part, manner)
        except SourceError as problem:
            kept = part.file.stat().st_size if part.mark(url) else 0
            more = f"; {kept} bytes are kept, and the same command goes on from there" if kept else ""
            raise SourceError(f"{url}: {problem}{more}") from problem
        undo.pop_all()
    return part.file


def _ask_patiently(url: str, part: _Part, manner: Manner) -> None:
    """Ask, and ask again after a while when the problem may pass."""
    patience = manner.patience
    asked = 1
    while problem := _passing_problem(url, part, manner):
        wait = patience.wait_seconds(asked) if problem.asked_seconds is None else problem.asked_seconds
        if wait > patience.longest_wait_seconds:
            raise SourceError(f"{problem}, and asks to come back in {wait:.0f} seconds") from problem
        if asked == patience.tries:
            raise SourceError(f"{problem}, asked {asked} times") from problem
        manner.say(f"{url}: {problem}; asking again in {wait:.1f} seconds")
        patience.sleep(wait)
        asked += 1


def _passing_problem(url: str, part: _Part, manner: Manner) -> _PassingProblem | None:
    """Ask once; what went wrong, when it may pass."""
    try:
        _ask(url, part, manner)
    except _PassingProblem as problem:
        return problem
    return None


def _ask(url: str, part: _Part, manner: Manner) -> None:
    """Ask once, for the rest of the file where a part is there."""
    import httpx

    mark = part.mark(url)
    start = part.file.stat().st_size if mark else 0
    headers = {"Range": f"bytes={start}-", "If-Range": mark} if mark else {}
    timeout = manner.patience.timeout_seconds
    try:
        with open_client(timeout) as client, client.stream("GET", url, headers=headers) as answer:
            if mark and _is_whole(answer, start):
                return
            _check_status(answer, part)
            if answer.status_code == 206:
                _check_rest(answer, part, start, mark)
            else:
                start = 0
                part.begin(url, _mark_of(answer))
            _receive(answer, part, start, manner)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _problem(error, timeout) from error
    with part.file.open("rb") as file:
        if _PAGE.match(file.read(1024)):
            part.drop()
            raise SourceError(f"a web page came instead of the file; {_OWN_COPY}")


def _is_whole(answer: httpx.Response, start: int) -> bool:
    """Whether nothing comes after the part, because it is the whole file; it was not moved to its place in time."""
    return answer.status_code == 416 and answer.headers.get("Content-Range") == f"bytes */{start}"


def _check_status(answer: httpx.Response, part: _Part) -> None:
    status = answer.status_code
    said = f"{status} {answer.reason_phrase}".strip()
    if status in (200, 206):
        return
    if status == 416:
        part.drop()
        raise _PassingProblem("the file is no longer the one of which a part is here", 0.0)
    if status in _PASSING:
        raise _PassingProblem(f"the publisher answers {said}", _asked_seconds(answer))
    if status in (404, 410):
        raise SourceError(f"there is no such file ({said}), it may have moved; {_OWN_COPY}")
    if status in (401, 403):
        raise SourceError(f"the publisher does not let programs fetch it ({said}); {_OWN_COPY}")
    raise SourceError(f"the publisher answers {said}; {_OWN_COPY}")


def _asked_seconds(answer: httpx.Response) -> float | None:
    """What Retry-After asks for, in seconds or as a date; what is neither is not heard."""
    asked = answer.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", asked):
        return float(asked)
    try:
        until = parsedate_to_datetime(asked)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _check_rest(answer: httpx.Response, part: _Part, start: int, mark: str | None) -> None:
    """A rest must begin where the part ends, and be of the same version of the file."""
    told = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
    if told is None or int(told[1]) != start or _mark_of(answer) not in (mark, None):
        part.drop()
        raise _PassingProblem("the rest that came does not fit the part that is here", 0.0)


def _mark_of(answer: httpx.Response) -> str | None:
    """The publisher's mark of this version: a strong ETag, or else the date of its last change."""
    if _is_packed(answer):
        return None
    tag = str(answer.headers.get("ETag", ""))
    return tag if tag.startswith('"') else answer.headers.get("Last-Modified")


def _is_packed(answer: httpx.Response) -> bool:
    """Whether the bytes on the way are not those of the file, though we asked for them as they are."""
    return bool(answer.headers.get("Content-Encoding", "identity") != "identity")


def _total(answer: httpx.Response) -> int | None:
    """How long the whole file is, as far as the answer says it."""
    if told := _RANGE.fullmatch(answer.headers.get("Content-Range", "")):
        return int(told[2])
    announced = answer.headers.get("Content-Length", "")
    return int(announced) if announced.isdecimal() and not _is_packed(answer) else None


def _receive(answer: httpx.Response, part: _Part, start: int, manner: Manner) -> None:
    """Add what comes to the part, and compare its length with the one announced."""
    total, done = _total(answer), start
    name = part.file.name.removeprefix(".").removesuffix(".partial")
    pieces = answer.iter_bytes() if _is_packed(answer) else answer.iter_raw()
    with part.file.open("ab") as file:
        while max(done, total or 0) <= manner.most_bytes and (piece := next(pieces, b"")):
            file.write(piece)
            done += len(piece)
            manner.watch(name, done, total)
        file.flush()
        os.fsync(file.fileno())
    if max(done, total or 0) > manner.most_bytes:
        part.drop()
        raise SourceError(f"the file is larger than the {manner.most_bytes} bytes that are allowed")
    if total is not None and done != total:
        raise _PassingProblem(f"the file broke off after {done} of {total} bytes")


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _problem(error: Exception, timeout_seconds: float) -> SourceError:
    """What a failure of the connection means, in words; whether it may pass is told by the class."""
    import httpx

    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _certificate_problem(cause)
        if isinstance(cause, socket.gaierror):
            return SourceError("the name of the server cannot be resolved; is this machine on the network?")
    if isinstance(error, httpx.TimeoutException):
        return _PassingProblem(f"no answer within {timeout_seconds:g} seconds")
    said = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, httpx.RemoteProtocolError):
        return _PassingProblem(f"the connection broke off ({said})")
    if isinstance(error, httpx.NetworkError | httpx.ProxyError):
        return _PassingProblem(f"the connection failed ({said})")
    return SourceError(f"{said}; {_OWN_COPY}")


def _certificate_problem(cause: ssl.SSLCertVerificationError) -> SourceError:
    why = f"its certificate is not good ({cause.verify_message})"
    if cause.verify_code in _NO_CHAIN:
        why = "it does not send the whole chain of its certificates, or they are of an authority not known here"
    return SourceError(f"nobody can tell that the server is the publisher's: {why}; {_OWN_COPY}")
