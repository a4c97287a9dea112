"""The command `comity load`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli._progress import Shown, shown
from comity.cli._settings import Settings, json_option, uncollected, write_rows

if TYPE_CHECKING:
    from comity.sources import Loaded
    from comity.store import Load

Summary = tuple[str, str, int, int, bool, str]
COLUMNS = ("source", "version", "rows", "rows_left_out", "is_reviewed", "action")


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--all", "every", is_flag=True, help="Every source and the register; what is missing is said, not fatal.")
@click.option("--force", "is_forced", is_flag=True, help="Load also what has not changed.")
@click.option("--wait", default=30.0, show_default=True, help="Seconds to wait for another writer.")
@json_option
@click.pass_obj
def command(
    settings: Settings, sources: tuple[str, ...], every: bool, is_forced: bool, wait: float, as_json: bool
) -> None:
    """Load the shipped register, and cached sources, into the store.

    Without a name the register is loaded, and your own records in COMITY_HOME/records (`register_own`). A source stays
    as it is when neither its files, nor its contract and reader, nor the words have changed. A load is whole or
    nothing: on an error the store stays as it was.

    \b
        comity load
        comity load atop mme
        comity load --all
    """
    from comity.errors import FileMissing
    from comity.record import OWN_SOURCE, SOURCE
    from comity.sources import check_names, source_names
    from comity.store import writing

    records = (SOURCE, OWN_SOURCE)
    wanted = tuple(dict.fromkeys((*records, *source_names()) if every else sources or records))
    check_names(tuple(name for name in wanted if name not in records))
    summary: list[Summary] = []
    missing = []
    with writing(settings.store_folder, wait) as load, shown(settings, "steps") as seen:
        for name in wanted:
            if name == OWN_SOURCE:
                summary += _own_records(settings, load, is_forced)
                continue
            folder = _folder(name, settings.cache_folder)
            try:
                summary.append((not is_forced and _unchanged(name, folder, load)) or _load(name, folder, load, seen))
            except FileMissing as error:
                if not every:
                    raise
                missing.append(str(error))
    write_rows(COLUMNS, summary, as_json)
    for problem in missing:
        settings.say(f"not loaded: {problem}")
    _prepare_briefs(settings, {name for name, *_, action in summary if action != "unchanged"}.difference(records))


def _prepare_briefs(settings: Settings, changed: set[str]) -> None:
    """Where published sources changed, ask once what every brief asks of them, so that the first takes no longer."""
    from comity.cli._brief_asking import prepare_shared
    from comity.errors import ComityError

    if not changed:
        return
    settings.say("briefs: what every one of them asks of the store")
    try:
        prepare_shared(settings)
    except ComityError as problem:  # the load is done all the same
        settings.say(f"briefs: not prepared: {problem}")


def _folder(name: str, cache: Path) -> Path | None:
    """Where a source's files lie: in the cache, or in the mirror when the cache does not hold it."""
    from comity.record import SOURCE
    from comity.sources import mirror_folder

    folder = cache / name
    if name == SOURCE:
        return None
    mirror = None if folder.is_dir() else mirror_folder()
    return mirror / name if mirror else folder


def _unchanged(name: str, folder: Path | None, load: Load) -> Summary | None:
    """What the store holds of a source, when nothing that its rows follow from has changed."""
    from comity.record import register_fingerprint
    from comity.sources import source_fingerprint

    fingerprint = register_fingerprint() if folder is None else source_fingerprint(name, folder)
    about = load.current(name, fingerprint)
    if about is None:
        return None
    rows_left_out = sum(about.left_out.values())
    return name, about.version, load.row_count(name), rows_left_out, about.is_reviewed, "unchanged"


def _own_records(settings: Settings, load: Load, is_forced: bool) -> Iterator[Summary]:
    """The user's own records: loaded when there are any, and taken out when the last of them has gone."""
    from comity.record import OWN_SOURCE, load_own_records, own_fingerprint, own_shelf

    shelf = own_shelf(settings.home)
    if not shelf.folder.is_dir():
        if load.row_count(OWN_SOURCE):
            load.remove(OWN_SOURCE)
            yield OWN_SOURCE, "", 0, 0, False, "removed"
        return
    about = None if is_forced else load.current(OWN_SOURCE, own_fingerprint(shelf))
    action = "unchanged" if about else "loaded"
    if about is None:
        loaded = load_own_records(shelf)
        load.replace(loaded)
        about = loaded.about
    yield OWN_SOURCE, about.version, load.row_count(OWN_SOURCE), 0, False, action


def _load(name: str, folder: Path | None, load: Load, seen: Shown) -> Summary:
    seen.begin(name, f"loading {name}")
    loaded = _read(name, folder, seen)
    load.replace(loaded)
    about = loaded.about
    return name, about.version, load.row_count(name), sum(about.left_out.values()), about.is_reviewed, "loaded"


def _read(name: str, folder: Path | None, seen: Shown) -> Loaded:
    from comity.record import load_register
    from comity.sources import load_source

    if folder is not None:
        return load_source(name, folder, lambda done, steps: seen.advance(name, done, steps))
    with uncollected():
        loaded = load_register()
    seen.advance(name, 1, 1)
    return loaded
