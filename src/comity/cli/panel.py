"""The command `comity panel`."""

from __future__ import annotations

import shutil
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli._measures import write_measures
from comity.cli._progress import shown
from comity.cli._settings import Settings, json_option, read_years, write_json, write_rows
from comity.errors import AmbiguousWord, UnknownWord

if TYPE_CHECKING:
    from comity.panel import Panel

UNITS = ("state_year", "dyad_year", "directed_dyad_year", "dyad_month")  # as the panels have them; they import much
MOST_ROWS = 50  # on a terminal


@click.command()
@click.argument("unit", type=click.Choice(UNITS), required=False)
@click.option("--measures", default="all", show_default=True, help="Names of measures or topics, by commas; or all.")
@click.option("--states", default="", help="State codes or names separated by commas; for pairs, one of the two.")
@click.option("--years", callback=read_years, help="A:B, both included.  [required]")
@click.option("--system", type=click.Choice(["cow", "gw"]), default="cow", show_default=True)
@click.option("--relevant", is_flag=True, help="Only politically relevant pairs.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Only sources published by that day.")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="A .parquet, .csv or .dta file.")
@click.option(
    "--list", "search", is_flag=False, flag_value="", metavar="[WORD]", help="Show the measures that speak of WORD."
)
@json_option
@click.pass_obj
def command(
    settings: Settings,
    unit: str | None,
    measures: str,
    states: str,
    years: tuple[int, int] | None,
    system: str,
    relevant: bool,
    as_of: datetime | None,
    out: Path | None,
    search: str | None,
    as_json: bool,
) -> None:
    """Make a panel: a spine of states or pairs and years, with measures; null is unknown, zero is observed.

    \b
        comity panel --list alliance
        comity panel dyad_year --states USA --years 2000:2010 --measures is_defense_ally,exercise_count
        comity panel directed_dyad_year --years 1946:2010 --relevant -o panel.parquet
    """
    if search is not None:
        write_measures(settings, *((search, "") if search in UNITS else (unit, search)), as_json)
        return
    if unit is None or years is None:
        raise click.UsageError("Missing argument 'UNIT'." if unit is None else "Missing option '--years'.")
    from comity.panel import panel

    with settings.open() as store:
        made = panel(store, unit, years=years, system=system, states=_named(states, years))
        if as_of:
            made.as_of(as_of.date())
        if relevant:
            made.relevant()
        _add(settings, made, [name.strip() for name in measures.split(",")])
        if out is not None:
            made.write(out)
            _tell(settings, made, out, as_json)
        else:
            _show(settings, made, as_json)


def _named(states: str, years: tuple[int, int]) -> tuple[str, ...]:
    """The codes of states named by code or by name, as they were in the last of some years in which they were any."""
    return tuple(_latest(name.strip(), years) for name in states.split(",") if name.strip())


def _latest(name: str, years: tuple[int, int]) -> str:
    """The state that a name means in the last year in which it means one; an ambiguous name is refused at once."""
    from comity.vocab.states import find_state

    refused: UnknownWord | None = None
    for year in range(years[1], years[0] - 1, -1):
        try:
            return find_state(name, year)
        except AmbiguousWord:
            raise
        except UnknownWord as error:
            refused = refused or error
    raise refused or UnknownWord(f"{name!r} was asked about no year")


def _add(settings: Settings, made: Panel, names: list[str]) -> None:
    """Add the measures, one step of the progress each; a column is filled once, so adding them all is then nothing."""
    from comity.panel.naming import wanted

    columns = [column for name in names for column in wanted(made.rows.unit, name)]
    measures = list({column.measure.name: column.measure for column in columns}.values())
    made.ground.expect(measures)
    with shown(settings, "steps") as seen:
        for done, measure in enumerate(measures, 1):
            made.ground.fill(measure)
            seen.advance("measures", done, len(measures))
    made.add(*names)
    for name in names:
        if said := _silence(made, name):
            settings.say(said)


def _silence(made: Panel, name: str) -> str:
    """Of which measures that a word asks for no source speaks; empty where one speaks of each."""
    from comity.panel.naming import wanted

    columns = wanted(made.rows.unit, name)
    measures = {column.measure.name for column in columns}
    silent = {column.measure.name for column in columns if made.columns[column.name].is_silent}
    if not silent:
        return ""
    what = name if len(measures) == 1 else f"{len(silent)} of the {len(measures)} measures that {name!r} asks for"
    nulls = "the column is null" if len(columns) == 1 else "their columns are null"
    return f"no loaded source speaks of {what} in these years: {nulls}"


def _show(settings: Settings, made: Panel, as_json: bool) -> None:
    """The rows; on a terminal only as many as people read, and the columns that find room."""
    table = made.to_arrow()
    if sys.stdout.isatty() and not as_json:
        names = _with_room(table.column_names, shutil.get_terminal_size().columns, len(made.rows.key_names()))
        rows, columns = len(made) - MOST_ROWS, table.num_columns - len(names)
        table = table.select(names).slice(0, MOST_ROWS)
        write_rows(names, zip(*(column.to_pylist() for column in table.columns), strict=True), as_json=False)
        left_out = [f"{max(rows, 0):,} rows"] * (rows > 0) + [f"{columns:,} columns"] * (columns > 0)
        if left_out:
            settings.say(f"not shown: {' and '.join(left_out)}; -o panel.csv writes them all, --measures chooses")
        return
    write_rows(table.column_names, zip(*(column.to_pylist() for column in table.columns), strict=True), as_json)


def _with_room(names: list[str], width: int, keys: int) -> list[str]:
    """The first columns whose names find room side by side: always the keys and one more."""
    fit, used = keys + 1, 0
    for count, name in enumerate(names, 1):
        used += len(name) + 2
        fit = max(fit, count) if used <= width else fit
    return names[:fit]


def _tell(settings: Settings, made: Panel, out: Path, as_json: bool) -> None:
    """What was written and where, what of it may not be passed on, and whom to cite."""
    from comity.panel.metadata import panel_said

    said = panel_said(made.schema())
    names = made.schema().names
    beside = [str(out.with_suffix(suffix)) for suffix in (".README.md", ".bib")]
    kept = [name for name, source in said.sources.items() if not source.redistribute]
    if as_json:
        answer = {"file": str(out), "rows": len(made), "columns": names, "command": said.command, "beside": beside}
        write_json(answer | {"not_to_be_passed_on": kept, "citations": made.citations()})
        return
    settings.say(f"{out}: {len(made):,} rows, {len(names):,} columns")
    settings.say(f"beside it, what it is and whom to cite: {', '.join(beside)}")
    if kept:
        settings.say(f"for your own work, not to be passed on: it holds rows of {', '.join(kept)}")
    for source, cited in made.citations().items():
        settings.say(f"cite {source}: {cited['citation']} Terms: {cited['terms']}")
