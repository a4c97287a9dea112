"""The log of lists to watch, as far as what they foretold has come or not: `comity backtest --log`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from comity.cli._settings import Settings, write_json, write_rows

if TYPE_CHECKING:
    from comity.forecast.log import Due

COLUMNS = ("logged", "list", "target", "for", "made", "pairs", "onsets", "log score", "flat", "AP", "first 20")


def answer_log(settings: Settings, as_json: bool) -> None:
    """Score every list of the log that is due by what is loaded now, and say of the others that they are not."""
    from comity.forecast.log import NAME, score_log

    file = settings.home / NAME
    with settings.open() as store:
        found = score_log(store, file)
    if as_json:
        write_json([each.to_dict() for each in found])
        return
    if not found:
        click.echo(f" No list was logged in {file}; `comity watch --log` adds one.")
        return
    write_rows(COLUMNS, [_row(each) for each in found], as_json=False)
    waiting = sum(not each.is_due for each in found)
    click.echo(f" {len(found) - waiting} of {len(found)} lists are due. Log score: lower is better; flat is that of")
    click.echo(" the same chance for every pair. First 20: onsets among the first pairs. A list is")
    click.echo(" ahead that was made before its year or month began.")


def _row(due: Due) -> tuple[Any, ...]:
    entry = due.entry
    made = "ahead" if entry.is_ahead else f"after its {'month' if entry.month else 'year'} began"
    when = f"{entry.year}-{entry.month:02}" if entry.month else entry.year
    head = (entry.logged.date(), entry.product, entry.target, when, made, len(entry.pairs))
    if due.scores is None or due.base_rate is None:
        return (*head, "not due", None, None, None, None)
    ap = due.scores["ap"]
    numbers = (f"{due.scores['log']:.5f}", f"{due.base_rate['log']:.5f}", None if ap is None else f"{ap:.3f}")
    return (*head, due.onsets, *numbers, due.hits[20])
