"""The command `comity brief`."""

from __future__ import annotations

from pathlib import Path

import click

from comity.cli._settings import Settings, json_option, write_json


@click.command()
@click.argument("subject", nargs=-1, required=True)
@click.option("--year", type=int, help="The year the brief describes; default: the latest the register knows.")
@click.option("-f", "--format", "kind", type=click.Choice(["terminal", "html", "json"]), help="Default: by the ending of -o, or terminal.")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it; - or nothing is the terminal.")
@json_option
@click.pass_obj
def command(settings: Settings, subject: tuple[str, ...], year: int | None, kind: str | None, out: Path | None, as_json: bool) -> None:  # noqa: PLR0913 (one argument an option)
    """Write a brief on a pair of states or a region: what binds them, what they did, what is not known, and the sources.

    \b
        comity brief south-china-sea
        comity brief USA JPN --year 2010 -o us-japan.html
    """  # noqa: D301
    from comity.brief import brief_json, compose, render_html, render_terminal

    kind = "json" if as_json else kind or (out.suffix.removeprefix(".") if out else "terminal")
    with settings.open() as store:
        made = compose(store, subject, year)
    if kind == "json" and out is None:
        write_json(brief_json(made))
        return
    raise NotImplementedError((render_html, render_terminal))
