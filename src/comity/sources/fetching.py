"""Publishers' files into the cache: from a local mirror laid out SOURCE/FILE, or from the publisher's own address."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from comity.errors import FileMissing, SourceError
from comity.sources.archives import found_members, open_archive, unpack
from comity.sources.contract import Contract, PromisedFile, contract
from comity.sources.downloading import download, drop_part, kept_bytes, part_of
from comity.sources.files import find_files
from comity.sources.manner import Manner


@dataclass(frozen=True)
class Fetched:
    """One file that is in the cache now, and what was done for it: downloaded, copied, linked or unchanged."""

    source: str
    name: str
    byte_count: int
    is_reviewed: bool
    action: str


def mirror_folder() -> Path | None:
    """The local mirror that COMITY_MIRROR names, if any; a folder that is not there is an error."""
    named = os.environ.get("COMITY_MIRROR")
    if not named:
        return None
    if not Path(named).is_dir():
        raise SourceError(f"COMITY_MIRROR names {named}, which is no folder")
    return Path(named)


def fetch_source(name: str, cache: Path, mirror: Path | None = None, manner: Manner | None = None) -> Iterator[Fetched]:
    """Put the files of one source into `cache/NAME`, one at a time; each appears whole or not at all.

    A file that is there already with the same hash stays. Raises FileMissing when the mirror lacks a file, SourceError
    when the publisher cannot be reached or sends something else.
    """
    promise = contract(name)
    if promise.user_supplied:
        raise SourceError(
            f"{name}: its maintainer asks that software not serve it; put your own copy into {cache / name}"
        )
    fetch = _Fetch(name, promise, cache / name, manner or Manner())
    if mirror is not None and not (mirror / name).is_dir():
        raise FileMissing(f"{name}: the mirror {mirror} holds no folder {name}")
    with _alone(fetch.target):
        yield from fetch.from_publisher() if mirror is None else fetch.from_mirror(mirror / name)


@dataclass(frozen=True)
class _Fetch:
    """One source on its way into the cache."""

    name: str
    promise: Contract
    target: Path
    manner: Manner

    def from_mirror(self, folder: Path) -> Iterator[Fetched]:
        """Copy, or link to, what a mirror holds."""
        for promised in self._wanted(folder):
            for path in find_files(folder, promised):
                relative = path.relative_to(folder).as_posix()
                if _is_same(self._place(relative), path):
                    yield self._settle(self._place(relative), relative, promised, "unchanged")
                else:
                    yield self._copy(path, relative, promised)

    def from_publisher(self) -> Iterator[Fetched]:
        """Download what has an address; what has none, and is needed, is said in one line when the rest is there."""
        unpacked: set[str] = set()
        lacking: list[PromisedFile] = []
        for promised in self._wanted(self.target):
            if promised.download in unpacked:
                continue
            if here := self._reviewed_here(promised) or self._own_copies(promised):
                for relative in here:
                    yield self._settle(self._place(relative), relative, promised, "unchanged")
            elif promised.download and promised.member:
                unpacked.add(promised.download)
                yield from self._download_zip(promised.download)
            elif promised.download and not _is_pattern(promised.path):
                yield self._download(promised.download, promised)
            else:
                lacking.append(promised)
        self._check_lacking(lacking)

    def _wanted(self, folder: Path) -> Iterator[PromisedFile]:
        """The files to look for: each once, and none that stands in for another that the folder holds."""
        seen: set[str] = set()
        for promised in self.promise.files.values():
            other = self.promise.files.get(promised.stands_in_for)
            is_spared = other is not None and any(folder.glob(other.path))
            if promised.path not in seen and not is_spared:
                yield promised
            seen.add(promised.path)

    def _reviewed_here(self, promised: PromisedFile) -> list[str]:
        """The files of a promise when the cache holds all of them as they were reviewed; otherwise none."""
        names = [name for name in promised.sha256 if name == promised.path or _is_pattern(promised.path)]
        is_whole = all(_digest(self._place(name)) == promised.sha256[name] for name in names)
        return names if is_whole else []

    def _own_copies(self, promised: PromisedFile) -> list[str]:
        """What lies in the cache of a promise without an address: the user's own."""
        if promised.download:
            return []
        found = sorted(path for path in self.target.glob(promised.path) if path.is_file())
        return [path.relative_to(self.target).as_posix() for path in found]

    def _copy(self, path: Path, relative: str, promised: PromisedFile) -> Fetched:
        with self._disk(relative), _half(self._place(relative)) as half:
            action = "linked" if self.manner.is_linked and _link(path, half) else "copied"
            if action == "copied":
                shutil.copyfile(path, half)
            return self._settle(half, relative, promised, action)

    def _download(self, url: str, promised: PromisedFile) -> Fetched:
        with self._disk(promised.path):
            part = self._part(url, promised.path)
            try:
                return self._settle(part, promised.path, promised, "downloaded")
            finally:
                drop_part(part)

    def _download_zip(self, url: str) -> Iterator[Fetched]:
        """Download one archive and take every promised member out of it; interrupted, it stays for the next time."""
        wanted = [one for one in self._wanted(self.target) if one.download == url and not self._reviewed_here(one)]
        name = unquote(urlsplit(url).path).rpartition("/")[2] or "archive"
        with self._disk(name):
            part = self._part(url, name)
            try:
                with open_archive(part, f"{self.name}: {url}") as archive:
                    for promised in wanted:
                        for relative, member in found_members(archive, promised).items():
                            with _half(self._place(relative)) as half:
                                unpack(archive, member, half, self.manner.most_bytes)
                                yield self._settle(half, relative, promised, "downloaded")
            except SourceError:
                drop_part(part)
                raise
            drop_part(part)

    def _part(self, url: str, relative: str) -> Path:
        """What lies at an address, whole, beside its place."""
        place = self._place(relative)
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            return download(url, place, self.manner)
        except SourceError as problem:
            raise SourceError(f"{self.name}: {problem}") from problem

    def _settle(self, ready: Path, relative: str, promised: PromisedFile, action: str) -> Fetched:
        """Move a whole file to its place, unless only reviewed files are wanted and it is not one."""
        is_reviewed = promised.sha256.get(relative) == _digest(ready)
        if self.manner.is_strict and not is_reviewed:
            raise SourceError(f"{self.name}/{relative}: refused, its hash is not that of the reviewed file")
        place = self._place(relative)
        if ready != place:
            ready.replace(place)
        return Fetched(self.name, relative, place.stat().st_size, is_reviewed, action)

    def _place(self, relative: str) -> Path:
        """Where a file goes, and where it lies until it is whole: never outside the folder of the source."""
        path = self.target / relative
        folder = self.target.resolve()
        if not all(place.resolve().is_relative_to(folder) for place in (path, part_of(path), _half_of(path))):
            raise SourceError(f"{self.name}/{relative}: lies outside the folder of the source")
        return path

    def _check_lacking(self, lacking: list[PromisedFile]) -> None:
        """Say which files have no address; it is an error where the source cannot be read without them."""
        for promised in lacking:
            if promised.is_optional:
                self.manner.say(f"{self.name}/{promised.path}: has no address and can be done without")
        if needed := [promised.path for promised in lacking if not promised.is_optional]:
            named = ", ".join(needed)
            raise SourceError(
                f"{self.name}/{named}: no address to fetch it from is known; use --from DIR with your own copy"
            )

    @contextmanager
    def _disk(self, relative: str) -> Iterator[None]:
        """Say in one line what the disk refused, and what is kept all the same."""
        try:
            yield
        except OSError as error:
            kept = kept_bytes(self.target)
            more = f"; {kept} bytes are kept, and the same command goes on from there" if kept else ""
            reason = error.strerror or error
            raise SourceError(f"{self.name}/{relative}: cannot be put into the cache: {reason}{more}") from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder of one source; two that fetch it at once would mix what comes."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise SourceError(f"{folder} cannot be made: {error.strerror}") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SourceError(f"{folder.name}: another process is fetching it") from None
    else:
        yield
    finally:
        os.close(descriptor)


def _half_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


@contextmanager
def _half(path: Path) -> Iterator[Path]:
    """A place beside the place to write to; what is left there is removed, so that nothing half stays."""
    half = _half_of(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    half.unlink(missing_ok=True)
    try:
        yield half
    finally:
        half.unlink(missing_ok=True)


def _link(path: Path, place: Path) -> bool:
    """Link to a file of the same disk; False where that cannot be done."""
    try:
        place.hardlink_to(path.resolve())
    except OSError:
        return False
    return True


def _is_pattern(path: str) -> bool:
    return any(mark in path for mark in "*?[")


def _digest(path: Path) -> str:
    """The hash of a file; of no file, an empty text."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_same(path: Path, other: Path) -> bool:
    return path.is_file() and path.stat().st_size == other.stat().st_size and _digest(path) == _digest(other)
