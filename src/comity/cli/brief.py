"""The command `comity brief`."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli._settings import Settings, json_option

if TYPE_CHECKING:
    from comity.brief import Brief


@click.command()
@click.argument("subject", nargs=-1, required=True)
@click.option("--year", type=int, help="The year the brief describes; default: the latest the register knows.")
@click.option(
    "-f",
    "--format",
    "kind",
    type=click.Choice(["terminal", "html", "md", "json"]),
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
    settings: Settings,
    subject: tuple[str, ...],
    year: int | None,
    kind: str | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Write a brief on a pair of states or a region: what binds them, what they did, what is not known, sources.

    \b
        comity brief south-china-sea
        comity brief USA JPN --year 2010 -o us-japan.html
    """
    from comity.brief import compose

    if out == Path("-"):
        out = None
    kind = "json" if as_json else kind or _kind(out)
    with settings.open() as store:
        text = _rendered(compose(store, subject, year), kind)
    if out is None:
        click.echo(text)
        return
    out.write_text(text, encoding="utf-8")
    settings.say(f"written: {out}")


def _kind(out: Path | None) -> str:
    """The format that a file's ending asks for; the terminal when there is no file."""
    if out is None:
        return "terminal"
    kind = {".html": "html", ".md": "md", ".json": "json", ".txt": "terminal"}.get(out.suffix)
    if kind is None:
        raise click.BadParameter(f"{out.name}: a brief is written to .html, .md, .json or .txt", param_hint="--out")
    return kind


def _rendered(made: Brief, kind: str) -> str:
    from comity.brief import brief_json, render_html, render_markdown, render_terminal

    if kind == "html":
        return render_html(made)
    if kind == "md":
        return render_markdown(made)
    if kind == "json":
        return json.dumps(brief_json(made), indent=2, ensure_ascii=False, default=str) + "\n"
    width = min(shutil.get_terminal_size((100, 40)).columns, 120)
    return render_terminal(made, width=width, color=sys.stdout.isatty())
