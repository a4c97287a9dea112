"""A budget of processor time as a ratio within one run: what a piece of work may cost beside a yardstick of our own.

Seconds alone say how busy and how quick a machine is. The yardstick is a fixed piece of work of the loaders' kind, done
right before and right after what is measured, so that a machine that is slow at this moment is slow at both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import process_time

# Seconds of the yardstick on the processor that the budgets of the tests are written for.
YARDSTICK_SECONDS = 0.30


def yardstick() -> float:
    """Processor seconds of the fixed piece of work: lines cut into rows, looked up, counted and sorted."""
    start = process_time()
    lines = [f"{place},{place % 197},{place % 76 + 1950},{place * 7 % 1000}" for place in range(150_000)]
    rows = [dict(zip("abcd", line.split(","), strict=True)) for line in lines]
    sums: Counter[tuple[str, int]] = Counter()
    for row in rows:
        sums[row["b"], int(row["c"])] += int(row["d"])
    assert len(sorted(sums.items())) == 197 * 76, "the yardstick did its work"
    return process_time() - start


@dataclass(slots=True)
class Spent:
    """What a piece of work took: `seconds` of this processor, and how much slower it is than the usual one."""

    seconds: float = 0.0
    slowness: float = 1.0

    def assert_at_most(self, seconds: float) -> None:
        """Fail when the work took more; a slower processor is given as much more, a quicker one no less."""
        told = f"{self.seconds:.2f} s of processor time; {seconds} allowed, times {self.slowness:.2f}"
        assert self.seconds <= seconds * max(1.0, self.slowness), told


@contextmanager
def spent() -> Iterator[Spent]:
    """Measure the work inside, with the yardstick before and after it."""
    taken = Spent()
    before, start = yardstick(), process_time()
    yield taken
    taken.seconds = process_time() - start
    taken.slowness = (before + yardstick()) / (2 * YARDSTICK_SECONDS)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fail when the work inside takes more than this of a processor of the usual speed."""
    with spent() as taken:
        yield
    taken.assert_at_most(seconds)
