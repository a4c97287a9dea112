"""The command `comity sources`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from comity.cli._settings import Settings, json_option, read_years, write_json, write_rows

if TYPE_CHECKING:
    from comity.sources.about import About
    from comity.store import Store


@click.command()
@click.argument("name", required=False)
@click.option("--unused", "only_unused", is_flag=True, help="What no measure, network or brief reads yet.")
@click.option("--completeness", is_flag=True, help="Of what happened, how much the loaded lists know.")
@click.option("--instrument", "instruments", multiple=True, help="With --completeness: of this instrument alone.")
@click.option("--state", "states", multiple=True, help="With --completeness: year by year, of this state.")
@click.option("--years", callback=read_years, help="With --completeness: A:B, the years to show.")
@json_option
@click.pass_obj
def command(
    settings: Settings,
    name: str | None,
    only_unused: bool,
    completeness: bool,
    instruments: tuple[str, ...],
    states: tuple[str, ...],
    years: tuple[int, int] | None,
    as_json: bool,
) -> None:
    """Show what is loaded: coverage, version, rows, terms, citation and known errors.

    \b
        comity sources
        comity sources atop
        comity sources --unused
        comity sources --completeness --instrument exercise
        comity sources --completeness --instrument exercise --state PHL --years 2000:2015

    With --completeness, each row is a run of years in which the same lists speak: how many pairs of states and years
    they list, and how many there were, estimated from what stands on two lists made apart. What no second list
    confirms is unknown, and its cells are empty.
    """
    if not completeness and (instruments or states or years):
        raise click.UsageError("--instrument, --state and --years go with --completeness")
    with settings.open() as store:
        if completeness:
            from comity.cli._completeness import write_shares

            write_shares(store, instruments, states, years, as_json)
        elif only_unused:
            from comity.cli._unused import unused

            write_rows(("source", "table", "fact", "rows"), unused(store), as_json)
        else:
            _show(settings, store, name, as_json)


def _show(settings: Settings, store: Store, name: str | None, as_json: bool) -> None:
    """All sources a line each, or all that is known of one."""
    from comity.errors import BadRequest

    abouts, counts, withheld = store.abouts(), store.row_counts(), store.withheld()
    if withheld:
        settings.say(f"left out for this audience, by the terms of their publishers: {', '.join(withheld)}")
    if name is None:
        columns = ("source", "version", "rows", "coverage", "redistribute", "is_reviewed")
        write_rows(columns, _overview(abouts, counts), as_json)
    elif name not in abouts:
        raise BadRequest(f"{name!r} is not loaded; loaded are {', '.join(abouts) or 'no sources'}")
    else:
        _show_one(abouts[name], {table: count for (table, of), count in counts.items() if of == name}, as_json)


def _show_one(about: About, rows: dict[str, int], as_json: bool) -> None:
    import msgspec

    answer = msgspec.to_builtins(about) | {"rows": rows}
    if as_json:
        write_json(answer)
        return
    answer["coverage"] = [f"{'/'.join(c.kinds)}: {c.completeness}, {c.start} to {c.end}" for c in about.coverage]
    answer["files"] = [f"{file.name} ({file.row_count} rows)" for file in about.files]
    lines = [(key, _lines(value)) for key, value in answer.items() if value not in ((), [], {}, None)]
    write_rows(("", about.source), lines, as_json=False)


def _overview(abouts: dict[str, About], counts: dict[tuple[str, str], int]) -> Iterator[tuple[object, ...]]:
    for source, about in abouts.items():
        spans = [f"{'/'.join(c.kinds)} {c.start.year}-{c.end.year} {c.completeness}" for c in about.coverage]
        total = sum(count for (_, of), count in counts.items() if of == source)
        yield source, about.version, total, "; ".join(spans), about.redistribute, about.is_reviewed


def _lines(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}: {item}" for key, item in value.items())
    return "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
