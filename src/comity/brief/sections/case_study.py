"""A case as a study: its time line, its questions, and what stands open."""

from __future__ import annotations

from comity.brief.blocks import Block, Column, Note, Row, Table
from comity.brief.evidence import refs
from comity.brief.knowledge import checked, horizon
from comity.brief.ledger_words import ledger_basis, own_entries
from comity.brief.point_evidence import PointEvidence, evidence_by_year
from comity.brief.references import LEDGER
from comity.brief.registry import section
from comity.brief.resting import COUNTED_ONCE, rests_on
from comity.brief.subject import Subject
from comity.brief.turning import SPAN_YEARS, Turn, acts_before_and_after, case_fact, is_whole, questions, turns
from comity.brief.wording import unique


@section("Time line", order=14, kinds=("case",))
def time_line(subject: Subject) -> list[Block]:
    """Turning points with what is listed in the five years before each and from it on."""
    found = turns(subject)
    if not found:
        return []
    fact = case_fact(subject)
    rows = tuple(_point(subject, turn) for turn in found)
    acts = {id(act): act for turn in found for act in (*turn.before, *turn.after)}
    counts = {str(turn.year): acts_before_and_after(turn) for turn in found}
    cites = unique((fact.source, *(act.source for act in acts.values())))
    basis = rests_on(f"The record of the case. {COUNTED_ONCE}", [fact, *acts.values()], counts=counts, span=SPAN_YEARS)
    return [
        Table(
            title="Turning points, and engagements listed before and after",
            columns=(
                *(Column("Year", "date"), Column("What happened")),
                *(Column(f"{SPAN_YEARS} years before", "number"), Column(f"{SPAN_YEARS} from it on", "number")),
            ),
            rows=rows,
            note="Turning points are those of the record of the case. What is listed after one need not have come from "
            "it; the lists grow fuller over time, and across 2010, where lists of exercises and texts end, numbers are "
            "not to be compared.",
            null_means="none listed, or the years are not over",
            cites=cites,
            as_of=horizon(subject, cites),
            short_rows=30,
            basis=basis,
        )
    ]


def _point(subject: Subject, turn: Turn) -> Row:
    """A turning point; where notes of the evidence name years it is as good as its own evidence."""
    fact, (of_year, _) = case_fact(subject), evidence_by_year(subject)
    before, after = acts_before_and_after(turn)
    whole = after if is_whole(subject, turn) else None
    cells = (str(turn.year), turn.text, before or None, whole or None)
    if not of_year:
        return Row(cells, refs(subject, fact), "", fact["verification"])
    each = of_year.get(turn.year, PointEvidence())
    return Row(cells, each.keys or (fact.source,), "", each.verification)


@section("Open questions", order=68, kinds=("case",))
def open_questions(subject: Subject) -> list[Block]:
    """What the case asks, and the claims on it that no data settle, with what it would take."""
    fact = case_fact(subject)
    blocks: list[Block] = []
    if asked := questions(subject):
        basis = rests_on("The summary of the record of the case.", [fact])
        blocks.append(
            Note(title="What the case asks", text=asked[:1].upper() + asked[1:], cites=refs(subject, fact),
                 as_of=_age(subject), basis=basis)
        )  # fmt: skip
    open_claims = tuple(each for each in own_entries(subject) if each.word in ("unknown", "mixed"))
    if open_claims:
        blocks.append(
            Table(
                title="Claims on it that stand open",
                columns=(Column("What is claimed"), Column("Verdict"), Column("Why it is open", "words")),
                rows=tuple(
                    Row(
                        cells=(
                            f"{each.wording.rstrip('.')} ({each.number})",
                            each.word,
                            str(each.needs or each.reason),
                        ),
                        refs=(LEDGER,),
                    )
                    for each in open_claims
                ),
                cites=(LEDGER,),
                as_of="estimates as shipped with this version",
                basis=ledger_basis(open_claims),
            )
        )
    return blocks


def _age(subject: Subject) -> str:
    fact = case_fact(subject)
    return checked([fact]) if "known_until" in fact.row else horizon(subject, (fact.source,))
