"""Which records a command speaks of: the shipped register with a user's own on top, or a folder of records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli._settings import Settings

if TYPE_CHECKING:
    from comity.record import Shelf
    from comity.record.reading import Filed

folder_option = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of records of its own; default: the shipped register with yours in COMITY_HOME/records on top.",
)


def shelf_of(settings: Settings, folder: Path | None) -> Shelf:
    """The folder that is named, or else the user's own records."""
    from comity.record import Shelf, own_shelf

    own = own_shelf(settings.home)
    return own if folder is None or folder.resolve() == own.folder.resolve() else Shelf(folder)


def seen_records(settings: Settings, folder: Path | None) -> list[Filed]:
    """The records that the audience may see, all of them right."""
    shelf = shelf_of(settings, folder)
    shelf.read()
    return shelf.seen(settings.audience)
