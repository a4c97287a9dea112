"""The command `comity backtest`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from comity.cli._progress import shown
from comity.cli._settings import Settings, json_option, read_years, write_json, write_rows
from comity.errors import BadRequest

if TYPE_CHECKING:
    from comity.forecast.backtest import Backtest, Question

SCORES = ("model", "log score", "Brier", "skill", "AP", "AUC", "first 50", "first 100", "first 200", "expected")
FOUND = ("model", "log score [95%]", "AP [95%]", "AUC [95%]", "found by 50", "by 100", "by 200")
PAIRED = ("difference", "log score [95%]", "Brier [95%]", "AP [95%]")


@click.command()
@click.option(
    "--target", default="mid", show_default=True, help="mid, force, fatal, crisis, conflict, internationalized."
)
@click.option(
    "--source", help="Whose list the target is taken from: cow_mid or gml_mid.  [default: the target's first]"
)
@click.option("--train", callback=read_years, default="1946:1990", show_default=True, help="Years to learn from, A:B.")
@click.option("--test", callback=read_years, default="1991:2000", show_default=True, help="Years to try, C:D.")
@click.option(
    "--relevant/--all", "is_relevant", default=True, help="Politically relevant pairs, or all.  [default: relevant]"
)
@click.option(
    "--unit",
    type=click.Choice(("dyad_year", "dyad_month")),
    default="dyad_year",
    show_default=True,
    help="Forecast pairs a year ahead, or a month ahead.",
)
@click.option("--rolling", "is_rolling", is_flag=True, help="Fit again before each year tried, on all years before it.")
@click.option(
    "--hindsight",
    "with_hindsight",
    is_flag=True,
    help="With what nobody could have told on the day: rivalry, claims, ongoing (disputes at the turn of the year).",
)
@click.option("--without", multiple=True, help="Leave out a group of inputs, such as exercise; may be repeated.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of what is drawn.")
@click.option("--log", "of_log", is_flag=True, help="Score the lists that `comity watch --log` kept instead.")
@json_option
@click.pass_obj
def command(
    settings: Settings,
    target: str,
    source: str | None,
    train: tuple[int, int],
    test: tuple[int, int],
    is_relevant: bool,
    unit: str,
    is_rolling: bool,
    with_hindsight: bool,
    without: tuple[str, ...],
    seed: int,
    of_log: bool,
    as_json: bool,
) -> None:
    """Try forecasts on years they have not seen, beside rules that anybody could follow.

    \b
        comity backtest --source cow_mid --train 1946:1990 --test 1991:2000
        comity backtest --source gml_mid --train 1946:1990 --test 1991:2010 --rolling
        comity backtest --target fatal --all --json
        comity backtest --source cow_mid --hindsight --without claims
        comity backtest --source cow_mid --unit dyad_month
        comity backtest --log
    """
    if of_log:
        from comity.cli._watch_log import answer_log

        _refuse_others()
        answer_log(settings, as_json)
        return
    from comity.forecast.backtest import Question

    asked = Question(target, source, train, test, is_relevant, is_rolling, with_hindsight, without, seed, unit=unit)
    found = _tried(settings, asked)
    if as_json:
        write_json(found.to_dict())
    else:
        _show(found.to_dict())


def _refuse_others() -> None:
    """Raise BadRequest where a question of years is asked of lists that were made before."""
    asked = click.get_current_context()
    given = [name for name in asked.params if asked.get_parameter_source(name) == ParameterSource.COMMANDLINE]
    others = sorted(set(given) - {"of_log", "as_json"})
    if others:
        options = {option.name: option.opts[0] for option in asked.command.params}
        raise BadRequest(
            f"--log scores the lists that were kept, as they were made; it does not go with {options[others[0]]}"
        )


def _tried(settings: Settings, asked: Question) -> Backtest:
    from comity.forecast.backtest import backtest

    with settings.open() as store, shown(settings, "steps") as work:
        work.say(f"forecasting {asked.target} in {asked.test[0]} to {asked.test[1]}")
        return backtest(store, asked, work.advance)


def _show(said: dict[str, Any]) -> None:
    pairs = "politically relevant pairs" if said["relevant"] else "all pairs"
    rows_are = "pair-months" if said["unit"] == "dyad_month" else "pair-years"
    click.echo(
        f" {said['target']} by {said['source']}, {pairs}: {said['onsets']:,} onsets in {said['rows']:,} {rows_are} of "
        f"{_years(said['years_tried'])}; best: {said['best']}"
    )
    if said["left_out_unknown"]:
        click.echo(
            f" Left out: {said['left_out_unknown']:,} {rows_are} of {_years(said['test'])} "
            f"of which {said['source']} does not tell."
        )
    if said["hindsight"]:
        click.echo(f" With inputs that nobody could have told on the day: {', '.join(said['hindsight'])}.")
    _show_scores(said["models"])
    _show_spread(said["models"])
    for name, part in said["subsets"].items():
        click.echo(f" {name}: {part['onsets']:,} onsets in {part['rows']:,} {rows_are}")
        _show_scores(part["models"])
    _show_regions(said["regions"], said["best"])
    rows = [(name, *(_difference(each) for each in made.values())) for name, made in said["paired"].items()]
    write_rows(PAIRED, rows, as_json=False)
    write_rows(
        ("rows", f"foretold by {said['best']}", "came"),
        [(row["rows"], f"{row['foretold']:.4f}", f"{row['came']:.4f}") for row in said["reliability"]],
        as_json=False,
    )
    click.echo(" Log score and Brier: lower is better. Differences above 0 favor the first. First 50: precision.")


def _years(ends: Sequence[int]) -> str:
    return f"{ends[0]} to {ends[1]}" if ends[0] < ends[1] else str(ends[0])


def _show_scores(models: dict[str, Any]) -> None:
    rows = [
        (
            name,
            *(_number(made[key], 4) for key in ("log", "brier", "skill", "ap", "auc")),
            *(_number(value, 2) for value in made["precision_at"].values()),
            _number(made["expected_onsets"], 0),
        )
        for name, made in models.items()
    ]
    write_rows(SCORES, rows, as_json=False)


def _show_spread(models: dict[str, Any]) -> None:
    """How sure the scores are when pairs are drawn again, and what share of the onsets a list would have held."""
    rows = [
        (
            name,
            *(f"{made[key]:.4f} {_between(made['interval'][key])}" for key in ("log", "ap", "auc")),
            *(_number(value, 2) for value in made["recall_at"].values()),
        )
        for name, made in models.items()
        if "interval" in made and made["auc"] is not None and made["ap"] is not None
    ]
    if rows:
        write_rows(FOUND, rows, as_json=False)


def _difference(found: dict[str, float | None]) -> str:
    """A difference with its interval, as far as they are defined."""
    value, *ends = ("unknown" if found[key] is None else f"{found[key]:+.4f}" for key in ("value", "low", "high"))
    return f"{value} [{', '.join(ends)}]"


def _between(ends: list[float] | None) -> str:
    return "[unknown]" if ends is None else f"[{ends[0]:.4f}, {ends[1]:.4f}]"


def _show_regions(regions: dict[str, Any], best: str) -> None:
    rows = [
        (
            name,
            part["rows"],
            part["onsets"],
            *(_number(part["models"][model]["log"], 4) for model in (best, "base_rate")),
            *(_number(part["models"][best][key], 4) for key in ("ap", "auc")),
            _number(part["models"][best]["expected_onsets"], 0),
        )
        for name, part in regions.items()
    ]
    heads = ("pairs within", "rows", "onsets", f"log score of {best}", "of base_rate", "AP", "AUC", "expected")
    write_rows(heads, rows, as_json=False)


def _number(value: float | None, digits: int) -> str:
    return "unknown" if value is None else f"{value:.{digits}f}"
