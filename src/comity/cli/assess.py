"""The command `comity assess`."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.cli._assess_expected import with_expectations
from comity.cli._settings import Settings, json_option, read_years, write_json, write_rows
from comity.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.store import Store

TESTS = (
    *("index", "foretells", "among", "rows", "events", "base rate", "AUC [95%]", "precision", "among relevant"),
    "passes",
)
STANDINGS = (
    *("index", "among the pairs of", "rank", "in 9 of 10 weightings", "above the next above"),
    "above the next below",
)

LEGEND = (
    "(0.50) does not count, for its lists do not say what they leave out and it would lower the score; * hindsight."
)


@click.command()
@click.argument("subject", nargs=-1)
@click.option("--year", type=int, help="The year assessed; default: the last of which enough is known.")
@click.option("--weights", is_flag=True, help="Show ranks under other weights too.")
@click.option("--validity", is_flag=True, help="Test the indices of pairs against what they should foretell.")
@click.option("--states", is_flag=True, help="With --validity: test the indices of states.")
@click.option("--world", "is_world", is_flag=True, help="Show the series of the world, or of a region.")
@click.option("--region", help="With --world or --expected: only the pairs of a region's states.")
@click.option("--years", callback=read_years, help="With --world: the years, as A:B.  [default: 1816 to the last year]")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="With --world: a .svg or .png file.")
@json_option
@click.pass_obj
@with_expectations
def command(
    settings: Settings,
    subject: tuple[str, ...],
    year: int | None,
    weights: bool,
    validity: bool,
    states: bool,
    is_world: bool,
    region: str | None,
    years: tuple[int, int] | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Assess where a relationship, a state, an organization or the world stands: parts, weights, sources and age.

    \b
        comity assess JPN USA
        comity assess IND CHN --year 2005 --weights
        comity assess VNM
        comity assess NATO --year 2018
        comity assess --world --region middle-east --years 1946:2025 -o region.png
        comity assess --validity
    """
    _check_usage([bool(subject), validity, is_world], bool(region or years or out))
    if is_world:
        from comity.cli._assess_world import answer_world

        answer_world(settings, region, years, out, as_json)
        return
    with settings.open() as store:
        if validity:
            _test(store, states, as_json)
            return
        said = _assessed(store, subject, year)
        if weights:
            said |= {"standings": _standings(store, said)}
    if as_json:
        write_json(said)
    else:
        _show(said)


def _check_usage(asked: list[bool], is_of_world: bool) -> None:
    """Raise UsageError unless exactly one thing is asked for: a subject, a test or the world."""
    if asked.count(True) != 1:
        raise click.UsageError("name one or two subjects, or ask for --world or for --validity")
    if is_of_world and not asked[-1]:
        raise click.UsageError("--region, --years and --out go with --world")


def _assessed(store: Store, subject: tuple[str, ...], year: int | None) -> dict[str, Any]:
    from comity.assess import assess
    from comity.assess.assessment import check_whole_year
    from comity.cli._assess_one import assess_one
    from comity.vocab.states import find_state

    if len(subject) > 2:
        raise BadRequest(f"an assessment is of one subject or of a pair, not of {len(subject)}")
    if year is not None:
        check_whole_year(year)
    if len(subject) == 1:
        return assess_one(store, subject[0], year)
    one, other = (find_state(name, year) for name in subject)
    return assess(store, one, other, year).to_dict()


def _standings(store: Store, said: dict[str, Any]) -> list[dict[str, Any]]:
    if said["kind"] != "pair":
        raise BadRequest(f"ranks under other weights are of pairs, and {said['subject'][0]} is a {said['kind']}")
    from comity.assess.sensitivity import standings

    one, other = said["subject"]
    return [each.to_dict() for each in standings(store, one, other, said["year"])]


def _test(store: Store, of_states: bool, as_json: bool) -> None:
    if of_states:
        from comity.cli._assess_one import show_test_of_states

        show_test_of_states(store, as_json)
        return
    from comity.assess.validity import check_validity, headlines_that_fail, rows_of

    tested = check_validity(store)
    if as_json:
        write_json([each.to_dict() for each in tested])
        return
    write_rows(TESTS, list(rows_of(tested)), as_json=False)
    failed = headlines_that_fail(tested)
    click.echo(f" {', '.join(failed)} should be no headline." if failed else " Every headline passes.")


def _show(said: dict[str, Any]) -> None:
    if said["kind"] != "pair":
        from comity.cli._assess_one import show_one

        show_one(said)
        return
    click.echo(f" {' and '.join(said['subject'])} at the end of {said['year']} ({said['year_is']})")
    for title, key in (("headline", "headlines"), ("further", "further"), ("limit", "limits")):
        _show_indices(title, said[key])
    for each in said["headlines"] + said["further"] + said["limits"]:
        _show_parts(each)
    click.echo(f" {LEGEND}")
    if said.get("level_changes"):
        click.echo(f" What they do together changed its level in {', '.join(map(str, said['level_changes']))}.")
    if said.get("standings"):
        _show_standings(said["standings"])


def _show_indices(title: str, made: Sequence[dict[str, Any]]) -> None:
    if not made:
        return
    rows = [
        (
            each["name"],
            _number(each["score"]),
            f"{each['least']:.2f} to {each['most']:.2f}",
            f"{each['coverage']:.0%}",
            each["latest_year"],
        )
        for each in made
    ]
    write_rows((title, "score", "if the unknown were 0 or 1", "coverage", "known to"), rows, as_json=False)


def _show_parts(made: dict[str, Any]) -> None:
    click.echo(f" {made['name']}: " + textwrap.fill(made["means"], 110, subsequent_indent="   "))
    rows = [
        (
            part["name"] + (" *" if part["is_hindsight"] else ""),
            _number(part["value"]),
            _number(part["score"]) if part["is_counted"] or part["score"] is None else f"({_number(part['score'])})",
            f"{part['weight']:g}",
            part["latest_year"],
            part["means"],
            " ".join(part["sources"]),
        )
        for part in made["parts"]
    ]
    write_rows(("part", "value", "score", "weight", "known to", "means", "sources"), rows, as_json=False)
    for way in made.get("lowered_by", ()):
        click.echo(f"   would lower it: {way}")


def _show_standings(made: Sequence[dict[str, Any]]) -> None:
    rows = [
        (
            each["index"],
            each["state"],
            f"{each['rank']} of {each['pair_count']}",
            f"{each['rank_low']} to {each['rank_high']}",
            _share(each["next_above"], each["above_next_above"]),
            _share(each["next_below"], each["above_next_below"]),
        )
        for each in made
    ]
    write_rows(STANDINGS, rows, as_json=False)


def _share(partner: str | None, share: float | None) -> str | None:
    return None if partner is None or share is None else f"{partner} in {share:.0%}"


def _number(value: float | None) -> str:
    if value is None:
        return "unknown"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.2f}"
