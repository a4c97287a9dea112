"""A chart in a terminal: a bar of blocks for each year, and one line for years in which nothing is listed."""

from __future__ import annotations

from collections.abc import Callable

from comity.brief.blocks import Chart
from comity.brief.terminal_page import INDENT, Page, cell_text, styled
from comity.brief.wording import NOT_KNOWN, said

_BAR = "█"
_SEAM = "┄"
_BAR_WIDTH = 24
_MOST_LINES = 15
_LEAST_RUN = 3  # years alike that are worth one line

Span = tuple[int, int]


def draw_chart(page: Page, block: Chart) -> None:
    """One bar for each year; a year without a count is empty, and zero only where a source is complete.

    Years one after another of which nothing is listed, or of each of which it is known that there was nothing, share
    one line, so that the lines are left for years that tell something.
    """
    from rich.table import Table as Grid

    totals = {year: block.total(year) for year in range(block.years[0], block.years[1] + 1)}
    shown = spans(totals, lambda year: bool(block.seams_at(year)))[-_MOST_LINES:]
    width = _BAR_WIDTH // 2 if page.is_narrow else _BAR_WIDTH
    most = max(totals[year] or 0 for year, _ in shown) or 1
    grid = Grid.grid(padding=(0, 1), expand=True)
    grid.add_column(width=INDENT + max(len(_years(span)) for span in shown), justify="right", no_wrap=True)
    grid.add_column(min_width=max(len(cell_text(totals[year])) for year, _ in shown), justify="right", no_wrap=True)
    grid.add_column(width=width, no_wrap=True)
    grid.add_column(ratio=1)
    for first, last in shown:
        for label in block.seams_at(first):
            grid.add_row("", "", styled(_SEAM * width), styled(label))
        total = totals[first]
        bar = _BAR * max(round((total or 0) / most * width), 1 if total else 0)
        grid.add_row(_years((first, last)), cell_text(total), styled(bar, "green"), styled(_parts(block, first), "dim"))
    page.console.print(grid)
    _before(page, block, shown[0][0])
    if any(totals[year] is None for year, _ in shown):
        page.say(f"{NOT_KNOWN} means none listed, which is not the same as none.", "dim", INDENT)


def _before(page: Page, block: Chart, first: int) -> None:
    """What stands before the first line: how many, and which lists began or ended there."""
    earlier = [count.count for count in block.counts if count.year < first]
    if earlier:
        told = "".join(f" {seam.label} ({seam.year})." for seam in block.seams if seam.year < first)
        what = "earlier years are" if block.is_stock else f"{sum(earlier)},"
        page.say(f"Before {first}: {what} in the HTML.{told}", "dim", INDENT)


def spans(totals: dict[int, int | None], is_apart: Callable[[int], bool]) -> list[Span]:
    """Years as first and last of a line: three or more of none, or of nothing listed, are one line.

    A year at which something begins to be counted is the first of a line of its own.

    >>> spans({2001: None, 2002: None, 2003: None, 2004: 2, 2005: 0, 2006: 0}, lambda year: False)
    [(2001, 2003), (2004, 2004), (2005, 2005), (2006, 2006)]
    """
    runs: list[Span] = []
    for year, total in totals.items():
        first = runs[-1][0] if runs else year
        if runs and not total and totals[first] == total and not is_apart(year):
            runs[-1] = (first, year)
        else:
            runs.append((year, year))
    return [span for run in runs for span in (_single(run) if run[1] - run[0] + 1 < _LEAST_RUN else [run])]


def _single(run: Span) -> list[Span]:
    return [(year, year) for year in range(run[0], run[1] + 1)]


def _years(span: Span) -> str:
    return str(span[0]) if span[0] == span[1] else f"{span[0]}–{span[1]}"


def _parts(block: Chart, year: int) -> str:
    held = {count.category: count.count for count in block.counts if count.year == year}
    return ", ".join(f"{said(category)} {held[category]}" for category in block.categories if category in held)
