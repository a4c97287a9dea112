"""What `comity brief` asks before it writes: which subject, or which of the other things it can do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from comity.cli._settings import Settings, write_json, write_rows
from comity.errors import BadRequest

if TYPE_CHECKING:
    from comity.brief import Brief
    from comity.brief.finding import Asked
    from comity.store import Store


def asked_of(settings: Settings, year: int | None, since: int | None) -> Asked:
    """When the subject is looked at, and where results that take long are kept."""
    from comity.brief.finding import Asked

    return Asked(year, since, datetime.now(UTC).date(), settings.home / "kept")


def check_usage(subject: tuple[str, ...], compare: tuple[str, str] | None, place: str | None) -> None:
    """Refuse what cannot be meant together."""
    if bool(compare) != bool(place):
        raise click.UsageError("--compare A B goes with --in PLACE: two outside powers, and where they are compared")
    if compare and subject:
        raise click.UsageError("--compare takes its two states itself; name no other subject")
    if not compare and not subject:
        raise click.UsageError("name a subject; `comity brief --list` shows them all")


def composed(
    store: Store, subject: tuple[str, ...], compare: tuple[str, str] | None, place: str | None, asked: Asked
) -> Brief:
    """The brief that is asked for."""
    from comity.brief.composing import compare_asked, compose_asked

    if compare and place:
        return compare_asked(store, compare, place, asked)
    return compose_asked(store, subject, asked)


def list_subjects(settings: Settings, as_json: bool) -> None:
    """Every subject by kind; as a table, states and organizations are shown in sums."""
    from comity.brief.finding import known_subjects

    with settings.open() as store:
        found = list(known_subjects(store))
    if as_json:
        write_json([{"kind": kind, "subject": key, "name": name} for kind, key, name in found])
        return
    write_rows(("kind", "subject", "name"), found, as_json=False)
    click.echo(" Two states make a pair: comity brief USA JPN.")


def prepare_store(settings: Settings) -> None:
    """Work out ahead what takes too long for one brief, and keep it beside the store."""
    from comity.brief.expected_kept import prepare
    from comity.brief.finding import read_subject
    from comity.brief.outlook_kept import prepare_outlook

    with settings.open() as store:
        world = read_subject(store, ("world",), asked_of(settings, None, None))
        prepare(world, settings.say)
        prepare_outlook(world, settings.say)


def show_explained(made: Brief, number: int, as_json: bool) -> None:
    """What a numbered part rests on."""
    from comity.brief.explaining import explain_text, explained

    if as_json:
        told: dict[str, Any] = explained(made, number)
        write_json(told)
    else:
        click.echo(explain_text(made, number), nl=False)


def check_number(number: int | None, out: object) -> None:
    """Refuse to explain into a file."""
    if number is not None and out is not None:
        raise BadRequest("--explain answers on standard output; leave -o out")
