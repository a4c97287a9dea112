"""The command `comity read`."""

from __future__ import annotations

from pathlib import Path

import click

from comity.cli._settings import json_option, write_json
from comity.errors import BadRequest


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to a .html, .txt or .json file."
)
@click.option("--short", "is_short", is_flag=True, help="Tell verdicts alone, without the estimates behind them.")
@json_option
def command(file: Path, out: Path | None, is_short: bool, as_json: bool) -> None:
    """Read a speech, paper or essay: each sentence's claim, the evidence for it, and what cannot be known.

    \b
        comity read speech.txt
        comity read speech.txt --short
        comity read paper.pdf -o paper.html
        comity read essay.docx --json
    """
    from comity.evidence.reading import annotate, read_document
    from comity.evidence.reading.showing import reading_html, reading_text
    from comity.record.whole_files import write_whole

    if out and as_json:
        raise click.UsageError("-o goes without --json; name a .json file instead")
    if is_short and (as_json or (out and out.suffix != ".txt")):
        raise click.UsageError("--short is for text: on the terminal, or with -o FILE.txt")
    if out and out.suffix not in (".html", ".txt", ".json"):
        raise BadRequest(f"{out.name}: a reading is written as .html, .txt, .json")
    read = annotate(read_document(file), file.name)
    if out is None:
        if as_json:
            write_json(read.to_dict())
        else:
            click.echo(reading_text(read, is_short), nl=False)
        return
    if out.suffix == ".json":
        import json

        write_whole(out, json.dumps(read.to_dict(), indent=2, ensure_ascii=False) + "\n")
    else:
        write_whole(out, reading_html(read) if out.suffix == ".html" else reading_text(read, is_short))
    click.echo(str(out))
