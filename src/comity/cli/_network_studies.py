"""What `comity network --becoming` and `--foreshadow` show: how ties come about, and which foretell which."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from comity.cli._progress import shown
from comity.cli._settings import Settings, write_json, write_rows

if TYPE_CHECKING:
    from comity.network.becoming import Becoming
    from comity.network.foreshadow import Foreshadow
    from comity.panel.scores import Estimate

BECOMING = ("pact", "agreement", "framework")


def with_studies(command: Callable[..., None]) -> Callable[..., None]:
    """The command `comity network` with two studies of how ties come about, which answer instead of it."""

    @click.option("--becoming", type=click.Choice(BECOMING), help="Study what comes before a first pact or agreement.")
    @click.option("--foreshadow", is_flag=True, help="Study which ties foretell which.")
    @wraps(command)
    def studied(settings: Settings, becoming: str | None, foreshadow: bool, **given: Any) -> None:
        if becoming is None and not foreshadow:
            command(settings, **given)
            return
        if given["years"] is not None or (becoming is not None and foreshadow):
            raise click.UsageError("--becoming and --foreshadow each stand alone, without years")
        names = [name.strip() for name in given["states" if becoming else "layers"].split(",") if name.strip()]
        if becoming is not None:
            answer_becoming(settings, becoming, names, given["as_json"])
        else:
            answer_foreshadow(settings, names, given["as_json"])

    return studied


def answer_becoming(settings: Settings, target: str, states: list[str], as_json: bool) -> None:
    """The hazard of a first pact or agreement, of all pairs or of those with one of some states."""
    from comity.network.becoming import becoming
    from comity.vocab.states import find_state

    named = tuple(find_state(state) for state in states)
    with settings.open() as store, shown(settings, "steps") as work:
        found = becoming(store, target, states=named, progress=work.advance)
    if as_json:
        write_json(found.to_dict())
    else:
        _show_becoming(found)


def answer_foreshadow(settings: Settings, layers: list[str], as_json: bool) -> None:
    """Which layers foretell new ties in which others."""
    from comity.network.foreshadow import WELL_KNOWN, foreshadow

    with settings.open() as store, shown(settings, "steps") as work:
        found = foreshadow(store, layers or WELL_KNOWN, progress=work.advance)
    if as_json:
        write_json(found.to_dict())
    else:
        _show_foreshadow(found)


def _show_becoming(found: Becoming) -> None:
    for title, part in (("fitted on", found.fitted), ("scored on", found.scored)):
        click.echo(
            f"{title} {part.years[0]}-{part.years[1]}: {part.pair_years:,} pair-years, {part.events:,} come to "
            f"{found.means}, {part.bilateral:,} of these in a text of the two alone"
        )
    effects = [
        (effect.name, effect.block, *_between(effect.odds_ratio, ".2f"), effect.means) for effect in found.effects
    ]
    write_rows(("term", "block", "odds ratio", "95%", "means"), effects, as_json=False)
    scores = [
        (each.model, *_between(each.log_loss, ".5f"), *_areas(each.area_under_curve, each.average_precision))
        for each in found.scores
    ]
    write_rows(("model", "log loss", "95%", "AUC", "95% ", "average precision", " 95%"), scores, as_json=False)
    for model in found.gain:
        value, pairs = _between(found.gain[model], ".6f")
        _, years = _between(found.gain_over_years[model], ".6f")
        click.echo(f"log loss gained over {model}: {value} ({pairs} over pairs, {years} over years)")
    left = ", ".join(f"{name} {count:,}" for name, count in found.left_out.items())
    click.echo(f"{found.incomplete:,} pair-years left out, in which a term is unknown" + (f": {left}" if left else ""))


def _between(estimate: Estimate, form: str) -> tuple[str, str]:
    return f"{estimate.value:{form}}", f"{estimate.low:{form}} to {estimate.high:{form}}"


def _areas(area: Estimate, precision: Estimate) -> tuple[str, ...]:
    return *_between(area, ".3f"), *_between(precision, ".4f")


def _show_foreshadow(found: Foreshadow) -> None:
    click.echo(
        f"ties new in the next {found.horizon} years: fitted on {found.fitted_years[0]}-{found.fitted_years[1]}, "
        f"scored on {found.scored_years[0]}-{found.scored_years[1]}"
    )
    base = {each.target: each.base_rate for each in found.awaited}
    wholes = [found.of(target, "all") for target in found.layers]
    rows = [
        (each.target, f"{base[each.target]:.4f}", *_areas(each.area_under_curve, each.average_precision))
        for each in wholes
    ]
    write_rows(("new tie", "base rate", "AUC of all", "95%", "average precision", "95% "), rows, as_json=False)
    table = found.table()
    cells = [tuple(f"{cell:.3f}" if isinstance(cell, float) else cell for cell in row.values()) for row in table]
    write_rows(tuple(table[0]), cells, as_json=False)
