"""What the parties have put in writing, where forces stand, and which programmes run."""

from __future__ import annotations

from typing import Any

from comity.brief.arrangements import programmes, sites
from comity.brief.blocks import Block, Column, Note, Row, Table
from comity.brief.bodies import shared_agreements
from comity.brief.evidence import refs
from comity.brief.facts import Fact, agreements, party_names, sources_of
from comity.brief.forces_table import forces_table
from comity.brief.knowledge import absence, checked, checked_between, horizon, title
from comity.brief.registry import section
from comity.brief.resting import rests_on
from comity.brief.subject import Subject
from comity.brief.text_days import checked_before_war, checked_of, is_of_signature, since, standing_of
from comity.brief.texts import Pair, name_of, paired, parties_of, refs_of, told_parties
from comity.brief.wording import counted, day_text, listed, said, word_order
from comity.network import FIGHTING

ALLIANCE = "Alliance"
MANY = 12  # texts without a name, from which on they stand apart
_COLUMNS = (
    *(Column("Agreement"), Column("Parties"), Column("Since", "date")),
    *(Column("Standing"), Column("Checked", "date")),
)
_SINCE = {
    "pair": " “Since” is the day from which it binds both, where their sources say it.",
    "state": " “Since” is the day from which it binds the state, where their sources say it.",
}
_FOUGHT = (
    " One last checked before the two states that it binds, or the two of this brief, fought each other is not known "
    "to stand, nor is a treaty with a duty to fight that lists only number, whichever of its states fought; any other "
    "text of many stands as its source has it."
)
_DIFFER = (
    ". Shown are those of the first source named, and states that another names too; where there is a duty to fight, "
    "those that two others name."
)
MOST_TOLD = 3  # texts on whose parties sources differ; more are counted
_STANDING = {
    "in_force": "in force",
    "signed": "signed only",
    "suspended": "suspended",
    "voluntary": "declared practice",
    "unknown": "not known",
}


@section("What is in force", order=20, kinds=("pair", "region", "state", "organisation", "case"))
def in_force(subject: Subject) -> list[Block]:
    """Texts that stand on the day of the brief, by kind; then forces abroad and programmes."""
    held = agreements(subject)
    shown = paired(subject, _ordered(subject, held))
    nameless = [pair for pair in shown if not name_of(subject, pair[0]) and _group(pair[0]) != ALLIANCE]
    if len(nameless) < MANY:
        nameless = []
    named = [pair for pair in shown if pair not in nameless]
    blocks: list[Block] = [_texts(subject, named)] if named else []
    blocks += [_nameless(subject, nameless)] if nameless else []
    if subject.kind != "organisation" and not any(fact["agreement_kind"] == "alliance" for fact in held):
        text, cites = absence(subject, "alliance treaty in force", "alliance")
        blocks.append(Note(text=text, cites=cites, as_of=horizon(subject, cites)))
    shared = shared_agreements(subject) if subject.kind == "organisation" else []
    if shared:
        blocks.append(_shared(subject, shared))
    if not held and not shared:
        text, cites = absence(subject, "agreement in force", "agreement")
        blocks.append(Note(text=text, cites=cites, as_of=horizon(subject, cites)))
    return blocks + _arrangements(subject)


def _ordered(subject: Subject, held: list[Fact]) -> list[Fact]:
    kinds = word_order("agreement kinds")
    days = {(fact.source, fact.item): str(since(subject, fact)[0] or "") for fact in held}

    def place(fact: Fact) -> tuple[Any, ...]:
        key = (fact.source, fact.item)
        return kinds[fact["agreement_kind"]], _group(fact), days[key], *key

    return sorted(held, key=place)


def _texts(subject: Subject, shown: list[Pair]) -> Table:
    held = [fact for fact, twins in shown for fact in (fact, *twins)]
    return Table(
        title="Agreements by their standing when last checked",
        columns=_COLUMNS,
        rows=tuple(_text_row(subject, pair) for pair in shown),
        note="“Checked” is the last day for which the source vouches; what happened after it is not known. "
        "A text that several sources hold is shown once, with the references of all."
        f"{_SINCE.get(subject.kind, '')}{_fought(subject, shown)}{_differ(subject, shown)}",
        cites=sources_of(held),
        as_of=checked_between(checked_of(pair) for pair in shown),
        short_rows=12,
        basis=rests_on(
            "Texts that had begun or been signed by the day, and had not ended.",
            held,
            day=subject.as_of,
            since=[str(since(subject, fact)[0]) for fact, _ in shown],
            parties=_differing(subject, shown),
        ),
    )


def _fought(subject: Subject, shown: list[Pair]) -> str:
    return _FOUGHT if any(checked_before_war(subject, pair) for pair in shown) else ""


def _differing(subject: Subject, shown: list[Pair]) -> dict[str, dict[str, int]]:
    """The texts on whose parties sources differ, by name, and how many states each has."""
    told = {_name(subject, pair[0]): told_parties(subject, pair) for pair in shown}
    return {
        name: {source: len(states) for source, states in held.items()}
        for name, held in told.items()
        if len(set(held.values())) > 1
    }


def _differ(subject: Subject, shown: list[Pair]) -> str:
    """On the parties of which texts sources differ, a few with the numbers of each; no words where they do not."""
    told = _differing(subject, shown)
    named = [
        f"{name} ({', '.join(f'{title(subject, source)} {count}' for source, count in held.items())})"
        for name, held in list(told.items())[:MOST_TOLD]
    ]
    left = len(told) - MOST_TOLD
    words = listed([*named, *([counted(left, "more text")] if left > 0 else [])])
    return f" Sources differ on the parties of {words}{_DIFFER}" if told else ""


def _shared(subject: Subject, shared: list[Fact]) -> Table:
    """Texts between the members, such as the treaty that founded the body."""
    return Table(
        title="Texts that bind nearly the same states",
        columns=_COLUMNS,
        rows=tuple(_text_row(subject, pair) for pair in paired(subject, _ordered(subject, shared))),
        note="Of the states that are members, or bound by the text, at least four in five are both.",
        cites=sources_of(shared),
        as_of=checked(shared),
        short_rows=6,
        basis=rests_on("Texts that stand between nearly all members and few others.", shared, day=subject.as_of),
    )


def _nameless(subject: Subject, shown: list[Pair]) -> Table:
    """Texts that a source only numbers, apart, so that those with a name are found."""
    held = [fact for fact, _ in shown]
    return Table(
        title="Texts without a name, by their standing when last checked",
        columns=_COLUMNS,
        rows=tuple(_text_row(subject, pair) for pair in shown),
        note=f"Their sources give a number, a kind, parties and days, and no name.{_fought(subject, shown)}",
        cites=sources_of(held),
        as_of=checked_between(checked_of(pair) for pair in shown),
        short_rows=4,
        basis=rests_on("Texts without a name that had begun and had not ended.", held, day=subject.as_of),
    )


def _text_row(subject: Subject, pair: Pair) -> Row:
    fact, _ = pair
    day = day_text(*since(subject, fact))
    return Row(
        cells=(
            _name(subject, fact),
            party_names(subject, parties_of(subject, pair), 3),
            f"signed {day}" if is_of_signature(subject, fact) else day,
            _STANDING[standing_of(subject, pair)],
            day_text(checked_of(pair), "month"),
        ),
        refs=refs_of(subject, pair),
        group=_group(fact),
        verification=fact["verification"],
    )


def _name(subject: Subject, fact: Fact) -> str:
    """The name of a text; some sources number their texts and do not name them, which another may do."""
    if name := name_of(subject, fact):
        return name
    if fact["agreement_kind"] != "alliance":
        return f"{said(fact['agreement_kind']).capitalize()} agreement {fact.item}"
    duties = ", ".join(said(term) for term in fact["obligations"])
    return f"Treaty {fact.item}" + (f" ({duties})" if duties else "")


def _group(fact: Fact) -> str:
    """What kind of text it is; treaties without a duty to fight stand apart from alliances in the narrow sense."""
    if fact["agreement_kind"] != "alliance":
        return said(fact["agreement_kind"]).capitalize()
    if set(fact["obligations"]) & set(FIGHTING):
        return ALLIANCE
    return "Treaty without a duty to fight"


def _arrangements(subject: Subject) -> list[Block]:
    blocks: list[Block] = []
    if forces := sites(subject):
        blocks.append(forces_table(subject, forces))
    if running := [fact for fact in programmes(subject) if fact["status"] == "ongoing"]:
        blocks.append(_programme_table(subject, running))
    return blocks


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
        basis=rests_on("Programs that had begun by the day and not ended, whose status is ongoing.", running),
    )
