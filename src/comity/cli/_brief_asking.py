"""What `comity brief` asks before it writes: which subject, or which of the other things it can do."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread
from typing import TYPE_CHECKING, Any

import click

from comity.cli._settings import Settings, uncollected, write_json, write_rows
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


ANY_PAIR = ("CHN", "USA")  # a brief on one pair asks, and keeps, nearly all that one on another asks


@dataclass(frozen=True)
class Wish:
    """The brief that is asked for: on a subject, or of two powers compared in a place."""

    words: tuple[str, ...]
    compare: tuple[str, str] | None
    place: str | None
    asked: Asked


def composed(store: Store, wish: Wish) -> Brief:
    """The brief that is asked for."""
    from comity.brief.composing import compare_asked, compose_asked

    if wish.compare and wish.place:
        return compare_asked(store, wish.compare, wish.place, wish.asked)
    return compose_asked(store, wish.words, wish.asked)


def text_of(store: Store, wish: Wish, kind: str) -> str:
    """The brief as text of a kind; one that was asked for in the same words before is read where it was kept."""
    from comity.brief.documents_kept import Request, kept_document

    width = min(shutil.get_terminal_size((100, 40)).columns, 120)
    screen = (width, sys.stdout.isatty()) if kind == "terminal" else ()
    asked = wish.asked
    options = (("year", asked.year), ("since", asked.since), ("compare", repr(wish.compare)), ("in", wish.place))
    request = Request(words=wish.words, options=options, today=asked.today, form=(kind, *screen))
    return kept_document(store, asked.shelf, request, lambda: _written(store, wish, kind, screen))


def _written(store: Store, wish: Wish, kind: str, screen: tuple[int, bool] | tuple[()]) -> str:
    from comity.brief.drawn_ahead import pictures_ahead

    with beside(store, wish, is_drawn=kind == "html"), pictures_ahead():
        rendered = _renderer(kind, screen)  # what it needs is loaded while the other processes load theirs
        return rendered(composed(store, wish))


def called_early(words: tuple[str, ...]) -> AbstractContextManager[None]:
    """Start the process that assesses a pair before the store is open, where the words may be codes of two states."""
    from comity.brief.assessor import assessor_called

    return assessor_called() if [len(word) for word in words] == [3, 3] else nullcontext()


@contextmanager
def beside(store: Store, wish: Wish, *, is_drawn: bool) -> Iterator[None]:
    """Let processes of their own assess a pair and draw the charts while the brief is composed."""
    from comity.brief.artist import artist_at_work
    from comity.brief.assessor import assessor_at_work, errand

    sent = errand(store, wish.words, wish.asked)
    with assessor_at_work(sent), artist_at_work() if is_drawn else nullcontext():
        yield


def _renderer(kind: str, screen: tuple[int, bool] | tuple[()]) -> Callable[[Brief], str]:
    """What writes a brief as text of a kind."""
    if kind == "html":
        from comity.brief.html import make_ready, render_html

        Thread(target=make_ready, daemon=True).start()  # the store's answers are waited for meanwhile
        return render_html
    if kind == "md":
        from comity.brief.markdown import render_markdown

        return render_markdown
    if kind == "json":
        from comity.brief.data import brief_json

        return lambda made: json.dumps(brief_json(made), indent=2, ensure_ascii=False, default=str) + "\n"
    import rich.console  # the terminal loads them late, for a page needs none of them
    import rich.table  # noqa: F401

    from comity.brief.terminal import render_terminal

    width, color = screen or (100, False)
    return lambda made: render_terminal(made, width=width, color=color)


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
    """Work out ahead what takes too long for one brief, and what all briefs share, and keep it beside the store."""
    from comity.brief.expected_kept import prepare
    from comity.brief.finding import read_subject
    from comity.brief.outlook_kept import prepare_outlook

    with settings.open() as store:
        world = read_subject(store, ("world",), asked_of(settings, None, None))
        prepare(world, settings.say)
        prepare_outlook(world, settings.say)
    settings.say("briefs: what every one of them asks of the store")
    prepare_shared(settings)


def prepare_shared(settings: Settings) -> None:
    """Compose a brief on one pair: what it asks of all pairs and states is kept for the briefs to come."""
    from comity.brief.composing import compose_asked

    with uncollected(), settings.open(light=True) as store:
        compose_asked(store, ANY_PAIR, asked_of(settings, None, None))


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
