"""The command `comity cite`."""

from __future__ import annotations

import click

from comity.cli._settings import json_option, write_json, write_rows


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--bibtex", "as_bibtex", is_flag=True, help="Answer with BibTeX entries; the keys are the sources' names."
)
@json_option
def command(sources: tuple[str, ...], as_bibtex: bool, as_json: bool) -> None:
    """Say how to cite sources, and on what terms they may be used; without a name, the register and every source.

    \b
        comity cite atop mme
        comity cite register --bibtex
    """
    from comity.record import SOURCE, about_register
    from comity.sources import bibtex_entry, check_names, source_names
    from comity.sources.contract import contract

    names = dict.fromkeys(sources or (SOURCE, *source_names()))
    check_names(tuple(name for name in names if name != SOURCE))
    cited = {name: about_register() if name == SOURCE else contract(name) for name in names}
    if as_bibtex:
        entries = {name: bibtex_entry(name, work) for name, work in cited.items()}
        if as_json:
            write_json([{"source": name, "bibtex": entry} for name, entry in entries.items()])
        else:
            click.echo("\n\n".join(entries.values()))
        return
    columns = ("source", "citation", "terms", "redistribute", "user_supplied")
    rows = [(name, work.citation, work.terms, work.redistribute, work.user_supplied) for name, work in cited.items()]
    write_rows(columns, rows, as_json)
