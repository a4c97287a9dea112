"""The command `comity fetch`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli._progress import Shown, shown
from comity.cli._settings import Settings, json_option, write_rows

if TYPE_CHECKING:
    from comity.sources import Fetched, Manner

_NAMED = 3


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--all", "every", is_flag=True, help="Every source.")
@click.option(
    "--from",
    "mirror",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A local mirror laid out SOURCE/FILE; default COMITY_MIRROR.",
)
@click.option("--link", "is_linked", is_flag=True, help="Link to the mirror's files where the disk is the same.")
@click.option("--strict", "is_strict", is_flag=True, help="Refuse a file whose hash was not reviewed.")
@json_option
@click.pass_obj
def command(
    settings: Settings,
    sources: tuple[str, ...],
    every: bool,
    mirror: Path | None,
    is_linked: bool,
    is_strict: bool,
    as_json: bool,
) -> None:
    """Bring publishers' files into the cache, each checked against the hash that was reviewed.

    What is there already stays, and a download that broke off is gone on with. A source that cannot be fetched is
    said, and the others go on; the exit code is then 1. With --all, what a mirror does not hold is said and fails
    nothing, and sources that users must supply themselves are left out.

    \b
        comity fetch atop mme
        comity fetch --all --from DIR
    """
    from comity.sources import Manner, check_names, mirror_folder

    if not sources and not every:
        raise click.UsageError("name a source, or give --all")
    mirror = mirror or mirror_folder()
    if is_linked and mirror is None:
        raise click.UsageError("--link goes with --from: it links to the files of a mirror")
    with shown(settings, "bytes") as seen:
        names = _served(settings.cache_folder, seen) if every else check_names(sources)
        manner = Manner(is_linked=is_linked, is_strict=is_strict, say=seen.say, watch=seen.advance)
        fetched, failed, absent = _fetch(names, (settings.cache_folder, mirror), manner, seen)
        for problem in absent if every else ():
            seen.say(f"not fetched: {problem}")
        failed += () if every else absent
    columns = ("source", "file", "bytes", "is_reviewed", "action")
    rows = [(file.source, file.name, file.byte_count, file.is_reviewed, file.action) for file in fetched]
    write_rows(columns, rows, as_json)
    for problem in failed:
        click.echo(f"Error: {problem}", err=True)
    if failed:
        raise click.exceptions.Exit(1)


def _served(cache: Path, seen: Shown) -> tuple[str, ...]:
    """Every source but those whose maintainers ask that software not serve them."""
    from comity.sources import source_names
    from comity.sources.contract import contract

    served = []
    for name in source_names():
        if contract(name).user_supplied:
            seen.say(f"not fetched: {name} is for users to supply; put your own copy into {cache / name}")
        else:
            served.append(name)
    return tuple(served)


def _fetch(
    names: tuple[str, ...], places: tuple[Path, Path | None], manner: Manner, seen: Shown
) -> tuple[list[Fetched], list[str], list[str]]:
    """Every file that is there now, what went wrong, and what a mirror does not hold."""
    from comity.errors import FileMissing, SourceError
    from comity.sources import fetch_source

    cache, mirror = places
    fetched: list[Fetched] = []
    failed: list[str] = []
    absent: list[str] = []
    for name in names:
        seen.say(f"fetching {name}")
        new: list[Fetched] = []
        try:
            for file in fetch_source(name, cache, mirror, manner):
                new.append(file)  # one by one: what came before a problem is in the cache and is told
        except FileMissing as error:
            absent.append(str(error))
        except SourceError as error:
            failed.append(str(error))
        except KeyboardInterrupt:
            _end_interrupted(name, cache)
        _say_unreviewed(name, new, seen)
        fetched += new
    return fetched, failed, absent


def _say_unreviewed(name: str, fetched: list[Fetched], seen: Shown) -> None:
    unreviewed = [file.name for file in fetched if not file.is_reviewed]
    if unreviewed:
        more = f" and {len(unreviewed) - _NAMED} more" if len(unreviewed) > _NAMED else ""
        named = ", ".join(unreviewed[:_NAMED]) + more
        seen.say(f"{name}: unreviewed, the hash is not that of a file comity was checked with: {named}")


def _end_interrupted(name: str, cache: Path) -> None:
    """End with the exit code of an interrupted program, and say what is kept of the file under way."""
    from comity.sources.downloading import kept_bytes

    kept = kept_bytes(cache / name)
    more = (
        f"{kept} bytes of {name} are kept, and the same command goes on from there" if kept else "nothing half is kept"
    )
    click.echo(f"Interrupted: {more}", err=True)
    raise click.exceptions.Exit(130)
