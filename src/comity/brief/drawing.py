"""What a block looks like on paper or screen: its picture, the words of its colors, and the text of a cell."""

from __future__ import annotations

from pathlib import Path

from comity.brief.blocks import Block, Cell, Chart, Map, Network, Parties
from comity.brief.palette import category_colors
from comity.brief.wording import NOT_KNOWN, plain, said, sentence_start


def picture(block: Block, shelf: Path | None = None, *, is_narrow: bool = False) -> str | None:
    """The picture of a block as SVG, every text in it escaped where it is drawn; None where a block has none.

    With a shelf, what the charting library drew is kept there and not drawn again. A chart has a second, narrow form.
    """
    from comity.brief.charts import NARROW, draw_chart
    from comity.brief.maps import draw_map
    from comity.brief.pictures import draw_network
    from comity.brief.pictures_kept import kept_picture

    if isinstance(block, Chart):
        if is_narrow:
            return kept_picture(block, shelf, lambda: draw_chart(block, NARROW), "narrow")
        return kept_picture(block, shelf, lambda: draw_chart(block))
    if isinstance(block, Network):
        return draw_network(block)
    return kept_picture(block, shelf, lambda: draw_map(block)) if isinstance(block, Map) else None


def legend(block: Block) -> list[tuple[str, str]]:
    """The words and colors of a chart or a map."""
    from comity.brief.map_key import map_legend

    if isinstance(block, Map):
        return map_legend(block)
    if isinstance(block, Chart):
        colors = category_colors(block.categories)
        return [(sentence_start(said(name)), colors[name]) for name in block.categories]
    return []


def cell_text(value: Cell) -> str:
    """What a cell says: an unknown value is a dash, a party its name.

    >>> cell_text(None), cell_text(1200)
    ('–', '1,200')
    """
    if value is None:
        return NOT_KNOWN
    if isinstance(value, str | Parties):
        return plain(value if isinstance(value, str) else value.names)
    return f"{value:,}"
