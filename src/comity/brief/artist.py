"""Charts drawn by a process of their own, whose engine starts while the brief is still being composed.

To start the engine of the charting library takes longer than to draw all charts of a page, and holds up everything else
in its process. The same library draws the same bytes here and there; where the other process fails, this one draws.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress
from contextvars import ContextVar
from threading import Lock
from typing import IO, Any

from comity.brief.beside import Beside, at_work

VEGA_LITE = "6.4"
# Characters that no SVG may hold, as JSON writes them; the library ends the process over one of them.
_NO_TEXT = re.compile(r"(?<!\\)((?:\\\\)*)\\(?:u00(?:0[0-8bef]|1[0-9a-f])|ufff[ef]|b|f)")
_ONE_DRAWS = Lock()


class Artist(Beside):
    """A process that draws what it is told, one line for one line."""

    def __init__(self, command: tuple[str, ...] = (sys.executable, "-m", __name__)) -> None:
        super().__init__(command)

    def draw(self, spec: str) -> str | None:
        """A chart as SVG; None where the process is gone, or did not draw it whole."""
        with suppress(OSError, ValueError):
            self.to.write(json.dumps(spec) + "\n")
            self.to.flush()
            return str(json.loads(self.back.readline()))
        return None


_at_work: ContextVar[Artist | None] = ContextVar("_at_work", default=None)


def artist_at_work() -> AbstractContextManager[None]:
    """Let a process of its own draw the charts meanwhile, where there is a processor for it."""
    return at_work(_at_work, lambda: Artist())  # noqa: PLW0108 (a test puts another in its place)


def is_artist_at_work() -> bool:
    """Whether a process of its own draws the charts."""
    return _at_work.get() is not None


def vega_svg(spec: dict[str, Any]) -> str:
    """A chart of the charting library as SVG; a character that no SVG may hold is shown as one that is missing.

    One chart is drawn at a time, whoever asks.

    >>> vega_svg({"mark": "point", "data": {"values": []}})[:4]
    '<svg'
    """
    text, artist = _NO_TEXT.sub(r"\1\\ufffd", json.dumps(spec)), _at_work.get()
    with _ONE_DRAWS:
        drawn = artist.draw(text) if artist is not None else None
        return _drawn(text) if drawn is None else drawn


def _drawn(spec: str) -> str:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE))


def serve(told: Iterable[str], out: IO[str]) -> None:
    """Start the engine and let it draw what nobody sees, then draw each chart that is told, until there are no more."""
    from comity.brief.practice import practice_specs

    for spec in practice_specs():
        _drawn(json.dumps(spec))
    for line in told:
        out.write(json.dumps(_drawn(json.loads(line))) + "\n")
        out.flush()


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout)
