"""The command `comity check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from comity.cli._settings import Settings, json_option, write_json, write_rows

if TYPE_CHECKING:
    from comity.store import Checked

_COLUMNS = ("check", "means", "rows", "first")


@click.command()
@click.option("--report", "name", help="Show every row of one report.")
@json_option
@click.pass_obj
def command(settings: Settings, name: str | None, as_json: bool) -> None:
    """Check the store, and report where its sources differ.

    A check is a question whose answer should have no rows; the exit code is 1 when one has. A report lists what one
    source holds and another does not: nothing is dropped for it, and it fails nothing.

    \b
        comity check
        comity check --report pact_before_membership
    """
    from comity.store import report, run_checks, run_reports

    with settings.open() as store:
        if name is not None:
            found = report(store, name)
            write_rows(found.column_names, zip(*(column.to_pylist() for column in found.columns), strict=True), as_json)
            return
        checks, reports = list(run_checks(store)), list(run_reports(store))
    if as_json:
        write_json(_objects("check", checks) + _objects("report", reports))
    else:
        write_rows(("check", "should not exist", "rows", "first"), map(_cells, checks), as_json=False)
        write_rows(("report", "what it lists", "rows", "first"), map(_cells, reports), as_json=False)
    if any(result.row_count for result in checks):
        raise click.exceptions.Exit(1)


def _cells(result: Checked) -> tuple[str, str, int, str | None]:
    return result.name, result.means, result.row_count, result.first


def _objects(kind: str, results: list[Checked]) -> list[dict[str, object]]:
    return [{"kind": kind} | dict(zip(_COLUMNS, _cells(result), strict=True)) for result in results]
