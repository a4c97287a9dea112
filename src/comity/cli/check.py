"""The command `comity check`."""

from __future__ import annotations

import click

from comity.cli._settings import Settings, json_option, write_rows


@click.command()
@json_option
@click.pass_obj
def command(settings: Settings, as_json: bool) -> None:
    """Check the store: every check is a question whose answer should have no rows.

    The exit code is 1 when a check finds rows.
    """
    from comity.store import run_checks

    with settings.open() as store:
        results = list(run_checks(store))
    rows = [(result.name, result.means, result.row_count, result.first) for result in results]
    write_rows(("check", "should not exist", "rows", "first"), rows, as_json)
    if any(result.row_count for result in results):
        raise click.exceptions.Exit(1)
