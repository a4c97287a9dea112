"""A brief as PDF that a screen reader can read (PDF/UA-1): title block, label on every page, page numbers, contents."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from comity.brief.composing import Brief
from comity.brief.print_order import Arrangement, Laid, Pages, arranged, as_told
from comity.brief.printable import all_printable, lacked
from comity.brief.printed import printed
from comity.errors import ComityError

_PAGE = "brief.typ"
_PARTS = ("parts.typ", "tables.typ", "pictures.typ", "references.typ")  # what the page imports


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
                sys_inputs=arrangement(inputs, document.values["sections"]).told(),
            )
        except typst.TypstError as error:
            more = lacked(error.diagnostic) - lacking
            if not more:
                problem = " ".join(str(error).split())
                raise ComityError(f"brief on {brief.title}: the page could not be set: {problem}") from error
            lacking |= more
        else:
            return made


def arrangement(inputs: Mapping[str, bytes], sections: Sequence[Mapping[str, Any]]) -> Arrangement:
    """How the blocks of a document are arranged so that no picture leaves a hole; as they are told if it has an error.

    Pages are asked without what is drawn in the pictures, which takes most of the time and no room.
    """
    import typst

    bare = {name: held[: held.index(b">") + 1] + b"</svg>" for name, held in inputs.items() if name.endswith(".svg")}
    known = {**inputs, **bare}

    def ask(tried: Arrangement, asked: tuple[int, int], down: float) -> Pages:
        told = typst.query(  # type: ignore[type-var]
            known,
            "<asked>",
            field="value",
            one=True,
            ignore_system_fonts=True,
            sys_inputs=tried.told(sections=asked, down=down),
        )
        held = json.loads(told)
        laid = (Laid(section, (start[0], start[1]), (end[0], end[1])) for section, start, end in held["laid"])
        return Pages(held["foot"], tuple(laid))

    try:
        return arranged(sections, ask)
    except RuntimeError:  # what is wrong is told where the document is made
        return as_told(sections)
