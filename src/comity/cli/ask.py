"""The command `comity ask`."""

from __future__ import annotations

import click

from comity.cli._settings import Settings, json_option, write_rows


@click.command()
@click.argument("sql")
@json_option
@click.pass_obj
def command(settings: Settings, sql: str, as_json: bool) -> None:
    """Ask the store one read-only SELECT; its tables are core.agreement, core.engagement and so on.

    \b
        comity ask "SELECT instrument, count(*) FROM core.engagement GROUP BY ALL"
    """
    with settings.open() as store:
        answer = store.ask(sql)
    write_rows(answer.column_names, zip(*(column.to_pylist() for column in answer.columns), strict=True), as_json)
