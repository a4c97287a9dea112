"""The command `comity record close`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.cli._record_shelf import folder_option, shelf_of
from comity.cli._settings import Settings, json_option, write_json, write_rows

if TYPE_CHECKING:
    from comity.record.closing import Closed, Closing

# Options that tell a field of the record, and those that tell one of a piece of evidence.
_FIELDS = {
    "start": "start_date",
    "end": "end_date",
    "parties": "parties",
    "outcome": "outcome",
    "product": "product",
    "lessons": "lessons",
    "note": "note",
}
_ASKED = ("start_date", "end_date", "parties", "personnel_count", "outcome", "product", "lessons", "note")
_EVIDENCE = {"url": "url", "evidence_kind": "kind", "publisher": "publisher", "title": "title", "published": "date"}


@click.command("close")
@click.argument("identifier", metavar="IDENTIFIER[/EDITION]")
@click.option("--status", help="How it came out: completed, cancelled, postponed; terminated, superseded; closed.")
@click.option("--start", help="The first day as it was: 2026-11-16, 2026-11 or 2026.")
@click.option("--end", help="The last day as it was.")
@click.option("--parties", help='All who took part, such as "PHL:host, USA, Japan:observer".')
@click.option("--personnel", multiple=True, help="People: PHL=5000 of one party, 16000 all together; may be repeated.")
@click.option("--outcome", help="What came of it, in a sentence.")
@click.option("--product", help="The text that was signed or agreed, by its title.")
@click.option("--lessons", help="What to do again, or otherwise.")
@click.option("--note", help="A remark.")
@click.option("--url", help="The address of a page that shows what is told; with --publisher and --title.")
@click.option("--publisher", help="Who published it.")
@click.option("--title", help="Its title, as published.")
@click.option("--published", help="When it was published.")
@click.option("--evidence-kind", help="primary or secondary; secondary where it is not said.")
@click.option("--again", is_flag=True, help="Close what is closed already anew.")
@folder_option
@json_option
@click.pass_obj
def close(
    settings: Settings, /, *, identifier: str, again: bool, folder: Path | None, as_json: bool, **told: Any
) -> None:
    """Close a record: how an engagement or edition came out, or when an agreement, presence or programme ended.

    Without an option that tells something it asks, on a terminal. What was told is checked against the whole register
    and written into the record; over one that ships, into your own records. What is told without a page that shows it
    makes the record unverified.

    \b
        comity record close balikatan/balikatan-2026 --status completed --end 2026-05-08 \\
            --personnel PHL=5000 --outcome "Held as planned."
        comity record close china-djibouti-support-base-2016 --status terminated --end 2026-03
    """
    from datetime import UTC, datetime

    from comity.record.closing import check_open
    from comity.record.closing import close as closed
    from comity.record.finding import find
    from comity.record.history import changing, finish_cut_off

    shelf = shelf_of(settings, folder)
    finish_cut_off(shelf.folder)
    if any(told.values()):
        closing = _told(told)
    else:
        content = find(shelf.found()[0], identifier).content
        check_open(content, identifier, again)
        closing = _asked(content, identifier)
    with changing(shelf.folder) as write:
        answer = closed(shelf, identifier, closing, today=datetime.now(UTC).date(), again=again)
        write({answer.path: answer.text}, "close", [answer.change])
    _show(settings, identifier, answer, as_json)


def _told(told: dict[str, Any]) -> Closing:
    """What the options tell; a value that means nothing is refused under the name of its option."""
    from comity.errors import BadRequest, UnknownWord
    from comity.record.closing import Closing
    from comity.record.phrases import value_of
    from comity.record.shape import Engagement, Evidence

    piece: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    for options, shape, made in ((_FIELDS, Engagement, fields), (_EVIDENCE, Evidence, piece)):
        for option, field in options.items():
            if told[option] is not None:
                try:
                    made[field] = value_of(shape, field, told[option])
                except UnknownWord as error:
                    raise BadRequest(f"--{option.replace('_', '-')}: {error}") from error
    missing = [field for field in ("url", "publisher", "title") if piece and field not in piece]
    if missing:
        raise BadRequest(f"--{missing[0]} is missing: a page is named by its --url, --publisher and --title")
    total, personnel = _personnel(told["personnel"])
    fields |= {} if total is None else {"personnel_count": total}
    return Closing(status=told["status"], fields=fields, personnel=personnel, evidence=_read_today(piece))


def _personnel(given: tuple[str, ...]) -> tuple[int | None, dict[str, int]]:
    """The number of people all together, and that of each party."""
    from comity.errors import BadRequest, UnknownWord
    from comity.record.phrases import value_of
    from comity.record.shape import Engagement

    counts: dict[str, int] = {}  # that of all together under the empty name
    for text in given:
        party, _, count = text.rpartition("=")
        try:
            number = value_of(Engagement, "personnel_count", count)
            names = value_of(Engagement, "parties", party) or [""]
        except UnknownWord as error:
            raise BadRequest(f"--personnel {text}: {error}") from error
        if len(names) > 1 or not isinstance(names[0], str):
            raise BadRequest(f"--personnel {text}: not written like PHL=5000 or 16000")
        if names[0] in counts:
            raise BadRequest(f"--personnel {text}: that number is told twice")
        counts[names[0]] = number
    return counts.pop("", None), counts


def _read_today(piece: dict[str, Any]) -> dict[str, Any] | None:
    from datetime import UTC, datetime

    return {"kind": "secondary", "read": datetime.now(UTC).date().isoformat()} | piece if piece else None


def can_ask() -> bool:
    """Whether somebody sits at a terminal and can answer."""
    return sys.stdin.isatty()


def _asked(content: Any, identifier: str) -> Closing:
    """What a person answers, one question for each thing that may be told."""
    from comity.cli._record_asking import ask_field, ask_piece, ask_until
    from comity.errors import BadRequest, UnknownWord
    from comity.record.closing import Closing, closings, fields_told

    if not can_ask():
        raise BadRequest(
            f"{identifier!r}: nothing is told, and nobody can be asked; --status, --end and others tell it"
        )
    allowed = closings(content, identifier)

    def read(text: str) -> str:
        if text not in allowed:
            raise UnknownWord(f"{text!r} is not one of {', '.join(allowed)}")
        return text

    status = ask_until(f"How it came out ({', '.join(allowed)})", read, allowed[0])
    wanted = [field for field in _ASKED if field in fields_told(content)]
    fields = {}
    for field in wanted:
        known = getattr(content, field, None) if field in ("start_date", "end_date") else None
        value = ask_field(type(content), field, False, known)
        if value not in (None, []):
            fields[field] = value
    piece = ask_piece(" that shows it (Enter when there is none)")
    return Closing(status=status, fields=fields, evidence=piece or None)


def _show(settings: Settings, identifier: str, answer: Closed, as_json: bool) -> None:
    import msgspec

    changes = answer.fields
    if as_json:
        write_json({"identifier": identifier, "file": str(answer.path), "changes": msgspec.to_builtins(changes)})
    else:
        rows = [(field, short_text(each.before), short_text(each.after)) for field, each in changes.items()]
        write_rows(("field", "from", "to"), rows, as_json=False)
        click.echo(str(answer.path))
    verified = changes.get("verification")
    if verified is not None:
        told = f"{identifier} is now {verified.after}: no page was named that shows all that is told"
        settings.say(f"{told}; --again with --url, --publisher and --title names one")


def short_text(value: Any) -> str:
    """A field's value on one line: parties and words with commas, pieces of evidence by their titles."""
    if isinstance(value, list):
        return ", ".join(map(short_text, value))
    if isinstance(value, dict):
        if "title" in value:
            return str(value["title"])
        return ":".join(str(part) for part in value.values() if part is not None)
    return "" if value is None else str(value)
