"""A brief as text for a terminal, 80 to 120 columns wide: the same order, long tables cut, charts as bars of blocks.

On a narrower one, of 60 columns at least, the cells of a table stand below each other.
"""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

from comity.brief.blocks import (
    Block,
    Caveat,
    Chart,
    Judgements,
    KeyFigures,
    Map,
    Network,
    Node,
    Note,
    Sentence,
    Table,
)
from comity.brief.composing import Brief
from comity.brief.terminal_chart import draw_chart
from comity.brief.terminal_page import INDENT, Page, cell_text, draw_table, styled
from comity.brief.wording import counted, listed, plain
from comity.vocab.states import state

_MOST_ORIGINS = 12
_MOST_SHADES = 5
_SOURCE_LINES = 3  # of a piece of evidence
_WORD = 12  # letters that the end of a line may leave empty


def render_terminal(brief: Brief, width: int = 100, *, color: bool = False) -> str:
    """The brief as text of the given width. The same brief and width give the same text."""
    from rich.console import Console

    out = StringIO()
    console = Console(
        file=out,
        width=max(width, 60),
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    page = Page(brief, console)
    _masthead(page)
    for section in brief.sections:
        console.print()
        page.say(section.title.upper(), "bold red")
        for block in section.blocks:
            console.print()
            _block(page, block)
    _sources(page)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _masthead(page: Page) -> None:
    brief = page.brief
    page.say(brief.title, "bold")
    page.say(brief.scope, "dim")
    page.say(f"As of {brief.as_of_text} · for {brief.audience} · comity {brief.version}", "dim")
    if brief.command:
        page.say(f"In full, with pictures and every source, as a page: {brief.command} -o brief.html", "dim")


def _block(page: Page, block: Block) -> None:
    if isinstance(block, Table) and not block.short_rows:
        told = f"{block.title or 'A table'}: {counted(len(block.rows), 'row')}, in the HTML.{page.number(block)}"
        page.say(told, "italic", INDENT)
        return
    if block.title:
        page.say(block.title, "bold", INDENT)
    _BODIES[type(block)](page, block)
    _origin(page, block)


def _judgements(page: Page, block: Judgements) -> None:
    for sentence in block.sentences:
        _item(page, f"{sentence.text} {page.marks(sentence.cites)}{page.number(sentence)}", doubt(sentence))


def _words(page: Page, block: Note | Caveat) -> None:
    page.say(block.text, indent=INDENT)


def _network(page: Page, block: Network) -> None:
    page.say(f"{block.description} The picture is in the HTML.", indent=INDENT)
    page.say(" · ".join(f"{node.state} {node.name}" for node in _by_code(block)), "dim", INDENT)


def _map(page: Page, block: Map) -> None:
    """The darkest states of each map; what shades and marks mean is of use only beside the picture."""
    for panel in block.panels:
        most = panel.darkest
        named = listed([f"{state(shade.state).name} ({shade.count})" for shade in most[:_MOST_SHADES]])
        told = f"{block.unit.capitalize()}: most with {named}" if most else "no state is shaded"
        left = len(most) - _MOST_SHADES
        more = f"; {counted(left, 'more state')} shaded" if left > 0 else ""
        name = f"{panel.title}. " if len(block.panels) > 1 else ""
        page.say(f"{name}{told}{more}.", indent=INDENT)
    where = "The map is in the HTML, with what it marks."
    seams = " Lists begin and end within these years: less listed need not be less done." if _are_spans(block) else ""
    page.say(f"{where}{seams}", "italic", INDENT)


def _are_spans(block: Map) -> bool:
    return len(block.panels) > 1 and all(panel.title[:1].isdigit() for panel in block.panels)


def _by_code(block: Network) -> list[Node]:
    return sorted(block.nodes, key=lambda node: node.state)


def doubt(sentence: Sentence) -> str:
    """How sure a statement is and why, and what would change it, in words; nothing where it does not say.

    >>> doubt(Sentence("So it is.", ("register",), "low", "one report", "a second report"))
    'Low confidence: one report. Would change it: a second report.'
    """
    parts = [
        f"{sentence.confidence.capitalize()} confidence: {sentence.because}." if sentence.confidence else "",
        f"Would change it: {sentence.changed_by}." if sentence.changed_by else "",
    ]
    return " ".join(part for part in parts if part)


def _item(page: Page, text: str, under: str = "") -> None:
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid.grid(padding=(0, 1))
    grid.add_column(width=INDENT + 1, justify="right")
    grid.add_column()
    grid.add_row("–", Text(plain(text)))
    if under:
        grid.add_row("", Text(plain(under), style="dim"))
    page.console.print(grid)


def _origin(page: Page, block: Block) -> None:
    names = [page.brief.names.get(key, "") for key in block.cites]
    if len(names) <= 2:
        pairs = zip(block.cites, names, strict=True)
        where = ", ".join(f"{name} {page.marks([key])}".strip() for key, name in pairs)
    else:
        where = page.marks(block.cites, _MOST_ORIGINS)
    told = f"Source{'s' if len(names) > 1 else ''}: {where} · {block.as_of}{page.number(block)}"
    page.say(told, "dim", INDENT)


def _figures(page: Page, block: KeyFigures) -> None:
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid.grid(padding=(0, 2))
    grid.add_column(justify="right", min_width=INDENT + 7)
    grid.add_column()
    grid.add_column()
    for figure in block.figures:
        detail = f"{figure.detail} {page.marks(figure.cites)}{page.number(figure)}"
        grid.add_row(
            Text(cell_text(figure.value), style="bold"), Text(plain(figure.unit)), Text(plain(detail), style="dim")
        )
    page.console.print(grid)


def _sources(page: Page) -> None:
    """The sources used above, a line each; published sources with their citation and terms."""
    from rich.table import Table as Grid

    page.console.print()
    page.say("SOURCES", "bold red")
    page.console.print()
    grid = Grid.grid(padding=(0, 1))
    grid.add_column(justify="right", min_width=INDENT + 5)
    grid.add_column()
    shown = [reference for reference in page.brief.references if reference.number in page.used]
    for reference in shown:
        line = styled(reference.text, "bold" if reference.is_source else "")
        line.append(f" {plain(reference.detail)}", style="dim")
        if not reference.is_source:
            line.truncate(_SOURCE_LINES * (page.console.width - INDENT - 7) - _WORD, overflow="ellipsis")
        grid.add_row(f"[{reference.number}]", line)
    page.console.print(grid)
    left = len(page.brief.references) - len(shown)
    more = f"{counted(left, 'more source')} and every address" if left else "Every address"
    page.say(f"… {more} in the HTML", "italic", INDENT)
    if page.brief.command:
        page.say(f"What #N rests on: {page.brief.command} --explain N", "italic", INDENT)


_BODIES: dict[type[Block], Callable[[Page, Any], None]] = {
    Judgements: _judgements,
    KeyFigures: _figures,
    Table: draw_table,
    Chart: draw_chart,
    Note: _words,
    Caveat: _words,
    Network: _network,
    Map: _map,
}
