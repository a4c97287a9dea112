"""The command `comity cite`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from comity.cli._settings import Settings, json_option, write_json, write_rows
from comity.errors import BadRequest

if TYPE_CHECKING:
    from comity.sources.about import About


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--bibtex", "as_bibtex", is_flag=True, help="Answer with BibTeX entries; the keys are the sources' names."
)
@json_option
@click.pass_obj
def command(settings: Settings, sources: tuple[str, ...], as_bibtex: bool, as_json: bool) -> None:
    """Say how to cite sources, and on what terms they may be used; without a name, the register and every source.

    \b
        comity cite atop mme
        comity cite register --bibtex
        comity cite register_own
    """
    from comity.record import OWN_SOURCE, SOURCE, about_register
    from comity.sources import bibtex_entry, check_names, source_names
    from comity.sources.contract import contract

    names = dict.fromkeys(sources or (SOURCE, *source_names()))
    check_names(tuple(name for name in names if name not in (SOURCE, OWN_SOURCE)))
    registers = {SOURCE: about_register, OWN_SOURCE: lambda: _about_own(settings)}
    cited = {name: registers[name]() if name in registers else contract(name) for name in names}
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


def _about_own(settings: Settings) -> About:
    """What is known of the user's own records; BadRequest where there are none, or they are another's."""
    from comity.record import own_shelf
    from comity.record.shelf import about_own

    if settings.audience != "owner":
        raise BadRequest(f"own records are their owner's, and {settings.audience!r} may not see them")
    shelf = own_shelf(settings.home)
    own = shelf.own()
    if not own:
        raise BadRequest(f"there are no own records in {shelf.folder}; `comity record add` makes one")
    return about_own(shelf, own)
