"""A brief as one HTML page that needs nothing else: styles and pictures inside, no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING

from comity.brief.blocks import Block, Chart, Map, Network, Row, Table
from comity.brief.composing import Brief
from comity.brief.drawing import cell_text, legend
from comity.brief.drawn_ahead import Drawn, drawn_ahead
from comity.brief.page_map import page_map
from comity.brief.pictures import panels_of, undrawn
from comity.brief.printed import NUMBERS_HOLD
from comity.brief.seen import seen
from comity.brief.terminal import doubt
from comity.brief.wording import NOT_KNOWN, plain, with_commands

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_PAGE = "brief.html"
MOST_SHOWN = 20  # rows of a table
FEW_MORE = 6
EARLY = 8  # rows that a narrow screen shows at once
_DENSE = 7  # columns from which a table is set closer
_MANY_REFS = 3  # of one row, which then get room to stand side by side


def render_html(brief: Brief) -> str:
    """The page. The same brief gives the same bytes."""
    template = _environment().get_template(_PAGE)
    blocks = [block for section in brief.sections for block in section.blocks]
    with drawn_ahead(blocks, brief.shelf) as drawn:
        return template.render(brief=brief, refs=_refs(brief), drawn=partial(_picture, drawn), style=_style())


def make_ready() -> None:
    """Load what a page needs besides its brief, which takes a fifth of a second: while the store answers, say."""
    import comity.brief.maps  # noqa: F401 (a picture loads it otherwise)
    from comity.vocab.geometry.outlines import world

    _environment().get_template(_PAGE)
    world()


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
        "early_rows": early_rows,
        "folded": folded,
        "has_unknown": _has_unknown,
        "name_place": name_place,
        "not_known": NOT_KNOWN,
        "numbers_hold": NUMBERS_HOLD,
        "seen": seen,
        "table_class": table_class,
        "undrawn": undrawn,
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


def early_rows(rows: Sequence[Row]) -> int:
    """How many rows a narrow screen shows before a reader asks for the rest; 0 where it shows all."""
    return EARLY if len(rows) > EARLY + FEW_MORE // 2 else 0


def name_place(table: Table) -> int:
    """Which column names the thing of a row: the first that is no number or date."""
    return next((place for place, column in enumerate(table.columns) if column.holds == "text"), 0)


def table_class(table: Table) -> str:
    """How a table is set: closer where it has many columns, with more room for references where rows have many.

    A narrow screen sets numbers in pairs where a row has more than one of them.
    """
    names = {
        "dense": len(table.columns) >= _DENSE,
        "cited": max((len(row.refs) for row in table.rows), default=0) >= _MANY_REFS,
        "paired": sum(column.holds == "number" for column in table.columns[1:]) > 1,
    }
    return " ".join(name for name, is_so in names.items() if is_so)


def _picture(picture_of: Drawn, block: Block) -> Markup:
    """A picture as SVG, in parts where a narrow screen sets them otherwise; every text is escaped where it is drawn."""
    from markupsafe import Markup

    drawn = _panels(block) if isinstance(block, Network) else picture_of(block)
    assert drawn is not None, f"a {block.kind} has no picture"
    if isinstance(block, Map):
        drawn = page_map(drawn)
    if isinstance(block, Chart):
        drawn = f'<div class="wide">{drawn}</div><div class="narrow">{picture_of(block, is_narrow=True)}</div>'
    return Markup(drawn)  # noqa: S704 (escaped where it is drawn)


def _panels(network: Network) -> str:
    across, panels = panels_of(network)
    return f'<div class="panels across-{across}">{"".join(panels)}</div>' if panels else ""
