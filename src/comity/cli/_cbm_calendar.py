"""The command `comity cbm calendar`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli._activities import computed_zones, read_given, regimes_of
from comity.cli._cbm_check import read_day
from comity.cli._settings import Settings, json_option, write_json, write_rows

if TYPE_CHECKING:
    from comity.cbm import Regimes
    from comity.cbm.agenda import Agenda, Entry


@click.command("calendar")
@click.argument("state")
@click.argument("year", type=click.IntRange(1946, 2100))
@click.option(
    "--activities",
    "planned",
    multiple=True,
    metavar="WHAT",
    help="Planned activities: a file or a record, as `comity cbm check` reads it; several times for several.",
)
@click.option("--with", "named", multiple=True, metavar="RULE", help="Enter the day of a rule known from memory alone.")
@click.option(
    "--lead",
    "leads",
    type=click.IntRange(0, 3660),
    multiple=True,
    help="With a file: days before at which an alarm goes off.",
)
@click.option("--as-of", callback=read_day, help="The day from which days left are counted.  [default: today]")
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a calendar file (.ics) or a page (.html).",
)
@json_option
@click.pass_obj
def command(
    settings: Settings,
    state: str,
    year: int,
    planned: tuple[str, ...],
    named: tuple[str, ...],
    leads: tuple[int, ...],
    as_of: date | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Show what a state owes in a year and by when: reports of every year, and notices of planned activities.

    An activity early in a year is often due in the year before it, so give those of both.

    \b
        comity cbm calendar POL 2027
        comity cbm calendar POL 2027 --activities plans.yml -o duties.ics
        comity cbm calendar THA 2027 --activities series/cobra-gold
    """
    from datetime import UTC, datetime

    from comity.cbm import check, yearly_duties
    from comity.cbm.agenda import agenda
    from comity.record.whole_files import write_whole

    day = as_of or datetime.now(UTC).date()
    rules, code = regimes_of(settings), _state_of(state, year)
    _check_named(named, rules)
    given = read_given(settings, planned)[0]
    checked = check(given, as_of=day, zones=computed_zones(given), regimes=rules)
    made = agenda(code, year, checked, yearly=yearly_duties(code, year, regimes=rules, as_of=day), named=named)
    if out is not None:
        write_whole(out, _written(made, out, leads, day))
        settings.say(f"written: {out} ({len(made.entries)} entries)")
    elif as_json:
        write_json(made.to_dict())
    else:
        _show(made)


def _state_of(word: str, year: int) -> str:
    """The state a code or name means today, or else meant in the year; one that had ended before it is refused."""
    from comity.cbm.wording import still_there
    from comity.errors import ComityError
    from comity.vocab.states import find_state

    try:
        code = find_state(word)
    except ComityError as error:
        try:
            code = find_state(word, year)
        except ComityError:
            raise error from None
    still_there([code], date(year, 1, 1), "calendar")
    return code


def _check_named(named: tuple[str, ...], rules: Regimes) -> None:
    """UnknownWord for a rule that there is not, with the nearest that there is: nothing asked for is passed over."""
    from comity.cbm.vocabulary import unknown

    for one in named:
        if one not in rules.rules:
            raise unknown(one, "rule", rules.rules)


def _written(made: Agenda, out: Path, leads: tuple[int, ...], day: date) -> bytes:
    """The file that the ending of its name asks for."""
    from comity.cbm.ics import LEADS, calendar_file
    from comity.cbm.page import calendar_page

    if out.suffix == ".ics":
        return calendar_file(made, leads or LEADS, day)
    if out.suffix == ".html":
        return calendar_page(made, day).encode()
    raise click.BadParameter(f"{out.name}: a calendar is written to .ics or .html", param_hint="--out")


def _show(made: Agenda) -> None:
    parts = (
        (f"{made.state} in {made.year}", made.entries),
        ("Days known from memory alone; name a rule with --with to enter it", made.aids),
        ("What would be due, were the regime not stopped", made.stopped),
        ("Whether or when cannot be told", made.untold),
    )
    for title, entries in parts:
        if entries:
            click.echo(f"\n{title}")
            write_rows(("due", "left", "rule", "duty", "to", "binding"), map(_cells, entries), as_json=False)
    if not any(entries for _, entries in parts):
        click.echo(f"No rule known here asks anything of {made.state} in {made.year}.")


def _cells(entry: Entry) -> tuple[object, ...]:
    from comity.cbm.moments import text_of

    row = entry.row
    due = text_of(row.due) or (f"not given: {', '.join(row.missing)}" if row.missing else "no date")
    return due, row.days_left, row.rule, entry.title, row.held.recipients, row.binding
