"""Long work as it is seen: bars on a terminal, plain lines elsewhere, nothing when quiet; always on standard error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from comity.cli._settings import Settings

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID


class Shown:
    """One command's work under way, thing by thing."""

    def __init__(self, bars: Progress | None, is_quiet: bool) -> None:
        self._bars = bars
        self._is_quiet = is_quiet
        self._known: dict[str, TaskID] = {}

    def say(self, text: str) -> None:
        """A line about the work; it stays above the bars."""
        if self._is_quiet:
            return
        if self._bars is None:
            click.echo(text, err=True)
        else:
            self._bars.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def begin(self, name: str, line: str) -> None:
        """A bar for one thing, or a line where there are no bars."""
        if self._bars is None:
            self.say(line)
        else:
            self.advance(name, 0, None)

    def advance(self, name: str, done: int, total: int | None) -> None:
        """How much of a thing is done, of how much as far as it is known."""
        if self._bars is None:
            return
        if name not in self._known:
            self._known[name] = self._bars.add_task(name, total=None)
        self._bars.update(self._known[name], completed=done, total=total)


@contextmanager
def shown(settings: Settings, unit: str, console: Console | None = None) -> Iterator[Shown]:
    """What shows the work of a command: bars that count `bytes` or `steps`, where somebody looks at a terminal."""
    from rich.console import Console

    console = console or Console(stderr=True)
    if settings.quiet or not console.is_terminal:
        yield Shown(None, settings.quiet)
        return
    from rich import progress

    counts: dict[str, list[progress.ProgressColumn]] = {
        "bytes": [progress.DownloadColumn(), progress.TransferSpeedColumn(), progress.TimeRemainingColumn()],
        "steps": [progress.MofNCompleteColumn(), progress.TimeElapsedColumn()],
    }
    name = progress.TextColumn("{task.description}", markup=False)
    with progress.Progress(name, progress.BarColumn(), *counts[unit], console=console) as bars:
        yield Shown(bars, is_quiet=False)
