"""The command `comity cbm channels`."""

from __future__ import annotations

import click

from comity.cli._settings import Settings, json_option, write_json, write_rows


@click.command("channels")
@click.argument("states", nargs=-1, required=True, metavar="A [B]")
@json_option
@click.pass_obj
def command(settings: Settings, states: tuple[str, ...], as_json: bool) -> None:
    """Show the channels of a state, or between two: which to try first, and what is known of their last use.

    \b
        comity cbm channels IND PAK
        comity cbm channels "United States" China
    """
    from datetime import UTC, datetime

    from comity.cbm.lines import channels
    from comity.vocab.states import find_state

    if len(states) > 2:
        raise click.UsageError("name one state or two")
    asked = [find_state(state) for state in states]
    with settings.open() as store:
        found = channels(store, asked, datetime.now(UTC).date())
    if as_json:
        write_json([line.to_dict() for line in found])
        return
    between = " and ".join(asked)
    if not found:
        click.echo(f"No channel {'of' if len(asked) == 1 else 'between'} {between} is listed; there may still be one.")
        return
    rows = [(line.name, (line.level or ""), line.health, _parties(line.parties), line.checked) for line in found]
    write_rows(("channel", "level", "health", "parties", "checked"), rows, as_json=False)
    click.echo(" In the order to try them. A use that no source names is not known; it may have happened.")


def _parties(codes: tuple[str, ...]) -> str:
    return " ".join(codes) if len(codes) <= 4 else f"{len(codes)} parties"
