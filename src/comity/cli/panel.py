"""The command `comity panel`."""

from __future__ import annotations

from pathlib import Path

import click

from comity.cli._settings import Settings, json_option, read_years, write_json, write_rows


@click.command()
@click.argument("unit", type=click.Choice(["state_year", "dyad_year"]))
@click.option("--measures", default="all", show_default=True, help="Names separated by commas, or all.")
@click.option("--states", default="", help="State codes or names separated by commas; for pairs, one of the two.")
@click.option("--years", callback=read_years, required=True, help="A:B, both included.")
@click.option("--system", type=click.Choice(["cow", "gw"]), default="cow", show_default=True)
@click.option("--relevant", is_flag=True, help="Only politically relevant pairs.")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="A .parquet or .csv file.")
@json_option
@click.pass_obj
def command(
    settings: Settings,
    unit: str,
    measures: str,
    states: str,
    years: tuple[int, int],
    system: str,
    relevant: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """Make a panel: a spine of states or pairs and years, with measures; null is unknown, zero is observed.

    \b
        comity panel dyad_year --states USA --years 2000:2010 --measures is_defense_ally,exercise_count
        comity panel dyad_year --years 1946:2010 --relevant -o panel.parquet
    """
    from comity.panel import panel
    from comity.vocab.states import find_state

    named = tuple(find_state(name.strip(), years[1]) for name in states.split(",") if name.strip())
    with settings.open() as store:
        made = panel(store, unit, years=years, system=system, states=named)
        if relevant:
            made.keep_relevant()
        made.add(*(name.strip() for name in measures.split(",")))
        table = made.to_arrow()
        citations = made.citations()
        if out is not None:
            made.write(out)
    if out is None:
        write_rows(table.column_names, zip(*(column.to_pylist() for column in table.columns), strict=True), as_json)
    elif as_json:
        answer = {"file": str(out), "rows": table.num_rows, "columns": table.column_names, "citations": citations}
        write_json(answer)
    else:
        settings.say(f"{out}: {table.num_rows:,} rows, {table.num_columns} columns")
        for source, said in citations.items():
            settings.say(f"cite {source}: {said['citation']} Terms: {said['terms']}")
