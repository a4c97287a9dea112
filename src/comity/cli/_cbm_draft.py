"""The command `comity cbm draft`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli._activities import computed_zones, given_argument, read_given, regimes_of, with_option
from comity.cli._settings import Settings, json_option, write_json
from comity.errors import BadRequest

if TYPE_CHECKING:
    from comity.cbm import Checked, Row
    from comity.cbm.draft import Draft


@click.command("draft")
@given_argument
@with_option
@click.option("--rule", help="The rule to notify under; default: every one that asks for a notice of the activity.")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write one draft to .txt or .docx.")
@json_option
@click.pass_obj
def command(
    settings: Settings, given: tuple[str, ...], more: tuple[str, ...], rule: str | None, out: Path | None, as_json: bool
) -> None:
    """Draft the notification of an activity: the points its regime asks for, in order, with what is missing marked.

    WHAT is a file or a record, as `comity cbm check` reads it.

    \b
        comity cbm draft exercise.yml
        comity cbm draft exercise.yml --rule vd11.v.40_1.exercise -o notice.docx
        comity cbm draft anakonda/anakonda-2016 --with tanks=300
    """
    from comity.cbm import check
    from comity.cbm.draft import draft, draft_text
    from comity.cbm.draft_word import draft_document
    from comity.record.whole_files import write_whole

    activities, _ = read_given(settings, given, more)
    checked = check(activities, zones=computed_zones(activities), regimes=regimes_of(settings))
    drafts = [draft(row, one.activity) for one in checked for row in _rows(one, rule)]
    if not drafts:
        named = " ".join(given)
        raise BadRequest(f"{named}: no rule asks for a notice of it; `comity cbm check {named}` shows why")
    if out is None:
        if as_json:
            write_json([made.to_dict() for made in drafts])
        else:
            click.echo("\n".join(draft_text(made) for made in drafts), nl=False)
        return
    if len(drafts) > 1:
        raise BadRequest(
            f"{len(drafts)} rules ask for a notice; name one with --rule to write a file: {_names(drafts)}"
        )
    if out.suffix not in (".txt", ".docx"):
        raise click.BadParameter(f"{out.name}: a draft is written to .txt or .docx", param_hint="--out")
    made = drafts[0]
    write_whole(out, draft_document(made) if out.suffix == ".docx" else draft_text(made))
    settings.say(f"written: {out} ({len(made.missing)} of {len(made.points)} points missing)")


def _rows(one: Checked, rule: str | None) -> list[Row]:
    """The rows to draft: that of the rule asked for, or all that hold and say what a notice contains."""
    if rule is not None:
        if rule not in one.by_rule:
            name = one.activity.name or one.activity.type
            raise BadRequest(f"rule {rule!r} could not apply to {name}; those that could are {', '.join(one.by_rule)}")
        return [one.by_rule[rule]]
    return [row for row in one.triggered if row.held.rule.content and not row.is_stopped]


def _names(drafts: list[Draft]) -> str:
    return ", ".join(sorted({made.row.rule for made in drafts}))
