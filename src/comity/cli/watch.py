"""The command `comity watch`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from comity.cli._settings import Settings, json_option

ENDINGS = (".html", ".csv", ".json")
TARGETS = ("mid", "force", "fatal", "crisis", "conflict", "internationalized")


@click.command()
@click.argument("pair", nargs=-1)
@click.option("--target", type=click.Choice(TARGETS), help="What is foretold.  [default: the newest data]")
@click.option("--source", help="Whose list the target is taken from.  [default: the newest]")
@click.option("--year", type=click.IntRange(1946, 2100), help="The year.  [default: the first after the newest list]")
@click.option("--horizon", type=int, default=12, show_default=True, help="Months ahead: 12 for a year, 1 for a month.")
@click.option("--month", type=click.DateTime(["%Y-%m"]), help="A list of that month, as 2011-01.")
@click.option("--relevant/--all", "is_relevant", default=True, help="Relevant pairs, or all.  [default: relevant]")
@click.option("--region", help="Only pairs of a region's states, such as south-asia.")
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="How many pairs are shown.")
@click.option("--prevention", "is_prevention", is_flag=True, help="Hide pairs that are at it already.")
@click.option("--states", "by_states", is_flag=True, help="Risk by state.")
@click.option("--what-if", "what_ifs", multiple=True, help="With a pair: exercise=+3, visit=2; may be repeated.")
@click.option(
    "--replay", type=click.DateTime(["%Y-%m-%d"]), help="As if on that day, with sources as late as they are."
)
@click.option("--now", "is_now", is_flag=True, help="For the first whole year to come, from the newest that is loaded.")
@click.option("--log", "is_logged", is_flag=True, help="Add the list to the log, to be scored when it is due.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of what is drawn.")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="A .html, .csv or .json file.")
@json_option
@click.pass_obj
def command(
    settings: Settings,
    /,
    pair: tuple[str, ...],
    out: Path | None,
    as_json: bool,
    replay: datetime | None,
    month: datetime | None,
    **options: Any,
) -> None:
    """List pairs of states by the risk that they come to face each other, with reasons, channels and what is planned.

    \b
        comity watch --top 10
        comity watch --region south-asia --prevention -o south-asia.html
        comity watch IND PAK --target mid --what-if exercise=+3
        comity watch --replay 2008-01-01 --target mid
        comity watch --now --log
        comity watch --now --horizon 1
    """
    from comity.cli._watch_asked import Asked, answer

    if out is not None and out.suffix not in ENDINGS:
        raise click.BadParameter(f"{out.name}: a watch list is written to {', '.join(ENDINGS)}", param_hint="--out")
    if len(pair) not in (0, 2):
        raise click.UsageError("name two states, or none for the whole list")
    if options["what_ifs"] and (not pair or replay):
        raise click.UsageError("--what-if goes with two states, and not with --replay")
    if sum([replay is not None, options["is_now"], options["year"] is not None, month is not None]) > 1:
        raise click.UsageError("--year, --month, --replay and --now exclude each other")
    if month is not None:
        options |= {"horizon": 1}
    named = (month.year, month.month) if month else None
    asked = Asked(pair=pair, replay=replay.date() if replay else None, month=named, **options)
    answer(settings, asked, out, as_json)
