"""A brief as PDF that a screen reader can read (PDF/UA-1): title block, label on every page, page numbers, contents."""

from __future__ import annotations

import json
from importlib.resources import files

from comity.brief.composing import Brief
from comity.brief.printable import all_printable, lacked
from comity.brief.printed import printed
from comity.errors import ComityError


def render_pdf(brief: Brief) -> bytes:
    """The document. The same brief gives the same bytes on every machine: its typeface comes with the typesetter.

    The text of a brief enters as data and never as markup, so that nothing in a record can act on the page.
    """
    import typst

    document = printed(brief)
    template = (files("comity.brief") / "templates" / "brief.typ").read_bytes()
    pictures = {name: drawn.encode() for name, drawn in document.pictures.items()}
    lacking: frozenset[str] = frozenset()
    while True:
        values = json.dumps(all_printable(document.values, lacking), ensure_ascii=False).encode()
        try:
            # Its stubs leave out that files may be given by name.
            made: bytes = typst.compile(  # type: ignore[call-overload]
                {"main.typ": template, "brief.json": values} | pictures,
                format="pdf",
                ignore_system_fonts=True,
                timestamp=0,
                pdf_standards="ua-1",
            )
        except typst.TypstError as error:
            more = lacked(error.diagnostic) - lacking
            if not more:
                problem = " ".join(str(error).split())
                raise ComityError(f"brief on {brief.title}: the page could not be set: {problem}") from error
            lacking |= more
        else:
            return made
