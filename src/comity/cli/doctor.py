"""The command `comity doctor`."""

from __future__ import annotations

import platform

import click

from comity.cli._settings import Settings, json_option, write_rows


@click.command()
@json_option
@click.pass_obj
def command(settings: Settings, as_json: bool) -> None:
    """Say where things are, which versions run, and what is missing."""
    from importlib.metadata import version

    from comity.errors import ComityError
    from comity.record import register_folder
    from comity.sources import mirror_folder, source_names
    from comity.sources.contract import contract

    rows: list[tuple[str, str]] = [("comity", version("comity")), ("python", platform.python_version())]
    rows += [(name, version(name)) for name in ("duckdb", "pyarrow", "numpy", "vl-convert-python")]
    rows += [("home", str(settings.home)), ("register", str(register_folder()))]
    try:
        rows.append(("mirror", str(mirror_folder() or "none (COMITY_MIRROR is not set)")))
    except ComityError as error:
        rows.append(("mirror", str(error)))
    try:
        with settings.open() as store:
            rows.append(("store", f"generation {store.generation}, sources {', '.join(store.abouts())}"))
    except ComityError as error:
        rows.append(("store", str(error)))
    for name in source_names():
        files, folder = contract(name).files, settings.cache_folder / name
        held = {key for key, file in files.items() if any(folder.glob(file.path))}
        needed = {key for key, file in files.items() if not file.is_optional and file.stands_in_for not in held}
        rows.append((name, "in the cache" if held and needed <= held else "not fetched"))
    write_rows(("what", "is"), rows, as_json)
