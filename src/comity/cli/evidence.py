"""The command `comity evidence`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli._settings import Settings, json_option, write_json, write_rows
from comity.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.evidence.blocks import Block

COLUMNS = ("claim", "wording", "verdict", "estimates", "published", "findings", "testability")


@click.command()
@click.argument("claim", required=False)
@click.option("--summary", is_flag=True, help="What we can and cannot say, in plain words.")
@click.option("--rerun", is_flag=True, help="Make the estimates anew from the loaded data.")
@click.option(
    "-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to a .html, .md or .txt file."
)
@json_option
@click.pass_obj
def command(settings: Settings, claim: str | None, summary: bool, rerun: bool, out: Path | None, as_json: bool) -> None:
    """Show the ledger of claims: what military diplomacy is said to change, and what is known of it.

    \b
        comity evidence
        comity evidence C06
        comity evidence C06 -o C06.html
        comity evidence --summary
        comity evidence C02 --rerun
    """
    if claim and summary:
        raise click.UsageError("name a claim or ask for --summary, not both")
    if out and (as_json or not (claim or summary)):
        raise click.UsageError("-o goes with a claim or with --summary, and not with --json")
    from comity.evidence.claim import find_claim

    number = find_claim(claim).claim if claim else None
    if rerun and not _rerun(settings, number):
        return
    if number or summary:
        _show_page(number, out, as_json)
    else:
        _list(as_json)


def _rerun(settings: Settings, number: str | None) -> bool:
    """Make estimates anew; false where there is nothing yet that makes them."""
    from importlib import import_module
    from importlib.util import find_spec

    specs = import_module("comity.evidence.specs") if find_spec("comity.evidence.specs") else None
    rerun = getattr(specs, "rerun", None)
    if rerun is None:
        click.echo("There are no specifications yet, so no estimate can be made anew.")
        return False
    with settings.open() as store:
        rerun(store, number)
    return True


def _list(as_json: bool) -> None:
    from comity.evidence.ledger import ledger

    rows = [
        (
            each.number,
            each.claim.wording,
            each.verdict.word,
            len(each.estimates),
            each.claim.literature.verdict,
            len(each.findings),
            each.claim.testability,
        )
        for each in ledger()
    ]
    write_rows(COLUMNS, rows, as_json)


def _show_page(number: str | None, out: Path | None, as_json: bool) -> None:
    from comity.evidence.ledger import entry, ledger
    from comity.evidence.pages import claim_page, summary_page

    if as_json:
        write_json(entry(number).to_dict() if number else [each.to_dict() for each in ledger()])
        return
    if number:
        made = entry(number)
        write_page(f"{number}: {made.claim.wording}", claim_page(made), out)
    else:
        write_page("What we can and cannot say", summary_page(ledger()), out)


def write_page(title: str, blocks: Sequence[Block], out: Path | None) -> None:
    """A page to a file of the kind its name says, or to the terminal."""
    from comity.evidence.blocks import as_html, as_markdown, as_text

    if out is None:
        click.echo(as_text(blocks), nl=False)
        return
    kinds = {
        ".html": lambda: as_html(title, blocks),
        ".md": lambda: as_markdown(blocks),
        ".txt": lambda: as_text(blocks),
    }
    if out.suffix not in kinds:
        raise BadRequest(f"{out.name}: a page is written as {', '.join(kinds)}")
    out.write_text(kinds[out.suffix](), encoding="utf-8")
    click.echo(str(out))
