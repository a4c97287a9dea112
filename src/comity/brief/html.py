"""A brief as one HTML page that needs nothing else: styles and pictures inside, no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from comity.brief.blocks import Block, Cell, Chart, Map, Network, Parties, Table
from comity.brief.charts import draw_chart
from comity.brief.composing import Brief
from comity.brief.palette import category_colors
from comity.brief.pictures import draw_map, draw_network
from comity.brief.wording import NOT_KNOWN, plain, said

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


def render_html(brief: Brief) -> str:
    """The page. The same brief gives the same bytes."""
    environment = _environment()
    template = environment.get_template("brief.html")
    return template.render(brief=brief, refs=_refs(brief), style=_style())


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
    environment.filters |= {"cell": _cell, "plain": plain, "picture": _picture}
    environment.globals |= {
        "legend": _legend,
        "has_unknown": _has_unknown,
        "name_place": name_place,
        "not_known": NOT_KNOWN,
    }
    return environment


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


def _cell(value: Cell) -> str:
    if value is None:
        return NOT_KNOWN
    if isinstance(value, str | Parties):
        return plain(value if isinstance(value, str) else value.names)
    return f"{value:,}"


def _has_unknown(table: Table) -> bool:
    return any(cell is None for row in table.rows for cell in row.cells)


def name_place(table: Table) -> int:
    """Which column names the thing of a row: the first that is no number or date."""
    return next((place for place, column in enumerate(table.columns) if column.holds == "text"), 0)


def _legend(block: Block) -> list[tuple[str, str]]:
    """The words and colors of a chart."""
    if isinstance(block, Chart):
        colors = category_colors(block.categories)
        return [(said(name).capitalize(), colors[name]) for name in block.categories]
    return []


def _picture(block: Block) -> Markup:
    """A picture as SVG; every text in it is escaped where it is drawn."""
    from markupsafe import Markup

    if isinstance(block, Chart):
        return Markup(draw_chart(block))  # noqa: S704 (drawn by Vega, which escapes)
    if isinstance(block, Network):
        return Markup(draw_network(block))  # noqa: S704 (escaped in pictures.py)
    assert isinstance(block, Map)
    return Markup(draw_map(block))  # noqa: S704 (escaped in pictures.py)
