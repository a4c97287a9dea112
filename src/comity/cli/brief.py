"""The command `comity brief`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.cli._brief_asking import (
    Wish,
    asked_of,
    beside,
    called_early,
    check_number,
    check_usage,
    composed,
    list_subjects,
    prepare_store,
    show_explained,
    text_of,
)
from comity.cli._settings import Settings, json_option, uncollected

if TYPE_CHECKING:
    from comity.brief import Brief


@click.command()
@click.argument("subject", nargs=-1)
@click.option("--year", type=int, help="The year the brief describes; default: the latest the register knows.")
@click.option("--since", type=int, help="Say what changed since the beginning of a year.")
@click.option("--compare", nargs=2, metavar="STATE STATE", help="With --in: two outside powers side by side.")
@click.option("--in", "place", metavar="PLACE", help="With --compare: a region or an organization.")
@click.option("--explain", "number", type=int, metavar="N", help="Show the question and rows behind number N.")
@click.option("--list", "is_list", is_flag=True, help="Show every subject there is.")
@click.option("--prepare", "is_prepare", is_flag=True, help="Work out ahead what one would expect of every pair.")
@click.option(
    "-f",
    "--format",
    "kind",
    type=click.Choice(["terminal", "html", "pdf", "docx", "md", "json"]),
    help="Default: by the ending of -o, or terminal.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="Where to write it; - or nothing is standard output.",
)
@json_option
@click.pass_obj
def command(
    settings: Settings, /, subject: tuple[str, ...], number: int | None, out: Path | None, as_json: bool, **given: Any
) -> None:
    """Write a brief: what binds, what was done, what stands between, what is known, what is not, and every source.

    A subject is the world, a state, two states, a region, an organization, a case, or technology.

    \b
        comity brief south-china-sea
        comity brief USA JPN --year 2010 -o us-japan.html
        comity brief JPN --since 2019
        comity brief us-japan-alliance
        comity brief --compare USA CHN --in south-china-sea
        comity brief NATO --explain 4
    """
    if given["is_list"]:
        list_subjects(settings, as_json)
        return
    if given["is_prepare"]:
        prepare_store(settings)
        return
    check_usage(subject, given["compare"], given["place"])
    place = None if out == Path("-") else out
    check_number(number, place)
    kind = "json" if as_json else given["kind"] or _kind(place)
    with uncollected(), called_early(subject), settings.open(light=True) as store:
        wish = Wish(subject, given["compare"], given["place"], asked_of(settings, given["year"], given["since"]))
        if number is not None:
            show_explained(composed(store, wish), number, as_json)
        elif kind in ("pdf", "docx"):
            with beside(store, wish, is_drawn=True):
                _write_document(settings, composed(store, wish), kind, place)
        else:
            _write_text(settings, text_of(store, wish, kind), place)


def _write_text(settings: Settings, text: str, out: Path | None) -> None:
    """Text to standard output, or to a file."""
    from comity.record.whole_files import write_whole

    if out is None:
        click.echo(text)
        return
    write_whole(out, text)
    settings.say(f"written: {out}")


def _write_document(settings: Settings, made: Brief, kind: str, out: Path | None) -> None:
    """A document of bytes, to a file or to a program that takes it; never onto a terminal."""
    from comity.brief import render_docx, render_pdf
    from comity.record.whole_files import write_whole

    if out is None and sys.stdout.isatty():
        raise click.BadParameter(f"a {kind} document is no text for a terminal; name a file", param_hint="--out")
    document = render_pdf(made) if kind == "pdf" else render_docx(made)
    if out is None:
        sys.stdout.buffer.write(document)
        return
    write_whole(out, document)
    settings.say(f"written: {out}")


def _kind(out: Path | None) -> str:
    """The format that a file's ending asks for; the terminal when there is no file."""
    if out is None:
        return "terminal"
    endings = {".html": "html", ".pdf": "pdf", ".docx": "docx", ".md": "md", ".json": "json", ".txt": "terminal"}
    kind = endings.get(out.suffix)
    if kind is None:
        raise click.BadParameter(f"{out.name}: a brief is written to {', '.join(endings)}", param_hint="--out")
    return kind
