"""The command `comity record`."""

from __future__ import annotations

from pathlib import Path

import click

from comity.cli._settings import json_option, write_json, write_rows

folder_option = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Records to read; default: the shipped register.",
)


@click.group()
def command() -> None:
    """Check, list and show the register's records."""


@command.command("check")
@folder_option
@json_option
def check(folder: Path | None, as_json: bool) -> None:
    """Check every record: its shape, words, dates, parties and evidence. The exit code is 1 when one fails."""
    from comity.record import record_problems

    count, found = record_problems(folder)
    if as_json:
        write_json({"records": count, "problems": found})
    else:
        click.echo("".join(f"{problem}\n" for problem in found) + f"{count} records, {len(found)} problems")
    if found:
        raise click.exceptions.Exit(1)


@command.command("list")
@click.option("--kind", help="Only records of one kind, such as incident.")
@click.option("--region", help="Only records of one region.")
@folder_option
@json_option
def list_(kind: str | None, region: str | None, folder: Path | None, as_json: bool) -> None:
    """List records: identifier, kind, name and how far they are verified."""
    from comity.errors import BadRequest
    from comity.record import RECORD_KINDS, read_register

    filed = read_register(folder)
    regions = sorted(item.identifier for item in filed if item.kind == "region")
    for given, known in ((kind, RECORD_KINDS), (region, regions)):
        if given is not None and given not in known:
            raise BadRequest(f"{given!r} is not one of {', '.join(known)}")
    rows = [
        (item.identifier, item.kind, item.content.name, item.content.verification)
        for item in filed
        if kind in (None, item.kind) and (region is None or region in getattr(item.content, "regions", []))
    ]
    write_rows(("identifier", "kind", "name", "verification"), rows, as_json)


@command.command("show")
@click.argument("identifier")
@folder_option
@json_option
def show(identifier: str, folder: Path | None, as_json: bool) -> None:
    """Show one record with its evidence, as it is filed."""
    import msgspec

    from comity.errors import BadRequest
    from comity.record import read_register, register_folder

    found = [item for item in read_register(folder) if item.identifier == identifier]
    if not found:
        raise BadRequest(f"there is no record {identifier!r}; `comity record list` names them")
    if as_json:
        write_json(msgspec.to_builtins(found[0].content))
    else:
        click.echo(((folder or register_folder()) / found[0].file).read_text(encoding="utf-8"))
