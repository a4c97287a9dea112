"""The command `comity evidence`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli._settings import Settings, json_option, write_json, write_rows
from comity.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from comity.evidence.blocks import Block
    from comity.evidence.estimate import Estimate

COLUMNS = ("claim", "wording", "verdict", "all_tests", "estimates", "published", "findings", "testability")


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
    if rerun:
        _rerun(settings, number)
    estimates = _estimates(settings)
    if number or summary:
        _show_page(number, out, as_json, estimates)
    else:
        _list(as_json, estimates)


def _rerun(settings: Settings, number: str | None) -> None:
    """Make estimates anew from the user's own store, and keep them beside it."""
    import shutil

    from comity.evidence.ledger import SHIPPED
    from comity.evidence.specs import refresh

    own = _own(settings)
    own.parent.mkdir(parents=True, exist_ok=True)
    if number and not own.exists():
        shutil.copyfile(SHIPPED, own)  # the other claims keep the estimates that ship
    with settings.open() as store:
        refresh(store, number or (), settings.say, own)
    settings.say(f"the estimates are in {own}; remove the file to see those that ship")


def _own(settings: Settings) -> Path:
    """Where the user's own estimates lie."""
    return settings.home / "evidence" / "estimates.json"


def _estimates(settings: Settings) -> Mapping[str, tuple[Estimate, ...]]:
    """The user's own estimates where they were made, otherwise those that ship."""
    from comity.evidence.ledger import SHIPPED, read_estimates

    own = _own(settings)
    return read_estimates(own if own.is_file() else SHIPPED)


def _list(as_json: bool, estimates: Mapping[str, tuple[Estimate, ...]]) -> None:
    from comity.evidence.chance import counted
    from comity.evidence.ledger import ledger

    entries = ledger(estimates)
    tests = counted(entries)
    rows = [
        (
            each.number,
            each.claim.wording,
            each.verdict.word,
            tests[each.number].word if each.number in tests else None,
            len(each.estimates),
            each.claim.literature.verdict,
            len(each.findings),
            each.claim.testability,
        )
        for each in entries
    ]
    write_rows(COLUMNS, rows, as_json)


def _show_page(
    number: str | None, out: Path | None, as_json: bool, estimates: Mapping[str, tuple[Estimate, ...]]
) -> None:
    from comity.evidence.ledger import entry, ledger
    from comity.evidence.pages import claim_page
    from comity.evidence.summary import plain_summary

    if as_json:
        write_json(entry(number, estimates).to_dict() if number else [each.to_dict() for each in ledger(estimates)])
        return
    if number:
        made = entry(number, estimates)
        write_page(f"{number}: {made.claim.wording}", claim_page(made), out)
    else:
        write_page("What we can and cannot say", plain_summary(ledger(estimates)), out)


def write_page(title: str, blocks: Sequence[Block], out: Path | None) -> None:
    """A page to a file of the kind its name says, or to the terminal."""
    from comity.evidence.blocks import as_html, as_markdown, as_text
    from comity.record.whole_files import write_whole

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
    write_whole(out, kinds[out.suffix]())
    click.echo(str(out))
