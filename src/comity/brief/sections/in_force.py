"""What the parties have put in writing, where forces stand, and which programmes run."""

from __future__ import annotations

from comity.brief.blocks import Block, Column, Note, Row, Table
from comity.brief.evidence import refs
from comity.brief.facts import Fact, agreements, party_names, presences, programmes, sources_of
from comity.brief.knowledge import absence, checked, horizon
from comity.brief.registry import section
from comity.brief.subject import Subject
from comity.brief.wording import day_text, said, word_order
from comity.network import FIGHTING

_STANDING = {
    "in_force": "in force",
    "signed": "signed only",
    "suspended": "suspended",
    "voluntary": "declared practice",
    "unknown": "not known",
}


@section("What is in force", order=20, kinds=("pair", "region"))
def in_force(subject: Subject) -> list[Block]:
    """Texts that stand on the day of the brief, by kind; then forces abroad and programmes."""
    held = agreements(subject)
    blocks: list[Block] = [_texts(subject, held)] if held else []
    if not any(fact["agreement_kind"] == "alliance" for fact in held):
        text, cites = absence(subject, "alliance treaty in force", "alliance")
        blocks.append(Note(text=text, cites=cites, as_of=horizon(subject, cites)))
    if not held:
        text, cites = absence(subject, "agreement in force", "agreement")
        blocks.append(Note(text=text, cites=cites, as_of=horizon(subject, cites)))
    return blocks + _arrangements(subject)


def _texts(subject: Subject, held: list[Fact]) -> Table:
    kinds = word_order("agreement kinds")
    ordered = sorted(
        held, key=lambda fact: (kinds[fact["agreement_kind"]], _group(fact), _since(fact), fact.source, fact.item)
    )
    return Table(
        title=f"Agreements standing on {day_text(subject.as_of)}",
        columns=(
            Column("Agreement"),
            Column("Parties"),
            Column("Since", "date"),
            Column("Standing"),
            Column("Checked", "date"),
        ),
        rows=tuple(_text_row(subject, fact) for fact in ordered),
        note="“Checked” is the last day for which the source vouches; what happened after it is not known.",
        cites=sources_of(held),
        as_of=checked(held),
        short_rows=12,
    )


def _text_row(subject: Subject, fact: Fact) -> Row:
    since = day_text(fact["start_date"], fact["start_precision"]) or _signed(fact)
    return Row(
        cells=(
            _name(fact),
            party_names(subject, fact.parties, 3),
            since,
            _STANDING[fact["standing"]],
            day_text(fact["known_until"], "month"),
        ),
        refs=refs(subject, fact),
        group=_group(fact),
        verification=fact["verification"],
    )


def _name(fact: Fact) -> str:
    """The name of a text; some sources number their texts and do not name them."""
    if fact["name"]:
        return str(fact["name"])
    word = "Treaty" if fact["agreement_kind"] == "alliance" else "Agreement"
    about = ", ".join(said(term) for term in fact["obligations"] or fact["categories"])
    return f"{word} {fact.item}" + (f" ({about})" if about else "")


def _since(fact: Fact) -> str:
    return str(fact["start_date"] or fact["signed_date"] or "")


def _signed(fact: Fact) -> str | None:
    day = day_text(fact["signed_date"], fact["signed_precision"])
    return f"signed {day}" if day else None


def _group(fact: Fact) -> str:
    """What kind of text it is; treaties without a duty to fight stand apart from alliances in the narrow sense."""
    if fact["agreement_kind"] != "alliance":
        return said(fact["agreement_kind"]).capitalize()
    if set(fact["obligations"]) & set(FIGHTING):
        return "Alliance"
    return "Treaty without a duty to fight"


def _arrangements(subject: Subject) -> list[Block]:
    blocks: list[Block] = []
    if forces := presences(subject):
        blocks.append(_presence_table(subject, forces))
    if running := [fact for fact in programmes(subject) if fact["status"] == "ongoing"]:
        blocks.append(_programme_table(subject, running))
    return blocks


def _presence_table(subject: Subject, forces: list[Fact]) -> Table:
    columns = (Column("Forces"), Column("Where"), Column("Since", "date"), Column("People", "number"))
    rows = tuple(
        Row(
            cells=(
                fact["name"],
                fact["location"],
                day_text(fact["start_date"], fact["start_precision"]),
                # A count made after the day of the brief says nothing of that day.
                fact["personnel_count"] if fact["known_until"] <= subject.as_of else None,
            ),
            refs=refs(subject, fact),
            verification=fact["verification"],
        )
        for fact in forces
    )
    return Table(
        title="Forces on another’s ground",
        columns=columns,
        rows=rows,
        cites=sources_of(forces),
        as_of=checked(forces),
        short_rows=5,
    )


def _programme_table(subject: Subject, running: list[Fact]) -> Table:
    columns = (Column("Programme"), Column("Kind"), Column("Since", "date"), Column("Checked", "date"))
    rows = tuple(
        Row(
            cells=(
                fact["name"],
                said(fact["instrument"]),
                day_text(fact["start_date"], fact["start_precision"]),
                day_text(fact["known_until"], "month"),
            ),
            refs=refs(subject, fact),
            verification=fact["verification"],
        )
        for fact in running
    )
    return Table(
        title="Programmes under way when last checked",
        columns=columns,
        rows=rows,
        cites=sources_of(running),
        as_of=checked(running),
        short_rows=5,
    )
