"""The command `comity network`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli._settings import Settings, json_option, read_years, write_json, write_rows
from comity.errors import BadRequest

if TYPE_CHECKING:
    from comity.network import Network
    from comity.network.summary import Summary
    from comity.store import Store

SHOWN = 20


@click.command()
@click.argument("years", callback=read_years, required=False)
@click.option(
    "--layers", default="", help="Names of layers, by commas.  [default: alliance,exercise,visit,arms,dispute]"
)
@click.option("--measures", default="", help="Measures of each state, by commas.  [default: all]")
@click.option("--states", default="", help="Only these states, by code or name.")
@click.option("--system", type=click.Choice(["cow", "gw"]), default="cow", show_default=True)
@click.option("--since", callback=read_years, help="Say what changed since a year or window.")
@click.option("--top", default=SHOWN, show_default=True, help="How many states to show.")
@click.option("--list", "is_listed", is_flag=True, help="Show the layers there are.")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="A .csv, .json or .graphml file.")
@json_option
@click.pass_obj
def command(
    settings: Settings,
    years: tuple[int, int] | None,
    layers: str,
    measures: str,
    states: str,
    system: str,
    since: tuple[int, int] | None,
    top: int,
    is_listed: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """Show the network of a year, or of a window A:B: layers, who stands where, blocs and balance.

    \b
        comity network 2018 --layers alliance,exercise
        comity network 2010 --since 2000
        comity network 2005 --layers alliance,dispute -o ties.graphml
    """
    if is_listed:
        _list(as_json)
        return
    if years is None:
        raise click.UsageError("Missing argument 'YEARS'.")
    from comity.network import USUAL
    from comity.network.summary import MEASURES, summarize

    names = _names(layers) or list(USUAL)
    with settings.open() as store:
        made = _made(store, years, names, (states, system))
        if since is not None:
            _compare(made, _made(store, since, names, (states, system)), as_json)
            return
    summary = summarize(made, _names(measures) or MEASURES)
    if out is not None:
        from comity.network.writing import write_network

        write_network(summary, out)
        settings.say(f"{out}: {sum(layer.tie_count for layer in made.layers.values()):,} ties of {len(made)} states")
    elif as_json:
        write_json(summary.to_dict())
    else:
        _show(summary, top)


def _made(store: Store, years: tuple[int, int], layers: list[str], who: tuple[str, str]) -> Network:
    """The network of the years, cut to the states that were named."""
    from comity.network import network
    from comity.vocab.states import find_state

    states, system = who
    made = network(store, years, layers, system)
    named = [find_state(name, years[1]) for name in _names(states)]
    return made.among(dict.fromkeys(named)) if named else made


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _list(as_json: bool) -> None:
    from comity.network import KINDS

    rows = [
        (kind.name, "binds" if kind.sign > 0 else "divides", "yes" if kind.is_hindsight else "", kind.means)
        for kind in KINDS.values()
    ]
    write_rows(("layer", "ties", "hindsight", "means"), rows, as_json)


def _compare(after: Network, before: Network, as_json: bool) -> None:
    from comity.network.changes import changes

    if before.years[1] >= after.years[1]:
        raise BadRequest(f"--since names earlier years than {after.years[1]}, not {before.years[1]}")
    found = changes(before, after)
    if as_json:
        write_json(found.to_dict())
    else:
        click.echo("\n".join(found.sentences()))


def _show(summary: Summary, top: int) -> None:
    from comity.network.summary import layer_rows, state_rows, whole_row

    rows = layer_rows(summary.network)
    write_rows(tuple(rows[0]), [tuple(row.values()) for row in rows], as_json=False)
    write_rows(("whole", "value"), [(name, _short(value)) for name, value in whole_row(summary).items()], False)
    states = state_rows(summary)[:top]
    write_rows(tuple(states[0]), [tuple(_short(value) for value in row.values()) for row in states], as_json=False)
    for number, bloc in enumerate(summary.division.blocs):
        click.echo(f" bloc {number} ({len(bloc)}): {' '.join(summary.network.states[row] for row in bloc)}")


def _short(value: object) -> object:
    return f"{value:.4g}" if isinstance(value, float) and not value.is_integer() else value
