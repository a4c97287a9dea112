"""The command `comity record`."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli._record_closing import close
from comity.cli._record_history import history
from comity.cli._record_shelf import folder_option, seen_records, shelf_of
from comity.cli._settings import Settings, json_option, write_json, write_rows

if TYPE_CHECKING:
    from comity.record.reading import Filed


@click.group()
def command() -> None:
    """Keep records: add, close, check, list, show, merge, import, export and release them, and see their history."""


command.add_command(close)
command.add_command(history)


@command.command("add")
@click.argument("kind")
@click.argument("series", required=False)
@folder_option
@click.pass_obj
def add(settings: Settings, kind: str, series: str | None, folder: Path | None) -> None:
    """Add a record: asks for each field, checks the record against the whole register, and writes its file.

    KIND is a kind of record, an instrument, or `edition` with the SERIES it belongs to. At a question `?` lists the
    words, Enter leaves the field out.

    \b
        comity record add exercise
        comity record add incident
        comity record add edition balikatan --folder records
    """
    from comity.cli._record_adding import add_edition, add_record
    from comity.errors import BadRequest

    shelf = shelf_of(settings, folder)
    if (kind == "edition") != (series is not None):
        raise BadRequest("an edition names its series, and only an edition does: `comity record add edition SERIES`")
    path = add_record(shelf, kind) if series is None else add_edition(shelf, series)
    click.echo(str(path))


@command.command("check")
@click.option(
    "--finish", "is_finishing", is_flag=True, help="Finish first a change that was cut off while it was written."
)
@folder_option
@json_option
@click.pass_obj
def check(settings: Settings, is_finishing: bool, folder: Path | None, as_json: bool) -> None:
    """Check every record: its shape, words, dates, parties and evidence. The exit code is 1 when one fails."""
    from comity.record.history import finish_cut_off

    shelf = shelf_of(settings, folder)
    if is_finishing:
        finish_cut_off(shelf.folder)
    filed, found = shelf.found()
    if as_json:
        write_json({"records": len(filed), "problems": found})
    else:
        click.echo("".join(f"{problem}\n" for problem in found) + f"{len(filed)} records, {len(found)} problems")
    if found:
        raise click.exceptions.Exit(1)


@command.command("list")
@click.option("--kind", help="Only records of one kind, such as incident.")
@click.option("--region", help="Only records of one region.")
@click.option("--duplicates", "are_duplicates", is_flag=True, help="Pairs that are likely the same thing twice.")
@click.option("--access", "is_access", is_flag=True, help="Access refused, lost, restricted or given back, by date.")
@folder_option
@json_option
@click.pass_obj
def list_(
    settings: Settings,
    kind: str | None,
    region: str | None,
    are_duplicates: bool,
    is_access: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """List records: identifier, kind, name and how far they are verified; or likely duplicates, the likeliest first.

    Or every change of access: when, what happened, by whom, to whose access and to what.
    """
    from comity.errors import BadRequest

    if are_duplicates and is_access:
        raise BadRequest("--duplicates and --access are two lists; ask for one of them")
    filed = _chosen(seen_records(settings, folder), kind, region)
    if is_access:
        columns = ("date", "change", "by", "of", "what", "identifier", "reason")
        changes = [(item.identifier, entry) for item in filed for entry in getattr(item.content, "access", [])]
        told = [
            (each.date, each.change, each.by, ", ".join(each.of), each.what, name, each.reason)
            for name, each in sorted(changes, key=lambda change: (change[1].date, change[0]))
        ]
        write_rows(columns, told, as_json)
        return
    if are_duplicates:
        from comity.record.duplicates import likely_duplicates

        pairs = [(pair.score, pair.one, pair.other, pair.reason) for pair in likely_duplicates(filed)]
        write_rows(("score", "one", "other", "reason"), pairs, as_json)
        return
    rows = [(item.identifier, item.kind, item.content.name, item.content.verification) for item in filed]
    write_rows(("identifier", "kind", "name", "verification"), rows, as_json)


@command.command("show")
@click.argument("identifier")
@folder_option
@json_option
@click.pass_obj
def show(settings: Settings, identifier: str, folder: Path | None, as_json: bool) -> None:
    """Show one record with its evidence, as it is filed."""
    import msgspec

    from comity.errors import BadRequest
    from comity.record.writing import record_text

    shelf = shelf_of(settings, folder)
    found = [item for item in seen_records(settings, folder) if item.identifier == identifier]
    if not found:
        raise BadRequest(f"there is no record {identifier!r}; `comity record list` names them")
    filed = {item.file: item.content for item in (*shelf.shipped(), *shelf.own())}
    if as_json:
        write_json(msgspec.to_builtins(found[0].content))
    elif found[0].content == filed[found[0].file]:
        click.echo(shelf.path(found[0]).read_text(encoding="utf-8"))
    else:  # without the editions that this audience may not see, and with those that ship beneath
        click.echo(record_text(found[0].content))


@command.command("merge")
@click.argument("keep")
@click.argument("drop")
@folder_option
@click.pass_obj
def merge(settings: Settings, keep: str, drop: str, folder: Path | None) -> None:
    """Merge the record DROP into KEEP, which takes its evidence and the facts it lacked; DROP's file goes.

    Either may be an edition, written SERIES/EDITION. Where the two contradict each other each contradiction is said,
    nothing is changed, and the exit code is 1.
    """
    from comity.record.history import changing
    from comity.record.merging import merge as merged

    shelf = shelf_of(settings, folder)
    with changing(shelf.folder) as write:
        answer = merged(shelf, keep, drop)
        if answer.contradictions:
            click.echo("".join(f"{line}\n" for line in answer.contradictions), nl=False)
            raise click.exceptions.Exit(1)
        write(answer.texts, "merge", answer.changes)
    click.echo(f"{drop} is merged into {keep}")


@command.command("export")
@click.option("-o", "out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="F.csv or F.xlsx.")
@click.option("--kind", help="Only records of one kind, such as incident.")
@click.option("--region", help="Only records of one region.")
@folder_option
@click.pass_obj
def export(settings: Settings, out: Path, kind: str | None, region: str | None, folder: Path | None) -> None:
    """Export records to one flat sheet, a row for each record and edition; `comity record import` reads it again."""
    from comity.record.sheets import write_sheet

    count = write_sheet(_chosen(seen_records(settings, folder), kind, region), out)
    click.echo(f"{out}: {count} rows")


@command.command("import")
@click.argument("sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", "replaces", is_flag=True, help="Rows may also take the place of records that are there.")
@click.option("--dry-run", "is_trial", is_flag=True, help="Read and check everything, and write nothing.")
@folder_option
@json_option
@click.pass_obj
def import_(
    settings: Settings, sheet: Path, replaces: bool, is_trial: bool, folder: Path | None, as_json: bool
) -> None:
    """Import records from a sheet, F.csv or F.xlsx: all rows, or, when one is wrong, none.

    Every wrong cell is told: its row as a spreadsheet counts, its column, its value and what is wrong. The exit code
    is 1 when there is one.
    """
    from comity.record.history import changing
    from comity.record.importing import import_sheet

    shelf = shelf_of(settings, folder)
    # What is written is what was read of the folder under one hold, so that no other writer comes between.
    with nullcontext() if is_trial else changing(shelf.folder) as write:
        answer = import_sheet(sheet, shelf, replaces)
        if write is not None and answer.texts:
            write(answer.texts, "import", answer.changes)
    if answer.sheets_not_read:
        settings.say(f"only the first sheet is read, and not {', '.join(answer.sheets_not_read)}")
    if answer.problems:
        rows = [(wrong.row, wrong.column, wrong.value, wrong.problem) for wrong in answer.problems]
        write_rows(("row", "column", "value", "problem"), rows, as_json)
        raise click.exceptions.Exit(1)
    counts = {"added": answer.added, "changed": answer.changed, "unchanged": answer.unchanged}
    if as_json:
        write_json(counts | {"written": not is_trial})
    else:
        said = ", ".join(f"{len(names)} {word}" for word, names in counts.items())
        click.echo(said + (" (nothing written)" if is_trial else ""))


@command.command("release")
@click.argument("out", metavar="DIR", type=click.Path(path_type=Path))
@folder_option
@json_option
def release(out: Path, folder: Path | None, as_json: bool) -> None:
    """Write the register as one release into a new folder: every table as CSV and Parquet, README, citation, checksums.

    Only public rows go in. The same records make the same bytes.
    """
    from comity.record.release import write_release

    released = write_release(out, folder)
    if as_json:
        write_json({"rows": released.rows, "withheld": released.withheld})
        return
    write_rows(("table", "rows"), released.rows.items(), as_json=False)
    if released.withheld:
        click.echo(f"{released.withheld} rows are not public and stayed out")


def _chosen(filed: list[Filed], kind: str | None, region: str | None) -> list[Filed]:
    """The records of one kind and one region, where these are asked for."""
    from comity.errors import BadRequest
    from comity.record import RECORD_KINDS

    regions = sorted(item.identifier for item in filed if item.kind == "region")
    for given, known in ((kind, RECORD_KINDS), (region, regions)):
        if given is not None and given not in known:
            raise BadRequest(f"{given!r} is not one of {', '.join(known)}")
    return [
        item
        for item in filed
        if kind in (None, item.kind) and (region is None or region in getattr(item.content, "regions", []))
    ]
