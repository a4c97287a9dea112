"""The command `comity fetch`."""

from __future__ import annotations

from pathlib import Path

import click

from comity.cli._settings import Settings, json_option, write_rows


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--all", "every", is_flag=True, help="Every source.")
@click.option(
    "--from",
    "mirror",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A local mirror laid out SOURCE/FILE; default COMITY_MIRROR.",
)
@json_option
@click.pass_obj
def command(settings: Settings, sources: tuple[str, ...], every: bool, mirror: Path | None, as_json: bool) -> None:
    """Bring publishers' files into the cache, each checked against the hash that was reviewed.

    A source that cannot be fetched is said, and the others go on; the exit code is then 1. With --all, sources that
    users must supply themselves are left out.

    \b
        comity fetch atop mme
        comity fetch --all --from DIR
    """
    from comity.errors import SourceError
    from comity.sources import check_names, contract, fetch_source, mirror_folder, source_names

    if not sources and not every:
        raise click.UsageError("name a source, or give --all")
    mirror = mirror or mirror_folder()
    fetched, failed = [], []
    for name in source_names() if every else check_names(sources):
        if every and contract(name).user_supplied:
            place = settings.cache_folder / name
            settings.say(f"not fetched: {name} is for users to supply; put your own copy into {place}")
            continue
        settings.say(f"fetching {name}")
        try:
            fetched += list(fetch_source(name, settings.cache_folder, mirror))
        except SourceError as error:
            failed.append(str(error))
    columns = ("source", "file", "bytes", "is_reviewed")
    write_rows(columns, [(file.source, file.name, file.byte_count, file.is_reviewed) for file in fetched], as_json)
    for problem in failed:
        click.echo(f"Error: {problem}", err=True)
    if failed:
        raise click.exceptions.Exit(1)
