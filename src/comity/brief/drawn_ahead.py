"""The pictures of a page, worked out ahead: while another process draws one of them, the next is made ready."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from pathlib import Path

from comity.brief.artist import is_artist_at_work
from comity.brief.blocks import Block, Chart, Map
from comity.brief.drawing import picture

_AT_ONCE = 2  # one waits for its drawing while the other is made ready

Drawn = Callable[[Block], str | None]


@contextmanager
def drawn_ahead(blocks: Iterable[Block], shelf: Path | None) -> Iterator[Drawn]:
    """What gives the picture of each block, with those that need the charting library begun at once.

    Where no process of its own draws, each is drawn when it is asked for: there is nothing to wait for meanwhile.
    """
    if not is_artist_at_work():
        yield lambda block: picture(block, shelf)
        return
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        begun = {
            id(block): pool.submit(copy_context().run, picture, block, shelf)
            for block in blocks
            if isinstance(block, Chart | Map)
        }
        yield lambda block: begun[id(block)].result() if id(block) in begun else picture(block, shelf)
