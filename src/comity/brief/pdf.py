"""A brief as PDF that a screen reader can read (PDF/UA-1): title block, label on every page, page numbers, contents."""

from __future__ import annotations

import json
from importlib.resources import files

from comity.brief.composing import Brief
from comity.brief.printable import all_printable, lacked
from comity.brief.printed import printed
from comity.errors import ComityError

_PAGE = "brief.typ"
_PARTS = ("parts.typ", "tables.typ", "pictures.typ")  # what the page imports


def render_pdf(brief: Brief) -> bytes:
    """The document. The same brief gives the same bytes on every machine: its typeface comes with the typesetter.

    The text of a brief enters as data and never as markup, so that nothing in a record can act on the page.
    """
    import typst

    document = printed(brief)
    folder = files("comity.brief") / "templates"
    fixed = {name: (folder / name).read_bytes() for name in _PARTS} | {"main.typ": (folder / _PAGE).read_bytes()}
    fixed |= {name: drawn.encode() for name, drawn in document.pictures.items()}
    lacking: frozenset[str] = frozenset()
    while True:
        values = json.dumps(all_printable(document.values, lacking), ensure_ascii=False).encode()
        inputs = fixed | {"brief.json": values}
        try:
            # Its stubs leave out that files may be given by name.
            made: bytes = typst.compile(  # type: ignore[call-overload]
                inputs,
                format="pdf",
                ignore_system_fonts=True,
                timestamp=0,
                pdf_standards="ua-1",
                sys_inputs={"moved": json.dumps(moved_pictures(inputs))},
            )
        except typst.TypstError as error:
            more = lacked(error.diagnostic) - lacking
            if not more:
                problem = " ".join(str(error).split())
                raise ComityError(f"brief on {brief.title}: the page could not be set: {problem}") from error
            lacking |= more
        else:
            return made


def moved_pictures(inputs: dict[str, bytes]) -> list[int]:
    """The places of the pictures that stand at the head of the next page, since they would leave a hole.

    A picture that moves changes every page after it. So each is asked for once those before it are settled; pages that
    stay as they were are not set again.
    """
    import typst

    moved: set[int] = set()
    settled = -1
    while True:
        given = {"moved": json.dumps(sorted(moved))}
        try:
            told = typst.query(  # type: ignore[type-var]
                inputs, "<asks>", field="value", ignore_system_fonts=True, sys_inputs=given
            )
        except RuntimeError:
            return []  # what is wrong is told where the document is made
        asked = sorted((place, follows, wish) for place, follows, wish in json.loads(told) if place > settled)
        other = next((place for place, _, wish in asked if wish != (place in moved)), None)
        if other is None:
            return sorted(moved)
        moved ^= {other}
        settled = other
        # Pictures keep their order: what follows a picture moves with it.
        for place, follows, _ in asked:
            if follows and place == settled + 1 and other in moved:
                moved, settled = moved | {place}, place
        if settled == asked[-1][0]:
            return sorted(moved)
