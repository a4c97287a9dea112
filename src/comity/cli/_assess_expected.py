"""What `comity assess --expected` shows: surprises and silences of a year, or one pair year by year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from comity.cli._progress import shown
from comity.cli._settings import Settings, write_json, write_rows
from comity.errors import BadRequest

if TYPE_CHECKING:
    from comity.assess.expected import Comparison, Expected

FIRST_YEAR = 1970  # far enough back for a pair's past; lists that begin later are heard from their first year
SHOWN = 10
COLUMNS = ("pair", "year", "observed", "expected", "95 of 100", "after its own past", "95 of 100 then")


def with_expectations(command: Callable[..., None]) -> Callable[..., None]:
    """The command `comity assess` with comparisons of engagement with what one would expect, which answer instead."""

    @click.option("--expected", help="Compare with what one would expect: exercise, visit, arms or agreement.")
    @click.option("--state", help="With --expected: only the pairs of this state.")
    @wraps(command)
    def compared(settings: Settings, expected: str | None, state: str | None, **given: Any) -> None:
        if expected is None:
            if state:
                raise click.UsageError("--state goes with --expected")
            command(settings, **given)
            return
        among = given["region"], state, given["year"]
        answer_expected(settings, expected, given["subject"], among, given["as_json"])

    return compared


def answer_expected(
    settings: Settings,
    instrument: str,
    pair: tuple[str, ...],
    among: tuple[str | None, str | None, int | None],
    as_json: bool,
) -> None:
    """Compare a pair, or the pairs of a region or a state in a year, with what one would expect of them."""
    from comity.assess.assessment import check_whole_year
    from comity.assess.expected import expected
    from comity.vocab.states import find_state

    region, state, year = among
    if len(pair) not in (0, 2) or [bool(pair), bool(region), bool(state)].count(True) > 1:
        raise click.UsageError("--expected is of all pairs, of two states, of a --region or of a --state")
    if year is not None:
        check_whole_year(year)
    last = datetime.now(UTC).year if year is None else year
    with settings.open() as store, shown(settings, "steps") as work:
        found = expected(store, instrument, (min(FIRST_YEAR, last), last), work.advance)
    if pair:
        one, other = (find_state(name, last) for name in pair)
        _write_pair(found.of((one, other)), as_json)
        return
    place = find_state(state, last) if state else region or ""
    if year is not None and (latest := found.latest(place)) < year:
        raise BadRequest(f"no {found.rows.instrument.many} of {year} can be compared there; the last year is {latest}")
    if as_json:
        write_json(found.to_dict(place, SHOWN, year))
    else:
        _show(found, place, year)


def _write_pair(compared: tuple[Comparison, ...], as_json: bool) -> None:
    if as_json:
        write_json([each.to_dict() for each in compared])
        return
    if not compared:
        click.echo("No year of this pair can be compared.")
        return
    rows = [
        (
            f"{each.state_a} {each.state_b}",
            each.year,
            f"{each.observed:g}",
            f"{each.expected:.2g}",
            f"{each.low:g} to {each.high:g}",
            f"{each.usual:.2g}",
            f"{each.usual_low:g} to {each.usual_high:g}",
        )
        for each in compared
    ]
    write_rows(COLUMNS, rows, as_json=False)


def _show(found: Expected, place: str, year: int | None) -> None:
    when = year or found.latest(place)
    surprises, silences = found.surprises(place, SHOWN, when), found.silences(place, SHOWN, when)
    for title, each in (("More than expected", surprises), ("Fell silent", silences)):
        click.echo(f"{title}, {found.rows.instrument.many}, {when}:")
        click.echo("\n".join(f"  {one.sentence()}" for one in each) or "  none")
    rows = found.rows
    click.echo(
        f"{len(rows.year):,} pair-years compared; left out are {rows.unknown:,} of which no list says anything and "
        f"{rows.incomplete:,} that lack a term; of {found.uncorrected:,} nobody knows how much their lists leave out, "
        "and they are taken as whole"
    )
