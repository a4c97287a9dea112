"""The command `comity cite`."""

from __future__ import annotations

import click

from comity.cli._settings import json_option, write_rows


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@json_option
def command(sources: tuple[str, ...], as_json: bool) -> None:
    """Say how to cite sources, and on what terms they may be used; without a name, every source comity knows.

    \b
        comity cite atop mme
    """
    from comity.sources import check_names, contract, source_names

    promises = [(name, contract(name)) for name in check_names(sources) or source_names()]
    rows = [(name, promise.citation, promise.terms) for name, promise in promises]
    write_rows(("source", "citation", "terms"), rows, as_json)
