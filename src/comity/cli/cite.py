"""The command `comity cite`."""

from __future__ import annotations

import click

from comity.cli._settings import json_option, write_rows


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@json_option
def command(sources: tuple[str, ...], as_json: bool) -> None:
    """Say how to cite sources, and on what terms they may be used; without a name, the register and every source.

    \b
        comity cite atop mme
    """
    from comity.record import CITATION, SOURCE, TERMS
    from comity.sources import check_names, contract, source_names

    names = sources or (SOURCE, *source_names())
    check_names(tuple(name for name in names if name != SOURCE))
    promises = {name: contract(name) for name in names if name != SOURCE}
    terms = {name: (promise.citation, promise.terms) for name, promise in promises.items()} | {
        SOURCE: (CITATION, TERMS)
    }
    rows = [(name, *terms[name]) for name in names]
    write_rows(("source", "citation", "terms"), rows, as_json)
