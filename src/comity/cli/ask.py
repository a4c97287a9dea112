"""The command `comity ask`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from comity.cli._settings import Settings, json_option, write_rows
from comity.errors import QueryRefused

if TYPE_CHECKING:
    import pyarrow as pa


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
    columns = [_values(name, column) for name, column in zip(answer.column_names, answer.columns, strict=True)]
    write_rows(answer.column_names, zip(*columns, strict=True), as_json)


def _values(name: str, column: pa.ChunkedArray) -> list[Any]:
    """The values of one column; DuckDB has dates and times that no calendar of a program has, such as infinity."""
    try:
        return list(column.to_pylist())
    except (OverflowError, ValueError) as error:
        raise QueryRefused(
            f"the column {name!r} holds a date or time outside the years 1 to 9999 or finer than can be shown; "
            f"ask for it as text: {name}::VARCHAR"
        ) from error
