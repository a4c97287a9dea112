"""The command `comity check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from comity.cli._settings import Settings, json_option, write_json, write_rows

if TYPE_CHECKING:
    from comity.store import Checked, Store

_COLUMNS = ("check", "means", "rows", "first")


@click.command()
@click.option("--report", "name", help="Show every row of one report.")
@click.option("--agreement", is_flag=True, help="Compare the register with the published datasets.")
@json_option
@click.pass_obj
def command(settings: Settings, name: str | None, agreement: bool, as_json: bool) -> None:
    """Check the store, and report where its sources differ.

    A check is a question whose answer should have no rows; the exit code is 1 when one has. A report lists what one
    source holds and another does not: nothing is dropped for it, and it fails nothing.

    \b
        comity check
        comity check --report pact_before_membership
        comity check --agreement

    With --agreement, every fact of the register is looked up in the dataset that speaks of it too; the exit code is 1
    when a difference has no explanation in `records/differences.yml`.
    """
    from comity.store import report, run_checks, run_reports

    with settings.open() as store:
        if agreement:
            _compare(store, as_json)
            return
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


def _compare(store: Store, as_json: bool) -> None:
    from comity.record.differences import read_differences
    from comity.store import run_agreements

    known, open_ = read_differences(), []
    rows: list[tuple[object, ...]] = []
    for found in run_agreements(store):
        bare = [each for each in found.differences if not any(why.explains(found.name, each) for why in known)]
        open_ += [{"comparison": found.name} | each for each in bare]
        share = None if found.share is None else round(found.share, 4)
        rows.append((found.name, found.means, found.compared, share, len(found.differences), len(bare)))
    if as_json:
        names = ("comparison", "means", "compared", "share", "differences", "unexplained")
        comparisons = [dict(zip(names, row, strict=True)) for row in rows]
        write_json({"comparisons": comparisons, "unexplained": open_})
    else:
        write_rows(
            ("comparison", "what it compares", "compared", "agree", "differ", "unexplained"), rows, as_json=False
        )
        if open_:
            write_rows(tuple(open_[0]), [tuple(each.values()) for each in open_], as_json=False)
    if open_:
        raise click.exceptions.Exit(1)


def _cells(result: Checked) -> tuple[str, str, int, str | None]:
    return result.name, result.means, result.row_count, result.first


def _objects(kind: str, results: list[Checked]) -> list[dict[str, object]]:
    return [{"kind": kind} | dict(zip(_COLUMNS, _cells(result), strict=True)) for result in results]
