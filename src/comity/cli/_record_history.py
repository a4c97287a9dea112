"""The command `comity record history`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.cli._record_closing import short_text
from comity.cli._record_shelf import folder_option, shelf_of
from comity.cli._settings import Settings, json_option, write_json, write_rows

if TYPE_CHECKING:
    from comity.record import Shelf


@click.command("history")
@click.argument("identifier", metavar="IDENTIFIER[/EDITION]")
@folder_option
@json_option
@click.pass_obj
def history(settings: Settings, identifier: str, folder: Path | None, as_json: bool) -> None:
    """Show every change that was made to a record through comity, the newest last: when, by whom, from what to what.

    A record that nobody changed so shows when its evidence was published and read. COMITY_USER names who changes
    records, where that is not the name under which you are logged in.
    """
    import msgspec

    from comity.errors import BadRequest
    from comity.record.applying import HISTORY_FILE, unfinished
    from comity.record.history import read_history

    if settings.audience != "owner":
        raise BadRequest(f"the history of records is their owner's, and {settings.audience!r} may not see it")
    shelf = shelf_of(settings, folder)
    found = read_history(shelf.folder, identifier)
    evidence = [] if found.entries else _evidence(shelf, identifier)
    if as_json:
        changes = msgspec.to_builtins(found.entries)
        told = {"identifier": identifier, "changes": changes, "evidence": evidence}
        write_json(told | {"unreadable_lines": found.unreadable})
    elif found.entries:
        rows = [
            (entry.time, entry.command, entry.who, entry.record, field, short_text(each.before), short_text(each.after))
            for entry in found.entries
            for field, each in entry.changes.items()
        ]
        write_rows(("time", "command", "who", "record", "field", "from", "to"), rows, as_json=False)
    else:
        click.echo(f"{identifier} was not changed through comity; its evidence:")
        write_rows(("published", "read", "publisher", "title"), [tuple(piece.values()) for piece in evidence], False)
    for line in unfinished(shelf.folder):
        click.echo(line, err=True)
    for number in found.unreadable:
        settings.say(f"{shelf.folder / HISTORY_FILE} line {number} cannot be read and was passed over")


def _evidence(shelf: Shelf, identifier: str) -> list[dict[str, Any]]:
    """When the evidence of a record was published and read."""
    from comity.record.finding import find

    content = find(shelf.found()[0], identifier).content
    return [
        {"published": piece.date, "read": piece.read, "publisher": piece.publisher, "title": piece.title}
        for piece in content.evidence
    ]
