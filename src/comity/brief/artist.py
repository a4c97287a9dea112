"""Charts drawn by a process of their own, whose engine starts while the brief is still being composed.

To start the engine of the charting library takes longer than to draw all charts of a page, and holds up everything else
in its process. The same library draws the same bytes here and there; where the other process fails, this one draws.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import IO, Any

VEGA_LITE = "6.4"
# Characters that no SVG may hold, as JSON writes them; the library ends the process over one of them.
_NO_TEXT = re.compile(r"(?<!\\)((?:\\\\)*)\\(?:u00(?:0[0-8bef]|1[0-9a-f])|ufff[ef]|b|f)")
_SMALLEST = {"mark": "point", "data": {"values": []}}  # to draw it starts the engine


class Artist:
    """A process that draws what it is told, one line for one line."""

    def __init__(self, command: tuple[str, ...] = (sys.executable, "-m", __name__)) -> None:
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(  # noqa: S603 (this program, or one that a test names)
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=quiet, encoding="utf-8"
        )

    def draw(self, spec: str) -> str | None:
        """A chart as SVG; None where the process is gone, or did not draw it whole."""
        to, back = self._process.stdin, self._process.stdout
        assert to is not None
        assert back is not None
        with suppress(OSError, ValueError):
            to.write(json.dumps(spec) + "\n")
            to.flush()
            return str(json.loads(back.readline()))
        return None

    def stop(self) -> None:
        """End the process; nothing of it is waited for."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()


_at_work: ContextVar[Artist | None] = ContextVar("_at_work", default=None)


@contextmanager
def artist_at_work() -> Iterator[None]:
    """Let a process of its own draw the charts meanwhile, where there is a processor for it."""
    artist = None
    if (os.cpu_count() or 1) > 1:
        with suppress(OSError):
            artist = Artist()
    before = _at_work.set(artist)
    try:
        yield
    finally:
        _at_work.reset(before)
        if artist is not None:
            artist.stop()


def vega_svg(spec: dict[str, Any]) -> str:
    """A chart of the charting library as SVG; a character that no SVG may hold is shown as one that is missing.

    >>> vega_svg({"mark": "point", "data": {"values": []}})[:4]
    '<svg'
    """
    text, artist = _NO_TEXT.sub(r"\1\\ufffd", json.dumps(spec)), _at_work.get()
    drawn = artist.draw(text) if artist is not None else None
    return _drawn(text) if drawn is None else drawn


def _drawn(spec: str) -> str:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE))


def serve(told: Iterable[str], out: IO[str]) -> None:
    """Start the engine, then draw each chart that is told, until there are no more."""
    _drawn(json.dumps(_SMALLEST))
    for line in told:
        out.write(json.dumps(_drawn(json.loads(line))) + "\n")
        out.flush()


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout)
