"""Who may write, and which generations are still read; the kernel drops both locks when a process dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from comity.errors import StoreBusy, StoreError
from comity.store.manifest import Manifest, read_manifest
from comity.store.place import manifest_file

_PAUSE_SECONDS = 0.02
_ATTEMPTS = 100


@contextmanager
def writer_lock(root: Path, wait_seconds: float) -> Iterator[None]:
    """Hold the store's one writing place; StoreBusy names who holds it when the wait is over."""
    path = root / "lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        deadline = time.monotonic() + wait_seconds
        while not _locked(descriptor, fcntl.LOCK_EX):
            if time.monotonic() >= deadline:
                holder = path.read_text(encoding="utf-8") or "another process"
                raise StoreBusy(f"{root} is being written by {holder}; waited {wait_seconds:g} seconds")
            time.sleep(_PAUSE_SECONDS)
        started = datetime.now(UTC).isoformat(sep=" ", timespec="seconds")
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()} since {started}".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def hold_generation(root: Path) -> tuple[Manifest, int]:
    """The current generation and a descriptor that keeps its parts in place until it is closed.

    A writer sweeps only generations on which it gets an exclusive lock. A generation may be swept after its
    manifest was read and before it was locked; then its name is gone or the lock refused, and we read again.
    """
    for _ in range(_ATTEMPTS):
        manifest = read_manifest(root)
        try:
            descriptor = os.open(manifest_file(root, manifest.generation), os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            time.sleep(_PAUSE_SECONDS)
            continue
        except OSError as problem:
            raise StoreError(f"{problem.filename} cannot be read: {problem.strerror}") from problem
        if _locked(descriptor, fcntl.LOCK_SH) and os.fstat(descriptor).st_nlink:
            return manifest, descriptor
        os.close(descriptor)
        time.sleep(_PAUSE_SECONDS)
    raise StoreError(f"{manifest_file(root, manifest.generation)} is gone; remove the store and load again")


def drop_generation(root: Path, generation: int) -> Manifest | None:
    """Forget an old generation, or return its manifest because somebody still reads it."""
    path = manifest_file(root, generation)
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        if not _locked(descriptor, fcntl.LOCK_EX):
            return read_manifest(root, generation)
        path.unlink()
        return None
    finally:
        os.close(descriptor)


def _locked(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
