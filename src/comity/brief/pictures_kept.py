"""Pictures kept beside the store, because to start the charting library takes longer than the rest of a page.

A picture is found again by all that is drawn in it and by the program that drew it, so that a brief has the same bytes
whether a picture was kept or drawn. The folder may be deleted at any time.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from comity.brief.blocks import Block
from comity.brief.keeping import PICTURES, make_folder, program_of

MOST_KEPT = 600
_ROOMS = ("brief", "network", "vocab")


def kept_picture(block: Block, shelf: Path | None, draw: Callable[[], str], form: str = "") -> str:
    """The picture of a block as SVG: read where it was kept on the shelf, otherwise drawn, and kept there."""
    if shelf is None:
        return draw()
    shown = f"{_program()} {form}{block!r}"  # a block shows all of itself but what it rests on, which is not drawn
    place = shelf / PICTURES / f"{sha256(shown.encode()).hexdigest()[:40]}.svg"
    found = _read(place)
    if found is None:
        found = draw()
        _keep(place, found)
    return found


def _read(place: Path) -> str | None:
    """A kept picture; None where there is none that is whole."""
    with suppress(OSError, UnicodeDecodeError):
        text = place.read_bytes().decode("utf-8")
        if text.startswith("<svg") and text.endswith("</svg>"):
            return text
    return None


def _keep(place: Path, drawn: str) -> None:
    # A folder that cannot be written costs time and changes no brief.
    with suppress(OSError):
        make_folder(place.parent)
        held = sorted(place.parent.glob("*.svg"), key=lambda each: each.stat().st_mtime_ns)
        for old in held[: max(len(held) - MOST_KEPT + 1, 0)]:
            old.unlink(missing_ok=True)
        new = place.with_suffix(".new")
        new.write_bytes(drawn.encode("utf-8"))
        new.replace(place)


@cache
def _program() -> str:
    """A name for all that decides how a picture looks: our rooms and the charting library."""
    found = find_spec("vl_convert")
    library = sorted(Path(found.origin).parent.iterdir()) if found is not None and found.origin else []
    return program_of(_ROOMS, tuple(library))
