"""The pictures of a page, begun as soon as their section is composed: another process draws them meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from functools import partial
from pathlib import Path
from typing import Protocol

from comity.brief.artist import is_artist_at_work
from comity.brief.blocks import Block, Chart, Map

_AT_ONCE = 2  # one waits for its drawing while the other is made ready


class Drawn(Protocol):
    """What gives the picture of a block, or the narrow form of a chart."""

    def __call__(self, block: Block, *, is_narrow: bool = False) -> str | None:
        """The picture as SVG; None where the block has none."""
        ...


class _Begun:
    """Pictures that are being drawn, found by their block."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._held: dict[tuple[int, bool], tuple[Block, Future[str | None]]] = {}

    def begin(self, blocks: Iterable[Block], shelf: Path | None) -> None:
        """Begin the pictures of some blocks that need the charting library and are not begun."""
        for block in blocks:
            for is_narrow in (False, True) if isinstance(block, Chart) else (False,) if isinstance(block, Map) else ():
                if (id(block), is_narrow) not in self._held:
                    ready = partial(_picture, block, shelf, is_narrow=is_narrow)
                    # The block is held as well: an id is that of one thing only as long as the thing is there.
                    self._held[id(block), is_narrow] = block, self._pool.submit(copy_context().run, ready)

    def waiting(self, block: Block, *, is_narrow: bool) -> Future[str | None] | None:
        """The picture of a block that was begun."""
        found = self._held.get((id(block), is_narrow))
        return found[1] if found else None


_begun: ContextVar[_Begun | None] = ContextVar("_begun", default=None)


@contextmanager
def pictures_ahead() -> Iterator[None]:
    """Let the pictures of a page be begun when a section is composed; where no process of its own draws, none is."""
    if not is_artist_at_work() or _begun.get() is not None:
        yield
        return
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        before = _begun.set(_Begun(pool))
        try:
            yield
        finally:
            _begun.reset(before)
            pool.shutdown(wait=False, cancel_futures=True)  # of a page that failed nobody waits for a picture


def begin(blocks: Iterable[Block], shelf: Path | None) -> None:
    """Begin the pictures of a section, where its page has pictures and another process draws them."""
    begun = _begun.get()
    if begun is not None:
        begun.begin(blocks, shelf)


@contextmanager
def drawn_ahead(blocks: Iterable[Block], shelf: Path | None) -> Iterator[Drawn]:
    """What gives the picture of each block, with those begun that were not.

    Where no process of its own draws, each is drawn when it is asked for: there is nothing to wait for meanwhile.
    """
    with pictures_ahead():
        begin(blocks, shelf)
        begun = _begun.get()

        def drawn(block: Block, *, is_narrow: bool = False) -> str | None:
            waiting = begun.waiting(block, is_narrow=is_narrow) if begun is not None else None
            return waiting.result() if waiting is not None else _picture(block, shelf, is_narrow=is_narrow)

        yield drawn


def _picture(block: Block, shelf: Path | None, *, is_narrow: bool) -> str | None:
    from comity.brief.drawing import picture

    return picture(block, shelf, is_narrow=is_narrow)
