"""A process of its own that works for a brief meanwhile, where there is a processor for it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import IO, TypeVar


class Beside:
    """A process that is told over a pipe and answers over another."""

    def __init__(self, command: tuple[str, ...]) -> None:
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(  # noqa: S603 (this program, or one that a test names)
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=quiet, encoding="utf-8"
        )

    @property
    def to(self) -> IO[str]:
        """What is written here the process reads."""
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def back(self) -> IO[str]:
        """What the process wrote."""
        assert self._process.stdout is not None
        return self._process.stdout

    def stop(self) -> None:
        """End the process; nothing of it is waited for."""
        self._process.kill()
        self._process.wait()
        for pipe in (self.to, self.back):
            with suppress(OSError):
                pipe.close()


Process = TypeVar("Process", bound=Beside)


@contextmanager
def at_work(held: ContextVar[Process | None], start: Callable[[], Process]) -> Iterator[None]:
    """Let a process work meanwhile, held where its answers are asked for; none where it cannot be started."""
    process = None
    if (os.cpu_count() or 1) > 1:
        with suppress(OSError):
            process = start()
    before = held.set(process)
    try:
        yield
    finally:
        held.reset(before)
        if process is not None:
            process.stop()
