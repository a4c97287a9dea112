"""What `comity assess` does with one subject: a state by its code or name, or an organization."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import click

from comity.cli._settings import write_json, write_rows
from comity.errors import BadRequest, UnknownWord

if TYPE_CHECKING:
    from comity.store import Store

SHORTEST = 2  # letters: codes of states that are also short names of organizations
PARTS = ("part", "value", "score", "weight", "known to", "means", "sources")
TESTS = ("index", "foretells", "states and years", "base rate", "AUC [95%]", "of mere size", "passes")


def assess_one(store: Store, name: str, year: int | None) -> dict[str, Any]:
    """The assessment of a state or of an organization; UnknownWord names near ones of both."""
    from comity.assess.membership import named_bodies
    from comity.assess.states import assess_state
    from comity.vocab.states import find_state

    try:
        state = find_state(name, year)
    except UnknownWord as error:
        return _assess_body(store, name, year, error)
    if len(name) == SHORTEST and (bodies := named_bodies(store, name)):
        raise BadRequest(f"{name!r} is a code of {state} and the short name of {bodies[0]}; give one of these")
    return assess_state(store, state, year).to_dict()


def _assess_body(store: Store, name: str, year: int | None, error: UnknownWord) -> dict[str, Any]:
    from comity.assess.membership import find_body, near_bodies

    try:
        body = find_body(store, name)
    except UnknownWord:
        near = near_bodies(store, name)
        hint = f"; nearest organizations: {', '.join(near)}" if near else "; nor is it an organization that is loaded"
        raise UnknownWord(f"{error}{hint}") from error
    from comity.assess.organisations import assess_organisation

    return assess_organisation(store, body.organisation, year).to_dict()


def show_test_of_states(store: Store, as_json: bool) -> None:
    """Show how the indices of states foretell what they should."""
    from comity.assess.state_validity import check_states, rows_of_states, state_headlines_that_fail

    tested = check_states(store)
    if as_json:
        write_json([each.to_dict() for each in tested])
        return
    write_rows(TESTS, rows_of_states(tested), as_json=False)
    failed = state_headlines_that_fail(tested)
    click.echo(f" {', '.join(failed)} should be no headline." if failed else " Every headline passes.")


def show_one(said: dict[str, Any]) -> None:
    """The assessment for people to read."""
    if said["kind"] == "state":
        _show_state(said)
    else:
        _show_body(said)


def _show_state(said: dict[str, Any]) -> None:
    click.echo(f" {said['subject'][0]} at the end of {said['year']} ({said['year_is']})")
    for title, key in (("headline", "headlines"), ("further", "further")):
        rows = [
            (
                each["name"],
                _number(each["score"]),
                f"{each['least']:.2f} to {each['most']:.2f}",
                _share(each["above_share"]),
                _share(each["coverage"]),
                each["latest_year"],
            )
            for each in said[key]
        ]
        if rows:
            columns = (title, "score", "if the unknown were 0 or 1", "above other states", "coverage", "known to")
            write_rows(columns, rows, as_json=False)
    for each in said["headlines"] + said["further"]:
        click.echo(f" {each['name']}: " + textwrap.fill(each["means"], 110, subsequent_indent="   "))
        write_rows(PARTS, [_part(part) for part in each["parts"]], as_json=False)
    _show_burden(said["burden"])


def _show_burden(burden: list[dict[str, Any]]) -> None:
    click.echo(" What it bears, side by side; these are never added:")
    rows = [
        (
            each["name"],
            _number(each["value"]) + (" or more" if each["is_from_list_with_gaps"] else ""),
            _share(each["above_share"]),
            each["latest_year"],
            each["means"],
            " ".join(each["sources"]),
        )
        for each in burden
    ]
    write_rows(("burden", "value", "above other states", "known to", "means", "sources"), rows, as_json=False)


def _part(part: dict[str, Any]) -> tuple[object, ...]:
    score = _number(part["score"])
    return (
        part["name"],
        _number(part["value"]) + (" or more" if part["is_from_list_with_gaps"] else ""),
        score if part["is_counted"] or part["score"] is None else f"({score})",
        f"{part['weight']:g}",
        part["latest_year"],
        part["means"],
        " ".join(part["sources"]),
    )


def _show_body(said: dict[str, Any]) -> None:
    click.echo(f" {said['name']} at the end of {said['year']} ({said['year_is']})")
    members = " ".join(said["members"])
    click.echo(f" {len(said['members'])} members by {said['members_source']}: " + textwrap.fill(members, 110))
    if said["members_untold"]:
        click.echo(
            " Whether these were members then is not told: " + textwrap.fill(" ".join(said["members_untold"]), 110)
        )
    for source, differs in said["members_said_otherwise"].items():
        told = [f"{key.replace('_', ' ')} {' '.join(states)}" for key, states in differs.items() if states]
        click.echo(f"   {source} {', '.join(told)}")
    for group, measures in said["measures"].items():
        rows = [
            (
                each["name"],
                _number(each["value"]),
                each["listed_count"],
                _share(each["known_share"]),
                each["latest_year"],
                each["means"],
                " ".join(each["sources"]),
            )
            for each in measures
        ]
        columns = (group.replace("_", " "), "value", "listed", "known", "known to", "means", "sources")
        write_rows(columns, rows, as_json=False)
    _show_dues(said["burden_by_member"])
    acts = ", ".join(f"{name} {count}" for name, count in said["listed_acts_of_ten_years"].items())
    click.echo(f" Listed acts of the body in ten years: {acts or 'none is listed'}.")


def _show_dues(burden: dict[str, dict[str, dict[str, Any]]]) -> None:
    if not burden:
        return
    names = list(next(iter(burden.values())))
    rows = [
        (state, *(f"{_number(borne[name]['value'])} ({borne[name]['latest_year'] or '-'})" for name in names))
        for state, borne in burden.items()
    ]
    write_rows(("member", *names), rows, as_json=False)


def _number(value: float | None) -> str:
    if value is None:
        return "unknown"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4f}" if 0 < abs(value) < 0.1 else f"{value:.2f}"


def _share(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.0%}"
