"""The command `comity load`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli._settings import Settings, json_option, write_rows

if TYPE_CHECKING:
    from comity.sources import Loaded


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--all", "every", is_flag=True, help="Every source and the register; what is missing is said, not fatal.")
@click.option("--wait", default=30.0, show_default=True, help="Seconds to wait for another writer.")
@json_option
@click.pass_obj
def command(settings: Settings, sources: tuple[str, ...], every: bool, wait: float, as_json: bool) -> None:
    """Load the shipped register, and cached sources, into the store.

    Without a name the register alone is loaded. A load is whole or nothing: on an error the store stays as it was.

    \b
        comity load
        comity load atop mme
        comity load --all
    """
    from comity.errors import FileMissing
    from comity.record import SOURCE
    from comity.sources import check_names, source_names
    from comity.store import writing

    wanted = (SOURCE, *source_names()) if every else sources or (SOURCE,)
    check_names(tuple(name for name in wanted if name != SOURCE))
    summary, missing = [], []
    with writing(settings.store_folder, wait) as load:
        for name in wanted:
            settings.say(f"loading {name}")
            try:
                loaded = _loaded(name, settings.cache_folder)
            except FileMissing as error:
                if not every:
                    raise
                missing.append(str(error))
                continue
            load.replace(loaded)
            summary.append(_summary(loaded))
    write_rows(("source", "version", "rows", "rows_left_out", "is_reviewed"), summary, as_json)
    for problem in missing:
        settings.say(f"not loaded: {problem}")


def _summary(loaded: Loaded) -> tuple[str, str, int, int, bool]:
    about = loaded.about
    rows = sum(table.num_rows for table in loaded.tables.values())
    return about.source, about.version, rows, sum(about.left_out.values()), about.is_reviewed


def _loaded(name: str, cache: Path) -> Loaded:
    """The register, or a source from the cache; from the mirror when the cache does not hold it."""
    from comity.record import SOURCE, load_register
    from comity.sources import load_source, mirror_folder

    if name == SOURCE:
        return load_register()
    mirror = mirror_folder()
    folder = cache / name
    return load_source(name, folder if folder.is_dir() or mirror is None else mirror / name)
