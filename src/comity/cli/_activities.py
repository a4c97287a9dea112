"""The activities a command is asked about: from files, and engagements of records and of the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.cli._settings import Settings
from comity.errors import BadRequest

if TYPE_CHECKING:
    from comity.cbm import Activity, Placed, Regimes

_LISTS = ("host", "parties", "zone")
_FILES = (".yml", ".yaml", ".json")
given_argument = click.argument("given", nargs=-1, required=True, metavar="WHAT...")
with_option = click.option(
    "--with", "more", multiple=True, metavar="KEY=VALUE", help="State or change a key: troops=12000; host=POL,DEU."
)


def read_given(settings: Settings, given: Sequence[str], more: Sequence[str] = ()) -> tuple[list[Activity], bool]:
    """The activities that some files and addresses name, with what `--with` states; and whether they are a list.

    A file, an engagement and an edition of a series are what their names mean. A name that is no file is looked up
    among records first, and then in the store.
    """
    from comity.cbm import activities_of
    from comity.cbm.reading import is_list, read_vectors

    keys = read_keys(more)
    plains: list[tuple[str, Any]] = []
    many = len(given) > 1
    for name in given:
        path = Path(name)
        if path.is_file():
            entries = read_vectors(path)
            plains += [(where, raw) for where, raw, _ in entries]
            many = many or len(entries) > 1 or is_list(path)
        elif path.is_dir():
            raise click.BadParameter(f"{name!r} is a folder, not a file")
        elif path.suffix in _FILES:
            raise click.BadParameter(f"there is no file {name!r}")
        else:
            found = _recorded(settings, name)
            plains += found
            many = many or len(found) > 1
    return activities_of(plains, keys), many


def read_keys(more: Sequence[str]) -> dict[str, Any]:
    """`KEY=VALUE` texts as keys; states and zones may be several, with commas between them."""
    keys: dict[str, Any] = {}
    for text in more:
        key, sign, value = text.partition("=")
        if not sign or not key:
            raise click.BadParameter(f"{text!r} is not KEY=VALUE", param_hint="--with")
        if key in keys:
            raise click.BadParameter(f"{key!r} is given twice", param_hint="--with")
        keys[key] = [part.strip() for part in value.split(",")] if key in _LISTS and value else value
    return keys


def _recorded(settings: Settings, name: str) -> list[tuple[str, dict[str, Any]]]:
    from comity.cbm import recorded, stored
    from comity.errors import StoreMissing
    from comity.record import own_shelf

    try:
        return recorded(name, own_shelf(settings.home), settings.audience)
    except BadRequest as error:
        try:
            store = settings.open()
        except StoreMissing:
            raise error from None
        with store:
            found = stored(name, store)
        if not found:
            raise BadRequest(f"{error}; and there is no file {name!r}") from None
        return found


def regimes_of(settings: Settings) -> Regimes:
    """The rules, with what the register knows of their standing where there is a store."""
    from comity.cbm import load_regimes
    from comity.errors import StoreMissing

    try:
        store = settings.open()
    except StoreMissing:
        return load_regimes()
    from comity.cbm.register import with_register

    with store:
        return with_register(store)


def computed_zones(given: Sequence[Activity]) -> Callable[[Activity], Placed] | None:
    """What computes zones from a place; its outlines are read only where an activity gives one."""
    if all(one.latitude is None for one in given):
        return None
    from comity.cbm.places import placed_by_outlines

    return placed_by_outlines
