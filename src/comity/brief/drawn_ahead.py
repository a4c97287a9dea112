"""The pictures of a page, worked out ahead: while another process draws one of them, the next is made ready."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import partial
from pathlib import Path
from typing import Protocol

from comity.brief.artist import is_artist_at_work
from comity.brief.blocks import Block, Chart, Map
from comity.brief.drawing import picture

_AT_ONCE = 2  # one waits for its drawing while the other is made ready


class Drawn(Protocol):
    """What gives the picture of a block, or the narrow form of a chart."""

    def __call__(self, block: Block, *, is_narrow: bool = False) -> str | None:
        """The picture as SVG; None where the block has none."""
        ...


@contextmanager
def drawn_ahead(blocks: Iterable[Block], shelf: Path | None) -> Iterator[Drawn]:
    """What gives the picture of each block, with those that need the charting library begun at once.

    Where no process of its own draws, each is drawn when it is asked for: there is nothing to wait for meanwhile.
    """
    begun: dict[tuple[int, bool], Future[str | None]] = {}

    def drawn(block: Block, *, is_narrow: bool = False) -> str | None:
        waiting = begun.get((id(block), is_narrow))
        return waiting.result() if waiting is not None else picture(block, shelf, is_narrow=is_narrow)

    if not is_artist_at_work():
        yield drawn
        return
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for block in blocks:
            for is_narrow in (False, True) if isinstance(block, Chart) else (False,) if isinstance(block, Map) else ():
                ready = partial(picture, block, shelf, is_narrow=is_narrow)
                begun[id(block), is_narrow] = pool.submit(copy_context().run, ready)
        yield drawn
