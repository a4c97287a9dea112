"""The command `comity cbm check`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.cli._activities import computed_zones, given_argument, read_given, regimes_of, with_option
from comity.cli._settings import Settings, json_option, write_rows

if TYPE_CHECKING:
    from comity.cbm import Checked, Row

COLUMNS = ("rule", "due", "days left", "who", "what", "why")


def read_day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    """A day written YYYY-MM-DD."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a day, YYYY-MM-DD") from error


@click.command("check")
@given_argument
@with_option
@click.option("--as-of", callback=read_day, help="The day from which days left are counted.  [default: today]")
@click.option("--all", "is_whole", is_flag=True, help="Show every rule that does not apply, and why.")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write a page (.html).")
@json_option
@click.pass_obj
def command(
    settings: Settings,
    given: tuple[str, ...],
    more: tuple[str, ...],
    as_of: date | None,
    is_whole: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """Show which duties activities bring about: who must tell whom by when, and what is ruled out.

    WHAT is a YAML file with one activity or a list of them; or an engagement of the register or your own records, past
    or planned: engagement/ID, series/ID/EDITION, series/ID for all its editions, or the name alone. Several are one
    list, which is also the calendar that quotas are counted over. With --json each activity is a list of rows, and a
    list of activities a list of such lists.

    \b
        comity cbm check exercise.yml
        comity cbm check year.yml --as-of 2027-01-01 --json
        comity cbm check anakonda-2016 --with tanks=0 --with acv=600
        comity cbm check series/zapad exercise.yml -o duties.html
    """
    from datetime import UTC, datetime

    from comity.cbm import check

    day = as_of or datetime.now(UTC).date()
    activities, is_list = read_given(settings, given, more)
    checked = check(activities, as_of=day, zones=computed_zones(activities), regimes=regimes_of(settings))
    if out is not None:
        _write_page(out, checked, day)
        settings.say(f"written: {out}")
    elif as_json:
        rows = [[_named(one, row.to_dict()) for row in one.rows] for one in checked]
        click.echo(_json(rows if is_list else rows[0]))
    else:
        for one in checked:
            _show(one, is_whole)


def _write_page(out: Path, checked: Sequence[Checked], day: date) -> None:
    from comity.cbm.page import check_page
    from comity.record.whole_files import write_whole

    if out.suffix != ".html":
        raise click.BadParameter(f"{out.name}: a page is written to .html", param_hint="--out")
    write_whole(out, check_page(checked, day))


def _json(answer: Any) -> str:
    """An answer as JSON; a list of ten thousand activities is too long for the writer of short answers."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()


def _named(one: Checked, row: dict[str, Any]) -> dict[str, Any]:
    return {"activity": one.activity.name, **row} if one.activity.name else row


def _show(one: Checked, is_whole: bool) -> None:
    """One activity: its rows in groups, what binds first."""
    from comity.cbm.groups import OTHERS, groups, others

    activity = one.activity
    where = ", ".join((*activity.hosts, *(state for state in activity.parties if state not in activity.hosts)))
    click.echo(f"\n{activity.name or activity.type} ({', '.join(filter(None, (activity.type, where)))})")
    for group in groups(one.rows):
        _write(group.title, group.rows, is_dim=group.key != "duties")
    rest = others(one.rows)
    if is_whole and rest:
        _write(OTHERS, rest, is_dim=True)
    elif rest:
        click.echo(f" {len(rest)} more do not apply; --all shows why.")
    if not one.rows:
        click.echo(" No rule speaks of such an activity of these states on that day.")


def _cells(row: Row) -> tuple[object, ...]:
    from comity.cbm.groups import reasons
    from comity.cbm.moments import text_of

    due, late = text_of(row.due), None if row.days_left is None else str(row.days_left)
    if row.is_late and row.is_binding and not row.is_reading_aid:
        late = f"{late} (late)"
    return (
        row.rule,
        f"({due})" if due and row.is_reading_aid else due,
        late,
        " ".join(row.obliged),
        row.shown_as,
        "; ".join(reasons(row)),
    )


def is_terminal() -> bool:
    """Whether people read the answer as it comes."""
    return sys.stdout.isatty()


def _write(title: str, rows: Sequence[Row], is_dim: bool) -> None:
    """One group: a table for other programs, on a terminal two lines a rule, dimmed where it holds no duty."""
    cells = [_cells(row) for row in rows]
    if not is_terminal():
        click.echo(f"\n{title}")
        write_rows(COLUMNS, cells, as_json=False)
        return
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    style, console = "dim" if is_dim else "", Console(highlight=False, markup=False)
    console.print(Text(f"\n{title}", style="bold" if not is_dim else "dim bold"))
    for rule, due, late, who, shown, why in cells:
        when = f"{due}, {late} days left" if due and late else due or ""
        console.print(Text.assemble((f" {rule}", "bold"), f"  {who}  {when}", style=style))
        console.print(Padding(Text(f"{shown}: {why}", style=style), (0, 0, 0, 5)))
