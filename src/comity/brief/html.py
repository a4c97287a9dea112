"""A brief as one HTML page that needs nothing else: styles and pictures inside, no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from comity.brief.blocks import Block, Row, Table
from comity.brief.composing import Brief
from comity.brief.drawing import cell_text, legend, picture
from comity.brief.printed import NUMBERS_HOLD
from comity.brief.terminal import doubt
from comity.brief.wording import NOT_KNOWN, plain, with_commands

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

MOST_SHOWN = 20  # rows of a table
FEW_MORE = 6


def render_html(brief: Brief) -> str:
    """The page. The same brief gives the same bytes."""
    environment = _environment()
    template = environment.get_template("brief.html")
    return template.render(brief=brief, refs=_refs(brief), drawn=partial(_picture, brief.shelf), style=_style())


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("comity.brief", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"cell": cell_text, "plain": plain, "words": _words}
    environment.globals |= {
        "legend": legend,
        "doubt": doubt,
        "folded": folded,
        "has_unknown": _has_unknown,
        "name_place": name_place,
        "not_known": NOT_KNOWN,
        "numbers_hold": NUMBERS_HOLD,
    }
    return environment


def _words(text: str) -> Markup:
    """The words of a paragraph, escaped, with commands as code."""
    from markupsafe import Markup

    parts = with_commands(plain(text))
    code = Markup("<code>{}</code>")
    held = [code.format(part) if is_command else part for part, is_command in parts]
    return Markup("").join(held)


def _style() -> Markup:
    from markupsafe import Markup

    return Markup((files("comity.brief") / "templates" / "brief.css").read_text(encoding="utf-8"))  # noqa: S704 (our own file)


def _refs(brief: Brief) -> object:
    """What turns citations into linked numbers."""
    from markupsafe import Markup

    def linked(keys: Iterable[str]) -> Markup:
        numbers = sorted({brief.numbers[key] for key in keys})
        marks = [Markup('<a class="ref" href="#ref-{0}">{0}</a>').format(number) for number in numbers]
        return Markup(" ").join(marks)

    return linked


def _has_unknown(table: Table) -> bool:
    return any(cell is None for row in table.rows for cell in row.cells)


def folded(table: Table) -> tuple[Sequence[Row], Sequence[Row]]:
    """The rows that are shown at once, and those that a reader unfolds; few more are not worth a fold."""
    most = table.short_rows if 0 < table.short_rows < FEW_MORE else MOST_SHOWN
    if len(table.rows) <= most + FEW_MORE:
        return table.rows, ()
    return table.rows[:most], table.rows[most:]


def name_place(table: Table) -> int:
    """Which column names the thing of a row: the first that is no number or date."""
    return next((place for place, column in enumerate(table.columns) if column.holds == "text"), 0)


def _picture(shelf: Path | None, block: Block) -> Markup:
    """A picture as SVG; every text in it is escaped where it is drawn."""
    from markupsafe import Markup

    drawn = picture(block, shelf)
    assert drawn is not None, f"a {block.kind} has no picture"
    return Markup(drawn)  # noqa: S704 (escaped where it is drawn)
