"""The manner of fetching: how patient, how strict, how much at most, and who is told of it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long a publisher is waited for and how often asked; waits double each time and are spread by chance.

    >>> [Patience(chance=lambda: 1.0).wait_seconds(asked) for asked in (1, 2, 3, 20)]
    [1.0, 2.0, 4.0, 60.0]
    """

    tries: int = 5
    first_wait_seconds: float = 1.0
    longest_wait_seconds: float = 60.0
    timeout_seconds: float = 60.0
    sleep: Callable[[float], object] = field(default_factory=lambda: time.sleep)
    chance: Callable[[], float] = field(default_factory=lambda: random.random)

    def wait_seconds(self, asked: int) -> float:
        """How long to wait after so many tries: from half of it to all, so that many clients do not come at once."""
        whole: float = min(self.longest_wait_seconds, self.first_wait_seconds * 2 ** (asked - 1))
        return whole * (1 + self.chance()) / 2


def _nobody(*_told: object) -> None:
    """Nobody listens."""


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How files are fetched, and who is told of it; `watch` hears a file's name, the bytes so far and those in all."""

    is_strict: bool = False  # refuse a file whose hash was not reviewed
    is_linked: bool = False  # link to the files of a mirror instead of copying them, where the disk is the same
    most_bytes: int = 4 * 1024**3
    patience: Patience = field(default_factory=Patience)
    say: Callable[[str], object] = field(default_factory=lambda: _nobody)
    watch: Callable[[str, int, int | None], object] = field(default_factory=lambda: _nobody)
