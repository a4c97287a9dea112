"""The command `comity network`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli._network_pictures import ENDINGS, PICTURES, Asked, check_picture, draw
from comity.cli._network_studies import with_studies
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
@click.option("--top", type=click.IntRange(min=1), default=SHOWN, show_default=True, help="How many states to show.")
@click.option("--list", "is_listed", is_flag=True, help="Show the layers there are.")
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A .csv, .json or .graphml file, or a picture: .svg or .png.",
)
@click.option("--picture", type=click.Choice(PICTURES), help="What an .svg or .png shows.  [default: network]")
@click.option("--beside", callback=read_years, help="Place states as in pictures of these years too.")
@json_option
@click.pass_obj
@with_studies
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
    picture: str | None,
    beside: tuple[int, int] | None,
    as_json: bool,
) -> None:
    """Show the network of a year, or of a window A:B: layers, who stands where, blocs and balance.

    \b
        comity network 2018 --layers alliance,exercise
        comity network 2010 --since 2000
        comity network 2005 --layers alliance,dispute -o ties.graphml
        comity network 1990:2010 --picture blocs -o blocs.png
        comity network --becoming pact
    """
    if is_listed:
        _list(as_json)
        return
    if years is None:
        raise click.UsageError("Missing argument 'YEARS'.")
    _check(years, since, measures, out)
    check_picture(out, picture, beside)
    if out is not None and out.suffix in ENDINGS:
        asked = Asked(years, _names(layers), _names(states), system, beside)
        settings.say(draw(settings, asked, picture or "network", out))
        return
    _answer(settings, years, _names(layers), measures, (states, system), since, top, out, as_json)


def _answer(
    settings: Settings,
    years: tuple[int, int],
    layers: list[str],
    measures: str,
    who: tuple[str, str],
    since: tuple[int, int] | None,
    top: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """The network in numbers, on the screen or as a file."""
    from comity.network import USUAL
    from comity.network.summary import MEASURES, summarize

    names = layers or list(USUAL)
    with settings.open() as store:
        made = _made(store, years, names, who)
        if since is not None:
            _compare(made, _made(store, since, names, who), as_json)
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


def _check(years: tuple[int, int], since: tuple[int, int] | None, measures: str, out: Path | None) -> None:
    """What can be refused before the work is."""
    if since is not None and (measures or out):
        raise click.UsageError(f"--since says what changed, and takes no {'--measures' if measures else '--out'}.")
    if since is not None and not (since[0] < years[0] and since[1] < years[1]):
        told, asked = (str(one) if one == other else f"{one}:{other}" for one, other in (since, years))
        raise BadRequest(f"--since names years before {asked}, not {told}")
    if out is not None and out.suffix not in ENDINGS:
        from comity.network.writing import check_ending

        check_ending(out.suffix)


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
    if not isinstance(value, float):
        return value
    return int(value) if value.is_integer() else f"{value:.4g}"
