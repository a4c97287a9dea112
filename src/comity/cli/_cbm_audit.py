"""The command `comity cbm audit`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from comity.cli._settings import Settings, json_option, write_json, write_rows

if TYPE_CHECKING:
    from comity.cbm.audit import Judged


@click.command("audit")
@click.option("--since", type=int, help="First year.")
@click.option("--until", type=int, help="Last year.")
@click.option(
    "--rule", help="Show the exercises under one rule: those that had to be announced and those near its line."
)
@json_option
@click.pass_obj
def command(settings: Settings, since: int | None, until: int | None, rule: str | None, as_json: bool) -> None:
    """Judge past exercises by the rules of their day: announced by duty, near the line, not, or cannot be told.

    Most lists of exercises give no size, so of most nothing can be told; that share is shown with every rule.

    \b
        comity cbm audit --since 2011
        comity cbm audit --rule vd11.vi.observation
    """
    from comity.cbm.audit import exercises, judged, tallies
    from comity.cbm.loading import load_regimes
    from comity.cbm.register import with_register
    from comity.errors import UnknownWord

    if rule is not None and rule not in load_regimes().rules:
        raise UnknownWord(f"{rule!r} is no rule; `comity cbm rules` lists them")
    with settings.open() as store:
        found = list(judged(exercises(store, (since, until)), with_register(store)))
    if rule is not None:
        _show_rule([one for one in found if one.row.rule == rule and (one.row.triggered or one.is_near)], as_json)
        return
    made = tallies(found)
    if as_json:
        write_json([tally.to_dict() for tally in made])
        return
    cells = [
        (each.rule, each.regime, each.exercises, each.triggered, each.near, f"{each.untold_share:.0%}") for each in made
    ]
    write_rows(("rule", "regime", "exercises", "asked for", "near", "cannot be told"), cells, as_json=False)


def _show_rule(found: Sequence[Judged], as_json: bool) -> None:
    """The exercises that one rule asked a notice of, and those near its line."""
    if as_json:
        write_json([one.to_dict() for one in found])
        return
    rows = [
        (
            one.past.activity.name,
            " ".join(one.row.obliged),
            "yes" if one.row.triggered else "near",
            one.row.why if one.row.triggered else f"{one.row.margin:g} short of {one.row.margin_of}",
            one.past.source,
        )
        for one in found
    ]
    write_rows(("exercise", "by", "asked for", "why", "source"), rows, as_json=False)
